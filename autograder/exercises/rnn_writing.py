"""The exercises of `ps4_char_rnn` that draw characters: temperature, sampling, greedy names."""

import numpy as np

from autograder.reference import ps4_char_rnn as ref
from autograder.student import rules
from autograder.student.wire import Seed

from . import rnn_variants as variants
from .declare import Exercise, Slip, given, value

# Repetitions of a random call. Those of `sample` are few because its cases may be judged with
# another function answered by the judge at every letter, about 2 ms each.
INDICES, NAMES = 800, 500
CERTAIN, LONG = 16, 4  # where only one outcome is possible; and where it has 50 letters
LETTERS = "\nabcdefgh"
# Seeds that people write into their code; the first cases are such that none of them looks
# like the most likely outcome.
USUAL_SEEDS = (0, 1, 2, 3, 10, 42, 123, 1234)
# Seeds of networks, of 3 and of 4 characters, whose every slip shows plainly in the names
# (tests/exercises/test_rnn_writing.py says how plainly).
TELLING_3 = (4882, 19301, 23367, 25442, 36594, 42940)
TELLING_4 = (21836, 28498, 38417)


def alphabet(n):
    """Return the `char_to_ix` of a vocabulary of n characters."""
    return {c: i for i, c in enumerate(LETTERS[:n])}


def draw_params(rng, n_a, n_x, scale=1.0):
    """Return random parameters, biases too."""
    shapes = {
        "Wax": (n_a, n_x),
        "Waa": (n_a, n_a),
        "Wya": (n_x, n_a),
        "b": (n_a, 1),
        "by": (n_x, 1),
    }
    return {name: scale * rng.normal(size=shape) for name, shape in shapes.items()}


def cycling(n, first=1):
    """Return a network that, from `first`, writes the letters round and round, never a newline."""
    after = [*range(2, n), 1]  # of letter 1, 2, ..., n - 1
    Wya = np.zeros((n, n))
    # Every letter asks a little for a third one as well: an input of ones leads there.
    third = next(i for i in range(1, n) if i not in (first, after[first - 1]))
    Wya[third, 1:] = 60.0
    Wya[after, np.arange(1, n)] = 90.0
    Wya[[after[first - 1]], [0]] = 90.0  # a newline as input would lead elsewhere
    by = np.zeros((n, 1))
    by[0], by[first] = -45.0, 45.0
    return {
        "Wax": 20.0 * np.eye(n),
        "Waa": np.zeros((n, n)),
        "Wya": Wya,
        "b": np.zeros((n, 1)),
        "by": by,
    }


def _temperature_cases(rng):
    n = int(rng.integers(5, 8))
    logits = rng.normal(0, 2, n)
    yield given(logits, float(rng.uniform(1.5, 3)), label="a temperature above 1")
    yield given(logits, float(rng.uniform(0.2, 0.7)), label="a temperature below 1")
    yield given(
        rng.normal(0, 2, (n, 1)), float(rng.uniform(1.5, 3)), label=f"logits of shape ({n}, 1)"
    )
    yield given(
        rng.normal(0, 1, n) + 1000 * np.sign(rng.normal()), 0.5, label="logits around 1000 or -1000"
    )
    yield given(np.linspace(-3000, 3000, n), 0.1, label="logits thousands apart")
    yield given(logits, 0.0, label="a temperature of 0")
    yield given(logits, -1.0, label="a temperature of -1")


def _warm(gives):
    """Return a slip that minds its temperature otherwise."""

    def checked(logits, temperature):
        if not temperature > 0:
            raise ValueError
        return gives(logits, temperature)

    return checked


def _unshifted(z):
    return np.exp(z) / np.sum(np.exp(z))


def _softmax(z):
    return ref.softmax(np.asarray(z, float))


def _asserting(logits, temperature):
    assert temperature > 0
    return ref.apply_temperature(logits, temperature)


def _zero_allowed(logits, temperature):
    if temperature < 0:
        raise ValueError
    return _softmax(logits / np.float64(temperature))


_NO_EFFECT = (
    "The temperature has no effect: dividing probabilities and normalising them again "
    "gives the same probabilities. It belongs to the logits, before the softmax."
)
_OVERFLOW = (
    "The exponential of a large number does not fit into a float. Softmax does not "
    "change when the same number is taken off every logit."
)
_NO_ERROR = "A temperature that is not positive must raise a ValueError."

apply_temperature = Exercise(
    "apply_temperature",
    2,
    ref.apply_temperature,
    _temperature_cases,
    slips=(
        Slip(
            "multiplied",
            "The logits were multiplied by the temperature: then a high one makes "
            "the choice sharper, where it should make it flatter.",
            _warm(lambda z, T: ref.apply_temperature(z, 1 / T)),
        ),
        Slip("on_probabilities", _NO_EFFECT, _warm(lambda z, T: _softmax(z))),
        Slip("on_probabilities", _NO_EFFECT, lambda z, T: _softmax(z)),
        Slip(
            "after_softmax",
            "The probabilities were divided by the temperature, so they do not "
            "sum to 1. It belongs to the logits, before the softmax.",
            _warm(lambda z, T: _softmax(z) / T),
        ),
        Slip(
            "softmax_of_probabilities",
            "Probabilities were divided by the temperature and put "
            "through a second softmax; it belongs to the logits, before the only softmax.",
            _warm(lambda z, T: _softmax(_softmax(z) / T)),
        ),
        Slip("no_shift", _OVERFLOW, _warm(lambda z, T: _unshifted(z / T))),
        Slip(
            "no_shift",
            _OVERFLOW,
            _warm(lambda z, T: _softmax(z) ** (1 / T) / np.sum(_softmax(z) ** (1 / T))),
        ),
        Slip(
            "no_softmax",
            "Those are the logits divided by the temperature; their softmax is asked for.",
            _warm(lambda z, T: z / T),
        ),
        Slip(
            "not_normalised",
            "The exponentials are not divided by their sum.",
            _warm(lambda z, T: np.exp(z / T - np.max(z / T))),
        ),
        Slip(
            "logarithm",
            "Those are the logarithms of the probabilities.",
            _warm(lambda z, T: ref.log_softmax(z / T)),
        ),
        Slip(
            "wrong_axis",
            "Every probability is 1: the softmax of a column must run down the column.",
            _warm(lambda z, T: np.ones_like(z) if z.ndim == 2 else ref.apply_temperature(z, T)),
        ),
        Slip(
            "flat",
            "The result should have the shape of the logits, also when that is (n, 1).",
            _warm(lambda z, T: ref.apply_temperature(z, T).ravel()),
        ),
        Slip(
            "root",
            "The logits were divided by the square root of the temperature.",
            _warm(lambda z, T: ref.apply_temperature(z, np.sqrt(T))),
        ),
        Slip(
            "squared",
            "The logits were divided by the square of the temperature.",
            _warm(lambda z, T: ref.apply_temperature(z, T**2)),
        ),
        Slip(
            "wrong_error",
            "A temperature that is not positive must raise a ValueError; this is "
            "another kind of error.",
            _asserting,
        ),
        Slip(
            "zero_allowed",
            "A temperature of 0 must raise a ValueError too: one cannot divide by it.",
            _zero_allowed,
        ),
        Slip("no_error", _NO_ERROR, lambda z, T: _softmax(z / np.float64(T))),
        Slip(
            "no_error",
            _NO_ERROR,
            lambda z, T: np.exp(z / np.float64(T)) / np.sum(np.exp(z / np.float64(T))),
        ),
        Slip(
            "no_error", _NO_ERROR, lambda z, T: None if not T > 0 else ref.apply_temperature(z, T)
        ),
    ),
)


def _spread_out(rng, n):
    """Draw probabilities whose largest one no usual seed would hit."""
    uniform = [
        make(seed).random()
        for seed in USUAL_SEEDS
        for make in (np.random.default_rng, np.random.RandomState)
    ]
    for _ in range(2000):
        p = rng.uniform(0.2, 1.0, n)
        p[rng.integers(n)] = 1.6
        p /= p.sum()
        draws = np.searchsorted(np.cumsum(p), uniform)
        if np.argmax(p) not in draws and 0 < np.argmax(p) < n - 1:
            return p
    return p


def _index_cases(rng):
    yield given(_spread_out(rng, 12), _seed(rng), label="12 probabilities")
    p = rng.uniform(0.1, 1.0, (6, 1)) ** 2
    p[[2, 4]] = 0.0
    yield given(
        p / p.sum(),
        _seed(rng, "RandomState"),
        label="a column of 6, two of them 0, and a RandomState",
    )
    yield given(np.array([0.9, 0.0, 0.06, 0.04]), _seed(rng), label="one index far ahead")
    yield given(np.eye(5)[:, [3]], _seed(rng), label="a certain index, in a column")


def _seed(rng, kind="Generator"):
    return Seed(kind, int(rng.integers(2**31 - INDICES - 2)))


def _normalised(p):
    return p / p.sum()


def _index_slips(p):
    """Yield id, words and probabilities of wrong ways to draw an index."""
    n, ahead = len(p), np.argmax(p)
    best = np.maximum.accumulate(np.concatenate([[0.0], p]))
    threshold = np.maximum(p - best[:-1], 0)  # p_i is the first above a uniform draw
    threshold[0] += 1 - threshold.sum()
    yield (
        "argmax",
        "That is always the most likely index; each should come with its own probability.",
        np.eye(n)[ahead],
    )
    yield (
        "uniform",
        "Every index comes equally often: the probabilities are not used.",
        np.full(n, 1 / n),
    )
    yield "from_one", "Indices count from 0.", np.roll(np.append(p, 0.0), 1)
    yield (
        "top_two",
        "Only the most likely two come, and equally often; each index should come "
        "with its own probability.",
        np.isin(np.arange(n), np.argsort(p)[-2:]) / 2,
    )
    yield (
        "softmax_again",
        "The probabilities were put through a softmax once more.",
        _normalised(np.exp(p)),
    )
    yield (
        "squared",
        "The likely indices come too often, as if the probabilities had been squared.",
        _normalised(p**2),
    )
    yield (
        "root",
        "The likely indices come too rarely, as if roots of the probabilities had been taken.",
        _normalised(np.sqrt(p)),
    )
    yield (
        "threshold",
        "One random number was compared with each probability alone; compare it "
        "with the sum of the probabilities up to there.",
        threshold,
    )
    yield (
        "cumulative_swapped",
        "Index 0 comes (almost) every time: a random number was compared "
        "with the running sum of the probabilities, but the wrong way round.",
        np.concatenate([[1.0], np.zeros(n - 1)]),
    )
    yield ("reversed", "The probabilities are used in reverse order.", p[::-1])
    yield "least_likely", "The unlikely indices come most often.", _normalised(1 / (p + 1e-9))
    yield (
        "ones_late",
        "Every index is one too large, and the first one never comes.",
        np.roll(p, 1),
    )


def _texts(shares):
    """Return probabilities as a Frequencies rule wants them, without those of 0."""
    return {str(i): float(q) for i, q in enumerate(shares) if q > 0}


def _expect_index(reference, arguments):
    p = arguments.args[0].ravel()
    slips = [
        {"id": id, "says": says, "probabilities": _texts(q)} for id, says, q in _index_slips(p)
    ]
    if arguments.args[0].ndim == 2:
        slips += [
            {
                "id": "one_dimension",
                "says": "The probabilities may come as a column, (n, 1), too.",
                "raises": kind,
            }
            for kind in ("ValueError", "TypeError")
        ]
    return rules.Frequencies(_texts(p), CERTAIN if p.max() == 1 else INDICES, slips)


sample_index = Exercise(
    "sample_index", 2, ref.sample_index, _index_cases, expect=_expect_index, draws=1
)


# Slips of a writer: id, words, and what they change in `variants.writing`.
WRITERS = (
    (
        "input_not_reset",
        "The input is not set back: after a few letters it holds several ones. "
        "At each step only the letter just written stands in it.",
        {"keep": True},
    ),
    (
        "input_not_updated",
        "The letter that was written is not fed back: the input stays the same at every step.",
        {"deaf": True},
    ),
    (
        "state_not_updated",
        "The state is not carried on: every step starts from zeros.",
        {"forget": True},
    ),
    (
        "no_newline_at_limit",
        "A name that reaches `max_length` characters without a newline gets one appended.",
        {"close": ()},
    ),
    (
        "newline_twice",
        "The name ends with one newline; yours gets another one after it.",
        {"end": (0, 0)},
    ),
    ("no_newline_at_end", "The newline that ends the name belongs to the list.", {"end": ()}),
    ("does_not_stop", "The newline ends the name; yours goes on after it.", {"onward": True}),
    (
        "equally_likely",
        "Every letter comes equally often: the model's probabilities are not used.",
        {"choose": lambda p: np.full(len(p), 1 / len(p))},
    ),
    (
        "sharpened",
        "The likely letters come too often, as if the probabilities had been sharpened "
        "(a temperature of 1/2).",
        {"choose": lambda p: p**2 / np.sum(p**2)},
    ),
    (
        "flattened",
        "The likely letters come too rarely, as if the probabilities had been "
        "flattened (a temperature of 2).",
        {"choose": lambda p: p**0.5 / np.sum(p**0.5)},
    ),
    (
        "feeds_most_likely",
        "The letter fed back is the most likely one, not the one that was written.",
        {"parrot": True},
    ),
)
_MOST_LIKELY = (
    "most_likely",
    "That is the most likely letter at each step; each letter should "
    "be drawn with its probability.",
    {"choose": variants.most_likely},
)
ONES_START = "The first input is all ones; it should be the zero vector."
_OTHER_RANKS = (
    (
        "second",
        "That is the second most likely letter at each step.",
        {"choose": lambda p: np.eye(len(p))[np.argsort(p)[-2]]},
    ),
    (
        "least_likely",
        "That is the least likely letter at each step.",
        {"choose": lambda p: np.eye(len(p))[np.argmin(p)]},
    ),
    (
        "never_newline",
        "The newline is never chosen, although it is the most likely character there.",
        {"choose": lambda p: np.eye(len(p))[1 + np.argmax(p[1:])]},
    ),
)


def writers(params, max_length, table):
    """Yield id, words and names with probabilities for each slip of a writer."""
    for id, says, switches in table:
        yield id, says, variants.writing(params, max_length, **switches)
    yield (
        "starts_with_newline",
        "The first input is the newline; it should be the zero vector.",
        variants.writing(params, max_length, start=variants.NEWLINE),
    )
    yield (
        "ones_start",
        ONES_START,
        variants.writing(params, max_length, start=np.ones_like(params["by"])),
    )
    right = variants.writing(params, max_length)
    yield (
        "no_newline_at_end",
        "The newline that ends the name belongs to the list.",
        _merged(right, lambda name: name[:-1]),
    )
    for id, length, says in (
        (
            "limit_too_long",
            max_length + 1,
            "One letter too many is written before the "
            "newline is set: at most `max_length` characters come before it.",
        ),
        (
            "limit_too_short",
            max_length - 1,
            "One letter too few is written before the "
            "newline is set: `max_length` does not count the newline that is appended.",
        ),
    ):
        if length:
            yield id, says, variants.writing(params, length)
    if max(right.values()) > 0.99:
        yield (
            "ignores_max_length",
            "`max_length` is always taken as 50.",
            variants.writing(params, 50),
        )


def _merged(names, change):
    shares = {}
    for name, share in names.items():
        shares[change(name)] = shares.get(change(name), 0.0) + share
    return shares


def _apart(one, other):
    """Return the total variation distance between two distributions."""
    return sum(abs(one.get(name, 0.0) - other.get(name, 0.0)) for name in {*one, *other}) / 2


def lively(seed, n_a, n):
    """Draw a network in which the letters before decide a lot, and the bias little."""
    params = draw_params(np.random.default_rng(seed), n_a, n)
    size = {"Wax": 2.5, "Waa": 2.0, "Wya": 1.5, "b": 0.5, "by": 0.5}
    return {name: size[name] * each for name, each in params.items()}


def _sample_cases(rng):
    yield given(
        cycling(4, 2),
        alphabet(4),
        _seed(rng),
        4,
        label="a network that writes bcabca... and max_length=4",
    )
    yield given(
        cycling(4),
        alphabet(4),
        _seed(rng),
        label="a network that writes abcabc... and max_length left out",
        only="public",
    )
    yield given(
        lively(rng.choice(TELLING_3), 4, 3),
        alphabet(3),
        _seed(rng),
        3,
        label="a, b and the newline, max_length=3",
        only="public",
    )
    yield given(
        lively(rng.choice(TELLING_4), 3, 4),
        alphabet(4),
        _seed(rng, "RandomState"),
        2,
        label="a, b, c and the newline, max_length=2 and a RandomState",
        only="hidden",
    )


def _random_starts(params, max_length, n=60):
    """Return the names written from random states, the mean over some."""
    rng, mean = np.random.default_rng(0), {}
    for _ in range(n):
        a0 = rng.standard_normal(params["b"].shape)
        for name, share in variants.writing(params, max_length, a0=a0).items():
            mean[name] = mean.get(name, 0.0) + share / n
    return mean


def _expect_sample(reference, arguments):
    params, char_to_ix, _, *rest = arguments.args
    max_length = rest[0] if rest else 50
    right = variants.writing(params, max_length)
    certain = max(right.values()) > 0.99
    # Over 50 letters, slips that leave a choice have too many names to list.
    table = [
        each
        for each in WRITERS
        if max_length < 10 or not each[2].keys() & {"choose", "onward", "keep"}
    ]
    slips = [*writers(params, max_length, [*table, _MOST_LIKELY])]
    if not certain:
        slips.append(
            (
                "random_start",
                "The first letter does not come from a zero state: yours starts from a random one.",
                _random_starts(params, max_length),
            )
        )
    repeats = NAMES if not certain else CERTAIN if max_length < 10 else LONG
    return rules.Frequencies(
        _names(right),
        repeats,
        [
            {"id": id, "says": says, "probabilities": _names(names)}
            for id, says, names in slips
            if _apart(right, names) > 0.05
        ],
    )


def _names(shares):
    return {str(list(name)): float(f"{share:.9g}") for name, share in shares.items()}


sample = Exercise("sample", 4, ref.sample, _sample_cases, expect=_expect_sample, draws=1)


def _greedy(params, char_to_ix, max_length=50, **switches):
    return list(
        next(iter(variants.writing(params, max_length, choose=variants.most_likely, **switches)))
    )


def _clear_path(rng, n_a, n, max_length, ends):
    """Draw a network whose most likely name has three letters or more, all chosen clearly."""
    for _ in range(3000):
        params = draw_params(rng, n_a, n, 1.5)
        name = _greedy(params, None, max_length)
        if (len(name) - 1 < max_length) != ends or len(set(name)) < 4:
            continue
        _, cache = ref.rnn_forward([None, *name[:-1]], name, np.zeros((n_a, 1)), params)
        top = [np.sort(p.ravel())[-2:] for p in cache["p"][:max_length]]
        others = [
            _greedy(params, None, max_length, **switches)
            for switches in (
                {"keep": True},
                {"deaf": True},
                {"forget": True},
                {"start": variants.NEWLINE},
                {"start": np.ones((n, 1))},
            )
        ]
        if name not in others and min(b / a for a, b in top) > 1.02:
            return params
    return params


def _greedy_cases(rng):
    n, n_a = 6, 5
    yield given(
        _clear_path(rng, n_a, n, 9, True), alphabet(n), 9, label="a network that ends its name"
    )
    yield given(
        _clear_path(rng, n_a, n, 6, False),
        alphabet(n),
        6,
        label="a network that reaches max_length=6",
    )
    yield given(cycling(5), alphabet(5), 7, label="a network that writes abcdabcd...")
    yield given(cycling(4, 2), alphabet(4), label="max_length left out")


def _greedy_slip(id, says, **switches):
    def gives(params, char_to_ix, max_length=50):
        choose = {"choose": variants.most_likely, **switches}
        return list(next(iter(variants.writing(params, max_length, **choose))))

    return Slip(id, says, gives)


greedy_name = Exercise(
    "greedy_name",
    2,
    ref.greedy_name,
    _greedy_cases,
    expect=value(
        remind="Take the most likely character at each step, from a zero state and a "
        "zero input, and feed it back; nothing here is random."
    ),
    slips=(
        *(
            _greedy_slip(id, says, **switches)
            for id, says, switches in (*WRITERS, *_OTHER_RANKS)
            if switches.keys() != {"choose"} or id in ("second", "least_likely", "never_newline")
        ),
        _greedy_slip(
            "starts_with_newline",
            "The first input is the newline; it should be the zero vector.",
            start=variants.NEWLINE,
        ),
        Slip(
            "ones_start",
            ONES_START,
            lambda params, char_to_ix, max_length=50: _greedy(
                params, None, max_length, start=np.ones_like(params["by"])
            ),
        ),
        Slip(
            "no_newline_at_end",
            "The newline that ends the name belongs to the list.",
            lambda *args: _greedy(*args)[:-1],
        ),
        Slip(
            "limit_too_long",
            "One letter too many is written before the newline is set: at "
            "most `max_length` characters come before it.",
            lambda params, char_to_ix, max_length=50: _greedy(params, None, max_length + 1),
        ),
        Slip(
            "limit_too_short",
            "One letter too few is written before the newline is set: "
            "`max_length` does not count the newline that is appended.",
            lambda params, char_to_ix, max_length=50: _greedy(params, None, max_length - 1),
        ),
        Slip(
            "ignores_max_length",
            "`max_length` is always taken as 50.",
            lambda params, char_to_ix, max_length=50: _greedy(params, None),
        ),
        Slip(
            "characters",
            "That is a text; a list of ints, the characters' numbers, is asked for.",
            lambda params, char_to_ix, max_length=50: "".join(
                LETTERS[i] for i in _greedy(params, None, max_length)
            ),
        ),
        Slip(
            "characters",
            "That is a text; a list of ints, the characters' numbers, is asked for.",
            lambda params, char_to_ix, max_length=50: "".join(
                LETTERS[i] for i in _greedy(params, None, max_length)[:-1]
            ),
        ),
        Slip(
            "characters",
            "That is a list of characters; their numbers are asked for.",
            lambda params, char_to_ix, max_length=50: [
                LETTERS[i] for i in _greedy(params, None, max_length)
            ],
        ),
    ),
)
