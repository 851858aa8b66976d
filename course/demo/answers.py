"""Right and wrong answers of an assignment as text, as the demo's students hand them in."""

from functools import cache

from autograder import registry
from autograder.authoring.answers import style_of, text_of

STYLES = ("vectorised", "loops", "own_style", "unusual")


@cache
def styles(assignment):
    """Return the complete sets of right answers.

    Returns
    -------
    dict of dict of str
        ``{style: {exercise: source}}``.
    """
    return {style: dict(_in_style(assignment, style)) for style in STYLES}


def _in_style(assignment, style):
    for name, exercise in registry.exercises(assignment).items():
        written = {style_of(exercise, answer): answer for answer in exercise.right_answers}
        yield name, text_of(exercise, written[style])


@cache
def mistakes(assignment):
    """Return the wrong answers.

    Returns
    -------
    dict of str
        ``{(exercise, mistake): source}``, the mistake by the name of its function.
    """
    return {
        (name, style_of(exercise, mistake.compute)): text_of(
            exercise, mistake.compute, mistake.variants[0]
        )
        for name, exercise in registry.exercises(assignment).items()
        for mistake in exercise.mistakes
    }
