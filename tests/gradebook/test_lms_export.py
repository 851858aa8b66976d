"""What four learning platforms import and export, written and read."""

import csv
import logging
from types import SimpleNamespace

import pytest
from traitlets.config import Config, LoggingConfigurable

from autograder.commands import search_path
from autograder.gradebook import export
from autograder.gradebook.class_list import ClassListError, Student, read
from autograder.gradebook.enrolling import enrol
from autograder.gradebook.lms_export import Blackboard, Brightspace, Canvas, Moodle
from autograder.gradebook.standing import Standing
from tests.conftest import gradebook_of

ADA = Student("ada", "Ada", "Lovelace", "ada@example.edu", "101")
ZOE = Student("zoé k", "Zoé", "Kovač", "zoe@example.edu", "102")


def row(student, assignment, score, standing=Standing.RECORDED, **changes):
    return {
        "student_id": student.id,
        "first_name": student.first_name,
        "last_name": student.last_name,
        "email": student.email,
        "lms_user_id": student.lms_user_id,
        "assignment": assignment,
        "score": score,
        "max_score": {"ps1": 24.0, "ps2": 23.0}[assignment],
        "standing": standing,
        **changes,
    }


ROWS = [
    row(ADA, "ps1", 23.5),
    row(ADA, "ps2", 0.0),
    row(ZOE, "ps1", None, Standing.UNRECORDED),
    row(ZOE, "ps2", 0.0, Standing.NOTHING),
    row(Student("stranger"), "ps1", 24.0),  # a folder of somebody who is not in the class
]


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return what writes a platform's file and gives its path."""
    monkeypatch.setattr(export, "everybody", lambda *_: ROWS)
    gradebook = SimpleNamespace(
        students=[ADA, ZOE], assignments=[SimpleNamespace(name="ps1"), SimpleNamespace(name="ps2")]
    )

    def write(platform, **traits):
        parent = LoggingConfigurable(config=Config(LmsExport=traits))
        parent.coursedir = SimpleNamespace(root=".", submitted_directory="submitted")
        path = tmp_path / f"{platform.__name__}.csv"
        exporter = platform(parent=parent)
        exporter.to = str(path)
        exporter.export(gradebook)
        return path

    return write


def lines(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_canvas_gets_the_points_possible_and_empty_fields(written, caplog):
    caplog.set_level(logging.WARNING)
    path = written(Canvas, columns={"ps1": "Set 1 (4711)"}, total=True)
    assert lines(path) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Set 1 (4711)", "ps2", "Total"],
        ["    Points Possible", "", "", "", "", "24", "23", "47"],
        ["Lovelace, Ada", "101", "", "ada", "", "23.5", "0", "23.5"],
        ["Kovač, Zoé", "102", "", "zoé k", "", "", "", ""],
    ]
    assert "unrecorded: zoé k (ps1)" in caplog.text
    assert "nothing handed in: zoé k (ps2)" in caplog.text


def test_moodle_gets_all_by_which_it_can_find_a_user(written):
    assert lines(written(Moodle))[:2] == [
        ["First name", "Last name", "ID number", "Email address", "Username"]
        + ["Assignment: ps1 (Real)", "Assignment: ps2 (Real)"],
        ["Ada", "Lovelace", "101", "ada@example.edu", "ada", "23.5", "0"],
    ]


def test_brightspace_gets_the_mark_at_the_end_of_each_line(written):
    assert lines(written(Brightspace, identify_by="email")) == [
        ["Username", "ps1 Points Grade <Numeric MaxPoints:24>"]
        + ["ps2 Points Grade <Numeric MaxPoints:23>", "End-of-Line Indicator"],
        ["ada@example.edu", "23.5", "0", "#"],
        ["zoe@example.edu", "", "", "#"],
    ]


def test_blackboard_gets_quotation_marks_around_everything(written):
    path = written(Blackboard)
    assert path.read_text(encoding="utf-8").splitlines()[1] == (
        '"Lovelace","Ada","ada","101","23.5","0"'
    )
    assert lines(path)[0][4] == "ps1 [Total Pts: 24 Score]"


def test_a_student_without_an_address_is_named(written, monkeypatch):
    monkeypatch.setattr(export, "everybody", lambda *_: [row(ADA, "ps1", 1.0, email=None)])
    with pytest.raises(ValueError, match="ada has no e-mail in the gradebook"):
        written(Moodle, identify_by="email")


@pytest.mark.parametrize("platform", [Canvas, Moodle, Blackboard], ids=lambda each: each.__name__)
def test_what_is_written_is_read_back(written, platform):
    back = read(written(platform))
    assert [(each.id, each.first_name, each.last_name, each.lms_user_id) for each in back] == [
        (each.id, each.first_name, each.last_name, each.lms_user_id) for each in (ADA, ZOE)
    ]


LISTS = {
    "canvas": "Student,ID,SIS User ID,SIS Login ID,Section,Set 1 (4711),Current Score\n"
    "    Points Possible,,,,,24,(read only)\n"
    '"Lovelace, Ada",101,S-9,ada,A,23.5,\n"Student, Test",9,,0f3a,A,,\n',
    "moodle participants": '"First name","Last name",Username,"ID number","Email address",Groups\n'
    'Ada,Lovelace,ada,101,ada@example.edu,"A, B"\n',
    "moodle worksheet": "Identifier,Full name,Username,ID number,Email address,Status,Grade\n"
    'Participant 77,Ada Lovelace,ada,101,ada@example.edu,"No submission",\n',
    "brightspace": "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
    "#101,#ada,Lovelace,Ada,ada@example.edu,#\n",
    "blackboard": '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\n'
    '"Lovelace"\t"Ada"\t"ada"\t"101"\t"2027-01-15 12:00:00"\n',
    "nbgrader": "id;first_name;last_name;email;lms_user_id\nada;Ada;Lovelace;ada@example.edu;101\n",
}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_class_lists_are_read(tmp_path, text, encoding):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding=encoding)
    (found,) = read(path)
    assert (found.id, found.first_name, found.last_name) == ("ada", "Ada", "Lovelace")
    assert found.lms_user_id == "101"


REFUSED = {
    "no titles": ("ada,lovelace\n", "list.csv has none of the columns SIS Login ID"),
    "no name": ("Username,Last name\n,Lovelace\n", 'list.csv, line 2: nothing in the column "User'),
    "a path": ("Username\n../ada\n", 'list.csv, line 2: "../ada" cannot be the name of a folder'),
    "two": ("Username,Email\nada,a@x.org\nada,b@x.org\n", "list.csv, line 3: ada stands there twi"),
    "nobody": ("Username\n", "names no student"),
    "excel": ("PK\x03\x04", "Save it as CSV"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_a_list_that_cannot_be_read_says_where(tmp_path, text, why):
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(ClassListError) as raised:
        read(path)
    assert why in str(raised.value)


@pytest.mark.system
def test_students_come_into_the_gradebook_and_stay(tmp_path, capsys, monkeypatch):
    directory = SimpleNamespace(db_url=f"sqlite:///{tmp_path}/gradebook.db", course_id="")
    monkeypatch.setattr(
        "autograder.gradebook.enrolling.configured", lambda _: SimpleNamespace(coursedir=directory)
    )
    monkeypatch.setenv("PATH", search_path())  # nbgrader calls alembic
    path = tmp_path / "list.csv"
    for text in ("id,email,first_name\nada,old@x.org,Ada\nben,b@x.org,Ben\n", LISTS["canvas"]):
        path.write_text(text)
        enrol(tmp_path, path, "")
    assert (
        "0 added, 1 brought up to date.\nIn the gradebook and not in list.csv: ben. They stay."
        in (capsys.readouterr().out)
    )
    with gradebook_of(tmp_path) as gradebook:
        ada = gradebook.find_student("ada")
        assert (ada.email, ada.lms_user_id, ada.last_name) == ("old@x.org", "101", "Lovelace")
    with pytest.raises(SystemExit, match="Nobody was added. list.csv has no column"):
        enrol(tmp_path, path, "Matrikelnummer")
