"""The exercises of `ps3_smoothed_loss`."""

import numpy as np

from autograder.reference import ps3_smoothed_loss as ref

from .declare import Exercise, Slip, given

ASSIGNMENT = "ps3_smoothed_loss"
NOTEBOOK = "smoothed_loss"
LN2, LN10 = np.log(2), np.log(10)

_BITS = "That is in bits, a logarithm to base 2; nats are asked for."
_BASE_10 = "That is a logarithm to base 10; the natural one is asked for."
_BETA_FIXED = "`beta` is always taken as 0.999; it is an argument."
_SWAPPED = "The weights are swapped: `beta` belongs to the past, 1 - beta to the new loss."
_LISTS_TOO = "`losses` may be a list as well as an array."


def _length_cases(rng):
    yield given(27, 7, label="27 characters and a length of 7")
    yield given(int(rng.integers(30, 90)), int(rng.integers(10, 40)), label="another vocabulary")
    yield given(int(rng.integers(5, 20)), float(rng.uniform(8, 14)), label="a mean length")
    yield given(27, 1, label="a single character")


get_initial_loss = Exercise(
    "get_initial_loss",
    1,
    ref.get_initial_loss,
    _length_cases,
    slips=(
        Slip(
            "no_length",
            "That is the loss of a single character: the length of the sequence is forgotten.",
            lambda n, length: np.log(n),
        ),
        Slip(
            "sign",
            "The sign is wrong: a loss is never negative.",
            lambda n, length: -np.log(n) * length,
        ),
        Slip("base_2", _BITS, lambda n, length: np.log2(n) * length),
        Slip("base_10", _BASE_10, lambda n, length: np.log10(n) * length),
        Slip(
            "probability",
            "That is the probability of a character times the length; the loss "
            "takes minus its logarithm.",
            lambda n, length: length / n,
        ),
        Slip(
            "length_in_log",
            "The length stands inside the logarithm; the losses of the "
            "characters add up, so it multiplies the logarithm.",
            lambda n, length: np.log(n * length),
        ),
        Slip(
            "length_in_log",
            "The length stands inside the logarithm; the losses of the "
            "characters add up, so it multiplies the logarithm.",
            lambda n, length: -np.log(length / n),
        ),
        Slip(
            "divided",
            "The loss was divided by the length; a sum over the sequence grows with it.",
            lambda n, length: np.log(n) / length,
        ),
        Slip(
            "exchanged",
            "Vocabulary and length are exchanged.",
            lambda n, length: np.log(length) * n,
        ),
        Slip(
            "newline_added",
            "One was added to the length; `seq_length` already counts every "
            "character that is predicted.",
            lambda n, length: np.log(n) * (length + 1),
        ),
        Slip(
            "integer_division",
            "The division was one of whole numbers: 1 // n is 0.",
            lambda n, length: -np.log(np.float64(1 // n)) * length,
        ),
        Slip(
            "fixed_length",
            "The length is always taken as 7; it is an argument.",
            lambda n, length: np.log(n) * 7,
        ),
        Slip(
            "fixed_length",
            "The length is always taken as 25; it is an argument.",
            lambda n, length: np.log(n) * 25,
        ),
        Slip(
            "fixed_number",
            "That is always the same number, the 23.07 of 27 characters and a length of 7.",
            lambda n, length: 23.070858062030304,
        ),
        Slip(
            "rounded_length",
            "The length was rounded; it may be a mean, and so a fraction.",
            lambda n, length: np.log(n) * int(length),
        ),
        Slip(
            "one_class_less",
            "That is the logarithm of one character less than there are.",
            lambda n, length: np.log(n - 1) * length,
        ),
    ),
)


def _names(rng, n):
    """Draw made-up names of different lengths, the first one neither typical nor longest."""
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    lengths = [5, *rng.integers(3, 16, n - 1)]
    return ["".join(rng.choice(letters, length)) for length in lengths]


def _name_cases(rng):
    yield given(_names(rng, 8), 27, label="8 names")
    yield given(_names(rng, 11), int(rng.integers(30, 60)), label="another vocabulary")
    twice = _names(rng, 5)
    yield given([*twice, twice[0], twice[0]], 27, label="a list with a name that stands thrice")
    yield given(["turiasaurus"], 27, label="a single name")
    yield given([*_names(rng, 3), ""], 27, label="a list with an empty name")


def _sizes(names):
    return np.array([len(name) + 1 for name in names])


informed_start = Exercise(
    "informed_start",
    2,
    ref.informed_start,
    _name_cases,
    slips=(
        Slip(
            "seven",
            "The length was taken as 7. In the original assignment the 7 is the number "
            "of names that it prints; the length is to be found from `names`.",
            lambda names, n: np.log(n) * 7,
        ),
        Slip(
            "newline_forgotten",
            "The newline that closes each name is not counted; the model has to predict it too.",
            lambda names, n: np.log(n) * np.mean([len(name) for name in names]),
        ),
        Slip(
            "one_newline",
            "Only one newline was counted for the whole list; every name has its own.",
            lambda names, n: np.log(n) * (sum(map(len, names)) + 1) / len(names),
        ),
        Slip(
            "number_of_names",
            "That is the number of names times log n; their mean length is asked for.",
            lambda names, n: np.log(n) * len(names),
        ),
        Slip(
            "sum",
            "That is the loss of all names together; the mean over the names is asked for.",
            lambda names, n: np.log(n) * _sizes(names).sum(),
        ),
        Slip(
            "sum",
            "That is the loss of all names together; the mean over the names is asked for.",
            lambda names, n: np.log(n) * sum(map(len, names)),
        ),
        Slip(
            "median",
            "That is the median length; the mean is asked for.",
            lambda names, n: np.log(n) * np.median(_sizes(names)),
        ),
        Slip(
            "longest",
            "That is the loss of the longest name; the mean over the names is asked for.",
            lambda names, n: np.log(n) * _sizes(names).max(),
        ),
        Slip(
            "first_name",
            "That is the loss of the first name; the mean over all is asked for.",
            lambda names, n: np.log(n) * _sizes(names)[0],
        ),
        Slip(
            "last_name",
            "That is the loss of the last name; the mean over all is asked for.",
            lambda names, n: np.log(n) * _sizes(names)[-1],
        ),
        Slip(
            "rounded_length",
            "The mean length was rounded to a whole number.",
            lambda names, n: np.log(n) * (_sizes(names).sum() // len(names)),
        ),
        Slip(
            "rounded_length",
            "The mean length was rounded to a whole number.",
            lambda names, n: np.log(n) * round(float(_sizes(names).mean())),
        ),
        Slip(
            "fixed_vocabulary",
            "The vocabulary was always taken as 27; it is an argument.",
            lambda names, n: np.log(27) * _sizes(names).mean(),
        ),
        Slip(
            "newline_in_vocabulary",
            "One was added to the vocabulary; `vocab_size` already counts the newline.",
            lambda names, n: np.log(n + 1) * _sizes(names).mean(),
        ),
        Slip(
            "per_character",
            "That is the loss of a single character; a name has several.",
            lambda names, n: np.log(n),
        ),
        Slip(
            "length_only",
            "That is the mean length; each character costs log n.",
            lambda names, n: _sizes(names).mean(),
        ),
        Slip(
            "different_names",
            "A name that stands several times in the list was counted once.",
            lambda names, n: np.log(n) * np.mean([len(name) + 1 for name in sorted(set(names))]),
        ),
        Slip(
            "per_name",
            "That is the loss of each name; their mean is asked for.",
            lambda names, n: np.log(n) * _sizes(names),
        ),
        Slip("base_2", _BITS, lambda names, n: np.log2(n) * _sizes(names).mean()),
        Slip(
            "sign",
            "The sign is wrong: a loss is never negative.",
            lambda names, n: -np.log(n) * _sizes(names).mean(),
        ),
    ),
)


def _step_cases(rng):
    past, new = rng.uniform(20, 45, 2)
    yield given(float(past), float(new), label="the default `beta`")
    yield given(float(past), float(new), float(rng.uniform(0.6, 0.95)), label="another `beta`")
    yield given(float(new), float(past), 0.0, label="a `beta` of 0")
    yield given(0.0, float(new), 0.9, label="a start of 0")


smooth = Exercise(
    "smooth",
    1,
    ref.smooth,
    _step_cases,
    slips=(
        Slip("swapped", _SWAPPED, lambda v, x, beta=0.999: (1 - beta) * v + beta * x),
        Slip("beta_fixed", _BETA_FIXED, lambda v, x, beta=0.999: 0.999 * v + 0.001 * x),
        Slip(
            "no_weight",
            "The new loss has no weight: the two weights sum to 1.",
            lambda v, x, beta=0.999: beta * v + x,
        ),
        Slip(
            "past_unweighted",
            "The past has no weight: the two weights sum to 1.",
            lambda v, x, beta=0.999: v + (1 - beta) * x,
        ),
        Slip(
            "one_weight",
            "Both have the weight `beta`; the new loss has 1 - beta.",
            lambda v, x, beta=0.999: beta * (v + x),
        ),
        Slip(
            "mean",
            "That is the plain mean of the two; the past has the weight `beta`.",
            lambda v, x, beta=0.999: (v + x) / 2,
        ),
        Slip(
            "sign",
            "The two parts are subtracted; they should be added.",
            lambda v, x, beta=0.999: beta * v - (1 - beta) * x,
        ),
        Slip(
            "parentheses",
            "A pair of parentheses is missing around 1 - beta.",
            lambda v, x, beta=0.999: beta * v + 1 - beta * x,
        ),
        Slip(
            "new_only",
            "That is the new loss itself, without any smoothing.",
            lambda v, x, beta=0.999: x,
        ),
        Slip(
            "past_only",
            "That is the smoothed value as it was: the new loss does not enter.",
            lambda v, x, beta=0.999: v,
        ),
        Slip(
            "decay_only",
            "That is the past times `beta`: the new loss does not enter.",
            lambda v, x, beta=0.999: beta * v,
        ),
        Slip(
            "change",
            "That is the change of the average, not its new value.",
            lambda v, x, beta=0.999: (1 - beta) * (x - v),
        ),
    ),
)


def _falling(rng, n):
    """Draw losses that fall from about 40 to 25, with the noise of single names."""
    return 25 + 15 * np.exp(-np.arange(n) / n * 3) + rng.normal(0, 5, n)


def _sequence_cases(rng):
    yield given(_falling(rng, 12), float(rng.uniform(30, 50)), label="12 losses")
    yield given(
        _falling(rng, 15),
        float(rng.uniform(30, 50)),
        float(rng.uniform(0.5, 0.9)),
        label="another `beta`",
    )
    yield given(_falling(rng, 7), 0.0, 0.9, label="a start of 0")
    yield given(_falling(rng, 1), 23.0, 0.9, label="a single loss")
    yield given(np.full(5, 30.0), 30.0, 0.9, label="losses equal to the start")
    yield given(_falling(rng, 6).tolist(), 33.0, 0.9, label="a list of losses")
    yield given([], 23.0, 0.9, label="an empty list")


def _run(losses, value, beta, step=ref.smooth):
    """Smooth a run with a step of one's own: takes value, loss, beta."""
    smoothed = []
    for loss in losses:
        value = step(value, loss, beta)
        smoothed.append(value)
    return np.array(smoothed)


def _fails_on_a_list(error, reference):
    """Return a wrong answer that takes its losses for an array."""

    def gives(x, *args, **kwargs):
        if isinstance(x, list):
            raise error
        return reference(x, *args, **kwargs)

    return gives


def _lists_too(reference):
    """Return the slips that end in an error where the losses are a list."""
    return tuple(
        Slip("lists_too", _LISTS_TOO, _fails_on_a_list(error, reference))
        for error in (AttributeError, TypeError)
    )


def _fails_on_nothing(x, v0, beta=0.999):
    if not len(x):
        raise IndexError
    return ref.smooth_sequence(x, v0, beta)


def _shifted(x, v0, beta=0.999):
    return np.concatenate([[v0], ref.smooth_sequence(x, v0, beta)])


_START_FIRST = (
    "The starting value is the first entry: there should be one entry for each loss, "
    "the first of them after the first loss."
)

smooth_sequence = Exercise(
    "smooth_sequence",
    2,
    ref.smooth_sequence,
    _sequence_cases,
    slips=(
        Slip("start_included", _START_FIRST, _shifted),
        Slip("start_included", _START_FIRST, lambda *a, **k: _shifted(*a, **k).tolist()),
        Slip(
            "one_late",
            "Every value comes one step late: entry t should be the average after "
            "loss t, and the start is no entry.",
            lambda *a, **k: _shifted(*a, **k)[:-1],
        ),
        Slip(
            "first_loss_skipped",
            "The first loss is left out, with the start in its place.",
            lambda x, v0, beta=0.999: np.concatenate([[v0], ref.smooth_sequence(x[1:], v0, beta)]),
        ),
        Slip(
            "initial_ignored",
            "The average starts from 0 whatever `initial` is.",
            lambda x, v0, beta=0.999: ref.smooth_sequence(x, 0.0, beta),
        ),
        Slip(
            "from_first_loss",
            "The average starts from the first loss; `initial` is ignored.",
            lambda x, v0, beta=0.999: ref.smooth_sequence(x, x[0], beta),
        ),
        Slip(
            "beta_fixed", _BETA_FIXED, lambda x, v0, beta=0.999: ref.smooth_sequence(x, v0, 0.999)
        ),
        Slip("swapped", _SWAPPED, lambda x, v0, beta=0.999: ref.smooth_sequence(x, v0, 1 - beta)),
        Slip(
            "not_carried",
            "Each loss is averaged with the start; the average before it should "
            "be carried from step to step.",
            lambda x, v0, beta=0.999: beta * v0 + (1 - beta) * np.array(x, float),
        ),
        Slip(
            "previous_raw",
            "Each loss is averaged with the raw loss before it; take the "
            "average before it instead.",
            lambda x, v0, beta=0.999: np.array(
                [ref.smooth(v, loss, beta) for v, loss in zip([v0, *x[:-1]], x)]
            ),
        ),
        Slip(
            "last_value",
            "That is the value after the last loss only; all of them are asked for.",
            lambda x, v0, beta=0.999: ref.smooth_sequence(x, v0, beta)[-1],
        ),
        Slip(
            "running_mean",
            "That is the plain mean of the losses so far; old losses should fade by `beta` a step.",
            lambda x, v0, beta=0.999: np.cumsum(x) / np.arange(1, len(x) + 1),
        ),
        Slip(
            "corrected",
            "The values are divided by 1 - beta**t; that correction is another exercise.",
            lambda x, v0, beta=0.999: (
                ref.smooth_sequence(x, v0, beta) / (1 - beta ** np.arange(1, len(x) + 1))
            ),
        ),
        Slip(
            "list",
            "That is a list with the right numbers; an array is asked for.",
            lambda x, v0, beta=0.999: ref.smooth_sequence(x, v0, beta).tolist(),
        ),
        Slip(
            "no_smoothing",
            "Those are the losses themselves.",
            lambda x, v0, beta=0.999: np.array(x, float),
        ),
        Slip(
            "no_losses",
            "No losses give an empty array: there is no first loss to look at.",
            _fails_on_nothing,
        ),
        *_lists_too(ref.smooth_sequence),
    ),
)


def _corrected_cases(rng):
    yield given(_falling(rng, 12), label="12 losses")
    yield given(_falling(rng, 15), float(rng.uniform(0.5, 0.9)), label="another `beta`")
    yield given(np.full(6, 30.0), 0.9, label="losses that are all equal")
    yield given(_falling(rng, 1), 0.9, label="a single loss")
    yield given(_falling(rng, 6).tolist(), 0.9, label="a list of losses")


def _divided_by(power):
    """Return a wrong correction with 1 - power(beta, t) as its divisor."""

    def gives(x, beta=0.999):
        t = np.arange(1, len(x) + 1)
        return ref.smooth_sequence(x, 0.0, beta) / (1 - power(beta, t))

    return gives


def _fed_back(x, beta=0.999):
    corrected, value = [], 0.0
    for t, loss in enumerate(x, start=1):
        value = ref.smooth(value, loss, beta) / (1 - beta**t)
        corrected.append(value)
    return np.array(corrected)


def _first_as_it_is(x, beta=0.999):
    """Count the steps from 0, and leave out the division by zero that this would begin with."""
    v = ref.smooth_sequence(x, 0.0, beta)
    return np.array([x[0], *(v[1:] / (1 - beta ** np.arange(1, len(x))))])


def _zero_division(x, beta=0.999):
    raise ZeroDivisionError


_FROM_ZERO = "The steps are counted from 0, and 1 - beta**0 is 0: the first loss is step 1."

bias_corrected = Exercise(
    "bias_corrected",
    3,
    ref.bias_corrected,
    _corrected_cases,
    slips=(
        Slip("t_from_zero", _FROM_ZERO, _divided_by(lambda beta, t: beta ** (t - 1))),
        Slip("t_from_zero", _FROM_ZERO, _zero_division),
        Slip(
            "one_early",
            "From the second loss on, the number of the step is one too small: the "
            "first loss is step 1, the second one step 2.",
            _first_as_it_is,
        ),
        Slip(
            "fed_back",
            "The corrected value was fed back into the average; the average goes on "
            "from the value without the correction.",
            _fed_back,
        ),
        Slip(
            "not_corrected",
            "That is the average that starts from 0, without the correction: "
            "it is far too low at first.",
            _divided_by(lambda beta, t: 0.0),
        ),
        Slip(
            "no_power",
            "The divisor is 1 - beta at every step; `beta` should be raised to the "
            "number of the step.",
            _divided_by(lambda beta, t: beta),
        ),
        Slip(
            "last_power",
            "The same divisor was taken for every step, that of the last one.",
            _divided_by(lambda beta, t: beta ** len(t)),
        ),
        Slip(
            "one_late",
            "The number of the step is one too large: the first loss is step 1.",
            _divided_by(lambda beta, t: beta ** (t + 1)),
        ),
        Slip(
            "beta_times_t",
            "`beta` was multiplied by the number of the step; it should be raised to it.",
            _divided_by(lambda beta, t: beta * t),
        ),
        Slip(
            "divided_by_power",
            "The divisor is beta**t; the weight of the losses is 1 minus that.",
            _divided_by(lambda beta, t: 1 - beta**t),
        ),
        Slip(
            "multiplied",
            "The average was multiplied by 1 - beta**t; it should be divided.",
            _divided_by(lambda beta, t: 1 - 1 / (1 - beta**t)),
        ),
        Slip(
            "from_first_loss",
            "The average starts from the first loss; the correction is for one that starts from 0.",
            lambda x, beta=0.999: (
                ref.smooth_sequence(x, x[0], beta) / (1 - beta ** np.arange(1, len(x) + 1))
            ),
        ),
        Slip(
            "from_first_loss",
            "The average starts from the first loss, and there is no "
            "correction; it should start from 0 and be corrected.",
            lambda x, beta=0.999: ref.smooth_sequence(x, x[0], beta),
        ),
        Slip("beta_fixed", _BETA_FIXED, lambda x, beta=0.999: ref.bias_corrected(x)),
        Slip(
            "beta_fixed",
            "The correction always takes `beta` as 0.999.",
            _divided_by(lambda beta, t: 0.999**t),
        ),
        Slip(
            "swapped",
            _SWAPPED,
            lambda x, beta=0.999: (
                ref.smooth_sequence(x, 0.0, 1 - beta) / (1 - beta ** np.arange(1, len(x) + 1))
            ),
        ),
        Slip(
            "last_value",
            "That is the value after the last loss only; all of them are asked for.",
            lambda x, beta=0.999: ref.bias_corrected(x, beta)[-1],
        ),
        Slip(
            "zero_first",
            "The start of 0 is the first entry: there should be one entry for each loss.",
            lambda x, beta=0.999: np.concatenate([[0.0], ref.bias_corrected(x, beta)]),
        ),
        Slip(
            "list",
            "That is a list with the right numbers; an array is asked for.",
            lambda x, beta=0.999: ref.bias_corrected(x, beta).tolist(),
        ),
        *_lists_too(ref.bias_corrected),
    ),
)


def _weight_cases(rng):
    yield given(2, 0.5, label="2 steps and a `beta` of 0.5")
    yield given(int(rng.integers(8, 14)), float(rng.uniform(0.6, 0.95)), label="more steps")
    yield given(30, 0.999, label="30 steps and a `beta` of 0.999")
    yield given(1, 0.9, label="a single step")
    yield given(0, 0.9, label="no step")


def _weights(n, beta):
    """Return the right weights, apart: the start's, and those of the losses."""
    w = ref.ewa_weights(n, beta)
    return w[:1], w[1:]


ewa_weights = Exercise(
    "ewa_weights",
    3,
    ref.ewa_weights,
    _weight_cases,
    slips=(
        Slip(
            "reversed",
            "Newest and oldest are swapped: the newest loss, the last entry, has "
            "the largest weight of the losses.",
            lambda n, beta: np.concatenate([_weights(n, beta)[0], _weights(n, beta)[1][::-1]]),
        ),
        Slip(
            "all_reversed",
            "The order is turned round: the start comes first, the newest loss last.",
            lambda n, beta: ref.ewa_weights(n, beta)[::-1],
        ),
        Slip(
            "start_last",
            "The weight of the start comes last; it should come first.",
            lambda n, beta: np.concatenate(_weights(n, beta)[::-1]),
        ),
        Slip(
            "no_start",
            "The weight of the starting value is missing; it comes first.",
            lambda n, beta: _weights(n, beta)[1],
        ),
        Slip(
            "start_like_a_loss",
            "The start is weighted like one more loss, so the weights do "
            "not sum to 1: it keeps everything that the losses leave.",
            lambda n, beta: (1 - beta) * beta ** np.arange(n, -1.0, -1),
        ),
        Slip(
            "start_zero",
            "The start has no weight, so the weights do not sum to 1.",
            lambda n, beta: np.concatenate([[0.0], _weights(n, beta)[1]]),
        ),
        Slip(
            "start_one",
            "The start has the weight 1 at every step; each step takes a part of it away.",
            lambda n, beta: np.concatenate([[1.0], _weights(n, beta)[1]]),
        ),
        Slip(
            "one_power_more",
            "The weights of the losses have one power of `beta` too many: the "
            "newest should have 1 - beta.",
            lambda n, beta: np.concatenate([_weights(n, beta)[0], beta * _weights(n, beta)[1]]),
        ),
        Slip(
            "not_weighted",
            "The weights of the losses lack the factor 1 - beta, so they do not sum to 1.",
            lambda n, beta: np.concatenate(
                [_weights(n, beta)[0], _weights(n, beta)[1] / (1 - beta)]
            ),
        ),
        Slip(
            "normalised",
            "The powers of `beta` were divided by their sum; the start should keep "
            "all that the losses leave.",
            lambda n, beta: beta ** np.arange(n, -1.0, -1) / np.sum(beta ** np.arange(n, -1.0, -1)),
        ),
        Slip(
            "swapped",
            "`beta` and 1 - beta are exchanged: `beta` is the weight of the past.",
            lambda n, beta: ref.ewa_weights(n, 1 - beta),
        ),
        Slip(
            "equal",
            "All weights are equal, as in a plain mean; older losses should weigh less.",
            lambda n, beta: np.full(n + 1, 1 / (n + 1)),
        ),
        Slip(
            "list",
            "That is a list with the right numbers; an array is asked for.",
            lambda n, beta: ref.ewa_weights(n, beta).tolist(),
        ),
        Slip(
            "losses_from_zero",
            "That is one weight too many for the losses.",
            lambda n, beta: np.concatenate(
                [[beta**n], (1 - beta) * beta ** np.arange(n, -1.0, -1)]
            ),
        ),
    ),
)


def _beta_cases(rng):
    for beta in (0.5, float(rng.uniform(0.71, 0.79)), float(rng.uniform(0.981, 0.989)), 0.9993):
        yield given(beta, label=f"a `beta` of {beta:.4g}")


effective_window = Exercise(
    "effective_window",
    1,
    ref.effective_window,
    _beta_cases,
    slips=(
        Slip(
            "one_over_beta",
            "That is 1/beta; the window is one over the weight of the newest loss.",
            lambda beta: 1 / beta,
        ),
        # Floats: an int would be compared as an int, and would not be np.floor's float.
        *(
            Slip(
                "rounded",
                "The result was rounded to a whole number.",
                lambda beta, whole=whole: float(whole(1 / (1 - beta))),
            )
            for whole in (np.floor, np.round, np.ceil)
        ),
        Slip(
            "weight",
            "That is the weight of the newest loss; the window is one over it.",
            lambda beta: 1 - beta,
        ),
        Slip(
            "lag",
            "That is beta/(1 - beta), the lag behind a falling loss.",
            lambda beta: beta / (1 - beta),
        ),
        Slip(
            "span",
            "That is (1 + beta)/(1 - beta), another count of a window.",
            lambda beta: (1 + beta) / (1 - beta),
        ),
        Slip(
            "half_life",
            "That is the half-life, after which a loss has half its weight.",
            lambda beta: np.log(0.5) / np.log(beta),
        ),
        Slip(
            "time_constant",
            "That is -1/log(beta): near, but not the same.",
            lambda beta: -1 / np.log(beta),
        ),
        Slip("sign", "The sign is wrong: a window is positive.", lambda beta: 1 / (beta - 1)),
        Slip("fixed", "That is always 1000, the window of 0.999.", lambda beta: 1000.0),
    ),
)


def _forget_cases(rng):
    """Draw cases whose exact number of steps lies well between two whole numbers."""
    yield given(0.999, label="a `beta` of 0.999")
    for low, high in ((0.15, 0.4), (0.6, 0.85), (0.15, 0.4)):
        while True:
            beta, tolerance = rng.uniform(0.6, 0.995), float(rng.choice([0.02, 0.05, 0.2]))
            if low < np.log(tolerance) / np.log(beta) % 1 < high:
                break
        yield given(float(beta), tolerance, label=f"a tolerance of {tolerance}")
    yield given(0.99, label="a `beta` of 0.99")
    yield given(0.9, 1.0, label="a tolerance of 1")


def _steps(value):
    """Return a wrong answer made from the exact number of steps, which is no whole number."""

    def gives(beta, tolerance=0.01):
        return value(np.log(tolerance) / np.log(beta))

    return gives


steps_to_forget = Exercise(
    "steps_to_forget",
    2,
    ref.steps_to_forget,
    _forget_cases,
    slips=(
        Slip(
            "rounded_down",
            "Rounded down: after that many steps the start still weighs more than `tolerance`.",
            _steps(int),
        ),
        Slip(
            "rounded",
            "Rounded to the nearest whole number; where that is below, the start "
            "still weighs more than `tolerance`.",
            _steps(lambda t: round(float(t))),
        ),
        Slip(
            "not_rounded",
            "That is not a whole number of steps; the smallest one that is enough is asked for.",
            _steps(float),
        ),
        Slip(
            "float",
            "The number is right, but it is a float; an int is asked for.",
            lambda beta, tolerance=0.01: float(ref.steps_to_forget(beta, tolerance)),
        ),
        Slip(
            "one_too_many",
            "One step less is enough already.",
            lambda beta, tolerance=0.01: ref.steps_to_forget(beta, tolerance) + 1,
        ),
        Slip(
            "tolerance_ignored",
            "`tolerance` is always taken as 0.01; it is an argument.",
            lambda beta, tolerance=0.01: ref.steps_to_forget(beta),
        ),
        Slip(
            "beta_fixed",
            _BETA_FIXED,
            lambda beta, tolerance=0.01: ref.steps_to_forget(0.999, tolerance),
        ),
        Slip(
            "not_at_once",
            "A tolerance of 1 is met before the first step, at t = 0.",
            lambda beta, tolerance=0.01: max(1, ref.steps_to_forget(beta, tolerance)),
        ),
        # Both give 1 for every `beta` that is drawn here, so one text stands for them.
        Slip(
            "one_over_beta",
            "That is 1/beta, rounded, or the two logarithms are divided the wrong way round.",
            lambda beta, tolerance=0.01: int(1 / beta),
        ),
        Slip(
            "few_steps",
            "The search was given up too early: 0.999 takes thousands of steps.",
            lambda beta, tolerance=0.01: min(ref.steps_to_forget(beta, tolerance), 1000),
        ),
        Slip(
            "window",
            "That is the window, 1/(1 - beta): by then the start still weighs about 37 %.",
            lambda beta, tolerance=0.01: int(np.ceil(1 / (1 - beta))),
        ),
        Slip(
            "window",
            "That is the window, 1/(1 - beta): by then the start still weighs about 37 %.",
            lambda beta, tolerance=0.01: int(1 / (1 - beta)),
        ),
        Slip(
            "window",
            "That is the window, 1/(1 - beta): by then the start still weighs about 37 %.",
            lambda beta, tolerance=0.01: round(1 / (1 - beta)),
        ),
        Slip(
            "half_life",
            "That is when half of the start is forgotten, whatever `tolerance` is.",
            lambda beta, tolerance=0.01: ref.steps_to_forget(beta, 0.5),
        ),
        Slip(
            "forgotten_share",
            "That is when the share `tolerance` is forgotten; it is the share that may be left.",
            lambda beta, tolerance=0.01: ref.steps_to_forget(beta, 1 - tolerance),
        ),
        Slip(
            "linear",
            "The weight was taken to fall by 1 - beta at each step; it is multiplied by `beta`.",
            lambda beta, tolerance=0.01: int(np.ceil((1 - tolerance) / (1 - beta))),
        ),
        Slip(
            "approximated",
            "That takes -log(beta) as 1 - beta: near, but not the smallest number.",
            lambda beta, tolerance=0.01: int(np.ceil(-np.log(tolerance) / (1 - beta))),
        ),
    ),
)


def _recover_cases(rng):
    yield given(23.070858062030304, 23.087336, label="the first two losses of the original")
    for beta in (float(rng.uniform(0.6, 0.95)), 0.99):
        past, raw = rng.uniform(20, 45, 2)
        yield given(float(past), float(ref.smooth(past, raw, beta)), beta, label="another `beta`")
    past, raw = rng.uniform(20, 45, 2)
    yield given(float(past), float(ref.smooth(past, raw)), label="the default `beta`")


recover_raw_loss = Exercise(
    "recover_raw_loss",
    2,
    ref.recover_raw_loss,
    _recover_cases,
    slips=(
        Slip(
            "smooths_again",
            "That smooths once more; the step should be undone, not repeated.",
            lambda p, s, beta=0.999: ref.smooth(p, s, beta),
        ),
        Slip(
            "smooths_again",
            "That smooths once more; the step should be undone, not repeated.",
            lambda p, s, beta=0.999: ref.smooth(s, p, beta),
        ),
        Slip(
            "difference",
            "That is the change of the average; the loss that made it is asked for.",
            lambda p, s, beta=0.999: s - p,
        ),
        Slip(
            "no_beta",
            "The value before was taken off whole; only `beta` of it is still in the average.",
            lambda p, s, beta=0.999: (s - p) / (1 - beta),
        ),
        Slip(
            "no_beta",
            "That is the change, divided by the weight of the new loss, on top of "
            "the value after it; it belongs on top of the value before.",
            lambda p, s, beta=0.999: s + (s - p) / (1 - beta),
        ),
        Slip(
            "not_divided",
            "What the new loss added to the average is its share only: its "
            "weight still has to be taken out.",
            lambda p, s, beta=0.999: s - beta * p,
        ),
        Slip(
            "multiplied",
            "That was multiplied by the weight of the new loss; divide by it.",
            lambda p, s, beta=0.999: (s - beta * p) * (1 - beta),
        ),
        Slip("weights_swapped", _SWAPPED, lambda p, s, beta=0.999: (s - (1 - beta) * p) / beta),
        Slip(
            "exchanged",
            "The two values are exchanged: `previous` comes before `smoothed`.",
            lambda p, s, beta=0.999: (p - beta * s) / (1 - beta),
        ),
        Slip(
            "divided_by_beta",
            "That was divided by `beta`; the weight of the new loss is 1 - beta.",
            lambda p, s, beta=0.999: (s - beta * p) / beta,
        ),
        Slip(
            "parentheses",
            "A pair of parentheses is missing around the difference.",
            lambda p, s, beta=0.999: s - beta * p / (1 - beta),
        ),
        Slip("beta_fixed", _BETA_FIXED, lambda p, s, beta=0.999: ref.recover_raw_loss(p, s)),
        Slip(
            "sign", "The sign is wrong.", lambda p, s, beta=0.999: -ref.recover_raw_loss(p, s, beta)
        ),
        Slip(
            "rounded",
            "The result was rounded to two decimals.",
            lambda p, s, beta=0.999: round(float(ref.recover_raw_loss(p, s, beta)), 2),
        ),
        Slip(
            "fixed",
            "That is the number of the example, whatever the values are.",
            lambda p, s, beta=0.999: 39.549,
        ),
    ),
)


def _start_cases(rng):
    yield given(_falling(rng, 12), float(rng.uniform(35, 50)), label="12 losses")
    yield given(
        _falling(rng, 9),
        float(rng.uniform(35, 50)),
        float(rng.uniform(0.5, 0.9)),
        label="another `beta`",
    )
    yield given(_falling(rng, 1), 23.0, 0.9, label="a single loss")
    yield given(_falling(rng, 6).tolist(), 40.0, 0.9, label="a list of losses")


def _starts(**change):
    """Return a wrong answer made from the right one by replacing some of its arrays."""

    def gives(x, v0, beta=0.999):
        made = ref.compare_starts(x, v0, beta)
        return {**made, **{name: array(x, v0, beta) for name, array in change.items()}}

    return gives


def _correction(x, beta):
    return 1 - beta ** np.arange(1, len(x) + 1)


def _zero(x, v0, beta):
    return ref.smooth_sequence(x, 0.0, beta)


def _informed(x, v0, beta):
    return ref.smooth_sequence(x, v0, beta)


def _bias_corrected(x, v0, beta):
    return ref.bias_corrected(x, beta)


compare_starts = Exercise(
    "compare_starts",
    3,
    ref.compare_starts,
    _start_cases,
    slips=(
        Slip(
            "swapped",
            "`zero` and `informed` are exchanged.",
            _starts(zero=_informed, informed=_zero),
        ),
        Slip(
            "corrected_informed",
            "The correction was applied to the average that starts from "
            "`initial`; it is for the one that starts from 0.",
            _starts(corrected=lambda x, v0, beta: _informed(x, v0, beta) / _correction(x, beta)),
        ),
        Slip(
            "informed_corrected",
            "`informed` was corrected as well; only an average that starts from 0 needs it.",
            _starts(informed=lambda x, v0, beta: _informed(x, v0, beta) / _correction(x, beta)),
        ),
        Slip(
            "beta_not_passed",
            "`beta` is not passed on: all averages take 0.999.",
            lambda x, v0, beta=0.999: ref.compare_starts(x, v0),
        ),
        Slip(
            "beta_not_passed",
            "`beta` is not passed on to the correction.",
            _starts(corrected=lambda x, v0, beta: ref.bias_corrected(x)),
        ),
        Slip("raw_smoothed", "`raw` should hold the losses as they are.", _starts(raw=_informed)),
        Slip("raw_smoothed", "`raw` should hold the losses as they are.", _starts(raw=_zero)),
        Slip(
            "raw_running_mean",
            "`raw` holds the mean of the losses so far; it should hold the losses as they are.",
            _starts(raw=lambda x, v0, beta: np.cumsum(x) / np.arange(1, len(x) + 1)),
        ),
        Slip(
            "zero_from_initial",
            "`zero` starts from `initial`; it should start from 0.",
            _starts(zero=_informed),
        ),
        Slip(
            "informed_from_zero",
            "`informed` starts from 0; it should start from `initial`.",
            _starts(informed=_zero),
        ),
        Slip(
            "from_first_loss",
            "`informed` starts from the first loss; it should start from `initial`.",
            _starts(informed=lambda x, v0, beta: ref.smooth_sequence(x, x[0], beta)),
        ),
        Slip(
            "not_corrected",
            "`corrected` is the average from 0 without its correction.",
            _starts(corrected=_zero),
        ),
        Slip(
            "zero_corrected",
            "`zero` is corrected already; it should stay as it is.",
            _starts(zero=_bias_corrected),
        ),
        Slip(
            "start_included",
            _START_FIRST,
            lambda x, v0, beta=0.999: {
                "raw": np.array(x, float),
                "zero": _shifted(x, 0.0, beta),
                "corrected": ref.bias_corrected(x, beta),
                "informed": _shifted(x, v0, beta),
            },
        ),
        Slip(
            "raw_list",
            "`raw` should be an array too, also when `losses` is a list.",
            _starts(raw=lambda x, v0, beta: x),
        ),
        *_lists_too(ref.compare_starts),
    ),
)

EXERCISES = (
    get_initial_loss,
    informed_start,
    smooth,
    smooth_sequence,
    bias_corrected,
    ewa_weights,
    effective_window,
    steps_to_forget,
    recover_raw_loss,
    compare_starts,
)
