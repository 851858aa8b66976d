"""`course.py explain` shows each case of an answer, and says what is missing."""

import json
import re

import pytest

from autograder.cluster import grade_class
from autograder.gradebook.explaining import explain
from course.demo import answers
from course.demo.students import filled
from tests.conftest import released

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("explain")]

PS2 = "ps2_loss_at_init"
WRONG = {
    "expected_initial_loss": "def expected_initial_loss(n_classes):\n    return np.log2(n_classes)",
    "softmax": "def softmax(Z):\n    raise ValueError('\\x1b[31mred')",
}


@pytest.fixture(scope="module")
def course(course_with):
    """Return a course in which one submission was graded."""
    course = course_with(PS2)
    right = answers.styles(PS2)["loops"]
    course.submit("ann", PS2, filled(released(PS2), {**right, **WRONG}))
    course.submit("cut", PS2, b"{")
    assert grade_class(course.folder, PS2, jobs=1) is None
    return course


def test_every_case_is_shown_with_what_was_tried(course, capsys):
    before = {path: path.read_bytes() for path in course.folder.rglob("*.json")}
    explain(course.folder, "ann", "expected_initial_loss")
    told = capsys.readouterr().out
    verdict = course.verdict("ann", PS2)
    assert verdict.exercises["test_expected_initial_loss"].message in told
    assert f"Case set {verdict.case_set} of this submission" in told
    shown, of = zip(*re.findall(r"^case (\d+) of (\d+) \((?:public|hidden), ", told, re.M))
    assert [int(each) for each in shown] == list(range(1, int(of[0]) + 1))
    assert "(hidden, " in told
    rows = re.findall(
        r"input +(\d+)\n +expected +([\d.]+)\n +got +([\d.]+)\n +result +failed", told
    )
    assert len(rows) >= 3
    for n, expected, got in rows:
        assert float(got) / float(expected) == pytest.approx(1.442695, rel=1e-4), n
    assert re.search(r"mistakes +\w+ explains it; also tried: \w+", told)
    assert {path: path.read_bytes() for path in course.folder.rglob("*.json")} == before


@pytest.mark.slow
def test_a_program_gets_the_same(course, capsys):
    explain(course.folder, "ann", "expected_initial_loss", as_json=True)
    told = json.loads(capsys.readouterr().out)
    explain(course.folder, "ann", "expected_initial_loss")
    shown = capsys.readouterr().out
    assert (told["student"], told["state"], told["up_to_date"]) == ("ann", "failed", True)
    for case in told["cases"]:
        for name, text in case["rows"]:
            assert f"    {name:9} {text}\n" in shown
    assert shown.count("\ncase ") == len(told["cases"]) and shown.endswith(told["outcome"] + "\n")


def test_an_error_is_shown_without_signs_that_steer_a_terminal(course, capsys):
    explain(course.folder, "ann", "test_softmax")
    told = capsys.readouterr().out
    assert "ValueError: [31mred in the line `raise ValueError" in told and "\x1b" not in told


@pytest.mark.parametrize(
    "words, said",
    [
        (("bob", "softmax"), "There is no verdict on 'bob'. Graded students: ann, cut."),
        (("../ann", "softmax"), "There is no verdict on '../ann'."),
        (("ann", "soft"), "No exercise 'soft' of ann was graded. There are: softmax, cross_"),
        (("ann", "softmax", "ps9"), "Nothing of ps9 was graded here."),
        (("cut", "softmax"), "cut, not gradable: "),
    ],
)
def test_what_is_missing_is_said(course, words, said):
    with pytest.raises(SystemExit, match=f"^{re.escape(said)}"):
        explain(course.folder, *words)
