"""An index drawn with given probabilities."""

from functools import partial

import numpy as np

from autograder.cases import few_first, random_outcomes
from autograder.checks.rules import Deferred, Frequencies
from autograder.checks.wire import Seed
from autograder.model import Exercise, case

exercise = Exercise(points=2)

# Draws that settle it for who draws as the reference does, and how many come from each generator.
# An answer that draws otherwise once in 15 times shows it in each case but once in a thousand.
FEW, FEW_SURE = (100, 20), (4, 2)
DRAWS = 800
IN_TURN = 10  # draws from each generator
MANY_IN_TURN = 50  # to make a generator takes as long as to draw from it
MANY_DRAWS = 5000  # of many probabilities: there 3 % that are uniform show, and a power of 1.05
SURE_DRAWS = 16  # where only one outcome is possible
# Seeds that people write into their code; the first case is such that none of them looks like
# the most likely outcome.
USUAL_SEEDS = (0, 1, 2, 3, 10, 42, 123, 1234)


@exercise.reference
def sample_index(probabilities, rng):
    """Draw an index: i with probability ``probabilities[i]``.

    Parameters
    ----------
    probabilities : (n,) or (n, 1) ndarray
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    int
    """
    probabilities = np.ravel(probabilities)
    return int(rng.choice(len(probabilities), p=probabilities / probabilities.sum()))


def draw_seed(rng, kind="Generator"):
    """Draw the seed of a generator, with room for those of its repetitions."""
    return Seed(kind, int(rng.integers(2**31 - DRAWS - 2)))


def draw_spread_out(rng, n):
    """Draw probabilities whose largest one no usual seed would hit."""
    uniform = [
        make(seed).random()
        for seed in USUAL_SEEDS
        for make in (np.random.default_rng, np.random.RandomState)
    ]
    for _ in range(2000):
        p = rng.uniform(0.2, 1.0, n)
        p[rng.integers(n)] = 1.6
        p /= p.sum()
        draws = np.searchsorted(np.cumsum(p), uniform)
        if np.argmax(p) not in draws and 0 < np.argmax(p) < n - 1:
            return p
    return p


def draw_telling(rng):
    """Draw a column of 1,179 probabilities on which small changes show.

    A large one stands beside 276 of 0.00145, which rounding changes most; 400 of 0.00025, of which
    a random number of three digits, or in half precision, misses a half and more; and 500 that make
    0.6 % together, which anything that is added multiplies. Two are 0.
    """
    middle, low = rng.uniform(0.98, 1.02, 276), rng.uniform(0.98, 1.02, 400)
    small = rng.uniform(0.5, 1.5, 500)
    parts = (0.4, middle), (0.1, low), (0.006, small)
    each = [share * part / part.sum() for share, part in parts]
    return np.concatenate([[0.0, 0.494], *each, [0.0]])[:, np.newaxis]


@exercise.cases
def cases(rng):
    label = "12 probabilities"
    yield case(draw_spread_out(rng, 12), draw_seed(rng), label=label, only="public")
    seed = draw_seed(rng, "RandomState")
    yield case(draw_telling(rng), seed, label="a column of 1,179 and a RandomState", only="hidden")
    p = rng.uniform(0.1, 1.0, (6, 1)) ** 2
    p[[2, 4]] = 0.0
    seed = draw_seed(rng, "RandomState")
    label = "a column of 6, two of them 0, and a RandomState"
    yield case(p / p.sum(), seed, label=label, only="public")
    yield case(
        np.array([0.9, 0.0, 0.06, 0.04]),
        draw_seed(rng),
        label="one index far more likely than the others",
        only="public",
    )
    yield case(np.eye(5)[:, [3]], draw_seed(rng), label="one index with probability 1, in a column")
    # As many probabilities as before: whoever keeps something from call to call shows it here.
    yield case(
        np.eye(5)[0], draw_seed(rng), label="another index with probability 1", only="hidden"
    )


class OneNumber:
    """A generator that gives one number."""

    def __init__(self, number):
        self.number = number

    def random(self):
        return self.number


def by_one_number(answer, p):
    """Return the probability of each outcome of an answer that compares one uniform number.

    It is compared with entries of `p`, or with sums of them: between these nothing changes.
    """
    edges = np.unique(np.clip([0, 1, *p, *np.cumsum(p)], 0, 1))
    shares = {}
    for low, high in zip(edges, edges[1:]):
        outcome = str(answer(p, OneNumber((low + high) / 2)))
        shares[outcome] = shares.get(outcome, 0.0) + float(high - low)
    return shares


class Listening:
    """A generator that takes the first outcome, and keeps the probabilities it was given."""

    def choice(self, a, p=None):
        values = np.arange(a) if np.ndim(a) == 0 else a
        self.p = np.full(len(values), 1 / len(values)) if p is None else np.asarray(p)
        return values[0]


def listened(answer, p):
    """Return the probabilities with which an answer chooses, if it chooses an index once."""
    rng = Listening()
    try:
        shares = rng.p if answer(p, rng) == 0 and len(rng.p) == len(p) else []
    except (AttributeError, ValueError):
        shares = []
    return {str(i): float(share) for i, share in enumerate(shares)}


def of_many(exercise, p):
    """Return the rule for many probabilities: `random_outcomes` would take seconds to list them."""
    right = {str(i): float(each) for i, each in enumerate(p)}
    known = Deferred(partial(known_of_many, exercise, p))
    return Frequencies(right, MANY_DRAWS, known, in_turn=MANY_IN_TURN)


def known_of_many(exercise, p):
    """Return what mistakes give for many probabilities, as `random_outcomes` does for few."""
    known = []
    for mistake in exercise.mistakes:
        for variant in mistake.variants if mistake.message else ():
            shares = listened(partial(mistake.compute, **variant), p)
            if mistake.compute is rounded_number:
                shares = by_rounded_number(p, **variant)
            if shares:
                entry = {"id": mistake.id, "message": mistake.message, "probabilities": shares}
                known.append(entry)
    return known


def by_rounded_number(p, decimals):
    """Return the probability of each outcome of `rounded_number`."""
    last = 10**decimals
    drawn = np.minimum(
        np.searchsorted(np.cumsum(p), np.arange(last + 1) / last), np.flatnonzero(p)[-1]
    )
    weights = np.r_[0.5, np.ones(last - 1), 0.5] / last
    shares = np.bincount(drawn, weights, minlength=len(p))
    return {str(i): float(each) for i, each in enumerate(shares)}


@exercise.expected
def expected(exercise, case_input):
    p = np.ravel(case_input.args[0])
    rule = of_many(exercise, p) if len(p) > 100 else of_few(exercise, case_input, p)
    few = FEW_SURE if np.max(p) == 1 else FEW
    return few_first(exercise, case_input, rule, *few)


def of_few(exercise, case_input, p):
    """Return the rule for a few probabilities."""
    sure = bool(np.max(p) == 1)
    rule = random_outcomes(exercise, case_input, SURE_DRAWS if sure else DRAWS)
    rule.in_turn = 1 if sure else IN_TURN
    rule.remind = "Return the index itself, as a whole number."
    by_choice = rule.mistakes
    rule.mistakes = Deferred(lambda: [*by_choice, *known_by_one_number(exercise, p)])
    return rule


def known_by_one_number(exercise, p):
    """Return what mistakes give that do not draw by `rng.choice`."""
    return [
        {"id": mistake.id, "message": mistake.message}
        | {"probabilities": by_one_number(mistake.compute, p)}
        for mistake in exercise.mistakes
        if mistake.compute in (threshold, cumulative_swapped)
    ]


@exercise.mistake(
    "That is always the most likely index; each should come with its own probability."
)
def argmax(probabilities, rng):
    return int(np.argmax(probabilities))


@exercise.mistake("Every index comes equally often: the probabilities are not used.")
def uniform(probabilities, rng):
    return int(rng.choice(np.size(probabilities)))


@exercise.mistake("The indices start at 1; they should start at 0, as in the array.")
def from_one(probabilities, rng):
    return int(rng.choice(np.size(probabilities), p=np.ravel(probabilities))) + 1


@exercise.mistake(
    "Only the most likely two come, and equally often; each index should come with its own "
    "probability."
)
def top_two(probabilities, rng):
    order = np.argsort(np.ravel(probabilities))
    return int(rng.choice(order[-2:]))


@exercise.mistake("The probabilities were put through a softmax once more.")
def softmax_again(probabilities, rng):
    e = np.exp(np.ravel(probabilities))
    return int(rng.choice(len(e), p=e / e.sum()))


@exercise.mistake("The likely indices come too often, as if the probabilities had been squared.")
def squared(probabilities, rng):
    p = np.ravel(probabilities) ** 2
    return int(rng.choice(len(p), p=p / p.sum()))


@exercise.mistake(
    "The likely indices come too rarely, as if roots of the probabilities had been taken."
)
def root(probabilities, rng):
    p = np.sqrt(np.ravel(probabilities))
    return int(rng.choice(len(p), p=p / p.sum()))


@exercise.mistake(
    "One random number was compared with each probability alone; compare it with the sum of the "
    "probabilities up to there."
)
def threshold(probabilities, rng):
    p = np.ravel(probabilities)
    return int(np.argmax(p > rng.random()))


@exercise.mistake(
    "Index 0 comes (almost) every time: a random number was compared with the running sum of the "
    "probabilities, but the wrong way round."
)
def cumulative_swapped(probabilities, rng):
    cumulative = np.cumsum(probabilities)
    return int(np.argmax(cumulative < rng.random()))


@exercise.mistake("The probabilities are used in reverse order.", id="reversed")
def in_reverse(probabilities, rng):
    p = np.ravel(probabilities)[::-1]
    return int(rng.choice(len(p), p=p))


@exercise.mistake("The unlikely indices come most often.")
def least_likely(probabilities, rng):
    p = 1 / (np.ravel(probabilities) + 1e-9)
    return int(rng.choice(len(p), p=p / p.sum()))


@exercise.mistake("Every index is one too large, and the last one comes out as 0.")
def ones_late(probabilities, rng):
    p = np.ravel(probabilities)
    return (int(rng.choice(len(p), p=p)) + 1) % len(p)


@exercise.mistake(
    "The probabilities were rounded, as in a list with so many copies of each index; they count "
    "with all their digits.",
    parts=(100, 50, 1000),
)
def rounded_shares(probabilities, rng, *, parts):
    shares = np.round(parts * np.ravel(probabilities))
    return int(rng.choice(len(shares), p=shares / shares.sum()))


ROUNDED = (
    "The random number, or the sums that it is compared with, were rounded; they count with all "
    "their digits."
)


@exercise.mistake(ROUNDED, decimals=(2, 3))
def rounded_number(probabilities, rng, *, decimals):
    p = np.ravel(probabilities)
    index = np.searchsorted(np.cumsum(p), round(rng.random(), decimals))
    return int(min(index, np.flatnonzero(p)[-1]))


@exercise.mistake(ROUNDED, id="rounded_number", decimals=(2, 3))
def rounded_sums(probabilities, rng, *, decimals):
    shares = np.diff(np.round(np.cumsum(probabilities), decimals), prepend=0.0)
    return int(rng.choice(len(shares), p=shares / shares.sum()))


HALF = "The sums of the probabilities were kept in float16, with three digits; use float64."


@exercise.mistake(HALF)
def half_precision(probabilities, rng):
    shares = np.diff(np.cumsum(probabilities).astype(np.float16).astype(float), prepend=0.0)
    return int(rng.choice(len(shares), p=shares / shares.sum()))


@exercise.mistake(HALF, id="half_precision")
def half_precision_throughout(probabilities, rng):
    sums = np.cumsum(np.ravel(probabilities).astype(np.float16)).astype(float)
    shares = np.diff(np.minimum(sums, 1), prepend=0.0)
    return int(rng.choice(len(shares), p=shares / shares.sum()))


@exercise.mistake(
    "Small probabilities were left out: an index comes as often as its probability says, however "
    "small that is.",
    least=(1e-3, 1e-4),
)
def rare_left_out(probabilities, rng, *, least):
    p = np.ravel(probabilities)
    p = np.where(p < least, 0, p)
    return int(rng.choice(len(p), p=p / p.sum()))


@exercise.mistake(
    "Rare indices come a little too often: something was added to their probabilities, or some "
    "draws are uniform.",
    share=(0.05, 0.03, 0.1),
)
def mixed(probabilities, rng, *, share):
    p = np.ravel(probabilities)
    q = (1 - share) * p + share * (p > 0) / np.sum(p > 0)
    return int(rng.choice(len(q), p=q / q.sum()))


@exercise.mistake(
    "The likely indices come a little too often or too rarely, as with a temperature that is not "
    "1.",
    temperature=(0.95, 0.9, 1.1),
)
def another_temperature(probabilities, rng, *, temperature):
    q = np.ravel(probabilities) ** (1 / temperature)
    return int(rng.choice(len(q), p=q / q.sum()))


ONE_DIMENSION = "The probabilities may come as a column, (n, 1), too."


@exercise.mistake(ONE_DIMENSION)
def one_dimension(probabilities, rng):
    return int(rng.choice(len(probabilities), p=probabilities))


@exercise.mistake(ONE_DIMENSION, id="one_dimension")
def sums_of_lists(probabilities, rng):
    p = list(probabilities.tolist())
    sums = [sum(p[: i + 1]) for i in range(len(p))]
    drawn_number = rng.random()
    return next(i for i in range(len(p)) if drawn_number < sums[i])


@exercise.refused("not from one with a seed of your own")
def own_seed(probabilities, rng):
    rng = np.random.default_rng(0)
    return int(rng.choice(np.size(probabilities), p=np.ravel(probabilities)))


@exercise.refused("never from `np.random`")
def global_generator(probabilities, rng):
    return int(np.random.choice(np.size(probabilities), p=np.ravel(probabilities)))


@exercise.refused("an array of shape (1,)")
def array(probabilities, rng):
    return rng.choice(np.size(probabilities), size=1, p=np.ravel(probabilities))


@exercise.refused("expected an int")
def probability(probabilities, rng):
    p = np.ravel(probabilities)
    return float(rng.choice(p, p=p))


@exercise.refused("Return the index itself", id="float")
def floating(probabilities, rng):
    return float(rng.choice(np.size(probabilities), p=np.ravel(probabilities)))


@exercise.right
def vectorised(probabilities, rng):
    p = np.ravel(probabilities)
    return rng.choice(len(p), p=p)


@exercise.right
def loops(probabilities, rng):
    u = rng.random()
    total = 0.0
    last = 0
    for i, p in enumerate(np.ravel(probabilities).tolist()):
        total += p
        if p > 0:
            last = i
        if u < total:
            return i
    return last


@exercise.right
def own_style(probabilities, rng):
    edges = np.cumsum(probabilities)
    index = np.searchsorted(edges, rng.random() * edges[-1], side="right")
    return int(index)


@exercise.right
def one_of_a_multinomial(probabilities, rng):
    drawn = rng.multinomial(1, np.ravel(probabilities))
    return int(np.flatnonzero(drawn)[0])


# The first of independent exponential clocks to ring.
@exercise.right
def race(probabilities, rng):
    p = np.ravel(probabilities)
    times = np.full(p.shape, np.inf)
    times[p > 0] = -np.log1p(-rng.random(np.count_nonzero(p))) / p[p > 0]
    return times.argmin()


# Gumbel's trick: the largest of log p plus noise is i with probability p_i.
@exercise.right
def unusual(probabilities, rng):
    p = np.asarray(probabilities).reshape(-1)
    noise = -np.log(-np.log(1 - rng.random(len(p))))
    return np.argmax(np.log(p) + noise)  # NumPy warns of log 0 where p is 0
