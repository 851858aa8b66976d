"""A gradebook on a PostgreSQL server: all that works with a file, and what is told if it fails."""

import csv

import psycopg
import pytest
from nbgrader.api import Gradebook

from autograder.gradebook.database import address, in_words, shown
from autograder.gradebook.overview import submissions
from autograder.report import everybody_of, show
from tests.threats.test_killed import TINY

from .conftest import RIGHT, copied, notebook
from .server import NAME, PASSWORD, Server

pytestmark = pytest.mark.postgresql

INDEXES = "select indexname from pg_indexes where indexname like 'ix_%'"
FACTS = ("student_id", "score", "max_score", "by_hand", "states", "grades", "keys", "found")


@pytest.fixture(scope="module")
def server():
    """Return a running server."""
    made = Server()
    yield made
    made.close()


def on(course, url):
    """Have a course keep its gradebook elsewhere."""
    with (course.folder / "nbgrader_config.py").open("a") as config:
        config.write(f"c.CourseDirectory.db_url = {url!r}\n")
    return course


def facts(url, folder):
    """Return what a gradebook holds of each submission."""
    with Gradebook(url) as gradebook:
        rows = submissions(gradebook, folder)
        return [{name: row[name] for name in FACTS} for row in rows]


def test_a_class_goes_from_release_to_feedback_as_with_a_file(
    server, templates, tmp_path, forking, capfd
):
    reference = copied(templates[1], tmp_path / "reference")
    course = on(copied(templates[0], tmp_path / "course"), server.url())
    (course.folder / "gradebook.db").unlink()
    seed = "verdicts/tiny/seed.json"
    (course.folder / seed).parent.mkdir(parents=True)
    (course.folder / seed).write_text((reference.folder / seed).read_text())

    def nbgrader(*words):
        done = forking.nbgrader(*words, cwd=course.folder)
        assert done.returncode == 0, done.stderr

    nbgrader("generate_assignment", TINY, "--force", "--AuthorsCheck.enabled=False")
    assert course.grade() is None
    url = f"sqlite:///{reference.folder / 'gradebook.db'}"
    assert facts(server.url(), course.folder) == facts(url, reference.folder)
    capfd.readouterr()
    assert course.grade() is None
    assert "0 recorded, 3 were up to date" in capfd.readouterr().out
    show(course.folder, TINY)
    assert "ann" in (course.folder / f"class_{TINY}.html").read_text()
    nbgrader("export", "--to", "grades.csv")
    with (course.folder / "grades.csv").open() as file:
        assert {row["student_id"]: row["score"] for row in csv.DictReader(file)} == {
            "ann": "2.0",
            "ben": "0.0",
            "cut": "0.0",
        }
    nbgrader("generate_feedback", TINY, "--student", "ann")
    assert (course.folder / "feedback" / "ann" / TINY / "tiny.html").exists()
    assert not (course.folder / "gradebook.db").exists()
    told = capfd.readouterr()
    assert PASSWORD not in told.out + told.err


def test_a_role_that_may_write_but_not_change_tables_grades_too(
    server, templates, tmp_path, forking
):
    with psycopg.connect(server.url(), autocommit=True) as owner:
        owner.execute("create database narrow")
        owner.execute(f"create role writer login password '{PASSWORD}'")
    course = on(copied(templates[0], tmp_path / "course"), server.url("narrow"))
    release = ("generate_assignment", TINY, "--force", "--AuthorsCheck.enabled=False")
    assert forking.nbgrader(*release, cwd=course.folder).returncode == 0  # makes the tables
    with psycopg.connect(server.url("narrow"), autocommit=True) as owner:
        for (index,) in owner.execute(INDEXES).fetchall():
            owner.execute(f'drop index "{index}"')
        owner.execute(
            "grant select, insert, update, delete on all tables in schema public to writer"
        )
    on(course, server.url("narrow", name="writer"))
    assert course.grade() is None
    rows = facts(server.url("narrow"), course.folder)
    assert {row["student_id"]: row["score"] for row in rows} == {"ann": 2, "ben": 0, "cut": 0}
    with psycopg.connect(server.url("narrow")) as owner:
        assert owner.execute(INDEXES).fetchall() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password": "guessed"}, "refuses the name or the password; correct them"),
        ({"database": "nowhere"}, "does not exist on that server; create it"),
        ({}, "cannot be reached; see that its server runs"),
    ],
    ids=["password", "database", "down"],
)
def test_what_keeps_it_from_being_used_is_told_without_the_password(
    server, fresh, wrong, words, request
):
    (fresh.folder / "submitted" / "ann" / TINY / "tiny.ipynb").write_text(notebook(RIGHT))
    on(fresh, server.url(**wrong))
    if not wrong:
        server.stop()
        request.addfinalizer(server.start)
    for use in (fresh.grade, lambda: everybody_of(fresh.folder, TINY)):
        with pytest.raises(SystemExit) as end:
            use()
        said = str(end.value)
        assert said.startswith(f"The gradebook postgresql://{NAME}:***@/")
        assert words in said and "Nothing that was graded is lost" in said
        for secret in (PASSWORD, "s3cret", "guessed", "damaged", "locked"):
            assert secret not in said


@pytest.mark.parametrize("command", [("db", "student", "list"), ("generate_feedback", TINY)])
def test_nbgraders_own_commands_tell_it_in_the_same_words(server, fresh, forking, command, request):
    on(fresh, server.url())
    server.stop()
    request.addfinalizer(server.start)
    done = forking.nbgrader(*command, cwd=fresh.folder)
    said = done.stderr
    assert done.returncode == 1
    assert f"The gradebook postgresql://{NAME}:***@/" in said and "cannot be reached" in said
    assert "Traceback" not in said and "s3cret" not in said


@pytest.mark.parametrize("url", ["postgres://u:s3cret@host/book", "u:s3cret@host", ""])
def test_what_is_no_address_is_told_without_it(url):
    with pytest.raises(SystemExit) as end:
        address(url)
    assert "is not the address of a database" in str(end.value) and "s3cret" not in str(end.value)


def test_a_missing_driver_is_told():
    url = "postgresql://u:s3cret@host/book?password=s3cret"
    words = r"u:\*\*\*@host/book needs the package psycopg.*--extra postgresql"
    with pytest.raises(SystemExit, match=words), in_words(url):
        raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")
    assert "s3cret" not in shown(url)
