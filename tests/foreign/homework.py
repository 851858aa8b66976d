"""An nbgrader course without any declaration: every test stands in its notebook."""

import copy
import json
from pathlib import Path

import nbformat

ASSIGNMENT = "homework"
CONFIG = """\
from autograder.gradebook.install import install, propose
c = get_config()
propose(c, {root!r}, course_id="foreign")
install(c, {root!r})
"""
HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
SOLUTION = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
# By exercise: the right answer, the test, its points.
EXERCISES = {
    "visible": ("def double(x):\n    return 2 * x", "assert double(2) == 4", 1),
    "hidden": (
        "def triple(x):\n    return 3 * x",
        "assert triple(1) == 3\n" + HIDDEN.format("assert triple(7) == 21, 'triple(7) is 21'"),
        2,
    ),
    "all_hidden": (
        "def square(x):\n    return x * x",
        HIDDEN.format("assert square(11) == 121"),
        2,
    ),
    "partial": (
        "def parse(text):\n    return [int(each) for each in text.split(',')]",
        "score = 1.0 * (parse('1,2') == [1, 2])\nscore += 2.0 * (parse(' 3 ,4') == [3, 4])\nscore",
        3,
    ),
    "partial_hidden": (
        "def shout(text):\n    return text.upper() + '!'",
        "points = 1 * shout('a').isupper()\n"
        + HIDDEN.format("points += 1 * shout('b').endswith('!')")
        + "\npoints",
        2,
    ),
    "variable": ("answer = 42", "assert answer == 42", 1),
    "class": (
        "class Stack:\n    def __init__(self):\n        self.items = []\n"
        "    def push(self, x):\n        self.items.append(x)\n"
        "    def __len__(self):\n        return len(self.items)",
        "stack = Stack()\nstack.push(3)\nassert len(stack) == 1 and isinstance(stack, Stack)",
        2,
    ),
    "array": (
        "import numpy as np\n\ndef center(x):\n    return x - x.mean()",
        "np.testing.assert_allclose(center(np.arange(3.0)), [-1, 0, 1])",
        1,
    ),
    "raises": (
        "def root(x):\n    if x < 0:\n        raise ValueError('negative')\n    return x ** 0.5",
        "try:\n    root(-1)\nexcept ValueError:\n    pass\n"
        "else:\n    raise AssertionError('no error')",
        1,
    ),
    "helper_module": (
        "from tools.geometry import area\n\ndef volume(a, b, c):\n    return area(a, b) * c",
        "assert volume(1, 2, 3) == 6",
        1,
    ),
    "data_file": (
        "def total():\n    with open('data/numbers.txt') as file:\n"
        "        return sum(map(int, file))",
        "assert total() == 60",
        1,
    ),
    "prints": ("def greet():\n    print('hello')", "greet()\nassert True", 1),
    "warns": (
        "import warnings\n\ndef careful():\n    warnings.warn('careful')\n    return 1",
        "assert careful() == 1",
        1,
    ),
    "asynchronous": (
        "async def later():\n    return 5",
        "assert (await later()) == 5",
        1,
    ),
    "magic": ("def quick():\n    return 1", "%time result = quick()\nassert result == 1", 1),
    "state": (
        "counter = []\n\ndef count():\n    counter.append(1)\n    return len(counter)",
        "assert count() == 1\nassert count() == 2",
        1,
    ),
}
WRONG = {
    "visible": "def double(x):\n    return x",
    "hidden": "def triple(x):\n    return 3",
    "all_hidden": "def square(x):\n    return 2 * x",
    "partial": "def parse(text):\n    return [1, 2]",
    "partial_hidden": "def shout(text):\n    return text.upper()",
    "variable": "answer = 41",
    "class": "class Stack:\n    pass",
    "array": "def center(x):\n    return x",
    "raises": "def root(x):\n    return abs(x) ** 0.5",
    "helper_module": "from tools.gone import area",
    "data_file": "def total():\n    return open('data/gone.txt')",
    "prints": "def greet():\n    raise KeyError('hello')",
    "warns": "def careful():\n    return",
    "asynchronous": "def later():\n    return 5",
    "magic": "def quick():\n    return 2",
    "state": "def count():\n    return 1",
}
FILES = {
    "tools/__init__.py": "",
    "tools/geometry.py": "def area(a, b):\n    return a * b\n",
    "data/numbers.txt": "10\n20\n30\n",
}


def notebook():
    """Return the instructor's notebook."""
    cells = [nbformat.v4.new_markdown_cell("# Homework", id="title")]
    for name, (answer, test, points) in EXERCISES.items():
        cells.append(_cell(SOLUTION.format(answer), name))
        cells.append(_cell(test, f"test_{name}", points))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _cell(source, grade_id, points=None):
    made = nbformat.v4.new_code_cell(source, id=grade_id.replace("_", "-"))
    made.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "locked": points is not None,
        "grade": points is not None,
        "solution": points is None,
        "task": False,
    }
    if points is not None:
        made.metadata["nbgrader"]["points"] = points
    return made


def write_course(folder, config):
    """Write the course directory with its one assignment."""
    folder = Path(folder)
    source = folder / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    nbformat.write(notebook(), source / f"{ASSIGNMENT}.ipynb")
    for name, content in FILES.items():
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text(content, encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(config.format(root=str(folder)), encoding="utf-8")
    (folder / "exchange").mkdir()


def students():
    """Return what the class hands in: by student, the answers by exercise."""
    right = {name: answer for name, (answer, *_) in EXERCISES.items()}
    made = {"right": right, "blank": {}, "wrong": WRONG}
    for number in range(4):  # each wrong answer among right ones, several to a student
        some = dict(list(WRONG.items())[number::4])
        made[f"wrong_{number}"] = {**right, **some}
    made["broken"] = {**right, "visible": "def double(x:\n    return 2 * x"}
    return made


def submit(folder, released, names=None):
    """Hand in the whole class, or some of it."""
    for student, answers in students().items():
        if names and student not in names:
            continue
        handed = copy.deepcopy(released)
        for cell in handed["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
        place = Path(folder) / "submitted" / student / ASSIGNMENT
        place.mkdir(parents=True)
        (place / f"{ASSIGNMENT}.ipynb").write_text(json.dumps(handed), encoding="utf-8")
        for name, content in FILES.items():  # as they were fetched
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(content, encoding="utf-8")
