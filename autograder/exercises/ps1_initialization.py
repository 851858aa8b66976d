"""The exercises of `ps1_initialization`."""

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from autograder.reference import ps1_initialization as ref
from autograder.student import rules
from autograder.student.wire import AxesHere, Seed

from .declare import Exercise, Slip, given, value

ASSIGNMENT = "ps1_initialization"
NOTEBOOK = "initialization"
LN2 = np.log(2)


def _about(rng, *sizes):
    """Return layer sizes near the given ones, so that no number can be guessed."""
    return [int(n + rng.integers(0, 4)) for n in sizes]


def _zero_cases(rng):
    yield given([*_about(rng, 6, 4, 9), 1], label="three layers that end in one unit")
    yield given(_about(rng, 5, 2), label="a single layer")
    yield given(_about(rng, *[2] * 12), label="eleven layers")


def _changed_start(**change):
    """Return a wrong start made from the right one: W and b replaced where a maker is given."""

    def gives(layer_dims):
        params = ref.initialize_zeros(layer_dims)
        return {
            key: change[key[0]](array.shape) if key[0] in change else array
            for key, array in params.items()
        }

    return gives


initialize_zeros = Exercise(
    "initialize_zeros",
    1,
    ref.initialize_zeros,
    _zero_cases,
    slips=(
        Slip("ones", "The weights are ones; zeros are asked for.", _changed_start(W=np.ones)),
        Slip(
            "ones",
            "Weights and biases are ones; zeros are asked for.",
            _changed_start(W=np.ones, b=np.ones),
        ),
        Slip("ones", "The biases are ones; zeros are asked for.", _changed_start(b=np.ones)),
        Slip(
            "flat_bias",
            "Each bias is a column of shape (n_l, 1), not (n_l,).",
            _changed_start(b=lambda shape: np.zeros(shape[0])),
        ),
        Slip(
            "row_bias",
            "Each bias is a column of shape (n_l, 1), not a row.",
            _changed_start(b=lambda shape: np.zeros(shape[::-1])),
        ),
        Slip(
            "transposed",
            "Rows and columns of the weights are exchanged: W_l has a row for each "
            "unit of its own layer, (n_l, n_{l-1}).",
            _changed_start(W=lambda shape: np.zeros(shape[::-1])),
        ),
        Slip(
            "lists",
            "Those are lists of numbers; arrays are asked for.",
            lambda dims: {k: v.tolist() for k, v in ref.initialize_zeros(dims).items()},
        ),
        Slip(
            "from_layer_0",
            "The layers are counted from 0; the first weights are W1, the first bias is b1.",
            lambda dims: {
                f"{k[0]}{int(k[1:]) - 1}": v for k, v in ref.initialize_zeros(dims).items()
            },
        ),
        Slip(
            "last_layer_missing",
            "The last layer is missing: there are as many layers as there "
            "are steps between the sizes.",
            lambda dims: ref.initialize_zeros(dims[:-1]),
        ),
        Slip(
            "one_digit",
            "The layers from 10 on are missing: there may be ten layers and more.",
            lambda dims: ref.initialize_zeros(dims[:10]),
        ),
        Slip(
            "no_bias",
            "The biases are missing.",
            lambda dims: {k: v for k, v in ref.initialize_zeros(dims).items() if k[0] == "W"},
        ),
    ),
)


@dataclass(frozen=True)
class _Layer:
    """What the spread of a layer's weights may depend on, rightly or wrongly."""

    n_in: int
    n_out: int
    first: int  # n_0, the number of inputs
    scale: float = 1.0


def _start_cases(scales=None):
    """Return cases of large layers, none of them square: fan-in and fan-out must differ."""

    def cases(rng):
        sizes = {"Generator": (160, 90, 50, 24), "RandomState": (40, 90, 150, 30)}
        for kind, scale in zip(sizes, scales or (None, None)):
            dims = _about(rng, *sizes[kind])
            seed = Seed(kind, int(rng.integers(2**31)))
            factor = () if scale is None else (round(float(scale * rng.uniform(1, 1.5)), 5),)
            yield given(dims, *factor, seed, label=f"layers of {dims} and a {kind}")

    return cases


def _spreads(dims, spread, scale):
    return {
        f"W{i + 1}": float(spread(_Layer(n_in, n_out, dims[0], scale)))
        for i, (n_in, n_out) in enumerate(zip(dims, dims[1:]))
    }


def _normal(spread, *slips):
    """Return an `expect` for normal weights of the given spread and biases of zero.

    `spread` takes a _Layer; each of `slips` is an id, what is said, and a wrong spread.
    """

    def expect(reference, arguments):
        dims, *scale, _ = arguments.args
        scale = scale[0] if scale else 1.0
        arrays = {}
        for i, (key, std) in enumerate(_spreads(dims, spread, scale).items()):
            arrays[key] = {"shape": (dims[i + 1], dims[i]), "std": std}
            bias = np.zeros((dims[i + 1], 1))
            arrays[f"b{i + 1}"] = {"shape": bias.shape, "value": bias}
        return rules.Drawing(
            arrays,
            [
                {"id": name, "says": says, "std": _spreads(dims, wrong, scale)}
                for name, says, wrong in slips
            ],
        )

    return expect


_UNSCALED = (
    "unscaled",
    "That is the spread of the draws as they come: nothing is multiplied.",
    lambda layer: 1.0,
)
_HUNDREDTH = (
    "fixed",
    "That is 0.01 in every layer; the spread should follow from the number of inputs.",
    lambda layer: 0.01,
)
_GLOROT = (
    "glorot",
    "That is 2/(n_{l-1} + n_l), Glorot and Bengio's own form; here the fan-in alone decides.",
    lambda layer: (2 / (layer.n_in + layer.n_out)) ** 0.5,
)

initialize_scaled = Exercise(
    "initialize_scaled",
    2,
    ref.initialize_scaled,
    _start_cases((0.001, 2.1)),
    draws=1,
    expect=_normal(
        lambda layer: layer.scale,
        ("scale_ignored", "The standard deviation is 1 whatever `scale` is.", lambda layer: 1.0),
        (
            "scale_ignored",
            "The standard deviation is 0.01 whatever `scale` is.",
            lambda layer: 0.01,
        ),
        (
            "scale_squared",
            "That is `scale` squared: `scale` is the standard deviation, not its root.",
            lambda layer: layer.scale**2,
        ),
        (
            "variance",
            "That is the square root of `scale`: `scale` is the standard deviation, not "
            "the variance.",
            lambda layer: layer.scale**0.5,
        ),
        (
            "divided",
            "The draws were divided by `scale`, not multiplied.",
            lambda layer: 1 / layer.scale,
        ),
        (
            "fan_in_too",
            "That is `scale` divided by the root of the fan-in; here every layer has "
            "the spread `scale`.",
            lambda layer: layer.scale * layer.n_in**-0.5,
        ),
        (
            "fan_in_too",
            "That is `scale` times the root of 2 over the fan-in; here every layer has "
            "the spread `scale`.",
            lambda layer: layer.scale * (2 / layer.n_in) ** 0.5,
        ),
    ),
)

initialize_xavier = Exercise(
    "initialize_xavier",
    2,
    ref.initialize_xavier,
    _start_cases(),
    draws=1,
    expect=_normal(
        lambda layer: layer.n_in**-0.5,
        (
            "no_root",
            "That is 1/n without the square root: 1/n is the variance, and draws are "
            "multiplied by the standard deviation.",
            lambda layer: 1 / layer.n_in,
        ),
        (
            "fan_out",
            "That is the number of units of the layer itself, its fan-out; the number of "
            "its inputs, the fan-in, decides.",
            lambda layer: layer.n_out**-0.5,
        ),
        (
            "he",
            "That is He's variance, 2/n; here it is 1/n.",
            lambda layer: (2 / layer.n_in) ** 0.5,
        ),
        _GLOROT,
        (
            "divided",
            "The draws were multiplied by the root of n, not divided.",
            lambda layer: layer.n_in**0.5,
        ),
        (
            "first_layer",
            "The fan-in of the first layer was taken for all layers.",
            lambda layer: layer.first**-0.5,
        ),
        (
            "mean_of_both",
            "That is 1/(n_{l-1} + n_l); here the fan-in alone decides.",
            lambda layer: (layer.n_in + layer.n_out) ** -0.5,
        ),
        _UNSCALED,
        _HUNDREDTH,
    ),
)

initialize_he = Exercise(
    "initialize_he",
    2,
    ref.initialize_he,
    _start_cases(),
    draws=1,
    expect=_normal(
        lambda layer: (2 / layer.n_in) ** 0.5,
        (
            "no_root",
            "That is 2/n without the square root: 2/n is the variance, and draws are "
            "multiplied by the standard deviation.",
            lambda layer: 2 / layer.n_in,
        ),
        (
            "root_of_2",
            "That is sqrt(2)/n: the root was taken of the 2 only, not of the n.",
            lambda layer: 2**0.5 / layer.n_in,
        ),
        (
            "root_of_n",
            "That is 2/sqrt(n): the root was taken of the n only, not of the 2.",
            lambda layer: 2 * layer.n_in**-0.5,
        ),
        (
            "fan_out",
            "That is the number of units of the layer itself, its fan-out; the number of "
            "its inputs, the fan-in, decides.",
            lambda layer: (2 / layer.n_out) ** 0.5,
        ),
        (
            "xavier",
            "That is Xavier's variance, 1/n; here it is 2/n.",
            lambda layer: layer.n_in**-0.5,
        ),
        (
            "half",
            "That is a variance of 1/(2n); the 2 belongs above the line.",
            lambda layer: (2 * layer.n_in) ** -0.5,
        ),
        _GLOROT,
        (
            "mean_of_both",
            "That is 4/(n_{l-1} + n_l), which takes the fan-out in; here the fan-in alone decides.",
            lambda layer: (4 / (layer.n_in + layer.n_out)) ** 0.5,
        ),
        (
            "divided",
            "The draws were divided by sqrt(2/n), not multiplied.",
            lambda layer: (layer.n_in / 2) ** 0.5,
        ),
        (
            "first_layer",
            "The fan-in of the first layer was taken for all layers.",
            lambda layer: (2 / layer.first) ** 0.5,
        ),
        _UNSCALED,
        _HUNDREDTH,
    ),
)


def _net(rng, dims, spread=1.5):
    """Draw parameters with biases that cannot be overlooked."""
    params = {}
    for layer, (n_in, n_out) in enumerate(zip(dims, dims[1:]), start=1):
        params[f"W{layer}"] = rng.normal(0, spread / np.sqrt(n_in), (n_out, n_in))
        params[f"b{layer}"] = rng.normal(0, 0.7, (n_out, 1))
    return params


def _shuffled(rng, params):
    """Return the same dict, its keys in another order."""
    keys = list(params)
    return {keys[i]: params[keys[i]] for i in rng.permutation(len(keys))}


def _balanced(X, params):
    """Shift the last bias until there are logits of both signs."""
    logits = ref.forward(X, params)[-1]
    params[f"b{ref.count_layers(params)}"] -= (logits.min() + logits.max()) / 2
    return params


def _forward_cases(rng):
    dims = [*_about(rng, 3, 6, 4), 1]
    X = rng.normal(0, 1, (dims[0], 7))
    yield given(X, _balanced(X, _net(rng, dims)), label=f"layers of {dims}")
    yield given(X, _shuffled(rng, _balanced(X, _net(rng, dims))), label="a dict in another order")
    yield given(X[:, :1], _net(rng, [dims[0], 5, 1]), label="a single example", only="hidden")
    yield given(X, _net(rng, [dims[0], 1]), label="a single layer")
    yield given(rng.normal(0, 1, (3, 4)), _net(rng, [3] * 12), label="eleven layers")


def _relu(Z):
    return np.maximum(Z, 0)


def _layers(params):
    return [(params[f"W{i}"], params[f"b{i}"]) for i in range(1, ref.count_layers(params) + 1)]


def _forward(hidden=_relu, last=lambda Z: Z, bias=True, layers=_layers):
    """Return a wrong forward pass: another function on a layer, no bias, other layers."""

    def gives(X, params):
        activations = [X]
        pairs = layers(params)
        for i, (W, b) in enumerate(pairs, start=1):
            Z = W @ activations[-1] + (b if bias else 0)
            activations.append(hidden(Z) if i < len(pairs) else last(Z))
        return activations

    return gives


def _pre_activations(X, params):
    kept, A = [X], X
    for W, b in _layers(params):
        kept.append(W @ A + b)
        A = _relu(kept[-1])
    return kept


def _by_text(params):
    keys = sorted(key for key in params if key[0] == "W")
    return [(params[key], params["b" + key[1:]]) for key in keys]


def _by_dict(params):
    return [(params[key], params["b" + key[1:]]) for key in params if key[0] == "W"]


_TEXT_ORDER = (
    "The layers are taken in the order of their names as text, in which W10 comes before W2."
)

forward = Exercise(
    "forward",
    3,
    ref.forward,
    _forward_cases,
    slips=(
        Slip(
            "relu_last",
            "The last layer has a ReLU too; the logits are left as they are.",
            _forward(last=_relu),
        ),
        Slip(
            "sigmoid_last",
            "The last layer has a sigmoid; the logits themselves are asked for.",
            _forward(last=ref.sigmoid),
        ),
        Slip("no_bias", "The biases are forgotten.", _forward(bias=False)),
        Slip("linear", "The hidden layers have no ReLU.", _forward(hidden=lambda Z: Z)),
        Slip(
            "pre_activations",
            "The list holds the hidden layers before their ReLU; those after it are asked for.",
            _pre_activations,
        ),
        Slip(
            "tanh", "The hidden layers have a tanh; a ReLU is asked for.", _forward(hidden=np.tanh)
        ),
        Slip(
            "sigmoid",
            "The hidden layers have a sigmoid; a ReLU is asked for.",
            _forward(hidden=ref.sigmoid),
        ),
        Slip(
            "sigmoid",
            "All layers have a sigmoid; a ReLU on the hidden ones and nothing on the "
            "last is asked for.",
            _forward(hidden=ref.sigmoid, last=ref.sigmoid),
        ),
        Slip(
            "leaky",
            "A part of the negative values passes; a ReLU makes them 0.",
            _forward(hidden=lambda Z: np.where(Z > 0, Z, 0.01 * Z)),
        ),
        Slip(
            "absolute",
            "The negative values became positive; a ReLU makes them 0.",
            _forward(hidden=np.abs),
        ),
        Slip(
            "relu_turned",
            "The positive values became 0; a ReLU keeps those.",
            _forward(hidden=lambda Z: np.minimum(Z, 0)),
        ),
        Slip(
            "relu_as_step",
            "The positive values became 1; a ReLU keeps them as they are.",
            _forward(hidden=lambda Z: (Z > 0) * 1.0),
        ),
        Slip(
            "input_missing",
            "The input is missing from the list: it comes first.",
            lambda X, params: ref.forward(X, params)[1:],
        ),
        Slip(
            "logits_missing",
            "The logits are missing from the list: they come last.",
            lambda X, params: ref.forward(X, params)[:-1],
        ),
        Slip(
            "only_logits",
            "Those are the logits alone; the list of all layers is asked for.",
            lambda X, params: ref.forward(X, params)[-1],
        ),
        Slip("text_order", _TEXT_ORDER, _forward(layers=_by_text)),
        Slip(
            "dict_order",
            "The layers are taken in the order in which the dict lists them; their numbers decide.",
            _forward(layers=_by_dict),
        ),
    ),
)


def _logits(rng, m, spread=2.0):
    return rng.normal(0, spread, (1, m)), rng.permutation(np.arange(m) % 3 == 0)[None] * 1


def _logit_cases(rng):
    m = int(rng.integers(9, 14))
    yield given(*_logits(rng, m), label=f"{m} examples")
    yield given(np.zeros((1, m)), _logits(rng, m)[1], label="logits of zero")
    z, y = _logits(rng, m)
    sure = (2 * y - 1) * rng.uniform(20, 40, (1, m))
    yield given(sure, y, label="logits of 20 to 40, on the right side")
    yield given(-sure, y, label="logits of 20 to 40, on the wrong side")
    yield given(50 * sure, y, label="logits of 1000 and more, on the right side")
    yield given(z + 1000 * rng.choice([-1, 1], (1, m)), y, label="logits of 1000 and -1000")
    yield given(*_logits(rng, 1), label="a single example")


def _from_probabilities(change=lambda a: a, link=ref.sigmoid):
    """Return the textbook formula on probabilities that were changed first."""

    def gives(z, y):
        a = change(link(z))
        return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

    return gives


def _with_epsilon(epsilon):
    def gives(z, y):
        a = ref.sigmoid(z)
        return -np.mean(y * np.log(a + epsilon) + (1 - y) * np.log(1 - a + epsilon))

    return gives


_SMALL = (1e-7, 1e-8, 1e-10, 1e-12, 1e-15)
_EPSILON = (
    "A small number was added inside the logarithm: that caps the cost (at 18.4 for "
    "1e-8) and takes away its gradient. Write the logarithm of the sigmoid out instead, "
    "and no logarithm of 0 can occur."
)
_CLIPPED = (
    "The probabilities were kept away from 0 and 1: that caps the cost and takes away its "
    "gradient. Write the logarithm of the sigmoid out instead, and nothing has to be "
    "clipped."
)
_LOG_OF_0 = (
    "A float rounds the sigmoid, at large logits to exactly 0 or 1, and the logarithm "
    "of 0 is minus infinity. Write the logarithm of the sigmoid out: the exponential in "
    "it can be kept small."
)
_TWO_SIDES = (
    "An exponential is too large for a float on one side. Which sign must its exponent "
    "have for positive logits, and which for negative ones?"
)

binary_cross_entropy = Exercise(
    "binary_cross_entropy",
    3,
    ref.binary_cross_entropy,
    _logit_cases,
    expect=value(rtol=1e-12, atol=1e-12),
    slips=(
        Slip(
            "sum",
            "That is the sum over the examples; the mean is asked for.",
            lambda z, y: ref.binary_cross_entropy(z, y) * y.size,
        ),
        Slip(
            "sign",
            "The sign is wrong: a cost is never negative.",
            lambda z, y: -ref.binary_cross_entropy(z, y),
        ),
        Slip(
            "base_2",
            "That is in bits, a logarithm to base 2; nats are asked for.",
            lambda z, y: ref.binary_cross_entropy(z, y) / LN2,
        ),
        Slip(
            "base_10",
            "That is a logarithm to base 10; the natural one is asked for.",
            lambda z, y: ref.binary_cross_entropy(z, y) / np.log(10),
        ),
        Slip("log_of_zero", _LOG_OF_0, _from_probabilities()),
        Slip("log_of_zero", _LOG_OF_0, _from_probabilities(link=lambda z: 1 / (1 + np.exp(-z)))),
        *(Slip("epsilon", _EPSILON, _with_epsilon(e)) for e in _SMALL),
        *(
            Slip("clipped", _CLIPPED, _from_probabilities(lambda a, e=e: np.clip(a, e, 1 - e)))
            for e in _SMALL
        ),
        Slip(
            "nan_dropped",
            "The examples whose cost became NaN were left out of the mean: those "
            "are just the worst ones.",
            lambda z, y: np.nanmean(
                -(y * np.log(ref.sigmoid(z)) + (1 - y) * np.log(1 - ref.sigmoid(z)))
            ),
        ),
        Slip(
            "nan_dropped",
            "The examples whose cost became NaN were left out: those are just the worst ones.",
            lambda z, y: (
                np.nansum(-(y * np.log(ref.sigmoid(z)) + (1 - y) * np.log(1 - ref.sigmoid(z))))
                / y.size
            ),
        ),
        Slip("one_side", _TWO_SIDES, lambda z, y: np.mean(np.log(1 + np.exp(z)) - y * z)),
        Slip("one_side", _TWO_SIDES, lambda z, y: np.mean(np.log(1 + np.exp(-z)) + (1 - y) * z)),
        Slip(
            "only_positives",
            "Only the examples with label 1 count; those with label 0 have "
            "their own part of the formula.",
            lambda z, y: np.mean(y * np.logaddexp(0, -z)),
        ),
        Slip(
            "only_negatives",
            "Only the examples with label 0 count; those with label 1 have "
            "their own part of the formula.",
            lambda z, y: np.mean((1 - y) * np.logaddexp(0, z)),
        ),
        Slip(
            "labels_exchanged",
            "The labels are taken the wrong way round.",
            lambda z, y: ref.binary_cross_entropy(z, 1 - y),
        ),
        Slip(
            "no_sigmoid",
            "The logits were taken for probabilities: the sigmoid is missing.",
            _from_probabilities(link=lambda z: z),
        ),
        *(
            Slip(
                "no_sigmoid",
                "The logits were taken for probabilities: the sigmoid is missing.",
                _from_probabilities(lambda a, e=e: np.clip(a, e, 1 - e), lambda z: z),
            )
            for e in (1e-7, 1e-8, 1e-12, 1e-15)
        ),
        Slip(
            "sigmoid_twice",
            "The sigmoid was applied twice.",
            lambda z, y: ref.binary_cross_entropy(ref.sigmoid(z), y),
        ),
        Slip(
            "per_example",
            "That is the cost of each example; their mean is asked for.",
            lambda z, y: np.logaddexp(0, z) - y * z,
        ),
        Slip(
            "squared",
            "That is the squared error of the probability; the cross-entropy is asked for.",
            lambda z, y: np.mean((ref.sigmoid(z) - y) ** 2),
        ),
        Slip(
            "half",
            "There is a factor of a half too many.",
            lambda z, y: ref.binary_cross_entropy(z, y) / 2,
        ),
    ),
)


def _gradient_cases(rng):
    dims = [*_about(rng, 3, 6, 4), 1]
    for m, sizes, label in ((8, dims, f"layers of {dims}"), (5, [dims[0], 1], "a single layer")):
        params = _net(rng, sizes)
        activations = ref.forward(rng.normal(0, 1, (sizes[0], m)), params)
        yield given(_logits(rng, m)[1], activations, params, label=label)
    sizes = [dims[0], 5, 1]
    params = ref.initialize_zeros(sizes)
    X = rng.normal(0, 1, (sizes[0], 7))
    yield given(_logits(rng, 7)[1], ref.forward(X, params), params, label="weights of zero")
    params = _net(rng, sizes, spread=500.0)
    yield given(
        _logits(rng, 7)[1],
        ref.forward(X, params),
        params,
        label="weights so large that the logits are in the thousands",
    )
    yield given(*_deep(rng), label="eleven layers, the dict in another order")


def _deep(rng):
    """Draw the arguments for eleven layers of which none is dead, so that each has gradients."""
    sizes = [*_about(rng, *[4] * 11), 1]
    y = _logits(rng, 6)[1]
    while True:
        params = _net(rng, sizes)
        activations = ref.forward(rng.normal(0, 1, (sizes[0], 6)), params)
        if all(map(np.any, ref.backward(y, activations, params).values())):
            return y, activations, _shuffled(rng, params)


def _error(A, y):
    return ref.sigmoid(A) - y


def _mask(A, dA):
    return dA * (A > 0)


def _mean_gradients(dZ, A, m):
    return dZ @ A.T / m, dZ.sum(1, keepdims=True) / m


def _backward(error=_error, slope=_mask, gradients=_mean_gradients, order=list):
    """Return a wrong backward pass: another error, slope of a hidden layer, gradient, or order.

    `order` puts the numbers of the layers, as text, in the order that is taken for the first
    to the last.
    """

    def gives(y, activations, params):
        grads = {}
        dZ = error(activations[-1], y)
        layers = order(map(str, range(1, ref.count_layers(params) + 1)))
        for i, layer in reversed([*enumerate(layers)]):
            A = activations[i]
            grads[f"dW{layer}"], grads[f"db{layer}"] = gradients(dZ, A, y.size)
            if i:
                dZ = slope(A, params[f"W{layer}"].T @ dZ)
        return grads

    return gives


def _quotient_error(z, y):
    a = ref.sigmoid(z)
    return -(y / a - (1 - y) / (1 - a)) * a * (1 - a)


def _scaled_gradients(weights, biases):
    def gradients(dZ, A, m):
        dW, db = _mean_gradients(dZ, A, m)
        return dW * weights(m), db * biases(m)

    return gradients


def _one(m):
    return 1


_NO_MASK = (
    "The ReLU's slope is forgotten on the way back: nothing passes a unit whose activation is 0."
)

backward = Exercise(
    "backward",
    4,
    ref.backward,
    _gradient_cases,
    slips=(
        Slip(
            "no_mean",
            "The 1/m is forgotten: those are the gradients of the sum over the "
            "examples, and the cost is the mean.",
            _backward(gradients=_scaled_gradients(lambda m: m, lambda m: m)),
        ),
        Slip(
            "bias_no_mean",
            "The 1/m is forgotten in the gradients of the biases.",
            _backward(gradients=_scaled_gradients(_one, lambda m: m)),
        ),
        Slip(
            "weights_no_mean",
            "The 1/m is forgotten in the gradients of the weights.",
            _backward(gradients=_scaled_gradients(lambda m: m, _one)),
        ),
        Slip(
            "mean_twice",
            "The gradients of the biases are divided by m twice.",
            _backward(gradients=_scaled_gradients(_one, lambda m: 1 / m)),
        ),
        Slip(
            "mean_twice",
            "The gradients are divided by m twice.",
            _backward(gradients=_scaled_gradients(lambda m: 1 / m, lambda m: 1 / m)),
        ),
        Slip(
            "mean_twice",
            "The gradients of the weights are divided by m twice.",
            _backward(gradients=_scaled_gradients(lambda m: 1 / m, _one)),
        ),
        Slip(
            "mean_in_each_layer",
            "The 1/m is taken once more in each layer; it belongs to the cost, once.",
            _backward(
                error=lambda z, y: _error(z, y) / y.size,
                slope=lambda A, dA: _mask(A, dA) / A.shape[1],
                gradients=_scaled_gradients(lambda m: m, lambda m: m),
            ),
        ),
        Slip("no_mask", _NO_MASK, _backward(slope=lambda A, dA: dA)),
        Slip(
            "mask_of_gradient",
            "The ReLU was applied to the gradient; its slope depends on the activation.",
            _backward(slope=lambda A, dA: _relu(dA)),
        ),
        Slip(
            "tanh_slope",
            "The slope of tanh, 1 - A**2, was taken; the hidden layers are ReLU.",
            _backward(slope=lambda A, dA: dA * (1 - A**2)),
        ),
        Slip(
            "sigmoid_slope_hidden",
            "The slope of a sigmoid, A (1 - A), was taken; the hidden layers are ReLU.",
            _backward(slope=lambda A, dA: dA * A * (1 - A)),
        ),
        Slip(
            "times_activation",
            "The gradient was multiplied by the activation; the slope of a ReLU is 0 or 1.",
            _backward(slope=lambda A, dA: dA * A),
        ),
        Slip(
            "sign",
            "Every sign is wrong: the gradient points to where the cost grows.",
            _backward(error=lambda z, y: y - ref.sigmoid(z)),
        ),
        Slip(
            "no_sigmoid",
            "The logits were taken for probabilities: the last of `activations` "
            "has no sigmoid yet.",
            _backward(error=lambda z, y: z - y),
        ),
        Slip(
            "sigmoid_slope",
            "The slope of the sigmoid came in once more: for the cross-entropy it cancels.",
            _backward(
                error=lambda z, y: (ref.sigmoid(z) - y) * ref.sigmoid(z) * (1 - ref.sigmoid(z))
            ),
        ),
        Slip(
            "divided_by_zero",
            "At large logits the sigmoid is exactly 0 or 1, and a division by "
            "it gives NaN. Simplify the derivative on paper first: nothing has to be divided.",
            _backward(error=_quotient_error),
        ),
        Slip("text_order", _TEXT_ORDER, _backward(order=sorted)),
        Slip(
            "labels_forgotten",
            "The labels do not enter: the error is the probability minus the label.",
            _backward(error=lambda z, y: ref.sigmoid(z)),
        ),
        Slip(
            "keys_without_d",
            'The keys are those of the parameters; a gradient is called "d" '
            "and the parameter's name.",
            lambda y, a, params: {
                key[1:]: array for key, array in ref.backward(y, a, params).items()
            },
        ),
        Slip(
            "flat_bias",
            "The gradient of a bias is a column, as the bias: (n_l, 1), not (n_l,).",
            lambda y, a, params: {
                key: array.ravel() if key[1] == "b" else array
                for key, array in ref.backward(y, a, params).items()
            },
        ),
    ),
)


def _update_cases(rng):
    for dims, rate in (
        (_about(rng, 3, 5, 2), 0.01),
        (_about(rng, 4, 3), rng.uniform(0.1, 2)),
        ([2, 2, 2], rng.uniform(0.1, 2)),
    ):
        params = _net(rng, dims)
        grads = {"d" + key: array for key, array in _net(rng, dims).items()}
        rate = round(float(rate), 4)
        yield given(params, _shuffled(rng, grads), rate, label=f"a learning rate of {rate}")


def _step(change):
    """Return a wrong step: takes parameter, gradient, rate, and the parameter's name."""

    def gives(params, grads, rate):
        return {key: change(array, grads["d" + key], rate, key) for key, array in params.items()}

    return gives


update = Exercise(
    "update",
    2,
    ref.update,
    _update_cases,
    slips=(
        Slip(
            "ascent",
            "The step goes uphill: gradient descent takes the gradient away.",
            _step(lambda p, g, rate, key: p + rate * g),
        ),
        Slip(
            "rate_ignored",
            "The learning rate is always taken as 0.01; it is an argument.",
            _step(lambda p, g, rate, key: p - 0.01 * g),
        ),
        Slip(
            "rate_forgotten",
            "The gradient is taken away whole: the learning rate is forgotten.",
            _step(lambda p, g, rate, key: p - g),
        ),
        Slip(
            "divided",
            "The gradient was divided by the learning rate; it should be multiplied.",
            _step(lambda p, g, rate, key: p - g / rate),
        ),
        Slip(
            "weights_only",
            "The biases are left as they were; they take the step too.",
            _step(lambda p, g, rate, key: p - rate * g if key[0] == "W" else p),
        ),
        Slip(
            "biases_only",
            "The weights are left as they were; they take the step too.",
            _step(lambda p, g, rate, key: p - rate * g if key[0] == "b" else p),
        ),
        Slip(
            "unchanged",
            "Those are the parameters as they were, without a step.",
            _step(lambda p, g, rate, key: p),
        ),
        Slip(
            "step_only",
            "That is the step alone; the parameters after it are asked for.",
            _step(lambda p, g, rate, key: -rate * g),
        ),
        Slip(
            "step_only",
            "That is the step alone; the parameters after it are asked for.",
            _step(lambda p, g, rate, key: rate * g),
        ),
        Slip(
            "sign_step",
            "Only the sign of the gradient was used; its size counts too.",
            _step(lambda p, g, rate, key: p - rate * np.sign(g)),
        ),
        Slip(
            "last_layer_kept",
            "The last layer is left as it was; it takes the step too.",
            lambda params, grads, rate: {
                key: array - rate * grads["d" + key]
                if int(key[1:]) < ref.count_layers(params)
                else array
                for key, array in params.items()
            },
        ),
        Slip(
            "shrunk",
            "The parameters were multiplied by the step; it should be taken away.",
            _step(lambda p, g, rate, key: p * (1 - rate * g)),
        ),
    ),
)


def _summary_cases(rng):
    dims = [*_about(rng, 4, 8, 6, 5), 1]
    X = rng.normal(0, 1, (dims[0], 9))
    yield given(ref.forward(X, _net(rng, dims)), label=f"layers of {dims}")
    yield given(ref.forward(X, _net(rng, [dims[0], 7, 1])), label="a single hidden layer")
    tiny = [A * 1e-6 for A in ref.forward(X, _net(rng, dims))]
    yield given(tiny, label="activations near 1e-6")
    dead = ref.forward(X, _net(rng, dims))
    dead[2] = np.zeros_like(dead[2])
    yield given(dead, label="a layer of zeros")
    yield given(ref.forward(X, _net(rng, [dims[0], 1])), label="no hidden layer")


def _rows(measures, layers=slice(1, -1)):
    """Return a wrong summary: other measures of a layer, or other layers."""

    def gives(activations):
        rows = [[measure(A) for measure in measures] for A in activations[layers]]
        return np.array(rows).reshape(-1, len(measures))

    return gives


def _zeros(A):
    return np.mean(A == 0)


def _active(measure):
    return lambda A: measure(A[A != 0]) if np.any(A != 0) else 0.0


_MEASURES = (np.mean, np.std, _zeros)

activation_summary = Exercise(
    "activation_summary",
    2,
    ref.activation_summary,
    _summary_cases,
    slips=(
        Slip(
            "input_counted",
            "The input is counted as a layer; there is a row for each hidden layer.",
            _rows(_MEASURES, slice(0, -1)),
        ),
        Slip(
            "logits_counted",
            "The logits are counted as a layer; there is a row for each hidden layer.",
            _rows(_MEASURES, slice(1, None)),
        ),
        Slip(
            "all_counted",
            "The input and the logits are counted as layers; there is a row for each hidden layer.",
            _rows(_MEASURES, slice(None)),
        ),
        Slip("layer_missing", "A hidden layer is missing.", _rows(_MEASURES, slice(1, -2))),
        Slip("layer_missing", "A hidden layer is missing.", _rows(_MEASURES, slice(2, -1))),
        Slip(
            "shifted_up",
            "The rows are those of the layer before: the first should be the first hidden layer.",
            _rows(_MEASURES, slice(0, -2)),
        ),
        Slip(
            "shifted_down",
            "The rows are those of the layer after: the logits are no hidden layer.",
            _rows(_MEASURES, slice(2, None)),
        ),
        Slip(
            "sample_std",
            "The sum of squares was divided by one less than the number of "
            "entries; divide by that number.",
            _rows((np.mean, lambda A: np.std(A, ddof=1), _zeros)),
        ),
        Slip(
            "variance",
            "The second column is the variance; the standard deviation is asked for.",
            _rows((np.mean, np.var, _zeros)),
        ),
        Slip(
            "number_of_zeros",
            "The third column counts the zeros; their share is asked for.",
            _rows((np.mean, np.std, lambda A: np.sum(A == 0))),
        ),
        Slip(
            "percent",
            "The third column is in percent; a share between 0 and 1 is asked for.",
            _rows((np.mean, np.std, lambda A: 100 * _zeros(A))),
        ),
        Slip(
            "not_zero",
            "The third column is the share of entries that are not zero.",
            _rows((np.mean, np.std, lambda A: np.mean(A != 0))),
        ),
        Slip(
            "almost_zero",
            "Small numbers are counted as zeros; only exact zeros count.",
            _rows((np.mean, np.std, lambda A: np.mean(A < 1e-3))),
        ),
        Slip(
            "almost_zero",
            "Small numbers are counted as zeros; only exact zeros count.",
            _rows((np.mean, np.std, lambda A: np.mean(np.isclose(A, 0, atol=1e-5)))),
        ),
        Slip(
            "dead_units",
            "The third column is the share of units that are zero for every "
            "example; the share of all entries is asked for.",
            _rows((np.mean, np.std, lambda A: np.mean(np.all(A == 0, axis=1)))),
        ),
        Slip(
            "order",
            "The columns are exchanged: first the mean, then the standard deviation, "
            "then the share of zeros.",
            _rows((np.std, np.mean, _zeros)),
        ),
        Slip(
            "active_only",
            "Mean and spread are those of the entries that are not zero; all entries count.",
            _rows((_active(np.mean), _active(np.std), _zeros)),
        ),
        Slip(
            "root_mean_square",
            "The second column is the root of the mean square; the mean has to be taken off first.",
            _rows((np.mean, lambda A: np.sqrt(np.mean(A**2)), _zeros)),
        ),
        Slip(
            "no_columns",
            "Without hidden layers there are no rows, but still three columns: shape (0, 3).",
            lambda activations: np.array(ref.activation_summary(activations).tolist()),
        ),
        Slip(
            "transposed",
            "Rows and columns are exchanged: each hidden layer has a row.",
            lambda activations: ref.activation_summary(activations).T,
        ),
    ),
)


def _unit_cases(rng):
    """How many rows differ is drawn anew for each case, so that no answer can be kept."""
    W = rng.normal(0, 1, (12, 3))
    several, single, side_by_side, multiples, nearly, orders = map(
        int, rng.integers((4, 5, 3, 4, 3, 4), (11, 13, 8, 13, 8, 7))
    )  # more orders than first entries: 3
    yield given(W[:single], label=f"{single} different rows")
    yield given(np.tile(W[:1], (single, 1)), label="rows that are all equal")
    yield given(
        W[rng.permutation([0, 1, 2, 0, 1, 0, *range(several)])],
        label="rows that stand several times, not side by side",
    )
    times = 1 + rng.permutation(side_by_side) % 3
    yield given(np.repeat(W[:side_by_side], times, axis=0), label="equal rows side by side")
    yield given(W[0] * np.arange(1, multiples + 1)[:, None], label="rows that are multiples of one")
    close = np.tile(W[:1], (nearly + 1, 1))
    close[:, 1] += 1e-9 * np.array([*range(nearly), 0])
    yield given(close, label="rows that differ by a billionth")
    turns = rng.permutation(list(permutations(range(3))))[:orders]
    yield given(
        W[0][np.array([*turns, turns[0]])], label="rows of the same numbers in another order"
    )
    yield given(np.zeros((single, 4)), label="weights of zero")


def _counted(W):
    return np.unique(W, axis=0, return_counts=True)[1]


distinct_units = Exercise(
    "distinct_units",
    1,
    ref.distinct_units,
    _unit_cases,
    slips=(
        Slip(
            "entries",
            "Those are the different numbers in `W`; its different rows are asked for.",
            lambda W: len(np.unique(W)),
        ),
        Slip(
            "columns",
            "Those are the different columns; each unit is a row.",
            lambda W: len(np.unique(W, axis=1).T),
        ),
        Slip("all_rows", "Those are all rows, also those that are equal.", len),
        Slip(
            "first_column",
            "The rows were told apart by their first entry alone; rows with the "
            "same first weight can still be different.",
            lambda W: len(set(W[:, 0])),
        ),
        Slip(
            "rounded",
            "Rows that are nearly equal were taken as equal; a row that differs at "
            "all is another unit.",
            lambda W: len(np.unique(np.round(W, 2), axis=0)),
        ),
        Slip(
            "rounded",
            "Rows that are nearly equal were taken as equal; a row that differs at "
            "all is another unit.",
            lambda W: len(np.unique(np.round(W, 6), axis=0)),
        ),
        Slip(
            "rounded",
            "Rows that are nearly equal were taken as equal; a row that differs at "
            "all is another unit.",
            lambda W: len(np.unique(np.round(W, 8), axis=0)),
        ),
        Slip(
            "neighbours",
            "Each row was compared with the one before it only; equal rows need "
            "not stand side by side.",
            lambda W: 1 + int(np.sum(np.any(W[1:] != W[:-1], axis=1))),
        ),
        Slip(
            "rows",
            "Those are the different rows themselves; how many there are is asked for.",
            lambda W: np.unique(W, axis=0),
        ),
        Slip(
            "unrepeated",
            "Those are the rows that occur once; rows that occur several times count once too.",
            lambda W: int(np.sum(_counted(W) == 1)),
        ),
        Slip(
            "duplicates",
            "Those are the rows that occur several times; the different ones are asked for.",
            lambda W: int(np.sum(_counted(W) > 1)),
        ),
        Slip(
            "duplicates",
            "Those are the rows that are there already; the different ones are asked for.",
            lambda W: len(W) - len(_counted(W)),
        ),
        Slip(
            "like_first",
            "Those are the rows that differ from the first; the first counts too, "
            "and equal ones count once.",
            lambda W: int(np.sum(np.any(W[0] != W, axis=1))),
        ),
        Slip(
            "like_first",
            "Every row was compared with the first only; the others may be equal among themselves.",
            lambda W: 1 + int(np.sum(np.any(W[0] != W, axis=1))),
        ),
        Slip(
            "like_first",
            "Those are the rows equal to the first; the different ones are asked for.",
            lambda W: int(np.sum(np.all(W[0] == W, axis=1))),
        ),
        Slip(
            "row_sums",
            "Those are the different sums of the rows; other rows may have the same sum.",
            lambda W: len(np.unique(W.sum(axis=1))),
        ),
        Slip(
            "row_sums",
            "Those are the different sums of the rows; other rows may have the same sum.",
            lambda W: len(np.unique(np.round(W.sum(axis=1), 10))),
        ),
        Slip(
            "row_norms",
            "Those are the different lengths of the rows; other rows may have the same length.",
            lambda W: len(np.unique(np.linalg.norm(W, axis=1))),
        ),
        Slip(
            "rank",
            "That is the rank of `W`; multiples of a row are different rows all the same.",
            lambda W: int(np.linalg.matrix_rank(W)),
        ),
        Slip(
            "yes_or_no",
            "That tells whether there are different rows; how many is asked for.",
            lambda W: bool(len(_counted(W)) > 1),
        ),
        Slip(
            "yes_or_no",
            "That tells whether the rows are equal; how many differ is asked for.",
            lambda W: bool(len(_counted(W)) == 1),
        ),
    ),
)


def _audit_cases(rng):
    yield given([12288, 20, 7, 5, 1], 0.01, label="the network of the 34 %")
    yield given(_about(rng, 30, 90, 12), round(float(rng.uniform(0.1, 2)), 3), label="two layers")
    yield given(_about(rng, *range(50, 94, 4)), 1.0, label="ten layers and a scale of 1")
    yield given(_about(rng, 16, 3), 0.25, label="a single layer")


def _by_layer(factor):
    """Return a wrong audit: takes scale, fan-in and fan-out."""

    def gives(layer_dims, scale):
        n = np.array(layer_dims, float)
        return factor(scale, n[:-1], n[1:])

    return gives


fan_in_audit = Exercise(
    "fan_in_audit",
    1,
    ref.fan_in_audit,
    _audit_cases,
    slips=(
        Slip(
            "no_root",
            "The number of inputs enters without its square root.",
            _by_layer(lambda s, n, out: s * n),
        ),
        Slip(
            "fan_out",
            "That is the number of units of the layer itself, its fan-out; the number "
            "of its inputs, the fan-in, decides.",
            _by_layer(lambda s, n, out: s * np.sqrt(out)),
        ),
        Slip(
            "variance",
            "That is the factor of the variance; the spread is its square root.",
            _by_layer(lambda s, n, out: s**2 * n),
        ),
        Slip(
            "root_of_both",
            "The root was taken of `scale` too.",
            _by_layer(lambda s, n, out: np.sqrt(s * n)),
        ),
        Slip(
            "needed_scale",
            "That is the scale that would keep the spread; the factor that "
            "`scale` makes is asked for.",
            _by_layer(lambda s, n, out: 1 / np.sqrt(n)),
        ),
        Slip(
            "divided",
            "`scale` was divided by the root of the fan-in; it should be multiplied.",
            _by_layer(lambda s, n, out: s / np.sqrt(n)),
        ),
        Slip(
            "divided",
            "The root of the fan-in was divided by `scale`; it should be multiplied.",
            _by_layer(lambda s, n, out: np.sqrt(n) / s),
        ),
        Slip(
            "one_too_many",
            "There is one entry too many: the size of the last layer is the fan-in of none.",
            lambda dims, s: s * np.sqrt(np.array(dims)),
        ),
        Slip(
            "last_missing",
            "The last layer is left out; it has weights too.",
            lambda dims, s: ref.fan_in_audit(dims, s)[:-1],
        ),
        Slip(
            "first_missing",
            "The first layer is left out; it has weights too.",
            lambda dims, s: ref.fan_in_audit(dims, s)[1:],
        ),
        Slip(
            "cumulative",
            "That is the product of the factors up to each layer; each layer's own is asked for.",
            lambda dims, s: np.cumprod(ref.fan_in_audit(dims, s)),
        ),
        Slip(
            "scale_fixed",
            "`scale` is always taken as 0.01; it is an argument.",
            lambda dims, s: ref.fan_in_audit(dims, 0.01),
        ),
        Slip(
            "scale_forgotten", "`scale` is forgotten.", lambda dims, s: ref.fan_in_audit(dims, 1.0)
        ),
        Slip(
            "relu_half",
            "That has the half of a ReLU in it; the sum before it is meant here.",
            _by_layer(lambda s, n, out: s * np.sqrt(n / 2)),
        ),
        Slip(
            "both_sizes",
            "That takes the fan-out in; the fan-in alone decides.",
            _by_layer(lambda s, n, out: s * np.sqrt((n + out) / 2)),
        ),
        Slip(
            "list",
            "That is a list with the right numbers; an array is asked for.",
            lambda dims, s: ref.fan_in_audit(dims, s).tolist(),
        ),
        Slip(
            "column",
            "That is a column; one number for each layer, in one dimension, is asked for.",
            lambda dims, s: ref.fan_in_audit(dims, s).reshape(-1, 1),
        ),
        Slip(
            "whole_numbers",
            "The numbers were rounded down to whole ones.",
            lambda dims, s: ref.fan_in_audit(dims, s).astype(int),
        ),
    ),
)


def _nan_cases(rng):
    for dims, label in (
        (_about(rng, 5, 4, 3, 2), "three layers"),
        (_about(rng, *[3] * 12), "eleven layers, the dict in another order"),
    ):
        params = _net(rng, dims)
        for i, W in enumerate(_weights(params)):
            W[rng.random(W.shape) < 0.15 + 0.7 * (i % 3 == 1)] = np.nan
        params["b1"][0] = np.nan
        yield given(params if len(dims) == 4 else _shuffled(rng, params), label=label)
    params = _net(rng, [4, 3, 2])
    params["W1"][0] = np.inf, -np.inf, np.nan, 1
    yield given(params, label="entries that are infinite")
    yield given(_net(rng, [4, 3, 2]), label="no NaN at all")


def _weights(params):
    return [params[f"W{i}"] for i in range(1, ref.count_layers(params) + 1)]


def _share(W):
    return np.mean(np.isnan(W))


def _measured(measure, arrays=_weights):
    """Return a wrong count: another measure of a matrix, or other matrices."""
    return lambda params: np.array([measure(array) for array in arrays(params)])


nan_fraction = Exercise(
    "nan_fraction",
    2,
    ref.nan_fraction,
    _nan_cases,
    slips=(
        Slip(
            "text_order",
            _TEXT_ORDER,
            _measured(_share, lambda params: [W for W, _ in _by_text(params)]),
        ),
        Slip(
            "dict_order",
            "The layers are in the order in which the dict lists them; their numbers decide.",
            _measured(_share, lambda params: [W for W, _ in _by_dict(params)]),
        ),
        Slip(
            "counts",
            "Those are counts; shares are asked for.",
            _measured(lambda W: np.sum(np.isnan(W))),
        ),
        Slip(
            "equals_nan",
            "No NaN is found: NaN is not equal to anything, not even to NaN.",
            _measured(lambda W: 0.0),
        ),
        Slip(
            "not_finite",
            "Infinite entries are counted too; only NaN counts.",
            _measured(lambda W: np.mean(~np.isfinite(W))),
        ),
        Slip(
            "numbers",
            "That is the share of entries that are not NaN.",
            _measured(lambda W: 1 - _share(W)),
        ),
        Slip(
            "with_biases",
            "The biases are counted too; the weights alone are asked for.",
            lambda params: np.array([_share(a) for a in params.values()]),
        ),
        Slip(
            "with_biases",
            "The biases are counted with the weights; the weights alone are asked for.",
            _measured(
                _share, lambda params: [np.concatenate([W, b], axis=1) for W, b in _layers(params)]
            ),
        ),
        Slip(
            "overall",
            "That is one share for all layers together; one for each is asked for.",
            lambda params: np.mean(np.concatenate([np.isnan(W).ravel() for W in _weights(params)])),
        ),
        Slip(
            "overall",
            "That is the mean of the layers' shares; one for each is asked for.",
            lambda params: np.mean([_share(W) for W in _weights(params)]),
        ),
        Slip(
            "any_nan",
            "That only tells whether a layer has a NaN; the share is asked for.",
            _measured(lambda W: float(np.isnan(W).any())),
        ),
        Slip(
            "any_nan",
            "That only tells whether a layer has a NaN; the share is asked for.",
            _measured(lambda W: bool(np.isnan(W).any())),
        ),
        Slip(
            "last_missing",
            "The last layer is missing.",
            lambda params: ref.nan_fraction(params)[:-1],
        ),
        Slip(
            "one_digit",
            "The layers from 10 on are missing: a name may have more than one digit.",
            lambda params: ref.nan_fraction(params)[:9],
        ),
        Slip(
            "percent",
            "Those are percents; shares between 0 and 1 are asked for.",
            _measured(lambda W: 100 * _share(W)),
        ),
        Slip(
            "list",
            "That is a list with the right numbers; an array is asked for.",
            lambda params: ref.nan_fraction(params).tolist(),
        ),
        Slip(
            "dict",
            "That is a dict with the right numbers; an array is asked for.",
            lambda params: {f"W{i}": _share(W) for i, W in enumerate(_weights(params), 1)},
        ),
    ),
)


def _labels(rng, ones, m):
    return rng.permutation(np.arange(m) < ones)[None] * 1


def _majority_cases(rng):
    """Yield labels as a row and in one dimension, each kind of them in both: both are promised."""
    for one_dimension in (False, True):
        for case in _majorities(rng):
            y, t = (each.ravel() if one_dimension else each for each in case.args)
            shape = "(m,)" if one_dimension else "(1, m)"
            yield given(y, t, label=f"{case.label}, labels of shape {shape}")


def _majorities(rng):
    """Counts are drawn but for the thread's own, so that no answer can be kept."""
    yield given(_labels(rng, 72, 209), _labels(rng, 33, 50), label="the pictures of the 34 %")
    # No share of 23 is a share of the sizes of the test sets: no slip is right by chance.
    mostly, in_order, reverse = map(int, rng.integers(13, 20, 3))
    yield given(
        _labels(rng, mostly, 23), _test_labels(rng, 0.2, 0.45), label="mostly 1 in training"
    )
    m = 2 * int(rng.integers(8, 15))
    yield given(_labels(rng, m // 2, m), _test_labels(rng, 0.55, 0.8), label="a tie in training")
    yield given(
        np.sort(_labels(rng, in_order, 23)),
        _test_labels(rng, 0.55, 0.8),
        label="labels in order, 0 first",
    )
    yield given(
        1 - np.sort(_labels(rng, reverse, 23)),
        _test_labels(rng, 0.55, 0.8),
        label="labels in order, 1 first",
    )


def _test_labels(rng, low, high):
    """Draw the labels of 24 to 45 examples, with a share of ones between two bounds."""
    m = int(rng.integers(24, 46))
    return _labels(rng, round(m * rng.uniform(low, high)), m)


def _answering(answer):
    """Return the accuracy of an answer that takes the labels of both sets."""
    return lambda y, t: np.mean(t == answer(y, t))


def _more_common(y):
    return int(np.mean(y) > 0.5)


constant_classifier_accuracy = Exercise(
    "constant_classifier_accuracy",
    2,
    ref.constant_classifier_accuracy,
    _majority_cases,
    slips=(
        Slip(
            "majority_of_test",
            "The more common label of the test set was taken; the constant "
            "has to be chosen on the training set.",
            _answering(lambda y, t: _more_common(t)),
        ),
        Slip(
            "accuracy_on_train",
            "That is the accuracy on the training set; the constant is "
            "chosen there, but its accuracy on the test set is asked for.",
            lambda y, t: np.mean(y == _more_common(y)),
        ),
        Slip(
            "tie_to_one",
            "On a tie the answer should be 0.",
            _answering(lambda y, t: int(np.mean(y) >= 0.5)),
        ),
        Slip(
            "always_zero",
            "The answer is always 0; take the more common label of the training set.",
            _answering(lambda y, t: 0),
        ),
        Slip(
            "always_one",
            "The answer is always 1; take the more common label of the training set.",
            _answering(lambda y, t: 1),
        ),
        Slip(
            "minority",
            "That is the accuracy of the rarer label; the more common one is asked for.",
            _answering(lambda y, t: int(np.mean(y) < 0.5)),
        ),
        Slip(
            "error_rate",
            "That is the share of wrong answers, which is the accuracy of the "
            "rarer label; the share of right answers of the more common one is asked for.",
            lambda y, t: np.mean(t != _more_common(y)),
        ),
        Slip(
            "percent",
            "That is in percent; a share between 0 and 1 is asked for.",
            lambda y, t: 100 * ref.constant_classifier_accuracy(y, t),
        ),
        Slip(
            "count",
            "That is the number of right answers; their share is asked for.",
            lambda y, t: int(np.sum(t == _more_common(y))),
        ),
        Slip(
            "chance",
            "That is always a half, a fair coin; count how often the constant is right.",
            lambda y, t: 0.5,
        ),
        *(
            Slip(
                "length_of_row",
                "An array of shape (1, m) has length 1: its length is the number "
                "of its rows, not of its labels.",
                gives,
            )
            for gives in (
                lambda y, t: np.sum(t == _more_common(y)) / len(t),
                lambda y, t: np.mean(t == int(np.sum(y) > len(y) / 2)),
                lambda y, t: np.sum(t == int(np.sum(y) > len(y) / 2)) / len(t),
            )
        ),
        Slip(
            "first_label",
            "The first label of the training set was taken; the more common one is asked for.",
            _answering(lambda y, t: y.flat[0]),
        ),
        Slip(
            "divided_by_train",
            "The right answers in the test set were divided by the size of the training set.",
            lambda y, t: np.sum(t == _more_common(y)) / y.size,
        ),
        Slip(
            "per_example",
            "That tells which answers are right; their share is asked for.",
            lambda y, t: t == _more_common(y),
        ),
        Slip(
            "share_in_train",
            "That is the share of ones in the training set.",
            lambda y, t: np.mean(y),
        ),
        Slip("fixed", "That is always 0.34, the number of the thread.", lambda y, t: 0.34),
    ),
)


def _curve_cases(rng):
    flat = 0.6931474 - np.linspace(0, rng.uniform(3e-8, 6e-8), 15)
    yield given(flat, AxesHere(), 1000, label="a flat curve, a cost every 1000 iterations")
    falling = rng.uniform(1.5, 3) * np.exp(-np.arange(20) / 5) + 0.05 + rng.uniform(0, 0.02, 20)
    yield given(falling, AxesHere(), label="a falling curve, a cost every iteration")
    gaps = rng.uniform(900, 1800) / np.arange(1.0, 13)
    gaps[0], gaps[6] = np.inf, np.nan
    yield given(gaps, AxesHere(), 100, label="costs among which are inf and NaN")
    rising = 0.7 + rng.uniform(0.1, 0.3) * np.arange(10) ** 1.5
    yield given(rising.tolist(), AxesHere(), every=10, label="a rising curve, the costs in a list")
    large = rng.uniform(3e7, 4e7) / np.arange(1.0, 9)  # Matplotlib writes 1e7 beside these
    yield given(large, AxesHere(), 5, label="costs of tens of millions")


def _expect_curve(reference, arguments):
    costs, _, *every = arguments.args
    costs = np.asarray(costs, float)
    every = every[0] if every else arguments.kwargs.get("every", 1)
    finite = costs[np.isfinite(costs)]
    return rules.Plot(every * np.arange(len(costs)), costs, float(finite.max()))


plot_cost = Exercise("plot_cost", 3, ref.plot_cost, _curve_cases, expect=_expect_curve, draws=1)

EXERCISES = (
    initialize_zeros,
    initialize_scaled,
    initialize_xavier,
    initialize_he,
    forward,
    binary_cross_entropy,
    backward,
    update,
    activation_summary,
    distinct_units,
    fan_in_audit,
    nan_fraction,
    constant_classifier_accuracy,
    plot_cost,
)
