"""What 30 layers make of a signal on the way forward, and of a gradient on the way back."""

import numpy as np

WIDTH = 256
DEPTH = 30
N_EXAMPLES = 256
KINDS = ("relu", "tanh")


def signals(weight_std, kind, rng, width=WIDTH, depth=DEPTH, n_examples=N_EXAMPLES):
    """Send normal numbers forward through a random net, and back from its end.

    Parameters
    ----------
    weight_std : float
        Standard deviation of the weights; the biases are zero.
    kind : {"relu", "tanh"}
    rng : numpy.random.Generator or numpy.random.RandomState
    width, depth, n_examples : int, optional

    Returns
    -------
    activations : list of (width, n_examples) ndarray, depth + 1 long
        ``[A_0, ..., A_depth]``; the input `A_0` is standard normal.
    gradients : list of (width, n_examples) ndarray, depth + 1 long
        ``[dA_0, ..., dA_depth]``; `dA_depth` is standard normal.

    Raises
    ------
    ValueError
        If `kind` is any other name.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}: relu or tanh")
    weights = rng.standard_normal((depth, width, width)) * weight_std
    activations = [rng.standard_normal((width, n_examples))]
    for W in weights:
        Z = W @ activations[-1]
        activations.append(np.maximum(Z, 0) if kind == "relu" else np.tanh(Z))
    gradients = [rng.standard_normal((width, n_examples))]
    for W, A in zip(weights[::-1], activations[:0:-1], strict=True):
        slope = A > 0 if kind == "relu" else 1 - A**2
        gradients.append(W.T @ (gradients[-1] * slope))
    return activations, gradients[::-1]


def rms(arrays):
    """Return the root mean square of each array."""
    return np.array([np.sqrt(np.mean(array**2)) for array in arrays])
