"""The author's examples are run when a student's code uses them, and only then."""

import nbformat

from autograder.submission.examples import unused

ANSWER = {"nbgrader": {"solution": True, "grade_id": "f"}}


def notebook(*cells):
    """Return a notebook of code cells: (source, metadata)."""
    made = nbformat.v4.new_notebook()
    made.cells = [
        nbformat.v4.new_code_cell(source, metadata=metadata) for source, metadata in cells
    ]
    return made


def test_an_example_that_nobody_uses_is_passed_over():
    made = notebook(("def f(x):\n    return x", ANSWER), ("sample = [1, 2]\nprint(sample)", {}))
    assert unused(made) == {1}


def test_an_example_that_a_student_uses_is_run():
    made = notebook(("sample = [1, 2]", {}), ("def f(x):\n    return sample", ANSWER))
    assert unused(made) == set()
    made = notebook(("sample = [1, 2]", {}), ("print(len(sample))", {"role": "helper"}))
    assert unused(made) == set()


def test_imports_definitions_and_magics_are_always_run():
    made = notebook(
        ("import numpy as np", {}),
        ("def show(x):\n    print(x)", {}),
        ("%matplotlib inline\nsample = 1", {}),
        ("print('hello')", {}),
    )
    assert unused(made) == set()
