"""What the gradebook and the verdicts say of each submission, in one place."""

from pathlib import Path

from autograder.judge.verdict import Verdict

from .store import VERDICTS


def submissions(gradebook, root):
    """Return one dict for each submission in the gradebook.

    Returns
    -------
    list of dict
        With "assignment", "student_id", "timestamp", "score", "max_score", "by_hand" (how many
        answers wait to be graded by hand), "states" (by exercise) and "found" (one line).
    """
    rows = []
    for assignment in gradebook.assignments:
        for submission in sorted(assignment.submissions, key=lambda each: each.student_id):
            verdicts = read(root, assignment.name, submission.student_id)
            waiting = [
                grade
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.needs_manual_grade
            ]
            rows.append(
                {
                    "assignment": assignment.name,
                    "student_id": submission.student_id,
                    "timestamp": submission.timestamp,
                    "score": submission.score,
                    "max_score": submission.max_score,
                    "by_hand": len(waiting),
                    "states": states(verdicts),
                    "found": found(verdicts),
                }
            )
    return rows


def read(root, assignment, student):
    """Return the verdicts on a submission, one for each notebook."""
    folder = Path(root) / VERDICTS / assignment / student
    loaded = [Verdict.load(path) for path in sorted(folder.glob("*.json"))]
    return [verdict for verdict in loaded if verdict]


def states(verdicts):
    """Return the state of every exercise and of every answer in words."""
    made = {}
    for verdict in verdicts:
        made |= {
            name.removeprefix("test_"): result.state for name, result in verdict.exercises.items()
        }
        made |= verdict.written
    return made


def found(verdicts):
    """Return in one line what an instructor should know of a submission."""
    return "; ".join(line for verdict in verdicts for line in verdict.lines())
