"""What is left of a gradient, step by step back through time."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# Each length by its own size, however much of the gradient is left.
exercise = Exercise(points=3, expect=value(rtol=1e-11, atol=1e-290, each=True))


@exercise.reference
def gradient_norms(W, H, dh):
    """Return the lengths of a gradient that goes back through a tanh RNN.

    One step back is ``W.T @ ((1 - h**2) * g)``, the chain rule through
    ``h = tanh(W @ h_before + ...)`` (Pascanu, Mikolov and Bengio 2013, eq. 5).

    Parameters
    ----------
    W : (n, n) ndarray
    H : (T, n) ndarray
        The states, first step first.
    dh : (n,) ndarray
        The gradient with respect to the last state.

    Returns
    -------
    (T + 1,) ndarray
        Entry k is the length after k steps back; entry 0 that of `dh`.
    """
    gradient = np.array(dh, dtype=float)
    norms = [np.linalg.norm(gradient)]
    for h in H[::-1]:
        gradient = W.T @ ((1 - h**2) * gradient)
        norms.append(np.linalg.norm(gradient))
    return np.array(norms)


@exercise.cases
def cases(rng):
    for T, n in ((1, 3), (4, 4), (int(rng.integers(6, 10)), 5)):
        H = np.tanh(rng.normal(0, 1, (T, n)))
        label = f"a single step, {n} units" if T == 1 else f"{T} steps, {n} units"
        yield case(rng.normal(0, 1, (n, n)), H, rng.normal(0, 1, n), label=label)
    H = np.tanh(rng.normal(0, 0.5, (200, 2)))
    W = 1.5 * np.array([[0.0, -1.0], [1.0, 0.2]])
    yield case(W, H, rng.normal(0, 1, 2), label="200 steps, 2 units", only="hidden")
    label = "20 steps, a gradient that vanishes"
    yield case(0.1 * W, H[:20], rng.normal(0, 1, 2), label=label)
    yield case(np.eye(3), np.zeros((5, 3)), np.array([3.0, 0.0, 4.0]), label="a state of zeros")


@exercise.mistake("A step back multiplies by the transpose of `W`; it was taken as it stands.")
def not_transposed(W, H, dh):
    g, norms = dh, [np.linalg.norm(dh)]
    for h in H[::-1]:
        g = W @ ((1 - h**2) * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms)


@exercise.mistake("The slope of tanh is missing: a step back multiplies by it, unit by unit.")
def no_slope(W, H, dh):
    g, norms = dh, [np.linalg.norm(dh)]
    for _ in H:
        g = W.T @ g
        norms.append(np.linalg.norm(g))
    return np.array(norms)


@exercise.mistake(
    "The slope comes after the product with `W`; on the way back it comes first, since tanh is the "
    "last thing on the way forward."
)
def slope_after(W, H, dh):
    g, norms = dh, [np.linalg.norm(dh)]
    for h in H[::-1]:
        g = (1 - h**2) * (W.T @ g)
        norms.append(np.linalg.norm(g))
    return np.array(norms)


@exercise.mistake(
    "The states were taken from the first to the last; the way back begins at the last."
)
def forward_order(W, H, dh):
    g, norms = dh, [np.linalg.norm(dh)]
    for h in H:
        g = W.T @ ((1 - h**2) * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms)


@exercise.mistake("Those are the squares of the lengths.")
def squared(W, H, dh):
    g, norms = dh, [dh @ dh]
    for h in H[::-1]:
        g = W.T @ ((1 - h**2) * g)
        norms.append(g @ g)
    return np.array(norms)


@exercise.mistake("The lengths stand in the order of time; entry 0 is that of `dh` itself.")
def reversed_result(W, H, dh):
    return gradient_norms(W, H, dh)[::-1].copy()


@exercise.mistake(
    "The states were put through tanh once more: `H` holds the states, after the tanh."
)
def tanh_twice(W, H, dh):
    g, norms = dh, [np.linalg.norm(dh)]
    for h in H[::-1]:
        g = W.T @ ((1 - np.tanh(h) ** 2) * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms)


@exercise.mistake("The slope of tanh is 1 - h**2; the square is missing.")
def slope_without_square(W, H, dh):
    g, norms = dh, [np.linalg.norm(dh)]
    for h in H[::-1]:
        g = W.T @ ((1 - h) * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms)


LIMITED = "The lengths were limited, or something was added; they may be as small as they are."


@exercise.mistake(LIMITED, least=(1e-10, 1e-8, 1e-6))
def raised(W, H, dh, *, least):
    return np.maximum(gradient_norms(W, H, dh), least)


@exercise.mistake(LIMITED, id="raised", small=(1e-8, 1e-10))
def epsilon(W, H, dh, *, small):
    return gradient_norms(W, H, dh) + small


@exercise.refused("shape")
def without_the_first(W, H, dh):
    return gradient_norms(W, H, dh)[1:]


@exercise.right
def vectorised(W, H, dh):
    norms = np.empty(len(H) + 1)
    norms[0] = np.linalg.norm(dh)
    g = dh
    for k in range(1, len(H) + 1):
        g = ((1 - H[-k] ** 2) * g) @ W
        norms[k] = np.linalg.norm(g)
    return norms


@exercise.right
def loops(W, H, dh):
    n = len(dh)
    g = [float(each) for each in dh]
    norms = [sum(each * each for each in g) ** 0.5]
    for t in range(len(H) - 1, -1, -1):
        back = [0.0] * n
        for i in range(n):
            for j in range(n):
                back[j] += W[i, j] * (1 - H[t, i] ** 2) * g[i]
        g = back
        norms.append(sum(each * each for each in g) ** 0.5)
    return np.array(norms)


@exercise.right
def own_style(W, H, dh):
    """The Jacobian of each step, multiplied up from the last one."""
    jacobians = [np.diag(1 - h**2) @ W for h in H]
    row, lengths = dh[None, :], [np.sqrt((dh**2).sum())]
    for J in reversed(jacobians):
        row = row @ J
        lengths.append(np.sqrt((row**2).sum()))
    return np.asarray(lengths)


@exercise.right
def unusual(W, H, dh):
    def back(gradient, states):
        length = np.hypot.reduce(gradient)
        if not len(states):
            return [length]
        return [length, *back((gradient - gradient * states[-1] ** 2) @ W, states[:-1])]

    return np.array(back(dh, H))
