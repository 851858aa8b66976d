"""What the exercises are: one declaration each, from which everything else follows."""

from importlib import import_module
from types import ModuleType

ASSIGNMENTS = ("ps1_initialization", "ps2_loss_at_init", "ps3_smoothed_loss", "ps4_char_rnn")


class Undeclared(LookupError):
    """An assignment or an exercise that no module here declares."""


def load(assignment) -> ModuleType:
    """Return the module that declares the exercises of an assignment.

    Raises
    ------
    Undeclared
        If no such module is declared.
    """
    if assignment not in ASSIGNMENTS:
        raise Undeclared(
            f"no assignment {assignment!r} is declared in autograder/exercises/; "
            f"there are {', '.join(ASSIGNMENTS)}"
        )
    return import_module(f"{__name__}.{assignment}")


def by_name(assignment):
    """Return the exercises of an assignment as a dict by name, in their order.

    An assignment without a declaration has none: its test cells are written by hand.
    """
    if assignment not in ASSIGNMENTS:
        return {}
    return {exercise.name: exercise for exercise in load(assignment).EXERCISES}
