"""Writing submissions: a notebook with answers in it, whole or damaged."""

import copy
import json
from itertools import chain, count
from pathlib import Path

import nbformat

from autograder import registry
from autograder.submission.rebuild import nbgrader_metadata
from course.demo import answers

WORDS = (
    "Equal logits give each of the n classes the probability 1/n, and minus its logarithm "
    "is log n. A small last layer keeps the logits near zero."
)


def filled(released, sources, words=WORDS):
    """Return the released notebook with answers in it.

    Parameters
    ----------
    released : NotebookNode
    sources : dict of str
        By exercise; those that are missing stay as handed out. The code under ``helpers``
        becomes a cell of the student's own.
    words : str or None
        The written answers.
    """
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        if nbgrader_metadata(cell).get("solution"):
            if cell.cell_type == "markdown" and words:
                cell.source = words
            cell.source = sources.get(nbgrader_metadata(cell).grade_id, cell.source)
    first = next(
        i for i, cell in enumerate(notebook.cells) if nbgrader_metadata(cell).get("solution")
    )
    if sources.get("helpers"):
        notebook.cells.insert(first, nbformat.v4.new_code_cell(sources["helpers"], id="helpers"))
    return notebook


def submit(course, student, assignment, content, name=None):
    """Write a submission: a notebook, or bytes for one that is none.

    Parameters
    ----------
    course : Path
        The course directory.
    student, assignment : str
    content : NotebookNode or dict or bytes
    name : str, optional
        Of the file; by default that of the assignment's notebook.
    """

    folder = Path(course) / "submitted" / student / assignment
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{registry.load(assignment).notebook}.ipynb")
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(data)
    return path


def duplicate(notebook, grade_id):
    """Return the notebook with one cell twice, as copy and paste leaves it."""
    notebook = copy.deepcopy(notebook)
    index = next(
        i
        for i, cell in enumerate(notebook.cells)
        if nbgrader_metadata(cell).get("grade_id") == grade_id
    )
    twin = copy.deepcopy(notebook.cells[index])
    twin["id"] = "twin"
    notebook.cells.insert(index + 1, twin)
    return notebook


def without(notebook, grade_id):
    """Return the notebook without one cell."""
    notebook = copy.deepcopy(notebook)
    notebook.cells = [
        cell for cell in notebook.cells if nbgrader_metadata(cell).get("grade_id") != grade_id
    ]
    return notebook


def cast(assignment, released):
    """Return the class of the demo: who hands in what.

    Returns
    -------
    dict
        ``{student: (notebook or bytes, file name or None)}``: two for each style of right
        answers, one for each exercise, and those to whom something else happens.
    """
    right = list(answers.styles(assignment).values())
    made = {}
    names = chain(NAMES, (f"student_{number}" for number in count(1)))
    for style in right * 2:
        made[next(names)] = filled(released, style), None
    mistakes = answers.mistakes(assignment)
    exercises = list(right[0])
    for number, exercise in enumerate(exercises):
        mistake = next(key for key in mistakes if key[0] == exercise)
        sources = {**right[number % len(right)], exercise: mistakes[mistake]}
        made[next(names)] = filled(released, sources), None
    half = {name: right[0][name] for name in exercises[: len(exercises) // 2]}
    made[next(names)] = released, None
    made[next(names)] = filled(released, half, words=None), None
    made[next(names)] = b"My dog ate it.\n", None
    first, second, last = exercises[0], exercises[:2][-1], exercises[-1]
    made[next(names)] = duplicate(filled(released, right[1]), second), None
    made[next(names)] = without(filled(released, right[0]), f"test_{first}"), "final (2).ipynb"
    warned = {**right[0], first: "import warnings\nwarnings.warn('careful')\n" + right[0][first]}
    made[next(names)] = filled(released, warned), None
    wrong = mistakes[next(key for key in mistakes if key[0] == first)]
    cheat = {first: "np.allclose = lambda *a, **k: True\nnp.array_equal = np.allclose\n" + wrong}
    made[next(names)] = filled(released, {**right[0], **cheat}), None
    deadly = {last: right[0][last] + "\n\nimport os\nos._exit(0)"}
    made[next(names)] = filled(released, {**right[0], **deadly}), None
    return made


NAMES = """
    ada_a alan_t andrey_k barbara_l carla_g donald_k edsger_d emmy_n evelyn_b frances_a
    grace_h hedy_l ian_m john_b katherine_j lotfi_z margaret_h mary_c niklaus_w noam_s
    paul_w rozsa_p sofia_k srinivasa_r stefan_b tony_h ursula_f vera_r william_g yann_l
    yoshua_b zuse_k
""".split()
