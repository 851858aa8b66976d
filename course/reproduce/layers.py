"""Published figures on depth, plateaus and seeds (threads 002, 004), beside the project's own."""

import numpy as np

from course.experiments import depth, detective, plateau, seed_lottery

from . import Figure

LESSON = "this course, lesson 1"
CACHED = "cached in data/seed_lottery.csv, twenty trainings"
# Kind, scale, and root mean squares at layers 1, 5, 10, 30; one draw of 256 units.
DEPTH = (
    ("relu", "0.01", 0.01, ("1.1e-01", "1.9e-05", "3.4e-10", "3.6e-29")),
    ("relu", "1/sqrt(n)", 1 / 16, (".71", ".17", ".037", "4.6e-05")),
    ("relu", "sqrt(2/n)", np.sqrt(2) / 16, (".99", "1.03", "1.09", "1.57")),
    ("tanh", "1/sqrt(n)", 1 / 16, (".63", ".32", ".23", ".13")),
)
LAYERS = (1, 5, 10, 30)
AUDIT = (".00902", ".224", ".378", ".447")
# Scale, exit steps with one and with two hidden layers at rate 1, looked at every ten steps.
WAITS = ((0.001, "470", None), (0.01, "320", "3180"), (0.1, "170", "360"), (1.0, "20", "20"))
MEDIANS = {"0.01": ".492", "0.1": ".547", "0.5": ".982", "1": ".985", "2": ".987", "10": ".735",
           "Xavier": ".983", "He": ".983"}  # fmt: skip
HALVING = (("forward", "0.76"), ("backward", "0.11"))


def like(published, value):
    """Return `value` as text in the form of `published`: as many digits, "e" or none, "." first."""
    if "e" in published:
        return f"{value:.{len(published.partition('e')[0]) - 2}e}"
    text = f"{value:.{len(published.partition('.')[2])}f}"
    return text[1:] if published.startswith(".") else text


def by_depth():
    """Yield the sizes of signals after thirty layers.

    They belong to one draw, and the publisher's is not known; ours is that of the lesson.
    """
    note = "another draw of the weights; the deeper, the more two draws differ"
    for kind, name, scale, row in DEPTH:
        sizes = depth.rms(depth.signals(scale, kind, np.random.default_rng(0))[0])
        for layer, published in zip(LAYERS, row, strict=True):
            what = f"{kind} {name}: root mean square at layer {layer}"
            computed = like(published, sizes[layer])
            yield Figure("004", LESSON, what, published, computed, note, scatters=True)


def audit():
    """Yield the fan-in audit of 12288-20-7-5-1."""
    for layer, published in enumerate(AUDIT):
        root = 1 / np.sqrt(detective.LAYER_DIMS[layer])
        what = f"1/sqrt(inputs) of layer {layer + 1}"
        yield Figure("004", LESSON, what, published, like(published, root))


def waits():
    """Yield the exit steps with one and two hidden layers."""
    for scale, *row in WAITS:
        for dims, published in zip(([2, 10, 1], [2, 10, 5, 1]), row, strict=True):
            if published:
                step = plateau.escape(scale, 1.0, limit=6000, layer_dims=dims)
                net = "-".join(map(str, dims))
                what = f"circles, {net}, rate 1, scale {scale:g}: below 0.6 nats at step"
                note = f"looked at every ten steps; exactly: {step}"
                computed = str(-(-step // 10) * 10)
                yield Figure("002", LESSON, what, published, computed, note, scatters=step > 1000)


def seeds():
    """Yield the median train accuracies of twenty seeds."""
    for name, values in seed_lottery.read().items():
        what = f"circles, start {name}: median train accuracy of 20 seeds"
        published = MEDIANS[name]
        computed = like(published, np.median(values))
        # Large starts magnify rounding (run 12): each machine has its own twenty.
        yield Figure("002", LESSON, what, published, computed, CACHED, scatters=name == "10")


def unequal_widths():
    """Yield the ends of a net that narrows, He's start: one published draw, our median of 40."""
    ends = depth.end_to_end(lambda n_in, _: np.sqrt(2 / n_in), np.random.default_rng(0))
    for (direction, published), values in zip(HALVING, ends.T, strict=True):
        low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
        note = f"one draw; ours is the median of 40, of which 80 % lie in {low:.2f} to {high:.2f}"
        what = f"He on 1024 to 16, halving: root mean square {direction}"
        computed = like(published, middle)
        yield Figure("004", LESSON, what, published, computed, note, scatters=True)


def figures():
    """Yield every published figure of this module with the project's own.

    Yields
    ------
    Figure
    """
    yield from waits()
    yield from seeds()
    yield from by_depth()
    yield from audit()
    yield from unequal_widths()
