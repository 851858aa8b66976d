"""The text of a declared answer holds what it needs, and nothing of the author's tools."""

import ast

import pytest

from autograder import registry
from autograder.authoring.answers import text_of

EXERCISES = [
    exercise
    for assignment in registry.assignments()
    for exercise in registry.exercises(assignment).values()
]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_no_answer_holds_the_authors_tools(exercise):
    for answer in [*exercise.right_answers, *(each.compute for each in exercise.mistakes)]:
        text = text_of(exercise, answer)
        assert "autograder" not in text and "exercise" not in text, answer.__name__


@pytest.mark.long
def test_a_helper_of_one_name_is_one_helper():
    """In a notebook the cells share their names: a helper must not replace another one."""
    for assignment in registry.assignments():
        found = {}
        for exercise in registry.exercises(assignment).values():
            for mistake in exercise.mistakes:
                for node in ast.parse(text_of(exercise, mistake.compute)).body[:-1]:
                    if isinstance(node, ast.FunctionDef):
                        found.setdefault(node.name, set()).add(ast.unparse(node))
        assert {name for name, texts in found.items() if len(texts) > 1} == set(), assignment
