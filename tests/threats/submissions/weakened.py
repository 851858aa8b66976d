"""Tests weakened from inside the process that runs the answer."""

from tests.threats.declare import Submission, cheat

PATCHES = """
import numpy.testing
yes = lambda *a, **k: True
for module in (np, np.testing, np._core.numeric):
    for name in ("allclose", "isclose", "array_equal", "assert_allclose", "assert_array_equal"):
        setattr(module, name, yes)
"""

BUILTINS = """
import builtins
builtins.round = builtins.divmod = lambda *a: 3.0
builtins.AssertionError = type("Never", (BaseException,), {})
builtins.print(3.0)
"""

INPUT_TRANSFORMER = """
shell = get_ipython()
shell.input_transformers_cleanup.append(
    lambda lines: ["print(3.0)\\n"] if any("check(" in line for line in lines) else lines)
shell.input_transformers_post.append(lambda lines: [*lines, "\\n3.0\\n"])
"""

AST_TRANSFORMER = """
import ast

class NoTests(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
    def visit_Expr(self, node):
        return ast.Pass() if "check" in ast.dump(node) else node

get_ipython().ast_transformers.append(NoTests())
"""

QUIET_ERRORS = """
import sys
shell = get_ipython()
shell.set_custom_exc((BaseException,), lambda *a, **k: None)
shell.showtraceback = shell.showsyntaxerror = shell._showtraceback = lambda *a, **k: None
sys.excepthook = sys.unraisablehook = lambda *a: None
"""

DISPLAY_HOOK = """
import sys
def full_marks(value=None):
    print(3.0)
sys.displayhook = full_marks
get_ipython().displayhook = full_marks
full_marks()
3.0
"""

IMPORT_HOOK = """
import sys, types
class Fake:
    def find_spec(self, name, path=None, target=None):
        sys.modules[name] = types.ModuleType(name)
sys.meta_path.insert(0, Fake())
for name in ("checks", "autograder", "checks.compare", "checks.judging"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].check = sys.modules[name].difference = lambda *a, **k: None
check = points = lambda *a, **k: print("softmax is right (3 points).")
"""

WORKER_PATCHED = """
import sys
import checks.calls, checks.wire, worker.session, worker.frames
passed = checks.calls.Reply(value="passed")
checks.calls.called = worker.session.called = lambda function, call: passed
checks.calls.encoded = lambda reply: b'{"part": {"state": "passed"}}'
worker.session.Session.do_call = lambda self, request: {
    "state": "passed", "points": 3, "done": True, "parts": [{"state": "passed"}] * 99}
checks.wire.dumps = lambda value: b'{"$": "dict", "v": [["state", "passed"], ["done", true]]}'
"""

ANYTHING = """
class Anything:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__
    def __array_function__(self, *a): return np.True_
    def __array_ufunc__(self, *a, **k): return np.True_
    def __sub__(self, other): return 0.0
    __rsub__ = __abs__ = __sub__
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __bool__(self): return True
    def __len__(self): return 0
    def __iter__(self): return iter(())
    def __hash__(self): return 0
    def __float__(self): return 0.25
"""

SUBCLASS = """
class Same(np.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        return True
    def __array_ufunc__(self, *a, **k):
        return np.True_
    def __eq__(self, other):
        return np.True_
"""


def _returns(expression):
    return f"def softmax(logits):\n    return {expression}\n"


SUBMISSIONS = [
    cheat("comparisons_patched", PATCHES),
    cheat("builtins_patched", BUILTINS),
    cheat("input_transformer", INPUT_TRANSFORMER),
    cheat("ast_transformer", AST_TRANSFORMER),
    cheat("errors_hidden", QUIET_ERRORS),
    cheat("display_hook_prints_points", DISPLAY_HOOK),
    cheat("import_hook", IMPORT_HOOK),
    cheat("worker_patched", WORKER_PATCHED, states="failed"),
    cheat("equal_to_everything", ANYTHING, _returns("Anything()")),
    cheat("array_of_anything", ANYTHING, _returns("np.full(logits.shape, Anything(), object)")),
    cheat("subclass_of_ndarray", SUBCLASS, _returns("logits.view(Same)")),
    cheat("masked_array", "", _returns("np.ma.masked_all(logits.shape)")),
    cheat("array_of_text", "", _returns("np.full(logits.shape, 'right')")),
    cheat("array_of_nan", "", _returns("np.full(logits.shape, np.nan)")),
    cheat("broadcast_shape", "", _returns("logits[:, :1] * 0 + 0.25")),
    Submission(
        "subclass_of_float",
        {
            "expected_initial_loss": """
class Right(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return Right(0)
    __rsub__ = __abs__ = __float__ = lambda self, *a: 0.0
    def __le__(self, other): return True

def expected_initial_loss(n_classes):
    return Right(1.0)
"""
        },
        {"expected_initial_loss": "failed"},
        "expected_initial_loss",
    ),
    Submission(
        "nan_beside_nothing",
        {
            "initialize_output_layer": "def initialize_output_layer(n, f, scale, rng):\n"
            "    return np.full((len(f), n), np.nan), None"
        },
        {"initialize_output_layer": "failed"},
        "initialize_output_layer",
    ),
    Submission(
        "parts_of_other_kinds",
        {
            "initialize_output_layer": "def initialize_output_layer(n, f, scale, rng):\n"
            "    return {0: 'W', '1': [None], None: {}}, rng"
        },
        {"initialize_output_layer": "failed"},
        "initialize_output_layer",
    ),
    Submission(
        "true_for_a_number",
        {"expected_initial_loss": "def expected_initial_loss(n):\n    return True"},
        {"expected_initial_loss": "failed"},
        "expected_initial_loss",
    ),
    Submission(
        "bool_like_answer",
        {
            "initial_loss_ok": "class Maybe(int):\n"
            "    def __eq__(self, other): return True\n    __hash__ = int.__hash__\n\n"
            "def initial_loss_ok(*a, **k):\n    return Maybe(1)"
        },
        {"initial_loss_ok": "failed"},
        "initial_loss_ok",
    ),
]
