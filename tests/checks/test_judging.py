"""What a student is told about an answer: the mistake, state kept between calls, a `raise` left."""

import linecache
import textwrap

import numpy as np
import pytest

from autograder.cases import make_cases, value
from autograder.checks import wire
from autograder.checks.calls import Call, Reply
from autograder.checks.judging import REMEMBERS, judge, local_caller
from autograder.checks.packing import pack, unpack
from autograder.checks.rules import Raises, Value
from autograder.model import Exercise, case


def found(answer, exercise, packed=False):
    cases = make_cases(exercise, 3)
    if packed:  # as a notebook has them
        cases = unpack(wire.loads(wire.dumps(pack(cases))))
    return judge(exercise.name, cases, local_caller(answer))


MIX = Exercise(points=1)


@MIX.reference
def mix(past, new, beta):
    return beta * past + (1 - beta) * new


@MIX.cases
def _mixes(rng):
    for beta in (0.0, 0.9, 0.8):
        yield case(*rng.uniform(20, 45, 2), beta)


@MIX.mistake("`beta` is always taken as 0.999.")
def beta_fixed(past, new, beta):
    return mix(past, new, 0.999)


@MIX.mistake("Rounded.")
def rounded(past, new, beta):
    return round(mix(past, new, beta), 1)


@MIX.mistake("Rounded.", id="rounded")
def rounded_to_a_whole_number(past, new, beta):
    return round(mix(past, new, beta)) if beta else new


@pytest.mark.parametrize("packed", [False, True])
def test_a_mistake_that_right_cases_speak_against_is_not_named(packed):
    assert found(beta_fixed, MIX, packed).mistake == "beta_fixed"
    finding = found(lambda v, x, beta: mix(v, x, beta or 0.999), MIX, packed)
    assert finding.state == "failed" and finding.mistake == "" and "always" not in finding.message


NEAR = Exercise(points=1)
NEAR.reference(mix)


@NEAR.cases
def _one_apart_from_two_alike(rng):
    yield case(2.25, 3.5, 0.5)
    yield from (case(float(both), float(both), 0.5) for both in (1, 2))


@NEAR.mistake("Too low.")
def low(past, new, beta):
    return mix(past, new, beta) - 1 if past == 2.25 else past


@NEAR.mistake("Too low.", id="low")
def lower(past, new, beta):
    return mix(past, new, beta) - 2


def test_a_variant_that_another_case_has_right_is_named_all_the_same():
    assert found(rounded, MIX).mistake == "rounded"
    assert found(low, NEAR).mistake == "low"


POSITIVE = Exercise(points=1)


@POSITIVE.reference
def positive(x):
    return x > 0


@POSITIVE.cases
def _numbers(rng):
    yield from map(case, (4.0, 9.0, -4.0, -9.0))


@POSITIVE.mistake("The wrong way round.")
def negated(x):
    return x <= 0


@POSITIVE.mistake("True whatever x is.")
def always(x):
    return True


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "answer, mistake",
    [
        (negated, "negated"),
        (always, "always"),
        (lambda x: x > 5, ""),  # wrong for 4 only
        (lambda x: x > -5, ""),  # wrong for -4 only
        (lambda x: x == 9 or x == -4, ""),  # wrong for 4 and -4, as the negated one is
    ],
)
def test_true_or_false_names_a_mistake_only_if_every_case_agrees(answer, mistake, packed):
    assert found(answer, POSITIVE, packed).mistake == mistake


ROOTS = Exercise(points=1)


@ROOTS.reference
def roots(x):
    return np.sqrt(x)


@ROOTS.cases
def _twice_the_same(rng):
    yield from [case(rng.random(3))] * 2


@ROOTS.mistake("That is a list with the right numbers.", id="list")
def roots_as_list(x):
    return np.sqrt(x).tolist()


def test_a_tuple_is_not_called_a_list():
    assert found(roots_as_list, ROOTS).mistake == "list"
    said = found(lambda x: tuple(np.sqrt(x).tolist()), ROOTS).message
    assert "got a tuple of 3. That is a tuple" in said and "list" not in said


LETTERS = Exercise(points=1, expect=value(remind="Each letter once."))


@LETTERS.reference
def letters(name):
    return list(name)


@LETTERS.cases
def _names(rng):
    yield from map(case, ("ab", "cd", "cd"))


def test_what_outlives_a_call_is_asked_about():
    kept = []

    def with_global(name):
        kept.extend(name)
        return list(kept)

    def with_default(name, kept=[]):  # noqa: B006
        kept += name
        return kept

    for answer in (with_global, with_default):
        finding = found(answer, LETTERS)
        assert finding.mistake == "left_over" and finding.message.endswith(REMEMBERS)
    assert found(lambda name: list(name)[1:], LETTERS).hint != REMEMBERS
    # Not where it is random, and not where nobody can be asked again, as in a grading.
    assert found(lambda name: [np.random.random()], LETTERS).hint != REMEMBERS
    caller = local_caller(with_global)
    finding = judge("letters", make_cases(LETTERS, 3), lambda calls: caller(calls))
    assert finding.state == "failed" and finding.hint != REMEMBERS


def test_the_reminder_is_about_wrong_results_only():
    rule = Value(3.0, remind="Take the most likely character.")
    late = Reply(trouble="timed out", detail="no result within 20 seconds")
    stopped = Reply(raised={"type": "IndexError", "bases": [], "message": "", "line": ""})
    assert rule.mismatch(Call(()), [Reply(4.0)]).hint == rule.remind
    assert rule.mismatch(Call(()), [late]).hint == ""
    assert rule.mismatch(Call(()), [stopped]).hint == ""


def test_an_error_has_its_article():
    reply = Reply(raised={"type": "AssertionError", "bases": ["AssertionError"]})
    mismatch = Raises("ValueError").mismatch(Call(()), [reply])
    assert (mismatch.expected, mismatch.got) == ("a ValueError", "an AssertionError")
    reply.raised["type"] = "an error"  # of a type whose name is not repeated
    assert Raises("IndexError").mismatch(Call(()), [reply]).text() == (
        "expected an IndexError, got an error."
    )


def defined(source, name="letters"):
    """Define a function whose text is known, as that of a notebook's cell is."""
    source, file = textwrap.dedent(source), f"<cell {hash(source)}>"
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    space = {}
    exec(compile(source, file, "exec"), space)
    return space[name]


def test_a_raise_left_above_the_answer_is_pointed_out():
    finding = found(
        defined('''
        def letters(name):
            """Return the letters."""
            # YOUR CODE HERE
            raise NotImplementedError()
            return list(name)
        '''),
        LETTERS,
    )
    assert finding.state == "failed"
    assert finding.message == (
        "letters: your answer is there, but `raise NotImplementedError()` "
        "is still in it. Delete that line."
    )


@pytest.mark.parametrize(
    "body",
    [
        '"""Return the letters."""\n    # list(name)\n    raise NotImplementedError()',
        "raise NotImplementedError",
        "pass\n    raise NotImplementedError()",
        "return other(name)\n\ndef other(name):\n    raise NotImplementedError()",
    ],
)
def test_no_answer_is_not_attempted(body):
    finding = found(defined(f"def letters(name):\n    {body}\n"), LETTERS)
    assert finding.state == "not attempted"


def test_an_answer_whose_text_is_not_known_is_not_attempted():
    space = {}
    exec("def letters(name):\n    raise NotImplementedError()\n    return list(name)", space)
    assert found(space["letters"], LETTERS).state == "not attempted"
