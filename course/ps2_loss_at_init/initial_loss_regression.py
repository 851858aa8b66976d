"""The best constant for three losses of regression, and what it costs."""

import numpy as np

from autograder.cases import value
from autograder.model import Exercise, case

# Where the minimum is searched for, the text asks for 1e-6. The mean loss there is flat: a constant
# that is off by as much has a loss that is off by 5e-13 at most.
SEARCHED = [1.1e-6, 2e-12]
exercise = Exercise(points=4)
SEVERAL = '"huber" with four targets, for which many constants are equally good'


def huber(residuals, delta):
    """Return the Huber loss of each residual (Huber 1964, section 2)."""
    size = np.abs(residuals)
    return np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))


def huber_location(targets, delta):
    """Return the constant with the smallest mean Huber loss, found by bisection.

    The derivative, the mean of the clipped residuals, is continuous and monotone. Where it
    is zero on an interval, any point of the interval is a minimum.
    """
    low, high = np.min(targets), np.max(targets)
    for _ in range(200):
        middle = (low + high) / 2
        if np.mean(np.clip(targets - middle, -delta, delta)) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@exercise.reference
def initial_loss_regression(targets, loss, delta=1.0):
    """Return the best constant prediction and the mean loss it has.

    Parameters
    ----------
    targets : (m,) ndarray
    loss : {"squared", "absolute", "huber"}
    delta : float, optional
        Where the Huber loss turns from quadratic to linear.

    Returns
    -------
    bias : float
    expected_loss : float

    Raises
    ------
    ValueError
        If `loss` is any other name.
    """
    targets = np.asarray(targets, dtype=float)
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss == "huber":
        bias = huber_location(targets, delta)
        return bias, np.mean(huber(targets - bias, delta))
    raise ValueError(f"unknown loss {loss!r}: squared, absolute or huber")


@exercise.cases
def cases(rng):
    odd = rng.gamma(2.0, 3.0, 41)
    even = 3 * rng.permutation(20)[:12]  # whole numbers, none of them twice
    for name, targets in (("squared", odd), ("absolute", odd), ("absolute", even), ("huber", odd)):
        yield case(targets, name, label=f'"{name}" and {len(targets)} targets')
    delta = float(rng.uniform(2.0, 4.0))
    yield case(odd - 30, "huber", delta, label='"huber" with a larger delta')
    yield case(odd, "huber", 1e3, label='"huber" with a delta beyond every residual')
    label = '"huber" with two of 103 targets within delta'
    yield case(*far_apart(rng), label=label, only="public")  # one is enough: it takes long
    for m in (3, 5, 7, 9):
        targets, delta = 1000 + rng.normal(0, 5, m), float(rng.uniform(0.1, 0.3))
        label = f'"huber" with {m} targets near 1000 and a small delta'
        yield case(targets, "huber", delta, label=label, only="hidden")
    for m in (3, 5, 7):
        label = f'"huber" with {m} targets near 0'
        yield case(rng.normal(0, 1, m), "huber", 0.25, label=label, only="hidden")
    far = np.array([0.0, 0.0, 50.0])
    yield case(far, "huber", 0.01, label='"huber" with one of 3 targets far away', only="hidden")
    # Halving an interval about the best constant is needed here; of targets that are drawn, one in
    # a thousand does.
    nine = np.array([1.16, 0.79, 0.84, 0.08, -1.43, -0.14, -0.77, -1.42, 0.26])
    yield case(nine, "huber", 0.27, label='"huber" with 9 targets near 0', only="hidden")
    four = 1000 + np.array([-10.0, 0.2, 0.9, 10.0])  # whole numbers between them will not do
    yield case(rng.permutation(four), "huber", 0.1, label=SEVERAL, only="hidden")
    whole = int(rng.integers(-9, 9)) + np.array([-3, -1, 0, 1, 3])
    yield case(whole, "huber", 1, label='"huber" with residuals of just delta', only="hidden")
    yield case(odd - 9, "squared", label='"squared" and targets of both signs', only="hidden")
    for name in ("squared", "absolute", "huber"):
        yield case(odd[:1], name, label=f'"{name}" and a single target', only="hidden")
    yield case(odd, "quartic", label="an unknown name")
    yield case(odd, "Huber", label="a name in other letters")
    yield case(odd, "absolute error", label="a name that begins like a known one")
    yield case(odd, "squared ", label="a name with a blank", only="hidden")
    yield case(odd, "hub", label="a part of a name", only="hidden")
    skewed = np.append(odd, rng.uniform(2000, 3000))  # its mean lies beyond the quartiles
    yield case(skewed, "huber", 1e4, label='"huber" with an outlier within delta', only="hidden")


def far_apart(rng):
    """Return targets of which only two lie within delta of the best constant.

    There the slope of the mean Huber loss is 1 in 50: a search by small steps takes its time.
    """
    delta, middle = float(rng.uniform(0.8, 1.5)), rng.uniform(-5, 5)
    low = middle - rng.uniform(20, 200, 51)
    high = middle + rng.uniform(20, 200, 50)
    near = middle + delta * np.array([-0.1, 0.2])
    return rng.permutation(np.concatenate([low, near, high])), "huber", delta


@exercise.expected
def expected(exercise, case_input):
    """Expect a searched minimum as near as the text says, and a formula to its last digits."""
    if case_input.label == SEVERAL:  # the loss tells whether it is one of them
        anywhere = [float(np.ptp(case_input.args[0])), SEARCHED[1]]
        return value(rtol=1e-12, atols=anywhere)(exercise, case_input)
    if case_input.args[1] == "huber":
        return value(rtol=1e-12, atols=SEARCHED)(exercise, case_input)
    return value(rtol=1e-12, atol=1e-13)(exercise, case_input)


@exercise.mistake("That is the mean; the mean absolute loss is smallest at another constant.")
def mean_for_absolute(targets, loss, delta=1.0):
    if loss == "absolute":
        bias = np.mean(targets)
        return bias, np.mean(np.abs(targets - bias))
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake("That is the mean for every loss; only the squared loss is smallest there.")
def mean_for_all(targets, loss, delta=1.0):
    bias = np.mean(targets)
    if loss == "absolute":
        return bias, np.mean(np.abs(targets - bias))
    if loss == "huber":
        return bias, np.mean(huber(targets - bias, delta))
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake("That is the median; the Huber loss is smallest between the median and the mean.")
def median_for_huber(targets, loss, delta=1.0):
    if loss == "huber":
        bias = np.median(targets)
        return bias, np.mean(huber(targets - bias, delta))
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake("That is the mean; the Huber loss is smallest between the median and the mean.")
def mean_for_huber(targets, loss, delta=1.0):
    if loss == "huber":
        bias = np.mean(targets)
        return bias, np.mean(huber(targets - bias, delta))
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake(
    "The Huber loss was minimized over the points of a grid, and the best of them is not close "
    "enough: get within 1e-6, by halving an interval or by small steps downhill.",
    points=(100, 101, 1000, 1001),
)
def coarse_grid(targets, loss, delta=1.0, *, points):
    if loss == "huber":
        grid = np.linspace(np.min(targets), np.max(targets), points)
        means = [np.mean(huber(targets - bias, delta)) for bias in grid]
        return grid[np.argmin(means)], np.min(means)
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake("That is half the mean square; the squared loss here is r**2, without a half.")
def half_square(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets) / 2
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake("The quadratic part of the Huber loss is r**2/2, with a half.")
def no_half_in_huber(targets, loss, delta=1.0):
    bias, least = initial_loss_regression(targets, loss, delta)
    if loss == "huber":
        r = np.abs(targets - bias)
        return bias, np.mean(np.where(r <= delta, r**2, delta * (r - delta / 2)))
    return bias, least


@exercise.mistake(
    "The linear part of the Huber loss is delta*(|r| - delta/2), so that it meets the quadratic "
    "one."
)
def huber_jump(targets, loss, delta=1.0):
    bias, least = initial_loss_regression(targets, loss, delta)
    if loss == "huber":
        r = np.abs(targets - bias)
        return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * r))
    return bias, least


@exercise.mistake("`delta` is always taken as 1.")
def delta_ignored(targets, loss, delta=1.0):
    return initial_loss_regression(targets, loss)


@exercise.mistake(
    "That is the root of the mean squared loss; expected the mean squared loss itself."
)
def std_for_variance(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.std(targets)
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake("That is the sum of squares divided by m - 1; a mean divides by m.")
def sample_variance(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets, ddof=1)
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake("Those losses are sums over the targets; expected means.", id="sum")
def sum_over_targets(targets, loss, delta=1.0):
    bias, least = initial_loss_regression(targets, loss, delta)
    return bias, least * len(targets)


@exercise.mistake(
    "That is the loss of predicting 0; expected the loss of the constant that you return."
)
def loss_at_zero(targets, loss, delta=1.0):
    bias, _ = initial_loss_regression(targets, loss, delta)
    r = np.abs(targets)
    each = {"squared": r**2, "absolute": r, "huber": huber(r, delta)}[loss]
    return bias, np.mean(each)


MIDPOINT = "At an even count, expected the midpoint of the two middle targets, got the {} of them."


@exercise.mistake(MIDPOINT.format("lower"))
def lower_median(targets, loss, delta=1.0):
    if loss == "absolute":
        bias = np.sort(targets)[(len(targets) - 1) // 2]
        return bias, np.mean(np.abs(targets - bias))
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake(MIDPOINT.format("upper"))
def upper_median(targets, loss, delta=1.0):
    if loss == "absolute":
        bias = np.sort(targets)[len(targets) // 2]
        return bias, np.mean(np.abs(targets - bias))
    return initial_loss_regression(targets, loss, delta)


NO_ERROR = "An unknown name of a loss must raise a ValueError."


@exercise.mistake(NO_ERROR)
def no_error(targets, loss, delta=1.0):
    if loss in ("squared", "absolute"):
        return initial_loss_regression(targets, loss)
    return initial_loss_regression(targets, "huber", delta)


@exercise.mistake(NO_ERROR, id="no_error")
def prints_error(targets, loss, delta=1.0):
    if loss not in ("squared", "absolute", "huber"):
        print("unknown loss", loss)
        return None
    return initial_loss_regression(targets, loss, delta)


@exercise.refused("expected a ValueError, got a NotImplementedError")
def wrong_error(targets, loss, delta=1.0):
    if loss not in ("squared", "absolute", "huber"):
        raise NotImplementedError(loss)
    return initial_loss_regression(targets, loss, delta)


@exercise.mistake("Constant and loss are swapped: the constant comes first.")
def swapped(targets, loss, delta=1.0):
    bias, least = initial_loss_regression(targets, loss, delta)
    return least, bias


@exercise.mistake("Expected two results, the constant and its mean loss.")
def bias_only(targets, loss, delta=1.0):
    bias, _ = initial_loss_regression(targets, loss, delta)
    return bias


@exercise.refused("Work on a copy")
def changes_input(targets, loss, delta=1.0):
    targets.sort()
    return initial_loss_regression(targets, loss, delta)


@exercise.right
def vectorised(targets, loss, delta=1.0):
    if loss == "squared":
        return targets.mean(), targets.var()
    if loss == "absolute":
        return np.median(targets), np.abs(targets - np.median(targets)).mean()
    if loss != "huber":
        raise ValueError(loss)
    # Gradient descent with step 1; the slope of the mean loss is minus the mean clipped residual.
    bias = np.median(targets)
    for _ in range(5000):
        step = np.clip(targets - bias, -delta, delta).mean()
        bias += step
        if abs(step) < 1e-13:
            break
    r = np.abs(targets - bias)
    return bias, np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)).mean()


def huber_slope(targets, c, delta):
    total = 0.0
    for t in targets:
        total += max(-delta, min(delta, t - c))
    return total


def huber_by_halving(ordered, delta):
    low, high = ordered[0], ordered[-1]
    for _ in range(100):
        bias = (low + high) / 2
        if huber_slope(ordered, bias, delta) > 0:
            low = bias
        else:
            high = bias
    total = 0.0
    for t in ordered:
        r = abs(t - bias)
        if r <= delta:
            total += r**2 / 2
        else:
            total += delta * (r - delta / 2)
    return bias, total / len(ordered)


@exercise.right
def loops(targets, loss, delta=1.0):
    ordered = sorted(float(t) for t in targets)
    m = len(ordered)
    if loss == "squared":
        bias = sum(ordered) / m
        return bias, sum((t - bias) ** 2 for t in ordered) / m
    elif loss == "absolute":
        half = m // 2
        bias = ordered[half] if m % 2 == 1 else (ordered[half - 1] + ordered[half]) / 2
        return bias, sum(abs(t - bias) for t in ordered) / m
    elif loss == "huber":
        return huber_by_halving(ordered, delta)
    else:
        raise ValueError("loss must be squared, absolute or huber, not " + str(loss))


# Newton's method, kept inside a bracket that shrinks.
def newton(targets, delta):
    low, high = targets.min(), targets.max()
    best = np.median(targets)
    for _ in range(200):
        slope = np.clip(targets - best, -delta, delta).sum()
        if slope > 0:
            low = best
        else:
            high = best
        inside = np.sum(np.abs(targets - best) <= delta)
        best = best + slope / inside if inside else (low + high) / 2
        if not low <= best <= high:
            best = (low + high) / 2
    return best


@exercise.right
def own_style(targets, loss, delta=1.0):
    if loss not in ("squared", "absolute", "huber"):
        raise ValueError("unknown loss: " + repr(loss))

    def mean_loss(c):
        r = np.abs(targets - c)
        if loss == "squared":
            return np.mean(r**2)
        if loss == "absolute":
            return np.mean(r)
        quadratic = r[r <= delta]
        linear = r[r > delta]
        return (np.sum(quadratic**2) / 2 + np.sum(delta * (linear - delta / 2))) / len(r)

    if loss == "squared":
        best = np.sum(targets) / len(targets)
    elif loss == "absolute":
        best = np.quantile(targets, 0.5)
    else:
        best = newton(targets, delta)
    return (best, mean_loss(best))


def huber_from_minimum(r, delta):
    a = np.minimum(np.abs(r), delta)
    return a * (np.abs(r) - a / 2)


# The slope of the Huber loss is piecewise linear in the prediction: it is zero between two
# neighbouring corners, and there a straight line gives the place exactly.
def best_huber_constant(targets, delta):
    corners = np.unique(np.concatenate([targets - delta, targets + delta]))
    slope = np.clip(targets[None, :] - corners[:, None], -delta, delta).mean(axis=1)
    return np.interp(0.0, slope[::-1], corners[::-1])


LOSSES = {
    "squared": (lambda t, d: t.mean(), lambda r, d: r**2),
    "absolute": (lambda t, d: np.median(t), lambda r, d: np.abs(r)),
    "huber": (best_huber_constant, huber_from_minimum),
}


@exercise.right
def unusual(targets, loss, delta=1.0):
    try:
        best, cost = LOSSES[loss]
    except KeyError:
        raise ValueError(f"no loss called {loss}") from None
    targets = np.array(targets, dtype=float)
    bias = best(targets, delta)
    return [np.array(bias), np.array(np.mean(cost(targets - bias, delta)))]
