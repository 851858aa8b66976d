"""Broken by accident inside the notebook: cells doubled, split, moved, lost; helper cells."""

from tests.threats.declare import (
    FAILED,
    Submission,
    answer_cells,
    cells,
    copied,
    new_cell,
    with_cell,
)


def _at(notebook, grade_id):
    return notebook["cells"].index(cells(notebook, grade_id)[0])


def _doubled(notebook):
    place = _at(notebook, "softmax")
    notebook["cells"].insert(place, copied(notebook["cells"][place]))
    return notebook


def _all_doubled(notebook):
    notebook["cells"] = [copied(cell) for cell in notebook["cells"] for _ in range(3)]
    return notebook


def _doubled_blank(notebook):
    """Leave an empty copy behind the answer, as an undo does."""
    place = _at(notebook, "softmax")
    twin = copied(notebook["cells"][place])
    twin["source"] = ""
    notebook["cells"].insert(place + 1, twin)
    return notebook


def _split(notebook):
    """Split a function in the middle; the second half has no metadata."""
    place = _at(notebook, "softmax")
    source = notebook["cells"][place]["source"]
    lines = source[source.index("def softmax") :].splitlines(keepends=True)
    notebook["cells"][place]["source"] = "import math\n" + "".join(lines[:3])
    notebook["cells"].insert(place + 1, new_cell("".join(lines[3:])))
    return notebook


def _split_with_id(notebook):
    place = _at(notebook, "softmax")
    first = notebook["cells"][place]
    second = copied(first)
    lines = first["source"].splitlines(keepends=True)
    first["source"], second["source"] = "".join(lines[:3]), "".join(lines[3:])
    notebook["cells"].insert(place + 1, second)
    return notebook


def _merged(notebook):
    """Merge two answers into the cell of the first."""
    first, second = cells(notebook, "class_frequencies")[0], cells(notebook, "entropy")[0]
    first["source"] += "\n\n" + second["source"]
    notebook["cells"].remove(second)
    return notebook


def _all_merged(notebook):
    answers = answer_cells(notebook)
    answers[0]["source"] = "\n\n".join(cell["source"] for cell in answers)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in answers[1:]]
    return notebook


def _retyped(kind):
    def edit(notebook):
        cells(notebook, "softmax")[0]["cell_type"] = kind
        cells(notebook, "why_log_n")[0]["cell_type"] = "code"
        return notebook

    return edit


def _typeless(notebook):
    for cell in notebook["cells"]:
        del cell["cell_type"]
    return notebook


def _moved(notebook):
    notebook["cells"].reverse()
    return notebook


def _renamed(notebook):
    own = cells(notebook, "softmax")[0]["metadata"]["nbgrader"]
    own["grade_id"] = "softmax-copy1"
    return notebook


def _without(*names):
    def edit(notebook):
        notebook["cells"] = [
            cell
            for cell in notebook["cells"]
            if cell["metadata"].get("nbgrader", {}).get("grade_id") not in names
        ]
        return notebook

    return edit


def _metadata_lost(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return notebook


def _metadata_broken(notebook):
    broken = [
        None,
        [],
        "x",
        {"nbgrader": None},
        {"nbgrader": []},
        {"nbgrader": {"grade_id": {}}},
        {"nbgrader": {"grade_id": None}},
        {"tags": 5},
        {"nbgrader": "softmax"},
    ]
    for metadata in broken:
        notebook["cells"].append({**new_cell("x = 1"), "metadata": metadata})
    return notebook


def _sources(made):
    def edit(notebook):
        for cell in notebook["cells"]:
            cell["source"] = made(cell["source"])
        return notebook

    return edit


def _odd_cells(notebook):
    notebook["cells"] += [
        None,
        5,
        "x",
        [],
        {},
        {"source": 5},
        {"cell_type": 5, "source": {}},
        {"cell_type": "code", "source": [5, None, {}, "y = 1"]},
        {"cell_type": "code", "source": "x", "outputs": 5, "metadata": 7},
    ]
    return notebook


def _many_helpers(notebook):
    notebook["cells"] += [new_cell(f"x{i} = {i}") for i in range(5000)]
    return notebook


def _huge_cell(notebook):
    cells(notebook, "softmax")[0]["source"] += "\n# " + "x" * 30_000_000
    notebook["cells"].append(new_cell("import import " * 30_000))
    return notebook


def _markdown_picture(notebook):
    cells(notebook, "why_log_n")[0]["source"] += "\n![p](data:image/png;base64," + "A" * 2**20
    return notebook


SHIFTED = """
def shifted(z):
    return np.exp(z - z.max(axis=0))
"""
USES = """
def softmax(logits):
    e = shifted(logits)
    return e / e.sum(axis=0)
"""
LATE = "its cell was run once more after all the others"
CONTROL = "\x00\ud800\x0c"

SUBMISSIONS = [
    Submission("doubled", remark="2 cells for softmax", edit=_doubled),
    Submission("all_doubled", remark="cells for softmax", edit=_all_doubled),
    Submission("doubled_blank", edit=_doubled_blank),
    Submission("split", remark="split into two cells", edit=_split),
    Submission("split_with_id", remark="spread over 2 cells", edit=_split_with_id),
    Submission("merged", remark="entropy was found in another cell", edit=_merged),
    Submission("all_merged", remark="found in another cell", edit=_all_merged),
    Submission(
        "retyped_markdown", remark="softmax had become a markdown", edit=_retyped("markdown")
    ),
    Submission("retyped_raw", remark="softmax had become a raw", edit=_retyped("raw")),
    Submission("typeless", remark="had become a", edit=_typeless),
    Submission("moved", remark="Cells were moved", edit=_moved),
    Submission("renamed", remark="softmax was found in another cell", edit=_renamed),
    Submission(
        "answer_missing",
        {},
        {"softmax": "not attempted"},
        "softmax is missing",
        _without("softmax"),
    ),
    Submission(
        "tests_missing",
        remark="Missing test cells were restored: test_softmax",
        edit=_without("test_softmax"),
    ),
    Submission(
        "words_missing",
        remark="why_log_n is missing",
        edit=_without("why_log_n", "stuck_loss"),
        written="not attempted",
    ),
    Submission("metadata_lost", remark="found in another cell", edit=_metadata_lost),
    Submission("metadata_broken", edit=_metadata_broken),
    Submission("odd_cells", edit=_odd_cells),
    Submission("sources_in_lines", edit=_sources(lambda text: text.splitlines(keepends=True))),
    Submission(
        "sources_with_numbers",
        edit=_sources(lambda text: [5, *text.splitlines(keepends=True), None, {"x": 1}]),
    ),
    Submission(
        "sources_with_nothing",
        states="not gradable",
        remark="not gradable.*without any text in its cells",
        edit=_sources(lambda text: None),
        written="not gradable",
    ),
    Submission("windows_lines", edit=_sources(lambda text: text.replace("\n", "\r\n"))),
    Submission("signs_of_control", edit=_sources(lambda text: text + "\n# " + CONTROL)),
    Submission("syntax_error", {"softmax": "def softmax(logits)\n    retrun"}, FAILED, "softmax"),
    Submission(
        "indentation_error",
        {"entropy": "  def entropy(f):\n return 1"},
        {"entropy": "failed"},
        "entropy",
    ),
    Submission(
        "loud",
        {
            "softmax": "import sys, warnings\nwarnings.warn('x')\nprint('x', "
            "file=sys.stderr)\nimport logging\nlogging.error('x')\n" + SHIFTED + USES
        },
    ),
    Submission("helper_above", {"softmax": USES}, edit=with_cell(SHIFTED, before="softmax")),
    Submission("helper_below", {"softmax": USES}, edit=with_cell(SHIFTED, after="test_softmax")),
    Submission(
        "helper_at_the_end",
        {"softmax": USES},
        edit=with_cell(SHIFTED, after="stuck_loss"),
    ),
    Submission(
        "import_below",
        {
            "softmax": "def softmax(logits):\n    return under.exp(logits - logits.max(axis=0)) / "
            "under.exp(logits - logits.max(axis=0)).sum(axis=0)",
            "entropy": "import numpy as under\n\ndef entropy(f):\n    f = f[f > 0]\n"
            "    return -(f @ under.log(f))",
        },
    ),
    Submission(
        "decorated_below",
        {
            "softmax": "@checked\n"
            + (SHIFTED + USES).strip().replace("def shifted", "def shifted", 1)
        },
        remark=LATE,
        edit=with_cell("def checked(f):\n    return f", after="test_softmax"),
    ),
    Submission(
        "answer_below",
        {"softmax": ""},
        remark="softmax was found in another cell",
        edit=with_cell(SHIFTED + USES, after="test_softmax"),
    ),
    Submission(
        "helper_bound_in_a_tuple_below",
        {"softmax": USES},
        edit=with_cell(
            "first, shifted = 1, lambda z: np.exp(z - z.max(axis=0))", after="test_softmax"
        ),
    ),
    Submission(
        "helper_in_a_branch_below",
        {"softmax": USES},
        edit=with_cell(
            "if True:\n" + SHIFTED.strip().replace("\n", "\n    ").replace("def ", "    def ", 1),
            after="test_softmax",
        ),
    ),
    Submission(
        "stops_above_the_answer",
        {
            "softmax": "import no_such_package\nopen('../x.txt')\n"
            "input('number? ')\n" + SHIFTED + USES
        },
        remark="cell of softmax stopped at an error",
    ),
    Submission(
        "commands_of_the_system",
        {"softmax": "!pip install torch\nfiles = !ls\n%pip install torch\n" + SHIFTED + USES},
    ),
    Submission("helper_nowhere", {"softmax": USES}, FAILED, "softmax"),
    Submission(
        "helper_that_is_wrong_below",
        {"softmax": USES},
        FAILED,
        "softmax",
        edit=with_cell("def shifted(z):\n    return z", after="test_softmax"),
    ),
    Submission("thousands_of_helpers", remark="only the first 2000", edit=_many_helpers),
    Submission(
        "huge_cell", {}, {"softmax": "not attempted"}, "text of 1 cell was left out", _huge_cell
    ),
    Submission("picture_in_words", edit=_markdown_picture),
    Submission(
        "shadowed_names",
        {
            "entropy": "list = dict = type = print = None\n"
            "def entropy(frequencies):\n    f = frequencies[frequencies > 0]\n"
            "    return -(f @ np.log(f))",
            "excess_initial_loss": "def excess_initial_loss(s, n):\n    return s**2/2*(1-1/n)",
            "initial_loss_regression": """
def initial_loss_regression(targets, loss, delta=1.0):
    t = np.sort(targets)
    if loss == "squared":
        return t.mean(), t.var()
    if loss == "absolute":
        return np.median(t), np.abs(t - np.median(t)).mean()
    if loss != "huber":
        raise ValueError(loss)
    low, high = t[0], t[-1]
    for _ in range(200):
        c = (low + high) / 2
        low, high = (c, high) if np.clip(t - c, -delta, delta).sum() > 0 else (low, c)
    r = np.abs(t - c)
    return c, np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)).mean()
""",
        },
    ),
]
