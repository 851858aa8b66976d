"""The way back through time: the gradients of a name's loss."""

from functools import reduce

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .clip import clip
from .encode import encode
from .rnn_forward import draw_reading, rnn_forward, side_by_side
from .shared import LONG, alphabet, doubtful, draw_params, remembering

ALL = ("dWax", "dWaa", "dWya", "db", "dby")
# What it can mean that just these arrays are wrong, where no known mistake gives the numbers.
PATTERNS = {
    ALL: "All five gradients are off, dby too: look at the gradient of the logits, p minus 1 at "
    "the right character, and whether all the steps are added up.",
    ("dWax", "dWaa", "db"): "dWya and dby are right, so the output layer is: look at how the "
    "gradient goes through the tanh and back from step to step.",
    ("dWaa",): "Only dWaa is off: look at which state it uses, and whether the steps are added up.",
    ("dWax",): "Only dWax is off: look at which input it uses, and whether the steps are added up.",
    ("dWya",): "Only dWya is off: look at which state it uses, and whether the steps are added up.",
    (
        "db",
    ): "Only db is off: it adds up, over the steps, the gradients of the sum inside the tanh.",
    ("dby",): "Only dby is off: it adds up, over the steps, the gradients of the logits.",
    ("dWya", "dby"): "Only the output layer is off: look at the sums of dWya and dby over the "
    "steps.",
}

exercise = Exercise(
    points=5,
    expect=value(
        rtol=1e-11,  # as `tight`
        patterns=[{"wrong": list(keys), "message": said} for keys, said in PATTERNS.items()],
    ),
)


@exercise.reference
def rnn_backward(Y, params, cache):
    """Return the gradients of `rnn_forward`'s loss, through all the steps, not clipped.

    Parameters
    ----------
    Y : list of int
    params : dict of ndarray
    cache : dict of list of ndarray
        From `rnn_forward`.

    Returns
    -------
    dict of ndarray
        ``{"dWax", "dWaa", "dWya", "db", "dby"}``, shapes as the parameters
        (Goodfellow, Bengio and Courville 2016, eq. 10.18 to 10.28).
    """
    n_a, n_x = params["Wax"].shape
    x, dy = side_by_side(cache["x"], n_x), side_by_side(cache["p"], len(params["by"]))
    a = side_by_side(cache["a"], n_a)
    before, after = a[:, :-1], a[:, 1:]
    dy[Y, np.arange(len(Y))] -= 1.0
    dz = np.empty_like(after)
    later = np.zeros(n_a)  # what the steps after t contribute to the gradient of a_t
    for t, (now, slope) in reversed([*enumerate(zip((params["Wya"].T @ dy).T, 1.0 - after.T**2))]):
        dz[:, t] = (now + later) * slope
        later = params["Waa"].T @ dz[:, t]
    gradients = {
        "dWax": dz @ x.T,
        "dWaa": dz @ before.T,
        "dWya": dy @ after.T,
        "db": np.sum(dz, axis=1, keepdims=True),
        "dby": np.sum(dy, axis=1, keepdims=True),
    }
    return {"d" + name: gradients["d" + name] for name in params}


@exercise.cases
def cases(rng):
    for label, n_a, n, length, only in (
        ("a name of 3 letters", 3, 4, 3, ""),
        ("a name of 2 letters", 4, 4, 2, ""),
        ("a name of 7 letters", 4, 6, 7, "hidden"),
        ("a name of 1 letter", 3, 5, 1, "hidden"),
    ):
        X, Y, a0, params = draw_reading(rng, n_a, n, length)
        yield case(Y, params, rnn_forward(X, Y, a0, params)[1], label=label, only=only)
    # With a gradient that is large for certain: no clipping goes unseen.
    X, Y = encode("a" * 40, alphabet(4))
    params = doubtful(draw_params(rng, 3, 4))
    cache = rnn_forward(X, Y, np.zeros((3, 1)), params)[1]
    yield case(Y, params, cache, label="40 times the same letter")
    for n_a, length, only in ((3, 55, ""), (2, LONG, "hidden")):
        X = [None, *rng.integers(0, 3, length).tolist()]
        params = remembering(rng, n_a, 3)
        cache = rnn_forward(X, [*X[1:], 0], np.tanh(rng.normal(size=(n_a, 1))), params)[1]
        yield case([*X[1:], 0], params, cache, label=f"a text of {length:,} characters", only=only)


def of_logits(Y, cache):
    """Return the gradient of the logits at each step."""
    dy = [p.copy() for p in cache["p"]]
    for each, target in zip(dy, Y):
        each[target] -= 1
    return dy


def slopes_of(cache):
    """Return the slope of tanh at each step."""
    return [1 - a**2 for a in cache["a"][1:]]


def back_in_time(params, dy, slopes):
    """Return the gradient of what goes into the tanh at each step."""
    dz, later = [], np.zeros_like(params["b"])
    for dy_t, slope in zip(dy[::-1], slopes[::-1]):
        dz.insert(0, (params["Wya"].T @ dy_t + later) * slope)
        later = params["Waa"].T @ dz[0]
    return dz


def added_up(cache, dy, dz):
    """Return the gradients: sums over the steps."""
    x, before, after = cache["x"], cache["a"][:-1], cache["a"][1:]
    return {
        "dWax": sum(dz_t @ x_t.T for dz_t, x_t in zip(dz, x)),
        "dWaa": sum(dz_t @ a.T for dz_t, a in zip(dz, before)),
        "dWya": sum(dy_t @ a.T for dy_t, a in zip(dy, after)),
        "db": sum(dz),
        "dby": sum(dy),
    }


def by_the_book(Y, params, cache):
    dy = of_logits(Y, cache)
    return added_up(cache, dy, back_in_time(params, dy, slopes_of(cache)))


@exercise.mistake(
    "The gradient of the logits is p minus 1 at the right character; the 1 was not subtracted."
)
def not_minus_one(Y, params, cache):
    dy = cache["p"]
    return added_up(cache, dy, back_in_time(params, dy, slopes_of(cache)))


@exercise.mistake(
    "The gradient that comes from the later steps is dropped: a state matters for its own output "
    "and for the next state."
)
def future_dropped(Y, params, cache):
    dy = of_logits(Y, cache)
    dz = [params["Wya"].T @ dy_t * slope for dy_t, slope in zip(dy, slopes_of(cache))]
    return added_up(cache, dy, dz)


@exercise.mistake("The slope of tanh, 1 - a², is missing.")
def no_slope(Y, params, cache):
    dy = of_logits(Y, cache)
    return added_up(cache, dy, back_in_time(params, dy, [1] * len(Y)))


@exercise.mistake("The slope of tanh, 1 - a², is applied twice.")
def slope_twice(Y, params, cache):
    dy = of_logits(Y, cache)
    twice = [slope * slope for slope in slopes_of(cache)]
    return added_up(cache, dy, back_in_time(params, dy, twice))


@exercise.mistake("Waa is not transposed on the way back from a step to the one before.")
def not_transposed(Y, params, cache):
    dy = of_logits(Y, cache)
    turned = {**params, "Waa": params["Waa"].T}
    return added_up(cache, dy, back_in_time(turned, dy, slopes_of(cache)))


@exercise.mistake("dWaa uses the state after the step; Waa multiplies the state before it.")
def state_after(Y, params, cache):
    dy = of_logits(Y, cache)
    dz = back_in_time(params, dy, slopes_of(cache))
    dWaa = sum(dz_t @ a.T for dz_t, a in zip(dz, cache["a"][1:]))
    return {**added_up(cache, dy, dz), "dWaa": dWaa}


@exercise.mistake(
    "Where a gradient is off, only the first step is left in it: each step should be added to "
    "the later ones, not replace them.",
    keys=(
        ("dWaa",),
        ("dWax",),
        ("dWya",),
        ("db",),
        ("dby",),
        ALL,
        ("dWax", "dWaa", "dWya"),
        ("db", "dby"),
        ("dWax", "dWaa", "db"),
    ),
)
def overwritten(Y, params, cache, *, keys):
    gradients = {"d" + name: np.zeros_like(each) for name, each in params.items()}
    dy = of_logits(Y, cache)
    dz = back_in_time(params, dy, slopes_of(cache))
    for t in reversed(range(len(Y))):
        step = {
            "dWax": dz[t] @ cache["x"][t].T,
            "dWaa": dz[t] @ cache["a"][t].T,
            "dWya": dy[t] @ cache["a"][t + 1].T,
            "db": dz[t],
            "dby": dy[t],
        }
        for key in step:
            gradients[key] = step[key] if key in keys else gradients[key] + step[key]
    return gradients


@exercise.mistake(
    "The slope of tanh was taken at the state before; it belongs to the state that came out of "
    "this tanh."
)
def slope_of_before(Y, params, cache):
    dy = of_logits(Y, cache)
    slopes = [1 - a**2 for a in cache["a"][:-1]]
    return added_up(cache, dy, back_in_time(params, dy, slopes))


@exercise.mistake("The slope of tanh is 1 - a², not 1 - a.")
def slope_not_squared(Y, params, cache):
    dy = of_logits(Y, cache)
    slopes = [1 - a for a in cache["a"][1:]]
    return added_up(cache, dy, back_in_time(params, dy, slopes))


@exercise.mistake("a(1 - a) is the slope of the sigmoid; that of tanh is 1 - a².")
def slope_of_sigmoid(Y, params, cache):
    dy = of_logits(Y, cache)
    slopes = [a * (1 - a) for a in cache["a"][1:]]
    return added_up(cache, dy, back_in_time(params, dy, slopes))


@exercise.mistake("tanh was applied to the state once more; the state is already the tanh.")
def slope_of_tanh(Y, params, cache):
    dy = of_logits(Y, cache)
    slopes = [1 - np.tanh(a) ** 2 for a in cache["a"][1:]]
    return added_up(cache, dy, back_in_time(params, dy, slopes))


@exercise.mistake(
    "Every sign is wrong: the gradient of the logits is p minus 1 at the right character, not 1 "
    "minus p."
)
def sign(Y, params, cache):
    dy = [-each for each in of_logits(Y, cache)]
    return added_up(cache, dy, back_in_time(params, dy, slopes_of(cache)))


@exercise.mistake("The gradient from the later steps has to go through the slope of tanh too.")
def future_late(Y, params, cache):
    dy, dz, later = of_logits(Y, cache), [], 0
    for dy_t, slope in zip(dy[::-1], slopes_of(cache)[::-1]):
        dz.insert(0, params["Wya"].T @ dy_t * slope + later)
        later = params["Waa"].T @ dz[0]
    return added_up(cache, dy, dz)


@exercise.mistake("The gradient passed to the step before has not gone through the slope of tanh.")
def future_bare(Y, params, cache):
    dy, dz, later = of_logits(Y, cache), [], 0
    for dy_t, slope in zip(dy[::-1], slopes_of(cache)[::-1]):
        da = params["Wya"].T @ dy_t + later
        dz.insert(0, da * slope)
        later = params["Waa"].T @ da
    return added_up(cache, dy, dz)


@exercise.mistake("The gradient passed to the step before has to go through Waa, transposed.")
def future_without_waa(Y, params, cache):
    dy, dz, later = of_logits(Y, cache), [], 0
    for dy_t, slope in zip(dy[::-1], slopes_of(cache)[::-1]):
        dz.insert(0, (params["Wya"].T @ dy_t + later) * slope)
        later = dz[0]
    return added_up(cache, dy, dz)


@exercise.mistake(
    "The loop runs forwards in time; the gradient starts at the last step and goes back."
)
def forwards(Y, params, cache):
    dy, dz, later = of_logits(Y, cache), [], 0
    for dy_t, slope in zip(dy, slopes_of(cache)):
        dz.append((params["Wya"].T @ dy_t + later) * slope)
        later = params["Waa"].T @ dz[-1]
    return added_up(cache, dy, dz)


@exercise.mistake("dWya uses the state before the step; the output depends on the new one.")
def state_before(Y, params, cache):
    dWya = sum(dy_t @ a.T for dy_t, a in zip(of_logits(Y, cache), cache["a"]))
    return {**by_the_book(Y, params, cache), "dWya": dWya}


@exercise.mistake("The states in dWaa and dWya are swapped.")
def states_exchanged(Y, params, cache):
    dy = of_logits(Y, cache)
    dz = back_in_time(params, dy, slopes_of(cache))
    dWaa = sum(dz_t @ a.T for dz_t, a in zip(dz, cache["a"][1:]))
    dWya = sum(dy_t @ a.T for dy_t, a in zip(dy, cache["a"]))
    return {**added_up(cache, dy, dz), "dWaa": dWaa, "dWya": dWya}


@exercise.mistake("That is the gradient of the mean over the steps; the loss is their sum.")
def mean(Y, params, cache):
    return {name: each / len(Y) for name, each in by_the_book(Y, params, cache).items()}


@exercise.mistake("Only the last step is included; expected the sum over all steps.")
def last_step(Y, params, cache):
    dy = of_logits(Y, cache)[-1]
    dz = params["Wya"].T @ dy * slopes_of(cache)[-1]
    last = {"x": cache["x"][-1:], "a": cache["a"][-2:]}
    return added_up(last, [dy], [dz])


@exercise.mistake("The first step is missing: the loop ends one step too early.")
def first_step(Y, params, cache):
    dy = of_logits(Y, cache)
    dz = back_in_time(params, dy, slopes_of(cache))
    rest = {"x": cache["x"][1:], "a": cache["a"][1:]}
    return added_up(rest, dy[1:], dz[1:])


@exercise.mistake(
    "The gradients are clipped already; that is for a later exercise.", limit=(5, 1, 0.5, 10, 20)
)
def clipped(Y, params, cache, *, limit):
    return clip(by_the_book(Y, params, cache), limit)


@exercise.mistake(
    "The gradient goes back through some steps only, and is dropped there; it goes back through "
    "all of them.",
    every=(10, 5, 16, 20, 25, 50, 100, 1000),
)
def truncated(Y, params, cache, *, every):
    dy, dz, later = of_logits(Y, cache), [], 0.0
    for t, (dy_t, slope) in enumerate(zip(dy[::-1], slopes_of(cache)[::-1])):
        later = 0.0 if t % every == 0 else later
        dz.insert(0, (params["Wya"].T @ dy_t + later) * slope)
        later = params["Waa"].T @ dz[0]
    return added_up(cache, dy, dz)


@exercise.mistake(
    "Only the last steps are included; expected the sum over all of them.",
    limit=(10, 5, 16, 20, 25, 50, 100, 1000),
)
def recent_only(Y, params, cache, *, limit):
    dy = of_logits(Y, cache)[-limit:]
    dz = back_in_time(params, dy, slopes_of(cache)[-limit:])
    return added_up({"x": cache["x"][-limit:], "a": cache["a"][-limit - 1 :]}, dy, dz)


@exercise.mistake('The keys are "d" and the name of the parameter.', id="keys")
def without_d(Y, params, cache):
    return {name[1:]: each for name, each in by_the_book(Y, params, cache).items()}


@exercise.mistake("db and dby have the shapes of b and by, (n_a, 1) and (n_y, 1).")
def flat_biases(Y, params, cache):
    gradients = by_the_book(Y, params, cache)
    return {**gradients, "db": gradients["db"].ravel(), "dby": gradients["dby"].ravel()}


@exercise.mistake(
    "db adds up the gradients of the states; it should add up those of the sums inside the tanh, "
    "after the slope."
)
def bias_before_slope(Y, params, cache):
    dy = of_logits(Y, cache)
    dz = back_in_time(params, dy, slopes_of(cache))
    later = [params["Waa"].T @ dz_t for dz_t in dz[1:]]
    return {**added_up(cache, dy, dz), "db": params["Wya"].T @ sum(dy) + sum(later)}


@exercise.refused("Work on a copy")
def changes_cache(Y, params, cache):
    dy = cache["p"]
    for each, target in zip(dy, Y):
        each[target] -= 1
    return added_up(cache, dy, back_in_time(params, dy, slopes_of(cache)))


# Only the chain of states needs a loop: all sums over time are one product each.
@exercise.right
def vectorised(Y, params, cache):
    A = np.hstack(cache["a"])  # (n_a, T + 1)
    dY = np.hstack(cache["p"])  # (n_y, T)
    dY[Y, np.arange(len(Y))] -= 1
    from_output = params["Wya"].T @ dY
    slope = 1 - A[:, 1:] ** 2
    dZ = np.zeros_like(slope)
    future = np.zeros(len(A))
    for t in range(len(Y) - 1, -1, -1):
        dZ[:, t] = slope[:, t] * (from_output[:, t] + future)
        future = params["Waa"].T @ dZ[:, t]
    return {
        "dWax": dZ @ np.hstack(cache["x"]).T,
        "dWaa": dZ @ A[:, :-1].T,
        "dWya": dY @ A[:, 1:].T,
        "db": dZ.sum(axis=1, keepdims=True),
        "dby": dY.sum(axis=1, keepdims=True),
    }


@exercise.right
def loops(Y, params, cache):
    gradients = {}
    for name in params:
        gradients["d" + name] = np.zeros(params[name].shape)
    da_next = np.zeros(cache["a"][0].shape)
    t = len(Y) - 1
    while t >= 0:
        dy = np.array(cache["p"][t])
        dy[Y[t]] -= 1
        a = cache["a"][t + 1]
        gradients["dWya"] += np.dot(dy, a.T)
        gradients["dby"] += dy
        da = np.dot(params["Wya"].T, dy) + da_next
        dz = (1 - a * a) * da
        gradients["db"] += dz
        gradients["dWax"] += np.dot(dz, cache["x"][t].T)
        gradients["dWaa"] += np.dot(dz, cache["a"][t].T)
        da_next = np.dot(params["Waa"].T, dz)
        t -= 1
    return gradients


@exercise.right
def own_style(Y, params, cache):
    x, a, p = cache["x"], cache["a"], cache["p"]
    T = len(Y)
    dz = [None] * T
    dy = [p[t].copy() for t in range(T)]
    for t in range(T):
        dy[t][Y[t], 0] -= 1
    for t in range(T)[::-1]:
        da = params["Wya"].T @ dy[t]
        if t + 1 < T:
            da = da + params["Waa"].T @ dz[t + 1]
        dz[t] = da * (1 - np.square(a[t + 1]))
    gradients = dict(dby=sum(dy), db=sum(dz))
    gradients["dWya"] = sum(dy[t] @ a[t + 1].T for t in range(T))
    gradients["dWaa"] = sum(dz[t] @ a[t].T for t in range(T))
    gradients["dWax"] = sum(dz[t] @ x[t].T for t in range(T))
    return gradients


# Gradients of the logits and of the sums inside the tanh as matrices, and einsum for the sums.
@exercise.right
def by_einsum(Y, params, cache):
    p, a, x = (np.stack(cache[name])[..., 0] for name in ("p", "a", "x"))  # (T, n)
    dy = p - np.eye(len(params["by"]))[list(Y)]
    dz, later = np.empty_like(a[1:]), np.zeros(a.shape[1])
    for t in reversed(range(len(dy))):
        dz[t] = (dy[t] @ params["Wya"] + later) * (1 - a[t + 1] ** 2)
        later = dz[t] @ params["Waa"]
    return {
        "dWax": np.einsum("ti,tj->ij", dz, x),
        "dWaa": np.einsum("ti,tj->ij", dz, a[:-1]),
        "dWya": np.einsum("ti,tj->ij", dy, a[1:]),
        "db": np.einsum("ti->i", dz)[:, None],
        "dby": np.einsum("ti->i", dy)[:, None],
    }


# The slopes as a diagonal matrix, the Jacobian of tanh.
@exercise.right
def by_jacobians(Y, params, cache):
    dz = [None] * len(Y)
    for t in range(len(Y) - 1, -1, -1):
        jacobian = np.diag(1 - cache["a"][t + 1][:, 0] ** 2)
        error = cache["p"][t].copy()
        error[Y[t], 0] = error[Y[t], 0] - 1
        pulled = params["Wya"].T @ error
        if t < len(Y) - 1:
            pulled = pulled + params["Waa"].T @ dz[t + 1]
        dz[t] = jacobian @ pulled
    dW = np.hstack(dz) @ np.hstack([np.hstack(cache["x"]).T, np.hstack(cache["a"][:-1]).T])
    dy = np.hstack(cache["p"])
    np.subtract.at(dy, (list(Y), list(range(len(Y)))), 1.0)
    n_x = len(cache["x"][0])
    gradients = {"dWax": dW[:, :n_x], "dWaa": dW[:, n_x:], "db": np.sum(dz, axis=0)}
    dWya = dy @ np.hstack(cache["a"][1:]).T
    return gradients | {"dWya": dWya, "dby": dy.sum(1).reshape(-1, 1)}


# The chain rule as a fold over the steps, from the last to the first.
@exercise.right
def unusual(Y, params, cache):
    def step(so_far, t):
        totals, da_next = so_far
        a_prev, a = cache["a"][t : t + 2]
        dy = cache["p"][t] - np.eye(len(params["by"]))[:, [Y[t]]]
        dz = (params["Wya"].T @ dy + da_next) * (1 + a) * (1 - a)
        parts = {
            "dWya": np.outer(dy, a),
            "dby": dy,
            "dWax": np.outer(dz, cache["x"][t]),
            "dWaa": np.outer(dz, a_prev),
            "db": dz,
        }
        added = {name: totals[name] + parts[name] for name in parts}
        return added, params["Waa"].T @ dz

    start = {"d" + name: np.zeros_like(each) for name, each in params.items()}
    return reduce(step, range(len(Y) - 1, -1, -1), (start, 0.0))[0]
