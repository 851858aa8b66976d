"""Submissions that try something, as data: a module for each kind of attempt."""

from importlib import import_module

KINDS = (
    "weakened",
    "stolen",
    "forged",
    "grader_files",
    "resources",
    "flooding",
    "death",
    "system",
    "pages",
    "accidents",
    "damaged_files",
)


def of_kind(kind):
    """Return the submissions of one kind by name."""
    return {each.name: each for each in import_module(f"{__name__}.{kind}").SUBMISSIONS}


def everything():
    """Return all submissions by name."""
    return {name: each for kind in KINDS for name, each in of_kind(kind).items()}
