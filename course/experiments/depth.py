"""What many layers make of a signal on the way forward, and of a gradient on the way back."""

import numpy as np

WIDTH = 256
DEPTH = 30
N_EXAMPLES = 256
KINDS = ("relu", "tanh")
HALVING = (1024, 512, 256, 128, 64, 32, 16)
SATURATED = 0.97  # of tanh: its slope is below 0.06 there


def activate(Z, kind):
    """Return ReLU or tanh of `Z`.

    Raises
    ------
    ValueError
        If `kind` is any other name.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}: relu or tanh")
    return np.maximum(Z, 0) if kind == "relu" else np.tanh(Z)


def slope(A, kind):
    """Return the slope of ReLU or tanh where it put out `A`."""
    return (A > 0) * 1.0 if kind == "relu" else 1 - A**2


def signals(weight_std, kind, rng, widths=(WIDTH,) * (DEPTH + 1), n_examples=N_EXAMPLES):
    """Send normal numbers forward through a random net, and back from its end.

    Parameters
    ----------
    weight_std : float or callable
        Standard deviation of the weights, or what gives it for numbers of inputs and outputs;
        the biases are zero.
    kind : {"relu", "tanh"}
    rng : numpy.random.Generator or numpy.random.RandomState
    widths : sequence of int, L + 1 long, optional
    n_examples : int, optional

    Returns
    -------
    activations : list of (width, n_examples) ndarray, L + 1 long
        ``[A_0, ..., A_L]``; the input `A_0` is standard normal.
    gradients : list of (width, n_examples) ndarray, L + 1 long
        ``[dA_0, ..., dA_L]``; `dA_L` is standard normal.
    """
    weights = []
    for n_in, n_out in zip(widths, widths[1:], strict=False):
        std = weight_std(n_in, n_out) if callable(weight_std) else weight_std
        weights.append(rng.standard_normal((n_out, n_in)) * std)
    activations = [rng.standard_normal((widths[0], n_examples))]
    for W in weights:
        activations.append(activate(W @ activations[-1], kind))
    gradients = [rng.standard_normal((widths[-1], n_examples))]
    for W, A in zip(weights[::-1], activations[:0:-1], strict=True):
        gradients.append(W.T @ (gradients[-1] * slope(A, kind)))
    return activations, gradients[::-1]


def rms(arrays):
    """Return the root mean square of each array."""
    return np.array([np.sqrt(np.mean(array**2)) for array in arrays])


def end_to_end(weight_std, rng, n_draws=40, kind="relu", widths=HALVING):
    """Return the root mean squares at the far ends of fresh nets, forward and back.

    Returns
    -------
    (n_draws, 2) ndarray
        Of ``A_L`` and of ``dA_0``.
    """
    ends = []
    for _ in range(n_draws):
        activations, gradients = signals(weight_std, kind, rng, widths, n_examples=16)
        ends.append([*rms(activations[-1:]), *rms(gradients[:1])])
    return np.array(ends)


def layer_steps(n_in, n_out, weight_std, kind, rng, n_examples=2000):
    """Measure the mean squares on both ways through one layer, beside their formulas.

    Parameters
    ----------
    n_in, n_out : int
    weight_std : float
    kind : {"relu", "tanh"}
    rng : numpy.random.Generator
    n_examples : int, optional

    Returns
    -------
    list of (str, float, float)
        What, measured, by the formula; the formula takes the measured value of the line before.
    """
    a = rng.standard_normal((n_in, n_examples))
    W = rng.standard_normal((n_out, n_in)) * weight_std
    z = W @ a
    out = activate(z, kind)
    d_out = rng.standard_normal((n_out, n_examples))
    dz = d_out * slope(out, kind)
    d_in = W.T @ dz
    square = {
        name: np.mean(array**2)
        for name, array in {
            "a": a,
            "z": z,
            "out": out,
            "d_out": d_out,
            "dz": dz,
            "d_in": d_in,
        }.items()
    }
    normal = rng.standard_normal(1_000_000) * np.sqrt(square["z"])
    kept, let_through = activate(normal, kind), slope(activate(normal, kind), kind)
    return [
        ("1. E[z²] = n_in s² E[a²]", square["z"], n_in * weight_std**2 * square["a"]),
        ("2. E[f(z)²], z normal", square["out"], np.mean(kept**2)),
        ("3. E[dz²] = E[f'(z)²] E[da²]", square["dz"], np.mean(let_through**2) * square["d_out"]),
        ("4. E[da²] below = n_out s² E[dz²]", square["d_in"],
         n_out * weight_std**2 * square["dz"]),
    ]  # fmt: skip


def tanh_law(n_layers):
    """Return the root mean square of tanh layers at ``1/sqrt(n)``, from that of a standard normal.

    Each layer takes normal numbers of mean square q to ``E[tanh(z)^2]``, about ``q - 2 q^2`` for
    small q, so that q falls as ``1/(2 l)`` in the end.

    Returns
    -------
    exact, approximate : (n_layers,) ndarray
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    weights = weights / weights.sum()
    exact, q = [], 1.0
    for _ in range(n_layers):
        q = np.sum(weights * np.tanh(np.sqrt(q) * nodes) ** 2)
        exact.append(np.sqrt(q))
    return np.array(exact), np.sqrt(1 / (2 * np.arange(1, n_layers + 1)))


def idle(arrays, kind):
    """Return for each layer the share of its units or outputs that pass no gradient on.

    Returns
    -------
    list of float
        ReLU: units that are 0 for every example, dead as far as these examples can tell.
        tanh: outputs beyond `SATURATED`.
    """
    if kind == "relu":
        return [np.mean(np.all(A == 0, axis=1)) for A in arrays]
    return [np.mean(np.abs(A) > SATURATED) for A in arrays]


def walks(n_terms, n_walks, rng):
    """Return running sums of normal numbers: what a unit adds up, input by input.

    Returns
    -------
    (n_terms + 1, n_walks) ndarray
        From 0 on.
    """
    steps = rng.standard_normal((n_terms, n_walks))
    return np.vstack([np.zeros(n_walks), np.cumsum(steps, axis=0)])


def share_of_strongest(W, n_strongest=10):
    """Return the part of a unit's sum of squares that its strongest inputs hold, mean over units.

    Parameters
    ----------
    W : (n_out, n_in) ndarray
    n_strongest : int, optional
    """
    squares = np.sort(W**2, axis=1)
    return np.mean(squares[:, -n_strongest:].sum(axis=1) / squares.sum(axis=1))
