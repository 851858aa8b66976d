"""Numbers for the characters that occur, and the way back."""

from collections import Counter

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

REMINDER = "The newline is 0; after it come the characters that occur, each once and sorted."
exercise = Exercise(points=2, expect=value(remind=REMINDER))


@exercise.reference
def build_vocabulary(names):
    """Number the characters: the newline is 0, then the characters that occur, sorted.

    Parameters
    ----------
    names : list of str

    Returns
    -------
    char_to_ix : dict of str to int
    ix_to_char : dict of int to str
    """
    characters = ["\n", *sorted(set("".join(names)) - {"\n"})]
    return ({c: i for i, c in enumerate(characters)}, dict(enumerate(characters)))


@exercise.cases
def cases(rng):
    yield case(["rex", "iguanodon", "velociraptor"], label="three names")
    letters = list("mnopqrstuvwz")
    rng.shuffle(letters)
    yield case(
        ["".join(letters[:5]), "".join(letters[3:9]), "".join(letters[5:7])],
        label="names whose letters come in no order",
    )
    yield case(["T-Rex 2", "Ur a", "ab"], label="names with capitals, a space and punctuation")
    yield case(["aba"], label="one name")
    signs = [chr(i) for i in range(32, 127)] + list("äßéÆ")
    rng.shuffle(signs)
    names = ["".join(signs[i : i + 9]) for i in range(0, len(signs), 9)]
    yield case([*names, "", names[0]], label="names with 99 different characters")
    yield case(["\\n", "na", " n "], label="names with a backslash and blanks")
    yield case(["b\ta", "\tb"], label="names with a tab")
    many = [*rng.choice(list("abcde"), 3000).tolist(), "fog"]
    yield case(many, label="3,001 names", only="hidden")


def numbered(characters):
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, dict(enumerate(characters))


@exercise.mistake("The newline comes last; it should be 0.")
def newline_last(names):
    return numbered(sorted(set("".join(names))) + ["\n"])


@exercise.mistake("The newline has no number; it should be 0, before all the others.")
def no_newline(names):
    return numbered(sorted(set("".join(names))))


@exercise.mistake(
    "The characters are numbered in the order in which they appear; they should be sorted."
)
def appearance(names):
    return numbered(["\n"] + list(dict.fromkeys("".join(names))))


@exercise.mistake(
    "The characters are numbered in the order in which they appear, the newline somewhere among "
    "them; it should be 0, and the others sorted.",
    id="appearance",
)
def appearance_in_the_file(names):
    characters = []
    for c in "\n".join(names) + "\n":
        if c not in characters:
            characters.append(c)
    return numbered(characters)


@exercise.mistake(
    "The newline was sorted in with the others; it is 0, also before a tab, whose code is smaller."
)
def newline_sorted(names):
    return numbered(sorted(set("".join(names) + "\n")))


@exercise.mistake("The characters are sorted backwards.", id="reversed")
def sorted_backwards(names):
    return numbered(["\n"] + sorted(set("".join(names)), reverse=True))


FREQUENCY = "The characters are numbered by how often they occur; they should be sorted."


@exercise.mistake(FREQUENCY)
def by_frequency(names):
    text = "".join(names)
    return numbered(["\n"] + sorted(sorted(set(text)), key=text.count, reverse=True))


@exercise.mistake(FREQUENCY, id="by_frequency")
def most_common(names):
    return numbered(["\n"] + [c for c, _ in Counter("".join(names)).most_common()])


@exercise.mistake("All 26 letters are numbered; only those that occur should be.")
def alphabet(names):
    return numbered(["\n"] + list("abcdefghijklmnopqrstuvwxyz"))


@exercise.mistake("Capitals became lowercase letters; a capital is a character of its own.")
def lower_case(names):
    return numbered(["\n"] + sorted(set("".join(names).lower())))


SIGNS = "Blanks or signs are left out; every character that occurs has a number."


@exercise.mistake(SIGNS)
def letters_only(names):
    return numbered(["\n"] + sorted(c for c in set("".join(names)) if c.isalpha()))


@exercise.mistake(SIGNS, id="letters_only")
def stripped(names):
    return numbered(["\n"] + sorted(set("".join(name.strip() for name in names))))


@exercise.mistake(SIGNS, id="letters_only")
def no_blanks(names):
    return numbered(["\n"] + sorted(set("".join(names)) - {" "}))


@exercise.mistake(
    "Only so many characters get a number; all that occur should have one.", limit=(27, 60)
)
def too_few(names, *, limit):
    return numbered((["\n"] + sorted(set("".join(names))))[:limit])


@exercise.mistake("Only the characters of the first name are numbered.")
def first_name(names):
    return numbered(["\n"] + sorted(set(names[0])))


@exercise.mistake(
    "Only the first so many names were read; there may be thousands.", limit=(1000, 1449, 100)
)
def first_names(names, *, limit):
    return numbered(["\n"] + sorted(set("".join(names[:limit]))))


@exercise.mistake("Only the characters of the last name are numbered.")
def last_name(names):
    for name in names:
        characters = sorted(set(name))
    return numbered(["\n"] + characters)


@exercise.mistake(
    "A character that occurs several times is counted several times; each should have one number."
)
def repeated(names):
    return numbered(["\n"] + sorted("".join(names)))


@exercise.mistake("The numbers start at 1; the newline should be 0.")
def from_one(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters, start=1)}
    return char_to_ix, dict(enumerate(characters, start=1))


@exercise.mistake("The two dicts are swapped: the one from character to number comes first.")
def swapped(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return dict(enumerate(characters)), char_to_ix


@exercise.mistake("Expected two dicts; there is only one.")
def one_dict(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix


@exercise.mistake("The second dict should map each number to its character.")
def same_dict(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    ix_to_char = {c: i for i, c in enumerate(characters)}
    return char_to_ix, ix_to_char


@exercise.mistake(
    "The second result should be a dict that maps each number to its character.", id="list"
)
def list_for_dict(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, characters


@exercise.right
def vectorised(names):
    chars = ["\n"] + sorted(set("".join(names)))
    return {c: i for i, c in enumerate(chars)}, dict(enumerate(chars))


@exercise.right
def loops(names):
    characters = []
    for name in names:
        for c in name:
            if c not in characters and c != "\n":
                characters.append(c)
    characters.sort()
    char_to_ix = {"\n": 0}
    ix_to_char = {0: "\n"}
    for i in range(len(characters)):
        char_to_ix[characters[i]] = i + 1
        ix_to_char[i + 1] = characters[i]
    return char_to_ix, ix_to_char


@exercise.right
def own_style(names):
    """The newline first, then the letters."""
    letters = sorted({letter for name in names for letter in name if letter != "\n"})
    letters.insert(0, "\n")
    ix_to_char = dict(enumerate(letters))
    char_to_ix = {letter: i for i, letter in ix_to_char.items()}
    return char_to_ix, ix_to_char


@exercise.right
def by_codes(names):
    occurs = np.zeros(0x110000, dtype=bool)
    for name in names:
        occurs[[ord(c) for c in name]] = True
    characters = ["\n"] + [chr(code) for code in np.flatnonzero(occurs) if code != ord("\n")]
    return {c: characters.index(c) for c in characters}, {i: c for i, c in enumerate(characters)}


@exercise.right
def by_zip(names):
    letters = tuple(sorted(set().union(*names)))
    numbers = range(1, len(letters) + 1)
    return {"\n": 0, **dict(zip(letters, numbers))}, {0: "\n", **dict(zip(numbers, letters))}


NEWLINE = "\n"


@exercise.right
def unusual(names):
    letters = np.unique(list(NEWLINE.join(names).replace(NEWLINE, "")))
    ix_to_char = dict(enumerate([NEWLINE, *letters.tolist()]))
    print("a vocabulary of", len(ix_to_char), "characters")
    return [dict(map(reversed, ix_to_char.items())), ix_to_char]


# The letters stay NumPy's own strings.
@exercise.right
def numpy_strings(names):
    letters = np.append(NEWLINE, np.unique(list("".join(names))))
    return {c: i for i, c in enumerate(letters)}, dict(enumerate(letters))
