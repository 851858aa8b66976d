"""Broken by accident as a file: other names, encodings, formats, sizes."""

import json
import os

from tests.threats.declare import NOTEBOOK, Submission, answer_cells, cells

NOT_GRADABLE = "not gradable"


def _bad(name, data, remark, **more):
    return Submission(
        name, {}, NOT_GRADABLE, remark, lambda notebook: data, written=NOT_GRADABLE, **more
    )


def _text(notebook, **how):
    return json.dumps(notebook, ensure_ascii=False, **how)


def _encoded(encoding):
    def edit(notebook):
        for cell in answer_cells(notebook):
            cell["source"] += "\n# für Zoë – naïve “quotes”"
        return _text(notebook).encode(encoding, "replace")

    return edit


def _version_3(notebook):
    made = []
    for cell in notebook["cells"]:
        cell = {key: value for key, value in cell.items() if key != "id"}
        if cell["cell_type"] == "code":
            cell |= {
                "input": cell.pop("source"),
                "outputs": [],
                "language": "python",
                "prompt_number": 1,
            }
        made.append(cell)
    return {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": made, "metadata": {}}],
    }


def _version(number):
    return lambda notebook: {**notebook, "nbformat": number}


def _fat(notebook):
    """Give the notebook 100 MB of outputs, a few pictures and many lines."""
    picture = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"image/png": "A" * 20_000_000},
    }
    cells(notebook, "softmax")[0]["outputs"] = [picture] * 4 + [
        {"output_type": "stream", "name": "stdout", "text": ["1.0, 2.0, [3.0, 4.0]\n"] * 700_000}
    ]
    return notebook


def _too_fat(folder):
    """Make the file longer without writing it all."""
    os.truncate(folder / NOTEBOOK, 170 * 2**20)


def _extra(folder):
    """Lay an old version, a backup and a checkpoint beside the notebook."""
    whole = json.loads((folder / NOTEBOOK).read_text())
    for name in ("Untitled.ipynb", "loss_at_init-Copy1.ipynb", "old.json"):
        (folder / name).write_text(json.dumps({**whole, "cells": whole["cells"][:3]}))
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "loss_at_init-checkpoint.ipynb").write_text("{}")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._loss_at_init.ipynb").write_bytes(b"\x00\x05\x16\x07")
    (folder / "notes.pdf").write_bytes(b"%PDF")


def _in_folder(folder):
    (folder / "ps2" / "final").mkdir(parents=True)
    os.rename(folder / NOTEBOOK, folder / "ps2" / "final" / NOTEBOOK)


def _as_folder(folder):
    (folder / NOTEBOOK).mkdir()
    (folder / NOTEBOOK / "x.txt").write_text("x")


def _unreadable(folder):
    os.chmod(folder / NOTEBOOK, 0)


BYTES = bytes(range(256))

SUBMISSIONS = [
    Submission("file_renamed", remark="final.ipynb was taken for", file_name="final.ipynb"),
    Submission("file_numbered", remark="was taken for", file_name="loss_at_init (2).ipynb"),
    Submission("file_downloaded", remark="was taken for", file_name="loss_at_init.ipynb.txt"),
    Submission("file_as_json", remark="was taken for", file_name="notebook.json"),
    Submission("file_in_folder", remark="was taken for", beside=_in_folder),
    Submission("file_with_others", remark="Other notebooks were skipped", beside=_extra),
    Submission("file_with_bom", edit=_encoded("utf-8-sig")),
    Submission("file_in_utf_16", remark="utf-16", edit=_encoded("utf-16")),
    Submission("file_in_utf_16_le", remark="utf-16", edit=_encoded("utf-16-le")),
    Submission("file_in_utf_32", remark="utf-32", edit=_encoded("utf-32")),
    Submission("file_in_cp1252", remark="cp1252", edit=_encoded("cp1252")),
    Submission("file_in_latin_1", remark="cp1252", edit=_encoded("latin-1")),
    Submission("file_on_one_line", edit=lambda nb: _text(nb, separators=(",", ":")).encode()),
    Submission(
        "file_of_version_3", remark="old format 3", edit=_version_3, written="to be graded by hand"
    ),
    Submission("file_of_version_4_by_name", edit=_version(4)),
    Submission("file_of_100_MB", edit=_fat),
    Submission("file_with_nan", edit=lambda nb: {**nb, "metadata": {"x": float("nan")}}),
    Submission("file_without_metadata", edit=lambda nb: {"cells": nb["cells"], "nbformat": 4}),
    _bad("file_empty", b"", "empty"),
    _bad("file_of_spaces", b"  \n" * 99, "not JSON"),
    _bad("file_of_words", b"My dog ate it.\n", "not JSON"),
    _bad("file_of_bytes", BYTES * 99, "not JSON"),
    _bad("file_of_nothing", b"\x00" * 10_000, "not JSON"),
    _bad("file_as_page", b"<!DOCTYPE html><html><body>x</body></html>", "web page"),
    _bad("file_as_zip", b"PK\x03\x04" + BYTES, "an archive"),
    _bad("file_as_list", b"[1, 2, 3]", "not a notebook"),
    _bad("file_as_text", b'"hello"', "not a notebook"),
    _bad("file_without_cells", b'{"nbformat": 4, "metadata": {}}', "no cells"),
    _bad("file_with_odd_cells", b'{"nbformat": 4, "cells": {"a": 1}}', "no cells"),
    _bad("file_of_deep_lists", b"[" * 5_000_000, "nested too deep"),
    _bad("file_of_deep_dicts", b'{"a":' * 2_000_000 + b"1" + b"}" * 2_000_000, "nested too deep"),
    _bad("file_of_small_objects", b'{"cells":[' + b"[]," * 4_000_000 + b"[]]}", "too large"),
    _bad("file_of_digits", b'{"cells": ' + b"9" * 1_000_000 + b"}", "JSON"),
    Submission(
        "file_of_version_2", {}, NOT_GRADABLE, "old format 2", _version(2), written=NOT_GRADABLE
    ),
    Submission(
        "file_of_version_99", {}, NOT_GRADABLE, "format is 99", _version(99), written=NOT_GRADABLE
    ),
    Submission(
        "file_of_version_text",
        {},
        NOT_GRADABLE,
        "format is",
        _version("four"),
        written=NOT_GRADABLE,
    ),
    Submission(
        "file_cut_off",
        {},
        NOT_GRADABLE,
        "cut off",
        lambda nb: json.dumps(nb).encode()[:-500],
        written=NOT_GRADABLE,
    ),
    Submission(
        "file_of_170_MB", {}, NOT_GRADABLE, "over the limit", beside=_too_fat, written=NOT_GRADABLE
    ),
    Submission(
        "file_with_conflict",
        {},
        NOT_GRADABLE,
        "JSON",
        lambda nb: json.dumps(nb, indent=1).replace('"cells"', '<<<<<<< HEAD\n"cells"').encode(),
        written=NOT_GRADABLE,
    ),
    Submission("no_file", {}, NOT_GRADABLE, "no notebook", lambda nb: None, written=NOT_GRADABLE),
    Submission(
        "only_other_files",
        {},
        NOT_GRADABLE,
        "found: answer.py",
        lambda nb: None,
        lambda folder: (folder / "answer.py").write_text("x"),
        written=NOT_GRADABLE,
    ),
    Submission(
        "file_is_a_folder",
        {},
        NOT_GRADABLE,
        "no notebook",
        lambda nb: None,
        _as_folder,
        written=NOT_GRADABLE,
    ),
    Submission(
        "file_unreadable",
        {},
        NOT_GRADABLE,
        "cannot be read",
        beside=_unreadable,
        written=NOT_GRADABLE,
        readable_to_root=True,
    ),
]
