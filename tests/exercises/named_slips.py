"""What the message on a listed slip must say: a phrase for each, by assignment and exercise.

A phrase is part of the sentence that names the slip; the name of the slip is that of the
function in `autograder/demo/answers/<assignment>/slips.py`.
"""

PS2 = {
    ("softmax", "wrong_axis"): "Your rows sum to 1, not your columns",
    ("softmax", "no_shift"): "too large for a float",
    ("softmax", "all_entries"): "All your entries together sum to 1",
    ("softmax", "global_shift"): "Each column needs a shift of its own",
    ("softmax", "not_normalised"): "do not sum to 1",
    ("softmax", "changes_input"): "Work on a copy",
    ("softmax", "transposed"): "Rows and columns are exchanged",
    ("softmax", "prints"): "`return` line",
    ("cross_entropy", "sum"): "the sum over the examples; the mean is asked for",
    ("cross_entropy", "base_two"): "base 2",
    ("cross_entropy", "softmax_twice"): "softmax is applied twice",
    ("cross_entropy", "log_of_zero"): "minus infinity",
    ("cross_entropy", "epsilon"): "added inside the logarithm",
    ("cross_entropy", "sign"): "sign is wrong",
    ("cross_entropy", "wrong_axis"): "wrong axis",
    ("expected_initial_loss", "sign"): "sign is wrong",
    ("expected_initial_loss", "base_two"): "base 2",
    ("class_frequencies", "counts"): "Those are counts",
    ("class_frequencies", "drops_absent"): "Classes that do not occur are left out",
    ("class_frequencies", "no_minlength"): "left out",
    ("class_frequencies", "integer_division"): "division was one of whole numbers",
    ("bias_from_frequencies", "identity"): "b = f",
    ("bias_from_frequencies", "sign"): "sign is wrong",
    ("bias_from_frequencies", "no_error"): "raise a ValueError",
    ("entropy", "nan_at_zero"): "0 times log 0",
    ("entropy", "bits"): "in bits",
    ("initialize_output_layer", "zero_bias"): "bias is zero",
    ("initialize_output_layer", "ignores_scale"): "standard deviation is 1 whatever `scale` is",
    ("initialize_output_layer", "power"): "raised to a power",
    ("initialize_output_layer", "rand_for_randn"): "uniform distribution",
    ("initialize_output_layer", "global_generator"): "never from `np.random`",
    ("initialize_output_layer", "own_seed"): "seed of your own",
    ("excess_initial_loss", "no_factor"): "1 - 1/n for the number of classes is missing",
    ("excess_initial_loss", "no_half"): "half is missing",
    ("initial_loss_regression", "mean_for_absolute"): "smallest at another constant",
    ("initial_loss_regression", "half_squared"): "half the mean square",
    ("initial_loss_regression", "lower_median"): "midpoint of the two middle targets",
    ("initial_loss_regression", "no_error"): "expected a ValueError",
    ("initial_loss_ok", "log_n"): "compared with log n",
    ("initial_loss_ok", "one_side"): "on either side",
    ("initial_loss_ok", "ignores_tolerance"): "always taken as 0.05",
}

PHRASES = {"ps2_loss_at_init": PS2}
