"""Answers in other styles pass, and subtle wrong ones do not, however near they are."""

from pathlib import Path

import pytest

from .judged import finding
from .test_exercises import LONG

FOLDER = Path(__file__).parent / "handwritten"
LONGEST = ("plot_cost", "sample", "sample_index")

pytestmark = pytest.mark.uncounted


def answers(kind, separator):
    """Return the answers of the files of a kind, as parameters of a test."""
    made = []
    for path in sorted(FOLDER.glob(f"*.{kind}.txt")):
        assignment = path.name.partition(".")[0]
        for part in path.read_text(encoding="utf-8").split("### ")[1:]:
            header, _, text = part.partition("\n")
            name, *more = (each.strip() for each in header.split(separator))
            marks = [pytest.mark.thorough] if name in LONGEST else []
            marks += [pytest.mark.long] if name in LONG else []
            label = f"{name}: {more[-1]}"
            made.append(pytest.param(assignment, name, *more[:-1], text, id=label, marks=marks))
    return made


@pytest.mark.parametrize("assignment, name, text", answers("right", ":"))
def test_a_right_answer_passes_in_another_style(assignment, name, text):
    found = finding(assignment, name, text)
    assert (found.state, found.message) == ("passed", "")


@pytest.mark.parametrize("assignment, name, mistake, text", answers("wrong", "|"))
def test_a_wrong_answer_is_refused_and_never_named_falsely(assignment, name, mistake, text):
    found = finding(assignment, name, text)
    assert (found.state, found.mistake) == ("failed", mistake)
