"""The reference on names whose numbers are known, and there and back again."""

from hypothesis import given
from hypothesis import strategies as st

from .build_vocabulary import build_vocabulary


def test_known_numbers():
    char_to_ix, ix_to_char = build_vocabulary(["ba", "c"])
    assert char_to_ix == {"\n": 0, "a": 1, "b": 2, "c": 3}
    assert ix_to_char == {0: "\n", 1: "a", 2: "b", 3: "c"}


@given(st.lists(st.text("abcXYZ -2", max_size=9), min_size=1, max_size=9))
def test_the_dicts_undo_each_other_and_letters_keep_their_order(names):
    char_to_ix, ix_to_char = build_vocabulary(names)
    assert {ix_to_char[i]: i for i in ix_to_char} == char_to_ix
    assert set(char_to_ix) == {"\n", *"".join(names)}
    assert [ix_to_char[i] for i in range(len(ix_to_char))] == sorted(char_to_ix)
