"""A class that is judged in parts, as the examples for clusters do, and recorded afterwards."""

import json
import os
import subprocess
import sys

import pytest
import yaml
from typer.testing import CliRunner

from autograder.cli import app
from autograder.parts import Part, judge_part, record_verdicts
from course import ROOT
from tests.gradebook.conftest import RIGHT, WRONG, copied, make_fresh, notebook
from tests.threats.test_killed import TINY


@pytest.fixture
def course(once, tmp_path):
    """Return a course with a class of three, before grading."""
    return copied(once("tiny", make_fresh), tmp_path / "course")


def test_parts_hold_everybody_once():
    students = [f"s{number}" for number in range(10)]
    parts = [Part.parse(f"{number}/3").of(students) for number in (1, 2, 3)]
    assert sorted(sum(parts, [])) == students
    assert {len(part) for part in parts} == {3, 4}


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "one/2", "1/2/3", "-1/2"])
def test_what_is_no_part_is_refused_before_anything_starts(text):
    done = CliRunner().invoke(app, ["judge", TINY, "--part", text])
    assert done.exit_code == 2 and "is not a part such as 3/16" in done.output


def started(command, index):
    """Start a task of a cluster by hand."""
    variables = {"SLURM_ARRAY_TASK_ID": index + 1, "JOB_COMPLETION_INDEX": index}
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return subprocess.Popen(
        command,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PATH": path, **{k: str(v) for k, v in variables.items()}},
    )


@pytest.mark.slow
def test_an_array_and_an_indexed_job_judge_a_class_without_its_gradebook(course):
    job = yaml.safe_load((ROOT / "examples" / "kubernetes.yaml").read_text())["spec"]
    container = job["template"]["spec"]["containers"][0]
    script = (ROOT / "examples" / "slurm.sh").read_text()
    assert "#SBATCH --array=1-16\n" in script and "\nparts=16 " in script
    assert job["completions"] == 16 and job["completionMode"] == "Indexed"
    arguments = [TINY, "--course", str(course.folder)]
    book = course.folder / "gradebook.db"
    book.rename(course.folder / "elsewhere.db")
    tasks = [
        started(["bash", "examples/slurm.sh", *arguments], 0),
        started([*container["command"], *arguments, *container["args"][1:]], 1),
    ]
    said = [task.communicate(timeout=1200)[0] for task in tasks]
    assert [task.returncode for task in tasks] == [0, 0], said
    for number, text in enumerate(said, 1):
        end = f"Part {number} of 16: 1 judged, 0 were judged before, 0 failed."
        assert text.splitlines()[-1] == end
    assert not book.exists()
    (course.folder / "elsewhere.db").rename(book)
    assert "handed in: cut. Judge" in record_verdicts(course.folder, TINY)  # who is in part 3
    assert course.scores() == {"ann": 2, "ben": 0}


@pytest.mark.slow
def test_only_verdicts_on_what_is_handed_in_now_are_recorded(course, monkeypatch, capfd):
    assert judge_part(course.folder, TINY, jobs=1, student="[ab]*", as_json=True) is None
    begin, end = map(json.loads, capfd.readouterr().out.splitlines())
    assert begin["event"] == "begin" and end == {"event": "end", "part": 1, "parts": 1} | {
        "judged": 2,
        "were_judged": 0,
        "failed": 0,
    }
    monkeypatch.setattr("autograder.cluster.Abandonable.start", None)  # nothing is judged below
    bens = course.folder / "submitted" / "ben" / TINY / "tiny.ipynb"
    bens.write_text(notebook(RIGHT))
    said = record_verdicts(course.folder, TINY)
    assert said.startswith("2 not recorded") and "handed in: ben, cut. Judge them" in said
    assert course.scores() == {"ann": 2}
    bens.write_text(notebook(WRONG))
    assert record_verdicts(course.folder, TINY, student="ben") is None
    assert course.scores() == {"ann": 2, "ben": 0}
    assert record_verdicts(course.folder, TINY, without_sandbox=True).startswith("3 not recorded")
