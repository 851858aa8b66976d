"""nbgrader's own commands from the course directory: hand out, hand in, collect, grade."""

import json
import os
import subprocess
import sys

import pytest

from course.demo import answers
from course.demo.students import filled
from tests.conftest import points_by_code, released

# A hub's test goes the same way, and the usual tests each step of it.
pytestmark = [*(pytest.mark.system, pytest.mark.slow), pytest.mark.xdist_group("stock commands")]

PS2 = "ps2_loss_at_init"
NOTEBOOK = "loss_at_init.ipynb"


def nbgrader(*arguments, cwd, **environment):
    """Run a command as somebody at a terminal would; return what it said."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=cwd,
        text=True,
        capture_output=True,
        env={**os.environ, "PATH": path, **environment},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(course_with):
    """Return a course directory with an exchange of its own."""
    made = course_with(PS2)
    (made.folder / "exchange").mkdir(exist_ok=True)
    (made.folder / "exchange").chmod(0o777)
    return made


def test_an_assignment_goes_out_comes_back_and_is_graded(course, tmp_path):
    nbgrader("release_assignment", PS2, cwd=course.folder)
    home = tmp_path / "student"
    home.mkdir()
    (home / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'initialization'\n"
        f"c.Exchange.root = {str(course.folder / 'exchange')!r}\n"
        f"c.Exchange.cache = {str(home / 'cache')!r}\n"
    )
    nbgrader("fetch_assignment", PS2, cwd=home)
    fetched = home / PS2
    assert (fetched / "checks" / "cases.json").exists()
    right = answers.styles(PS2)["vectorised"]
    (fetched / NOTEBOOK).write_text(json.dumps(filled(released(PS2), right)))
    nbgrader("submit", PS2, cwd=home)
    nbgrader("collect", PS2, cwd=course.folder)
    nbgrader("autograde", PS2, cwd=course.folder)
    (row,) = course.rows(PS2).values()
    assert row["score"] == points_by_code(PS2)
    assert row["timestamp"] is not None
    assert row["found"] == "", "what the release itself contains is nothing to remark on"
    nbgrader("generate_feedback", PS2, cwd=course.folder)
    nbgrader("release_feedback", PS2, cwd=course.folder)
    nbgrader("fetch_feedback", PS2, cwd=home)
    assert list((fetched / "feedback").rglob("*.html"))


@pytest.mark.slow
def test_validate_says_what_the_boxes_say(course, tmp_path):
    right = answers.styles(PS2)["loops"]
    wrong = {**right, "softmax": answers.mistakes(PS2)["softmax", "wrong_axis"]}
    for name, sources in (("right", right), ("wrong", wrong)):
        place = tmp_path / name
        subprocess.run(["cp", "-r", course.folder / "release" / PS2, place], check=True)
        (place / NOTEBOOK).write_text(json.dumps(filled(released(PS2), sources)))
    assert "Success!" in nbgrader("validate", NOTEBOOK, cwd=tmp_path / "right")
    said = " ".join(nbgrader("validate", NOTEBOOK, cwd=tmp_path / "wrong").split())
    assert "VALIDATION FAILED ON 1 CELL(S)!" in said
    assert "Your rows sum to 1, not your columns" in said
