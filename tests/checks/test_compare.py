"""What the comparison says of results that are nearly right, or of another kind."""

import numpy as np
import pytest

from autograder.checks.calls import Call, Reply
from autograder.checks.compare import an, difference, distinct
from autograder.checks.rules import Value

NUMBERS = np.array([[0.5, -1.25], [3.0, 4.0]])


def words(expected, got):
    gap = difference(expected, got)
    return gap and f"expected {gap.expected}, got {gap.got}. {gap.hint}".strip()


def test_a_numpy_string_is_a_string():
    letters = np.unique(list("abc"))
    numbered = {0: "a", 1: "b", 2: "c"}
    assert difference(numbered, dict(enumerate(letters))) is None
    assert difference({"a": 0, "b": 1, "c": 2}, {c: i for i, c in enumerate(letters)}) is None
    assert words("a", np.str_("b")) == "expected 'a', got 'b'."
    assert words(1, np.str_("b")) == "expected the int 1, got 'b'."


@pytest.mark.parametrize("expected", [NUMBERS, np.arange(4).reshape(2, 2), {"W": NUMBERS}])
def test_truth_values_are_no_numbers(expected):
    truths = np.ones((2, 2), bool)
    got = {"W": truths} if isinstance(expected, dict) else truths
    assert words(expected, got) == "expected numbers, got booleans (True and False)."


@pytest.mark.parametrize("got", [True, np.True_, np.array(True)])
@pytest.mark.parametrize("expected", [1.0, np.array(1.0), 1])
def test_a_truth_value_is_no_number(expected, got):
    assert words(expected, got) is not None


def test_truth_values_compare_where_they_are_expected():
    truths = np.array([True, False])
    assert difference(truths, truths) is None
    assert difference(truths, np.array([1, 0])) is None
    assert words(truths, ~truths) == "expected True, got False."
    assert words(truths, np.array([0.5, 0.0])).startswith("expected 1, got 0.5.")


def test_no_kind_of_array_stops_the_comparison():
    kinds = [np.array([value]) for value in (True, 1, np.uint8(1), 1.5, 1j, "a")]
    kinds += [each.reshape(()) for each in kinds] + [np.empty((0,)), np.empty((0,), bool)]
    for expected in kinds:
        for got in kinds:
            difference(expected, got)
            rule = Value(expected, shift_free=True)
            rule.mismatch(Call(()), [Reply(got)])
        assert difference(expected, expected) is None


def test_unsigned_numbers_do_not_wrap_around():
    few = np.array([2, 250], np.uint8)
    assert words(few, np.array([1, 252], np.uint8)) == "expected 250, got 252."


def test_a_shift_does_not_make_truth_values_numbers():
    rule = Value(np.array([0.5, -0.5]), shift_free=True)
    assert rule.gap(np.array([1.5, 0.5])) is None
    assert rule.gap(np.array([True, False])) is not None


def test_numbers_that_are_nearly_right_have_no_factor():
    assert words(NUMBERS, NUMBERS * (1 + 1e-6)) == "expected 4, got 4.000004."
    assert words(NUMBERS, NUMBERS * 1.01).endswith("1.01 times the right one.")
    assert words(NUMBERS, -NUMBERS).endswith("wrong sign.")


def test_single_precision_is_named_before_a_factor():
    said = "The numbers are float32; work in float64."
    assert words(NUMBERS / 3, (NUMBERS / 3).astype("f4")).endswith(said)
    eighth = np.full((2, 2), 0.1)  # each is off by the same factor
    assert words(eighth, eighth.astype("f4")).endswith(said)
    assert words(NUMBERS, -NUMBERS.astype("f4")).endswith("wrong sign.")
    assert words(0.1, np.float32(0.1)).endswith("The number is float32; work in float64.")


def test_zero_has_no_sign():
    assert distinct(-0.0, 1.5) == ("0", "1.5")
    assert words(np.array([-0.0, 1.0]), np.array([-1e-3, 1.0])) == "expected 0, got -0.001."


def test_keys_that_are_not_listed_are_counted():
    said = words({str(i): 0 for i in range(15)}, {"0": 0})
    assert "'11' and 3 more, got the keys '0'" in said


def test_a_tuple_is_called_a_tuple():
    assert words([1, 2, 3], (1, 2)) == "expected a list of 3, got a tuple of 2."
    assert words(np.zeros(3), (1, 2, 3)) == "expected an array of shape (3,), got a tuple of 3."
    assert words(np.arange(3), (0, 1, 2)).endswith(
        "That is a tuple with the right numbers; expected an array."
    )
    assert words(np.arange(3), [0, 1, 2]).endswith(
        "That is a list with the right numbers; expected an array."
    )


@pytest.mark.parametrize("got", [[[1], [1, 2]], ["a"], [None], [{}], [2**70], [np.zeros(2), "a"]])
def test_a_list_of_anything_is_only_a_list(got):
    assert words(np.zeros(3), got) == f"expected an array of shape (3,), got a list of {len(got)}."


def test_a_missing_return_is_suspected_of_a_whole_result_only():
    assert "`return` line" in words([1, 2], None)
    assert words([1, 2], [1, None]) == "expected a single number, got nothing (None)."


def test_what_is_no_array_inside_is_named_by_its_kind():
    assert words(1.0, np.array(1j)) == "expected a single number, got a complex number."
    assert words(1.0, np.array("x")) == "expected a single number, got a str."
    assert words(3, np.array(True)) == "expected the int 3, got a boolean (True)."


def test_articles():
    assert [
        an(name)
        for name in (
            "AssertionError",
            "ValueError",
            "int",
            "UnboundLocalError",
            "UnicodeError",
            "an error",
        )
    ] == [
        "an AssertionError",
        "a ValueError",
        "an int",
        "an UnboundLocalError",
        "a UnicodeError",
        "an error",
    ]


def test_each_entry_may_count_by_its_own_size():
    expected, got = np.array([1.0, 1e-30, np.inf]), np.array([1.0, 1e-15, np.inf])
    assert difference(expected, got) is None
    gap = difference({"p": [expected]}, {"p": [got]}, rtol=1e-9, atol=0, each=True)
    assert gap and gap.where == "['p'][0][1]"
    assert difference(expected, np.array([1.0, 1e-30, 5.0]), atol=0, each=True)
    assert Value(expected, 1e-9, 0.0, each=True).gap(expected * (1 + 1e-12)) is None


def test_keys_are_listed_in_the_order_of_their_numbers():
    layers = {f"W{layer}": 0.0 for layer in (10, 2, 1)}
    assert difference(layers, {}).expected == "the keys 'W1', 'W2', 'W10'"
    assert difference(layers, {}).got == "a dict without keys"


def test_nothing_is_said_of_every_number_where_there_is_one():
    assert difference(1.5, 0.0).hint == ""
    assert difference(1.5, -1.5).hint == "The sign is wrong."
