"""Right answers to ps4_char_rnn with a class, constants, nested functions and early returns."""

import numpy as np

MAX_GRADIENT = 5.0
SMALL = 1e-2


def build_vocabulary(names):
    """The newline first, then the letters."""
    letters = sorted({letter for name in names for letter in name if letter != "\n"})
    letters.insert(0, "\n")
    ix_to_char = {i: letter for i, letter in enumerate(letters)}  # noqa: C416
    char_to_ix = {letter: i for i, letter in ix_to_char.items()}
    return char_to_ix, ix_to_char


def encode(name, char_to_ix):
    X, Y = [None], []
    X.extend(char_to_ix[letter] for letter in name)
    Y.extend(X[1:])
    Y.append(char_to_ix["\n"])
    return (X, Y)


def rnn_step_forward(params, a_prev, x):
    Wax, Waa, Wya, b, by = (params[name] for name in ("Wax", "Waa", "Wya", "b", "by"))
    z = np.add(np.add(np.matmul(Wax, x), np.matmul(Waa, a_prev)), b)
    a = np.sinh(z) / np.cosh(z) if np.max(np.abs(z)) < 300 else np.tanh(z)
    y = np.matmul(Wya, a) + by
    y = y - np.max(y)
    p = np.exp(y) / np.sum(np.exp(y))
    assert abs(p.sum() - 1) < 1e-9
    return a, p


class Tape:
    """Keeps what a forward pass has seen."""

    def __init__(self, a0):
        self.x, self.a, self.p = [], [a0], []

    def read(self, params, index):
        x = np.zeros((params["Wax"].shape[1], 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, self.a[-1], x)
        self.x.append(x)
        self.a.append(a)
        self.p.append(p)
        return p


def rnn_forward(X, Y, a0, params):
    tape = Tape(a0)
    losses = [-np.log(tape.read(params, index)[target, 0]) for index, target in zip(X, Y)]  # noqa: B905
    return float(sum(losses)), dict(x=tape.x, a=tape.a, p=tape.p)


def rnn_backward(Y, params, cache):
    x, a, p = cache["x"], cache["a"], cache["p"]
    T = len(Y)
    dz = [None] * T
    dy = [p[t].copy() for t in range(T)]
    for t in range(T):
        dy[t][Y[t], 0] -= 1
    for t in range(T)[::-1]:
        da = params["Wya"].T @ dy[t]
        if t + 1 < T:
            da = da + params["Waa"].T @ dz[t + 1]
        dz[t] = da * (1 - np.square(a[t + 1]))
    gradients = dict(dby=sum(dy), db=sum(dz))
    gradients["dWya"] = sum(dy[t] @ a[t + 1].T for t in range(T))
    gradients["dWaa"] = sum(dz[t] @ a[t].T for t in range(T))
    gradients["dWax"] = sum(dz[t] @ x[t].T for t in range(T))
    return gradients


def clip(gradients, max_value):
    clipped = dict(gradients)
    for name, gradient in gradients.items():
        clipped[name] = np.minimum(np.maximum(gradient, -max_value), max_value)
    return clipped


def apply_temperature(logits, temperature):
    if temperature > 0:
        z = np.asarray(logits, dtype=float)
        z = (z - z.max(axis=0, keepdims=True)) / temperature
        e = np.exp(z)
        return e / e.sum(axis=0, keepdims=True)
    raise ValueError("cannot divide by the temperature " + str(temperature))


def sample_index(probabilities, rng):
    edges = np.cumsum(probabilities)
    index = np.searchsorted(edges, rng.random() * edges[-1], side="right")
    return int(index)


def one_hot(index, n):
    column = np.zeros((n, 1))
    column[index] = 1
    return column


def sample(params, char_to_ix, rng, max_length=50):
    end = char_to_ix["\n"]
    a, x = np.zeros(params["b"].shape), np.zeros(params["by"].shape)
    name = []
    for _ in range(max_length):
        a, p = rnn_step_forward(params, a, x)
        name += [sample_index(p, rng)]
        if name[-1] == end:
            return name
        x = one_hot(name[-1], len(x))
    name += [end]
    return name


def greedy_name(params, char_to_ix, max_length=50):
    def rest(a, x, left):
        if left == 0:
            return [char_to_ix["\n"]]
        a, p = rnn_step_forward(params, a, x)
        best = np.argmax(p)
        if best == char_to_ix["\n"]:
            return [best]
        return [best] + rest(a, one_hot(best, len(p)), left - 1)

    return rest(np.zeros(params["b"].shape), np.zeros(params["by"].shape), max_length)


def optimize(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = rnn_backward(Y, params, cache)
    new_params = {}
    for name in sorted(params):
        step = np.clip(gradients["d" + name], -max_value, max_value) * learning_rate
        new_params[name] = params[name] - step
    a_last = cache["a"][len(X)]
    return (loss, new_params, a_last)


def train(names, n_steps, n_a, learning_rate, rng):
    names = list(names)
    rng.shuffle(names)
    char_to_ix, ix_to_char = build_vocabulary(names)
    n = len(ix_to_char)
    params = {}
    for name, shape in dict(by=(n, 1), b=(n_a, 1), Wya=(n, n_a), Waa=(n_a, n_a)).items():
        params[name] = np.zeros(shape) if name[0] == "b" else SMALL * rng.standard_normal(shape)
    params["Wax"] = SMALL * rng.standard_normal((n_a, n))
    losses = []
    while len(losses) < n_steps:
        for name in names[: n_steps - len(losses)]:
            X, Y = encode(name, char_to_ix)
            a0 = np.zeros((n_a, 1))
            loss, params, _ = optimize(X, Y, a0, params, learning_rate, MAX_GRADIENT)
            losses.append(loss)
    return params, np.asarray(losses)


def name_loss(name, params, char_to_ix):
    def log_p(prefix, letter):
        tape = Tape(np.zeros(params["b"].shape))
        p = tape.read(params, None)
        for known in prefix:
            p = tape.read(params, char_to_ix[known])
        return np.log(p[char_to_ix[letter], 0])

    word = name + "\n"
    return -sum(log_p(word[:i], word[i]) for i in range(len(word)))


def perplexity(loss, n_characters):
    per_character = np.divide(loss, n_characters)
    return np.exp(per_character)
