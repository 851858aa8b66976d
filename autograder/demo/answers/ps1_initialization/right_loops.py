"""Right answers to ps1_initialization in plain loops and lists."""

# ruff: noqa: E741

import math

import numpy as np


def initialize_zeros(layer_dims):
    params = {}
    for l in range(1, len(layer_dims)):
        params["W" + str(l)] = np.zeros((layer_dims[l], layer_dims[l - 1]))
        params["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return params


def initialize_scaled(layer_dims, scale, rng):
    params = {}
    for l in range(1, len(layer_dims)):
        W = np.zeros((layer_dims[l], layer_dims[l - 1]))
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                W[i, j] = rng.normal(0.0, scale)
        params["W" + str(l)] = W
        params["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return params


def initialize_xavier(layer_dims, rng):
    params = {}
    for l in range(1, len(layer_dims)):
        rows = []
        for _ in range(layer_dims[l]):
            rows.append(rng.standard_normal(layer_dims[l - 1]) / math.sqrt(layer_dims[l - 1]))
        params["W" + str(l)] = np.array(rows)
        params["b" + str(l)] = np.array([[0.0]] * layer_dims[l])
    return params


def initialize_he(layer_dims, rng):
    params = {}
    for l in range(1, len(layer_dims)):
        std = (2 / layer_dims[l - 1]) ** 0.5
        params["W" + str(l)] = rng.standard_normal((layer_dims[l], layer_dims[l - 1])) * std
        params["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return params


def forward(X, params):
    L = len(params) // 2
    activations = [X]
    for l in range(1, L + 1):
        W, b = params["W" + str(l)], params["b" + str(l)]
        A = np.zeros((W.shape[0], X.shape[1]))
        for i in range(W.shape[0]):
            for j in range(X.shape[1]):
                z = b[i, 0]
                for k in range(W.shape[1]):
                    z += W[i, k] * activations[-1][k, j]
                if l < L and z < 0:
                    z = 0.0
                A[i, j] = z
        activations.append(A)
    return activations


def binary_cross_entropy(logits, y):
    total = 0.0
    m = logits.shape[1]
    for j in range(m):
        z = float(logits[0, j])
        if y[0, j] == 1:
            z = -z
        # -log(1 - sigmoid(z)) = log(1 + e^z), written so that e^z stays small
        if z > 0:
            total += z + math.log1p(math.exp(-z))
        else:
            total += math.log1p(math.exp(z))
    return total / m


def backward(y, activations, params):
    L = len(params) // 2
    m = y.shape[1]
    dZ = np.zeros((1, m))
    for j in range(m):
        z = float(activations[L][0, j])
        a = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
        dZ[0, j] = a - y[0, j]
    grads = {}
    for l in range(L, 0, -1):
        W = params["W" + str(l)]
        dW = np.zeros(W.shape)
        db = np.zeros((W.shape[0], 1))
        for j in range(m):
            for i in range(W.shape[0]):
                db[i, 0] += dZ[i, j] / m
                dW[i] += dZ[i, j] * activations[l - 1][:, j] / m
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
        if l > 1:
            dA = np.dot(W.T, dZ)
            for i in range(dA.shape[0]):
                for j in range(m):
                    if activations[l - 1][i, j] == 0:
                        dA[i, j] = 0
            dZ = dA
    return grads


def update(params, grads, learning_rate):
    new_params = {}
    for name in params:
        new_params[name] = np.zeros(params[name].shape)
        for i in range(params[name].shape[0]):
            for j in range(params[name].shape[1]):
                step = learning_rate * grads["d" + name][i, j]
                new_params[name][i, j] = params[name][i, j] - step
    return new_params


def activation_summary(activations):
    summary = np.zeros((len(activations) - 2, 3))
    for l in range(1, len(activations) - 1):
        values = [float(v) for row in activations[l] for v in row]
        mean = sum(values) / len(values)
        variance = sum((v - mean) ** 2 for v in values) / len(values)
        zeros = 0
        for v in values:
            if v == 0:
                zeros += 1
        summary[l - 1] = [mean, math.sqrt(variance), zeros / len(values)]
    return summary


def distinct_units(W):
    seen = []
    for row in W.tolist():
        if row not in seen:
            seen.append(row)
    return len(seen)


def fan_in_audit(layer_dims, scale):
    factors = []
    for n in layer_dims[:-1]:
        factors.append(scale * math.sqrt(n))
    return np.array(factors)


def nan_fraction(params):
    fractions = []
    l = 1
    while "W" + str(l) in params:
        W = params["W" + str(l)]
        count = 0
        for row in W:
            for w in row:
                if w != w:
                    count += 1
        fractions.append(count / W.size)
        l += 1
    return np.array(fractions)


def constant_classifier_accuracy(y_train, y_test):
    ones = 0
    for label in np.ravel(y_train):
        if label == 1:
            ones += 1
    guess = 1 if ones > np.size(y_train) - ones else 0
    right = 0
    for label in np.ravel(y_test):
        if label == guess:
            right += 1
    return right / np.size(y_test)


def plot_cost(costs, ax, every=1):
    x, y, largest = [], [], 0.0
    for i, cost in enumerate(costs):
        x.append(i * every)
        y.append(cost)
        if math.isfinite(cost) and cost > largest:
            largest = cost
    ax.plot(x, y)
    ax.ticklabel_format(axis="y", style="plain", useOffset=False)
    ax.set_ylim(0, 1.1 * largest if largest > 0 else 1)
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost")
    return ax
