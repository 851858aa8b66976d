"""Assignment 5: starts of deeper and wider networks.

Columns are examples: a layer's output is (n, m), n units and m examples. A weight matrix is
(n_out, n_in) and multiplies from the left.
"""

NOTEBOOK = "modern_starts"
