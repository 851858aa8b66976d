"""Predictions that a reader writes down before a run, judged after it, summed up at the end."""

import math
import re
from numbers import Real
from typing import NamedTuple

from .interaction import table

CLOSE, FAIR, FAR = "close", "in the right region", "far"
GROUPED = re.compile(r"\b[1-9]\d{0,2}(,\d{3})+\b")  # 1,000; but 1,5 is one and a half
_ledger = {}  # by question, so that a cell that is run again replaces its entry


class Entry(NamedTuple):
    """A question with what was guessed and what came.

    Parameters
    ----------
    guess, measured : float
        NaN as a guess when none was written down.
    unit : str
    verdict : str
        Empty without a guess.
    """

    guess: float
    measured: float
    unit: str
    verdict: str


def as_number(guess, unit=""):
    """Return a guess as a float, NaN for None.

    Numbers in text are understood: ``"1e-8"``, ``"1,000"``, ``"0,5"``, ``"3/4"``,
    ``"50 %"``.

    Raises
    ------
    ValueError
        If it is no number; the message says how to write one.
    """
    if guess is None or guess is Ellipsis:
        return math.nan
    hint = f"{guess!r} is no single number; write one such as 0.5, 1e-8 or '50 %'"
    if isinstance(guess, str):
        text = GROUPED.sub(lambda number: number[0].replace(",", ""), guess.strip())
        text = text.replace(",", ".").removesuffix(unit).strip()
        percent = text.endswith("%")
        try:
            over, _, under = text.removesuffix("%").partition("/")
            number = float(over) / float(under or 1)
        except (ValueError, ZeroDivisionError):
            raise ValueError(hint) from None
        return number / 100 if percent and not unit.startswith("%") else number
    if getattr(guess, "size", None) == 1:  # an array of one number
        guess = guess.item()
    if not isinstance(guess, Real):
        raise ValueError(hint)
    try:
        return float(guess)
    except OverflowError:  # a whole number beyond 1e308
        return math.inf if guess > 0 else -math.inf


def judged(guess, measured, factor, within):
    """Return a verdict on a guess and how far it is off, as text.

    Parameters
    ----------
    guess, measured : float
    factor : float
        A guess within this factor is close, within its square fair. Used where `within` is None.
    within : float or None
        A guess within this difference is close, within three times of it fair.

    Returns
    -------
    verdict, distance : str
    """
    if guess == measured:
        return CLOSE, "exactly"
    if within is not None:
        off = abs(guess - measured)
        return _graded(off, within, 3 * within), f"off by {guess - measured:+.3g}"
    if guess * measured <= 0 or math.isinf(guess) or math.isinf(measured):
        return FAR, "no factor leads from the one to the other"
    ratio = guess / measured
    off = max(ratio, 1 / ratio)
    return _graded(off, factor, factor**2), f"{off:.3g} times too {_side(guess, measured)}"


def _graded(off, close, fair):
    return CLOSE if off <= close else FAIR if off <= fair else FAR


def _side(guess, measured):
    return "large" if abs(guess) > abs(measured) else "small"


def reveal(question, prediction, measured, unit="", digits=4, *, factor=2.0, within=None):
    """Print a prediction written down before a run beside what was measured.

    Parameters
    ----------
    question : str
        A few words, for the list that `calibration` prints.
    prediction : object
        The reader's guess; None when none was written down. What is no number is answered
        with a hint and no error.
    measured : float
    unit : str, optional
        For example ``"nats"``.
    digits : int, optional
        Significant digits printed.
    factor, within : float, optional
        As for `judged`: by factors where the answer may be any power of ten, by differences
        where it lies between known bounds.
    """
    measured = float(measured)
    print(f"measured:    {measured:.{digits}g} {unit}")
    try:
        guess = as_number(prediction, unit)
    except ValueError as problem:
        guess = math.nan
        print(f"your guess:  {problem}")
    else:
        if math.isnan(guess):
            print("your guess:  none yet; write one into the cell above and run both again")
    verdict = ""
    if not math.isnan(guess):
        verdict, distance = judged(guess, measured, factor, within)
        print(f"your guess:  {guess:.{digits}g} {unit} ({verdict}: {distance})")
    _ledger[question] = Entry(guess, measured, unit, verdict)


def calibration():
    """Display every prediction of this lesson beside its answer, and what they have in common."""
    guessed = {question: entry for question, entry in _ledger.items() if entry.verdict}
    print(f"You wrote down {len(guessed)} of {len(_ledger)} predictions.", end=" ")
    if not guessed:
        print("Go back to one that you are unsure of: a wrong guess is remembered longest.")
        return
    close, fair, far = (
        [entry for entry in guessed.values() if entry.verdict == verdict]
        for verdict in (CLOSE, FAIR, FAR)
    )
    print(f"{len(close)} close, {len(fair)} in the right region, {len(far)} far.", end=" ")
    large = sum(_side(entry.guess, entry.measured) == "large" for entry in fair + far)
    missed = len(fair + far)
    if missed >= 3 and abs(2 * large - missed) > missed / 3:
        print(f"Most that missed are too {'large' if 2 * large > missed else 'small'}.", end=" ")
    print("Of each that is far, ask what you took for granted." * bool(far))
    table(
        {"question": "", "your guess": ".4g", "measured": ".4g", "unit": "", "verdict": ""},
        [(question, *entry) for question, entry in guessed.items()],
    )
