"""The same losses averaged from several starts."""

from functools import partial

import numpy as np

from autograder.model import Exercise, case

from .bias_corrected import bias_corrected
from .shared import (
    BETA_OF_0,
    FEW_STEPS,
    LISTS_TOO,
    LONG,
    SIZES,
    START_FIRST,
    ZERO_IS_NO_START,
    falling,
    tight,
)
from .smooth_sequence import smooth_sequence

exercise = Exercise(points=3, expect=tight)


@exercise.reference
def compare_starts(losses, initial, beta=0.999):
    """Return the same losses averaged from different starts.

    Parameters
    ----------
    losses : (n,) array_like
    initial : float
        The informed start, for example that of `informed_start`.
    beta : float, optional

    Returns
    -------
    dict of (n,) ndarray
        ``"raw"`` the losses, ``"zero"`` from 0, ``"corrected"`` from 0 with the correction
        of the bias, ``"informed"`` from `initial`.
    """
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.cases
def cases(rng):
    yield case(falling(rng, 12), float(rng.uniform(35, 50)), label="12 losses")
    yield case(
        falling(rng, 9),
        float(rng.uniform(35, 50)),
        float(rng.uniform(0.5, 0.9)),
        label="another `beta`",
    )
    yield case(falling(rng, 1), 23.0, 0.9, label="a single loss")
    yield case(falling(rng, 6).tolist(), 40.0, 0.9, label="a list of losses")
    yield case(np.array([40, 31, 20]), 50, 0.9, label="whole numbers")
    yield case(falling(rng, 4), 0.0, 0.0, label="a start of 0 and a `beta` of 0")
    yield case(falling(rng, 5), 0.0, 0.9, label="a start of 0", only="hidden")
    yield case(falling(rng, 8) * SIZES, 4e-10, 0.9, label="tiny and huge losses", only="hidden")
    yield case(falling(rng, LONG), 42.0, 0.99, label=f"{LONG:,} losses", only="hidden")


@exercise.mistake(BETA_OF_0)
def beta_of_0(losses, initial, beta=0.999):
    return compare_starts(losses, initial, beta or 0.999)


@exercise.mistake(ZERO_IS_NO_START)
def zero_is_no_start(losses, initial, beta=0.999):
    return compare_starts(losses, initial or losses[0], beta)


@exercise.mistake("`zero` and `informed` are swapped.")
def swapped(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "informed": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "zero": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake(
    "The correction was applied to the average that starts from `initial`; it is for the one that "
    "starts from 0."
)
def corrected_informed(losses, initial, beta=0.999):
    t = np.arange(1, len(losses) + 1)
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": smooth_sequence(losses, initial, beta) / (1 - beta**t),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake("`informed` was corrected as well; only an average that starts from 0 needs it.")
def informed_corrected(losses, initial, beta=0.999):
    t = np.arange(1, len(losses) + 1)
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta) / (1 - beta**t),
    }


@exercise.mistake("`beta` is not passed on: all averages use 0.999.")
def beta_not_passed(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0),
        "corrected": bias_corrected(losses),
        "informed": smooth_sequence(losses, initial),
    }


@exercise.mistake("`beta` is not passed on to the correction.", id="beta_not_passed")
def beta_not_passed_to_the_correction(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses),
        "informed": smooth_sequence(losses, initial, beta),
    }


RAW = (
    "`raw` should hold the losses as they are; here they are smoothed. If averages are written "
    "into `losses` itself, `raw` changes with it."
)


@exercise.mistake(RAW)
def raw_smoothed(losses, initial, beta=0.999):
    return {
        "raw": smooth_sequence(losses, initial, beta),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake(RAW, id="raw_smoothed")
def raw_smoothed_from_zero(losses, initial, beta=0.999):
    return {
        "raw": smooth_sequence(losses, 0.0, beta),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


# Smooths the losses that it is given in place, so that `raw` is smoothed too.
@exercise.mistake(RAW, id="raw_smoothed")
def smooths_in_place(losses, initial, beta=0.999):
    result = {"raw": losses, "corrected": bias_corrected(losses, beta)}
    result["informed"] = smooth_sequence(losses, initial, beta)
    value = 0.0
    for t in range(len(losses)):
        value = beta * value + (1 - beta) * losses[t]
        losses[t] = value
    result["zero"] = losses
    return result


@exercise.mistake(
    "`raw` holds the mean of the losses so far; it should hold the losses as they are."
)
def raw_running_mean(losses, initial, beta=0.999):
    return {
        "raw": np.cumsum(losses) / np.arange(1, len(losses) + 1),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake("`zero` starts from `initial`; it should start from 0.")
def zero_from_initial(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, initial, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake("`informed` starts from 0; it should start from `initial`.")
def informed_from_zero(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, 0.0, beta),
    }


@exercise.mistake("`informed` starts from the first loss; it should start from `initial`.")
def from_first_loss(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, losses[0], beta),
    }


@exercise.mistake("`corrected` is the average from 0 without its correction.")
def not_corrected(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": smooth_sequence(losses, 0.0, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake("`zero` is corrected already; it should stay as it is.")
def zero_corrected(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": bias_corrected(losses, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake(START_FIRST)
def start_included(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": np.append(0.0, smooth_sequence(losses, 0.0, beta)),
        "corrected": bias_corrected(losses, beta),
        "informed": np.append(initial, smooth_sequence(losses, initial, beta)),
    }


@exercise.mistake("`raw` should be an array too, also when `losses` is a list.")
def raw_list(losses, initial, beta=0.999):
    return {
        "raw": losses,
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake(LISTS_TOO)
def lists_too(losses, initial, beta=0.999):
    return {
        "raw": losses.astype(float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake(LISTS_TOO, id="lists_too")
def computes_with_the_list(losses, initial, beta=0.999):
    return {
        "raw": losses * 1.0,
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.mistake(
    "Those are the values after the last loss only; each of the four should have a value for "
    "each loss."
)
def last_values(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float)[-1],
        "zero": smooth_sequence(losses, 0.0, beta)[-1],
        "corrected": bias_corrected(losses, beta)[-1],
        "informed": smooth_sequence(losses, initial, beta)[-1],
    }


@exercise.mistake(
    "Those are the four arrays without their names; expected a dict with a key for each.",
    id="tuple",
)
def without_names(losses, initial, beta=0.999):
    return (
        np.array(losses, dtype=float),
        smooth_sequence(losses, 0.0, beta),
        bias_corrected(losses, beta),
        smooth_sequence(losses, initial, beta),
    )


@exercise.mistake(FEW_STEPS, limit=(100, 1000))
def few_steps(losses, initial, beta=0.999, *, limit):
    kept = np.arange(len(losses)) < limit
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta) * kept,
        "corrected": bias_corrected(losses, beta) * kept,
        "informed": smooth_sequence(losses, initial, beta) * kept,
    }


@exercise.refused("Missing: 'raw'")
def no_raw(losses, initial, beta=0.999):
    return {
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.refused("Missing: 'corrected', 'zero'")
def other_names(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "from_zero": smooth_sequence(losses, 0.0, beta),
        "bias_corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.right
def vectorised(losses, initial, beta=0.999):
    return {
        "raw": np.asarray(losses),
        "zero": smooth_sequence(losses, 0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


@exercise.right
def loops(losses, initial, beta=0.999):
    raw, zero, corrected, informed = [], [], [], []
    from_zero, from_initial = 0.0, initial
    for t, loss in enumerate(losses, start=1):
        from_zero = beta * from_zero + (1 - beta) * loss
        from_initial = beta * from_initial + (1 - beta) * loss
        raw.append(loss)
        zero.append(from_zero)
        corrected.append(from_zero / (1 - beta**t))
        informed.append(from_initial)
    return {
        "raw": np.array(raw),
        "zero": np.array(zero),
        "corrected": np.array(corrected),
        "informed": np.array(informed),
    }


@exercise.right
def own_style(losses, initial, beta=0.999):
    result = dict(informed=smooth_sequence(losses, initial, beta))
    result["corrected"] = bias_corrected(losses, beta)
    result["zero"] = smooth_sequence(losses, 0.0, beta)
    result["raw"] = np.array([float(loss) for loss in losses])
    return result


@exercise.right
def corrected_by_hand(losses, initial, beta=0.999):
    raw = np.array(losses, dtype=float)
    zero = smooth_sequence(raw, 0.0, beta)
    t = np.arange(1, raw.size + 1)
    return {
        "raw": raw,
        "zero": zero,
        "corrected": zero / (1 - np.power(beta, t, dtype=float)),
        "informed": smooth_sequence(raw, initial, beta),
    }


# The same run through one function, started twice.
@exercise.right
def by_partials(losses, initial, beta=0.999):
    smoothed = partial(smooth_sequence, losses, beta=beta)
    curves = {"zero": smoothed(0), "informed": smoothed(initial)}
    return curves | {"raw": np.asarray(losses), "corrected": bias_corrected(losses, beta)}


STARTS = ("raw", "zero", "corrected", "informed")


@exercise.right
def unusual(losses, initial, beta=0.999):
    zero = smooth_sequence(losses, 0.0, beta)
    powers = np.cumprod(np.full(len(losses), beta))
    arrays = (np.array(losses), zero, zero / (1 - powers), zero + powers * initial)
    return dict(zip(reversed(STARTS), reversed(arrays), strict=True))
