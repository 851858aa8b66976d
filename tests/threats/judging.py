"""A class judged several at once and not recorded; as a program, in a course directory."""

import sys

from autograder.cluster import Judges
from autograder.gradebook.configured import configured
from autograder.gradebook.store import Store
from autograder.sandbox.ladder import choose_or_exit


def main(assignment, mode, jobs):
    """Judge every submission; say what an instructor would be told."""
    coursedir = configured().coursedir
    isolation = choose_or_exit(mode)
    judges = Judges(int(jobs), isolation)
    judges.begin(Store(coursedir, assignment, isolation))
    for (student, _), verdict in judges.verdicts.items():
        for line in verdict.result().lines():
            print(f"{student}, {assignment}: {line}")
    judges.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
