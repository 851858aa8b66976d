"""The confusion matrix of the declared mistakes, written in other words: no name is false.

`test_exercises` judges them as they are declared.
"""

from collections import Counter

import pytest

from autograder import registry
from autograder.authoring.answers import text_of
from autograder.authoring.mutants.rewriting import rewritten

from .judged import finding
from .test_exercises import EXERCISES


@pytest.mark.nightly
@pytest.mark.uncounted
@pytest.mark.parametrize("assignment, name", EXERCISES)
def test_a_mistake_is_named_in_other_words_too(assignment, name):
    named = Counter()
    for mistake in registry.exercises(assignment)[name].mistakes:
        for variant in mistake.variants:
            text = text_of(registry.exercises(assignment)[name], mistake.compute, variant)
            found = finding(assignment, name, rewritten(text))
            assert mistake.phrase in found.message, mistake.id
            named[mistake.id, found.mistake if mistake.message else mistake.id] += 1
    assert {pair for pair in named if pair[0] != pair[1]} == set()
