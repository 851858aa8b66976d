"""A class graded for real: `nbgrader autograde` on right, wrong and half-done notebooks."""

import pytest

from course.demo import answers
from course.demo.students import filled
from tests.conftest import points_by_code, released

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("whole path")]

PS2 = "ps2_loss_at_init"


@pytest.fixture(scope="module")
def graded(course_with):
    """Grade a class with the stock command."""
    course = course_with(PS2)
    handed = released(PS2)
    right = answers.styles(PS2)
    for style, sources in right.items():
        course.submit(style, PS2, filled(handed, sources))
    base = right["loops"]
    patched = "np.allclose = lambda *a, **k: True\nnp.testing.assert_allclose = np.allclose\n"
    wrong = answers.mistakes(PS2)["softmax", "wrong_axis"]
    course.submit("patcher", PS2, filled(handed, {**base, "softmax": patched + wrong}))
    loud = "import sys, warnings\nwarnings.warn('loud')\nprint('loud', file=sys.stderr)\n"
    course.submit("loud", PS2, filled(handed, {**base, "softmax": loud + base["softmax"]}))
    dying = "import os\ndef entropy(frequencies):\n    os._exit(0)"
    course.submit("dying", PS2, filled(handed, {**base, "entropy": dying}))
    course.submit("blank", PS2, handed)
    course.nbgrader("autograde", PS2)
    course.nbgrader("generate_feedback", PS2)
    course.nbgrader("export")
    return course


def states(graded, student):
    """Return the states that are not "passed"."""
    return {
        name: state
        for name, state in graded.rows(PS2)[student]["states"].items()
        if state != "passed"
    }


WRITTEN = {"why_log_n": "to be graded by hand", "stuck_loss": "to be graded by hand"}


@pytest.mark.parametrize("style", answers.styles(PS2))
def test_a_right_answer_in_any_style_gets_full_points(graded, style):
    assert states(graded, style) == WRITTEN
    assert graded.rows(PS2)[style]["score"] == points_by_code(PS2)


def test_patched_comparisons_gain_nothing(graded):
    assert states(graded, "patcher") == WRITTEN | {"softmax": "failed"}
    message = graded.verdict("patcher", PS2).exercises["test_softmax"].message
    assert "Your rows sum to 1, not your columns" in message


def test_a_warning_costs_nothing(graded):
    assert states(graded, "loud") == WRITTEN


def test_a_dead_process_costs_its_exercise_alone(graded):
    assert states(graded, "dying") == WRITTEN | {"entropy": "crashed"}
    assert graded.rows(PS2)["dying"]["score"] == points_by_code(PS2, "entropy")


def test_a_blank_notebook_is_not_attempted_and_no_answer_is_silently_graded(graded):
    row = graded.rows(PS2)["blank"]
    assert set(row["states"].values()) == {"not attempted"}
    assert row["score"] == 0
    assert row["by_hand"] == 2


def test_the_feedback_page_shows_state_points_and_message(graded):
    page = (graded.folder / "feedback" / "patcher" / PS2 / "loss_at_init.html").read_text()
    assert "failed (0 of 3 points)" in page
    assert "Your rows sum to 1, not your columns" in page
    assert "passed (2 of 2 points)" in page
    assert "### BEGIN" not in page and "make_cases" not in page


def test_the_csv_lists_points_and_states(graded):
    lines = (graded.folder / "grades.csv").read_text().splitlines()
    assert "state_softmax" in lines[0]
    assert any("patcher" in line and "failed" in line for line in lines)
