"""Assignment 3: the smoothed loss.

`losses` is (n,): the raw loss of step 1, ..., n. Losses are in nats. The smoothed value is
``v_t = beta * v_{t-1} + (1 - beta) * losses_t``, with 0 <= beta < 1 and a starting value v_0.
"""

NOTEBOOK = "smoothed_loss"
