"""Published figures on the smoothed loss of the character RNN (thread 000).

The list of names that the assignment trains on carries no licence and is not shipped. What
needs it is computed when the path to the reader's own copy is given.
"""

from pathlib import Path

import numpy as np

from course.experiments.names import load_names
from course.experiments.smoothing import (
    BETA,
    N_PRINTED,
    N_UNITS,
    assignment_order,
    assignment_parameters,
    centred_mean,
    five_starts,
    run_assignment,
)
from course.ps3_smoothed_loss.reference import (
    effective_window,
    get_initial_loss,
    informed_start,
    recover_raw_loss,
    smooth,
    steps_to_forget,
)
from course.ps4_char_rnn.reference import build_vocabulary, encode, rnn_forward

from . import Figure

FORUM = "DeepLearning.AI forum, A doubt in Week 1 Assignment"
PRINTED = "output of the Dinosaurus Island assignment"
COURSE = "this course, measured once on the original list"
DEFINITION = "this course, from the definition"

N_CHARACTERS, N_ORIGINAL = 27, 1536
FIRST_NAME = "turiasaurus"  # what the legacy seed 0 puts first among the original names
START = get_initial_loss(N_CHARACTERS, N_PRINTED)

# Step, then the average from 0, corrected, from log 27 * 7, from log 27 * mean length.
TABLE = (
    (0, "0.040", "39.549", "23.087", "42.718"),
    (1000, "20.24", "31.99", "28.71", "35.93"),
    (2000, "24.77", "28.64", "27.88", "30.54"),
    (5000, "25.14", "25.31", "25.29", "25.42"),
    (10000, "23.843", "23.844", "23.844", "23.845"),
)
STARTS = {
    "zero": "from 0",
    "corrected": "from 0, corrected",
    "helper": "from log 27 * 7",
    "informed": "from log 27 * mean length",
}
PRINTED_LOSSES = ((1000, "28.712699"), (2000, "27.884160"))
WINDOW = 1000
RAW_MEANS = ((1000, "28.0"), (2000, "25.7"), (5000, "24.0"), (10000, "23.8"))


def like(published, value):
    """Return `value` as text with as many decimals as `published` has."""
    decimals = len(published.partition(".")[2])
    return f"{value:.{decimals}f}"


def first_loss():
    """Return the loss of the untrained model on the first of the original names, in nats."""
    char_to_ix, _ = build_vocabulary(["abcdefghijklmnopqrstuvwxyz"])
    params = assignment_parameters(N_CHARACTERS)
    return rnn_forward(*encode(FIRST_NAME, char_to_ix), np.zeros((N_UNITS, 1)), params)[0]


def without_the_list():
    """Yield the figures that need no list of names."""
    yield Figure(
        "000",
        FORUM,
        "loss before the first step: log 27 * 7, nats",
        "23.070858062030304",
        repr(float(START)),
    )
    printed = "23.087336"
    yield Figure(
        "000",
        PRINTED,
        "smoothed loss printed at step 0, nats",
        printed,
        like(printed, smooth(START, first_loss())),
        f'untrained model, seed 1, on the first name, "{FIRST_NAME}"',
    )
    recovered = recover_raw_loss(START, float(printed))
    yield Figure(
        "000",
        DEFINITION,
        "raw loss recovered from that printed number, nats",
        "39.549",
        like("39.549", recovered),
        "12 log 27 = 39.550, but for the small weights",
    )
    yield Figure(
        "000",
        DEFINITION,
        "the same over log 27: characters of the first name, with its newline",
        "12",
        f"{recovered / np.log(N_CHARACTERS):.0f}",
    )
    names = load_names()
    _, raw, _ = run_assignment(names, TABLE[1][0] + 1, START)
    curves = five_starts(raw, names)
    for name, label, published in (("corrected", "from 0, corrected", "31.6"),
                                   ("zero", "from 0", "20.0")):  # fmt: skip
        yield Figure(
            "000",
            "this course, lesson 3, on its own list",
            f"average {label}, step 1000, nats",
            published,
            like(published, curves[name][TABLE[1][0]]),
            "two averages of the same losses from the same start",
        )
    yield Figure(
        "000", DEFINITION, "window of beta = 0.999, losses", "1000", f"{effective_window(BETA):.0f}"
    )
    yield Figure(
        "000",
        DEFINITION,
        "half-life of beta = 0.999, steps",
        "693",
        str(steps_to_forget(BETA, 0.5)),
    )
    yield Figure(
        "000",
        DEFINITION,
        "steps until 99 % of the start is forgotten",
        "4603",
        str(steps_to_forget(BETA)),
    )


def needing_the_list():
    """Yield (source, what, published, key): what `measure` computes under that key."""
    yield COURSE, "mean length of a name with its newline", "12.962", "length"
    yield COURSE, "mean loss of the untrained model, nats", "42.7", "untrained"
    for step, published in PRINTED_LOSSES:
        yield PRINTED, f"smoothed loss printed at step {step}, nats", published, ("helper", step)
    for step, *row in TABLE:
        for (start, label), published in zip(STARTS.items(), row, strict=True):
            yield COURSE, f"average {label}, step {step}, nats", published, (start, step)


def measure(names):
    """Train on `names` as the assignment does and return each figure's value by its key."""
    start = informed_start(names, len(build_vocabulary(names)[0]))
    _, raw, _ = run_assignment(names, TABLE[-1][0] + WINDOW // 2 + 1, START)
    mean = centred_mean(raw, WINDOW)
    values = {"length": np.mean([len(name) + 1 for name in names]), "untrained": start}
    for name, curve in five_starts(raw, names).items():
        values |= {(name, step): curve[step] for step, *_ in TABLE}
    return values | {("mean", step): mean[step] for step, _ in RAW_MEANS}


def figures(names_file=None):
    """Yield every published figure of thread 000 beside the project's own.

    Parameters
    ----------
    names_file : path-like, optional
        The original list, one name a line.

    Yields
    ------
    Figure
    """
    yield from without_the_list()
    values, note = {}, "needs the original list of names, which is not shipped"
    if names_file is not None:
        names = Path(names_file).read_text(encoding="utf-8").lower().split()
        values, note = measure(names), ""
        if len(names) != N_ORIGINAL or assignment_order(names)[0] != FIRST_NAME:
            note = f"not the original list: {len(names)} names, the original has {N_ORIGINAL}"
    for source, what, published, key in needing_the_list():
        computed = like(published, values[key]) if key in values else None
        yield Figure("000", source, what, published, computed, note)
    for step, published in RAW_MEANS:
        here = f"; here, over {WINDOW}: {values['mean', step]:.1f}" if values else ""
        yield Figure(
            "000",
            COURSE,
            f"mean raw loss around step {step}, nats",
            published,
            None,
            f"over how many losses is not known{here}",
        )
