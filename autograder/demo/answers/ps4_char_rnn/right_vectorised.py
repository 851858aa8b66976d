"""Right answers to ps4_char_rnn in array operations; later answers call earlier ones."""

import numpy as np


def build_vocabulary(names):
    chars = ["\n"] + sorted(set("".join(names)))
    return {c: i for i, c in enumerate(chars)}, {i: c for i, c in enumerate(chars)}  # noqa: C416


def encode(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    return [None] + indices, indices + [char_to_ix["\n"]]


def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def rnn_step_forward(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    return a, softmax(params["Wya"] @ a + params["by"])


def rnn_forward(X, Y, a0, params):
    eye = np.eye(params["Wax"].shape[1])
    x = [0 * eye[:, :1] if i is None else eye[:, [i]] for i in X]
    a, p = [a0], []
    for x_t in x:
        a_t, p_t = rnn_step_forward(params, a[-1], x_t)
        a.append(a_t)
        p.append(p_t)
    right = np.hstack(p)[Y, np.arange(len(Y))]
    return -np.log(right).sum(), {"x": x, "a": a, "p": p}


# Only the chain of states needs a loop: all sums over time are one product each.
def rnn_backward(Y, params, cache):
    A = np.hstack(cache["a"])  # (n_a, T + 1)
    dY = np.hstack(cache["p"])  # (n_y, T)
    dY[Y, np.arange(len(Y))] -= 1
    from_output = params["Wya"].T @ dY
    slope = 1 - A[:, 1:] ** 2
    dZ = np.zeros_like(slope)
    future = np.zeros(len(A))
    for t in range(len(Y) - 1, -1, -1):
        dZ[:, t] = slope[:, t] * (from_output[:, t] + future)
        future = params["Waa"].T @ dZ[:, t]
    return {
        "dWax": dZ @ np.hstack(cache["x"]).T,
        "dWaa": dZ @ A[:, :-1].T,
        "dWya": dY @ A[:, 1:].T,
        "db": dZ.sum(axis=1, keepdims=True),
        "dby": dY.sum(axis=1, keepdims=True),
    }


def clip(gradients, max_value):
    return {name: np.clip(g, -max_value, max_value) for name, g in gradients.items()}


def apply_temperature(logits, temperature):
    if not temperature > 0:
        raise ValueError(f"temperature {temperature} is not positive")
    return softmax(logits / temperature)


def sample_index(probabilities, rng):
    p = np.ravel(probabilities)
    return rng.choice(len(p), p=p)


def write(params, char_to_ix, choose, max_length):
    newline, eye = char_to_ix["\n"], np.eye(params["Wax"].shape[1])
    a, x, indices = np.zeros_like(params["b"]), np.zeros((len(eye), 1)), []
    while len(indices) < max_length and newline not in indices:
        a, p = rnn_step_forward(params, a, x)
        indices.append(choose(p))
        x = eye[:, [indices[-1]]]
    return indices if newline in indices else indices + [newline]


def sample(params, char_to_ix, rng, max_length=50):
    return write(params, char_to_ix, lambda p: sample_index(p, rng), max_length)


def greedy_name(params, char_to_ix, max_length=50):
    return write(params, char_to_ix, np.argmax, max_length)


def optimize(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new = {name: value - learning_rate * gradients["d" + name] for name, value in params.items()}
    return loss, new, cache["a"][-1]


def train(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "Wya": (n_x, n_a)}
    params = {name: rng.normal(scale=0.01, size=shape) for name, shape in shapes.items()}
    params |= {"b": np.zeros((n_a, 1)), "by": np.zeros((n_x, 1))}
    examples = [encode(names[i], char_to_ix) for i in rng.permutation(len(names))]
    losses = np.empty(n_steps)
    for step in range(n_steps):
        X, Y = examples[step % len(examples)]
        losses[step], params, _ = optimize(X, Y, np.zeros((n_a, 1)), params, learning_rate)
    return params, losses


def name_loss(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss


def perplexity(loss, n_characters):
    return np.exp(loss / n_characters)
