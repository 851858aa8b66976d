"""What the machine must have before it grades, and a sentence if it lacks it."""

import sys

ELSEWHERE = (
    "Grading needs Linux: on Windows grade in WSL 2, on macOS in a container; "
    "docs/operators.md has the commands"
)


def cannot_grade() -> str | None:
    """Return why this machine cannot grade as it is, or None.

    Only what can be told at once; the isolation of students' code is probed when a grading begins.
    """
    if sys.platform != "linux":
        return f"{ELSEWHERE}."
    try:
        import pyseccomp  # noqa: F401  it looks for the system's libseccomp
    except (ImportError, RuntimeError, OSError) as error:
        return (
            f"The filter of system calls cannot be loaded ({error}): `python3 course.py build` "
            "installs pyseccomp; the system has to have libseccomp (Debian: libseccomp2)."
        )
    return None
