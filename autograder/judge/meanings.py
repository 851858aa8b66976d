"""What the code of modules means: their hashes without comments, layout and wordings.

Looking at the code of engine and course takes a second, in each judge and each grading. So what
was found is kept beside the code that Python has compiled, in `__pycache__`, by the hash of the
text that it was found in: whoever can write there can change what Python runs.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from importlib.util import cache_from_source
from pathlib import Path

OWN = Path(__file__).read_bytes()  # another version may see another meaning


def digest(place: Path, modules: Iterable[tuple[Path, int]]) -> str:
    """Return a hash of what modules mean.

    Parameters
    ----------
    place : Path
        The folder in whose `__pycache__` it is remembered.
    modules : iterable of tuple of (Path, int)
        Each with the number of words that make a text in it a wording; see `meaning`.
    """
    kept = Path(cache_from_source(str(place / "meanings.py"))).with_suffix(".json")
    known, found = _kept(kept), dict[str, str]()
    for path, least in modules:
        text = path.read_bytes()
        name = hashlib.sha256(b"%d\0%b\0%b" % (least, OWN, text)).hexdigest()
        found[name] = known.get(name) or _hash(meaning(text.decode(), least))
    if found.keys() - known.keys() and not sys.dont_write_bytecode:
        _keep(kept, found)
    return _hash(" ".join(found.values()))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(path: Path) -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        known = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(known, dict) and all(isinstance(each, str) for each in known.values()):
            return known
    return {}


def _keep(path: Path, found: dict[str, str]) -> None:
    with contextlib.suppress(OSError):  # where others installed it; then each looks for itself
        path.parent.mkdir(exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(found), encoding="utf-8")
        partial.replace(path)


def meaning(source: str, least: int) -> str:
    """Return a module's code without comments, layout and wordings.

    Parameters
    ----------
    source : str
    least : int
        How many words, with a blank among them, a text must have to be a wording.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [each for each in body if not _is_text(each)]  # type: ignore[attr-defined]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.split()
            if " " in node.value and len(words) >= least:
                node.value = ""
    return ast.dump(tree)


def _is_text(statement: ast.AST) -> bool:
    """Tell whether a statement is a docstring."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
