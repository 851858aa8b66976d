"""The exercises of `ps4_char_rnn`.

Those that draw characters stand in `rnn_writing.py`, `train` in `rnn_training.py`.
"""

import numpy as np

from autograder.reference import ps4_char_rnn as ref

from . import rnn_variants as variants
from .declare import Exercise, Slip, given, value
from .rnn_training import train
from .rnn_writing import (
    LETTERS,
    alphabet,
    apply_temperature,
    draw_params,
    greedy_name,
    sample,
    sample_index,
)

ASSIGNMENT = "ps4_char_rnn"
NOTEBOOK = "char_rnn"
DATA = ("dinosaurs.txt",)  # from data/, put beside the notebook
LN2 = np.log(2)


def _word(rng, n, length):
    """Draw a name over the first letters of the alphabet; the same letter never follows itself."""
    letters = [int(rng.integers(1, n))]
    while len(letters) < length:
        letters.append(int(rng.choice([i for i in range(1, n) if i != letters[-1]])))
    return "".join(LETTERS[i] for i in letters)


def _name_lists(rng):
    yield given(["rex", "iguanodon", "velociraptor"], label="three names")
    letters = list("mnopqrstuvwz")
    rng.shuffle(letters)
    yield given(
        ["".join(letters[:5]), "".join(letters[3:9]), "".join(letters[5:7])],
        label="names whose letters come in no order",
    )
    yield given(["T-Rex 2", "Ur a", "ab"], label="names with capitals, a blank and signs")
    yield given(["aba"], label="one name")


def _numbered(order):
    """Return the slip that numbers the characters that `order(names)` lists."""

    def gives(names):
        characters = list(order(names))
        return {c: i for i, c in enumerate(characters)}, dict(enumerate(characters))

    return gives


def _letters(names):
    return sorted(set("".join(names)))


build_vocabulary = Exercise(
    "build_vocabulary",
    2,
    ref.build_vocabulary,
    _name_lists,
    expect=value(
        remind="The newline is 0; after it come the characters that occur, each once and sorted."
    ),
    slips=(
        Slip(
            "newline_last",
            "The newline comes last; it should be 0.",
            _numbered(lambda names: [*_letters(names), "\n"]),
        ),
        Slip(
            "no_newline",
            "The newline has no number; it should be 0, before all the others.",
            _numbered(_letters),
        ),
        Slip(
            "newline_sorted",
            "The newline was sorted among the others; it should be 0.",
            _numbered(lambda names: sorted({"\n", *_letters(names)})),
        ),
        Slip(
            "appearance",
            "The characters are numbered in the order in which they appear; they should be sorted.",
            _numbered(lambda names: dict.fromkeys("\n" + "".join(names))),
        ),
        Slip(
            "appearance",
            "The characters are numbered in the order in which they appear, the "
            "newline somewhere among them; it should be 0, and the others sorted.",
            _numbered(lambda names: dict.fromkeys("\n".join(names) + "\n")),
        ),
        Slip(
            "reversed",
            "The characters are sorted backwards.",
            _numbered(lambda names: ["\n", *_letters(names)[::-1]]),
        ),
        Slip(
            "by_frequency",
            "The characters are numbered by how often they occur; they should be sorted.",
            _numbered(
                lambda names: [
                    "\n",
                    *sorted(_letters(names), key=lambda c: -"".join(names).count(c)),
                ]
            ),
        ),
        Slip(
            "alphabet",
            "All 26 letters are numbered; only those that occur should be.",
            _numbered(lambda names: "\nabcdefghijklmnopqrstuvwxyz"),
        ),
        Slip(
            "lower_case",
            "Capitals became small letters; a capital is a character of its own.",
            lambda names: ref.build_vocabulary([name.lower() for name in names]),
        ),
        Slip(
            "first_name",
            "Only the characters of the first name are numbered.",
            lambda names: ref.build_vocabulary(names[:1]),
        ),
        Slip(
            "last_name",
            "Only the characters of the last name are numbered.",
            lambda names: ref.build_vocabulary(names[-1:]),
        ),
        Slip(
            "repeated",
            "A character that occurs several times is counted several times; each "
            "should have one number.",
            _numbered(lambda names: ["\n", *sorted("".join(names))]),
        ),
        Slip(
            "from_one",
            "The numbers start at 1; the newline should be 0.",
            lambda names: (
                {c: i + 1 for c, i in ref.build_vocabulary(names)[0].items()},
                {i + 1: c for i, c in ref.build_vocabulary(names)[1].items()},
            ),
        ),
        Slip(
            "swapped",
            "The two dicts are exchanged: the one from character to number comes first.",
            lambda names: ref.build_vocabulary(names)[::-1],
        ),
        Slip(
            "one_dict",
            "Two dicts are asked for; yours is one.",
            lambda names: ref.build_vocabulary(names)[0],
        ),
        Slip(
            "same_dict",
            "The second dict should lead from number to character.",
            lambda names: (ref.build_vocabulary(names)[0],) * 2,
        ),
        Slip(
            "list",
            "The second part should be a dict from number to character.",
            lambda names: (ref.build_vocabulary(names)[0], list(ref.build_vocabulary(names)[0])),
        ),
    ),
)


def _encodings(rng):
    char_to_ix = ref.build_vocabulary(["abcdeiorsux"])[0]
    for name in ("rex", "dusie", "aacc"):
        yield given(name, char_to_ix, label=f'"{name}"')
    letters = list("abcdeiorsux")
    rng.shuffle(letters)
    name = "".join(letters[: int(rng.integers(6, 10))])
    yield given(name, char_to_ix, label=f'"{name}"')
    yield given("x", char_to_ix, label="a name of one letter")


def _read(gives):
    """Return a slip made from the numbers of a name and the newline's."""
    return lambda name, char_to_ix: gives([char_to_ix[c] for c in name], char_to_ix["\n"])


_NOT_SHIFTED = (
    "X and Y are the same list: each step is asked for the character that it reads. It "
    "should be asked for the next one, so Y is one place ahead of X."
)

encode = Exercise(
    "encode",
    2,
    ref.encode,
    _encodings,
    slips=(
        Slip("not_shifted", _NOT_SHIFTED, _read(lambda i, end: ([*i, end], [*i, end]))),
        Slip("not_shifted", _NOT_SHIFTED, _read(lambda i, end: ([None, *i], [None, *i]))),
        Slip("not_shifted", _NOT_SHIFTED, _read(lambda i, end: (i, i))),
        Slip("not_shifted", _NOT_SHIFTED, _read(lambda i, end: ([None, *i, end], [None, *i, end]))),
        Slip(
            "no_newline",
            "Y does not end with the newline: after the last letter the network "
            "should answer that the name is over.",
            _read(lambda i, end: ([None, *i], i)),
        ),
        Slip(
            "no_newline",
            "Y does not end with the newline: after the last letter the network "
            "should answer that the name is over.",
            _read(lambda i, end: ([None, *i[:-1]], i)),
        ),
        Slip(
            "no_start",
            "X does not start with None: without it, the first letter is never asked for.",
            _read(lambda i, end: (i, [*i[1:], end])),
        ),
        Slip(
            "no_start",
            "X does not start with None; it is one entry shorter than Y.",
            _read(lambda i, end: (i, [*i, end])),
        ),
        Slip(
            "newline_start",
            "X starts with the newline; the start is None, which stands for the zero vector.",
            _read(lambda i, end: ([end, *i], [*i, end])),
        ),
        Slip(
            "newline_start",
            "X starts with -1; the start is None, which stands for the zero vector.",
            _read(lambda i, end: ([-1, *i], [*i, end])),
        ),
        Slip(
            "newline_in_x",
            "The newline closes Y only: nothing is read after it.",
            _read(lambda i, end: ([None, *i, end], [*i, end])),
        ),
        Slip(
            "none_at_end",
            "Y ends with None; it should end with the number of the newline.",
            _read(lambda i, end: ([None, *i], [*i, None])),
        ),
        Slip(
            "characters",
            "Those are characters; their numbers are asked for.",
            lambda name, char_to_ix: ([None, *name], [*name, "\n"]),
        ),
        Slip(
            "characters",
            "The newline in Y is a character; its number is asked for.",
            _read(lambda i, end: ([None, *i], [*i, "\n"])),
        ),
        Slip(
            "characters",
            "Those are characters; their numbers are asked for.",
            lambda name, char_to_ix: ([None, *name], [*name, char_to_ix["\n"]]),
        ),
        Slip(
            "arrays",
            "Those are arrays; lists are asked for, because None is no number.",
            _read(lambda i, end: (np.array([None, *i]), np.array([*i, end]))),
        ),
        Slip(
            "swapped",
            "X and Y are exchanged: what is read comes first.",
            _read(lambda i, end: ([*i, end], [None, *i])),
        ),
        Slip(
            "reversed",
            "The name is read backwards.",
            _read(lambda i, end: ([None, *i[::-1]], [*i[::-1], end])),
        ),
        Slip(
            "shifted_back",
            "Y lies one place behind X; it should lie one place ahead.",
            _read(lambda i, end: ([*i, end], [None, *i])),
        ),
        Slip("only_x", "Two lists are asked for, X and Y.", _read(lambda i, end: [None, *i])),
        Slip("only_y", "Two lists are asked for, X and Y.", _read(lambda i, end: [*i, end])),
    ),
)


def _step_cases(rng):
    n_a, n = 3, 5
    params = draw_params(rng, n_a, n)
    a_prev = np.tanh(rng.normal(size=(n_a, 1)))
    yield given(
        params, a_prev, ref.one_hot(int(rng.integers(1, n)), n), label=f"n_a = {n_a} and n_x = {n}"
    )
    square = draw_params(rng, 4, 4)
    yield given(
        square,
        np.tanh(rng.normal(size=(4, 1))),
        ref.one_hot(2, 4),
        label="as many units as characters",
    )
    yield given(params, a_prev, np.zeros((n, 1)), label="an input of zeros")
    yield given(
        params, np.zeros((n_a, 1)), ref.one_hot(1, n), label="a state of zeros", only="hidden"
    )


def _network(**switches):
    """Return the step of a network with some switches turned."""
    return lambda params, a_prev, x: variants.step(params, a_prev, x, **switches)


def _leaving_out(*names):
    """Return the step of a network that leaves some parameters out."""
    return lambda params, a_prev, x: variants.step(variants.without(params, *names), a_prev, x)


def _bias_outside(params, a_prev, x):
    a = np.tanh(variants.hidden(variants.without(params, "b"), a_prev, x)) + params["b"]
    return a, ref.softmax(ref.rnn_logits(params, a))


rnn_step_forward = Exercise(
    "rnn_step_forward",
    3,
    ref.rnn_step_forward,
    _step_cases,
    slips=(
        Slip(
            "no_tanh",
            "The tanh is missing: the new state is tanh of the sum.",
            _network(activation=lambda z: z),
        ),
        Slip(
            "logits",
            "The second result is the logits; their softmax is asked for.",
            _network(output=lambda z: z),
        ),
        Slip(
            "sigmoid",
            "The state went through a sigmoid; tanh is asked for.",
            _network(activation=variants.sigmoid),
        ),
        Slip(
            "relu",
            "The state went through a ReLU; tanh is asked for.",
            _network(activation=lambda z: np.maximum(z, 0)),
        ),
        Slip(
            "sigmoid_output",
            "p went through a sigmoid, and does not sum to 1; softmax is asked for.",
            _network(output=variants.sigmoid),
        ),
        Slip(
            "not_normalised",
            "p does not sum to 1: the exponentials are not divided by their sum.",
            _network(output=np.exp),
        ),
        Slip(
            "not_normalised",
            "p does not sum to 1: the exponentials are not divided by their sum.",
            _network(output=lambda z: np.exp(z - z.max())),
        ),
        Slip(
            "logarithm",
            "The second result is the logarithm of p.",
            _network(output=ref.log_softmax),
        ),
        Slip(
            "wrong_axis",
            "Every entry of p is 1: softmax runs along the wrong axis. p is one "
            "column, and the column sums to 1.",
            _network(output=np.ones_like),
        ),
        Slip("no_b", "The bias b is missing in the state.", _leaving_out("b")),
        Slip("no_by", "The bias by is missing in the output.", _leaving_out("by")),
        Slip("no_biases", "Both biases are missing.", _leaving_out("b", "by")),
        Slip("no_state", "The state before, Waa a_prev, is missing.", _leaving_out("Waa")),
        Slip("no_input", "The input, Wax x, is missing.", _leaving_out("Wax")),
        Slip(
            "bias_outside", "The bias b was added after the tanh; it belongs inside.", _bias_outside
        ),
        Slip(
            "from_sum",
            "The output was computed from the sum before the tanh; it sees the new state.",
            _network(read=lambda a, z, a_prev: z),
        ),
        Slip(
            "from_previous",
            "The output was computed from the state before; it sees the new one.",
            _network(read=lambda a, z, a_prev: a_prev),
        ),
        Slip(
            "transposed",
            "Waa is used transposed: it is Waa a_prev, each row of Waa for one new unit.",
            lambda params, a_prev, x: variants.step(variants.with_turned(params, "Waa"), a_prev, x),
        ),
        Slip(
            "exchanged",
            "State and output are exchanged: a comes first.",
            lambda *args: ref.rnn_step_forward(*args)[::-1],
        ),
        Slip(
            "only_p",
            "Two results are asked for, the new state and p.",
            lambda *args: ref.rnn_step_forward(*args)[1],
        ),
        Slip(
            "only_a",
            "Two results are asked for, the new state and p.",
            lambda *args: ref.rnn_step_forward(*args)[0],
        ),
        Slip(
            "flat",
            "State and p are columns, (n_a, 1) and (n_y, 1).",
            lambda *args: tuple(each.ravel() for each in ref.rnn_step_forward(*args)),
        ),
        Slip(
            "sum_for_state",
            "The first result is the sum before the tanh; the state itself is asked for.",
            lambda params, a_prev, x: (
                variants.hidden(params, a_prev, x),
                ref.rnn_step_forward(params, a_prev, x)[1],
            ),
        ),
    ),
)


def _reading(rng, n_a, n, length, zero_state=False):
    """Return X, Y, a0, params for a name."""
    X, Y = ref.encode(_word(rng, n, length), alphabet(n))
    a0 = np.zeros((n_a, 1)) if zero_state else np.tanh(rng.normal(size=(n_a, 1)))
    return X, Y, a0, draw_params(rng, n_a, n)


def _forward_cases(rng):
    yield given(*_reading(rng, 3, 4, 2), label="a name of 2 letters")
    yield given(*_reading(rng, 2, 4, 3, zero_state=True), label="a name of 3 letters, a0 zero")
    yield given(*_reading(rng, 4, 4, 5), label="a name of 5 letters, n_a = n_x", only="hidden")
    X, Y, a0, params = _reading(rng, 3, 5, 4)
    yield given(X[1:], Y[1:], a0, params, label="a name without the None in front", only="hidden")
    X, Y, a0, params = _reading(rng, 3, 5, 3)
    yield given(
        [*X, 0, 2],
        [*Y[:-1], 0, 2, 0],
        a0,
        params,
        label="two names, so that the newline is read between them",
        only="hidden",
    )


def _forward(**switches):
    return lambda X, Y, a0, params: variants.forward(X, Y, a0, params, **switches)


def _cached(key, change):
    """Return the slip that keeps something else in the cache."""

    def gives(X, Y, a0, params):
        loss, cache = ref.rnn_forward(X, Y, a0, params)
        return loss, {**cache, key: change(cache[key], X, params)}

    return gives


def _ones_for_none(X, Y, a0, params):
    return variants.forward(X, Y, a0, params, start=np.ones((params["Wax"].shape[1], 1)))


def _newline_for_none(X, Y, a0, params):
    return variants.forward(X, Y, a0, params, start=ref.one_hot(0, params["Wax"].shape[1]))


def _zeros_for_newline(X, Y, a0, params):
    return ref.rnn_forward([i or None for i in X], Y, a0, params)


def _adding_up(X, Y, a0, params):
    """Return the forward pass whose inputs are never set back to zero."""
    x = np.zeros((params["Wax"].shape[1], 1))
    loss, cache = 0.0, {"x": [], "a": [a0], "p": []}
    for index, target in zip(X, Y):
        x = np.maximum(x, ref.one_hot(index, len(x)))
        a, p = ref.rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        for key, each in zip("xap", (x, a, p)):
            cache[key].append(each)
    return loss, cache


def _loss_of(gives):
    """Return the slip whose loss is made of p_0, p_1, ..., X and Y."""

    def forward(X, Y, a0, params):
        _, cache = ref.rnn_forward(X, Y, a0, params)
        return gives(np.hstack(cache["p"]), X, np.array(Y)), cache

    return forward


def _of_inputs(p, X, Y):
    return -sum(np.log(p[i, t]) for t, i in enumerate(X) if i is not None)


def _of_inputs_but_first(p, X, Y):
    return -np.log(p[Y[0], 0]) + _of_inputs(p, X, Y)


def _cut_short(X, Y, a0, params):
    """Return the forward pass that leaves out the last step."""
    return ref.rnn_forward(X[:-1], Y[:-1], a0, params)


rnn_forward = Exercise(
    "rnn_forward",
    4,
    ref.rnn_forward,
    _forward_cases,
    slips=(
        Slip(
            "mean",
            "That is the mean over the steps; the loss of a name is the sum.",
            _forward(loss=lambda q: -np.mean(np.log(q))),
        ),
        Slip(
            "state_not_carried",
            "Every step starts from a0: the state of one step is the `a_prev` of the next.",
            _forward(carry=False),
        ),
        Slip(
            "zero_state",
            "The state starts from zeros; it should start from `a0`.",
            lambda X, Y, a0, params: variants.forward(X, Y, 0 * a0, params),
        ),
        Slip(
            "ones_for_none",
            "The first input is all ones: None stands for the zero vector (and "
            "an array indexed with None means all of it).",
            _ones_for_none,
        ),
        Slip(
            "newline_for_none",
            "The first input is the newline; None stands for the zero vector.",
            _newline_for_none,
        ),
        Slip(
            "zeros_for_newline",
            "Character 0, the newline, was read as the zero vector; only None stands for that.",
            _zeros_for_newline,
        ),
        Slip(
            "input_not_reset",
            "The inputs add up: each one should hold a single one, for its own character.",
            _adding_up,
        ),
        Slip(
            "base_2",
            "That is in bits, a logarithm to base 2; nats are asked for.",
            _forward(loss=lambda q: -np.sum(np.log2(q))),
        ),
        Slip(
            "sign",
            "The sign is wrong: a loss is never negative.",
            _forward(loss=lambda q: np.sum(np.log(q))),
        ),
        *(
            Slip(
                "epsilon",
                "A small number was added inside the logarithm, which shifts the loss; "
                "no probability is 0 here.",
                lambda *args, small=small: variants.forward(
                    *args, loss=lambda q: -np.sum(np.log(q + small))
                ),
            )
            for small in (1e-8, 1e-7, 1e-6)
        ),
        Slip(
            "no_log",
            "The probabilities were added up; minus their logarithms should be.",
            _forward(loss=np.sum),
        ),
        Slip(
            "probability",
            "That is the probability of the name; the loss is minus its logarithm.",
            _forward(loss=np.prod),
        ),
        Slip(
            "last_step",
            "That is the loss of the last step alone; the sum over all is asked for.",
            _forward(loss=lambda q: -np.log(q[-1])),
        ),
        Slip(
            "last_left_out",
            "The last step is missing in the loss: the newline counts too.",
            _forward(loss=lambda q: -np.sum(np.log(q[:-1]))),
        ),
        Slip(
            "first_left_out",
            "The first step is missing in the loss: the first letter counts too.",
            _forward(loss=lambda q: -np.sum(np.log(q[1:]))),
        ),
        Slip(
            "array_loss",
            "The loss is an array of one entry; an entry of a column needs a row "
            "and a column to become a number.",
            _forward(loss=lambda q: np.array([-np.sum(np.log(q))])),
        ),
        Slip(
            "array_loss",
            "The loss is an array of one entry; a number is asked for.",
            _forward(loss=lambda q: np.array([[-np.sum(np.log(q))]])),
        ),
        Slip(
            "of_inputs",
            "Each step counts the probability of the character that it reads; the "
            "one of the next character, Y_t, should count.",
            _loss_of(_of_inputs),
        ),
        Slip(
            "of_inputs",
            "Each step but the first counts the probability of the character that "
            "it reads; the one of the next character, Y_t, should count.",
            _loss_of(_of_inputs_but_first),
        ),
        Slip(
            "cut_short", "The last step is missing: the newline is to be answered too.", _cut_short
        ),
        Slip(
            "most_likely",
            "The loss takes the most likely character at each step; the one of "
            "the right character should count.",
            _loss_of(lambda p, X, Y: -np.sum(np.log(p.max(axis=0)))),
        ),
        Slip(
            "all_letters",
            "The loss adds up all characters; at each step only the right one counts.",
            _loss_of(lambda p, X, Y: -np.sum(np.log(p))),
        ),
        Slip(
            "no_first_state",
            'a0 is missing in the cache: "a" has one entry more than "x" and "p".',
            _cached("a", lambda a, X, params: a[1:]),
        ),
        Slip(
            "no_last_state",
            'The last state is missing in the cache: "a" has one entry more than "x" and "p".',
            _cached("a", lambda a, X, params: a[:-1]),
        ),
        Slip(
            "indices",
            'The cache holds numbers of characters; "x" is the list of the vectors that were read.',
            _cached("x", lambda x, X, params: list(X)),
        ),
        Slip(
            "logits",
            'The cache holds the logits; "p" is the list of the probabilities.',
            _cached("p", lambda p, X, params: [np.log(each) for each in p]),
        ),
        Slip(
            "exchanged",
            "Loss and cache are exchanged: the loss comes first.",
            lambda *args: ref.rnn_forward(*args)[::-1],
        ),
        Slip(
            "only_loss",
            "Two results are asked for, the loss and the cache.",
            lambda *args: ref.rnn_forward(*args)[0],
        ),
    ),
)


def _backward_cases(rng):
    for label, n_a, n, length, only in (
        ("a name of 3 letters", 3, 4, 3, ""),
        ("a name of 2 letters", 4, 4, 2, ""),
        ("a name of 7 letters", 4, 6, 7, "hidden"),
        ("a name of 1 letter", 3, 5, 1, "hidden"),
    ):
        X, Y, a0, params = _reading(rng, n_a, n, length)
        yield given(Y, params, ref.rnn_forward(X, Y, a0, params)[1], label=label, only=only)


def _backward(**switches):
    return lambda Y, params, cache: variants.backward(Y, params, cache, **switches)


def _changed_gradients(change):
    """Return the slip that does something to the right gradients."""
    return lambda Y, params, cache: change(ref.rnn_backward(Y, params, cache), Y)


def _forwards(Y, params, cache):
    """Return the gradients of a loop that runs forwards in time."""
    total, later = {"d" + name: 0.0 for name in params}, np.zeros_like(params["b"])
    for t, target in enumerate(Y):
        dy = variants.d_cross_entropy(cache["p"][t], target)
        before, a = cache["a"][t : t + 2]
        dz = (params["Wya"].T @ dy + later) * variants.slope(a)
        parts = {
            "dWax": dz @ cache["x"][t].T,
            "dWaa": dz @ before.T,
            "dWya": dy @ a.T,
            "db": dz,
            "dby": dy,
        }
        total = {key: total[key] + parts[key] for key in total}
        later = params["Waa"].T @ dz
    return total


def _overwritten(*keys):
    what = " and ".join(keys) if len(keys) < 5 else "every gradient"
    return Slip(
        "overwritten",
        f"In {what} only the first step is left: each step should be "
        "added to the steps after it, not put in their place.",
        _backward(overwrite=keys),
    )


_ALL = ("dWax", "dWaa", "dWya", "db", "dby")
# What it can mean that just these arrays are wrong, where no known slip gives the numbers.
_PATTERNS = (
    (
        _ALL,
        "All five gradients are off, dby too: look at the gradient of the logits, p minus 1 "
        "at the right character, and whether all the steps are added up.",
    ),
    (
        ("dWax", "dWaa", "db"),
        "dWya and dby are right, so the output layer is: look at how the "
        "gradient goes through the tanh and back from step to step.",
    ),
    (
        ("dWaa",),
        "Only dWaa is off: look at which state stands in it, and whether the steps are added up.",
    ),
    (
        ("dWax",),
        "Only dWax is off: look at which input stands in it, and whether the steps are added up.",
    ),
    (
        ("dWya",),
        "Only dWya is off: look at which state stands in it, and whether the steps are added up.",
    ),
    (
        ("db",),
        "Only db is off: it is the sum of what reaches the sum inside the tanh, over the steps.",
    ),
    (("dby",), "Only dby is off: it is the sum of the gradients of the logits, over the steps."),
    (
        ("dWya", "dby"),
        "Only the output layer is off: look at the sums of dWya and dby over the steps.",
    ),
)

rnn_backward = Exercise(
    "rnn_backward",
    5,
    ref.rnn_backward,
    _backward_cases,
    expect=value(patterns=[{"wrong": list(keys), "says": says} for keys, says in _PATTERNS]),
    slips=(
        Slip(
            "not_minus_one",
            "The gradient of the logits is p minus 1 at the right character; "
            "the 1 was not taken off.",
            _backward(dy=lambda p, target: p),
        ),
        Slip(
            "future_dropped",
            "What the later steps ask of a state is dropped: a state matters "
            "for its own output and for the next state.",
            _backward(future=0.0),
        ),
        Slip("no_slope", "The slope of tanh, 1 - a², is missing.", _backward(factor=np.ones_like)),
        Slip(
            "slope_twice",
            "The slope of tanh, 1 - a², is applied twice.",
            _backward(factor=lambda a: (1 - a**2) ** 2),
        ),
        Slip(
            "not_transposed",
            "Waa is not transposed on the way back from a step to the one before.",
            _backward(turned=False),
        ),
        Slip(
            "state_after",
            "dWaa holds the state after the step; Waa is multiplied with the state before it.",
            _backward(past=(1, 1)),
        ),
        _overwritten("dWaa"),
        _overwritten("dWax"),
        _overwritten("dWya"),
        _overwritten("db"),
        _overwritten("dby"),
        _overwritten(*_ALL),
        _overwritten("dWax", "dWaa", "dWya"),
        _overwritten("db", "dby"),
        _overwritten("dWax", "dWaa", "db"),
        Slip(
            "slope_of_before",
            "The slope of tanh was taken at the state before; it belongs to "
            "the state that came out of this tanh.",
            _backward(at=0),
        ),
        Slip(
            "slope_not_squared",
            "The slope of tanh is 1 - a², not 1 - a.",
            _backward(factor=lambda a: 1 - a),
        ),
        Slip(
            "slope_of_sigmoid",
            "a(1 - a) is the slope of the sigmoid; that of tanh is 1 - a².",
            _backward(factor=lambda a: a * (1 - a)),
        ),
        Slip(
            "slope_of_tanh",
            "tanh was applied to the state once more; the state is already the tanh.",
            _backward(factor=lambda a: 1 - np.tanh(a) ** 2),
        ),
        Slip(
            "sign",
            "Every sign is wrong: the gradient of the logits is p minus 1, not 1 minus p.",
            _backward(dy=lambda p, target: -variants.d_cross_entropy(p, target)),
        ),
        Slip(
            "future_late",
            "What comes from the later steps has to go through the slope of tanh too.",
            _backward(late=True),
        ),
        Slip(
            "future_bare",
            "What is handed to the step before has not gone through the slope of tanh.",
            _backward(bare=True),
        ),
        Slip(
            "future_without_waa",
            "What is handed to the step before has to go through Waa, transposed.",
            lambda Y, params, cache: variants.backward(
                Y, {**params, "Waa": np.eye(len(params["b"]))}, cache
            ),
        ),
        Slip(
            "forwards",
            "The steps are taken forwards in time; the gradient comes from the last "
            "step and goes back.",
            _forwards,
        ),
        Slip(
            "state_before",
            "dWya holds the state before the step; the output sees the new one.",
            _backward(past=(0, 0)),
        ),
        Slip(
            "states_exchanged", "The states in dWaa and dWya are exchanged.", _backward(past=(1, 0))
        ),
        Slip(
            "mean",
            "That is the gradient of the mean over the steps; the loss is their sum.",
            _changed_gradients(lambda g, Y: {k: v / len(Y) for k, v in g.items()}),
        ),
        Slip(
            "last_step",
            "Only the last step is there; the sum over all steps is asked for.",
            lambda Y, params, cache: ref.rnn_backward(
                Y[-1:], params, {"x": cache["x"][-1:], "a": cache["a"][-2:], "p": cache["p"][-1:]}
            ),
        ),
        Slip(
            "first_step",
            "The first step is missing: the loop ends one step too early.",
            lambda Y, params, cache: ref.rnn_backward(
                Y[1:], params, {"x": cache["x"][1:], "a": cache["a"][1:], "p": cache["p"][1:]}
            ),
        ),
        Slip(
            "clipped",
            "The gradients are clipped already; that is for a later exercise.",
            _changed_gradients(lambda g, Y: ref.clip(g, 5)),
        ),
        Slip(
            "clipped",
            "The gradients are clipped already; that is for a later exercise.",
            _changed_gradients(lambda g, Y: ref.clip(g, 1)),
        ),
        Slip(
            "clipped",
            "The gradients are clipped already; that is for a later exercise.",
            _changed_gradients(lambda g, Y: ref.clip(g, 0.5)),
        ),
        Slip(
            "keys",
            'The keys are "d" and the parameter\'s name.',
            _changed_gradients(lambda g, Y: {k[1:]: v for k, v in g.items()}),
        ),
        Slip(
            "flat_biases",
            "db and dby have the shapes of b and by, (n_a, 1) and (n_y, 1).",
            _changed_gradients(
                lambda g, Y: {k: v.ravel() if k in ("db", "dby") else v for k, v in g.items()}
            ),
        ),
        Slip(
            "bias_before_slope",
            "db sums the gradients of the states; it should sum those of "
            "the sums inside the tanh, after the slope.",
            lambda Y, params, cache: _with_bias_before_slope(Y, params, cache),
        ),
    ),
)


def _with_bias_before_slope(Y, params, cache):
    """Return the gradients with db summed before the slope of tanh is applied."""
    total, later = 0.0, np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        da = params["Wya"].T @ variants.d_cross_entropy(cache["p"][t], Y[t]) + later
        total = total + da
        later = params["Waa"].T @ (da * variants.slope(cache["a"][t + 1]))
    return {**ref.rnn_backward(Y, params, cache), "db": total}


def _gradients(rng, scale, n_a=3, n=4):
    return {"d" + name: each for name, each in draw_params(rng, n_a, n, scale).items()}


def _clip_cases(rng):
    yield given(_gradients(rng, 8.0), 5.0, label="max_value=5")
    yield given(_gradients(rng, 8.0), 0.4, label="max_value=0.4")
    yield given(_gradients(rng, 1.0), 50.0, label="gradients that are small enough", only="hidden")


def _each(change):
    return lambda gradients, m: {key: change(g, m) for key, g in gradients.items()}


_NORM = (
    "The gradients were shortened as a whole, by their length; each entry should be limited "
    "by itself."
)

clip = Exercise(
    "clip",
    2,
    ref.clip,
    _clip_cases,
    expect=value(in_place=True),
    slips=(
        Slip(
            "not_returned",
            "The gradients came back as they were: the clipped ones were made and thrown away.",
            lambda gradients, m: gradients,
        ),
        Slip(
            "nothing_returned",
            "Nothing is returned; the function should return the gradients, "
            "whether it changed them in place or made new ones.",
            lambda gradients, m: None,
        ),
        Slip(
            "upper_side",
            "Only entries above the limit are clipped; those below -max_value should be too.",
            _each(np.minimum),
        ),
        Slip(
            "lower_side",
            "Only entries below -max_value are clipped; those above max_value should be too.",
            _each(lambda g, m: np.maximum(g, -m)),
        ),
        Slip("by_norm", _NORM, variants.clipped_by_norm),
        Slip("by_norm", _NORM, lambda g, m: variants.clipped_by_norm(g, m, together=False)),
        Slip("by_norm", _NORM, _each(lambda g, m: g * m / np.linalg.norm(g))),
        Slip(
            "by_norm",
            _NORM,
            lambda g, m: {
                k: v * m / np.sqrt(sum(np.sum(each**2) for each in g.values()))
                for k, v in g.items()
            },
        ),
        Slip(
            "by_largest",
            "Each array was scaled until its largest entry fits; entries within "
            "the limits should stay as they are.",
            _each(lambda g, m: g * min(1, m / np.max(np.abs(g)))),
        ),
        Slip(
            "by_largest",
            "Each array was scaled by its largest entry; entries within the limits "
            "should stay as they are.",
            _each(lambda g, m: g * m / np.max(np.abs(g))),
        ),
        Slip(
            "fixed",
            "The limit is always 5; it should be `max_value`.",
            _each(lambda g, m: np.clip(g, -5, 5)),
        ),
        Slip(
            "fixed",
            "The limit is always 10; it should be `max_value`.",
            _each(lambda g, m: np.clip(g, -10, 10)),
        ),
        Slip(
            "from_zero",
            "Negative entries became 0: the lower limit is -max_value.",
            _each(lambda g, m: np.clip(g, 0, m)),
        ),
        Slip(
            "set_to_zero",
            "Entries that are too large became 0; they should become the limit.",
            _each(lambda g, m: np.where(np.abs(g) > m, 0.0, g)),
        ),
        Slip(
            "sign_lost",
            "The sign is lost: a large negative entry becomes -max_value.",
            _each(lambda g, m: np.where(np.abs(g) > m, m, g)),
        ),
        Slip(
            "sign_lost",
            "The signs are lost: absolute values were clipped.",
            _each(lambda g, m: np.minimum(np.abs(g), m)),
        ),
        Slip(
            "weights_only",
            "The biases' gradients are not clipped.",
            lambda g, m: {k: v if k in ("db", "dby") else np.clip(v, -m, m) for k, v in g.items()},
        ),
        Slip(
            "list",
            "That is a list; a dict with the same keys is asked for.",
            lambda g, m: [np.clip(v, -m, m) for v in g.values()],
        ),
        Slip(
            "squashed",
            "The gradients went through a tanh; entries within the limits should stay as they are.",
            _each(lambda g, m: m * np.tanh(g / m)),
        ),
    ),
)


def _optimize_cases(rng):
    X, Y, a_prev, params = _reading(rng, 3, 4, 3)
    yield given(X, Y, a_prev, params, label="a name of 3 letters", only="hidden")
    yield given(X, Y, a_prev, params, 0.5, 0.3, label="learning_rate=0.5, max_value=0.3")
    X, Y = ref.encode("a" * 18, alphabet(4))
    yield given(X, Y, a_prev, _doubtful(params), 0.1, label="18 times the same letter")
    yield given(*_reading(rng, 4, 5, 5), 0.2, 1.0, label="another network", only="hidden")


def _doubtful(params):
    """Return parameters that find the letter a unlikely, so that its gradient is large."""
    quiet = {name: 0.3 * each for name, each in params.items()}
    quiet["by"][1] = -2.0
    return quiet


def _optimize(**switches):
    return lambda *args: variants.optimize(*args, **switches)


def _scaled_first(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    def limit(gradients, m):
        return {
            k: np.clip(learning_rate * g, -m, m) / (learning_rate or 1)
            for k, g in gradients.items()
        }

    return variants.optimize(X, Y, a_prev, params, learning_rate, max_value, limit=limit)


def _optimized(change):
    """Return the slip that answers with something else, made of the right results."""

    def gives(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
        right = ref.optimize(X, Y, a_prev, params, learning_rate, max_value)
        return change(*right, (X, Y, a_prev, params))

    return gives


def _only(*kept):
    """Return a limit that also sets the gradients of the other parameters to zero."""
    return lambda gradients, m: {k: np.clip(g, -m, m) * (k in kept) for k, g in gradients.items()}


def _mean_gradient(Y, params, cache):
    return {k: g / len(Y) for k, g in ref.rnn_backward(Y, params, cache).items()}


optimize = Exercise(
    "optimize",
    4,
    ref.optimize,
    _optimize_cases,
    slips=(
        Slip("not_clipped", "The gradients are not clipped.", _optimize(limit=variants.unclipped)),
        Slip(
            "ascent",
            "The step goes uphill: a gradient is taken off its parameter.",
            _optimize(sign=-1.0),
        ),
        Slip(
            "clipped_after_rate",
            "The gradients were clipped after the learning rate had been "
            "multiplied in; clip them first.",
            _scaled_first,
        ),
        Slip(
            "by_norm",
            "The gradients were shortened as a whole; each entry is limited by itself.",
            _optimize(limit=variants.clipped_by_norm),
        ),
        Slip(
            "rate_ignored",
            "`learning_rate` is always taken as 0.01.",
            lambda X, Y, a, params, learning_rate=0.01, max_value=5: ref.optimize(
                X, Y, a, params, 0.01, max_value
            ),
        ),
        Slip(
            "no_rate",
            "The learning rate is missing in the step.",
            lambda X, Y, a, params, learning_rate=0.01, max_value=5: ref.optimize(
                X, Y, a, params, 1.0, max_value
            ),
        ),
        Slip(
            "max_value_ignored",
            "The gradients are always clipped at 5, whatever `max_value` is.",
            lambda X, Y, a, params, learning_rate=0.01, max_value=5: ref.optimize(
                X, Y, a, params, learning_rate
            ),
        ),
        Slip(
            "zero_state",
            "The state starts from zeros; it should start from `a_prev`.",
            lambda X, Y, a, *rest: ref.optimize(X, Y, 0 * a, *rest),
        ),
        Slip(
            "first_state",
            "The third result is the state before the name; the one after its "
            "last character is asked for.",
            _optimized(lambda loss, new, last, given: (loss, new, given[2])),
        ),
        Slip(
            "early_state",
            'The third result is the state one step too early: "a" in the cache '
            "starts with a0, so it has one entry more than the name has steps.",
            _optimized(
                lambda loss, new, last, given: (loss, new, ref.rnn_forward(*given)[1]["a"][-2])
            ),
        ),
        Slip(
            "all_states",
            "The third result is the list of all states; only the last one is asked for.",
            _optimized(lambda loss, new, last, given: (loss, new, ref.rnn_forward(*given)[1]["a"])),
        ),
        Slip(
            "loss_after",
            "That is the loss after the step; the one before it is asked for.",
            _optimized(
                lambda loss, new, last, given: (ref.rnn_forward(*given[:3], new)[0], new, last)
            ),
        ),
        Slip(
            "mean_loss",
            "The loss is the mean over the steps; the sum is asked for.",
            _optimized(lambda loss, new, last, given: (loss / len(given[1]), new, last)),
        ),
        Slip(
            "gradients",
            "The second result is the gradients; the new parameters are asked for.",
            lambda X, Y, a, params, learning_rate=0.01, max_value=5: (
                *ref.rnn_forward(X, Y, a, params)[:1],
                ref.clip(
                    ref.rnn_backward(Y, params, ref.rnn_forward(X, Y, a, params)[1]), max_value
                ),
                ref.rnn_forward(X, Y, a, params)[1]["a"][-1],
            ),
        ),
        Slip(
            "unchanged",
            "The parameters came back as they were: the step is missing.",
            _optimized(lambda loss, new, last, given: (loss, given[3], last)),
        ),
        Slip(
            "mean_gradient",
            "The gradients were divided by the number of steps; the loss is a sum.",
            _optimize(gradients=_mean_gradient),
        ),
        Slip(
            "mean_gradient",
            "The step was divided by the number of steps of the name; the loss is a sum.",
            lambda X, Y, a, params, learning_rate=0.01, max_value=5: ref.optimize(
                X, Y, a, params, learning_rate / len(Y), max_value
            ),
        ),
        Slip(
            "weights_only",
            "The biases are not updated.",
            _optimize(limit=_only("dWax", "dWaa", "dWya")),
        ),
        Slip("biases_only", "The weights are not updated.", _optimize(limit=_only("db", "dby"))),
        Slip(
            "exchanged",
            "The order is: the loss, the new parameters, the last state.",
            _optimized(lambda loss, new, last, given: (new, loss, last)),
        ),
        Slip(
            "exchanged",
            "The order is: the loss, the new parameters, the last state.",
            _optimized(lambda loss, new, last, given: (loss, last, new)),
        ),
        Slip(
            "no_state",
            "Three results are asked for: the loss, the new parameters, the last state.",
            _optimized(lambda loss, new, last, given: (loss, new)),
        ),
        Slip(
            "no_state",
            "Three results are asked for: the loss, the new parameters, the last state.",
            _optimized(lambda loss, new, last, given: new),
        ),
    ),
)


def _name_cases(rng):
    for length, n_a, n in ((4, 3, 5), (7, 4, 6), (1, 3, 4)):
        name = _word(rng, n, length)
        yield given(name, draw_params(rng, n_a, n), alphabet(n), label=f'"{name}"')


def _named(gives):
    """Return a slip made of the probabilities of a name's characters, newline included."""

    def loss(name, params, char_to_ix):
        X, Y = ref.encode(name, char_to_ix)
        _, cache = ref.rnn_forward(X, Y, np.zeros_like(params["b"]), params)
        return gives(np.array([p[y, 0] for p, y in zip(cache["p"], Y)]))

    return loss


def _read_as(change, **switches):
    """Return a slip that reads the name otherwise."""

    def loss(name, params, char_to_ix):
        X, Y = change(*ref.encode(name, char_to_ix))
        return variants.forward(X, Y, np.zeros_like(params["b"]), params, **switches)[0]

    return loss


name_loss = Exercise(
    "name_loss",
    2,
    ref.name_loss,
    _name_cases,
    slips=(
        Slip(
            "no_newline",
            "The newline is left out: without it, it is the probability of all "
            "names that begin like this one.",
            _named(lambda q: -np.sum(np.log(q[:-1]))),
        ),
        Slip(
            "divided",
            "The loss was divided by the number of characters; the loss of the whole "
            "name is asked for.",
            _named(lambda q: -np.mean(np.log(q))),
        ),
        Slip(
            "divided",
            "The loss was divided by the length of the name; the loss of the whole "
            "name is asked for.",
            _named(lambda q: -np.sum(np.log(q)) / (len(q) - 1)),
        ),
        Slip(
            "divided",
            "The newline is left out, and the loss was divided by the length; the "
            "loss of the whole name is asked for, newline included.",
            _named(lambda q: -np.mean(np.log(q[:-1]))),
        ),
        Slip(
            "no_first_letter",
            "The first letter is left out: the model writes it too, from the zero vector.",
            _named(lambda q: -np.sum(np.log(q[1:]))),
        ),
        Slip(
            "no_start",
            "The name is read without the zero vector in front, so the first letter "
            "is given and not written.",
            _read_as(lambda X, Y: (X[1:], Y[1:])),
        ),
        Slip(
            "sign",
            "The sign is wrong: that is the logarithm of the probability.",
            _named(lambda q: np.sum(np.log(q))),
        ),
        Slip(
            "probability",
            "That is the probability itself; minus its logarithm is asked for.",
            _named(np.prod),
        ),
        Slip(
            "base_2",
            "That is in bits, a logarithm to base 2; nats are asked for.",
            _named(lambda q: -np.sum(np.log2(q))),
        ),
        Slip(
            "last_step",
            "That is the loss of the newline alone; every character counts.",
            _named(lambda q: -np.log(q[-1])),
        ),
        Slip(
            "perplexity",
            "That is the perplexity; the loss of the name is asked for.",
            _named(lambda q: np.exp(-np.mean(np.log(q)))),
        ),
        Slip(
            "state_not_carried",
            "Every character starts from a zero state: the state goes on from one to the next.",
            _read_as(lambda X, Y: (X, Y), carry=False),
        ),
        Slip(
            "not_shifted",
            "Each step counts the character that it reads; the next one should count.",
            _read_as(lambda X, Y: (Y, Y)),
        ),
        Slip(
            "newline_start",
            "The first input is the newline; it should be the zero vector.",
            _read_as(lambda X, Y: ([0, *X[1:]], Y)),
        ),
        Slip(
            "with_cache",
            "One number is asked for, the loss; yours comes with more.",
            lambda name, params, char_to_ix: ref.rnn_forward(
                *ref.encode(name, char_to_ix), np.zeros_like(params["b"]), params
            ),
        ),
        Slip(
            "per_step",
            "Those are the losses of the steps; their sum is asked for.",
            _named(lambda q: -np.log(q)),
        ),
        Slip(
            "per_step",
            "Those are the losses of the steps; their sum is asked for.",
            _named(lambda q: list(-np.log(q))),
        ),
    ),
)


def _perplexity_cases(rng):
    yield given(float(rng.uniform(20, 40)), int(rng.integers(8, 16)), label="a name")
    yield given(27 * np.log(27), 27, label="a uniform model of 27 characters")
    yield given(float(rng.uniform(1500, 2500)), 1000, label="a long text")


perplexity = Exercise(
    "perplexity",
    1,
    ref.perplexity,
    _perplexity_cases,
    slips=(
        Slip(
            "base_2",
            "That is a power of 2; the loss is in nats, so it is a power of e.",
            lambda loss, n: 2 ** (loss / n),
        ),
        Slip(
            "not_divided",
            "The loss was not divided by the number of characters.",
            lambda loss, n: np.exp(loss),
        ),
        Slip(
            "no_exponential",
            "That is the loss of a character; its exponential is asked for.",
            lambda loss, n: loss / n,
        ),
        Slip(
            "divided_late",
            "The division belongs inside the exponential.",
            lambda loss, n: np.exp(loss) / n,
        ),
        Slip(
            "sign",
            "That is the probability of a character, in the mean; the perplexity is above 1.",
            lambda loss, n: np.exp(-loss / n),
        ),
        Slip(
            "multiplied",
            "The loss was multiplied by the number of characters, not divided.",
            lambda loss, n: np.exp(loss * n),
        ),
        Slip("upside_down", "The division is upside down.", lambda loss, n: np.exp(n / loss)),
        Slip(
            "logarithm",
            "That is a logarithm; the exponential is asked for.",
            lambda loss, n: np.log(loss / n),
        ),
        Slip(
            "bits",
            "That is the loss of a character in bits; the perplexity is an exponential.",
            lambda loss, n: loss / n / LN2,
        ),
        Slip(
            "root",
            "That is a root of the loss; the exponential of the loss of a character is asked for.",
            lambda loss, n: loss ** (1 / n),
        ),
        Slip(
            "whole_division",
            "The division was one of whole numbers.",
            lambda loss, n: np.exp(loss // n),
        ),
        Slip(
            "rounded",
            "The result was rounded.",
            lambda loss, n: int(round(float(np.exp(loss / n)))),
        ),
        Slip("rounded", "The result was rounded.", lambda loss, n: round(float(np.exp(loss / n)))),
        Slip(
            "newline_added",
            "One character too many was counted: `n_characters` counts the newlines already.",
            lambda loss, n: np.exp(loss / (n + 1)),
        ),
        Slip(
            "always_27",
            "That is the perplexity of a uniform model of 27 characters, whatever is given.",
            lambda loss, n: 27.0,
        ),
    ),
)

EXERCISES = (
    build_vocabulary,
    encode,
    rnn_step_forward,
    rnn_forward,
    rnn_backward,
    clip,
    apply_temperature,
    sample_index,
    sample,
    greedy_name,
    optimize,
    train,
    name_loss,
    perplexity,
)
