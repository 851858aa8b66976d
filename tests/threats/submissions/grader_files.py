"""The grader's own files: written, shadowed, or reached through links and names."""

import os

from tests.threats.declare import FAILED, NOTEBOOK, WRONG, Submission, cheat

SHADOW = "raise SystemExit('shadowed')\nopen('/tmp/threat-left-this-shadow', 'w')\n"


def _shadows(folder):
    for name in (
        "numpy.py",
        "sitecustomize.py",
        "usercustomize.py",
        "json.py",
        "conftest.py",
        "nbgrader_config.py",
        "jupyter_config.py",
        "ipython_config.py",
        "nbformat.py",
    ):
        (folder / name).write_text(SHADOW)
    for name in ("autograder", "checks", "student", "worker", "matplotlib", "IPython"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(SHADOW)
    (folder / "checks" / "cases.json").write_text("{}")
    (folder / "evil.pth").write_text("import os; os._exit(0)\n")


def _link(target, name=NOTEBOOK):
    def beside(folder):
        (folder / name).symlink_to(target)

    return beside


def _links_beside(folder):
    (folder / "gradebook.db").symlink_to("../../../gradebook.db")
    (folder / "other").symlink_to("../../alice")
    (folder / "loop").symlink_to("loop")
    (folder / "root").symlink_to("/")
    (folder / "more.ipynb").symlink_to("../../alice/ps2_loss_at_init/loss_at_init.ipynb")
    (folder / "timestamp.txt").symlink_to("/etc/hostname")


def _pipes(folder):
    os.mkfifo(folder / "timestamp.txt")
    os.mkfifo(folder / "another.ipynb")
    os.mkfifo(folder / "zz.txt")


def _devices(folder):
    for name, number in (("null.ipynb", (1, 3)), ("zero.ipynb", (1, 5)), ("random", (1, 8))):
        try:
            os.mknod(folder / name, 0o20666, os.makedev(*number))
        except PermissionError:
            (folder / name).symlink_to("/dev/zero")


def _names(folder):
    for name in (
        "..\\..\\gradebook.db",
        "$(touch threat-left-this-shell)",
        "-rf",
        "a\nb.ipynb",
        "; rm -rf x",
        "%2e%2e%2fx.ipynb",
        "~",
        "x" * 240 + ".ipynb",
        "\u202egpj.ipynb",
        "<img src=x onerror=alert(1)>.ipynb",
        "=cmd|' '!A0.ipynb",
    ):
        (folder / name).write_bytes(b"not a notebook")
    (folder.joinpath(os.fsdecode(b"\xff\xfe\xed\xa0\x80.ipynb"))).write_bytes(b"")


def _deep(folder):
    place = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(place)


def _many(folder):
    for number in range(3000):
        (folder / f"a{number}.txt").touch()


def _sparse(folder):
    with open(folder / "aa.ipynb", "wb") as file:
        file.truncate(2**40)
    with open(folder / "data.bin", "wb") as file:
        file.truncate(2**40)


def _date(folder):
    (folder / "timestamp.txt").write_text("12h" + "9" * 40 + "m")


def _large(folder):
    for number in range(40):
        with open(folder / f"{number}.ipynb", "wb") as file:
            file.truncate(159 * 2**20)


def _pickles(folder):
    payload = b"cos\nsystem\n(S'touch /tmp/threat-left-this-pickle'\ntR."
    for name in ("cases.pkl", "params.npy", "data.pickle", "loss_at_init.pkl"):
        (folder / name).write_bytes(payload)


WRITER = """
import os, threading, time
def later():
    while True:
        for place in ("/", "/course", "/tmp", "/dev/shm", "/usr", "/root/course", ".."):
            try:
                with open(os.path.join(place, "threat-left-this-writer"), "w") as file:
                    file.write("x")
            except OSError:
                pass
        time.sleep(0.05)
for _ in range(4):
    threading.Thread(target=later, daemon=False).start()
"""

OVERWRITE = """
import os, sys
import checks, worker
for module in (checks, worker, np, os):
    for place in (module.__file__, os.path.dirname(module.__file__)):
        before = os.stat(place)
        os.chmod(place, 0o777)
        os.utime(place)
        if (before.st_mode, before.st_mtime_ns) != (os.stat(place).st_mode,
                                                    os.stat(place).st_mtime_ns):
            through = True
        for attack in (os.remove, os.rmdir, lambda p: os.rename(p, p + "x"), lambda p: os.link(
                p, os.path.expanduser("~/threat-left-this")), lambda p: open(p, "a").write("#"),
                lambda p: os.symlink("/", p + "y")):
            try:
                attack(place)
                through = True
            except OSError:
                pass
"""

PICKLED = """
import gc, io, base64, json
from worker import frames
class Evil:
    def __reduce__(self):
        return (eval, ("open('/tmp/threat-left-this-unpickled', 'w')",))
buffer = io.BytesIO()
np.save(buffer, np.array([Evil()], object), allow_pickle=True)
array = {"$": "array", "v": base64.b64encode(buffer.getvalue()).decode()}
line = next(o for o in gc.get_objects() if type(o).__name__ == "Session").socket
def softmax(logits):
    part = {"$": "dict", "v": [["part", {"$": "dict", "v": [["value", array]]}]]}
    frames.send(line, json.dumps(part).encode())
    return array
"""

SUBMISSIONS = [
    Submission(
        "modules_beside",
        {"softmax": "import numpy as np, checks\n" + WRONG},
        FAILED,
        "softmax",
        beside=_shadows,
    ),
    Submission(
        "notebook_is_link_to_gradebook",
        {},
        "not gradable",
        "link",
        lambda nb: None,
        _link("../../../gradebook.db"),
        written="not gradable",
    ),
    Submission(
        "notebook_is_link_to_passwd",
        {},
        "not gradable",
        "link",
        lambda nb: None,
        _link("/etc/passwd"),
        written="not gradable",
    ),
    Submission(
        "notebook_is_link_to_another",
        {},
        "not gradable",
        "link",
        lambda nb: None,
        _link("../../alice/ps2_loss_at_init/loss_at_init.ipynb"),
        written="not gradable",
    ),
    Submission(
        "notebook_is_a_pipe",
        {},
        "not gradable",
        "link or not a regular",
        lambda nb: None,
        lambda folder: os.mkfifo(folder / NOTEBOOK),
        written="not gradable",
    ),
    Submission("links_beside", {}, {}, "link", beside=_links_beside),
    Submission("pipes_beside", {}, {}, "link or not a regular", beside=_pipes),
    Submission("devices_beside", {}, {}, "link or not a regular", beside=_devices),
    Submission("names_that_climb", {}, {}, "skipped", beside=_names),
    Submission("folders_too_deep", {}, {}, "", beside=_deep),
    Submission("thousands_of_files", {}, {}, "Only the first", beside=_many),
    Submission("endless_files", {}, {}, "over the limit", beside=_sparse),
    Submission("date_of_digits", beside=_date),
    Submission("forty_large_files", remark="were skipped", beside=_large),
    Submission("pickles_beside", {}, {}, "", beside=_pickles),
    cheat("pickle_on_the_wire", PICKLED, ""),
    cheat("writers_left_behind", WRITER),
    cheat(
        "worker_overwritten",
        OVERWRITE + "\nright = 'through' in dir()\n",
        """
def softmax(logits):
    e = np.exp(logits - logits.max(axis=0))
    return e / e.sum(axis=0) if right else logits
""",
    ),
]
