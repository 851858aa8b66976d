"""One step downhill."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import TIGHT, draw_params, shuffled, sizes_near

exercise = Exercise(points=2, expect=value(**TIGHT, fresh=True))


@exercise.reference
def update(params, grads, learning_rate):
    """Return the parameters after one step of gradient descent; the given ones are kept.

    Parameters
    ----------
    params : dict of ndarray
    grads : dict of ndarray
        ``"d"`` + each name of `params`.
    learning_rate : float

    Returns
    -------
    dict of ndarray
    """
    return {name: value - learning_rate * grads["d" + name] for name, value in params.items()}


@exercise.cases
def cases(rng):
    for dims, rate in (
        (sizes_near(rng, 3, 5, 2), 0.01),
        (sizes_near(rng, 4, 3), rng.uniform(0.1, 2)),
        ([2, 2, 2], rng.uniform(0.1, 2)),
        (sizes_near(rng, *[1] * 12), rng.uniform(0.1, 2)),
        ([2, 1], 0),
        ([3, 1], 1),
    ):
        params = draw_params(rng, dims)
        grads = {"d" + key: array for key, array in draw_params(rng, dims).items()}
        if rate == 1:
            grads["dW1"] *= 0  # as below units that are never on
        if len(dims) > 4:
            grads = {name: 1000 * each for name, each in grads.items()}
        rate = rate if isinstance(rate, int) else round(float(rate), 4)
        label = f"{len(dims) - 1} layers and a learning rate of {rate}"
        if len(dims) == 2:
            label = f"a single layer and a learning rate of {rate}"
        yield case(params, shuffled(rng, grads), rate, label=label)


@exercise.mistake(
    "Large gradients were kept within a limit; the step is the learning rate times the gradient.",
    limit=(1, 5, 10),
)
def limited(params, grads, learning_rate, *, limit):
    return {
        key: params[key] - learning_rate * np.clip(grads["d" + key], -limit, limit)
        for key in params
    }


@exercise.mistake("The step goes uphill: gradient descent subtracts the gradient.")
def ascent(params, grads, learning_rate):
    return {name: params[name] + learning_rate * grads["d" + name] for name in params}


@exercise.mistake("The learning rate is always taken as 0.01; it is an argument.")
def rate_ignored(params, grads, learning_rate):
    return {name: params[name] - 0.01 * grads["d" + name] for name in params}


@exercise.mistake("The whole gradient was subtracted: the learning rate is missing.")
def rate_forgotten(params, grads, learning_rate):
    return {name: params[name] - grads["d" + name] for name in params}


@exercise.mistake("The gradient was divided by the learning rate; it should be multiplied.")
def divided(params, grads, learning_rate):
    return {name: params[name] - grads["d" + name] / learning_rate for name in params}


@exercise.mistake("The biases were not updated; they take the step too.")
def weights_only(params, grads, learning_rate):
    new = dict(params)
    for name in params:
        if name.startswith("W"):
            new[name] = params[name] - learning_rate * grads["d" + name]
    return new


@exercise.mistake("The weights were not updated; they take the step too.")
def biases_only(params, grads, learning_rate):
    new = dict(params)
    for name in params:
        if name.startswith("b"):
            new[name] = params[name] - learning_rate * grads["d" + name]
    return new


@exercise.mistake("Those are the parameters as they were, without a step.")
def unchanged(params, grads, learning_rate):
    return {name: params[name].copy() for name in params}


STEP_ALONE = "That is the step alone; expected the parameters after it."


@exercise.mistake(STEP_ALONE)
def step_only(params, grads, learning_rate):
    return {name: -learning_rate * grads["d" + name] for name in params}


@exercise.mistake(STEP_ALONE, id="step_only")
def step_uphill_only(params, grads, learning_rate):
    return {name: learning_rate * grads["d" + name] for name in params}


@exercise.mistake("Only the sign of the gradient was used; its size counts too.")
def sign_step(params, grads, learning_rate):
    return {name: params[name] - learning_rate * np.sign(grads["d" + name]) for name in params}


@exercise.mistake("The layers from 10 on were not updated: there may be ten layers and more.")
def one_digit(params, grads, learning_rate):
    new = dict(params)
    for layer in range(1, 10):
        for name in (f"W{layer}", f"b{layer}"):
            if name in params:
                new[name] = params[name] - learning_rate * grads["d" + name]
    return new


@exercise.mistake("The last layer was not updated; it takes the step too.")
def last_layer_kept(params, grads, learning_rate):
    new = dict(params)
    for layer in range(1, len(params) // 2):
        for kind in "Wb":
            name = f"{kind}{layer}"
            new[name] = params[name] - learning_rate * grads["d" + name]
    return new


@exercise.mistake(
    "The parameters were multiplied by 1 minus the step; expected the step to be subtracted."
)
def shrunk(params, grads, learning_rate):
    return {name: params[name] * (1 - learning_rate * grads["d" + name]) for name in params}


@exercise.refused("Work on a copy")
def in_place(params, grads, learning_rate):
    for name in params:
        params[name] -= learning_rate * grads["d" + name]
    return params


@exercise.refused("Work on a copy")
def changes_dict(params, grads, learning_rate):
    for name in params:
        params[name] = params[name] - learning_rate * grads["d" + name]
    return params


# Copies the dict, but changes the arrays that both hold.
@exercise.refused("Work on a copy")
def shallow_copy(params, grads, learning_rate):
    new = params.copy()
    for name in new:
        new[name] -= learning_rate * grads["d" + name]
    return new


@exercise.refused("Is there a `return` line")
def returns_nothing(params, grads, learning_rate):
    new = {}
    for name in params:
        new[name] = params[name] - learning_rate * grads["d" + name]


@exercise.right
def vectorised(params, grads, learning_rate):
    return {key: params[key] - learning_rate * grads["d" + key] for key in params}


@exercise.right
def loops(params, grads, learning_rate):
    new_params = {}
    for name in params:
        new_params[name] = np.zeros(params[name].shape)
        for i in range(params[name].shape[0]):
            for j in range(params[name].shape[1]):
                step = learning_rate * grads["d" + name][i, j]
                new_params[name][i, j] = params[name][i, j] - step
    return new_params


@exercise.right
def own_style(params, grads, learning_rate):
    names = sorted(params)
    values = [
        np.subtract(params[name], np.multiply(learning_rate, grads["d" + name])) for name in names
    ]
    return dict(zip(names, values, strict=True))


@exercise.right
def unusual(params, grads, learning_rate):
    new = {key: value.copy() for key, value in params.items()}
    for key, gradient in grads.items():
        new[key.removeprefix("d")] -= learning_rate * gradient
    return new
