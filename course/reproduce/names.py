"""Published figures on the character RNN that writes names (thread 001)."""

from pathlib import Path

import numpy as np

from course.experiments.names import (
    first_letter_loss,
    ladder,
    least_loss,
    load_names,
    rnn_loss,
    split_names,
)
from course.experiments.names_sampling import (
    greedy_from_each_letter,
    sample_names,
    share_ending,
    share_known,
)
from course.experiments.names_training import nudged, run, start_parameters, train_on_names
from course.ps4_char_rnn.reference import build_vocabulary, encode

from . import Figure
from .smoothing import N_ORIGINAL, like

COURSE = "this course, measured once on its own list"
ORIGINAL = "this course, measured once on the original list"
LADDER = {"uniform": "3.296", "unigram": "2.797", "bigram": "2.109", "trigram": "1.760"}
TRAINED = {2000: "1.926", 10_000: "1.754", 20_000: "1.727"}
ONE_NAME = ((0, "39.55"), (100, ".44"), (500, ".021"))
# Temperature, share in the list, share ending in "saurus", percent.
SAMPLES = (
    (0.25, "5.6", "87"),
    (0.5, "3.7", "75"),
    (1.0, "0.1", "46.4"),
    (1.5, "0.1", "18"),
    (2.0, "0", "3"),
)
N_NUDGES = 4


def without_leading_zero(published, value):
    """Return `value` as `like` does, and as ".44" where `published` is written so."""
    text = like(published, value)
    return text[1:] if published.startswith(".") else text


def counted():
    """Yield the held-out losses of the models without a network."""
    rungs = ladder(*split_names(load_names()))
    for label, published in LADDER.items():
        yield Figure(
            "001",
            COURSE,
            f"held-out loss, {label}, nats per character",
            published,
            like(published, rungs[label]),
        )


def nudge_note(steps, values):
    """Return what runs from starts that differ by a few 1e-15 say about a digit."""
    low, high = min(values), max(values)
    if high - low < 5e-5:
        return ""
    return (
        f"{N_NUDGES} starts that differ by 1e-15 in one weight give {low:.4f} to {high:.4f} "
        f"after {steps} steps: the last digit belongs to the machine, not to the recipe"
    )


def least():
    """Yield the least loss that any model of the training names can have."""
    names, _ = split_names(load_names())
    characters = sum(len(name) + 1 for name in names)
    yield Figure(
        "001",
        "this course, from the definition",
        "least loss of any model of the training names, nats per character",
        f"{len(names) * np.log(len(names)) / characters:.4f}",
        f"{least_loss(names):.4f}",
        "log(number of names) over their mean length: not 0",
    )


def trained():
    """Yield the held-out losses of the network, with how far they can be reproduced at all."""
    names, held_out = split_names(load_names())
    char_to_ix, _ = build_vocabulary(names)
    values = {steps: [] for steps in TRAINED}
    for nudge in range(N_NUDGES):
        start = nudged(start_parameters(), nudge * 1e-15)
        result = train_on_names(names, max(TRAINED), marks=TRAINED, start=start)
        for steps in TRAINED:
            values[steps].append(rnn_loss(held_out, result.snapshots[steps], char_to_ix))
    for steps, published in TRAINED.items():
        note = nudge_note(steps, values[steps])
        yield Figure(
            "001",
            COURSE,
            f"held-out loss, RNN after {steps} steps, nats per character",
            published,
            like(published, values[steps][0]),
            note,
            bool(note),
        )


def one_name():
    """Yield the losses of a network that is trained on one name."""
    char_to_ix, _ = build_vocabulary(load_names())
    losses = run(
        [encode("turiasaurus", char_to_ix)], start_parameters(), 501, learning_rate=0.05
    ).losses
    for step, published in ONE_NAME:
        yield Figure(
            "001",
            COURSE,
            f'loss of "turiasaurus" alone after {step} steps at rate 0.05, nats',
            published,
            without_leading_zero(published, losses[step]),
        )


def needing_the_list():
    """Yield (what, published, key): what `measure` computes under that key."""
    yield 'names of the list ending in "saurus", %', "46.4", "data"
    for T, known, saurus in SAMPLES:
        yield f"drawn at T = {T}: in the list, %", known, ("known", T)
        yield f'drawn at T = {T}: ending in "saurus", %', saurus, ("saurus", T)
    yield "greedy from each of 26 letters: in the list", "0", "greedy known"
    yield 'greedy from each of 26 letters: ending in "saurus"', "24", "greedy saurus"
    yield "first-letter loss, state carried over, nats", "3.27", ("first", True)
    yield "first-letter loss, state reset, nats", "3.03", ("first", False)


def measure(names):
    """Train on `names` both ways and return each figure's value by its key.

    Names are written by the network with the carried state after 22,000 steps, as in the
    assignment. First letters are judged on 150 names held out, after 20,000 steps.
    """
    char_to_ix, _ = build_vocabulary(names)
    params = train_on_names(names, 22_000, carry=True).params
    greedy = greedy_from_each_letter(params, char_to_ix)
    values = {
        "data": 100 * share_ending(names),
        "greedy known": 26 * share_known(greedy, names),
        "greedy saurus": 26 * share_ending(greedy),
    }
    for T, *_ in SAMPLES:
        written = sample_names(params, char_to_ix, 1000, np.random.default_rng(0), T)
        values["known", T] = 100 * share_known(written, names)
        values["saurus", T] = 100 * share_ending(written)
    training, held_out = split_names(names)
    for carry in (False, True):
        params = train_on_names(training, 20_000, carry=carry).params
        values["first", carry] = first_letter_loss(held_out, params, char_to_ix)
    return values


def figures(names_file=None):
    """Yield every published figure of thread 001 beside the project's own.

    Parameters
    ----------
    names_file : path-like, optional
        The original list, one name a line.

    Yields
    ------
    Figure
    """
    yield from counted()
    yield from least()
    yield from trained()
    yield from one_name()
    values, note = {}, "needs the original list of names, which is not shipped"
    if names_file is not None:
        names = Path(names_file).read_text(encoding="utf-8").lower().split()
        values = measure(names)
        note = "one run; another seed or machine moves it by several units of the last digit"
        if len(names) != N_ORIGINAL:
            note = f"not the original list: {len(names)} names, the original has {N_ORIGINAL}"
    for what, published, key in needing_the_list():
        computed = like(published, values[key]) if key in values else None
        yield Figure("001", ORIGINAL, what, published, computed, note)
