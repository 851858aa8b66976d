"""The start and the rate of a wide network from those of a narrow one."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

exercise = Exercise(points=2, edge_share=0.5, expect=value(rtol=1e-12, atol=1e-290))
LAYERS = ("input", "hidden", "output")


@exercise.reference
def transfer_width(layer, std, learning_rate, width, new_width):
    """Return spread and Adam's learning rate of a layer for another width.

    Parameters
    ----------
    layer : {"input", "hidden", "output"}
    std, learning_rate : float
        As tuned at `width`.
    width, new_width : int

    Returns
    -------
    std, learning_rate : float
        Maximal update parametrization for Adam (Yang et al. 2022, arXiv 2203.03466, table 3).

    Raises
    ------
    ValueError
        If there is no such layer.
    """
    ratio = width / new_width
    if layer == "input":
        return std, learning_rate
    if layer == "hidden":
        return std * ratio**0.5, learning_rate * ratio
    if layer == "output":
        return std * ratio, learning_rate * ratio
    raise ValueError(f"unknown layer {layer!r}")


@exercise.cases
def cases(rng):
    for layer in LAYERS:
        wider = int(rng.integers(500, 3000))
        std, rate = float(rng.uniform(0.02, 0.2)), float(10 ** rng.uniform(-4, -2))
        yield case(layer, std, rate, 128, wider, label=f"the {layer} layer, made wider")
        yield case(layer, std, rate, 512, 100, label=f"the {layer} layer, made narrower")
        yield case(layer, std, rate, 64, 64, label=f"the {layer} layer, as wide as before")
    edge = "for any other name of a layer raise a `ValueError`"
    yield case("middle", 0.1, 0.001, 64, 128, label="a layer of an unknown name", edge=edge)
    for name in ("Hidden", "put", "hidden2"):
        label = f"a layer of the name {name!r}"
        yield case(name, 0.1, 0.001, 64, 128, label=label, edge=edge, only="hidden")


@exercise.mistake("The ratio of the widths is upside down: a wider layer starts smaller.")
def upside_down(layer, std, learning_rate, width, new_width):
    return transfer_width(layer, std, learning_rate, new_width, width)


@exercise.mistake(
    "The last layer was treated as a hidden one; its spread falls with the width itself, not with "
    "its root."
)
def output_as_hidden(layer, std, learning_rate, width, new_width):
    if layer == "output":
        layer = "hidden"
    return transfer_width(layer, std, learning_rate, width, new_width)


@exercise.mistake("The first layer was scaled too; its fan-in does not depend on the width.")
def input_too(layer, std, learning_rate, width, new_width):
    if layer == "input":
        layer = "hidden"
    return transfer_width(layer, std, learning_rate, width, new_width)


@exercise.mistake(
    "The learning rate is as before where it should follow the width, in hidden and last layer."
)
def rate_kept(layer, std, learning_rate, width, new_width):
    return transfer_width(layer, std, learning_rate, width, new_width)[0], learning_rate


@exercise.mistake("The learning rate falls with the root of the width; expected with the width.")
def rate_by_root(layer, std, learning_rate, width, new_width):
    new_std, _ = transfer_width(layer, std, learning_rate, width, new_width)
    return new_std, learning_rate * (1 if layer == "input" else (width / new_width) ** 0.5)


@exercise.mistake("The spread of a hidden layer falls with the root of its fan-in, not with it.")
def hidden_as_output(layer, std, learning_rate, width, new_width):
    if layer == "hidden":
        layer = "output"
    return transfer_width(layer, std, learning_rate, width, new_width)


@exercise.mistake("The spread is as before; that of hidden and last layer depends on the width.")
def std_kept(layer, std, learning_rate, width, new_width):
    return std, transfer_width(layer, std, learning_rate, width, new_width)[1]


@exercise.mistake("The ratio of the widths was rounded to a whole number (`//`).")
def whole_ratio(layer, std, learning_rate, width, new_width):
    ratio = width // new_width
    power = {"input": 0, "hidden": 0.5, "output": 1}
    if layer not in power:
        raise ValueError(layer)
    return std * ratio ** power[layer], learning_rate * (1 if layer == "input" else ratio)


@exercise.mistake("The two results are in the wrong order: first the spread, then the rate.")
def swapped(layer, std, learning_rate, width, new_width):
    return transfer_width(layer, std, learning_rate, width, new_width)[::-1]


@exercise.refused("ValueError")
def any_name(layer, std, learning_rate, width, new_width):
    if layer not in ("input", "output"):
        layer = "hidden"
    return transfer_width(layer, std, learning_rate, width, new_width)


@exercise.right
def vectorised(layer, std, learning_rate, width, new_width):
    if layer not in ("input", "hidden", "output"):
        raise ValueError("layer is input, hidden or output")
    powers = np.array({"input": [0, 0], "hidden": [0.5, 1], "output": [1, 1]}[layer])
    new = np.array([std, learning_rate]) * (width / new_width) ** powers
    return new[0], new[1]


@exercise.right
def loops(layer, std, learning_rate, width, new_width):
    if layer == "input":
        return std, learning_rate
    elif layer == "hidden":
        return std * np.sqrt(width / new_width), learning_rate * width / new_width
    elif layer == "output":
        return std * width / new_width, learning_rate * width / new_width
    else:
        raise ValueError("no such layer: " + str(layer))


@exercise.right
def own_style(layer, std, learning_rate, width, new_width):
    exponents = dict(input=(0.0, 0.0), hidden=(-0.5, -1.0), output=(-1.0, -1.0))
    try:
        of_std, of_rate = exponents[layer]
    except KeyError as error:
        raise ValueError(f"{layer}?") from error
    wider = new_width / width
    return std * wider**of_std, learning_rate * wider**of_rate


@exercise.right
def unusual(layer, std, learning_rate, width, new_width):
    place = ["input", "hidden", "output"].index(layer)  # raises a ValueError by itself
    shrink = width / new_width
    return (std * shrink ** (place / 2), learning_rate * shrink ** min(place, 1))
