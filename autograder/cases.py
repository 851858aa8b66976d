"""From a declared exercise to the calls of a grading, each with the rule it must satisfy."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from autograder.checks import frequencies, rules
from autograder.checks.calls import Call, perform
from autograder.checks.case import Case, MistakeResult
from autograder.checks.compare import difference
from autograder.model import CaseInput, Exercise

PUBLIC_SEED = 20_260_901  # of the numbers that students see


def value(**options: Any) -> Callable[[Exercise, CaseInput], Any]:
    """Return an expectation: the reference's value, or its ValueError.

    Parameters
    ----------
    **options
        The fields of `rules.Value` besides the value.
    """
    rules.Value(None, **options)  # a misspelt name is told where it stands

    def expect(exercise: Exercise, case_input: CaseInput) -> Any:
        reply = perform(exercise.solution, Call(case_input.args, case_input.kwargs))
        if reply.raised:
            return rules.Raises(reply.raised["type"])
        return rules.Value(_short(reply.value), **options)

    return expect


def _short(value: Any) -> Any:
    """Return a NumPy scalar as Python's own number, which takes a tenth of the room."""
    return value.item() if isinstance(value, (np.bool_, np.integer, np.floating)) else value


def make_cases(exercise: Exercise, seed: int, public: bool = False) -> list[Case]:
    """Return the cases of an exercise for one seed.

    Parameters
    ----------
    exercise : Exercise
    seed : int
    public : bool, optional
        Whether the cases are those that students see.
    """
    # The exercise's name is part of the seed: a changed neighbour leaves the numbers alone.
    rng = np.random.default_rng([seed, *exercise.name.encode()])
    expect = exercise.expectation or value()
    made = []
    for _ in range(1 if public else exercise.draws):
        for case_input in exercise.inputs(rng):
            if case_input.only == ("hidden" if public else "public"):
                continue
            call, rule = Call(case_input.args, case_input.kwargs), expect(exercise, case_input)
            turns = [(rule, case_input.in_doubt)]
            if isinstance(rule, InTurn):
                turns = [(rule.first, case_input.in_doubt), (rule.then, True)]
            made += [
                Case(
                    call,
                    each,
                    case_input.label,
                    MistakesOnDemand(exercise, call, each),
                    public,
                    exercise.edge_share if case_input.edge else 0.0,
                    in_doubt,
                )
                for each, in_doubt in turns
            ]
    return made


@dataclass
class InTurn:
    """What is expected of one input, in two cases: `then` is in doubt, if `first` leaves one."""

    first: Any
    then: Any


class MistakesOnDemand:
    """The `Mistakes` of a case: what those of its exercise give for a call, if that is not right.

    A mistake is computed when it is first asked for: a wrong answer is explained by few of them,
    and all of them take a long sequence through an RNN a hundred times. A judge asks for all in
    the first case that fails, and in further ones for those that explain it.
    """

    def __init__(self, exercise: Exercise, call: Call, rule: Any) -> None:
        self.call, self.rule = call, rule
        # The other rules name their mistakes themselves.
        is_compared = isinstance(rule, (rules.Value, rules.Raises))
        declared = exercise.mistakes if is_compared else ()
        self.variants = [
            (mistake, variant)
            for mistake in declared
            for variant in (mistake.variants if mistake.message else ())
        ]
        self.result = cache(self._result)

    def __call__(self, *ids: str) -> list[MistakeResult]:
        numbers = [
            number
            for number, (mistake, _) in enumerate(self.variants)
            if not ids or mistake.id in ids
        ]
        return [result for number in numbers if (result := self.result(number))]

    def _result(self, number: int) -> MistakeResult | None:
        """Return what a mistake in one of its variants gives, if that is not right."""
        mistake, variant = self.variants[number]
        reply = perform(partial(mistake.compute, **variant), self.call)
        if self.rule.mismatch(self.call, [reply] * len(self.rule.calls(self.call))) is None:
            return None
        entry: MistakeResult = {"id": mistake.id, "message": mistake.message, "variant": number}
        if reply.raised:
            return {**entry, "raises": reply.raised["type"]}
        return {**entry, "value": _short(reply.value)}


class Standardized(np.random.Generator):
    """A generator whose normal draws have mean 0 and standard deviation 1 exactly.

    What a mistake gives with it has the spread of the mistake, without a sample's scatter.
    """

    def standard_normal(self, size: Any = None, *more: Any, **options: Any) -> Any:
        draws = super().standard_normal(size, *more, **options)
        if np.size(draws) < 3:
            return draws
        return (draws - np.mean(draws)) / np.std(draws)

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        if size is None:
            return super().normal(loc, scale)
        return loc + scale * self.standard_normal(size)


def random_arrays(
    exercise: Exercise,
    case_input: CaseInput,
    arrays: dict[str, dict[str, Any]],
    once: bool = False,
    exact: bool = False,
) -> rules.RandomArrays:
    """Return the rule for random arrays, with the spreads and the values that mistakes give.

    Parameters
    ----------
    exercise : Exercise
        Its mistakes are called with a `Standardized` generator in the place of the seed.
    case_input : CaseInput
    arrays : dict
        As in `rules.RandomArrays`.
    once : bool, optional
        For a case after others, which name the mistakes: one call only.
    exact : bool, optional
        For a case beside others that are asked for in doubt: only the generator's own draws are
        judged.
    """
    known = []
    for mistake in () if once else exercise.mistakes:
        for variant in mistake.variants if mistake.message else ():
            # Made anew for each mistake: a copy of a generator is a plain one.
            args = [
                Standardized(np.random.PCG64(1)) if hasattr(each, "seed") else copy.deepcopy(each)
                for each in case_input.args
            ]
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                made = mistake.compute(*args, **case_input.kwargs, **variant)
            entry = _spreads_and_values(made, arrays)
            if entry:
                known.append({"id": mistake.id, "message": mistake.message, **entry})
    return rules.RandomArrays(arrays, known, once, exact)


def _spreads_and_values(made: Any, arrays: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what tells a mistake's arrays apart from the right ones; nothing if nothing does."""
    try:
        parts = {key: made[int(key) if key.isdigit() else key] for key in arrays}
        stds = {key: float(np.std(parts[key])) for key in arrays if "std" in arrays[key]}
    except (TypeError, LookupError, ValueError):
        return {}  # another structure: the comparison says so
    values = {
        key: parts[key]
        for key, spec in arrays.items()
        if "value" in spec and difference(spec["value"], parts[key])
    }
    off = [not abs(std / arrays[key]["std"] - 1) < 1e-3 for key, std in stds.items()]
    spread = {"std": stds} if any(off) and np.all(np.isfinite(list(stds.values()))) else {}
    return spread | ({"values": values} if values else {})


NEVER = 1e-13  # an outcome less likely than this is left out: no grading will see it
FIXED_STARTS = 60


class Branching:
    """A generator under which every outcome of a random function comes once, with its chance.

    It replays a script of choices and, beyond its end, takes the first possible one and notes
    the others. Only `choice` can be followed; of all the arrays that `standard_normal` could give,
    a few fixed ones stand for the rest.
    """

    def __init__(self, script: tuple[int, ...]) -> None:
        self.script, self.taken = script, 0
        self.chance = 1.0
        self.others: list[tuple[int, ...]] = []
        self.path: list[int] = []

    def choice(self, a: Any, size: None = None, replace: bool = True, p: Any = None) -> Any:
        values = np.arange(a) if np.ndim(a) == 0 else a
        chances = np.full(len(values), 1 / len(values)) if p is None else np.asarray(p, float)
        if chances.ndim != 1:
            raise ValueError("'p' must be 1-dimensional")  # as NumPy does
        if self.taken < len(self.script):
            chosen = self.script[self.taken]
        else:
            possible = np.flatnonzero(self.chance * chances > NEVER).tolist()
            chosen, *more = possible or [int(np.argmax(chances))]
            self.others += [(*self.path, other) for other in more]
        self.taken += 1
        self.path.append(chosen)
        self.chance *= float(chances[chosen])
        return values[chosen]

    def standard_normal(self, size: Any = None) -> Any:
        fixed = _fixed_starts(() if size is None else np.broadcast_shapes(size))
        return fixed[self.choice(FIXED_STARTS)].copy()


@cache
def _fixed_starts(shape: tuple[int, ...]) -> Any:
    return np.random.default_rng(0).standard_normal((FIXED_STARTS, *shape))


MAX_OUTCOMES = 1000


def distribution(function: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, float]:
    """Return the exact probability of each outcome of a function that draws with `rng.choice`.

    Parameters
    ----------
    function : callable
    *args, **kwargs
        Its arguments; each `wire.Seed` among them is replaced by a `Branching` generator.

    Returns
    -------
    dict
        Probabilities by the outcome as text, as `rules.Frequencies` takes them.

    Raises
    ------
    OverflowError
        If there are more than `MAX_OUTCOMES` ways through the function.
    """
    shares: dict[str, float] = {}
    waiting: list[tuple[int, ...]] = [()]
    ways = 0
    args = copy.deepcopy(args)  # once: neither references nor their mistakes change them
    while waiting:
        # The shortest first: where they are too many, they soon are.
        rng = Branching(waiting.pop(0))
        arguments = [rng if hasattr(each, "seed") else each for each in args]
        outcome = frequencies.text(function(*arguments, **kwargs))
        shares[outcome] = shares.get(outcome, 0.0) + rng.chance
        waiting += rng.others
        ways += 1
        if ways + len(waiting) > MAX_OUTCOMES:
            raise OverflowError(f"{function.__name__} has more than {MAX_OUTCOMES} outcomes")
    return {name: float(f"{share:.9g}") for name, share in shares.items()}


def random_outcomes(
    exercise: Exercise, case_input: CaseInput, repeats: int, least: float = 0.05
) -> rules.Frequencies:
    """Return the rule for random outcomes, with the probabilities that mistakes give.

    Parameters
    ----------
    exercise : Exercise
        Reference and mistakes draw as `Branching` can follow; mistakes that draw otherwise, or in
        too many ways to list, are left out.
    case_input : CaseInput
    repeats : int
        How many draws are judged.
    least : float, optional
        Mistakes nearer than this to the right distribution (total variation) are left out: the
        draws could not tell.
    """
    right = distribution(exercise.solution, *case_input.args, **case_input.kwargs)
    known = partial(_known, exercise, case_input, right, least)
    return rules.Frequencies(right, repeats, rules.Deferred(known))


def _known(
    exercise: Exercise, case_input: CaseInput, right: dict[str, float], least: float
) -> list[dict[str, Any]]:
    """Return what is known of the mistakes of an exercise, for `rules.Frequencies`."""
    known: list[dict[str, Any]] = []
    for mistake in exercise.mistakes:
        for variant in mistake.variants if mistake.message else ():
            entry: dict[str, Any] = {"id": mistake.id, "message": mistake.message}
            try:
                with warnings.catch_warnings(), np.errstate(all="ignore"):
                    warnings.simplefilter("ignore")
                    shares = distribution(
                        mistake.compute, *case_input.args, **case_input.kwargs, **variant
                    )
            except (OverflowError, AttributeError):
                continue
            except Exception as error:
                known.append({**entry, "raises": type(error).__name__})
                continue
            if _apart(right, shares) > least:
                known.append({**entry, "probabilities": shares})
    return known


def few_first(
    exercise: Exercise, case_input: CaseInput, rule: rules.Frequencies, repeats: int, in_turn: int
) -> InTurn:
    """Return the rule for random outcomes with few draws before it, which most answers settle.

    Parameters
    ----------
    exercise : Exercise
    case_input : CaseInput
    rule : rules.Frequencies
    repeats, in_turn : int
        How many draws come first, and how many of them from each generator.
    """
    first = rules.SameDraws([None] * repeats, in_turn)
    call = Call(case_input.args, case_input.kwargs)
    first.drawn = perform(exercise.solution, first.calls(call)[0]).value
    return InTurn(first, rule)


def _apart(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the total variation distance between two distributions."""
    return sum(abs(one.get(name, 0.0) - other.get(name, 0.0)) for name in {*one, *other}) / 2
