"""What a student reads, in the language that notebooks or, if these are silent, we are run in."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

from nbformat import NotebookNode

from autograder.checks.states import State
from autograder.checks.texts import ENGLISH, wanted

CHOICE = re.compile(r"(?:^|; *)(?:checks\.)?language\(\s*[\"']([a-z]{2,3})\b", re.MULTILINE)
NOTE = re.compile(r"\[(.+)\]\n")  # see `judge.display.note`
BY_HAND, SUM = "graded by hand", "total, by code"
STATES = "|".join(sorted([*State, BY_HAND], key=len, reverse=True))
# A line of `judge.grade.summary`: name, state, points.
ROW = re.compile(rf"(?:({SUM}|\S+) +)?({STATES})?(?: *([\d.]+ of [\d.]+))?")


def chosen(notebooks: Iterable[Mapping[str, Any]]) -> str:
    """Return what the last `language("de")` in notebooks says; empty if there is none."""
    found = [
        name
        for notebook in notebooks
        for cell in notebook.get("cells", ())
        if cell["cell_type"] == "code"
        for name in CHOICE.findall(cell["source"])
    ]
    return found[-1] if found else ""


def language_of(choice: str) -> str:
    """Return the language of a page: what was chosen or, if nothing was, what is wanted here."""
    from autograder.authoring import catalogues  # here: it is slow, and for feedback only

    known = {ENGLISH, *catalogues.languages()}
    return next((each for each in ([choice] if choice else wanted()) if each in known), ENGLISH)


def into(language: str) -> Callable[[str], str]:
    """Return what translates a text; nothing is changed for English."""
    from autograder.authoring import catalogues

    return str if language == ENGLISH else catalogues.translator(language)


def translate(
    notebook: NotebookNode, say: Callable[[str], str], spoken: Container[str] = ()
) -> None:
    """Translate what the grading has put under a notebook's cells, and its comments.

    What the student's own code has printed stays as it is, and what a person has said of the
    answers that `spoken` names.
    """
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("comment") and about["grade_id"] not in spoken:
            about["comment"] = _comment(about["comment"], say)
        ours = cell.metadata.get("role") == "results" or (
            about.get("grade") and not about.get("solution")
        )
        if cell.metadata.get("role") == "results":
            cell.source = say(cell.source)
        for output in cell.get("outputs", []):
            if output.output_type == "error" and ours:
                output.evalue = say(output.evalue)
                output.traceback = say("\n".join(output.traceback)).split("\n")
            elif output.output_type == "stream" and ours:
                output.text = "\n".join(_line(line, say) for line in output.text.split("\n"))
            elif output.output_type == "stream" and (note := NOTE.fullmatch(output.text)):
                output.text = f"[{say(note[1])}]\n"


def _comment(text: str, say: Callable[[str], str]) -> str:
    """Return what `gradebook.record.words` has made of a result."""
    state, _, message = text.partition(": ")
    known = message and state in [*State]
    return f"{say(state)}: {say(message)}" if known else say(text)


def _line(line: str, say: Callable[[str], str]) -> str:
    """Return a line of the summary or of a finding."""
    row = ROW.fullmatch(line)
    if row and (row[2] or row[1] == SUM):
        name, state, points = (say(each or "") for each in row.groups())
        return f"{name:28} {state:22} {points}".strip()
    return f"- {say(line[2:])}" if line.startswith("- ") else say(line)
