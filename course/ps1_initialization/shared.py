"""What several exercises of this assignment need: the layers of a network, and small inputs."""

import numpy as np

TEXT_ORDER = "The layers were sorted by name as text, in which W10 comes before W2."
DICT_ORDER = (
    "The layers were taken in the order in which the dict lists them; expected the order of "
    "their numbers."
)
NO_ARRAY = "That is a {} with the right numbers; expected an array."


# Sums in another order differ by about 1e-15 of the largest entry; eleven layers and cancellation
# make a hundred times that.
TIGHT = {"rtol": 1e-11, "atol": 1e-13, "single": True}


def count_layers(params):
    """Return L, the number of weight matrices among `params`."""
    return sum(name.startswith("W") for name in params)


def sigmoid(logits):
    """Return ``1/(1 + exp(-logits))`` without overflow, small values precise as well."""
    small = np.exp(-np.abs(logits))  # never above 1
    return np.where(logits > 0, 1, small) / (1 + small)


def sizes_near(rng, *sizes):
    """Draw layer sizes near the given ones, so that no number can be guessed."""
    return [int(n + rng.integers(0, 4)) for n in sizes]


def draw_params(rng, layer_dims, spread=1.5):
    """Draw parameters with biases that cannot be overlooked.

    Parameters
    ----------
    rng : numpy.random.Generator
    layer_dims : sequence of int, L + 1 long
    spread : float, optional
        By how much a layer stretches the spread of its input.

    Returns
    -------
    dict of ndarray
    """
    params = {}
    for layer, (n_in, n_out) in enumerate(zip(layer_dims, layer_dims[1:]), start=1):
        params[f"W{layer}"] = rng.normal(0, spread / np.sqrt(n_in), (n_out, n_in))
        params[f"b{layer}"] = rng.normal(0, 0.7, (n_out, 1))
    return params


def shuffled(rng, params):
    """Return the same dict with its keys in another order."""
    keys = list(params)
    return {keys[i]: params[keys[i]] for i in rng.permutation(len(keys))}


def draw_logits(rng, m):
    """Draw logits and labels of m examples, a third of them with label 1.

    Returns
    -------
    logits, y : (1, m) ndarray
    """
    return rng.normal(0, 2.0, (1, m)), rng.permutation(np.arange(m) % 3 == 0)[None] * 1
