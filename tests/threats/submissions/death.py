"""Processes ended: the worker's own, its parent, its group, all."""

from tests.threats.declare import Submission, cheat, with_cell

CRASHED = {"softmax": "crashed"}


def _body(text, prelude=""):
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    return f"import os, signal, sys, ctypes\n{prelude}\ndef softmax(logits):\n{lines}"


def _dies(name, text, prelude="", states=None, **more):
    return cheat(name, "", _body(text, prelude), states or CRASHED, **more)


OTHERS = """
for target in (1, 0, -1, os.getppid(), -os.getppid() or -1, 2, 3, *range(10, 200)):
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGINT, signal.SIGTERM):
        if target not in (0, -1, os.getpid(), -os.getpid()):
            try:
                os.kill(target, number)
            except OSError:
                pass
return logits"""

SUBMISSIONS = [
    _dies("exit_without_a_word", "os._exit(0)"),
    _dies("exit_with_a_code", "os._exit(77)"),
    _dies("system_exit", "sys.exit(0)"),
    _dies("keyboard_interrupt", "raise KeyboardInterrupt"),
    _dies("killed_by_itself", "os.kill(os.getpid(), signal.SIGKILL)"),
    _dies("interrupted_by_itself", "os.kill(os.getpid(), signal.SIGINT)"),
    _dies("ended_by_itself", "os.kill(os.getpid(), signal.SIGTERM)"),
    _dies("group_killed", "os.killpg(0, signal.SIGKILL)", states={"softmax": "failed"}),
    _dies("everybody_killed", "os.kill(-1, signal.SIGKILL)", states={"softmax": "failed"}),
    _dies("others_killed", OTHERS, states={"softmax": "failed"}),
    _dies("stopped", "os.kill(os.getpid(), signal.SIGSTOP)", states={"softmax": "timed out"}),
    _dies("segmentation_fault", "ctypes.string_at(0)"),
    _dies("abort", "os.abort()"),
    _dies("stack_overflow", "return max([logits], key=softmax)", "sys.setrecursionlimit(10**9)"),
    _dies("call_of_another_kind", "ctypes.CDLL(None).syscall(41 + 0x40000000, 2, 1, 0)"),
    _dies("recursion", "return softmax(logits)", states={"softmax": "failed"}),
    _dies("descriptors_closed", "os.closerange(0, 1000)\nreturn logits"),
    Submission("exit_in_a_cell", {"softmax": "import os\nos._exit(0)"}, CRASHED, "softmax crashed"),
    Submission(
        "exit_in_own_cell",
        remark="own crashed",
        edit=with_cell("import os\nos._exit(0)", before="softmax"),
    ),
    Submission(
        "quit_in_a_cell",
        {"entropy": "quit()\nexit()\nimport sys\nsys.exit()"},
        {"entropy": "failed"},
        "entropy",
    ),
    Submission(
        "every_answer_exits",
        {
            name: f"def {name}(*a, **k):\n    import os\n    os._exit(1)"
            for name in ("softmax", "entropy", "class_frequencies")
        },
        dict.fromkeys(("softmax", "entropy", "class_frequencies"), "crashed"),
        "softmax: crashed",
    ),
    Submission(
        "exit_at_random",
        {"softmax": "import os\ndef softmax(logits):\n    os._exit(3)"},
        CRASHED,
        "softmax: crashed",
        with_cell("import os, time\nif os.urandom(1)[0] < 64:\n    os._exit(9)", before="softmax"),
    ),
]
