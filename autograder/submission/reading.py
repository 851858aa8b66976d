"""Reading what a student handed in: any file, any encoding, any damage.

Nothing is executed and no link is followed. The reason why something cannot be read is returned
as a sentence.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from autograder.checks import wire
from autograder.checks.texts import said

from .carried import taken_out
from .language import foreign_language, why_not

PathLike = Path | str
Cell = dict[str, Any]

MAX_FILES = 500
MAX_NOTEBOOKS = 20  # that are opened, together no larger than two may be
MAX_ENTRIES = 5000  # of all the folders of a submission together
DEEPEST = 20  # folder in a folder
MAX_CELLS = 2000  # of a notebook
MAX_MARKS = 9_000_000  # brackets and commas of its JSON: 1 GB of objects
CODE = 500_000  # characters of one code cell; a parser takes a thousand times that
ALL_CODE = 2_000_000
TEXT = 5_000_000  # of one cell of text: some editors put pictures into it
ALL_TEXT = 20_000_000
SHOWN = 60
PNG = b"\x89PNG\r\n\x1a\n"
PICTURE = 3_000_000  # characters of base64 of one pasted picture
MAX_PICTURES = 8  # in one cell


class NotGradableError(ValueError):
    """A submission that cannot be graded; the text says why, to student and instructor."""


@dataclass
class Handed:
    """A notebook as it was handed in."""

    cells: list[Cell]  # dicts with "type", "source", "grade_id", "id" and more, see `_cell`
    repairs: list[str] = field(default_factory=list)  # one sentence each


def shown(name: object) -> str:
    """Return a file's name so that it can stand in a sentence."""
    text = "".join(sign if sign.isprintable() else "?" for sign in str(name))
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def read_submission(
    folder: PathLike,
    expected: str,
    stubs: Mapping[str, str],
    limit: int,
    others: Collection[str] = (),
) -> Handed:
    """Return the Handed notebook of a submission.

    Parameters
    ----------
    folder : path
        Of the submission.
    expected : str
        Name of the notebook file that was asked for.
    stubs : dict of str
        By grade_id, the assignment's answers as they were handed out: between several notebooks
        the one with most answers counts.
    limit : int
        Size of a file in bytes.
    others : set of str, optional
        Names of the assignment's other notebooks: none of them is taken for this one.

    Raises
    ------
    NotGradableError
        If no file there can be read as a notebook, or if it holds nothing.
    """
    files, remarks = listing(folder, expected)
    files = [path for path in files if path.name not in others]
    best, why = None, []
    for path in candidates(files, limit):
        try:
            handed = _read(path, limit)
        except NotGradableError as error:
            file = shown(path.name)
            why.append(said(f"{file}: {error}"))
            continue
        score = _answered(handed, stubs), len(_ids(handed) & stubs.keys())
        if best is None or score > best[0]:
            best = score, path, handed
    if best is None:
        raise NotGradableError(_nothing(files, why, expected, remarks))
    _, path, handed = best
    if not any(cell["source"].strip() for cell in handed.cells):
        file = shown(path.name)
        raise NotGradableError(f"{file} is a notebook without any text in its cells")
    handed.repairs = remarks + handed.repairs + _about_files(path, expected, files, why, folder)
    return handed


def _ids(handed: Handed) -> set[str | None]:
    return {cell["grade_id"] for cell in handed.cells}


def _answered(handed: Handed, stubs: Mapping[str, str]) -> int:
    """Return how many answers of a notebook differ from what was handed out."""
    return len(
        {
            cell["grade_id"]
            for cell in handed.cells
            if cell["grade_id"] in stubs
            and cell["source"].strip() not in ("", stubs[cell["grade_id"]].strip())
        }
    )


def entries(folder: PathLike) -> tuple[list[tuple[Path, str]], list[str], bool]:
    """Return what lies in a submission, folders in folders too, as far as anybody looks.

    Returns
    -------
    found : list of (Path, str)
        Each with its kind: "file", "folder", nothing for what is passed over, or words that say
        why it is skipped.
    remarks : list of str
        On folders that cannot be read.
    is_all : bool
        Whether that is all.
    """
    found: list[tuple[Path, str]] = []
    remarks: list[str] = []
    waiting = [(Path(folder), 0)]
    while waiting and len(found) < MAX_ENTRIES:
        place, depth = waiting.pop(0)
        for entry in _entries(place, remarks):
            kind = _kind(entry)
            found.append((place / entry.name, kind))
            if kind == "folder" and depth < DEEPEST:
                waiting.append((place / entry.name, depth + 1))
            elif kind not in ("", "file"):
                file = shown(entry.name)
                remarks.append(f"{file} is {kind}; it was skipped.")
    return found, remarks, not waiting


def listing(folder: PathLike, expected: str) -> tuple[list[Path], list[str]]:
    """Return the regular files of a folder, likely notebooks first, and remarks on the rest.

    A verdict depends on these files and on nothing else in the folder.
    """
    there, remarks, is_all = entries(folder)
    found = [path for path, kind in there if kind == "file"]
    found.sort(
        key=lambda path: (
            not may_be_notebook(path.name),
            path.name != expected,
            len(path.parts),
            str(path),
        )
    )
    if len(found) > MAX_FILES or not is_all:
        remarks.append(f"Only the first {MAX_FILES} files were read.")
    return found[:MAX_FILES], remarks[:10]


def candidates(files: list[Path], limit: int) -> list[Path]:
    """Return those of the files that are opened: bounded in number and size."""
    chosen, room = [], 2 * limit
    for path in [path for path in files if may_be_notebook(path.name)][:MAX_NOTEBOOKS]:
        size = _size(path)
        room -= size if size <= limit else 0  # one that is too large is not opened
        if room >= 0:
            chosen.append(path)
    return chosen


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:  # a path too long for the system, a file that has just been removed
        return 0


def _entries(place: Path, remarks: list[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        folder = shown(place.name)
        remarks.append(f"The folder {folder} cannot be read: {error.strerror}.")
        return []


def _kind(entry: os.DirEntry[str]) -> str:
    """Say what lies there; nothing for what Jupyter or the release has put there."""
    try:
        if entry.is_dir(follow_symlinks=False):
            return "" if entry.name in (".ipynb_checkpoints", "checks") else "folder"
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return said(f"not accessible ({error.strerror})")
    return "file" if stat.S_ISREG(mode) else said("a link or not a regular file")


def may_be_notebook(name: str) -> bool:
    """Tell whether a file is worth opening."""
    return ".ipynb" in name.lower() or name.lower().endswith(".json")


def _nothing(files: list[Path], why: list[str], expected: str, remarks: list[str]) -> str:
    if why:
        return "; ".join(why[:5])
    names = ", ".join(shown(path.name) for path in files[:5]) or said("nothing")
    none = said(f"no notebook {expected} was handed in; found: {names}.")
    return f"{none} {' '.join(remarks)}".strip()


def _about_files(
    path: Path, expected: str, files: list[Path], why: list[str], folder: PathLike
) -> list[str]:
    remarks = []
    if path.name != expected or path.parent != Path(folder):
        place = os.path.relpath(path, folder)
        remarks.append(f"The notebook {shown(place)} was taken for {expected}.")
    remarks += [said(f"A file was skipped: {reason}.") for reason in why[:3]]
    others = [
        each.name
        for each in files
        if each != path
        and may_be_notebook(each.name)
        and not any(reason.startswith(shown(each.name)) for reason in why)
    ]
    if others:
        names = ", ".join(map(shown, others[:5]))
        remarks.append(f"Other notebooks were skipped: {names}.")
    return remarks


def _read(path: Path, limit: int) -> Handed:
    try:
        size = path.lstat().st_size
    except OSError as error:
        raise NotGradableError(f"the file cannot be read: {error.strerror}") from None
    if size == 0:
        raise NotGradableError("the file is empty (0 bytes)")
    if size > limit:
        raise NotGradableError(
            f"the file has {size // 2**20} MB, over the limit of "
            f"{limit // 2**20} MB; clear the outputs and hand it in again"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotGradableError(f"the file cannot be read: {error.strerror}") from None
    text, repairs = _decode(data)
    if wire.marks(wire.skeleton(data)) > MAX_MARKS:
        raise NotGradableError("the file is nested too deep or too large to be read")
    del data
    try:
        content = json.loads(text)
    except (ValueError, RecursionError, MemoryError) as error:
        raise NotGradableError(_why_not_json(text, error)) from None
    if not isinstance(content, dict):
        raise NotGradableError("the file is JSON, but not a notebook")
    if content.get("nbformat", 4) != 4:
        content = _upgrade(content, repairs)
    if not isinstance(content.get("cells"), list):
        raise NotGradableError("the file is JSON, but not a notebook: it has no cells")
    if language := foreign_language(content.get("metadata")):
        raise NotGradableError(why_not(shown(language)))
    cells = [_cell(cell) for cell in content["cells"] if isinstance(cell, dict)]
    return Handed(_bounded(cells, repairs), repairs)


def _bounded(cells: list[Cell], repairs: list[str]) -> list[Cell]:
    """Drop cells that are too many or too long."""
    if len(cells) > MAX_CELLS:
        repairs.append(
            f"The notebook has {len(cells)} cells; only the first {MAX_CELLS} were read."
        )
    kept, left = cells[:MAX_CELLS], 0
    room = {True: ALL_CODE, False: ALL_TEXT}
    for cell in kept:
        is_code, size = cell["type"] == "code", len(cell["source"])
        if size > (CODE if is_code else TEXT) or size > room[is_code]:
            cell["source"], left = "", left + 1
        else:
            room[is_code] -= size
    if left:
        which = said(f"{left} cells") if left > 1 else said("1 cell")
        repairs.append(
            f"The text of {which} was left out: a code cell may "
            f"have {CODE // 1000} kB, all together {ALL_CODE // 1_000_000} MB."
        )
    return kept


def _decode(data: bytes) -> tuple[str, list[str]]:
    for encoding in (json.detect_encoding(data), "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        usual = encoding in ("utf-8", "utf-8-sig")
        return text, [] if usual else [said(f"The file was read as {encoding}; it is not UTF-8.")]
    lost = said("Some characters of the file could not be read.")
    return data.decode("utf-8", "replace"), [lost]


def _why_not_json(text: str, error: BaseException) -> str:
    if isinstance(error, (RecursionError, MemoryError)):
        return said("the file is nested too deep or too large to be read")
    if text.lstrip().startswith("<"):
        return said("the file is a web page (HTML), not a notebook; export it as .ipynb")
    if re.search(r"^(<{7}|>{7}) ", text, re.MULTILINE):
        return said(
            "it holds the marks of a conflict that git left (<<<<<<<); settle it, hand it in again"
        )
    if text.startswith("PK\x03\x04"):
        return said("the file is an archive (zip) under another name; unpack it")
    if text.lstrip().startswith("{"):
        return said(
            "the file is cut off or damaged (it is not valid JSON: "
            f"{getattr(error, 'msg', 'error')} in line {getattr(error, 'lineno', '?')})"
        )
    return said("the file is not a notebook (it is not JSON)")


def _upgrade(content: dict[str, Any], repairs: list[str]) -> Any:
    version = content.get("nbformat")
    if version not in (1, 2, 3):
        raise NotGradableError(f"the notebook's format is {shown(version)}; 3 and 4 can be read")
    try:
        newer = nbformat.convert(nbformat.from_dict(content), 4)
    except Exception:
        raise NotGradableError(
            f"the notebook's old format {version} could not be converted"
        ) from None
    repairs.append(f"The notebook was in the old format {version}; it was converted.")
    return newer


def _cell(cell: dict[str, Any]) -> Cell:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = own.get("grade_id") if isinstance(own, dict) else None
    kind = cell.get("cell_type") or ("code" if "outputs" in cell else "")
    kind, text = _as_words(kind if kind in ("code", "markdown", "raw") else "raw", _text(source))
    text = taken_out(text)
    return {
        "type": kind,
        "source": text,
        "pictures": _pictures(cell.get("attachments")),
        "grade_id": grade_id if isinstance(grade_id, str) else None,
        "id": cell.get("id") if isinstance(cell.get("id"), str) else None,
        "marks": own if isinstance(own, dict) else {},
        "tags": _tags(metadata),
    }


def _tags(metadata: Any) -> list[str]:
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return [shown(tag) for tag in tags[:5]] if isinstance(tags, list) else []


def _text(source: Any) -> str:
    if not isinstance(source, str):
        return ""
    # Lone surrogates are valid in JSON and nowhere else; line ends are those of the editor.
    text = source.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")


def _as_words(kind: str, text: str) -> tuple[str, str]:
    """Take a code cell for what a magic in its first line says, as Databricks has it."""
    first, _, rest = text.lstrip().partition("\n")
    if kind == "code" and first.strip() in ("%md", "%%md", "%markdown", "%%markdown"):
        return "markdown", rest
    return kind, rest if kind == "code" and first.strip() == "%python" else text


def _pictures(attachments: Any) -> dict[str, str]:
    """Return the pictures pasted into a cell, as base64 by name: real PNGs of bounded size."""
    found: dict[str, str] = {}
    for name, kinds in attachments.items() if isinstance(attachments, dict) else ():
        data = kinds.get("image/png") if isinstance(kinds, dict) else None
        if isinstance(data, list):
            data = "".join(part for part in data if isinstance(part, str))
        named = isinstance(name, str) and re.fullmatch(r"[\w. -]{1,80}", name)
        if named and isinstance(data, str) and len(data) <= PICTURE and is_png(data):
            found[name] = "".join(data.split())
    return dict(list(found.items())[:MAX_PICTURES])


def is_png(text: object) -> bool:
    """Tell whether a text is the base64 of a PNG."""
    if not isinstance(text, str):
        return False
    try:
        return base64.b64decode("".join(text.split()), validate=True).startswith(PNG)
    except (TypeError, ValueError, binascii.Error):
        return False
