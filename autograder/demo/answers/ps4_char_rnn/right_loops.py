"""Right answers to ps4_char_rnn step by step, in loops and lists."""

import math

import numpy as np


def build_vocabulary(names):
    characters = []
    for name in names:
        for c in name:
            if c not in characters and c != "\n":
                characters.append(c)
    characters.sort()
    char_to_ix = {"\n": 0}
    ix_to_char = {0: "\n"}
    for i in range(len(characters)):
        char_to_ix[characters[i]] = i + 1
        ix_to_char[i + 1] = characters[i]
    return char_to_ix, ix_to_char


def encode(name, char_to_ix):
    X = [None]
    Y = []
    for c in name:
        X.append(char_to_ix[c])
        Y.append(char_to_ix[c])
    Y.append(char_to_ix["\n"])
    return X, Y


def rnn_step_forward(params, a_prev, x):
    n_a, n_x = params["Wax"].shape
    a = np.zeros((n_a, 1))
    for i in range(n_a):
        z = params["b"][i, 0] + np.dot(params["Waa"][i], a_prev[:, 0])
        for j in range(n_x):
            if x[j, 0] != 0:
                z += params["Wax"][i, j] * x[j, 0]
        a[i, 0] = math.tanh(z)
    logits = []
    for k in range(len(params["by"])):
        logits.append(params["by"][k, 0] + np.dot(params["Wya"][k], a[:, 0]))
    largest = max(logits)
    powers = [math.exp(z - largest) for z in logits]
    p = np.zeros((len(powers), 1))
    for k in range(len(powers)):
        p[k, 0] = powers[k] / sum(powers)
    return a, p


def rnn_forward(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for t in range(len(X)):
        x = np.zeros((n_x, 1))
        if X[t] is not None:
            x[X[t]] = 1
        a, p = rnn_step_forward(params, cache["a"][t], x)
        loss -= math.log(p[Y[t], 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


def rnn_backward(Y, params, cache):
    gradients = {}
    for name in params:
        gradients["d" + name] = np.zeros(params[name].shape)
    da_next = np.zeros(cache["a"][0].shape)
    t = len(Y) - 1
    while t >= 0:
        dy = np.array(cache["p"][t])
        dy[Y[t]] -= 1
        a = cache["a"][t + 1]
        gradients["dWya"] += np.dot(dy, a.T)
        gradients["dby"] += dy
        da = np.dot(params["Wya"].T, dy) + da_next
        dz = (1 - a * a) * da
        gradients["db"] += dz
        gradients["dWax"] += np.dot(dz, cache["x"][t].T)
        gradients["dWaa"] += np.dot(dz, cache["a"][t].T)
        da_next = np.dot(params["Waa"].T, dz)
        t -= 1
    return gradients


def clip(gradients, max_value):
    for name in gradients:
        gradient = gradients[name]
        for i in range(gradient.shape[0]):
            for j in range(gradient.shape[1]):
                if gradient[i, j] > max_value:
                    gradient[i, j] = max_value
                elif gradient[i, j] < -max_value:
                    gradient[i, j] = -max_value
    return gradients


def apply_temperature(logits, temperature):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    flat = np.ravel(logits)
    largest = max(flat)
    powers = []
    for z in flat:
        powers.append(math.exp((z - largest) / temperature))
    total = sum(powers)
    return np.array([power / total for power in powers]).reshape(np.shape(logits))


def sample_index(probabilities, rng):
    u = rng.random()
    total = 0.0
    last = 0
    for i, p in enumerate(np.ravel(probabilities)):
        total += p
        if p > 0:
            last = i
        if u < total:
            return i
    return last


def sample(params, char_to_ix, rng, max_length=50):
    a = np.zeros((params["Waa"].shape[0], 1))
    x = np.zeros((params["Wax"].shape[1], 1))
    indices = []
    for _ in range(max_length):
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == char_to_ix["\n"]:
            break
        x = np.zeros(x.shape)
        x[index, 0] = 1
    if len(indices) == 0 or indices[-1] != char_to_ix["\n"]:
        indices.append(char_to_ix["\n"])
    return indices


def greedy_name(params, char_to_ix, max_length=50):
    a = np.zeros((params["Waa"].shape[0], 1))
    x = np.zeros((params["Wax"].shape[1], 1))
    indices = []
    index = -1
    while index != char_to_ix["\n"]:
        if len(indices) == max_length:
            indices.append(char_to_ix["\n"])
            return indices
        a, p = rnn_step_forward(params, a, x)
        index = 0
        for k in range(len(p)):
            if p[k, 0] > p[index, 0]:
                index = k
        indices.append(index)
        x = np.zeros(x.shape)
        x[index, 0] = 1
    return indices


def optimize(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = rnn_backward(Y, params, cache)
    gradients = clip(gradients, max_value)
    new_params = {}
    for name in params:
        new_params[name] = params[name] - learning_rate * gradients["d" + name]
    return loss, new_params, cache["a"][-1]


# Every sum is written as a matrix product here, or training would take minutes.
def train(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    Wax = rng.standard_normal((n_a, n_x)) * 0.01
    Waa = rng.standard_normal((n_a, n_a)) * 0.01
    Wya = rng.standard_normal((n_x, n_a)) * 0.01
    b, by = np.zeros((n_a, 1)), np.zeros((n_x, 1))
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a = {-1: np.zeros((n_a, 1))}
        x, p = {}, {}
        for t in range(len(X)):
            x[t] = np.zeros((n_x, 1))
            if X[t] is not None:
                x[t][X[t]] = 1
            a[t] = np.tanh(np.dot(Waa, a[t - 1]) + np.dot(Wax, x[t]) + b)
            e = np.exp(np.dot(Wya, a[t]) + by)
            p[t] = e / np.sum(e)
            losses[step] -= np.log(p[t][Y[t], 0])
        dWax, dWaa, dWya = np.zeros_like(Wax), np.zeros_like(Waa), np.zeros_like(Wya)
        db, dby, da_next = np.zeros_like(b), np.zeros_like(by), np.zeros_like(b)
        for t in range(len(X) - 1, -1, -1):
            p[t][Y[t]] -= 1
            dWya += np.dot(p[t], a[t].T)
            dby += p[t]
            dz = (np.dot(Wya.T, p[t]) + da_next) * (1 - a[t] ** 2)
            db += dz
            dWax += np.dot(dz, x[t].T)
            dWaa += np.dot(dz, a[t - 1].T)
            da_next = np.dot(Waa.T, dz)
        for value, gradient in [(Wax, dWax), (Waa, dWaa), (Wya, dWya), (b, db), (by, dby)]:
            value -= learning_rate * np.clip(gradient, -5, 5)
    return {"Wax": Wax, "Waa": Waa, "Wya": Wya, "b": b, "by": by}, losses


def name_loss(name, params, char_to_ix):
    a = np.zeros((params["Waa"].shape[0], 1))
    x = np.zeros((params["Wax"].shape[1], 1))
    probability_log = 0.0
    for c in name + "\n":
        a, p = rnn_step_forward(params, a, x)
        probability_log += math.log(p[char_to_ix[c], 0])
        x = np.zeros(x.shape)
        x[char_to_ix[c]] = 1
    return -probability_log


def perplexity(loss, n_characters):
    return math.exp(loss / n_characters)
