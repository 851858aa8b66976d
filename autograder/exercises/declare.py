"""The declaration of an exercise and the cases that follow from it.

An author writes an `Exercise`: name, points, reference, cases, slips, and how results are
compared. `make_cases` turns it into calls with expected results: with the public seed for the
students' `cases.json`, with a fresh seed for a grading.
"""

import copy
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np

from autograder.student import rules
from autograder.student.calls import Call, Reply, perform
from autograder.student.compare import ATOL, RTOL, difference
from autograder.student.judging import Case

PUBLIC_SEED = 20_260_901  # of the numbers that students see


@dataclass(frozen=True)
class Slip:
    """A known wrong answer: what it computes, and what its author is told.

    `gives` takes the exercise's arguments. `says` names the slip in the words of the task,
    never by the answer's code.
    """

    id: str
    says: str
    gives: Callable


@dataclass(frozen=True)
class Given:
    """The arguments of one call, with what tells it apart from the others."""

    args: tuple
    label: str = ""
    kwargs: dict = field(default_factory=dict)
    only: str = ""  # "hidden": in gradings only; "public": in the students' `cases.json` only


def given(*args, label="", only="", **kwargs):
    """Return the arguments of one call."""
    return Given(args, label, kwargs, only)


@dataclass(frozen=True)
class Exercise:
    """One exercise, whole.

    Attributes
    ----------
    name : str
        Of the function; also the solution cell's grade_id.
    points : float
    reference : callable
    cases : callable
        Takes a numpy.random.Generator, yields `given(...)`.
    slips : tuple of Slip
    expect : callable, optional
        Takes reference, Given; returns a rule. By default the value of the reference.
    draws : int
        How many times the cases are drawn in a grading.
    """

    name: str
    points: float
    reference: Callable
    cases: Callable
    slips: tuple = ()
    expect: Callable = None
    draws: int = 1


def value(rtol=RTOL, atol=ATOL, shift_free=False, in_place=False, patterns=(), remind=""):
    """Return an `expect` that asks for the reference's value, or for its ValueError."""

    def expect(reference, arguments):
        reply = perform(reference, Call(arguments.args, arguments.kwargs))
        if reply.raised:
            return rules.Raises(reply.raised["type"])
        return rules.Value(
            _short(reply.value), rtol, atol, shift_free, in_place, list(patterns), remind
        )

    return expect


def _short(value):
    """Return a NumPy scalar as Python's own number, which takes a tenth of the room."""
    return value.item() if isinstance(value, (np.bool_, np.integer, np.floating)) else value


def make_cases(exercise, seed, public=False):
    """Return the cases of an exercise for one seed.

    Parameters
    ----------
    exercise : Exercise
    seed : int
    public : bool, optional
        Whether the cases are those that students see; they name their slips either way.

    Returns
    -------
    list of Case
    """
    # The exercise's name is part of the seed: a changed neighbour leaves the numbers alone.
    rng = np.random.default_rng([seed, *exercise.name.encode()])
    expect = exercise.expect or value()
    made = []
    for _ in range(1 if public else exercise.draws):
        for arguments in exercise.cases(rng):
            if arguments.only == ("hidden" if public else "public"):
                continue
            rule = expect(exercise.reference, arguments)
            call = Call(arguments.args, arguments.kwargs)
            made.append(
                Case(
                    call,
                    rule,
                    arguments.label,
                    cache(partial(_slips, exercise, call, rule)),
                    public,
                )
            )
    return made


def _slips(exercise, call, rule):
    """Return what each slip gives for a call, where that is not right."""
    if not isinstance(rule, (rules.Value, rules.Raises)):
        return ()  # the other rules name their slips themselves
    made = []
    for variant, slip in enumerate(exercise.slips):
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            reply = perform(slip.gives, copy.deepcopy(call))
        if rule.problem(call, [reply] * len(rule.calls(call))) is None:
            continue
        entry = {"id": slip.id, "says": slip.says, "variant": variant}
        if reply.raised:
            made.append({**entry, "raises": reply.raised["type"]})
        else:
            made.append({**entry, "value": _short(reply.value)})
    return tuple(made)


__all__ = [
    "Exercise",
    "Given",
    "PUBLIC_SEED",
    "Reply",
    "Slip",
    "difference",
    "given",
    "make_cases",
    "value",
]
