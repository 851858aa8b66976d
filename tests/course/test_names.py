"""The confusion matrix of the declared mistakes, written in other words: no name is false.

`test_exercises` judges them as they are declared.
"""

from collections import Counter

import pytest

from autograder import registry
from autograder.authoring.answers import text_of
from autograder.authoring.mutants.rewriting import rewritten

from .judged import finding
from .test_exercises import EXERCISES, LONG

# What takes longest is left to the night; its mistakes are judged as declared in every usual run.
SLOW = (*LONG, "backward", "initialize_scaled", "initialize_xavier", "initialize_he")
SHARE = [
    pytest.param(*each, id=each[1], marks=pytest.mark.nightly if each[1] in SLOW else ())
    for each in EXERCISES
]


@pytest.mark.thorough
@pytest.mark.no_cover
@pytest.mark.parametrize("assignment, name", SHARE)
def test_a_mistake_is_named_in_other_words_too(assignment, name):
    named = Counter()
    for mistake in registry.exercises(assignment)[name].mistakes:
        for variant in mistake.variants:
            text = text_of(registry.exercises(assignment)[name], mistake.compute, variant)
            found = finding(assignment, name, rewritten(text))
            assert mistake.phrase in found.message, mistake.id
            named[mistake.id, found.mistake if mistake.message else mistake.id] += 1
    assert {pair for pair in named if pair[0] != pair[1]} == set()
