"""Judging draws by how often each outcome comes.

A chi-square test whose cells each expect twenty draws or more. Its limit lies seven standard
deviations out: the upper tail of counts is heavier than a normal one's (simulated, five are
passed about once in a million right samples, not once in 3.5 million), and at seven a right
answer fails less than once in ten million times. Where hundreds of outcomes share cells, their
scatter within the cells is tested too: a random number of three digits misses some of them. What
changes all probabilities a little, as a temperature does, shows in one number sooner than in cells.
"""

import math
from collections import Counter
from os.path import commonprefix
from typing import Any

import numpy as np

from .calls import Call, Reply
from .compare import difference
from .rules import COPY, OWN_SEED, TWICE, Frequencies, Mismatch, changed
from .texts import said

LIMIT = 7.0  # standard deviations, in the normal approximation of the statistic
CLEARLY = math.log(1000)  # how many times likelier one mistake makes the counts than another
LEAST_LIKELY = math.log(1e-7)  # of a count, under a mistake that is to be named
SURE = 1e-9  # what is less likely than this did not come by chance
FEWEST = 20.0  # draws that a cell must expect: rarer outcomes share one
EXPECTED_OFTEN = 25.0  # draws; none at all come instead once in 7e10 samples
ANY_OTHER = (
    "Draw from the generator that is passed in, never from `np.random` or a generator of your own."
)
TILTS = np.linspace(-0.95, 4.0, 100)[:, np.newaxis]  # exponents, those of Chernoff's bound
TILTED = math.log(2e8)  # passed on either side by one right sample in 200 million at most
MANY = 200  # outcomes that share cells, from which on their scatter is nearly normal


def mismatch(rule: Frequencies, call: Call, replies: list[Reply]) -> Mismatch | None:
    """Return what is wrong with two replies: many seeds, and the first of them twice in turn."""
    drawn, in_turn = replies[0].value, replies[1].value
    twice = min(TWICE, rule.repeats // rule.in_turn)
    for draws, n in ((drawn, rule.repeats), (in_turn, 2 * twice)):
        if not isinstance(draws, list) or len(draws) != n:
            return Mismatch(f"{n} draws", "something else")
    lists = next(iter(rule.probabilities)).startswith("[")
    for result in drawn + in_turn:
        bad = _wrong_type(result, lists, rule.remind)
        if bad:
            return bad
    counts: Counter[str] = Counter(map(text, drawn))
    return (
        _stuck(rule, counts)
        or _not_reproducible(replies, drawn[:: rule.in_turn], in_turn[::2])
        or _copied(rule, in_turn)
        or _wrong_shares(rule, counts)
        or changed(call, replies[0])
    )


def _wrong_type(result: Any, lists: bool, remind: str) -> Mismatch | None:
    if type(result) is int and not lists:  # most are
        return None
    if not lists:
        gap = difference(0, result)
        if gap is None or gap.got.lstrip("-").isdigit():
            return None
        return Mismatch("an int", gap.got, gap.hint or remind, mistake="wrong_type")
    if not isinstance(result, (list, tuple)):
        gap = difference([0], result)
        return gap and Mismatch("a list of ints", gap.got, gap.hint or remind, mistake="wrong_type")
    gaps = [difference(0, entry) for entry in result if type(entry) is not int]
    bad = next((gap for gap in gaps if gap and not gap.got.lstrip("-").isdigit()), None)
    return bad and Mismatch(
        "a list of ints",
        f"one that holds {bad.got}",
        bad.hint or remind,
        mistake="wrong_type",
    )


def text(result: Any) -> str:
    """Return an outcome as text: an index, or the list of them."""
    if isinstance(result, (list, tuple)):
        return str([int(entry) for entry in result])
    return str(int(result))


def _stuck(rule: Frequencies, counts: Counter[str]) -> Mismatch | None:
    """Name an outcome that comes every time although others are possible."""
    if len(counts) > 1 or max(rule.probabilities.values()) > 0.9:
        return None
    outcome = next(iter(counts))
    for mistake in rule.mistakes:
        if mistake.get("probabilities", {}).get(outcome, 0.0) == 1.0:
            return Mismatch(
                "outcomes that vary with the generator",
                f"{outcome} from each of {counts.total()} generators",
                mistake["message"],
                mistake=mistake["id"],
            )
    return Mismatch(
        "outcomes that vary with the generator",
        f"{outcome} from each of {counts.total()} generators",
        OWN_SEED,
        mistake="own_seed",
    )


def _not_reproducible(replies: list[Reply], drawn: Any, again: Any) -> Mismatch | None:
    if difference(drawn[: len(again)], again, rtol=0, atol=0) is None:
        return None
    used = any(reply.global_draws for reply in replies)
    return Mismatch(
        "the same draws from generators with the same seeds",
        "draws from the global generator" if used else "different draws",
        ANY_OTHER,
        mistake="global_generator",
    )


def _copied(rule: Frequencies, in_turn: list[Any]) -> Mismatch | None:
    """Two draws in turn are the same as often as chance has it, not always."""
    first, second = ([*map(text, draws)] for draws in (in_turn[::2], in_turn[1::2]))
    chance = sum(p**2 for p in rule.probabilities.values())
    if first != second or chance ** len(first) > SURE:
        return None
    return Mismatch(
        "different outcomes from two calls in turn with the same generator",
        f"the same one twice from each of {len(first)} generators",
        COPY,
        mistake="copied_generator",
    )


def _wrong_shares(rule: Frequencies, counts: Counter[str]) -> Mismatch | None:
    if _fits(rule.probabilities, counts):
        return None
    fitting = [
        mistake
        for mistake in rule.mistakes
        if "probabilities" in mistake
        and _fits(mistake["probabilities"], counts)
        and _plausible(mistake["probabilities"], counts)
    ]
    # Of several that fit, the one that makes these counts likeliest.
    likely = [_likelihood(each["probabilities"], counts) for each in fitting]
    best = max(likely, default=0.0)
    mistake = fitting[likely.index(best)] if fitting else {}
    rivals = {each["id"] for each, found in zip(fitting, likely) if found > best - CLEARLY}
    return Mismatch(
        *_what_came(rule.probabilities, counts),
        mistake.get("message", "") or _known(rule.probabilities, counts),
        mistake=mistake.get("id", ""),
        rivals=tuple(rivals - {mistake.get("id")}),
    )


def _known(probabilities: dict[str, float], counts: Counter[str]) -> str:
    """Say what is known of counts that no mistake explains."""
    possible = all(probabilities.get(outcome, 0.0) > 0 for outcome in counts)
    return _tilted(probabilities, counts) if possible else ""


def _what_came(probabilities: dict[str, float], counts: Counter[str]) -> tuple[str, str]:
    """Say how often the outcome that is worst off should come, and how often it did."""
    n, outcome = counts.total(), _furthest(probabilities, counts)
    share = _share(counts[outcome] / n)
    sure = max(probabilities, key=probabilities.__getitem__)
    if probabilities[sure] < 1:
        some, expected = _short(outcome), _share(probabilities.get(outcome, 0.0))
        return said(f"{some} in {expected} of {n} draws"), share
    only, some = _apart(sure, outcome)
    return said(f"{only} every time"), said(f"{some} in {share} of {n} draws")


def _apart(one: str, other: str) -> list[str]:
    """Return two outcomes short enough to read, from where their difference is in sight."""
    same = len(commonprefix([one, other]))
    start = one.rfind(",", 0, same) + 2 if same > 45 else 0
    return ["..." * bool(start) + _short(each[start:]) for each in (one, other)]


def _furthest(probabilities: dict[str, float], counts: Counter[str]) -> str:
    """Return the outcome that is worst off: the commonest impossible one first."""
    impossible = [each for each in counts if probabilities.get(each, 0.0) <= 0]
    if impossible:
        return max(impossible, key=counts.__getitem__)
    n = counts.total()

    def off(outcome: str) -> float:
        expected = n * probabilities[outcome]
        return (counts[outcome] - expected) ** 2 / expected

    return max((each for each, p in probabilities.items() if p > 0), key=off)


def _fits(probabilities: dict[str, float], counts: Counter[str]) -> bool:
    """Tell whether counts can be a sample of a distribution."""
    if any(probabilities.get(outcome, 0.0) <= 0 for outcome in counts):
        return False
    each = [(counts.total() * p, counts[name]) for name, p in probabilities.items() if p > 0]
    sizes = _by_size(each)
    missing = any(e > EXPECTED_OFTEN and not o for e, o in [*each, *sizes])
    fits = _like(each) and _like(sizes) and not missing and not _scattered(each)
    return fits and not _tilted(probabilities, counts)


def _tilted(probabilities: dict[str, float], counts: Counter[str]) -> str:
    """Say so if likely outcomes come too often or too rarely, each a little and all together.

    Measured by the mean logarithm of the probability of what came. Chernoff's bound on it holds
    for every number of draws.
    """
    p = np.array([each for each in probabilities.values() if each > 0])
    n = counts.total()
    mean = _likelihood(probabilities, counts) / n
    log_moments = np.log(np.sum(p ** (1 + TILTS), axis=1, keepdims=True))
    if n * np.max(TILTS * mean - log_moments) <= TILTED:
        return ""
    if mean > np.sum(p * np.log(p)):
        return said("On the whole, likely outcomes come too often and unlikely ones too rarely.")
    return said("On the whole, likely outcomes come too rarely and unlikely ones too often.")


def _scattered(each: list[tuple[float, int]]) -> bool:
    """Tell whether outcomes that share cells come more unevenly than they would by chance.

    Of each, the square of what it is off less the count itself: with the mean 0 under Poisson's
    law, and the variance 2 once divided by what was expected. Its skewness, below 8 + 4/e for one
    of them, is 0.14 for 676 outcomes: seven deviations are passed once in ten million times.
    """
    rare = np.array([pair for pair in each if 1.0 <= pair[0] < FEWEST]).reshape(-1, 2)
    if len(rare) < MANY:
        return False
    expected, observed = rare.T
    excess = np.sum(((observed - expected) ** 2 - observed) / expected)
    return bool(excess > LIMIT * np.sqrt(2 * len(rare)))


def _by_size(each: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Put outcomes of about equal chance together: all the rare ones a little too often show so."""
    sizes = np.floor(2 * np.log10([e for e, _ in each]))
    groups = (
        [pair for pair, size in zip(each, sizes) if size == kind] for kind in np.unique(sizes)
    )
    return [(sum(e for e, _ in group), sum(o for _, o in group)) for group in groups]


def _like(each: list[tuple[float, int]]) -> bool:
    """Tell whether observed counts can be a sample of which these counts were expected."""
    expected, observed = _cells(each)
    freedom = len(expected) - 1
    if freedom == 0:
        return True
    statistic = np.sum((observed - expected) ** 2 / expected)
    # Wilson and Hilferty 1931: the cube root of chi-square over its degrees of freedom is
    # nearly normal, with mean 1 - v and variance v = 2 / (9 freedom).
    v = 2 / (9 * freedom)
    return bool((np.cbrt(statistic / freedom) - (1 - v)) / np.sqrt(v) <= LIMIT)


def _cells(each: list[tuple[float, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return expected and observed counts, with rare outcomes put together."""
    expected, observed = [0.0], [0.0]
    # By what was expected alone: what was observed must not decide who shares a cell.
    for e, o in sorted(each, key=lambda pair: pair[0]):
        if expected[-1] >= FEWEST:
            expected.append(0.0)
            observed.append(0.0)
        expected[-1] += e
        observed[-1] += o
    if len(expected) > 1 and expected[-1] < FEWEST:
        observed[-2:] = [sum(observed[-2:])]
        expected[-2:] = [sum(expected[-2:])]
    return np.array(expected), np.array(observed)


def _plausible(probabilities: dict[str, float], counts: Counter[str]) -> bool:
    """Tell whether no outcome comes as often as it hardly could: few draws share one cell."""
    n = counts.total()
    for outcome, k in counts.items():
        p = min(probabilities[outcome], 1.0)
        ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        rest = (n - k) * math.log1p(-p) if k < n and p < 1 else 0.0
        if ways + k * math.log(p) + rest < LEAST_LIKELY:
            return False
    return True


def _likelihood(probabilities: dict[str, float], counts: Counter[str]) -> float:
    return float(sum(n * np.log(probabilities[outcome]) for outcome, n in counts.items()))


def _short(outcome: str) -> str:
    return outcome if len(outcome) <= 60 else outcome[:57] + "..."


def _share(p: float) -> str:
    return f"{100 * p:.3g} %"
