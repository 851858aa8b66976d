"""What a verb prints: words for people or, with --json, figures for programs."""

import contextlib
import json
import sys
from contextlib import AbstractContextManager


def tell(words: str, figures: object, as_json: bool) -> None:
    """Print words or, for programs, figures as JSON."""
    print(json.dumps(figures, indent=1) if as_json else words, flush=True)


def tell_line(**figures: object) -> None:
    """Print figures as one line of JSON: one of several, each printed when it is known."""
    print(json.dumps(figures), flush=True)


def words_aside(as_json: bool) -> AbstractContextManager[object]:
    """Have what is printed meanwhile go to stderr, if stdout is for JSON alone."""
    return contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext()
