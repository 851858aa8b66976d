"""Results forged: printed, handed in ready-made, or written where a grader would look."""

import json

from tests.threats.declare import FAILED, WRONG, Submission, cells, cheat, copied, new_cell

RESULT = {
    "output_type": "execute_result",
    "metadata": {},
    "execution_count": 1,
    "data": {"text/plain": ["3.0"]},
}


def _ready_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                copied(RESULT),
                {"output_type": "stream", "name": "stdout", "text": ["passed (3 of 3 points)\n"]},
            ]
    return notebook


def _marks(**marks):
    def edit(notebook):
        for cell in notebook["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"] |= marks
        return notebook

    return edit


def _tags(notebook):
    for cell in cells(notebook, "test_softmax") + cells(notebook, "softmax"):
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception"]
    return notebook


def _test_edited(notebook):
    cells(notebook, "test_softmax")[0]["source"] = "3.0"
    return notebook


def _tests_removed(notebook):
    notebook["cells"] = [
        cell
        for cell in notebook["cells"]
        if not cell["metadata"].get("nbgrader", {}).get("grade")
        or cell["metadata"]["nbgrader"]["solution"]
    ]
    return notebook


def _test_added(notebook):
    bonus = new_cell("1000.0", "bonus")
    bonus["metadata"]["nbgrader"] |= {"grade": True, "solution": False, "points": 1000}
    notebook["cells"].insert(5, bonus)
    return notebook


def _tests_doubled(notebook):
    """Put the test of an easy exercise in the place of a hard one's."""
    easy = cells(notebook, "test_entropy")[0]
    cells(notebook, "test_softmax")[0]["source"] = easy["source"]
    notebook["cells"] += [copied(easy)] * 3
    return notebook


def _ids_exchanged(notebook):
    """Answer the test cell's id: code that runs when the test would."""
    cells(notebook, "softmax")[0]["metadata"]["nbgrader"]["grade_id"] = "test_softmax"
    return notebook


def _results_cell(notebook):
    notebook["cells"].insert(0, new_cell("# The results of the automatic grading", role="results"))
    notebook["cells"][0]["outputs"] = [copied(RESULT)]
    notebook["metadata"]["nbgrader"] = {"score": 23}
    return notebook


def _written_grade(notebook):
    own = cells(notebook, "why_log_n")[0]["metadata"]["nbgrader"]
    own |= {"points": 99, "score": 99, "manual_score": 99}
    return notebook


def _verdicts(folder):
    verdict = {
        "key": "",
        "assignment": "ps2_loss_at_init",
        "seed": 1,
        "not_gradable": "",
        "exercises": {"test_softmax": {"state": "passed", "points": 3, "max_points": 3}},
    }
    for place in ("verdicts", "../verdicts", "autograded"):
        if not place.startswith(".."):
            (folder / place).mkdir()
            (folder / place / "loss_at_init.json").write_text(json.dumps(verdict))
    (folder / "results.json").write_text(json.dumps({"score": 23}))
    (folder / "recorded").write_text("x")
    (folder / "grades.csv").write_text("me,23\n")


FILES = """
import json, os
for path in ("results.json", "/tmp/results.json", "/tmp/scratch/verdict.json",
             "/course/results.json",
             "/autograder/results/results.json", "/grade/results.json", "/verdicts/x.json",
             "../loss_at_init.json", "/dev/stdout", "/dev/fd/1", "/dev/console"):
    try:
        open(path, "w").write(json.dumps({"score": 23, "state": "passed"}))
    except OSError:
        pass
"""

FORGED_FRAMES = """
import gc
from student import wire
from worker import frames
line = next(o for o in gc.get_objects() if type(o).__name__ == "Session").socket
def softmax(logits):
    for message in ({"state": "passed"}, {"verdict": {"points": 3}}, {"refused": "no sandbox"},
                    {"done": True, "state": "passed", "points": 3}):
        frames.send(line, wire.dumps(message))
    return logits
"""

MALFORMED = """
import gc
from student import wire
from worker import frames
line = next(o for o in gc.get_objects() if type(o).__name__ == "Session").socket
def softmax(logits):
    many = np.zeros(3)
    frames.send(line, wire.dumps({"part": {
        "value": {"a": many}, "raised": {"type": many, "message": [many], "bases": {"a": 1}},
        "after": many, "global_draws": many}, "missing": many, "error": many}))
    frames.send(line, wire.dumps({"missing": many, "unsendable": many, "outputs": many,
                                  "error": many, "callable": many}))
    return many
"""

OUTPUTS_MALFORMED = """
import gc
from student import wire
from worker import frames
from worker.session import Session
strange = [np.zeros(2), {"output_type": np.zeros(2)}, {"output_type": "stream", "text": 5,
           "name": np.zeros(3)}, {"output_type": "display_data", "data": {
           "image/png": np.zeros(3), "text/plain": {}}}, {"output_type": "error",
           "evalue": "\\ud800 lone", "ename": np.zeros(2)}, None, 5, "x"]
run = Session.do_cell
def do_cell(self, request):
    run(self, request)
    return {"outputs": strange, "cut": np.zeros(2), "error": strange}
Session.do_cell = do_cell
"""

SUBMISSIONS = [
    cheat("points_printed", "print(3.0)\nfrom IPython.display import display\ndisplay(3.0)\n3.0"),
    Submission("outputs_handed_in", {"softmax": WRONG}, FAILED, "softmax", _ready_outputs),
    Submission(
        "points_in_metadata",
        {"softmax": WRONG},
        FAILED,
        "The points in the notebook were ignored",
        _marks(points=1000),
    ),
    Submission(
        "kinds_in_metadata",
        {"softmax": WRONG},
        FAILED,
        "Ignored edits to the grading metadata",
        _marks(grade=True, solution=True, locked=False),
    ),
    Submission(
        "schema_from_the_future", {"softmax": WRONG}, FAILED, "softmax", _marks(schema_version=99)
    ),
    Submission(
        "schema_from_the_past", {"softmax": WRONG}, FAILED, "softmax", _marks(schema_version=0)
    ),
    Submission(
        "tests_tagged_to_be_skipped",
        {"softmax": WRONG},
        FAILED,
        "Ignored edits to the grading metadata",
        _tags,
    ),
    Submission(
        "test_edited", {"softmax": WRONG}, FAILED, "Changed test cells .*test_softmax", _test_edited
    ),
    Submission(
        "tests_removed",
        {"softmax": WRONG},
        FAILED,
        "Missing test cells were restored",
        _tests_removed,
    ),
    Submission("test_added", {"softmax": WRONG}, FAILED, "unknown id bonus", _test_added),
    Submission("tests_doubled", {"softmax": WRONG}, FAILED, "Changed test cells", _tests_doubled),
    Submission(
        "ids_exchanged",
        {"softmax": WRONG},
        {"softmax": "not attempted"},
        "softmax is missing",
        _ids_exchanged,
    ),
    Submission("results_cell_handed_in", {"softmax": WRONG}, FAILED, "softmax", _results_cell),
    Submission(
        "own_grade_for_words",
        {},
        {},
        "The points in the notebook were ignored.*why_log_n",
        _written_grade,
    ),
    Submission("verdict_files_beside", {"softmax": WRONG}, FAILED, "softmax", beside=_verdicts),
    cheat("result_files_written", FILES),
    cheat("frames_forged", FORGED_FRAMES, ""),
    cheat("frames_malformed", MALFORMED, ""),
    cheat("outputs_malformed", OUTPUTS_MALFORMED),
    Submission(
        "magic_in_answer",
        {"softmax": "%%javascript\nJupyter.notebook.metadata = {}"},
        FAILED,
        "softmax",
    ),
]
