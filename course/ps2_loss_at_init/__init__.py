"""Assignment 2: the loss at initialization.

Columns are examples: logits are (C, m), C classes and m examples. Losses are in nats.
"""

NOTEBOOK = "loss_at_init"
