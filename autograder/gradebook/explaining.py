"""`course.py explain`: what came of each case of one exercise of one submission, and why."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder import registry
from autograder.checks.states import State
from autograder.judge.display import printable
from autograder.judge.process import Judge, JudgeError
from autograder.judge.verdict import Explained, Result, Verdict
from autograder.sandbox.connection import NoSandboxError
from autograder.sandbox.isolation import AUTO, Isolation
from autograder.sandbox.ladder import choose_or_exit
from autograder.submission.test_cells import exercise_of
from autograder.telling import tell

from .configured import configured
from .store import VERDICTS, Store


class Explanation(Explained):
    """What was recorded of an exercise, and what came of each case."""

    student: str
    exercise: str
    state: str
    points: float
    max_points: float
    message: str
    up_to_date: bool
    case_set: int


def explain(
    course: str | Path,
    student: str,
    exercise: str,
    assignment: str = "",
    wanted: str = AUTO,
    as_json: bool = False,
) -> None:
    """Print what came of each case of an exercise.

    Parameters
    ----------
    course : path
        The course directory.
    student, exercise : str
    assignment : str, optional
        Needed where exercises of several assignments have one name.
    wanted : str, optional
        The isolation; see `sandbox.ladder.choose`.
    as_json : bool, optional
        Print it as JSON in place of words.

    Raises
    ------
    SystemExit
        With a sentence that says what is missing.
    """
    exercise = exercise_of(exercise)  # the name of its test cell is as good
    app = configured(course)
    with contextlib.chdir(course):
        path, verdict, result = _verdict(Path.cwd(), student, exercise, assignment)
        isolation = choose_or_exit(wanted)
        store = Store(app.coursedir, verdict.assignment, isolation)
        source = next((each for each in store.sources() if each.stem == path.stem), None)
        if source is None:
            sys.exit(f"There is no source/{verdict.assignment}/{path.stem}.ipynb any more.")
        if not store.submission(student).is_dir():
            sys.exit(f"There is no {store.submission(student)} any more.")
        is_declared = exercise in registry.exercises(verdict.assignment)
        found: Explained = {"cases": [], "outcome": ""}
        if is_declared and verdict.case_set:
            found = _run_again(store, isolation, student, source, exercise, verdict.seed)
        about: Explanation = {
            "student": student,
            "exercise": exercise,
            "state": str(result.state),
            "points": result.points,
            "max_points": result.max_points,
            "message": printable(result.message),
            "up_to_date": verdict.key == store.key(student, source, isolation.mode),
            "case_set": verdict.case_set if is_declared else 0,
            **found,
        }
        tell("\n".join(_lines(about, is_declared)), about, as_json)


def _lines(about: Explanation, is_declared: bool) -> Iterator[str]:
    """Yield the lines that people read."""
    points = f"{about['points']:g} of {about['max_points']:g}"
    yield f"{about['student']}, {about['exercise']}: {about['state']}, {points}"
    yield about["message"] or "no message"
    if not about["up_to_date"]:
        yield "Since then the submission or the course has changed: grade again."
    if not is_declared:
        yield "Its test cell is run as it is; there are no cases to show."
    if about["case_set"]:
        yield f"Case set {about['case_set']} of this submission, run again:"
    for number, case in enumerate(about["cases"], 1):
        label = f", {case['label']}" if case["label"] else ""
        yield f"case {number} of {len(about['cases'])} ({case['kind']}{label})"
        yield from (f"    {name:9} {text}" for name, text in case["rows"])
    if about["outcome"]:
        yield about["outcome"]


def _run_again(
    store: Store, isolation: Isolation, student: str, source: Path, exercise: str, seed: int
) -> Explained:
    judge = Judge(isolation)
    try:
        return judge.explain(replace(store.request(student, source), seed=seed), exercise)
    except (NoSandboxError, JudgeError) as error:
        sys.exit(f"{exercise} of {student} could not be run again: {error}")
    finally:
        judge.close()


def _verdict(
    root: Path, student: str, exercise: str, assignment: str
) -> tuple[Path, Verdict, Result]:
    """Return the path of the verdict that holds an exercise, the Verdict, the exercise's Result."""
    graded = sorted((root / VERDICTS).glob(f"{assignment or '*'}/*/*.json"))
    if assignment and not graded:
        sys.exit(f"Nothing of {assignment} was graded here.")
    own = {path: Verdict.load(path) for path in graded if path.parent.name == student}
    verdicts = {path: verdict for path, verdict in own.items() if verdict}
    if not verdicts:
        known = sorted({path.parent.name for path in graded})
        sys.exit(f"There is no verdict on {student!r}. Graded students: {_some(known)}.")
    names = [name for each in verdicts.values() for name in each.results]
    results = {path: each.results.get(exercise) for path, each in verdicts.items()}
    found = {path: result for path, result in results.items() if result}
    if not found:
        sys.exit(f"No exercise {exercise!r} of {student} was graded. There are: {_some(names)}.")
    if len(found) > 1:
        places = sorted(verdicts[path].assignment for path in found)
        sys.exit(f"{exercise} is in {_some(places)}: choose one with --assignment.")
    path, result = found.popitem()
    verdict = verdicts[path]
    if verdict.not_gradable:
        sys.exit(f"{student}, {State.NOT_GRADABLE}: {printable(verdict.not_gradable)}.")
    return path, verdict, result


def _some(names: Sequence[str]) -> str:
    return (", ".join(names[:20]) + (" and others" if names[20:] else "")) or "nobody"
