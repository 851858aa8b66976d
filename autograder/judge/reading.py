"""Reading what a student handed in: any file, any encoding, any damage.

Nothing is executed and no link is followed. What cannot be read is said in words.
"""

import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

MOST_FILES = 500
TEXTS = ("utf-8-sig", "utf-16", "cp1252")   # tried in turn; the last one rarely refuses
SHOWN = 60


class NotGradable(ValueError):
    """A submission that cannot be graded; the text says why, to student and instructor."""


@dataclass
class Handed:
    """A notebook as it was handed in."""

    cells: list                 # dicts with "type", "source", "grade_id", "id"
    repairs: list = field(default_factory=list)   # one sentence each


def shown(name):
    """Return a file's name so that it can stand in a sentence."""
    text = "".join(sign if sign.isprintable() else "?" for sign in str(name))
    return text if len(text) <= SHOWN else text[:SHOWN - 3] + "..."


def read_submission(folder, expected, known_ids, limit):
    """Return the Handed notebook of a submission.

    Parameters
    ----------
    folder : path
        Of the submission.
    expected : str
        Name of the notebook file that was asked for.
    known_ids : set of str
        grade_ids of the assignment's answers, to tell its notebook from another.
    limit : int
        Size of a file in bytes.

    Raises
    ------
    NotGradable
        If no file there can be read as a notebook.
    """
    files, remarks = _files(Path(folder))
    candidates = [path for path in files if _may_be_notebook(path.name)]
    candidates.sort(key=lambda path: (path.name != expected, str(path)))
    best, why = None, []
    for path in candidates:
        try:
            handed = _read(path, limit)
        except NotGradable as error:
            why.append(f"{shown(path.name)}: {error}")
            continue
        score = len(known_ids & {cell["grade_id"] for cell in handed.cells})
        if best is None or score > best[0]:
            best = score, path, handed
    if best is None:
        raise NotGradable(_nothing(files, why, expected, remarks))
    _, path, handed = best
    handed.repairs = remarks + handed.repairs + _about_files(path, expected, files, why, folder)
    return handed


def _files(folder):
    """Return the regular files of a folder and remarks on what is left aside."""
    found, remarks = [], []
    for place, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith(".ipynb_checkpoints")
                            and not os.path.islink(os.path.join(place, f)))
        for name in sorted(names):
            path = Path(place) / name
            if not stat.S_ISREG(path.lstat().st_mode):
                remarks.append(f"{shown(name)} is a link or no ordinary file; it was left aside.")
            else:
                found.append(path)
        if len(found) > MOST_FILES:
            remarks.append(f"Only the first {MOST_FILES} files were looked at.")
            break
    return found[:MOST_FILES], remarks[:10]


def _may_be_notebook(name):
    return ".ipynb" in name.lower() or name.lower().endswith(".json")


def _nothing(files, why, expected, remarks):
    if why:
        return "; ".join(why[:5])
    names = ", ".join(shown(path.name) for path in files[:5]) or "nothing"
    return f"no notebook {expected} was handed in; what came: {names}. {' '.join(remarks)}".strip()


def _about_files(path, expected, files, why, folder):
    remarks = []
    if path.name != expected or path.parent != Path(folder):
        where = os.path.relpath(path, folder)
        remarks.append(f"The notebook {shown(where)} was taken for {expected}.")
    remarks += [f"A file was left aside: {reason}." for reason in why[:3]]
    others = [each.name for each in files if each != path and _may_be_notebook(each.name)
              and not any(reason.startswith(shown(each.name)) for reason in why)]
    if others:
        remarks.append("Other notebooks were left aside: "
                       + ", ".join(map(shown, others[:5])) + ".")
    return remarks


def _read(path, limit):
    size = path.stat().st_size
    if size == 0:
        raise NotGradable("the file is empty (0 bytes)")
    if size > limit:
        raise NotGradable(f"the file has {size // 2**20} MB, over the limit of "
                          f"{limit // 2**20} MB; clear the outputs and hand it in again")
    text, repairs = _decode(path.read_bytes())
    try:
        content = json.loads(text)
    except (ValueError, RecursionError, MemoryError) as error:
        raise NotGradable(_why_not_json(text, error)) from None
    if not isinstance(content, dict):
        raise NotGradable("the file is JSON, but not a notebook")
    if content.get("nbformat", 4) != 4:
        content = _upgrade(content, repairs)
    if not isinstance(content.get("cells"), list):
        raise NotGradable("the file is JSON, but not a notebook: it has no cells")
    return Handed([_cell(cell) for cell in content["cells"] if isinstance(cell, dict)], repairs)


def _decode(data):
    for encoding in TEXTS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        usual = encoding == "utf-8-sig"
        return text, [] if usual else [f"The file was read as {encoding}; it is not UTF-8."]
    return data.decode("utf-8", "replace"), ["Some characters of the file could not be read."]


def _why_not_json(text, error):
    if isinstance(error, (RecursionError, MemoryError)):
        return "the file is nested too deep or too large to be read"
    if text.lstrip().startswith("<"):
        return "the file is a web page (HTML), not a notebook; export it as .ipynb"
    if text.lstrip().startswith("{"):
        return ("the file is cut off or damaged (it is not valid JSON: "
                f"{getattr(error, 'msg', 'error')} in line {getattr(error, 'lineno', '?')})")
    return "the file is not a notebook (it is not JSON)"


def _upgrade(content, repairs):
    version = content.get("nbformat")
    if version not in (1, 2, 3):
        raise NotGradable(f"the notebook's format is {shown(version)}; 3 and 4 can be read")
    try:
        newer = nbformat.convert(nbformat.from_dict(content), 4)
    except Exception:
        raise NotGradable(f"the notebook's old format {version} could not be converted") from None
    repairs.append(f"The notebook was in the old format {version}; it was converted.")
    return newer


def _cell(cell):
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = own.get("grade_id") if isinstance(own, dict) else None
    kind = cell.get("cell_type")
    return {"type": kind if kind in ("code", "markdown", "raw") else "raw",
            "source": _text(source), "grade_id": grade_id if isinstance(grade_id, str) else None}


def _text(source):
    if not isinstance(source, str):
        return ""
    # Lone surrogates are valid in JSON and nowhere else.
    return source.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
