"""Which hidden numbers a submission is judged on: a keyed hash of its answers chooses.

Equal answers get equal numbers, so that no two of them get different grades by chance. Another
answer usually gets others: what one grading revealed is of little use in the next. The sets are
few, so that a class shares what it costs to make them.
"""

from __future__ import annotations

import hashlib
import json

from nbformat import NotebookNode

from autograder.submission.matching import canonical
from autograder.submission.rebuild import HELPER, nbgrader_metadata

from .exercises import Cases

N_SETS = 8
SEED_BYTES = 16


class CaseSets:
    """The case sets of an assignment, each made when a submission first needs it.

    Parameters
    ----------
    assignment : str
    secret : int
        What the sets and their choice follow from; see `Store.seed`.
    """

    def __init__(self, assignment: str, secret: int) -> None:
        self.assignment, self.secret = assignment, secret
        self.made: dict[int, Cases] = {}

    def of(self, answers: bytes) -> Cases:
        """Return the cases for answers; see `answers_of`."""
        number = 1 + int.from_bytes(self._digest(b"answers " + answers)) % N_SETS
        if number not in self.made:
            seed = int.from_bytes(self._digest(b"set %d" % number))
            self.made[number] = Cases(self.assignment, seed, number)
        return self.made[number]

    def _digest(self, text: bytes) -> bytes:
        key = hashlib.sha256(f"{self.secret} {self.assignment}".encode()).digest()
        return hashlib.blake2b(text, key=key, digest_size=SEED_BYTES).digest()


def answers_of(notebook: NotebookNode) -> bytes:
    """Return the code of a rebuilt notebook that is the student's, without comments and layout."""
    code = [
        (nbgrader_metadata(cell).get("grade_id"), canonical("code", cell.source))
        for cell in notebook.cells
        if cell.cell_type == "code"
        and (nbgrader_metadata(cell).get("solution") or cell.metadata.get("role") == HELPER)
    ]
    return json.dumps(code).encode()
