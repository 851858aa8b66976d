"""The exercises of `ps2_loss_at_init`."""

import numpy as np

from autograder.reference import ps2_loss_at_init as ref
from autograder.student import rules

from .declare import Exercise, Slip, given, value

ASSIGNMENT = "ps2_loss_at_init"
NOTEBOOK = "loss_at_init"
LN2 = np.log(2)


def _shares(rng, n_classes):
    """Draw unbalanced class frequencies, none below 2 %."""
    draws = rng.uniform(0.1, 2.0, n_classes) ** 2 + 0.05
    return draws / draws.sum()


def _logit_cases(rng):
    C, m = rng.integers(4, 7), rng.integers(8, 12)
    yield given(rng.normal(0, 2, (C, m)), label=f"logits of shape ({C}, {m})")
    yield given(rng.normal(0, 1, (C, C)), label="a square array of logits")
    yield given(
        rng.normal(0, 1, (C, 5)) + 1000 * rng.choice([-1, 1], 5),
        label="logits around 1000 and -1000",
    )
    yield given(
        rng.normal(0, 1, (C, 4)) + np.array([0, 3000, -4000, 900]),
        label="columns that lie thousands apart",
    )
    yield given(rng.normal(0, 1, (C, 1)), label="a single column")
    # Only a shift by the largest entry is right in both columns: the first entry is the smallest
    # of one and the largest of the other, and no entry lies at the mean.
    apart = np.cumsum(rng.uniform(1000, 1500, C))
    apart[1:] = rng.permutation(apart[1:])
    yield given(
        np.stack([apart, -apart], axis=1), label="entries of one column that lie thousands apart"
    )


def _shifted_by(shift):
    """Return a softmax with another shift of each column."""

    def gives(z):
        e = np.exp(z - shift(z))
        return e / e.sum(axis=0)

    return gives


softmax = Exercise(
    "softmax",
    3,
    ref.softmax,
    _logit_cases,
    slips=(
        Slip(
            "wrong_axis",
            "Your rows sum to 1, not your columns: the sum runs along the wrong "
            "axis. Each column is one example.",
            lambda z: (
                np.exp(z - z.max(1, keepdims=True))
                / np.exp(z - z.max(1, keepdims=True)).sum(1, keepdims=True)
            ),
        ),
        Slip(
            "wrong_axis",
            "Your rows sum to 1, not your columns: the sum runs along the wrong "
            "axis. Each column is one example.",
            lambda z: np.exp(z) / np.exp(z).sum(1, keepdims=True),
        ),
        Slip(
            "all_entries",
            "All your entries together sum to 1; each column should sum to 1 by itself.",
            lambda z: np.exp(z) / np.exp(z).sum(),
        ),
        Slip(
            "all_entries",
            "All your entries together sum to 1; each column should sum to 1 by itself.",
            lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
        ),
        Slip(
            "no_shift",
            "The exponential of a logit near 1000 is too large for a float (and "
            "near -1000 it is 0, so 0 is divided by 0). Softmax does not change when the same "
            "number is taken off every entry of a column.",
            lambda z: np.exp(z) / np.exp(z).sum(0, keepdims=True),
        ),
        Slip(
            "global_shift",
            "One number was taken off all columns together; where columns lie "
            "thousands apart, some vanish altogether. Each column needs a shift of its own.",
            lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(0, keepdims=True),
        ),
        *(
            Slip(
                f"shift_by_{name}",
                f"Each column was shifted by {words}: the exponential of what "
                "lies far above it is too large for a float. Shift each column by its largest "
                "entry; then no exponential is above 1.",
                _shifted_by(shift),
            )
            for name, words, shift in (
                ("smallest", "its smallest entry", lambda z: z.min(0)),
                ("first", "its first entry", lambda z: z[0]),
                ("mean", "the mean of its entries", lambda z: z.mean(0)),
            )
        ),
        Slip(
            "row_shift",
            "The shift was taken along the rows; each column needs the shift of "
            "its own largest entry.",
            lambda z: (
                np.exp(z - z.max(1, keepdims=True))
                / np.exp(z - z.max(1, keepdims=True)).sum(0, keepdims=True)
            ),
        ),
        Slip(
            "not_normalised",
            "Your columns do not sum to 1: the exponentials are not divided by their sum.",
            lambda z: np.exp(z - z.max(0, keepdims=True)),
        ),
        Slip(
            "not_normalised",
            "Your columns do not sum to 1: the exponentials are not divided by their sum.",
            np.exp,
        ),
        Slip("log", "Those are the logarithms of the probabilities.", ref.log_softmax),
        Slip(
            "sigmoid",
            "That is the sigmoid of each entry; softmax compares the entries of a "
            "column with each other.",
            lambda z: 1 / (1 + np.exp(-z)),
        ),
        Slip(
            "no_exponential",
            "The logits themselves were divided by their sum; probabilities "
            "come from their exponentials.",
            lambda z: z / z.sum(0, keepdims=True),
        ),
        Slip(
            "base_2",
            "Powers of 2 were taken where powers of e are asked for.",
            lambda z: 2 ** (z - z.max(0)) / (2 ** (z - z.max(0))).sum(0),
        ),
        Slip(
            "negated",
            "The largest logit gets the smallest probability: a sign is wrong.",
            lambda z: ref.softmax(-z),
        ),
    ),
)


def _classification_cases(rng):
    C, m = rng.integers(4, 7), rng.integers(8, 12)
    yield given(rng.normal(0, 2, (C, m)), rng.integers(0, C, m), label=f"{m} examples, {C} classes")
    yield given(
        rng.normal(0, 1, (C, C)), rng.integers(0, C, C), label="as many examples as classes"
    )
    yield given(
        1000 * rng.normal(0, 1, (C, m)), rng.integers(0, C, m), label="logits in the thousands"
    )
    yield given(np.zeros((C, m)), rng.integers(0, C, m), label="logits that are all zero")
    yield given(rng.normal(0, 2, (C, 1)), rng.integers(0, C, 1), label="a single example")


def _picked(p, y):
    return p[y, np.arange(len(y))]


cross_entropy = Exercise(
    "cross_entropy",
    3,
    ref.cross_entropy,
    _classification_cases,
    slips=(
        Slip(
            "sum",
            "That is the sum over the examples; the mean is asked for.",
            lambda z, y: ref.cross_entropy(z, y) * len(y),
        ),
        Slip(
            "base_2",
            "That is in bits, a logarithm to base 2; nats are asked for.",
            lambda z, y: ref.cross_entropy(z, y) / LN2,
        ),
        Slip(
            "base_10",
            "That is a logarithm to base 10; the natural one is asked for.",
            lambda z, y: ref.cross_entropy(z, y) / np.log(10),
        ),
        Slip(
            "softmax_twice",
            "That is what comes out when softmax is applied twice: "
            "probabilities were treated as logits once more.",
            lambda z, y: ref.cross_entropy(ref.softmax(z), y),
        ),
        Slip(
            "wrong_axis",
            "The softmax runs along the wrong axis: each column is one example.",
            lambda z, y: -np.mean(_picked(ref.log_softmax(z.T).T, y)),
        ),
        Slip(
            "sign",
            "The sign is wrong: a loss is never negative.",
            lambda z, y: -ref.cross_entropy(z, y),
        ),
        Slip(
            "epsilon",
            "A small number was added inside the logarithm: that caps the loss (at "
            "18.4 for 1e-8) and takes away its gradient. Take the logarithm of the softmax "
            "by hand, and no probability has to be 0.",
            lambda z, y: -np.mean(np.log(_picked(ref.softmax(z), y) + 1e-8)),
        ),
        Slip(
            "epsilon",
            "A small number was added inside the logarithm: that caps the loss and "
            "takes away its gradient. Take the logarithm of the softmax by hand, and no "
            "probability has to be 0.",
            lambda z, y: -np.mean(np.log(np.clip(_picked(ref.softmax(z), y), 1e-12, 1))),
        ),
        Slip(
            "log_of_zero",
            "The logarithm of a probability that has become 0 is minus "
            "infinity. Take the logarithm of the softmax by hand: the exponential of the "
            "label's logit cancels.",
            lambda z, y: -np.mean(np.log(_picked(ref.softmax(z), y))),
        ),
        # An overflow and 0 times log 0 both end in NaN, and nothing tells them apart.
        Slip(
            "log_of_zero",
            "NaN comes from one of two things here: the exponential of a large "
            "logit is too large for a float, or a probability that has become 0 enters as 0 "
            "times its logarithm, minus infinity. Take the logarithm of the softmax by hand, "
            "after a shift of each column, and pick the label's entry: neither can happen.",
            lambda z, y: -np.mean(np.log(_picked(np.exp(z) / np.exp(z).sum(0), y))),
        ),
        Slip(
            "all_entries",
            "The mean was taken over all entries; only the one of each example's own label counts.",
            lambda z, y: -np.mean(ref.log_softmax(z)),
        ),
        Slip(
            "divided_by_classes",
            "The sum was divided by all entries, classes times examples; "
            "divide by the number of examples.",
            lambda z, y: ref.cross_entropy(z, y) / len(z),
        ),
        Slip(
            "no_log",
            "That is the mean probability of the right class; the loss is minus its logarithm.",
            lambda z, y: np.mean(_picked(ref.softmax(z), y)),
        ),
        Slip(
            "per_example",
            "That is the loss of each example; their mean is asked for.",
            lambda z, y: -_picked(ref.log_softmax(z), y),
        ),
        Slip(
            "all_pairs",
            "Every example was paired with every label. Pick from column i the entry of label i.",
            lambda z, y: -np.mean(ref.log_softmax(z)[y]),
        ),
    ),
)


expected_initial_loss = Exercise(
    "expected_initial_loss",
    1,
    ref.expected_initial_loss,
    lambda rng: [
        given(int(n), label=f"{n} classes")
        for n in (2, 10, 27, rng.integers(30, 90), rng.integers(100, 5000))
    ],
    slips=(
        Slip("sign", "The sign is wrong: a loss is never negative.", lambda n: -np.log(n)),
        Slip("base_2", "That is in bits, a logarithm to base 2; nats are asked for.", np.log2),
        Slip("base_10", "That is a logarithm to base 10; the natural one is asked for.", np.log10),
        Slip(
            "probability",
            "That is the probability of each class; the loss is minus its logarithm.",
            lambda n: 1 / n,
        ),
        Slip("plus_one", "That is the logarithm of one class more than there are.", np.log1p),
    ),
)


def _label_cases(rng):
    n = int(rng.integers(5, 9))
    labels = rng.integers(0, n, 40)
    yield given(labels, n, label=f"40 labels, {n} classes")
    yield given(labels[labels != n - 1], n, label="labels among which the last class is missing")
    yield given(labels[labels != 1], n, label="labels among which a middle class is missing")
    yield given(np.array([2, 2, 2]), n, label="one class only")


class_frequencies = Exercise(
    "class_frequencies",
    2,
    ref.class_frequencies,
    _label_cases,
    slips=(
        Slip(
            "counts", "Those are counts; shares sum to 1.", lambda y, n: np.bincount(y, minlength=n)
        ),
        Slip(
            "dropped",
            "Classes that do not occur are left out; each class has its place, with "
            "0 where it does not occur.",
            lambda y, n: np.unique(y, return_counts=True)[1] / len(y),
        ),
        Slip(
            "dropped",
            "Classes above the largest label are left out; each class has its "
            "place, with 0 where it does not occur.",
            lambda y, n: np.bincount(y) / len(y),
        ),
        Slip(
            "divided_by_classes",
            "The counts were divided by the number of classes; divide by the number of labels.",
            lambda y, n: np.bincount(y, minlength=n) / n,
        ),
        Slip(
            "integer_division",
            "The division was one of whole numbers, so every share below 1 became 0.",
            lambda y, n: np.bincount(y, minlength=n) // len(y),
        ),
        Slip(
            "smoothed",
            "One was added to each count; here the shares themselves are asked for.",
            lambda y, n: (np.bincount(y, minlength=n) + 1) / (len(y) + n),
        ),
        Slip(
            "column",
            "That is a column; one share for each class, in one dimension, is asked for.",
            lambda y, n: ref.class_frequencies(y, n).reshape(-1, 1),
        ),
    ),
)


def _frequency_cases(rng):
    for n in (3, int(rng.integers(4, 9))):
        f = _shares(rng, n)
        yield given(f, label=f"the frequencies of {n} classes")
    yield given(np.full(4, 0.25), label="four equal frequencies")
    zero = f.copy()
    zero[1] = 0.0
    yield given(zero / zero.sum(), label="a class that never occurs")
    yield given(np.array([0.7, -0.1, 0.4]), label="a negative frequency")


_no_error = (
    "A class with frequency 0 would need a bias of minus infinity: raise a ValueError, "
    "so that nobody trains with it."
)
bias_from_frequencies = Exercise(
    "bias_from_frequencies",
    2,
    ref.bias_from_frequencies,
    _frequency_cases,
    expect=value(shift_free=True),
    slips=(
        Slip(
            "frequency_itself",
            "That is b = f, the frequencies themselves; softmax of it is "
            "not f. Which b has a softmax of f?",
            lambda f: np.reshape(f, (-1, 1)).astype(float),
        ),
        Slip(
            "frequency_itself",
            "That is b = f, the frequencies themselves; softmax of it is "
            "not f. Which b has a softmax of f?",
            lambda f: _positive(f).reshape(-1, 1),
        ),
        Slip(
            "negated",
            "The sign is wrong: the most frequent class gets the smallest bias.",
            lambda f: -np.log(f).reshape(-1, 1),
        ),
        Slip(
            "negated",
            "The sign is wrong: the most frequent class gets the smallest bias.",
            lambda f: -np.log(_positive(f)).reshape(-1, 1),
        ),
        Slip("no_error", _no_error, lambda f: np.log(f).reshape(-1, 1)),
        Slip(
            "no_error",
            "A small number was added to avoid minus infinity, which gives a class "
            "that never occurs an arbitrary bias: raise a ValueError.",
            lambda f: np.log(np.clip(f, 1e-12, None)).reshape(-1, 1),
        ),
        *(
            Slip(
                "epsilon",
                "A small number was added before the logarithm: every bias is a little "
                "off, and a class that never occurs would get an arbitrary one. Take the "
                "logarithm as it is, and raise a ValueError for a frequency of 0.",
                gives,
            )
            for e in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
            for gives in (
                lambda f, e=e: np.log(f + e).reshape(-1, 1),
                lambda f, e=e: np.log(_positive(f) + e).reshape(-1, 1),
            )
        ),
        Slip(
            "base_2",
            "That is a logarithm to base 2; softmax undoes the natural one.",
            lambda f: np.log2(_positive(f)).reshape(-1, 1),
        ),
        Slip(
            "base_2",
            "That is a logarithm to base 2; softmax undoes the natural one.",
            lambda f: np.log2(f).reshape(-1, 1),
        ),
        Slip(
            "log_odds",
            "That is log(f / (1 - f)), the inverse of the sigmoid; softmax needs another inverse.",
            lambda f: np.log(_positive(f) / (1 - f)).reshape(-1, 1),
        ),
        Slip(
            "softmax",
            "That is the softmax of the frequencies; what is wanted is the b that "
            "softmax turns into them.",
            lambda f: ref.softmax(np.reshape(f, (-1, 1))),
        ),
        Slip(
            "flat",
            "The bias is a column, (C, 1): one dimension would broadcast over the examples.",
            lambda f: np.log(_positive(f)),
        ),
    ),
)


def _positive(f):
    if np.any(np.asarray(f) <= 0):
        raise ValueError
    return np.asarray(f)


def _entropy_cases(rng):
    yield given(_shares(rng, int(rng.integers(3, 9))), label="unbalanced frequencies")
    yield given(np.full(8, 1 / 8), label="eight equal frequencies")
    yield given(np.array([0.5, 0.0, 0.3, 0.2]), label="a class that never occurs")
    yield given(np.array([0.0, 1.0, 0.0]), label="one class that always occurs")


entropy = Exercise(
    "entropy",
    2,
    ref.entropy,
    _entropy_cases,
    slips=(
        Slip(
            "nan_at_zero",
            "0 times log 0 gives NaN in NumPy; in the entropy it counts as 0.",
            lambda f: -np.sum(f * np.log(f)),
        ),
        Slip(
            "bits",
            "That is in bits, a logarithm to base 2; nats are asked for.",
            lambda f: ref.entropy(f) / LN2,
        ),
        Slip(
            "bits",
            "That is in bits, a logarithm to base 2; nats are asked for.",
            lambda f: -np.sum(f * np.log2(f)),
        ),
        Slip("sign", "The sign is wrong: an entropy is never negative.", lambda f: -ref.entropy(f)),
        Slip(
            "sign",
            "The sign is wrong: an entropy is never negative.",
            lambda f: np.sum(f * np.log(f)),
        ),
        Slip(
            "mean",
            "That is the mean of the terms; their sum is asked for.",
            lambda f: ref.entropy(f) / len(f),
        ),
        Slip(
            "epsilon",
            "A small number was added inside the logarithm, which shifts the "
            "result; leave the classes that never occur out instead.",
            lambda f: -np.sum(f * np.log(f + 1e-8)),
        ),
        Slip(
            "unweighted",
            "The logarithms are not weighted by the frequencies.",
            lambda f: -np.sum(np.log(f[f > 0])),
        ),
        Slip("log_n", "That is log n, the entropy of equal frequencies.", lambda f: np.log(len(f))),
    ),
)


def _layer_cases(rng):
    for kind in ("Generator", "RandomState"):
        C = int(rng.integers(5, 9))
        yield given(
            int(rng.integers(300, 400)),
            _shares(rng, C),
            float(rng.choice([0.01, 0.3])),
            rules_seed(kind, rng),
            label=f"{C} classes and a {kind}",
        )


def rules_seed(kind, rng):
    """Return a marker for a generator with a seed drawn here."""
    from autograder.student.wire import Seed

    return Seed(kind, int(rng.integers(2**31)))


def _expect_layer(reference, arguments):
    n_features, f, scale, _ = arguments.args
    shape = (len(f), n_features)
    zeros = np.zeros((len(f), 1))
    slips = [
        {
            "id": "zero_bias",
            "says": "The bias is zero, or equal everywhere, whatever the "
            "frequencies: then the output starts uniform.",
            "values": {"1": zeros},
        },
        {
            "id": "bias_is_f",
            "says": "The bias is b = f, the frequencies themselves; softmax of it is not f.",
            "values": {"1": f.reshape(-1, 1)},
        },
        {
            "id": "negated",
            "says": "The sign of the bias is wrong: the most frequent class gets the smallest.",
            "values": {"1": -np.log(f).reshape(-1, 1)},
        },
        {"id": "flat", "says": "The bias is a column, (C, 1).", "values": {"1": np.log(f)}},
        *(
            {"id": name, "says": says, "std": {"0": std}}
            for name, says, std in (
                ("scale_ignored", "The standard deviation is 1 whatever `scale` is.", 1.0),
                (
                    "scale_squared",
                    "That is `scale` squared: the standard deviation is asked for, "
                    "not the variance.",
                    scale**2,
                ),
                (
                    "variance",
                    "That is the square root of `scale`: `scale` is the standard "
                    "deviation, not the variance.",
                    scale**0.5,
                ),
                (
                    "xavier",
                    "That is 1/sqrt(n_features); here the spread is `scale`.",
                    n_features**-0.5,
                ),
                ("divided", "The draws were divided by `scale`, not multiplied.", 1 / scale),
            )
        ),
    ]
    return rules.Drawing(
        {
            "0": {"name": "W", "shape": shape, "std": scale},
            "1": {
                "name": "b",
                "shape": (len(f), 1),
                "shift_free": True,
                "value": np.log(f).reshape(-1, 1),
            },
        },
        slips,
    )


initialize_output_layer = Exercise(
    "initialize_output_layer", 3, ref.initialize_output_layer, _layer_cases, expect=_expect_layer
)


def _excess_cases(rng):
    for n in (2, 27, int(rng.integers(5, 20))):
        yield given(float(rng.uniform(0.05, 1.5)), n, label=f"{n} classes")
    yield given(0.0, 10, label="a spread of zero")


excess_initial_loss = Exercise(
    "excess_initial_loss",
    1,
    ref.excess_initial_loss,
    _excess_cases,
    slips=(
        Slip(
            "no_classes",
            "The factor 1 - 1/n for the number of classes is missing.",
            lambda s, n: s**2 / 2,
        ),
        Slip("no_half", "The half is missing.", lambda s, n: s**2 * (1 - 1 / n)),
        Slip(
            "no_half_no_classes",
            "That is the variance alone: the half and the factor 1 - 1/n are missing.",
            lambda s, n: s**2,
        ),
        Slip("not_squared", "The spread is not squared.", lambda s, n: s / 2 * (1 - 1 / n)),
        Slip(
            "whole_loss",
            "That is the whole loss; only what lies above log n is asked for.",
            lambda s, n: np.log(n) + ref.excess_initial_loss(s, n),
        ),
        Slip("plus", "The factor is 1 - 1/n, not 1 + 1/n.", lambda s, n: s**2 / 2 * (1 + 1 / n)),
        Slip("one_over_n", "The factor is 1 - 1/n, not 1/n.", lambda s, n: s**2 / 2 / n),
        Slip(
            "integer_division",
            "The division was one of whole numbers.",
            lambda s, n: s**2 // 2 * (1 - 1 // n),
        ),
    ),
)


def _regression_cases(rng):
    odd = rng.gamma(2.0, 3.0, 41)
    even = np.round(rng.gamma(2.0, 3.0, 12), 3)
    for name, targets in (("squared", odd), ("absolute", odd), ("absolute", even), ("huber", odd)):
        yield given(targets, name, label=f'"{name}" and {len(targets)} targets')
    delta = float(rng.uniform(2.0, 4.0))
    yield given(odd - 30, "huber", delta, label='"huber" with a larger delta')
    yield given(odd, "huber", 1e3, label='"huber" with a delta beyond every residual')
    yield given(odd, "quartic", label="an unknown name")


def _regression(biases=None, losses=None):
    """Return a wrong answer made from the right one by replacing its parts."""

    def gives(t, loss, delta=1.0):
        bias = (biases or {}).get(loss, lambda *a: ref.initial_loss_regression(*a)[0])
        bias = bias(t, loss, delta)
        r = t - bias
        usual = {
            "squared": lambda r, d: np.mean(r**2),
            "absolute": lambda r, d: np.mean(abs(r)),
            "huber": lambda r, d: np.mean(ref.huber(r, d)),
        }
        if loss not in usual:
            raise ValueError
        return bias, (losses or {}).get(loss, usual[loss])(r, delta)

    return gives


def _mean(t, *_):
    return np.mean(t)


def _median(t, *_):
    return np.median(t)


initial_loss_regression = Exercise(
    "initial_loss_regression",
    4,
    ref.initial_loss_regression,
    _regression_cases,
    expect=value(rtol=1e-6, atol=1e-6),
    slips=(
        Slip(
            "mean_for_absolute",
            "That is the mean; the mean absolute loss is smallest at another constant.",
            _regression({"absolute": _mean}),
        ),
        Slip(
            "mean_for_all",
            "That is the mean for every loss; only the squared loss is smallest there.",
            _regression({"absolute": _mean, "huber": _mean}),
        ),
        Slip(
            "median_for_huber",
            "That is the median; the Huber loss is smallest between the median and the mean.",
            _regression({"huber": _median}),
        ),
        Slip(
            "mean_for_huber",
            "That is the mean; the Huber loss is smallest between the median and the mean.",
            _regression({"huber": _mean}),
        ),
        Slip(
            "half_square",
            "That is half the mean square; the squared loss here is r**2, without a half.",
            _regression(losses={"squared": lambda r, d: np.mean(r**2) / 2}),
        ),
        Slip(
            "no_half_in_huber",
            "The quadratic part of the Huber loss is r**2/2, with a half.",
            _regression(
                losses={
                    "huber": lambda r, d: np.mean(np.where(abs(r) <= d, r**2, d * (abs(r) - d / 2)))
                }
            ),
        ),
        Slip(
            "huber_jump",
            "The linear part of the Huber loss is delta*(|r| - delta/2), so that "
            "it meets the quadratic one.",
            _regression(
                losses={"huber": lambda r, d: np.mean(np.where(abs(r) <= d, r**2 / 2, d * abs(r)))}
            ),
        ),
        Slip(
            "delta_ignored",
            "`delta` is always taken as 1.",
            lambda t, loss, delta=1.0: ref.initial_loss_regression(t, loss),
        ),
        Slip(
            "std_for_variance",
            "That is the root of the mean squared loss; the mean squared loss itself is asked for.",
            _regression(losses={"squared": lambda r, d: np.sqrt(np.mean(r**2))}),
        ),
        Slip(
            "sample_variance",
            "That is the sum of squares divided by m - 1; a mean divides by m.",
            _regression(losses={"squared": lambda r, d: np.sum(r**2) / (len(r) - 1)}),
        ),
        Slip(
            "sum",
            "Those are sums over the targets; means are asked for.",
            _regression(
                losses={
                    "squared": lambda r, d: np.sum(r**2),
                    "absolute": lambda r, d: np.sum(abs(r)),
                    "huber": lambda r, d: np.sum(ref.huber(r, d)),
                }
            ),
        ),
        Slip(
            "lower_median",
            "At an even count the midpoint of the two middle targets is asked for.",
            _regression({"absolute": lambda t, *_: np.sort(t)[(len(t) - 1) // 2]}),
        ),
        Slip(
            "upper_median",
            "At an even count the midpoint of the two middle targets is asked for.",
            _regression({"absolute": lambda t, *_: np.sort(t)[len(t) // 2]}),
        ),
        Slip(
            "no_error",
            "An unknown name of a loss must raise a ValueError.",
            lambda t, loss, delta=1.0: None,
        ),
        Slip(
            "swapped",
            "Constant and loss are exchanged: the constant comes first.",
            lambda *a: ref.initial_loss_regression(*a)[::-1],
        ),
        Slip(
            "bias_only",
            "Two things are asked for: the constant and the mean loss it has.",
            lambda *a: ref.initial_loss_regression(*a)[0],
        ),
    ),
)


def _start_cases(rng):
    C, m = 6, 60
    f = _shares(rng, C)
    labels = np.repeat(np.arange(C), np.round(f * m).astype(int) + 1)
    exact = np.bincount(labels, minlength=C) / len(labels)
    log_f = np.log(exact).reshape(-1, 1) * np.ones((1, len(labels)))
    zeros = np.zeros_like(log_f)
    confident = 3 * np.eye(C)[:, labels]
    gap = ref.cross_entropy(zeros, labels) - ref.entropy(exact)
    yield given(log_f, labels, exact, label="logits log f on unbalanced classes")
    yield given(
        zeros, labels, exact, min(0.05, gap / 2), label="logits of zero on unbalanced classes"
    )
    yield given(zeros, labels, exact, 2 * gap, label="a tolerance wide enough")
    yield given(confident, labels, exact, label="a loss far below the entropy")
    yield given(rng.normal(0, 4, log_f.shape), labels, exact, label="a loss far above it")
    yield given(
        np.zeros((C, 60)),
        np.arange(60) % C,
        np.full(C, 1 / C),
        label="logits of zero on balanced classes",
    )
    near = _shifted_to(log_f, labels, ref.entropy(exact) + 0.06)
    yield given(near, labels, exact, label="a loss 0.06 nats above the entropy")
    yield given(
        log_f,
        labels,
        np.full(C, 1 / C),
        0.5 * gap,
        label="frequencies that are not the labels' own shares",
    )
    one = np.zeros(C)
    one[1] = 1.0
    yield given(
        8 * np.eye(C)[:, [1] * 20], np.full(20, 1), one, label="one class that always occurs"
    )
    # The answers above are the same with every seed; these are not.
    for logits, what in ((zeros, "logits of zero"), (rng.normal(0, 1, zeros.shape), "any logits")):
        gap = abs(ref.cross_entropy(logits, labels) - ref.entropy(exact))
        tolerance = round(float(gap * rng.choice([0.7, 1.4])), 5)
        yield given(logits, labels, exact, tolerance, label=f"{what}, a tolerance of {tolerance}")


def _shifted_to(logits, labels, loss):
    """Blend logits with a wrong guess until they have the given loss."""
    wrong = np.roll(logits, 1, axis=0)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if ref.cross_entropy((1 - middle) * logits + middle * wrong, labels) < loss:
            low = middle
        else:
            high = middle
    return (1 - low) * logits + low * wrong


def _within(target):
    def gives(logits, labels, f, tolerance=0.05):
        return bool(abs(ref.cross_entropy(logits, labels) - target(f)) <= tolerance)

    return gives


# Several draws: an answer is one of two, and with few of them guesses would be right at times.
initial_loss_ok = Exercise(
    "initial_loss_ok",
    2,
    ref.initial_loss_ok,
    _start_cases,
    draws=3,
    slips=(
        Slip(
            "log_n",
            "The loss was compared with log n, which is right for balanced classes "
            "only; the best constant prediction has the entropy of the frequencies.",
            _within(lambda f: np.log(len(f))),
        ),
        Slip(
            "one_side",
            "A loss far below the entropy is as suspicious as one above it: the "
            "tolerance holds on either side.",
            lambda z, y, f, tolerance=0.05: bool(
                ref.cross_entropy(z, y) - ref.entropy(f) <= tolerance
            ),
        ),
        Slip(
            "lower_side",
            "A loss far above the entropy is as suspicious as one below it: the "
            "tolerance holds on either side.",
            lambda z, y, f, tolerance=0.05: bool(
                ref.entropy(f) - ref.cross_entropy(z, y) <= tolerance
            ),
        ),
        Slip(
            "tolerance_ignored",
            "`tolerance` is always taken as 0.05.",
            lambda z, y, f, tolerance=0.05: ref.initial_loss_ok(z, y, f),
        ),
        Slip(
            "relative",
            "The tolerance was taken as a share of the entropy; it is absolute, in nats.",
            lambda z, y, f, tolerance=0.05: bool(
                abs(ref.cross_entropy(z, y) / ref.entropy(f) - 1) <= tolerance
            ),
        ),
        Slip(
            "own_shares",
            "The entropy of the labels' own shares was taken; compare with that "
            "of the given `frequencies`.",
            lambda z, y, f, tolerance=0.05: bool(
                abs(ref.cross_entropy(z, y) - ref.entropy(ref.class_frequencies(y, len(f))))
                <= tolerance
            ),
        ),
        Slip(
            "nan_at_zero",
            "With a frequency of 0 the entropy became NaN, and no comparison with NaN is True.",
            _within(lambda f: -np.sum(f * np.log(f))),
        ),
        Slip("always_true", "The answer is True whatever the loss is.", lambda *a: True),
        Slip(
            "negated",
            "The answers are the wrong way round.",
            lambda *a: not ref.initial_loss_ok(*a),
        ),
        Slip(
            "difference",
            "The difference itself is given; the question is whether it is within the tolerance.",
            lambda z, y, f, tolerance=0.05: ref.cross_entropy(z, y) - ref.entropy(f),
        ),
    ),
)

EXERCISES = (
    softmax,
    cross_entropy,
    expected_initial_loss,
    class_frequencies,
    bias_from_frequencies,
    entropy,
    initialize_output_layer,
    excess_initial_loss,
    initial_loss_regression,
    initial_loss_ok,
)
