"""The states of an exercise, under the names that students, instructors and files see."""

from enum import StrEnum


class State(StrEnum):
    """What came of an exercise."""

    PASSED = "passed"
    PARTLY_RIGHT = "partly right"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    NOT_GRADABLE = "not gradable"
    BY_HAND = "to be graded by hand"
    NOT_CHECKED = "not checked yet"
