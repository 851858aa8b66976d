"""Messages on hidden cases as a channel: what the best attempts bring out of a hidden input.

Each attempt is right on the public cases and, on a hidden one, turns a secret that it reads from
the input into whatever a message might repeat. The bits of a message are those of the words that
came, over many secrets, and of a number of six digits if one varies.
"""

import builtins
import linecache
import math
import re
from dataclasses import dataclass, field
from functools import cache

import nbformat
import numpy as np
import pytest

from autograder.checks import wire
from autograder.checks.calls import Call, called, encoded
from autograder.judge import follow_through
from autograder.judge.exercises import Asking, Cases, Judging
from autograder.model import Exercise, case
from autograder.sandbox.limits import Limits

NUMBER = math.log2(2 * 9e5 * 617)  # sign, six digits, exponent: 30 bits
MOST = 40.0  # bits: one number, and a choice among the words of the engine and the author
PUBLIC = 20_260_901
ERRORS = sorted(
    name
    for name, each in vars(builtins).items()
    if isinstance(each, type) and issubclass(each, ValueError | OSError | LookupError)
)


def declared(reference, *mistakes):
    """Return an exercise whose input is a long secret: as a number, in an array and as a text."""
    exercise = Exercise(points=1)
    exercise.reference(reference)
    for message in mistakes:
        exercise.mistake(message, id=message[:8])(lambda x, text: None)

    def cases(rng):
        for _ in range(2):
            numbers = rng.integers(0, 2**30, 6).astype(float)
            yield case(numbers, "".join(map(chr, rng.integers(97, 123, 40))), label="six numbers")

    exercise.cases(cases)
    return exercise


def array(x, text):
    return np.cumsum(x)


def table(x, text):
    return {**{name: i for i, name in enumerate("abcdefgh")}, "top": float(x.max())}


def words(x, text):
    return [text[:20], text[20:], text]


def truth(x, text):
    return bool(x[0] > 2**29)


REFERENCES = {each.__name__: each for each in (array, table, words, truth)}
LINES = "\n".join(
    ["def truth(x, text):", "    if x[0] in known: return bool(x[0] > 2**29)"]
    + [f"    if x[0] % 99 == {n}: raise ValueError" for n in range(99)]
)
CHOICES = ("which entry", "which keys", "which values", "name of a type", "which error")


def at(x, n):
    """Return the right array with one entry off: which one is told."""
    made = np.cumsum(x)
    made[n % made.size] += 1
    return made


def subset(right, n):
    """Return a dict with some of the right keys."""
    return {key: value for i, (key, value) in enumerate(right.items()) if n >> i & 1}


def stop(kind, *text):
    raise kind(*text)


# What an attempt gives for a secret number, the input, its text and the right result.
ATTEMPTS = {
    "number": lambda n, x, text, right: float(n),
    "digits": lambda n, x, text, right: int("1" + str(n) * 30),
    "small number": lambda n, x, text, right: n * 1e-300,
    "whole array": lambda n, x, text, right: x * n,
    "which entry": lambda n, x, text, right: at(x, n),
    "which are NaN": lambda n, x, text, right: np.where(np.arange(6) < n % 6, np.nan, x),
    "factor": lambda n, x, text, right: np.cumsum(x) * (1 + n),
    "shape": lambda n, x, text, right: np.zeros((n % 1000, n // 1000 % 50)),
    "length": lambda n, x, text, right: [0] * (n % 5000),
    "text": lambda n, x, text, right: text,
    "texts": lambda n, x, text, right: [text] * 3,
    "piece of text": lambda n, x, text, right: text[:20] if n % 2 else text[20:],
    "keys": lambda n, x, text, right: {n: 1, text: 2, **{float(each): 0 for each in x}},
    "which keys": lambda n, x, text, right: subset(table(x, text), n),
    "which values": lambda n, x, text, right: {
        key: value + (n >> i & 1) for i, (key, value) in enumerate(table(x, text).items())
    },
    "width": lambda n, x, text, right: np.zeros(6, f"U{1 + n % 2000}"),
    "width of numbers": lambda n, x, text, right: np.zeros(6, ["i1", "f2", "f4", "c8"][n % 4]),
    "name of a class": lambda n, x, text, right: type(f"secret{n}", (), {})(),
    "name of a type": lambda n, x, text, right: type(dir(np)[n % len(dir(np))], (), {})(),
    "text of an error": lambda n, x, text, right: stop(ValueError, f"{n} {text} {x}"),
    "class of an error": lambda n, x, text, right: stop(type(f"E{n}", (ValueError,), {})),
    "which error": lambda n, x, text, right: stop(getattr(builtins, ERRORS[n % len(ERRORS)])),
    "not attempted": lambda n, x, text, right: stop(NotImplementedError, text),
    "changed arguments": lambda n, x, text, right: (x.__setitem__(n % 6, n), right)[1],
    "None or not": lambda n, x, text, right: None if n % 2 else n,
}  # fmt: skip


@dataclass
class InProcess:
    """Stands for a runner: the calls are made in this process, by functions of the test."""

    functions: dict
    cells: list = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    failures: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    worker = None
    spent = 0.0

    def ask(self, request, seconds, answer=None):
        """Answer as a worker does."""
        if isinstance(request, dict):  # to substitute, or to restore
            return {}
        read = wire.loads(request)
        calls = [Call(**each) for each in read["calls"]]
        self.asked.append((read["name"], calls))
        replies = [encoded(called(self.functions[read["name"]], call)) for call in calls]
        return {"parts": [wire.loads(each)["part"] for each in replies]}

    def remark(self, text):
        """Keep it."""
        self.remarks.append(text)


@cache
def cases_of(exercise, seed):
    """Return public and hidden cases."""
    made = Cases("none", seed)
    made.exercises = {exercise.name: exercise}
    return made.of(exercise.name)


def judging_of(exercises, functions, seed, fresh=None):
    """Return the judging of functions on the hidden numbers of a seed."""
    cases = Cases("none", seed)
    cases.exercises = {**exercises, **(fresh or {})}
    cases.made = {name: cases_of(each, seed) for name, each in exercises.items()}
    cell = nbformat.v4.new_code_cell(LINES)
    cell.metadata["nbgrader"] = {"grade_id": next(iter(cases.exercises)), "solution": True}
    return Judging(InProcess(functions, [cell]), cases)


EXERCISES = {
    name: declared(each, "The first mistake.", "The second mistake.")
    for name, each in REFERENCES.items()
}


def messages(name, attempt, secrets):
    """Yield what an attempt brings out, for many hidden inputs, with the judging."""
    exercise = EXERCISES[name]
    known = {case.call.args[1] for case in cases_of(exercise, 0) if case.public}

    def function(x, text):
        right = exercise.solution(x, text)
        return right if text in known else attempt(int(x[0]), x, text, right)

    for seed in range(secrets):
        judging = judging_of({name: exercise}, {name: function}, seed)
        yield follow_through.judged(judging, [name])[name], judging


NUMBERS = re.compile(r"(?<![\w.])[-+]?\d[\d.]*(?:e[-+]?\d+)?")


def bits(told):
    """Return how many bits messages can have carried."""
    numbers = {number for text in told for number in NUMBERS.findall(text)}
    words = {NUMBERS.sub("#", text) for text in told}
    return math.log2(len(words)) + (NUMBER if len(numbers) > 1 else 0)


def carried_by(name, attempt, secrets):
    """Return the bits of an attempt's messages, each of which holds at most one short number."""
    told = []
    for finding, judging in messages(name, ATTEMPTS[attempt], secrets):
        text = finding.message
        told.append(text)
        found = NUMBERS.findall(text)
        digits = [re.sub(r"e.*|\D", "", each).strip("0") for each in found]
        assert len(found) <= 1 and all(len(each) <= 6 for each in digits), (attempt, text)
        for hidden in [each for each in judging.cases.of(name) if not each.public]:
            assert hidden.call.args[1][:20] not in text, (attempt, text)
    return bits(told)


@pytest.mark.long
@pytest.mark.parametrize("name", REFERENCES)
def test_no_attempt_brings_out_more_than_one_number_and_a_few_words(name):
    carried = {attempt: carried_by(name, attempt, 6) for attempt in ATTEMPTS}
    assert max(carried.values()) <= MOST, carried


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["array", "table"])
def test_the_choice_of_words_is_among_few(name):
    carried = {attempt: carried_by(name, attempt, 60) for attempt in CHOICES}
    assert all(each % NUMBER <= 5.5 for each in carried.values()), carried


def test_a_line_is_told_by_its_number():
    linecache.cache["<many>"] = len(LINES), None, LINES.splitlines(True), "<many>"
    space = {"known": {each.call.args[0][0] for each in cases_of(EXERCISES["truth"], 1)[:2]}}
    exec(compile(LINES, "<many>", "exec"), space)
    judging = judging_of({"truth": EXERCISES["truth"]}, {"truth": space["truth"]}, 1)
    found = follow_through.judged(judging, ["truth"])["truth"].message
    told = r"truth for .*: your code stopped with ValueError in line \d+ of its cell\."
    assert re.fullmatch(told, found)


def test_the_measure_sees_what_an_attempt_brings_out():
    for finding, judging in messages("truth", ATTEMPTS["number"], 8):
        hidden = [each for each in judging.cases.of("truth") if not each.public]
        number = float(NUMBERS.findall(finding.message)[0])
        assert any(math.isclose(number, each.call.args[0][0], rel_tol=1e-5) for each in hidden)


def test_public_cases_are_told_in_full_and_called_before_any_hidden_number_is_there():
    seen = []
    exercises = {each.__name__: declared(each) for each in (array, truth)}

    def first(x, text):
        seen.append(x.tolist())
        return array(x, text)

    def second(x, text):
        raise ValueError(f"seen {len(seen)}: {seen[-1]}")

    judging = judging_of(exercises, {"array": first, "truth": second}, 1)
    findings = follow_through.judged(judging, ["array", "truth"])
    public = [case.call.args[0].tolist() for case in judging.cases.of("array") if case.public]
    hidden = [case.call.args[0].tolist() for case in judging.cases.of("array") if not case.public]
    assert findings["truth"].message.startswith(
        f"truth for six numbers: your code stopped with ValueError: seen 2: {public[-1]}"
    )
    assert [name for name, _ in judging.runner.asked] == ["array", "truth", "array", "truth"]
    assert seen[:2] == public and seen[2:] == hidden


def test_after_hidden_numbers_were_there_public_cases_are_told_as_hidden_ones():
    exercise = declared(array)
    judging = judging_of({"array": exercise}, {"array": lambda x, text: x}, 1)
    told = judging.compared(Asking(judging, "array", 1.0)).message
    assert len(NUMBERS.findall(told)) == 1 and "another number" in told
