"""Assignment 1: initialization scales.

Columns are examples: the input `X` is (n_0, m). `layer_dims` is [n_0, ..., n_L]; layer l has the
weights `W_l`, (n_l, n_{l-1}), and the bias `b_l`, (n_l, 1), in a dict under the keys "W1", "b1",
..., "WL", "bL". Hidden layers are ReLU, costs are in nats.
"""

NOTEBOOK = "initialization"
RULES = ("cost_curve",)  # modules beside this one, of rules that students need too
