"""Reference answers of `ps4_char_rnn`: a character RNN that writes names.

Parameters are ``{"Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "b" (n_a, 1),
"by" (n_y, 1)}`` with n_x = n_y = size of the vocabulary; gradients are ``"d"`` + the name.
A character is its index; the newline is 0 and closes every name. Losses are in nats.
"""

import numpy as np

from .fast_rnn import FastRNN
from .ps2_loss_at_init import log_softmax, softmax

INITIAL_SCALE = 0.01  # small enough that the loss starts at log n_y to four digits
MAX_GRADIENT = 5.0


def build_vocabulary(names):
    """Number the characters: the newline is 0, then the characters that occur, sorted.

    Parameters
    ----------
    names : list of str

    Returns
    -------
    char_to_ix : dict of str to int
    ix_to_char : dict of int to str
    """
    characters = ["\n", *sorted(set("".join(names)) - {"\n"})]
    return ({c: i for i, c in enumerate(characters)}, dict(enumerate(characters)))


def encode(name, char_to_ix):
    """Return what the network reads and what it must answer at each step.

    Parameters
    ----------
    name : str
        T characters.
    char_to_ix : dict of str to int

    Returns
    -------
    X : list
        ``[None, i_1, ..., i_T]``; None stands for the zero vector.
    Y : list of int
        ``[i_1, ..., i_T, newline]``.
    """
    indices = [char_to_ix[c] for c in name]
    return [None, *indices], [*indices, char_to_ix["\n"]]


def one_hot(index, n_x):
    """Return character `index` as an input, an (n_x, 1) ndarray: all zero when it is None."""
    x = np.zeros((n_x, 1))
    if index is not None:
        x[index] = 1.0
    return x


def rnn_logits(params, a):
    """Return ``Wya a + by``: (n_a, m) states give (n_y, m) logits."""
    return params["Wya"] @ a + params["by"]


def rnn_step_forward(params, a_prev, x):
    """Take one step: ``a = tanh(Waa a_prev + Wax x + b)``, ``p = softmax(Wya a + by)``.

    Parameters
    ----------
    params : dict of ndarray
    a_prev : (n_a, 1) ndarray
    x : (n_x, 1) ndarray

    Returns
    -------
    a : (n_a, 1) ndarray
    p : (n_y, 1) ndarray
        Probabilities of the next character.
    """
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    return a, softmax(rnn_logits(params, a))


def rnn_forward(X, Y, a0, params):
    """Read a name and return minus the log-probability of its characters.

    Parameters
    ----------
    X : list of int or None
        Inputs, None for the zero vector.
    Y : list of int
        Targets, as many as inputs.
    a0 : (n_a, 1) ndarray
    params : dict of ndarray

    Returns
    -------
    loss : float
        Sum over the steps of ``-log p_t[Y_t]``, in nats.
    cache : dict of list of ndarray
        ``{"x": [x_0..], "a": [a0, a_1, ..], "p": [p_0..]}``.
    """
    n_x = params["Wax"].shape[1]
    cache = {"x": [one_hot(index, n_x) for index in X], "a": [a0], "p": []}
    loss = 0.0
    for x, target in zip(cache["x"], Y, strict=True):
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= log_softmax(rnn_logits(params, a))[target, 0]  # finite where p underflows
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


def rnn_backward(Y, params, cache):
    """Return the gradients of `rnn_forward`'s loss, through all the steps, not clipped.

    Parameters
    ----------
    Y : list of int
    params : dict of ndarray
    cache : dict of list of ndarray
        From `rnn_forward`.

    Returns
    -------
    dict of ndarray
        ``{"dWax", "dWaa", "dWya", "db", "dby"}``, shapes as the parameters
        (Goodfellow, Bengio and Courville 2016, eq. 10.18 to 10.28).
    """
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])  # what the steps after t ask of a_t
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1.0
        a = cache["a"][t + 1]
        dz = (params["Wya"].T @ dy + da_next) * (1.0 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ cache["a"][t].T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


def clip(gradients, max_value):
    """Return the gradients with every entry limited to [-max_value, max_value]."""
    return {name: np.clip(value, -max_value, max_value) for name, value in gradients.items()}


def apply_temperature(logits, temperature):
    """Return ``softmax(logits / temperature)`` along the first axis.

    Parameters
    ----------
    logits : (n,) or (n, m) ndarray
    temperature : float
        Below 1 sharpens, above 1 flattens.

    Returns
    -------
    ndarray
        Probabilities, shape of `logits`.

    Raises
    ------
    ValueError
        Unless ``temperature > 0``.
    """
    if not temperature > 0:
        raise ValueError(f"the temperature must be positive, not {temperature}")
    with np.errstate(over="ignore"):  # exp(-inf) = 0 is what a very low temperature means
        shifted = (logits - np.max(logits, axis=0, keepdims=True)) / temperature
    weights = np.exp(shifted)
    return weights / np.sum(weights, axis=0, keepdims=True)


def sample_index(probabilities, rng):
    """Draw an index: i with probability ``probabilities[i]``, an (n,) or (n, 1) ndarray."""
    probabilities = np.ravel(probabilities)
    return int(rng.choice(len(probabilities), p=probabilities / probabilities.sum()))


def write_name(params, char_to_ix, choose, max_length):
    """Write a name from a zero state and a zero input, feeding each character back.

    Parameters
    ----------
    params : dict of ndarray
    char_to_ix : dict of str to int
    choose : callable
        Takes probabilities (n_y, 1) and returns an index.
    max_length : int
        Characters after which the newline is set if it has not come.

    Returns
    -------
    list of int
        Ends with the newline.
    """
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a, index, indices = np.zeros_like(params["b"]), None, []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, one_hot(index, n_x))
        index = choose(p)
        indices.append(index)
        if index == newline:
            return indices
    return [*indices, newline]


def sample(params, char_to_ix, rng, max_length=50):
    """Return a name as a list of int, each character drawn from the model's probabilities."""
    return write_name(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


def greedy_name(params, char_to_ix, max_length=50):
    """Return a name as a list of int, at each step the most likely character."""
    return write_name(params, char_to_ix, lambda p: int(np.argmax(p)), max_length)


def optimize(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    """Take one step of gradient descent on one name, with clipped gradients.

    Parameters
    ----------
    X, Y : lists
        As `encode` returns them.
    a_prev : (n_a, 1) ndarray
    params : dict of ndarray
        Left as they are.
    learning_rate, max_value : float, optional

    Returns
    -------
    loss : float
        Before the step.
    new_params : dict of ndarray
    a_last : (n_a, 1) ndarray
        State after the last character.
    """
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {n: v - learning_rate * gradients["d" + n] for n, v in params.items()}
    return loss, new_params, cache["a"][-1]


def initialize_parameters(n_a, n_x, rng, scale=INITIAL_SCALE):
    """Return normal weights of standard deviation `scale` and zero biases."""
    return {
        "Wax": scale * rng.standard_normal((n_a, n_x)),
        "Waa": scale * rng.standard_normal((n_a, n_a)),
        "Wya": scale * rng.standard_normal((n_x, n_a)),
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }


def train(names, n_steps, n_a, learning_rate, rng):
    """Train a character RNN, one name a step, the state reset to zero for every name.

    Parameters
    ----------
    names : list of str
        Gone through again and again, in an order shuffled once by `rng`.
    n_steps : int
    n_a : int
        Units.
    learning_rate : float
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    params : dict of ndarray
    losses : (n_steps,) ndarray
        Raw loss of each step, the sum over its name, in nats.
    """
    char_to_ix, _ = build_vocabulary(names)
    model = FastRNN(initialize_parameters(n_a, len(char_to_ix), rng), learning_rate, MAX_GRADIENT)
    examples = [model.prepare(*encode(names[i], char_to_ix)) for i in rng.permutation(len(names))]
    losses = [model.step(examples[step % len(examples)]) for step in range(n_steps)]
    return model.params(), np.array(losses, dtype=float)


def name_loss(name, params, char_to_ix):
    """Return ``-log`` of the probability of exactly this name, newline included, in nats."""
    return rnn_forward(*encode(name, char_to_ix), np.zeros_like(params["b"]), params)[0]


def perplexity(loss, n_characters):
    """Return ``exp(loss / n_characters)``: how many equally likely characters it amounts to."""
    return np.exp(loss / n_characters)
