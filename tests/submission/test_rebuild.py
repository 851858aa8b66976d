"""Rebuilding: each repair is made, and told in its sentence; nothing raises anything else."""

import json
import os
import shutil

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from autograder.judge.keys import key
from autograder.sandbox.limits import Limits
from autograder.submission import reading
from autograder.submission.rebuild import nbgrader_metadata, rebuild
from tests.conftest import released, request_for
from tests.threats.declare import ASSIGNMENT, NOTEBOOK
from tests.threats.submissions import everything

LIMIT = Limits().notebook_bytes
HANDED = everything()
IDS = ", ".join(
    nbgrader_metadata(cell).grade_id
    for cell in released(ASSIGNMENT).cells
    if nbgrader_metadata(cell)
)

# What is told of a submission, sentence by sentence.
TOLD = {
    "doubled": ["There are 2 cells for softmax; the last one counts."],
    "split": ["The answer to softmax had been split into two cells; they were joined."],
    "split_with_id": ["The answer to softmax was spread over 2 cells; they were joined."],
    "doubled_blank": [],
    "merged": ["The answer to entropy was found in another cell."],
    "retyped_markdown": [
        "The cell of softmax had become a markdown cell; it was read as code again.",
        "The cell of why_log_n had become a code cell; it was read as markdown again.",
    ],
    "moved": ["Cells were moved; they were graded in the original order."],
    "renamed": [
        "A cell with the unknown id softmax-copy1 was taken for a cell of your own.",
        "The answer to softmax was found in another cell.",
    ],
    "answer_missing": ["The answer cell softmax is missing, and no other cell defines softmax."],
    "words_missing": [
        "The answer cell why_log_n is missing.",
        "The answer cell stuck_loss is missing.",
    ],
    "tests_missing": ["Missing test cells were restored: test_softmax."],
    "tests_removed": ["Missing test cells were restored: 10 of them."],
    "test_edited": ["Changed test cells were replaced by the original ones: test_softmax."],
    "points_in_metadata": [
        f"The points in the notebook were ignored where they differ from the assignment's: {IDS}."
    ],
    "helper_above": [],
    "sources_in_lines": [],
    "windows_lines": [],
    "thousands_of_helpers": ["The notebook has 5049 cells; only the first 2000 were read."],
    "file_renamed": ["The notebook final.ipynb was taken for loss_at_init.ipynb."],
    "file_in_folder": [
        "The notebook ps2/final/loss_at_init.ipynb was taken for loss_at_init.ipynb."
    ],
    "file_with_others": [
        "A file was skipped: ._loss_at_init.ipynb: the file is not a notebook (it is not JSON).",
        "Other notebooks were skipped: Untitled.ipynb, loss_at_init-Copy1.ipynb, old.json.",
    ],
    "file_with_bom": [],
    "file_on_one_line": [],
    "file_in_utf_16": ["The file was read as utf-16; it is not UTF-8."],
    "file_in_latin_1": ["The file was read as cp1252; it is not UTF-8."],
    "file_of_version_3": ["The notebook was in the old format 3; it was converted."],
    "pipes_beside": [
        "another.ipynb is a link or not a regular file; it was skipped.",
        "timestamp.txt is a link or not a regular file; it was skipped.",
        "zz.txt is a link or not a regular file; it was skipped.",
    ],
    "huge_cell": [
        "The text of 1 cell was left out: a code cell may have 500 kB, all together 2 MB."
    ],
}
NOT_GRADABLE = {
    "no_file": "no notebook loss_at_init.ipynb was handed in; found: nothing.",
    "only_other_files": "no notebook loss_at_init.ipynb was handed in; found: answer.py.",
    "file_empty": "loss_at_init.ipynb: the file is empty (0 bytes)",
    "file_of_words": "loss_at_init.ipynb: the file is not a notebook (it is not JSON)",
    "file_as_page": "loss_at_init.ipynb: the file is a web page (HTML), not a notebook; export it "
    "as .ipynb",
    "file_as_list": "loss_at_init.ipynb: the file is JSON, but not a notebook",
    "file_without_cells": "loss_at_init.ipynb: the file is JSON, but not a notebook: it has no "
    "cells",
    "file_of_deep_dicts": "loss_at_init.ipynb: the file is nested too deep or too large to be read",
    "file_of_version_99": "loss_at_init.ipynb: the notebook's format is 99; 3 and 4 can be read",
    "file_of_170_MB": "loss_at_init.ipynb: the file has 170 MB, over the limit of 160 MB; clear "
    "the outputs and hand it in again",
}


def rebuilt(name, folder):
    """Return the Rebuilt notebook of one of the suite's submissions."""
    place = folder / "submission"
    HANDED[name].write(place, released(ASSIGNMENT))
    return rebuild(released(ASSIGNMENT), place, NOTEBOOK, LIMIT)


@pytest.mark.parametrize("name", TOLD)
def test_each_repair_is_told_in_its_sentence(name, tmp_path):
    made = rebuilt(name, tmp_path)
    assert made.repairs == TOLD[name]
    assert not made.not_gradable


@pytest.mark.parametrize("name", NOT_GRADABLE)
def test_what_cannot_be_repaired_is_not_gradable_with_the_reason(name, tmp_path):
    made = rebuilt(name, tmp_path)
    assert made.not_gradable.strip() == NOT_GRADABLE[name]
    assert [cell.source for cell in made.notebook.cells] == [
        cell.source for cell in released(ASSIGNMENT).cells
    ]


@pytest.mark.parametrize(
    "name",
    [
        "test_edited",
        "tests_removed",
        "test_added",
        "ids_exchanged",
        "points_in_metadata",
        "all_doubled",
        "moved",
    ],
)
def test_tests_points_and_order_are_the_masters(name, tmp_path):
    def graded(notebook):
        return [
            (nbgrader_metadata(cell).grade_id, nbgrader_metadata(cell).get("points"), cell.source)
            for cell in notebook.cells
            if nbgrader_metadata(cell).get("locked") and nbgrader_metadata(cell).get("grade")
        ]

    made = rebuilt(name, tmp_path).notebook
    assert graded(made) == graded(released(ASSIGNMENT))
    assert [
        nbgrader_metadata(cell).get("grade_id") for cell in made.cells if nbgrader_metadata(cell)
    ] == [
        nbgrader_metadata(cell).get("grade_id")
        for cell in released(ASSIGNMENT).cells
        if nbgrader_metadata(cell)
    ]


def test_there_are_not_more_than_some_sentences(tmp_path):
    place = tmp_path / "submission"
    HANDED["no_file"].write(place, released(ASSIGNMENT))
    cells = [
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": f"a{i}"}}}
        for i in range(1500)
    ]
    cells[0]["source"] = "softmax = 1"  # or it would be taken for the notebook of another course
    (place / NOTEBOOK).write_text(json.dumps({"nbformat": 4, "cells": cells}))
    assert len(rebuild(released(ASSIGNMENT), place, NOTEBOOK, LIMIT).repairs) == 31


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "nbformat",
                    "metadata",
                    "nbgrader",
                    "grade_id",
                    "source",
                    "cell_type",
                    "tags",
                    "worksheets",
                    "input",
                    "outputs",
                    "nbformat_minor",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=15,
)
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.one_of(st.sampled_from(["code", "markdown", "raw"]), JSON),
        "source": st.one_of(
            st.text(max_size=20),
            st.lists(st.text(max_size=5), max_size=3),
            JSON,
            st.sampled_from(["def softmax(x):", "    return x", "softmax = 1"]),
        ),
        "metadata": st.one_of(
            JSON,
            st.fixed_dictionaries(
                {
                    "nbgrader": st.fixed_dictionaries(
                        {
                            "grade_id": st.one_of(
                                st.sampled_from(
                                    ["softmax", "entropy", "test_softmax", "why_log_n"]
                                ),
                                JSON,
                            )
                        }
                    )
                }
            ),
        ),
    },
)
NOTEBOOKS = st.fixed_dictionaries(
    {"cells": st.one_of(st.lists(st.one_of(CELL, JSON), max_size=6), JSON)},
    optional={"nbformat": st.one_of(st.integers(0, 6), JSON), "worksheets": JSON, "metadata": JSON},
)
ANY_FILE = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def reads_or_refuses(data, folder):
    """Rebuild from a file; it is a notebook or a reason, never another exception."""
    (folder / NOTEBOOK).write_bytes(data)
    made = rebuild(released(ASSIGNMENT), folder, NOTEBOOK, LIMIT)
    assert isinstance(made.not_gradable, str)
    json.dumps(made.notebook).encode("utf-8")
    assert all(each.isprintable() for each in made.repairs)
    try:
        handed = reading.read_submission(folder, NOTEBOOK, {"softmax": ""}, LIMIT)
    except reading.NotGradableError as error:
        assert str(error).isprintable()
        return
    assert isinstance(handed.cells, list)


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\xd8")
@example(b"\x00\x00\xfe\xff")
@example(b"{\x00\x00\x00")
@example(b'{"cells": 1' + b"\x80" * 9)
@example(b"\xef\xbb\xbf\xef\xbb\xbf{}")
@ANY_FILE
def test_arbitrary_bytes_are_a_notebook_or_a_reason(tmp_path, data):
    reads_or_refuses(data, tmp_path)


@given(st.one_of(NOTEBOOKS, JSON))
@example({"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": 5}]}]})
@example({"nbformat": 3, "worksheets": 5})
@example({"nbformat": True, "cells": []})
@example({"cells": [{"metadata": {"nbgrader": {"grade_id": "softmax"}}, "source": ["\ud800"]}]})
@example(
    {
        "cells": [
            {
                "metadata": {
                    "nbgrader": {"grade_id": "softmax", "points": float("nan")},
                    "tags": [{}],
                },
                "cell_type": "code",
                "source": "\x00",
            }
        ]
    }
)
@ANY_FILE
def test_arbitrary_json_is_a_notebook_or_a_reason(tmp_path, content):
    reads_or_refuses(json.dumps(content).encode(), tmp_path)


@given(st.data())
@ANY_FILE
def test_damaged_notebooks_are_a_notebook_or_a_reason(tmp_path, data):
    whole = bytearray(json.dumps(released(ASSIGNMENT)).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole)))
        whole[place : place + data.draw(st.integers(0, 200))] = data.draw(st.binary(max_size=5))
    reads_or_refuses(bytes(whole), tmp_path)


def test_an_unreadable_folder_is_told(tmp_path, monkeypatch):
    def refuse(place):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    made = rebuild(released(ASSIGNMENT), tmp_path / "mine", NOTEBOOK, LIMIT)
    assert "The folder mine cannot be read: Permission denied." in made.not_gradable


def test_a_path_too_long_for_the_system_costs_nothing(tmp_path):
    HANDED["loud"].write(tmp_path / "a", released(ASSIGNMENT))
    place = os.open(tmp_path / "a", os.O_RDONLY)
    for _ in range(19):
        os.mkdir("x" * 240, dir_fd=place)
        inner = os.open("x" * 240, os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(os.open("x" * 240 + ".ipynb", os.O_WRONLY | os.O_CREAT, dir_fd=place))
    os.close(place)
    made = rebuild(released(ASSIGNMENT), tmp_path / "a", NOTEBOOK, LIMIT)
    assert not made.not_gradable
    assert any("cannot be read" in each or "not accessible" in each for each in made.repairs)
    assert key(request_for(ASSIGNMENT, tmp_path / "a"), "landlock")
    shutil.rmtree(tmp_path / "a")


def test_no_more_notebooks_are_opened_than_can_be_read(tmp_path):
    for number in range(100):
        with open(tmp_path / f"{number}.ipynb", "wb") as file:
            file.truncate(LIMIT // 4)
    (tmp_path / NOTEBOOK).write_text("{}")
    files, _ = reading.listing(tmp_path, NOTEBOOK)
    chosen = reading.candidates(files, LIMIT)
    assert chosen[0].name == NOTEBOOK
    assert len(chosen) > 5
    assert sum(each.stat().st_size for each in chosen) <= 2 * LIMIT


def test_another_notebook_of_the_assignment_is_not_taken_for_one_that_is_missing(tmp_path):
    (tmp_path / "other.ipynb").write_text(json.dumps(released(ASSIGNMENT)))
    assert not rebuild(released(ASSIGNMENT), tmp_path, NOTEBOOK, LIMIT).not_gradable
    made = rebuild(released(ASSIGNMENT), tmp_path, NOTEBOOK, LIMIT, {"other.ipynb"})
    assert "no notebook loss_at_init.ipynb was handed in" in made.not_gradable


@pytest.mark.parametrize("place", ["below", "retyped"])
def test_an_answer_in_words_beside_its_cell_is_found(tmp_path, place):
    handed = json.loads(json.dumps(released(ASSIGNMENT)))
    cell = next(
        each
        for each in handed["cells"]
        if each["metadata"].get("nbgrader", {}).get("grade_id") == "why_log_n"
    )
    new = {"cell_type": "markdown", "metadata": {}, "source": "Because it is uniform."}
    if place == "below":
        handed["cells"].insert(handed["cells"].index(cell) + 1, new)
    else:
        handed["cells"][handed["cells"].index(cell)] = new
    (tmp_path / NOTEBOOK).write_text(json.dumps(handed))
    made = rebuild(released(ASSIGNMENT), tmp_path, NOTEBOOK, LIMIT)
    assert "The answer to why_log_n was found in a cell beside its own." in made.repairs
    assert "why_log_n" not in made.untouched
    assert [each.source for each in made.notebook.cells].count("Because it is uniform.") == 1
