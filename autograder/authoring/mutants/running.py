"""The whole of a course in several processes: mutants, kill matrices, right answers."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from autograder import registry
from autograder.telling import tell

from . import kill_matrix
from .equivalents import COLUMNS, Key, key, listed, new_survivors, place, rewrite, stale
from .judging import Fate, bases, fates
from .seeds import refusals

BYTES = 4 * 2**30  # of address space: a mutant may ask for an array of any size
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
SEEDS_AT_ONCE = 25
Item = TypeVar("Item")
Result = TypeVar("Result")


def in_parallel(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    """Yield what a function returns for each item, in the order in which it is known."""
    for name in THREADS:
        os.environ.setdefault(name, "1")  # the processes share the cores already
    # Spawned, not forked: the threads of this process are not theirs.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _limit_memory) as pool:
        waiting = [pool.submit(function, item) for item in items]
        for done in tqdm(as_completed(waiting), total=len(waiting), leave=False, disable=None):
            yield done.result()


def _limit_memory() -> None:
    import resource  # not everywhere

    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def try_mutants(
    assignments: Sequence[str],
    one_in: int,
    jobs: int,
    folder: Path | None,
    update: bool,
    as_json: bool = False,
) -> bool:
    """Try the mutants of all right answers and print what no case notices.

    Parameters
    ----------
    assignments : sequence of str
    one_in : int
        Of how many mutants one is tried.
    jobs : int
    folder : Path, optional
        Where the kill matrix is written.
    update : bool
        Whether the list of equivalents is rewritten.
    as_json : bool, optional

    Returns
    -------
    bool
        Whether all is well: whatever survives is listed, and whatever is listed survives.
    """
    known = listed(place())  # first: it may be invalid
    wanted = [base for assignment in assignments for base in bases(assignment)]
    found = [
        fate for each in in_parallel(partial(fates, one_in=one_in), wanted, jobs) for fate in each
    ]
    survivors = new_survivors(found, known)
    old = stale(found, known, assignments) if one_in == 1 else []
    if update:
        rewrite(place(), survivors, old)
    if folder:
        names = [(each, name) for each in assignments for name in registry.exercises(each)]
        made = {
            (each.assignment, each.exercise): each for each in in_parallel(_matrix, names, jobs)
        }
        kill_matrix.write([made[name] for name in names], found, folder)
    _tell(found, survivors, old, folder, as_json)
    return not survivors and not old


def _matrix(name: tuple[str, str]) -> kill_matrix.Matrix:
    return kill_matrix.matrix(*name)


def _tell(
    found: list[Fate],
    survivors: list[Fate],
    old: list[Key],
    folder: Path | None,
    as_json: bool,
) -> None:
    """Print the numbers, and each new survivor as a line of the list without its reason."""
    public, hidden = (sum(fate.noticed == side for fate in found) for side in ("public", "hidden"))
    equivalent = len(found) - public - hidden - len(survivors)
    alive = [key(fate.base, fate.mutant.change) for fate in survivors]
    lines = [
        f"{len(found)} mutants: {public} noticed by public cases, {hidden} by hidden ones; "
        f"{equivalent} are listed as equivalent, {len(survivors)} survive.",
        *("\t".join([*each, ""]) for each in alive),
        *("\t".join(["listed, but not a survivor:", *each]) for each in old),
    ]
    if folder:
        lines.append(f"The kill matrix: {folder / kill_matrix.PAGE} and {kill_matrix.TABLE}")
    figures = {
        "mutants": len(found),
        "noticed": {"public": public, "hidden": hidden},
        "listed_as_equivalent": equivalent,
        "survivors": [dict(zip(COLUMNS, each)) for each in alive],
        "listed_but_no_survivor": [dict(zip(COLUMNS, each)) for each in old],
    }
    tell("\n".join(lines), figures, as_json)


def try_right_answers(
    assignments: Sequence[str], seeds: int, jobs: int, as_json: bool = False
) -> bool:
    """Judge all right answers on the cases of many seeds and print what is refused."""
    parts = [
        (assignment, name, range(first, min(first + SEEDS_AT_ONCE, seeds)))
        for assignment in assignments
        for name in registry.exercises(assignment)
        for first in range(0, seeds, SEEDS_AT_ONCE)
    ]
    judged = 0
    refused: list[str] = []
    for count, lines in in_parallel(_refusals, parts, jobs):
        judged += count
        refused += lines
    words = f"{judged} gradings of right answers on {seeds} seeds: {len(refused)} cases refused."
    figures = {"judged": judged, "seeds": seeds, "refused": refused}
    tell("\n".join([words, *refused]), figures, as_json)
    return not refused


def _refusals(part: tuple[str, str, range]) -> tuple[int, list[str]]:
    return refusals(*part)
