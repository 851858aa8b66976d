"""Submissions that try something, as data: a module for each kind of attempt."""

from importlib import import_module

KINDS = ("weakened", "stolen", "forged", "grader_files", "resources", "flooding", "death",
         "system", "pages", "accidents", "damaged_files")


def everything():
    """Return all submissions by name."""
    made = {}
    for kind in KINDS:
        for each in import_module(f"{__name__}.{kind}").SUBMISSIONS:
            assert each.name not in made, f"two submissions are called {each.name}"
            made[each.name] = each
    return made
