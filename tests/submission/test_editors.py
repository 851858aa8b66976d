"""Notebooks as other editors and hasty hands leave them: the answers are found all the same.

The ids of the cells say nothing here, as those that nbgrader makes up.
"""

import copy
import json
import re

import nbformat
import pytest

from autograder.submission.rebuild import rebuild
from tests.foreign.homework import marked

CODE, WORDS = "cell-1a2b", "cell-77ff"
STUB = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
ANSWER = "def double(x):\n    return 2 * x"
REASON = "Because it adds\nthe number to itself."
TEST = "assert double(2) == 4"
BARE = "# YOUR CODE HERE\nraise NotImplementedError()"


def master(stub=STUB):
    """Return a notebook as it is handed out."""
    markdown = nbformat.v4.new_markdown_cell
    cells = [
        markdown("# Doubling", id="title"),
        nbformat.v4.new_code_cell("import math", id="imports"),
        marked("code", stub, CODE, solution=True),
        marked("code", TEST, "cell-9c9c", 1, grade=True, locked=True),
        markdown("## Why?\n\nSay why that doubles.", id="question"),
        marked("markdown", "YOUR ANSWER HERE", WORDS, 2, grade=True, solution=True),
        markdown("## The end", id="end"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


TITLE, IMPORTS, CODE_AT, TEST_AT, QUESTION, WORDS_AT, END = range(7)


def answered(code=ANSWER, words=REASON):
    """Return the notebook with both answers, as JSON."""
    made = json.loads(json.dumps(master()))
    made["cells"][CODE_AT]["source"], made["cells"][WORDS_AT]["source"] = code, words
    return made


def cell(source, kind="code", **metadata):
    """Return a cell without a mark."""
    made = {"cell_type": kind, "metadata": metadata, "source": source}
    return made | ({"outputs": [], "execution_count": 1} if kind == "code" else {})


def unmarked(notebook, keep_ids=False):
    """Take away all marks of nbgrader's."""
    for each in notebook["cells"]:
        each["metadata"] = {}
        if not keep_ids:
            each.pop("id", None)
    return notebook


def kaggle(notebook):
    first = cell("# This Python 3 environment comes with many libraries\nimport os", _uuid="8f2839")
    for each in unmarked(notebook)["cells"]:
        each["metadata"] = {"trusted": True, "execution": {"iopub.status.busy": "2026"}}
    notebook["cells"].insert(0, first)
    notebook["metadata"]["kaggle"] = {"accelerator": "none"}
    return notebook


def colab(notebook):
    for number, each in enumerate(notebook["cells"]):
        each.pop("id", None)
        each["metadata"]["id"] = f"aB{number}"
        each["source"] = each["source"].splitlines(keepends=True)
    notebook.update(nbformat_minor=0)
    notebook["metadata"]["colab"] = {"provenance": []}
    return notebook


def deepnote(notebook):
    for number, each in enumerate(unmarked(notebook)["cells"]):
        each["metadata"] = {"cell_id": f"{number:032x}", "deepnote_cell_type": each["cell_type"]}
    notebook["cells"].append(
        cell("<a href='https://deepnote.com'>Created in Deepnote</a>", "markdown")
    )
    return notebook


def databricks(notebook):
    for each in unmarked(notebook)["cells"]:
        if each["cell_type"] == "markdown":
            each.update(cell("%md\n" + each["source"]))
        else:
            each["source"] = "%python\n" + each["source"]
    notebook["metadata"] = {"application/vnd.databricks.v1+notebook": {"language": "python"}}
    return notebook


def vs_code(notebook):
    for each in unmarked(notebook)["cells"]:
        each["metadata"] = {"vscode": {"languageId": "python"}}
        each["source"] = each["source"].replace("\n", "\r\n")
    notebook["metadata"] = {"language_info": {"name": "python"}}
    return notebook


def jupytext_light(notebook):
    notebook["cells"][0:2] = [cell("# # Doubling", "markdown"), cell("import math\n")]
    notebook["metadata"] = {"jupytext": {"cell_metadata_filter": "-all"}}
    return unmarked(notebook)


def black(notebook):
    notebook["cells"][CODE_AT]["source"] = "def double(\n    x,\n):\n    return 2 * x\n"
    notebook["cells"][TEST_AT]["source"] = "assert double(2) == 4\n"
    return notebook


def merged(notebook):
    cells = notebook["cells"]
    cells[CODE_AT]["source"] += "\n\n" + cells.pop(TEST_AT)["source"]
    return notebook


def all_in_one(notebook):
    code = "\n\n".join(each["source"] for each in notebook["cells"] if each["cell_type"] == "code")
    notebook["cells"][IMPORTS]["source"] = code
    del notebook["cells"][CODE_AT : TEST_AT + 1]
    return notebook


def split(notebook):
    first, second = ANSWER.split("\n")
    notebook["cells"][CODE_AT]["source"] = first
    notebook["cells"].insert(CODE_AT + 1, cell(second))
    return notebook


def below_the_stub(notebook):
    notebook["cells"][CODE_AT]["source"] = STUB
    notebook["cells"].insert(CODE_AT + 1, cell(ANSWER))
    return notebook


def stub_left_above(notebook):
    notebook["cells"][CODE_AT]["source"] = f"{STUB}\n\n{ANSWER}"
    return notebook


def raise_left_below(notebook):
    notebook["cells"][CODE_AT]["source"] = f"{ANSWER}\n{BARE}"
    return notebook


def words_in(place, source, kind="markdown"):
    """Return what writes the answer in words elsewhere, and leaves its cell as it was."""

    def change(notebook):
        notebook["cells"][WORDS_AT]["source"] = "YOUR ANSWER HERE"
        notebook["cells"].insert(place, cell(source, kind))
        return notebook

    return change


def words_after_question(notebook):
    notebook["cells"][WORDS_AT]["source"] = "YOUR ANSWER HERE"
    notebook["cells"][QUESTION]["source"] += "\n\n" + REASON
    return notebook


def nbdime(notebook):
    cells = notebook["cells"]
    mark = '<span style="color:red">**{}**</span>'
    ours = cells[CODE_AT] | {"source": STUB}
    cells[CODE_AT : CODE_AT + 1] = [
        cell(mark.format("<<<<<<< local"), "markdown"),
        ours,
        cell(mark.format("======="), "markdown"),
        cells[CODE_AT],
        cell(mark.format(">>>>>>> remote"), "markdown"),
    ]
    return notebook


def without_marks(change):
    return lambda notebook: unmarked(change(notebook))


def encoded(encoding):
    return lambda notebook: json.dumps(notebook, ensure_ascii=False).encode(encoding)


FOUND = {
    "kaggle": kaggle,
    "colab": colab,
    "colab_without_marks": without_marks(colab),
    "deepnote": deepnote,
    "databricks": databricks,
    "vs_code": vs_code,
    "jupytext_light": jupytext_light,
    "black": black,
    "black_without_marks": without_marks(black),
    "byte_order_mark": encoded("utf-8-sig"),
    "utf_16": encoded("utf-16"),
    "utf_16_without_mark": encoded("utf-16-le"),
    "version_3": lambda notebook: nbformat.v3.convert.downgrade(nbformat.from_dict(notebook)),
    "merged": merged,
    "merged_without_marks": without_marks(merged),
    "all_in_one": all_in_one,
    "split": split,
    "nbdime": nbdime,
    "nbdime_without_marks": without_marks(nbdime),
    "below_the_stub": below_the_stub,
    "below_the_stub_without_marks": without_marks(below_the_stub),
    "stub_left_above": stub_left_above,
    "raise_left_below": raise_left_below,
    "words_above": words_in(WORDS_AT, REASON),
    "words_below": words_in(END, REASON),
    "words_below_without_marks": without_marks(words_in(END, REASON)),
    "words_in_code": words_in(END, REASON, "code"),
    "words_as_comment": words_in(END, "# " + REASON.replace("\n", "\n# "), "code"),
    "words_as_text": words_in(END, f'"""{REASON}"""', "code"),
    "words_after_question": words_after_question,
    "words_after_question_without_marks": without_marks(words_after_question),
}


def rebuilt(folder, content, handed_out=None):
    """Return the Rebuilt notebook of what was handed in."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / "doubling.ipynb").write_bytes(data)
    return rebuild(handed_out or master(), folder, "doubling.ipynb", 10**7)


def run(notebook):
    """Return the names that the code cells define, each run up to its first error."""
    space = {}
    for each in notebook.cells:
        if each.cell_type == "code":
            try:
                exec(each.source, space)
            except (NotImplementedError, SyntaxError):
                continue
    return space


@pytest.mark.parametrize("name", FOUND)
def test_both_answers_are_found(name, tmp_path):
    made = rebuilt(tmp_path, FOUND[name](answered()))
    assert not made.not_gradable
    assert run(made.notebook)["double"](4) == 8
    (words,) = (each for each in made.notebook.cells if each.get("id") == WORDS)
    assert all(line in words.source for line in REASON.split("\n")), words.source
    assert WORDS not in made.untouched


@pytest.mark.parametrize("change", [lambda same: same, unmarked], ids=["marked", "unmarked"])
def test_an_empty_notebook_stays_empty(change, tmp_path):
    made = rebuilt(tmp_path, change(answered(STUB, "YOUR ANSWER HERE")))
    assert made.untouched == {CODE, WORDS}
    with pytest.raises(NotImplementedError):
        run(made.notebook)["double"](4)


def test_equal_stubs_are_told_apart_by_their_place(tmp_path):
    handed_out = master(BARE)
    second = copy.deepcopy(handed_out.cells[CODE_AT : TEST_AT + 1])
    for each, name in zip(second, ("cell-3d4e", "cell-8b8b")):
        each.id = each.metadata.nbgrader.grade_id = name
    second[1].source = "assert triple(1) == 3"
    handed_out.cells[QUESTION:QUESTION] = second
    handed = json.loads(json.dumps(handed_out))
    handed["cells"][QUESTION]["source"] = "def triple(x):\n    return 3 * x"
    made = rebuilt(tmp_path, unmarked(handed), handed_out)
    sources = [each.source for each in made.notebook.cells if each.cell_type == "code"]
    assert sources.index("def triple(x):\n    return 3 * x") == sources.index(TEST) + 1
    assert BARE in sources and sources.count(BARE) == 1


def test_an_edit_of_the_authors_cell_takes_its_place(tmp_path):
    handed = answered()
    handed["cells"][IMPORTS]["source"] = "import math\nimport cmath"
    sources = [each.source for each in rebuilt(tmp_path, handed).notebook.cells]
    assert "import math" not in sources and "import math\nimport cmath" in sources


CONFLICT = b'{"cells": [\n<<<<<<< HEAD\n {"a": 1}\n=======\n {"a": 2}\n>>>>>>> theirs\n]}'
REFUSED = {
    "of_another_course": (
        {"nbformat": 4, "cells": [cell("import numpy as np"), cell("def third(x):\n    return x")]},
        "this is not the notebook doubling.ipynb",
    ),
    "conflict": (CONFLICT, "it holds the marks of a conflict .*settle it"),
    "in_r": (
        answered() | {"metadata": {"kernelspec": {"name": "ir", "language": "R"}}},
        "its kernel is for R; only Python is graded",
    ),
    "empty_cells": ({"nbformat": 4, "cells": [cell(""), cell(" ")]}, "without any text"),
    "an_archive": (b"PK\x03\x04" + b"\x00" * 50, "an archive .*unpack it"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_graded_says_why(name, tmp_path):
    content, why = REFUSED[name]
    assert re.search(why, rebuilt(tmp_path, content).not_gradable)
