"""Mutants of right answers: how they are made, judged, listed and shown."""

import ast
import csv
import gc
import time
from collections import Counter
from functools import partial

import pytest

from autograder import registry
from autograder.authoring.mutants import judging, kill_matrix, seeds
from autograder.authoring.mutants.coverage import NO_CASE, taken
from autograder.authoring.mutants.equivalents import (
    COLUMNS,
    ListError,
    listed,
    new_survivors,
    rewrite,
    stale,
)
from autograder.authoring.mutants.judging import Base, Fate, TooLongError, in_time
from autograder.authoring.mutants.making import Mutant, mutants
from autograder.authoring.mutants.rewriting import rewritten
from autograder.authoring.mutants.seeds import refusals
from autograder.cases import PUBLIC_SEED, make_cases
from autograder.model import Exercise, case

BASE = Base("ps3_smoothed_loss", "effective_window", "vectorised")
PAIRS = """\
x + y: x - y, x, y
x / y: x * y, x // y, y / x, x / (y + 1e-08)
(x - y) ** 2: (x + y) ** 2, (x - y) * 2
abs(x - y): abs(x + y)
x <= y: x < y, x >= y
not x: x
x and y: x or y, x, y
x if y else z: x, z
f(x, 3): f(3, x), f(x, 4), f(x, 2), f(x, -3), f(x)
np.sum(x, axis=0): np.sum(x, axis=1), np.sum(x), np.mean(x, axis=0)
np.log(x): np.log2(x), np.log(x + 1e-08), x
np.zeros(x): np.ones(x), np.zeros(x, dtype='int64')
np.zeros(x, dtype=float): np.ones(x, dtype=float)
len(x): len(x) - 1
range(x): range(x + 1), range(x - 1)
x[1:]: x[2:], x[0:], x[1:-1]
x[::2]: x[1::2], x[:-1:2], x[:]
x[y]: x[y - 1]
x.T: x
x.copy(): x
[x for x in y if z]: [x for x in y]
rng.random(): np.random.default_rng(0).random()
"""


def results(text):
    """Return the expressions that mutants of `f` return."""
    made = mutants(f"def f(x, y, z, rng):\n    return {text}")
    return {each.text.partition("return ")[2] for each in made}


@pytest.mark.parametrize("line", PAIRS.splitlines())
def test_an_expression_is_changed_in_each_small_way(line):
    text, _, expected = line.partition(": ")
    elements = ast.parse(f"[{expected}]", mode="eval").body.elts
    assert {ast.unparse(each) for each in elements} <= results(text)


STATEMENTS = '''
def f(x):
    """Return something."""
    if x < 0:
        raise ValueError("below 0")
    total = 0
    for each in x:
        total += each
    print("done", 1)
    return total
'''


def test_statements_are_dropped_and_words_left_alone():
    changes = {each.change for each in mutants(STATEMENTS)}
    assert {
        "total += each -> total = each",
        "total += each -> total -= each",
        "total += each -> pass",
        " -> break",
        "total = 0 -> total = 1",
        "if x < 0: -> if False:",
    } <= changes
    made = [each.partition(" -> ")[2] for each in changes]
    assert not any(word in each for each in made for word in ("below", "done", "something"))


def test_no_mutant_is_the_answer_itself_or_comes_twice():
    made = mutants(STATEMENTS)
    texts = [each.text for each in made]
    assert len(set(texts)) == len(texts) > 10
    assert ast.unparse(ast.parse(STATEMENTS)) not in texts


def test_a_share_of_the_mutants_is_always_the_same():
    chosen = mutants(STATEMENTS, lambda number: number % 3 == 0)
    assert chosen == mutants(STATEMENTS, lambda number: number % 3 == 0)
    assert set(chosen) < set(mutants(STATEMENTS))


def test_a_mutant_is_noticed_by_a_case_or_survives(monkeypatch):
    """Of this answer, `beta` is never 0 in a case: what happens there shows nowhere."""
    monkeypatch.setattr(
        judging,
        "base_text",
        lambda _: (
            "def effective_window(beta):\n    if beta == -5:\n        return 7\n"
            "    return 1 / (1 - beta)"
        ),
    )
    found = {each.mutant.change: each for each in judging.fates(BASE)}
    assert found["return 7 -> return 8"].noticed == ""
    wrong = found["return 1 / (1 - beta) -> return 1 / (1 + beta)"]
    assert wrong.noticed == "public" and wrong.case


def test_what_never_ends_is_ended():
    def endless():
        while True:
            pass

    with pytest.raises(TooLongError):
        in_time(endless, lambda: 0.1)


def test_it_is_ended_whatever_listens_to_the_garbage_collector():
    """As hypothesis does: an exception in such a callback is printed, and lost."""

    def long(phase, info):
        for _ in range(100_000):
            pass

    def endless():
        until = time.process_time() + 5
        while time.process_time() < until:
            cycle = []
            cycle.append(cycle)

    gc.callbacks.append(long)
    try:
        with pytest.raises(TooLongError):
            in_time(endless, lambda: 0.1)
    finally:
        gc.callbacks.remove(long)
    assert gc.isenabled()


def test_what_takes_long_gets_the_time_that_the_right_answer_needs(monkeypatch):
    monkeypatch.setattr(judging, "SECONDS", 0.01)
    assert in_time(lambda: bool(sum(range(3_000_000))), lambda: 60.0)


def fate(change, noticed=""):
    return Fate(BASE, Mutant("constant", change, ""), noticed)


def test_a_survivor_is_new_unless_it_is_listed_as_often():
    known = Counter({(*_name(), "a -> b"): 1})
    assert new_survivors([fate("a -> b"), fate("c -> d", "public")], known) == []
    twice = [fate("a -> b"), fate("a -> b")]
    assert new_survivors(twice, known) == twice[1:]


def test_what_is_listed_and_noticed_is_stale():
    known = Counter({(*_name(), "a -> b"): 1, ("ps1", "x", "y", "never tried"): 1})
    tried = [BASE.assignment]
    assert stale([fate("a -> b")], known, tried) == []
    assert stale([fate("a -> b", "hidden")], known, tried) == [(*_name(), "a -> b")]


def _name():
    return BASE.assignment, BASE.exercise, BASE.style


def test_an_entry_of_the_list_needs_a_reason(tmp_path):
    path = tmp_path / "list.tsv"
    path.write_text("\t".join(COLUMNS) + "\n" + "\t".join([*_name(), "a -> b", " "]) + "\n")
    with pytest.raises(ListError, match="line 2"):
        listed(path)


def test_the_list_is_brought_up_to_date(tmp_path):
    path = tmp_path / "list.tsv"
    rewrite(path, [fate("a -> 'b\t'"), fate("c -> d")], [])
    path.write_text(
        "".join(
            f"{line}why\n" if number else f"{line}\n"
            for number, line in enumerate(path.read_text().splitlines())
        )
    )
    assert set(listed(path)) == {(*_name(), "a -> 'b\t'"), (*_name(), "c -> d")}
    rewrite(path, [], [(*_name(), "c -> d")])
    assert set(listed(path)) == {(*_name(), "a -> 'b\t'")}


EXERCISE = Exercise(points=1)


@EXERCISE.reference
def shares(values, total=1):
    return [each / total for each in values]


@EXERCISE.cases
def _cases(rng):
    yield case([1, 2], label="<b>two</b>")
    yield case([0.5], 3, label="one", only="hidden")


def test_the_ranges_of_the_arguments_show_what_no_case_takes():
    cases = [*make_cases(EXERCISE, PUBLIC_SEED, public=True), *make_cases(EXERCISE, 1)]
    rows = {(each.argument, each.measure): each for each in taken(EXERCISE, cases)}
    length = rows["values", "length"]
    assert (length.public, length.hidden) == ("2", "1 to 2")
    assert rows["total", "left out"].public == "yes" and not rows["total", "left out"].is_gap
    negative = rows["values", "negative"]
    assert (negative.public, negative.hidden) == (NO_CASE, NO_CASE) and negative.is_gap


def test_the_kill_matrix_is_a_table_and_a_page(tmp_path):
    matrix = kill_matrix.Matrix(
        BASE.assignment, BASE.exercise, [("public", "<b>two</b>"), ("hidden", "one")],
        [("halved", [True, False]), ("forgotten", [False, False])], [],
    )  # fmt: skip
    kill_matrix.write([matrix], [fate("a -> b"), fate("c -> <d>", "public")], tmp_path)
    with open(tmp_path / kill_matrix.TABLE, newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert [line["noticed"] for line in lines] == ["1", "0", "0", "0", "0", "1"]
    page = (tmp_path / kill_matrix.PAGE).read_text(encoding="utf-8")
    assert "<b>" not in page and "&lt;b&gt;two" in page
    assert '<html lang="en">' in page and "<caption>" in page and "http" not in page
    assert matrix.alone(0) == ["halved"] and '<tr class="none"><th scope="row">forgotten' in page


def test_every_mistake_is_tried_on_every_case():
    made = kill_matrix.matrix(BASE.assignment, BASE.exercise)
    assert all(any(row) for _, row in made.mistakes)
    assert {len(row) for _, row in made.mistakes} == {len(made.cases)}


def test_right_answers_are_judged_on_many_seeds(monkeypatch):
    judged, lines = refusals(BASE.assignment, BASE.exercise, range(3))
    exercise = registry.exercises(BASE.assignment)[BASE.exercise]
    assert (judged, lines) == (3 * (2 + len(exercise.right_answers)), [])
    monkeypatch.setattr(seeds, "base_text", lambda _: "def effective_window(beta):\n    return 2")
    _, lines = refusals(BASE.assignment, BASE.exercise, range(1))
    assert len(lines) >= 6 and lines[0].startswith(
        "effective_window, reference, seed 1000: refused"
    )


BEFORE = """
def spread(x, axis):
    total, parts = 0, [1] + [2]
    for each in x:
        total = total + 2 * each
        if each < 3:
            total += 1
    return total + (axis - 1) + parts[1]
"""


def test_a_rewritten_answer_gives_the_same_in_other_words():
    after = rewritten(BEFORE)
    spaces = {}, {}
    for text, space in zip((BEFORE, after), spaces):
        exec(text, space)
    assert [partial(space["spread"], axis=1)([1, 5]) for space in spaces] == [15, 15]
    assert "my_each * 2" in after and "3 > my_each" in after and "return my_result" in after
    assert "[1] + [2]" in after and "def spread(x, axis)" in after
