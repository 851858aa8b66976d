"""The reference on a name whose numbers are known, and read back."""

from hypothesis import given
from hypothesis import strategies as st

from .build_vocabulary import build_vocabulary
from .encode import encode


def test_known_numbers():
    assert encode("ba", {"\n": 0, "a": 1, "b": 2}) == ([None, 2, 1], [2, 1, 0])


@given(st.text("abcde", min_size=1, max_size=12))
def test_the_answers_read_back_are_the_name_and_its_newline(name):
    char_to_ix, ix_to_char = build_vocabulary([name])
    X, Y = encode(name, char_to_ix)
    assert "".join(ix_to_char[i] for i in Y) == name + "\n"
    assert [None, *Y[:-1]] == X
