"""Calling answers, comparing what they return, judging draws: apart from the grader's own code."""

import copy
import warnings
from contextlib import redirect_stdout
from io import StringIO

import numpy as np

SIGMAS = 6  # width of the bands for random answers, in standard errors
ROUNDING = 1e-9  # relative difference that another order of the same operations may make


def outcome(function, arguments):
    """Return what was raised, what was returned, and the arguments as they were left."""
    arguments = copy.deepcopy(arguments)
    with warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        try:
            return None, function(*arguments), arguments
        except Exception as error:
            return type(error), None, arguments


def is_number(value):
    return not isinstance(value, bool | np.bool_ | str) and (
        np.ndim(value) == 0 and np.issubdtype(np.asarray(value).dtype, np.number)
    )


def same(expected, got, tolerance=ROUNDING):
    """Return whether an answer is the expected one in type, shape, finiteness and value."""
    if expected is None or isinstance(expected, str):
        return type(got) is type(expected) and got == expected
    if isinstance(expected, bool | np.bool_):
        return np.asarray(got).dtype == bool and np.ndim(got) == 0 and bool(got) == expected
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and set(got) == set(expected)
            and all(same(expected[key], got[key], tolerance) for key in expected)
        )
    if isinstance(expected, list | tuple):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(expected)
            and all(map(same, expected, got, [tolerance] * len(expected)))
        )
    if isinstance(expected, int | np.integer):
        return (
            is_number(got) and np.issubdtype(np.asarray(got).dtype, np.integer) and got == expected
        )
    if np.ndim(expected) == 0:
        return is_number(got) and close(expected, got, tolerance)
    return (
        isinstance(got, np.ndarray)
        and got.shape == expected.shape
        and np.issubdtype(got.dtype, np.number)
        and close(expected, got, tolerance)
    )


def close(expected, got, tolerance):
    return np.allclose(got, expected, rtol=tolerance, atol=tolerance * 1e-3, equal_nan=True)


def agrees(right, answer, arguments, view=None, tolerance=ROUNDING, in_place=False):
    """Return whether `answer` does what `right` does with these arguments."""
    raised, expected, expected_left = outcome(right, arguments)
    got_raised, got, left = outcome(answer, arguments)
    if raised or got_raised:
        return raised is got_raised
    try:
        if view:
            expected, got = view(expected), view(got)
        kept = in_place or same(list(expected_left), list(left))
        return kept and same(expected, got, tolerance)
    except Exception:
        return False  # what came back cannot even be looked at


def generators(seed):
    return [np.random.default_rng(seed), np.random.RandomState(seed)]


def assert_only_from_rng(draw):
    """Assert that `draw(rng)` depends on `rng`'s seed alone and leaves the global state."""
    before = np.random.get_state()[1].copy()
    for first, again, other in zip(generators(5), generators(5), generators(6), strict=True):
        value = np.asarray(draw(first), dtype=float)
        np.testing.assert_array_equal(value, np.asarray(draw(again), dtype=float))
        assert not np.array_equal(value, np.asarray(draw(other), dtype=float))
    assert np.array_equal(before, np.random.get_state()[1])


def assert_unchanged(answer, arguments):
    """Assert that the arguments but for the generator are as they were after a call."""
    _, _, left = outcome(answer, arguments)
    for before, after in zip(arguments, left, strict=True):
        assert isinstance(before, np.random.Generator) or same(before, after)


def assert_normal(sample, scale):
    """Assert that the entries look like independent draws of N(0, scale**2)."""
    assert isinstance(sample, np.ndarray) and np.all(np.isfinite(sample))
    z = sample.ravel() / scale
    band = SIGMAS / np.sqrt(z.size)
    assert abs(z.mean()) < band
    assert abs((z**2).mean() - 1) < band * np.sqrt(2)
    assert abs((z**4).mean() - 3) < band * np.sqrt(96)
    for a, b in zip(sample, sample[1:], strict=False):
        assert abs(np.corrcoef(a, b)[0, 1]) < SIGMAS / np.sqrt(a.size)
