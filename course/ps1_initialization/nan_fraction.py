"""Counting NaN."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import (
    DICT_ORDER,
    NO_ARRAY,
    TEXT_ORDER,
    TIGHT,
    count_layers,
    draw_params,
    shuffled,
    sizes_near,
)

exercise = Exercise(points=2, expect=value(**TIGHT))


def weights(params):
    """Return the weight matrices in the order of the layers' numbers."""
    return [params[f"W{layer}"] for layer in range(1, count_layers(params) + 1)]


@exercise.reference
def nan_fraction(params):
    """Return the share of NaN entries in each weight matrix, in layer order.

    Parameters
    ----------
    params : dict of ndarray

    Returns
    -------
    (L,) ndarray
    """
    return np.array([np.mean(np.isnan(W)) for W in weights(params)])


@exercise.cases
def cases(rng):
    for dims, label in (
        (sizes_near(rng, 5, 4, 3, 2), "three layers"),
        (sizes_near(rng, *[3] * 12), "eleven layers, the dict in another order"),
    ):
        params = draw_params(rng, dims)
        for i, W in enumerate(weights(params)):
            W[rng.random(W.shape) < 0.15 + 0.7 * (i % 3 == 1)] = np.nan
        params["b1"][0] = np.nan
        yield case(params if len(dims) == 4 else shuffled(rng, params), label=label)
    params = draw_params(rng, [4, 3, 2])
    params["W1"][0] = np.inf, -np.inf, np.nan, 1
    yield case(params, label="entries that are infinite")
    yield case(draw_params(rng, [4, 3, 2]), label="no NaN at all")
    params = {key: np.full(array.shape, np.nan) for key, array in draw_params(rng, [3, 2]).items()}
    yield case(params, label="a single layer of NaN")
    params = draw_params(rng, [70, 50, 1])
    params["W1"][int(rng.integers(50)), int(rng.integers(70))] = np.nan
    yield case(params, label="one NaN among 3,500 entries")


@exercise.mistake(TEXT_ORDER)
def text_order(params):
    names = sorted(name for name in params if name.startswith("W"))
    return np.array([np.mean(np.isnan(params[name])) for name in names])


@exercise.mistake(DICT_ORDER)
def dict_order(params):
    return np.array([np.mean(np.isnan(W)) for name, W in params.items() if name[0] == "W"])


@exercise.mistake("Those are counts; expected shares.")
def counts(params):
    return np.array([np.sum(np.isnan(W)) for W in weights(params)])


@exercise.mistake("No NaN is found: NaN is not equal to anything, not even to NaN.")
def equals_nan(params):
    L = len(params) // 2
    return np.array([np.mean(params[f"W{layer}"] == np.nan) for layer in range(1, L + 1)])


@exercise.mistake("Infinite entries are counted too; only NaN counts.")
def not_finite(params):
    return np.array([np.mean(~np.isfinite(W)) for W in weights(params)])


@exercise.mistake("That is the share of entries that are not NaN; expected that of NaN.")
def numbers(params):
    return np.array([np.mean(~np.isnan(W)) for W in weights(params)])


@exercise.mistake("The biases are counted too; only the weights should be.")
def with_biases(params):
    return np.array([np.mean(np.isnan(array)) for array in params.values()])


@exercise.mistake(
    "The biases are counted with the weights; only the weights should be.", id="with_biases"
)
def biases_mixed_in(params):
    shares = []
    for layer in range(1, len(params) // 2 + 1):
        both = np.concatenate([params[f"W{layer}"].ravel(), params[f"b{layer}"].ravel()])
        shares.append(np.mean(np.isnan(both)))
    return np.array(shares)


@exercise.mistake("That is one share for all layers together; expected one for each.")
def overall(params):
    return np.mean(np.concatenate([np.isnan(W).ravel() for W in weights(params)]))


@exercise.mistake("That is the mean of the layers' shares; expected one for each.", id="overall")
def mean_share(params):
    return np.mean([np.mean(np.isnan(W)) for W in weights(params)])


ANY_NAN = "That only says whether a layer contains NaN; expected the share."


@exercise.mistake(ANY_NAN)
def any_nan(params):
    return np.array([float(np.isnan(W).any()) for W in weights(params)])


@exercise.mistake(ANY_NAN, id="any_nan")
def yes_or_no(params):
    return np.array([np.isnan(W).any() for W in weights(params)])


@exercise.mistake("The last layer is missing; expected a share for each W_l.")
def last_missing(params):
    L = len(params) // 2
    return np.array([np.mean(np.isnan(params[f"W{layer}"])) for layer in range(1, L)])


@exercise.mistake(
    "The layers from 10 on are missing: the number in a name may have more than one digit."
)
def one_digit(params):
    names = [f"W{digit}" for digit in range(1, 10)]
    return np.array([np.mean(np.isnan(params[name])) for name in names if name in params])


@exercise.mistake("Those are percentages; expected shares between 0 and 1.")
def percent(params):
    return np.array([100 * np.mean(np.isnan(W)) for W in weights(params)])


@exercise.mistake(NO_ARRAY.format("list"), id="list")
def a_list(params):
    return [float(np.mean(np.isnan(W))) for W in weights(params)]


@exercise.mistake(NO_ARRAY.format("dict"), id="dict")
def a_dict(params):
    L = len(params) // 2
    return {f"W{i}": float(np.mean(np.isnan(params[f"W{i}"]))) for i in range(1, L + 1)}


# Sets the caller's NaN to 0 while counting.
@exercise.refused("Work on a copy")
def changes_input(params):
    shares = []
    for W in weights(params):
        bad = np.isnan(W)
        shares.append(bad.mean())
        W[bad] = 0
    return np.array(shares)


@exercise.right
def vectorised(params):
    L = sum(key.startswith("W") for key in params)
    return np.array([np.isnan(params[f"W{layer + 1}"]).mean() for layer in range(L)])


@exercise.right
def loops(params):
    fractions = []
    layer = 1
    while "W" + str(layer) in params:
        W = params["W" + str(layer)]
        count = 0
        for row in W:
            for w in row:
                if w != w:
                    count += 1
        fractions.append(count / W.size)
        layer += 1
    return np.array(fractions)


@exercise.right
def own_style(params):
    L = len([name for name in params if "W" in name])
    fractions = np.zeros(L)
    for layer in range(L):
        W = params[f"W{layer + 1}"]
        fractions[layer] = np.isnan(W).sum() / W.size
    return fractions


@exercise.right
def unusual(params):
    keys = [key for key in params if key[0] == "W"]
    keys.sort(key=lambda key: int(key[1:]))
    return np.array([1 - np.mean(params[key] == params[key]) for key in keys])
