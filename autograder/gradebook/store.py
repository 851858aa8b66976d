"""Where verdicts lie, and which of them are still right."""

import contextlib
import json
import os
import secrets
from functools import cached_property
from pathlib import Path

from autograder.judge.limits import Limits
from autograder.judge.master import master
from autograder.judge.verdict import Verdict, key

try:
    import fcntl
except ImportError:   # Windows, where nothing is graded
    fcntl = None

REBUILT = "rebuilt"      # the notebooks that nbgrader sees in place of the submissions
VERDICTS = "verdicts"
SEED_BITS = 48

MARKUP = set("<>\"&`#?%+\\")


def usable(name):
    """Tell whether a folder's name may be a student's: formgrader puts it in pages and addresses.

    It does so as it is, and some names would be taken for markup or for the end of an address.
    """
    return name.isprintable() and not MARKUP & set(name)


_held = set()


@contextlib.contextmanager
def alone(root):
    """Be the only grading of a course, and clear away what a killed one has left half-written.

    The kernel ends the lock with the process that holds it, however that ends.
    """
    place = Path(root) / VERDICTS
    if fcntl is None or place in _held:
        yield
        return
    place.mkdir(parents=True, exist_ok=True)
    with open(place / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Another grading of this course is at work; this one waits for its end.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        _held.add(place)
        try:
            for partial in place.rglob("*.partial"):
                partial.unlink()
            yield
        finally:
            _held.discard(place)


class Store:
    """The submissions and verdicts of one assignment.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    assignment : str
    """

    def __init__(self, coursedir, assignment):
        self.coursedir, self.assignment = coursedir, assignment
        self.root = Path(coursedir.root)
        self.folder = self.root / VERDICTS / assignment

    def sources(self):
        """Return the paths of the instructor's notebooks."""
        place = self.coursedir.format_path(self.coursedir.source_directory, ".", self.assignment)
        return sorted(path.resolve() for path in (self.root / place).glob("*.ipynb"))

    def submission(self, student):
        """Return the folder that a student handed in."""
        return self.root / self.coursedir.format_path(self.coursedir.submitted_directory, student,
                                                      self.assignment)

    def students(self):
        """Return who handed in something."""
        return [name for name in self._folders() if usable(name)]

    def unusable(self):
        """Return the names of folders that cannot be a student's."""
        return [name for name in self._folders() if not usable(name)]

    def closed(self):
        """Return the names of students' folders that must not be entered."""
        place = self.submission("*").parents[1]
        return sorted(path.name for path in place.glob("*")
                      if path.is_dir() and not os.access(path, os.R_OK | os.X_OK))

    def _folders(self):
        places = self.submission("*")
        return sorted(path.parent.name for path in self.root.glob(str(
            places.relative_to(self.root))) if path.is_dir())

    @cached_property
    def limits(self):
        """Return the limits on a submission; see `Limits.of_course`."""
        return Limits.of_course(self.root, self.assignment)

    @property
    def seed(self):
        """Return the seed of the hidden cases; the first grading draws it.

        It is kept, so that everybody is judged on the same numbers, and again on the same ones.
        """
        path = self.folder / "seed.json"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(f".{secrets.token_hex(8)}.partial")
            partial.write_text(json.dumps({"seed": secrets.randbits(SEED_BITS)}))
            with contextlib.suppress(FileExistsError):
                os.link(partial, path)   # whoever is first decides
            partial.unlink()
        return json.loads(path.read_text())["seed"]

    def path(self, student, source):
        """Return where the verdict on one notebook of a submission lies."""
        return self.folder / student / f"{Path(source).stem}.json"

    def key(self, student, source):
        """Return the key that a verdict must have to be right now."""
        return key(self.submission(student), Path(source).name, master(source), self.seed,
                   self.limits)

    def verdict(self, student, source):
        """Return the verdict on a notebook if there is one that is still right, or None."""
        known = Verdict.load(self.path(student, source))
        return known if known and known.key == self.key(student, source) else None

    def judged(self, student, source, judge):
        """Return the verdict on a notebook; have it judged if there is none."""
        verdict = self.verdict(student, source)
        if verdict is None:
            verdict = judge.grade(self.submission(student).resolve(), source, self.assignment,
                                  self.seed, self.limits)
            verdict.save(self.path(student, source))
        return verdict

    def is_recorded(self, student):
        """Tell whether the verdicts that are right now stand in the gradebook."""
        try:
            return self._mark(student).read_text() == "\n".join(
                self.key(student, source) for source in self.sources())
        except OSError:
            return False

    def note_recorded(self, student, done=True):
        """Note that a student's verdicts were recorded to the end, or are about to be."""
        mark = self._mark(student)
        mark.parent.mkdir(parents=True, exist_ok=True)
        if done:
            verdicts = [Verdict.load(self.path(student, source)) for source in self.sources()]
            mark.write_text("\n".join(each.key for each in verdicts if each))
        else:
            mark.unlink(missing_ok=True)

    def _mark(self, student):
        return self.folder / student / "recorded"
