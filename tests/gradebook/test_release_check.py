"""A release whose own solution fails, or whose empty notebook gets points, is refused."""

import nbformat
import pytest

from autograder.authoring import review
from tests.threats.test_killed import SOURCE, TINY, cell

pytestmark = pytest.mark.system

FREE = cell("assert True", "test_free", points=1)
WRONG = cell("assert double(2) == 5", "test_wrong", points=2)


def refused(folder, *more):
    """Return why the small assignment with more test cells is refused."""
    notebook = nbformat.from_dict(SOURCE)
    notebook.cells += more
    place = folder / "source" / TINY / "tiny.ipynb"
    place.parent.mkdir(parents=True)
    nbformat.write(notebook, place)
    try:
        review.refuse(place, TINY)
    except review.ReleaseError as error:
        return str(error).splitlines()
    return []


def test_what_is_right_goes_out(tmp_path):
    assert refused(tmp_path) == []


def test_the_cells_are_named(tmp_path):
    first, *lines = refused(tmp_path, WRONG, FREE)
    assert first == "tiny.ipynb is not released:"
    assert lines == [
        "test_wrong: its own solution gets 0 of 2 points; failed: test_wrong: AssertionError",
        "test_free: an empty notebook gets 1 of 1 points",
    ]


def test_nbgrader_does_not_release_it(fresh):
    fresh.source(lambda notebook: notebook.cells.append(FREE))
    with pytest.raises(SystemExit, match="test_free: an empty notebook gets 1 of 1 points"):
        fresh.nbgrader("generate_assignment", TINY, "--force")
    assert not (fresh.folder / "release" / TINY).exists()


def test_a_mistake_that_is_not_named_is_told(monkeypatch):
    wrong = review.Finding(review.State.FAILED, "softmax: expected 1, got 2.", "another")
    monkeypatch.setattr(review, "finding", lambda *_: wrong)
    told = list(review.unnamed("ps2_loss_at_init"))
    assert any(
        each.startswith("softmax: the mistake ") and "failed, another" in each for each in told
    )
