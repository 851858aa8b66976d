"""The checks notice small changes to right answers, or the change is listed with its reason.

One mutant in twenty, always the same ones; `course.py mutants --all` tries them all.
"""

import pytest

from autograder import registry
from autograder.authoring.mutants.equivalents import listed, new_survivors, place
from autograder.authoring.mutants.judging import bases, fates

ONE_IN = 20
# What takes longest to judge is left to `course.py mutants`.
LONG = ("plot_cost", "sample", "sample_index", "train")


@pytest.mark.thorough
@pytest.mark.uncounted
@pytest.mark.parametrize("assignment", registry.assignments())
def test_no_mutant_survives_that_is_not_listed(assignment):
    tried = [each for each in bases(assignment) if each.exercise not in LONG]
    found = [fate for base in tried for fate in fates(base, ONE_IN)]
    assert len(found) > len(tried) / 2
    survivors = new_survivors(found, listed(place()))
    assert [(each.base, each.mutant.change) for each in survivors] == []
