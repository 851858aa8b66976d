"""A keyed hash of the answers chooses the hidden numbers."""

import nbformat
import pytest

from autograder.checks import wire
from autograder.judge.case_sets import N_SETS, CaseSets, answers_of
from autograder.submission.rebuild import HELPER
from tests.conftest import released

PS2 = "ps2_loss_at_init"


@pytest.fixture
def sets():
    """Return the case sets of an assignment."""
    return CaseSets(PS2, 1)


def answered(source, helper=""):
    """Return the answers of a notebook with one of them, and perhaps a cell of one's own."""
    notebook = nbformat.from_dict(released(PS2))
    cell = next(each for each in notebook.cells if "def softmax" in each.source)
    cell.source = source
    if helper:
        own = nbformat.v4.new_code_cell(helper, metadata={"role": HELPER})
        notebook.cells.append(own)
    return answers_of(notebook)


def numbers(cases):
    """Return the hidden numbers that an exercise is judged on."""
    return wire.dumps([case.call.args for case in cases.of("softmax") if not case.public])


def test_equal_answers_get_equal_numbers_whatever_the_line_ends(sets):
    here, there = (
        sets.of(answered("a = 1\nb = 2\n")),
        CaseSets(PS2, 1).of(answered("a = 1\r\nb = 2")),
    )
    assert numbers(here) == numbers(there)
    assert sets.of(answered("a = 1\nb = 2\n")) is here  # made once


def test_comments_and_layout_are_no_other_answer(sets):
    plain = sets.of(answered("a = 1\nb = 2"))
    assert all(sets.of(answered(f"a = 1\n\nb  =  2  # {n}")) is plain for n in range(9))


def test_other_answers_get_other_numbers_in_general_and_the_sets_are_few(sets):
    chosen = [sets.of(answered(f"a = {n}")).number for n in range(100)]
    assert set(chosen) == set(range(1, N_SETS + 1))
    assert len({numbers(each) for each in sets.made.values()}) == N_SETS
    own = [sets.of(answered("a = 1", f"b = {n}")).number for n in range(30)]
    assert len(set(own)) > 1  # a cell of one's own is a part of the answers


def test_the_secret_decides_on_choice_and_numbers(sets):
    other = CaseSets(PS2, 2)
    texts = [answered(f"a = {n}") for n in range(30)]
    assert [sets.of(each).number for each in texts] != [other.of(each).number for each in texts]
    assert {each.seed for each in sets.made.values()}.isdisjoint(
        each.seed for each in other.made.values()
    )


def test_a_second_judging_has_other_numbers_of_the_same_set(sets):
    first = sets.of(answered("a = 1"))
    assert first.other().number == first.number
    assert numbers(first.other()) != numbers(first)
