"""A class judged several at once and not recorded; as a program, in a course directory."""

import sys

from autograder.cluster import Judges
from autograder.gradebook.configured import configured
from autograder.gradebook.store import Store
from autograder.sandbox.ladder import opened_or_exit


def main(assignment, mode, jobs):
    """Judge every submission; say what an instructor would be told."""
    coursedir = configured().coursedir
    sandbox = opened_or_exit(mode)
    store = Store(coursedir, assignment, sandbox.isolation)
    with Judges(int(jobs), sandbox) as judges:
        judges.begin(store, store.students())
        for (student, source), judged in judges.done.items():
            judged.result()
            for line in store.verdict(student, source).lines():
                print(f"{student}, {assignment}: {line}")


if __name__ == "__main__":
    main(*sys.argv[1:])
