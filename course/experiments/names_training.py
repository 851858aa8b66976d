"""Training the character RNN on names and watching it: lesson 04 and `reproduce`.

The start is that of the well-known assignment: weights 0.01 times normal numbers of the
legacy seed 1, names in the order of the legacy seed 0.
"""

from dataclasses import dataclass, field

import numpy as np

from .fast_rnn import FastRNN
from .letters import as_pair, numbered, random_weights
from .smoothing import MAX_GRADIENT, N_UNITS, assignment_order

SEED, RATE = 1, 0.01


@dataclass
class Run:
    """What a training run leaves.

    Parameters
    ----------
    losses : (n_steps,) ndarray
        Raw loss of each step, summed over its name, in nats.
    characters : (n_steps,) ndarray of int
        Targets of each step.
    snapshots : dict of int to dict of ndarray
        Parameters after so many steps; the last step is always there.
    n_clipped : int
        Steps in which a gradient was clipped.
    """

    losses: np.ndarray
    characters: np.ndarray
    snapshots: dict = field(default_factory=dict)
    n_clipped: int = 0

    @property
    def params(self):
        """Return the parameters after the last step."""
        return self.snapshots[max(self.snapshots)]

    def recent(self, step, window=1000):
        """Return the mean training loss per character over the `window` steps before `step`."""
        start = max(0, step - window)
        return self.losses[start:step].sum() / self.characters[start:step].sum()


def start_parameters(n_x=27, seed=SEED):
    """Return the assignment's weights (seed 1) or others like them."""
    return random_weights(np.random.RandomState(seed), N_UNITS, n_x)


def assignment_pairs(names, char_to_ix):
    """Return the (X, Y) of each name, in the assignment's order."""
    return [as_pair(char_to_ix, name) for name in assignment_order(names)]


def joined_pieces(names, char_to_ix, length):
    """Return (X, Y) of the names written one after the other and cut every `length` characters."""
    text = [index for _, Y in assignment_pairs(names, char_to_ix) for index in Y]
    starts = range(0, len(text) - length + 1, length)
    return [([None, *text[i : i + length - 1]], text[i : i + length]) for i in starts]


def run(
    pairs,
    params,
    n_steps,
    *,
    learning_rate=RATE,
    max_value=MAX_GRADIENT,
    carry=False,
    marks=(),
    watch=iter,
    on_mark=None,
):
    """Descend on (X, Y) pairs, one a step, again and again in the order given.

    Parameters
    ----------
    pairs : list of (X, Y)
        As `as_pair` returns them.
    params : dict of ndarray
        The start; left as it is.
    n_steps : int
    learning_rate, max_value : float, optional
    carry : bool, optional
        Start each name from the state that the name before it left, not from zero.
    marks : sequence of int, optional
        Numbers of steps after which the parameters are kept.
    watch : callable, optional
        Wraps the range of the steps, for a progress bar.
    on_mark : callable, optional
        Called with (step, Run so far) at each mark, for a live curve.

    Returns
    -------
    Run
    """
    model = FastRNN(params, learning_rate, max_value)
    examples = [model.prepare(X, Y) for X, Y in pairs]
    characters = np.resize([len(Y) for _, Y in pairs], n_steps)
    result, a = Run(np.empty(n_steps), characters), 0.0
    for step in watch(range(n_steps)):
        example = examples[step % len(examples)]
        result.losses[step] = model.step(example, a)
        if carry:
            a = model.state_after(example)
        if step + 1 in marks or step + 1 == n_steps:
            result.snapshots[step + 1] = model.params()
            if on_mark is not None:
                on_mark(step + 1, result)
    result.n_clipped = model.n_clipped
    return result


def train_on_names(names, n_steps, seed=SEED, start=None, **options):
    """Train on names in the assignment's order, from `start` or `seed`; options as for `run`."""
    char_to_ix = numbered(names)
    if start is None:
        start = start_parameters(len(char_to_ix), seed)
    return run(assignment_pairs(names, char_to_ix), start, n_steps, **options)


def nudged(params, amount=1e-15):
    """Return the parameters with `amount` added to one recurrent weight."""
    changed = {name: value.copy() for name, value in params.items()}
    changed["Waa"][0, 0] += amount
    return changed


def distance(params, other):
    """Return the largest difference of any weight."""
    return max(np.max(np.abs(params[name] - other[name])) for name in params)
