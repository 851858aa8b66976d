"""The language of a notebook: only Python is graded."""

from __future__ import annotations

import re
from typing import Any

from autograder.checks.texts import said

# Kernels whose metadata often names no language, by how their names begin.
KERNELS = {"ir": "R", "xr": "R", "julia": "Julia", "octave": "Octave", "matlab": "MATLAB"}


# What is no name says nothing of the language.
NAME = re.compile(r"[A-Za-z][\w+#. -]{0,30}")


def foreign_language(metadata: Any) -> str | None:
    """Return the language that a notebook's metadata names if that is not Python, or None.

    Nothing is said of a notebook without a word about it: editors leave that out.
    """
    about = metadata if isinstance(metadata, dict) else {}
    kernel, info = (
        each if isinstance(each, dict) else {}
        for each in (about.get("kernelspec"), about.get("language_info"))
    )
    for named in (kernel.get("language"), info.get("name")):
        if isinstance(named, str) and NAME.fullmatch(named.strip()):
            return None if "python" in named.lower() else named.strip()
    name = kernel.get("name")
    start = name.lower().split("-")[0] if isinstance(name, str) else ""
    return KERNELS.get(start)


def why_not(language: str) -> str:
    """Return why a notebook in another language is not graded."""
    return said(f"its kernel is for {language}; only Python is graded")
