"""A course of one unit with one exercise, declared for the engine."""

import json
from pathlib import Path

PACKAGE, UNIT, EXERCISE = "seminar", "unit", "middle"
CONFIG = """\
import sys
sys.path.insert(0, {root!r})
from autograder.gradebook.install import install, propose
from autograder.registry import register
register("seminar")
c = get_config()
propose(c, {root!r}, course_id="seminar")
install(c, {root!r})
"""
NOTEBOOK = '''\
# %% [markdown]
# # The middle

# %%
from checks import check

# %% solution="middle"
def middle(values):
    """Return the value in the middle of an odd number of values."""
    ### BEGIN SOLUTION
    return sorted(values)[len(values) // 2]
    ### END SOLUTION

# %% test="middle"
check("middle", middle)
'''
MODULE = '''\
"""The value in the middle."""

from autograder.model import Exercise, case

exercise = Exercise(points=4)


@exercise.reference
def middle(values):
    return sorted(values)[len(values) // 2]


@exercise.cases
def cases(rng):
    yield case([3.0, 1.0, 2.0], label="three values")
    yield case([float(each) for each in rng.permutation(5)], label="five values")


@exercise.mistake("That is the middle of the list as it came; expected that of the sorted one.")
def unsorted(values):
    return values[len(values) // 2]


@exercise.right
def by_removal(values):
    left = list(values)
    while len(left) > 1:
        left.remove(max(left))
        left.remove(min(left))
    return left[0]
'''
ANSWERS = {
    "right": "def middle(values):\n    return sorted(values)[len(values) // 2]",
    "unsorted": "def middle(values):\n    return values[len(values) // 2]",
}


def write_package(folder: Path) -> None:
    """Write the course's package."""
    (folder / UNIT).mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / UNIT / "__init__.py").write_text(f'NOTEBOOK = "{UNIT}"\n')
    (folder / UNIT / "notebook.py").write_text(NOTEBOOK)
    (folder / UNIT / f"{EXERCISE}.py").write_text(MODULE)


def write_course(folder: Path) -> None:
    """Write the course directory, in which nothing is built yet."""
    write_package(folder / PACKAGE)
    (folder / "nbgrader_config.py").write_text(CONFIG.format(root=str(folder)))


def submit(folder: Path) -> None:
    """Hand in each answer."""
    for student, answer in ANSWERS.items():
        handed = json.loads((folder / "release" / UNIT / f"{UNIT}.ipynb").read_text())
        for cell in handed["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == EXERCISE:
                cell["source"] = answer
        place = folder / "submitted" / student / UNIT
        place.mkdir(parents=True)
        (place / f"{UNIT}.ipynb").write_text(json.dumps(handed))
