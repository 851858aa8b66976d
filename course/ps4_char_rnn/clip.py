"""Gradients with every entry limited."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

from .shared import draw_params

# Nothing is computed: an entry is the limit or stays what it is.
exercise = Exercise(points=2, expect=value(rtol=1e-15, atol=0.0, in_place=True))


@exercise.reference
def clip(gradients, max_value):
    """Return the gradients with every entry limited to [-max_value, max_value].

    Parameters
    ----------
    gradients : dict of ndarray
    max_value : float

    Returns
    -------
    dict of ndarray
    """
    return {name: np.clip(value, -max_value, max_value) for name, value in gradients.items()}


def draw_gradients(rng, scale, n_a=3, n=4):
    """Return random gradients of standard deviation `scale`."""
    return {"d" + name: each for name, each in draw_params(rng, n_a, n, scale).items()}


@exercise.cases
def cases(rng):
    yield case(draw_gradients(rng, 8.0), 5.0, label="max_value=5")
    yield case(draw_gradients(rng, 8.0), 0.4, label="max_value=0.4")
    label = "gradients that are small enough"
    yield case(draw_gradients(rng, 1.0), 50.0, label=label, only="hidden")
    few = {"dby": np.array([[12.0], [-7.0], [0.5], [3e-12], [-3.0], [3.0], [0.0]])}
    yield case(few, 3, label="one array alone, with entries on the limit")
    other = {
        "dU": rng.normal(0, 9, (2, 3)),
        "dW1": rng.normal(0, 9, (3, 2)),
        "dc": np.full((1, 1), -9.0),
    }
    yield case(other, 2.0, label="gradients of other names")
    sizes = 10.0 ** rng.uniform(-7, 7, (6, 5)) * np.sign(rng.normal(size=(6, 5)))
    yield case({"dWax": sizes, "db": sizes[:, :1]}, 1e-5, label="max_value=1e-5")
    yield case({"dWax": sizes, "db": sizes[:, :1]}, 1e5, label="max_value=1e5")


@exercise.mistake(
    "The gradients came back unchanged: nothing was clipped, or the clipped arrays were not "
    "returned."
)
def not_returned(gradients, max_value):
    for gradient in gradients.values():
        gradient = np.clip(gradient, -max_value, max_value)
    return gradients


@exercise.mistake(
    "Nothing is returned; the function should return the gradients, whether it changed them in "
    "place or made new ones."
)
def nothing_returned(gradients, max_value):
    clipped = {}
    for name, gradient in gradients.items():
        clipped[name] = np.clip(gradient, -max_value, max_value)


@exercise.mistake("Only entries above the limit are clipped; those below -max_value should be too.")
def upper_side(gradients, max_value):
    return {name: np.minimum(g, max_value) for name, g in gradients.items()}


@exercise.mistake("Only entries below -max_value are clipped; those above max_value should be too.")
def lower_side(gradients, max_value):
    return {name: np.maximum(g, -max_value) for name, g in gradients.items()}


NORM = (
    "The gradients were scaled as a whole, by their norm; each entry should be limited by itself."
)


@exercise.mistake(NORM)
def by_norm(gradients, max_value):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    return {name: g * min(1, max_value / norm) for name, g in gradients.items()}


@exercise.mistake(NORM, id="by_norm")
def each_by_its_norm(gradients, max_value):
    clipped = {}
    for name, gradient in gradients.items():
        norm = np.linalg.norm(gradient)
        clipped[name] = gradient * min(1, max_value / norm)
    return clipped


@exercise.mistake(NORM, id="by_norm")
def each_to_one_length(gradients, max_value):
    return {name: g * max_value / np.linalg.norm(g) for name, g in gradients.items()}


@exercise.mistake(NORM, id="by_norm")
def all_to_one_length(gradients, max_value):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    return {name: g * max_value / norm for name, g in gradients.items()}


SCALED = (
    "Each array was scaled by its largest entry; entries within the limits should stay unchanged."
)


@exercise.mistake(SCALED)
def by_largest(gradients, max_value):
    clipped = {}
    for name, gradient in gradients.items():
        largest = np.max(np.abs(gradient))
        clipped[name] = gradient * min(1, max_value / largest)
    return clipped


@exercise.mistake(SCALED, id="by_largest")
def always_scaled_by_largest(gradients, max_value):
    return {name: g * max_value / np.max(np.abs(g)) for name, g in gradients.items()}


@exercise.mistake("The limit is always 5; it should be `max_value`.", id="fixed")
def fixed_at_5(gradients, max_value):
    return {name: np.clip(g, -5, 5) for name, g in gradients.items()}


@exercise.mistake("The limit is always 10; it should be `max_value`.", id="fixed")
def fixed_at_10(gradients, max_value):
    return {name: np.clip(g, -10, 10) for name, g in gradients.items()}


@exercise.mistake("Negative entries became 0: the lower limit is -max_value.")
def from_zero(gradients, max_value):
    return {name: np.clip(g, 0, max_value) for name, g in gradients.items()}


@exercise.mistake("Entries that are too large became 0; they should become the limit.")
def set_to_zero(gradients, max_value):
    return {name: np.where(abs(g) > max_value, 0, g) for name, g in gradients.items()}


@exercise.mistake("The sign is lost: a large negative entry becomes -max_value.")
def sign_lost(gradients, max_value):
    return {name: np.where(abs(g) > max_value, max_value, g) for name, g in gradients.items()}


@exercise.mistake("The signs are lost: absolute values were clipped.", id="sign_lost")
def absolute_values(gradients, max_value):
    return {name: np.minimum(np.abs(g), max_value) for name, g in gradients.items()}


@exercise.mistake("The biases' gradients are not clipped.")
def weights_only(gradients, max_value):
    clipped = dict(gradients)
    for name in gradients:
        if name.startswith("dW"):
            clipped[name] = np.clip(gradients[name], -max_value, max_value)
    return clipped


KEYS = ("dWax", "dWaa", "dWya", "db", "dby")
ANY_KEYS = "Only gradients of the usual five names were clipped; the dict may have any keys."


@exercise.mistake(ANY_KEYS)
def usual_names(gradients, max_value):
    clipped = dict(gradients)
    for name in KEYS:
        if name in gradients:
            clipped[name] = np.clip(gradients[name], -max_value, max_value)
    return clipped


@exercise.mistake(ANY_KEYS, id="usual_names")
def usual_names_alone(gradients, max_value):
    return {n: np.clip(gradients[n], -max_value, max_value) for n in KEYS if n in gradients}


@exercise.mistake(
    "The gradients are rounded; entries within the limits should stay unchanged.",
    decimals=(2, 4, 6, 8),
)
def rounded(gradients, max_value, *, decimals):
    return {n: np.round(np.clip(g, -max_value, max_value), decimals) for n, g in gradients.items()}


@exercise.mistake(
    "Small entries became 0; entries within the limits should stay unchanged.",
    least=(1e-10, 1e-8, 1e-3),
)
def small_to_zero(gradients, max_value, *, least):
    clipped = {name: np.clip(g, -max_value, max_value) for name, g in gradients.items()}
    return {name: np.where(abs(g) < least, 0, g) for name, g in clipped.items()}


@exercise.mistake("That is a list; expected a dict with the same keys.", id="list")
def returns_list(gradients, max_value):
    return [np.clip(g, -max_value, max_value) for g in gradients.values()]


@exercise.mistake(
    "The gradients went through a tanh; entries within the limits should stay unchanged."
)
def squashed(gradients, max_value):
    return {name: max_value * np.tanh(g / max_value) for name, g in gradients.items()}


@exercise.right
def vectorised(gradients, max_value):
    return {name: np.clip(g, -max_value, max_value) for name, g in gradients.items()}


@exercise.right
def loops(gradients, max_value):
    for name in gradients:
        gradient = gradients[name]
        for i in range(gradient.shape[0]):
            for j in range(gradient.shape[1]):
                if gradient[i, j] > max_value:
                    gradient[i, j] = max_value
                elif gradient[i, j] < -max_value:
                    gradient[i, j] = -max_value
    return gradients


@exercise.right
def own_style(gradients, max_value):
    clipped = dict(gradients)
    for name, gradient in gradients.items():
        clipped[name] = np.minimum(np.maximum(gradient, -max_value), max_value)
    return clipped


@exercise.right
def by_sign(gradients, max_value):
    return {n: np.sign(g) * np.minimum(abs(g), max_value) for n, g in gradients.items()}


@exercise.right
def by_masks(gradients, max_value):
    result = {}
    for name in list(gradients):
        result[name] = gradients[name].copy()
        result[name][gradients[name] >= max_value] = max_value
        result[name][gradients[name] <= -max_value] = -max_value
    return result


@exercise.right
def unusual(gradients, max_value):
    for gradient in gradients.values():
        np.clip(gradient, -max_value, max_value, out=gradient)
    return gradients
