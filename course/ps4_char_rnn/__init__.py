"""Assignment 4: a character RNN that writes names.

Parameters are ``{"Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "b" (n_a, 1),
"by" (n_y, 1)}`` with n_x = n_y = size of the vocabulary; gradients are ``"d"`` + the name.
A character is its index; the newline is 0 and closes every name. Losses are in nats.
"""

NOTEBOOK = "char_rnn"
DATA = ("dinosaurs.txt",)
RULES = (
    "training_rule",
    "start_measures",
)  # modules beside this one, of rules that students need too
