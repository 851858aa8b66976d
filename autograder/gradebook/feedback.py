"""Releasing feedback: also without a time, and with what counts after grading by hand."""

from __future__ import annotations

import os
import secrets
import shutil
from collections import defaultdict
from collections.abc import Collection, Container
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import notebook_hash
from traitlets import List

from autograder.submission.rebuild import nbgrader_metadata
from autograder.submission.test_cells import exercise_of

from .arrival import named, secret_of
from .translated import BY_HAND, SUM, chosen, into, language_of, translate


class CourseReleaseFeedback(ExchangeReleaseFeedback):
    """Puts the pages into the exchange; a submission without a secret does not stop the others."""

    def copy_files(self) -> None:
        """Copy the page of each notebook to where its student's `fetch_feedback` looks."""
        place = Path(self.src_path)
        excluded = self.coursedir.student_id_exclude.split(",")
        by_secret: dict[str, list[Path]] = defaultdict(list)
        for folder in sorted(place.parents[1].glob(f"{place.parent.name}/{place.name}")):
            if folder.parent.name not in excluded:
                by_secret[secret_of(folder)].append(folder)
        if without := by_secret.pop("", []):
            self.log.warning(
                "Not released: %s. These were not handed in with nbgrader submit, whose secret "
                "names the page; hand out %s yourself",
                named([folder.parent.name for folder in without]),
                place,
            )
        for secret, folders in by_secret.items():
            if len(folders) > 1:
                students = named([folder.parent.name for folder in folders])
                self.log.error("Not released: %s (they share one secret; copied?)", students)
            else:
                self._release(folders[0], secret)

    def _release(self, folder: Path, secret: str) -> None:
        for page in sorted(folder.glob("*.html")):
            name = notebook_hash(secret=secret, notebook_id=page.stem)
            target = Path(self.dest_path, f"{name}.html")
            partial = target.with_suffix(f".{secrets.token_hex(8)}.partial")
            shutil.copyfile(page, partial)
            partial.chmod(page.stat().st_mode & 0o777)
            os.replace(partial, target)  # whole or not at all, for anyone who looks meanwhile
            self.log.info("Released %s of %s to %s", page.stem, folder.parent.name, target)


class FinalStates(NbGraderPreprocessor):
    """Makes the page's index; where points were given by hand, they are what counts.

    What the grader found is left out there.
    """

    # nbconvert's exporter sets it for all steps, and warns of one for which it cannot be set.
    display_data_priority: Any = List(config=True)

    def preprocess(
        self, nb: nbformat.NotebookNode, resources: dict[str, Any]
    ) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        """Change the page's cells, after nbgrader has put points and comments into them."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(
                about["notebook"], about["assignment"], about["student"]
            )
            by_hand = {
                grade.name: f"{BY_HAND:14} {grade.score:g} of {grade.max_score:g}"
                for grade in notebook.grades
                if grade.manual_score is not None
            }
            waiting = {grade.name for grade in notebook.grades if grade.needs_manual_grade}
            spoken = {each.name for each in notebook.comments if each.manual_comment}
        for cell in nb.cells:
            name = nbgrader_metadata(cell).get("grade_id")
            if cell.metadata.get("role") == "results" and by_hand:
                for output in cell.outputs:
                    output.text = _final(output.text, by_hand)
            elif name in by_hand and cell.cell_type == "code":
                text = f"{' '.join(by_hand[name].split())}\n"
                cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
            if name not in spoken and {name, f"test_{name}"} & by_hand.keys():
                nbgrader_metadata(cell)["comment"] = None
        about["index"] = index(nb, waiting, {exercise_of(name) for name in by_hand})
        about["language"] = language_of(chosen([nb]))
        about["say"] = into(about["language"])
        translate(nb, about["say"], spoken)
        return nb, resources


def index(
    nb: nbformat.NotebookNode, waiting: Container[str], by_hand: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return what the index of a page says of each graded cell.

    Parameters
    ----------
    nb : NotebookNode
    waiting : container of str
        The cells that have no points yet.
    by_hand : collection of str, optional
        The exercises whose points a person gave.
    """
    cells = [(cell, nbgrader_metadata(cell)) for cell in nb.cells]
    spoken = {about["grade_id"] for _, about in cells if about.get("comment")}
    states: dict[str, str] = {}
    for cell, _ in cells:
        states |= cell.metadata.get("states", {})
    states |= dict.fromkeys(by_hand, BY_HAND)
    made = []
    for _, about in cells:
        if about.get("grade") or about.get("task"):
            name = exercise_of(about["grade_id"])
            made.append(
                {
                    "name": name,
                    "anchor": about["grade_id"],
                    "state": states.get(name, ""),
                    "score": about["score"],
                    "points": about["points"],
                    "is_open": about["grade_id"] in waiting,  # what has no points yet has no zero
                    "comment": name if name in spoken else "",
                }
            )
    return made


def _final(summary: str, by_hand: dict[str, str]) -> str:
    """Return the lines at the top of a page with what counts; their sum is in its heading."""
    lines = []
    for line in summary.splitlines():
        name = line[:29].strip()
        given = by_hand.get(name) or by_hand.get(f"test_{name}")
        if not line.startswith(SUM):
            lines.append(f"{name:28} {given}" if given else line)
    return "\n".join(lines) + "\n"
