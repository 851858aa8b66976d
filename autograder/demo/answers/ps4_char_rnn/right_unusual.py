"""Right answers to ps4_char_rnn in unusual ways: one matrix, Gumbel's trick, prints, warnings."""

# ruff: noqa: E731

import itertools
import warnings

import numpy as np

NEWLINE = "\n"
NAMES = ("Wax", "Waa", "Wya", "b", "by")


def build_vocabulary(names):
    letters = np.unique(list(NEWLINE.join(names).replace(NEWLINE, "")))
    ix_to_char = dict(enumerate([NEWLINE, *letters.tolist()]))
    print("a vocabulary of", len(ix_to_char), "characters")
    return [dict(map(reversed, ix_to_char.items())), ix_to_char]


def encode(name, char_to_ix):
    Y = list(map(char_to_ix.__getitem__, name + NEWLINE))
    X = [None, *Y][:-1]
    return [X, Y]


# Softmax through the logarithm; logaddexp never overflows.
def log_probabilities(z):
    return z - np.logaddexp.reduce(z, axis=0)


# All three terms as one product with [a_prev; x; 1].
def rnn_step_forward(params, a_prev, x):
    weights = np.concatenate([params["Waa"], params["Wax"], params["b"]], axis=1)
    a = np.tanh(weights @ np.concatenate([a_prev, x, [[1.0]]]))
    return [a, np.exp(log_probabilities(params["Wya"].dot(a) + params["by"]))]


def rnn_forward(X, Y, a0, params):
    states, inputs, outputs, loss = [a0], [], [], np.zeros(())
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((params["Wax"].shape[1], 1))
        if index is not None:
            x[index, 0] = 1.0
        a, p = rnn_step_forward(params, states[-1], x)
        states, inputs, outputs = [*states, a], [*inputs, x], [*outputs, p]
        loss = loss - np.log(p[target, 0])
    return [np.array(loss), {"p": outputs, "a": states, "x": inputs}]


# The chain rule by recursion from the last step to the first.
def rnn_backward(Y, params, cache):
    totals = {"d" + name: np.zeros_like(value) for name, value in params.items()}

    def step(t, da_next):
        if t < 0:
            return totals
        a_prev, a = cache["a"][t : t + 2]
        dy = cache["p"][t] - np.eye(len(params["by"]))[:, [Y[t]]]
        dz = (params["Wya"].T @ dy + da_next) * (1 + a) * (1 - a)
        for name, part in [
            ("dWya", np.outer(dy, a)),
            ("dby", dy),
            ("dWax", np.outer(dz, cache["x"][t])),
            ("dWaa", np.outer(dz, a_prev)),
            ("db", dz),
        ]:
            totals[name] = totals[name] + part
        return step(t - 1, params["Waa"].T @ dz)

    return step(len(Y) - 1, 0.0)


def clip(gradients, max_value):
    for gradient in gradients.values():
        np.clip(gradient, -max_value, max_value, out=gradient)
    return gradients


# Powers of the probabilities are the same as logits divided by the temperature.
def apply_temperature(logits, temperature):
    if temperature <= 0:
        raise ValueError
    log_p = log_probabilities(np.array(logits, dtype=float))
    weights = np.exp((log_p - log_p.max(axis=0)) / temperature)
    return weights / weights.sum(axis=0)


# Gumbel's trick: the largest of log p plus noise is i with probability p_i.
def sample_index(probabilities, rng):
    p = np.asarray(probabilities).reshape(-1)
    noise = -np.log(-np.log(1 - rng.random(len(p))))
    return np.argmax(np.log(p) + noise)  # NumPy warns of log 0 where p is 0


def follow(params, char_to_ix, pick):
    x, a = np.zeros((params["Wax"].shape[1], 1)), np.zeros((params["Wax"].shape[0], 1))
    while True:
        a, p = rnn_step_forward(params, a, x)
        index = pick(p)
        yield index
        if index == char_to_ix[NEWLINE]:
            return
        x[:] = 0
        x[index] = 1


def sample(params, char_to_ix, rng, max_length=50):
    letters = follow(params, char_to_ix, lambda p: sample_index(p, rng))
    name = tuple(itertools.islice(letters, max_length))
    if char_to_ix[NEWLINE] not in name:
        warnings.warn("name cut off", stacklevel=2)
        name += (char_to_ix[NEWLINE],)
    return name


def greedy_name(params, char_to_ix, max_length=50):
    letters = follow(params, char_to_ix, lambda p: int(p.ravel().argsort(kind="stable")[-1]))
    name = list(itertools.islice(letters, max_length))
    return name + [char_to_ix[NEWLINE]] * (char_to_ix[NEWLINE] not in name)


def optimize(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    new = {name: value.copy() for name, value in params.items()}
    loss, cache = rnn_forward(X, Y, a_prev, new)
    gradients = rnn_backward(Y, new, cache)
    clipped = clip(gradients, max_value)
    for name in NAMES:
        new[name] -= learning_rate * clipped["d" + name]
    return [loss, new, cache["a"].pop()]


# Small uniform weights; the order from sorting random numbers.
def train(names, n_steps, n_a, learning_rate, rng):
    char_to_ix = build_vocabulary(names)[0]
    n_x = len(char_to_ix)
    shapes = [(n_a, n_x), (n_a, n_a), (n_x, n_a), (n_a, 1), (n_x, 1)]
    params = {
        n: (0.02 * rng.random(s) - 0.01) * n.startswith("W")
        for n, s in zip(NAMES, shapes, strict=True)
    }
    shuffled = itertools.cycle(np.argsort(rng.random(len(names))))
    losses = []
    for i in itertools.islice(shuffled, n_steps):
        X, Y = encode(names[i], char_to_ix)
        loss, params, _ = optimize(X, Y, np.zeros((n_a, 1)), params, learning_rate, 5)
        losses.append(float(loss))
    return [params, np.array(losses)]


# The probability of the name as a product, and its logarithm at the end.
def name_loss(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    _, cache = rnn_forward(X, Y, np.zeros((len(params["b"]), 1)), params)
    return -np.log(np.prod([p[i, 0] for p, i in zip(cache["p"], Y, strict=True)]))


perplexity = lambda loss, n_characters: np.array(np.e ** (loss / n_characters))
