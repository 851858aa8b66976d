"""What an author declares: the exercises of a course, each with its cases and its mistakes.

A module of the course holds one exercise and reads from top to bottom: points, reference, cases,
mistakes, right answers. The decorators of its `Exercise` collect them::

    exercise = Exercise(points=1)

    @exercise.reference
    def area(radius):
        return np.pi * radius**2

    @exercise.cases
    def cases(rng):
        yield case(rng.uniform(2, 9), label="a large radius")

    @exercise.mistake("That is the circumference; expected the area.")
    def circumference(radius):
        return 2 * np.pi * radius

    @exercise.refused("`return` line")
    def prints(radius):
        print(np.pi * radius**2)

    @exercise.right
    def by_product(radius):
        return radius * np.pi * radius

Each function below `mistake`, `refused` and `right` is written as a student would write the
answer, with NumPy as `np` and the other exercises of the assignment by their names. It serves
three times: as diagnosis, as an answer of the demo's class, and as a test of the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

Answer = Callable[..., Any]


@dataclass(frozen=True)
class CaseInput:
    """The arguments of one call, with what tells it apart from the others.

    `only` is "hidden" for an input of gradings alone, "public" for one of the students' checks
    alone; else it serves in both. `edge` names the edge of what is asked that the input tries, in
    the words of the students' text; empty for an ordinary input. One `in_doubt` is asked for only
    if the others leave a doubt.
    """

    args: tuple[Any, ...]
    label: str = ""
    kwargs: dict[str, Any] = field(default_factory=dict)
    only: str = ""
    edge: str = ""
    in_doubt: bool = False

    def __post_init__(self) -> None:
        if self.only not in ("", "hidden", "public"):
            raise ValueError(f'only="{self.only}" is neither "hidden" nor "public"')


def case(
    *args: Any,
    label: str = "",
    only: str = "",
    edge: str = "",
    in_doubt: bool = False,
    **kwargs: Any,
) -> CaseInput:
    """Return the input of one case: the arguments of a call."""
    return CaseInput(args, label, kwargs, only, edge, in_doubt)


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer.

    Attributes
    ----------
    id : str
        Equal for several functions that make the same mistake in different ways.
    compute : callable
        Takes the exercise's arguments and returns what the mistake gives.
    message : str
        Names the mistake in the words of the task, never by the answer's code. Empty where the
        comparison itself says it, as for a wrong shape.
    phrase : str
        A part of the message that a student who makes it must read.
    variants : tuple of dict
        Keyword arguments of `compute` that give the same mistake in other sizes.
    """

    id: str
    compute: Answer
    message: str
    phrase: str
    variants: tuple[dict[str, Any], ...] = ({},)


class Exercise:
    """One exercise, whole.

    Parameters
    ----------
    points : float
    draws : int, optional
        How many times the cases are drawn in a grading.
    expect : callable, optional
        See `expected`; by default the value of the reference.
    edge_share : float, optional
        The share of the points that is lost, and no more, by an answer that is wrong only where a
        case has an `edge`. By default an answer is right or wrong.
    """

    def __init__(
        self,
        points: float,
        draws: int = 1,
        expect: Answer | None = None,
        edge_share: float = 0.0,
    ) -> None:
        if not 0 <= edge_share < 1:
            raise ValueError(f"edge_share is a share of the points, below 1, not {edge_share}")
        self.points, self.draws, self.edge_share = points, draws, edge_share
        self.mistakes: list[Mistake] = []
        self.right_answers: list[Answer] = []
        self._expect = expect
        self._reference: Answer | None = None
        self._cases: Callable[..., Iterable[CaseInput]] | None = None

    def __repr__(self) -> str:
        return f"<Exercise {self.name}>"

    @property
    def name(self) -> str:
        """Return the name of the function to write: that of the reference."""
        return self.solution.__name__

    @property
    def solution(self) -> Answer:
        """Return the reference."""
        if self._reference is None:
            raise TypeError("this exercise has no reference: decorate one with @exercise.reference")
        return self._reference

    def reference(self, function: Answer) -> Answer:
        """Take the function that gives the right answers."""
        self._reference = function
        return function

    def cases(self, function: Answer) -> Answer:
        """Take the function that yields a `case` for each call, drawn with its argument `rng`."""
        self._cases = function
        return function

    def inputs(self, rng: Any) -> list[CaseInput]:
        """Return the inputs of one draw of the cases."""
        if self._cases is None:
            raise TypeError(f"{self.name} has no cases: decorate a function with @exercise.cases")
        return list(self._cases(rng))

    def expected(self, function: Answer) -> Answer:
        """Take what turns (exercise, case input) into the rule that the result must satisfy."""
        self._expect = function
        return function

    @property
    def expectation(self) -> Answer | None:
        """Return what was declared by `expected`."""
        return self._expect

    def mistake(
        self, message: str, *, id: str = "", **variants: Iterable[Any]
    ) -> Callable[[Answer], Answer]:
        """Take a wrong answer that has a message of its own.

        Parameters
        ----------
        message : str
        id : str, optional
            By default the function's name; functions that make the same mistake share one.
        **variants
            Values of the function's keyword-only parameters, each of which is tried.
        """
        each = [dict(zip(variants, values)) for values in product(*variants.values())]

        def take(function: Answer) -> Answer:
            name = id or function.__name__
            self.mistakes.append(Mistake(name, function, message, message, tuple(each)))
            return function

        return take

    def refused(self, phrase: str, *, id: str = "") -> Callable[[Answer], Answer]:
        """Take a wrong answer on which the comparison itself says `phrase`."""

        def take(function: Answer) -> Answer:
            self.mistakes.append(Mistake(id or function.__name__, function, "", phrase))
            return function

        return take

    def right(self, function: Answer) -> Answer:
        """Take a right answer written in a style of its own; its name is that of the style."""
        self.right_answers.append(function)
        return function


@dataclass(frozen=True)
class Assignment:
    """What is asked in one notebook.

    Attributes
    ----------
    name : str
        Of the folder in `source/`.
    notebook : str
        Name of the notebook, without its ending.
    exercises : dict of Exercise
        By name, in the order of the notebook.
    data : tuple of str
        Files of `data/` that the notebook needs.
    rules : tuple of str
        Modules of the assignment with rules of its own, which its students receive too.
    """

    name: str
    notebook: str
    exercises: Mapping[str, Exercise]
    data: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
