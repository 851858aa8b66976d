"""Predictions are read kindly and judged by a fitting scale; figures tell what they show."""

import json
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course import ROOT
from course.figures import guesses, interaction, player, style


@pytest.fixture(autouse=True)
def ledger(monkeypatch):
    """Give each test a list of predictions of its own."""
    monkeypatch.setattr(guesses, "_ledger", {})
    return guesses._ledger


@pytest.fixture
def shown(monkeypatch):
    """Collect what is displayed."""
    kept = []
    for module in (interaction, player, style):
        monkeypatch.setattr(module, "display", lambda each, **_: kept.append(each))
    return kept


@pytest.mark.parametrize(
    "guess, unit, number",
    [
        (3, "", 3.0),
        ("1e-8", "", 1e-8),
        ("1,000", "steps", 1000.0),
        ("1,234,567.5", "", 1234567.5),
        ("1,5", "nats", 1.5),
        ("0,125", "", 0.125),
        ("3/4", "", 0.75),
        ("50 %", "", 0.5),
        ("50 %", "%", 50.0),
        ("2.1 nats", "nats", 2.1),
        ("inf", "steps", np.inf),
        ("1e400", "", np.inf),
        (-(10**400), "", -np.inf),
        ("１", "", 1.0),
        (np.float64(0.1), "", 0.1),
        (np.array([0.1]), "", 0.1),
    ],
)
def test_a_guess_is_understood(guess, unit, number):
    assert guesses.as_number(guess, unit) == pytest.approx(number)


@pytest.mark.parametrize("guess", ["many", "", "1/0", [1, 2], {}, 1j, object(), "3/4/5"])
def test_any_other_input_is_answered_kindly(guess, capsys, ledger):
    guesses.reveal("how many", guess, 5, "units")
    said = capsys.readouterr().out
    assert "measured:    5 units" in said and "write one such as" in said
    assert ledger["how many"].verdict == ""


@pytest.mark.parametrize(
    "guess, measured, options, verdict",
    [
        (1e-7, 5e-8, {"factor": 10}, guesses.CLOSE),
        (1e-6, 5e-8, {"factor": 10}, guesses.FAIR),
        (1e-3, 5e-8, {"factor": 10}, guesses.FAR),
        (0.5, 0.46, {"within": 0.05}, guesses.CLOSE),
        (0.6, 0.46, {"within": 0.05}, guesses.FAIR),
        (0.9, 0.46, {"within": 0.05}, guesses.FAR),
        (0.0, 0.0, {}, guesses.CLOSE),
        (1.0, 0.0, {}, guesses.FAR),
        (np.inf, np.inf, {}, guesses.CLOSE),
        (3.0, np.inf, {}, guesses.FAR),
        (-1.0, 1.0, {}, guesses.FAR),
    ],
)
def test_a_guess_is_judged_by_factor_or_difference(guess, measured, options, verdict, ledger):
    guesses.reveal("q", guess, measured, **options)
    assert ledger["q"].verdict == verdict


def test_the_summary_counts_and_sees_a_leaning(capsys, shown):
    for number in range(4):
        guesses.reveal(f"question {number}", 1000, 1.0)
    guesses.reveal("another", 1.0, 1.0)
    guesses.reveal("unanswered", None, 1.0)
    capsys.readouterr()
    guesses.calibration()
    said = capsys.readouterr().out
    assert "5 of 6 predictions" in said and "1 close" in said and "too large" in said
    assert "question 3" in repr(shown[-1]) and "unanswered" not in repr(shown[-1])


def test_the_summary_of_nothing_is_kind(capsys):
    guesses.calibration()
    assert "0 of 0 predictions" in capsys.readouterr().out


def test_a_slider_is_one_figure_with_an_alternative_text_for_each_frame(shown, monkeypatch):
    texts = {"a line": "A line at height {height} of slope {slope:.1f}, told as {told}."}
    monkeypatch.setattr(style, "alternative_texts", lambda: texts)

    def draw(height, slope):
        figure, ax = plt.subplots(figsize=(1, 1))
        ax.plot([0, 1], [height, height + slope])
        return figure, {"told": height + slope}

    heights, slopes = player.slider(2, (1, 2), "height"), player.slider(0.5, (0.0, 0.5), "slope")
    player.explore(draw, "a line", play=True, height=heights, slope=slopes)
    [picture] = shown
    page = picture._repr_mimebundle_()["text/html"]
    data = json.loads(re.search(r"const data = (.*);", page)[1])
    assert len(set(data["frames"])) >= 3 and len(data["frames"]) == 4
    assert data["alts"][1] == "A line at height 1 of slope 0.5, told as 1.5."
    assert picture.alt == data["alts"][3] and picture.still == data["frames"][3]
    assert page.count("<img") == 1 and page.count("<input") == 2
    assert "Play" in page and "NAME" not in page and "https://" not in page


def test_a_first_value_that_a_slider_does_not_have_is_refused():
    with pytest.raises(ValueError, match="not one of"):
        player.slider(3, (1, 2), "height")


def test_every_alternative_text_says_something_and_is_used():
    lessons = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "course" / "lessons").glob("*.py")
    )
    for name, text in style.alternative_texts().items():
        assert f'"{name}"' in lessons, f"no lesson shows {name!r}"
        assert len(text) > 40


def test_a_table_reads_as_text_too(shown):
    interaction.table({"start": "", "cost (nats)": ".3f"}, [("He", 0.88305), ("zeros", None)])
    assert repr(shown[0]).splitlines() == [
        "start  cost (nats)",
        "He           0.883",
        "zeros            –",
    ]
    assert "<td" in shown[0]._repr_html_()
    assert "></th>" not in interaction.Table(["", "loss"], [["a", "1"]])._repr_html_()
