"""nbgrader works with the course's whole configuration or not at all."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.gradebook import guard
from course import ROOT
from course.directory import course_directory
from tests.gradebook.conftest import RIGHT, notebook
from tests.threats.test_killed import TINY

pytestmark = pytest.mark.system

CONFIG = ROOT / guard.COURSE_FILE


def broken(text):
    """Return the configuration with an error in the middle, and the line of it."""
    lines = text.splitlines(keepends=True)
    line = next(i for i, each in enumerate(lines) if each.startswith("propose("))
    return "".join([*lines[:line], "1 / 0\n", *lines[line:]]), line + 1


def conflicted(text):
    """Return the configuration as `git pull` leaves it after an edit, and the first bad line."""
    lines = text.splitlines(keepends=True)
    conflict = ["<<<<<<< HEAD\n", "mine = 1\n", "=======\n", "theirs = 1\n", ">>>>>>> main\n"]
    return "".join([*lines[:5], *conflict, *lines[5:]]), 6


DAMAGES = {
    "an error": (broken, "ZeroDivisionError: division by zero"),
    "a merge conflict": (conflicted, "a merge conflict is not resolved"),
}


@pytest.fixture(scope="session", autouse=True)
def environment():
    """Have the guard in the environment, as every verb of course.py does."""
    assert sys.prefix != sys.base_prefix, "the tests run in the course's environment"
    guard.put_in_place()


@pytest.fixture
def folder(tmp_path):
    """Return a course directory with this repository's own configuration file."""
    made = tmp_path / "course"
    (made / "source" / TINY).mkdir(parents=True)
    shutil.copy(CONFIG, made)
    return made


def damage(folder, kind):
    """Damage a course's configuration; return the place and the cause that a command names."""
    change, cause = DAMAGES[kind]
    path = folder / guard.COURSE_FILE
    text, line = change(path.read_text())
    path.write_text(text)
    return f"{path}, line {line} cannot be loaded ({cause})"


def run(*arguments, cwd, **environment):
    """Run a Python of the course's environment as somebody at a terminal would."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        text=True,
        capture_output=True,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **environment},
    )


def assert_refused(done, *words):
    """Check that a command said one sentence and did nothing."""
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if not line.startswith("[")]
    assert len(said) == 1, done.stderr
    assert said[0].startswith("Nothing was done. ")
    for word in words:
        assert word in said[0]


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_command_stops_at_a_damaged_configuration(forking, folder, kind):
    told = damage(folder, kind)
    before = sorted(folder.rglob("*"))
    names = set()
    for name, done in forking.every_command(cwd=folder):
        names.add(name)
        assert done.returncode == 1, (name, done)
        assert done.stderr.splitlines()[-1].startswith(f"Nothing was done. {told}"), name
        assert "Traceback" not in done.stderr, name
    assert {"autograde ps0", "db student list", "validate ps0", "list ps0", ""} <= names
    assert sorted(folder.rglob("*")) == before


def test_every_command_stops_where_the_configuration_is_missing(forking, folder):
    (folder / guard.COURSE_FILE).unlink()
    before = sorted(folder.rglob("*"))
    for name, done in forking.every_command(cwd=folder):
        missing = f"{folder / guard.COURSE_FILE} does not exist"
        assert_refused(done, missing, "git checkout HEAD nbgrader_config.py")
        assert "Traceback" not in done.stderr, name
    assert sorted(folder.rglob("*")) == before


def test_the_remedy_that_is_named_helps(forking, folder):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    for step in (["init", "-q"], ["add", "."], ["commit", "-qm", "A course"]):
        subprocess.run([*git, *step], cwd=folder, check=True)
    damage(folder, "a merge conflict")
    done = forking.nbgrader("db", "student", "list", cwd=folder)
    remedy = re.search(r"`(git .*?)`", done.stderr).group(1)
    subprocess.run(remedy.split(), cwd=folder, check=True)
    assert forking.nbgrader("db", "student", "list", cwd=folder).returncode == 0


def test_a_missing_package_is_told_with_its_remedy(folder, tmp_path):
    (tmp_path / "latex2mathml").mkdir()
    (tmp_path / "latex2mathml" / "__init__.py").write_text("raise ImportError('no latex2mathml')")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = run("-m", "nbgrader", "db", "student", "list", cwd=folder, PYTHONPATH=path)
    assert_refused(done, "ImportError: no latex2mathml", "`python3 course.py build` installs")


@pytest.mark.parametrize("where", ["inside", "elsewhere", "by name", "--config"])
def test_no_way_to_start_leads_around_it(forking, folder, tmp_path, where):
    told = damage(folder, "an error")
    other = tmp_path / "other"
    other.mkdir()
    (other / "own.py").write_text("c = get_config()\n")
    place, options = {
        "inside": (folder / "source", []),
        "elsewhere": (other, []),
        "by name": (other, ["--course-dir", folder]),
        "--config": (folder, ["--config", other / "own.py"]),
    }[where]
    done = forking.nbgrader("autograde", TINY, *options, cwd=place)
    expected = "does not exist: start in the course directory" if not options else told
    assert_refused(done, expected)


def test_a_submission_is_not_run_with_own_rights(fresh, tmp_path):
    mark, path = tmp_path / "mark", fresh.folder / guard.COURSE_FILE
    handed = fresh.folder / "submitted" / "ann" / TINY / "tiny.ipynb"
    handed.write_text(notebook(f"{RIGHT}\nopen({str(mark)!r}, 'w').close()"))
    path.write_text("1 /\n")
    command = ("-m", "nbgrader", "autograde", TINY, "--student=ann")
    assert_refused(run(*command, cwd=fresh.folder), f"{path}, line 1")
    assert not mark.exists()
    # Without the guard, and only so, it is: this test would see it.
    run(*command, cwd=fresh.folder, JUPYTER_NO_CONFIG="1")
    assert mark.exists()


def test_course_py_grade_stops_too(folder):
    told = damage(folder, "an error")
    done = run("-m", "course", "grade", TINY, "--course", folder, cwd=folder)
    assert_refused(done, told)


def test_a_whole_configuration_holds_from_everywhere(forking, folder, tmp_path):
    for place, options in ((folder, []), (tmp_path, ["--course-dir", folder])):
        done = forking.nbgrader("db", "assignment", "list", *options, cwd=place)
        assert done.returncode == 0, done.stderr
    assert forking.nbgrader("--version", cwd=tmp_path).returncode == 0


def test_a_student_needs_no_course_to_validate_and_hand_in(forking, tmp_path):
    done = forking.nbgrader("list", f"--Exchange.root={tmp_path}", "--course=x", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_guard_depends_on_nothing_that_may_be_damaged_itself():
    for place in (guard.SOURCE, Path(guard.__file__)):
        imports = re.findall(r"^ *(?:from|import) (.*)", place.read_text(), re.M)
        assert imports and not [each for each in imports if each.startswith((".", "autograder"))]


@pytest.mark.parametrize(
    ("damage", "told"), [("raise ValueError('cut')", "ValueError: cut"), ("", "guard.py")]
)
def test_without_the_guard_itself_nothing_is_done(tmp_path, damage, told):
    engine = tmp_path / "autograder"
    (engine / "gradebook").mkdir(parents=True)
    (engine / "__init__.py").touch()
    if damage:
        (engine / "gradebook" / "guard.py").write_text(damage)
    done = run("-m", "nbgrader", "db", "student", "list", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert_refused(done, "guard of the course's grader", told)


def test_an_older_guard_is_renewed(tmp_path):
    copy = tmp_path / guard.PLACE
    copy.parent.mkdir(parents=True)
    copy.write_text("# last term's\n")
    guard.put_in_place(tmp_path)
    assert copy.read_bytes() == guard.SOURCE.read_bytes()
    copy.parent.joinpath("jupyter_config.partial").mkdir()  # in the way: left for later
    copy.write_text("# last term's\n")
    guard.put_in_place(tmp_path)
    assert copy.read_text() == "# last term's\n"


OWN = """\
c = get_config()
c.CourseDirectory.course_id = "spring"
c.CourseDirectory.db_url = "sqlite:///{folder}/spring.db"
c.Exchange.root = "{folder}/shared"
c.HTMLExporter.sanitize_html = False
c.GenerateAssignment.preprocessors = []
c.CoursePack.loaded = False
import nbgrader.apps.autogradeapp, nbgrader.converters
nbgrader.apps.autogradeapp.Autograde = nbgrader.converters.Autograde
"""
SHOW = """\
import json
from nbgrader.apps import autogradeapp
app = autogradeapp.AutogradeApp()
app.initialize([])
print(json.dumps([
    app.coursedir.course_id, app.config.Exchange.root, app.config.HTMLExporter.sanitize_html,
    autogradeapp.Autograde.__name__, *app.config.GenerateAssignment.preprocessors,
], default=lambda step: step.__name__))
"""


def test_own_settings_are_read_and_the_judge_stays(forking, folder):
    (folder / "instructor_config.py").write_text(OWN.format(folder=folder))
    done = run("-c", SHOW, cwd=folder)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown[:4] == ["spring", f"{folder}/shared", True, "CourseAutograde"]
    assert shown[4:] == ["ChecksInPlace", "AuthorsCheck"]
    assert forking.nbgrader("db", "student", "list", cwd=folder).returncode == 0
    assert (folder / "spring.db").exists()


def test_the_steps_of_a_release_are_there_once_with_the_instructor_s(folder):
    own = 'c = get_config()\nc.GenerateAssignment.preprocessors.insert(0, "own.Step")\n'
    (folder / "instructor_config.py").write_text(own)
    steps = json.loads(run("-c", SHOW, cwd=folder).stdout)[4:]
    assert [steps.count(each) for each in ("own.Step", "AuthorsCheck", "ChecksInPlace")] == [
        1,
        1,
        1,
    ]
    assert steps.index("AuthorsCheck") == steps.index("SaveCells") - 1


LATE = """\
from nbgrader.plugins import BasePlugin
class TenPercentADay(BasePlugin):
    pass
"""
SHOW_LATE = """\
from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.preprocessors import AssignLatePenalties
from autograder.report import gradebook_of
app = AutogradeApp()
app.initialize([])
print(app.coursedir.course_id, AssignLatePenalties(parent=app).plugin_class.__name__)
print(gradebook_of("."))
"""


def test_the_example_of_own_settings_works(folder):
    text = (ROOT / "docs" / "instructors.md").read_text()
    (example,) = re.findall(r"## Own settings\n.*?```python\n(.*?)```", text, re.S)
    (folder / "instructor_config.py").write_text(example)
    (folder / "late.py").write_text(LATE)
    done = run("-c", SHOW_LATE, cwd=folder)
    assert done.returncode == 0, done.stderr
    shown = done.stdout.splitlines()
    assert shown == ["nn_spring_2027 TenPercentADay", "sqlite:////srv/grades/nn_spring_2027.db"]


def test_an_error_in_own_settings_stops_like_one_in_the_course_s(forking, folder):
    own = folder / "instructor_config.py"
    own.write_text("c = get_config()\nc.Exchange.root = exchange\n")
    done = forking.nbgrader("autograde", TINY, cwd=folder)
    assert_refused(done, f"{own}, line 2", "name 'exchange' is not defined", "fix it")


def test_own_settings_are_out_of_git_s_way():
    assert "/instructor_config.py" in (ROOT / ".gitignore").read_text().splitlines()


def test_a_course_directory_beside_the_repository_has_no_own_settings_of_its(tmp_path):
    """They may name the gradebook of the real course, which the demo must not touch."""
    course_directory(tmp_path)
    assert "instructor_config" not in (tmp_path / guard.COURSE_FILE).read_text()
    assert "load_subconfig" not in (tmp_path / guard.COURSE_FILE).read_text()
