"""Wrong answers to ps4_char_rnn, each named `<exercise>__<slip>`.

Where one calls another exercise, it means the right answer of the notebook it is pasted into.
"""

# ruff: noqa: F821

import numpy as np


# The newline last, not 0.
def build_vocabulary__newline_last(names):
    characters = sorted(set("".join(names))) + ["\n"]
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, dict(enumerate(characters))


# The newline is missing.
def build_vocabulary__no_newline(names):
    characters = sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, dict(enumerate(characters))


# In the order of appearance, not sorted.
def build_vocabulary__order_of_appearance(names):
    characters = ["\n"] + list(dict.fromkeys("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, dict(enumerate(characters))


# Sorted from z to a.
def build_vocabulary__reverse_sorted(names):
    characters = ["\n"] + sorted(set("".join(names)), reverse=True)
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, dict(enumerate(characters))


# The two dicts swapped.
def build_vocabulary__swapped(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return dict(enumerate(characters)), char_to_ix


# The first dict only.
def build_vocabulary__one_dict(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix


# A list for the second dict.
def build_vocabulary__list_for_dict(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, characters


# Counted from 1.
def build_vocabulary__from_one(names):
    characters = ["\n"] + sorted(set("".join(names)))
    char_to_ix = {c: i for i, c in enumerate(characters, start=1)}
    return char_to_ix, dict(enumerate(characters, start=1))


# The whole alphabet, not the characters that occur.
def build_vocabulary__whole_alphabet(names):
    characters = ["\n"] + list("abcdefghijklmnopqrstuvwxyz")
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, dict(enumerate(characters))


# The characters of the first name only.
def build_vocabulary__first_name_only(names):
    characters = ["\n"] + sorted(set(names[0]))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, dict(enumerate(characters))


# Every character as often as it occurs.
def build_vocabulary__repeated(names):
    characters = ["\n"] + sorted("".join(names))
    char_to_ix = {c: i for i, c in enumerate(characters)}
    return char_to_ix, dict(enumerate(characters))


# Y = X: the letter that is read is the one to be predicted.
def encode__not_shifted(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = indices + [char_to_ix["\n"]]
    Y = indices + [char_to_ix["\n"]]
    return X, Y


# Y is a copy of X, with the None in front.
def encode__copy_of_x(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = list(X)
    return X, Y


# No newline at the end of Y.
def encode__no_newline(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices
    return X, Y


# No None at the start of X.
def encode__no_start(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = indices[:]
    Y = indices[1:] + [char_to_ix["\n"]]
    return X, Y


# X begins with the first letter: one entry short.
def encode__start_dropped(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = indices
    Y = indices + [char_to_ix["\n"]]
    return X, Y


# The newline, not None, at the start of X.
def encode__newline_for_none(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [char_to_ix["\n"]] + indices
    Y = indices + [char_to_ix["\n"]]
    return X, Y


# The newline at the end of X too.
def encode__newline_in_x(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices + [char_to_ix["\n"]]
    Y = indices + [char_to_ix["\n"]]
    return X, Y


# Characters, not indices.
def encode__characters(name, char_to_ix):
    indices = [c for c in name]
    X = [None] + indices
    Y = indices + [char_to_ix["\n"]]
    return X, Y


# Arrays, not lists.
def encode__arrays(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices + [char_to_ix["\n"]]
    return np.array(X), np.array(Y)


# Y first, X second.
def encode__swapped(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices + [char_to_ix["\n"]]
    return Y, X


# The name backwards.
def encode__reversed(name, char_to_ix):
    indices = [char_to_ix[c] for c in name[::-1]]
    X = [None] + indices
    Y = indices + [char_to_ix["\n"]]
    return X, Y


# None at the end of Y, not the newline.
def encode__none_in_y(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    Y = indices + [None]
    return X, Y


# X only.
def encode__only_x(name, char_to_ix):
    indices = [char_to_ix[c] for c in name]
    X = [None] + indices
    return X


# No tanh.
def rnn_step_forward__no_tanh(params, a_prev, x):
    a = params["Waa"] @ a_prev + params["Wax"] @ x + params["b"]
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# The logits returned as p.
def rnn_step_forward__logits(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    return a, logits


# p does not sum to 1.
def rnn_step_forward__not_normalised(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e


# Sigmoid for tanh.
def rnn_step_forward__sigmoid_state(params, a_prev, x):
    a = 1 / (1 + np.exp(-(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])))
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# Sigmoid for softmax.
def rnn_step_forward__sigmoid_output(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    return a, 1 / (1 + np.exp(-logits))


# The bias b forgotten.
def rnn_step_forward__no_bias(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x)
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# The bias by forgotten.
def rnn_step_forward__no_output_bias(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# The state before is not used.
def rnn_step_forward__no_recurrence(params, a_prev, x):
    a = np.tanh(params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# The input is not used.
def rnn_step_forward__no_input(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# The output from the state before, not the new one.
def rnn_step_forward__output_from_previous(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a_prev + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# p first, a second.
def rnn_step_forward__order(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return e / np.sum(e), a


# Shapes (n_a,) and (n_y,).
def rnn_step_forward__flat(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a.ravel(), (e / np.sum(e)).ravel()


# Waa transposed.
def rnn_step_forward__transposed(params, a_prev, x):
    a = np.tanh(params["Waa"].T @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# The bias added after the tanh.
def rnn_step_forward__tanh_without_bias(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x) + params["b"]
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return a, e / np.sum(e)


# The softmax over the wrong axis: every p is 1.
def rnn_step_forward__wrong_axis(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return a, e / np.sum(e, axis=1, keepdims=True)


# p only.
def rnn_step_forward__only_p(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    return e / np.sum(e)


# Writes the new state into the caller's array.
def rnn_step_forward__in_place(params, a_prev, x):
    a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
    logits = params["Wya"] @ a + params["by"]
    e = np.exp(logits - np.max(logits))
    a_prev[:] = a
    return a_prev, e / np.sum(e)


# The mean over the steps, not the sum.
def rnn_forward__mean(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss / len(Y), cache


# Every step begins from a0: the state is not carried on.
def rnn_forward__state_not_carried(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, a0, x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# Logarithm to base 2.
def rnn_forward__base_two(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log2(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The minus sign forgotten.
def rnn_forward__sign(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss += np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The loss of the last step only.
def rnn_forward__last_step(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss = -np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The loss as an array of shape (1,).
def rnn_forward__array_loss(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# a0 is missing in the cache.
def rnn_forward__no_first_state(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    cache["a"] = cache["a"][1:]
    return loss, cache


# None read as character 0, the newline.
def rnn_forward__none_as_newline(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        x[0 if index is None else index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# `x[None] = 1` sets every entry to 1.
def rnn_forward__none_as_ones(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The input is not set back: letters pile up.
def rnn_forward__input_not_reset(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    x = np.zeros((n_x, 1))
    for index, target in zip(X, Y, strict=True):
        x = x.copy()
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The probability of the letter read, not of the next one.
def rnn_forward__probability_of_input(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target if index is None else index, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The probability of the most likely letter, whatever the target.
def rnn_forward__most_likely(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index in X:
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(np.max(p))
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The sum of -log p over all letters.
def rnn_forward__all_letters(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index in X:
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.sum(np.log(p))
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The cache first, the loss second.
def rnn_forward__order(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return cache, loss


# The loss only.
def rnn_forward__only_loss(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss


# Indices for the inputs in the cache.
def rnn_forward__indices_in_cache(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(index)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# Begins from zeros, whatever a0.
def rnn_forward__zero_state(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [np.zeros_like(a0)], "p": []}
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The last step, the newline, is left out.
def rnn_forward__last_target_left_out(X, Y, a0, params):
    n_x = params["Wax"].shape[1]
    cache = {"x": [], "a": [a0], "p": []}
    loss = 0.0
    for index, target in zip(X[:-1], Y[:-1], strict=True):
        x = np.zeros((n_x, 1))
        if index is not None:
            x[index] = 1
        a, p = rnn_step_forward(params, cache["a"][-1], x)
        loss -= np.log(p[target, 0])
        cache["x"].append(x)
        cache["a"].append(a)
        cache["p"].append(p)
    return loss, cache


# The 1 of the target is not taken from p.
def rnn_backward__dy_not_minus_one(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# What the later steps ask of the state is dropped.
def rnn_backward__future_dropped(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
    return gradients


# The slope of tanh forgotten.
def rnn_backward__no_tanh_slope(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = params["Wya"].T @ dy + da_next
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# The slope of tanh twice.
def rnn_backward__tanh_twice(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2) ** 2
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# Waa not transposed on the way back.
def rnn_backward__waa_not_transposed(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"] @ dz
    return gradients


# a_t for a_{t-1} in dWaa.
def rnn_backward__state_after(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a = cache["a"][t + 1]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# `=` for `+=` in dWaa: only the first step is left.
def rnn_backward__waa_overwritten(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] = dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# The slope from the state before, 1 - a_{t-1}**2.
def rnn_backward__slope_of_next(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a_prev**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# `=` for `+=` in every gradient.
def rnn_backward__all_overwritten(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] = dy @ a.T
        gradients["dby"] = dy
        gradients["dWax"] = dz @ cache["x"][t].T
        gradients["dWaa"] = dz @ a_prev.T
        gradients["db"] = dz
        da_next = params["Waa"].T @ dz
    return gradients


# The gradient of z handed on without Waa.
def rnn_backward__future_without_weights(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = dz
    return gradients


# The slope of tanh left out for what comes from later steps.
def rnn_backward__future_from_start(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy) * (1 - a**2) + da_next
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# The loop runs forwards in time.
def rnn_backward__forwards(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in range(len(Y)):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# Every sign is wrong: target minus p.
def rnn_backward__sign(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        dy = -dy
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# Divided by the number of steps.
def rnn_backward__mean(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return {name: value / len(Y) for name, value in gradients.items()}


# Clipped already.
def rnn_backward__clipped(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return {name: np.clip(value, -0.5, 0.5) for name, value in gradients.items()}


# Takes the 1 off the probabilities in the cache itself.
def rnn_backward__changes_cache(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t]
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# The last step only.
def rnn_backward__last_step(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in [len(Y) - 1]:
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# a_{t-1} for a_t in dWya.
def rnn_backward__wya_state_before(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a_prev.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# `=` for `+=` in dWya.
def rnn_backward__wya_not_summed(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] = dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return gradients


# The names of the parameters as keys.
def rnn_backward__keys_without_d(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    return {name[1:]: value for name, value in gradients.items()}


# Gradients of the biases of shape (n,).
def rnn_backward__flat_bias(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += dz
        da_next = params["Waa"].T @ dz
    gradients["db"] = gradients["db"].ravel()
    gradients["dby"] = gradients["dby"].ravel()
    return gradients


# db sums the gradient of the state, before the slope of tanh.
def rnn_backward__bias_from_states(Y, params, cache):
    gradients = {"d" + name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = cache["p"][t].copy()
        dy[Y[t]] -= 1
        a, a_prev = cache["a"][t + 1], cache["a"][t]
        dz = (params["Wya"].T @ dy + da_next) * (1 - a**2)
        gradients["dWya"] += dy @ a.T
        gradients["dby"] += dy
        gradients["dWax"] += dz @ cache["x"][t].T
        gradients["dWaa"] += dz @ a_prev.T
        gradients["db"] += params["Wya"].T @ dy + da_next
        da_next = params["Waa"].T @ dz
    return gradients


# The clipped copies are thrown away.
def clip__copy_not_returned(gradients, max_value):
    for gradient in gradients.values():
        gradient = np.clip(gradient, -max_value, max_value)
    return gradients


# The clipped copies are not returned.
def clip__returns_nothing(gradients, max_value):
    clipped = {}
    for name, gradient in gradients.items():
        clipped[name] = np.clip(gradient, -max_value, max_value)


# Large positive entries only.
def clip__one_side(gradients, max_value):
    return {name: np.minimum(g, max_value) for name, g in gradients.items()}


# Large negative entries only.
def clip__lower_side(gradients, max_value):
    return {name: np.maximum(g, -max_value) for name, g in gradients.items()}


# Each array scaled down by its norm.
def clip__by_norm(gradients, max_value):
    clipped = {}
    for name, gradient in gradients.items():
        norm = np.linalg.norm(gradient)
        clipped[name] = gradient * min(1, max_value / norm)
    return clipped


# Always at 5.
def clip__fixed(gradients, max_value):
    return {name: np.clip(g, -5, 5) for name, g in gradients.items()}


# From 0 to max_value: negative entries become 0.
def clip__positive_only(gradients, max_value):
    return {name: np.clip(g, 0, max_value) for name, g in gradients.items()}


# Entries that are too large become 0.
def clip__set_to_zero(gradients, max_value):
    return {name: np.where(abs(g) > max_value, 0, g) for name, g in gradients.items()}


# Each array scaled so that its largest entry is max_value.
def clip__scaled_by_largest(gradients, max_value):
    return {name: g * max_value / np.max(np.abs(g)) for name, g in gradients.items()}


# The absolute values clipped: signs are lost.
def clip__absolute(gradients, max_value):
    return {name: np.minimum(np.abs(g), max_value) for name, g in gradients.items()}


# A list without names.
def clip__list(gradients, max_value):
    return [np.clip(g, -max_value, max_value) for g in gradients.values()]


# Weights only; the biases stay as they were.
def clip__weights_only(gradients, max_value):
    clipped = dict(gradients)
    for name in gradients:
        if name.startswith("dW"):
            clipped[name] = np.clip(gradients[name], -max_value, max_value)
    return clipped


# Everything too large in size becomes +max_value.
def clip__largest_replaced(gradients, max_value):
    return {name: np.where(abs(g) > max_value, max_value, g) for name, g in gradients.items()}


# Multiplied by the temperature.
def apply_temperature__multiplied(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    z = logits * temperature
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# Applied to the probabilities, which are then normalised: no effect.
def apply_temperature__on_probabilities(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    e = np.exp(logits - np.max(logits))
    p = e / np.sum(e) / temperature
    return p / np.sum(p)


# The softmax of the probabilities divided by the temperature.
def apply_temperature__softmax_of_probabilities(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    e = np.exp(logits - np.max(logits))
    z = e / np.sum(e) / temperature
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# The temperature is ignored.
def apply_temperature__ignored(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    z = logits
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# No error for a temperature of 0 or below.
def apply_temperature__no_error(logits, temperature):
    z = logits / temperature
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# No error for a temperature of 0.
def apply_temperature__zero_allowed(logits, temperature):
    if temperature < 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# An assertion for the ValueError.
def apply_temperature__assertion(logits, temperature):
    assert temperature > 0, "the temperature must be positive"
    z = logits / temperature
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# No shift: exp(3000) overflows.
def apply_temperature__no_shift(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    e = np.exp(z)
    return e / np.sum(e)


# The softmax over the last axis: a column becomes ones.
def apply_temperature__last_axis(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


# Always of shape (n,).
def apply_temperature__flat(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    z = np.ravel(logits) / temperature
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# The scaled logits, without the softmax.
def apply_temperature__scaled_logits(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    return z


# The probabilities divided by the temperature: no sum of 1.
def apply_temperature__after_softmax(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    e = np.exp(logits - np.max(logits))
    return e / np.sum(e) / temperature


# Divides the caller's logits in place.
def apply_temperature__changes_input(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    logits = np.asarray(logits)
    logits /= temperature
    z = logits
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# The square root of the temperature.
def apply_temperature__root(logits, temperature):
    if not temperature > 0:
        raise ValueError("the temperature must be positive")
    z = logits / np.sqrt(temperature)
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# The most likely index.
def sample_index__argmax(probabilities, rng):
    return int(np.argmax(probabilities))


# No `p=`: every index equally likely.
def sample_index__uniform(probabilities, rng):
    return int(rng.choice(np.size(probabilities)))


# A seed of its own inside: always the same index.
def sample_index__own_seed(probabilities, rng):
    rng = np.random.default_rng(0)
    return int(rng.choice(np.size(probabilities), p=np.ravel(probabilities)))


# Draws from the global generator.
def sample_index__global_generator(probabilities, rng):
    return int(np.random.choice(np.size(probabilities), p=np.ravel(probabilities)))


# Counted from 1.
def sample_index__from_one(probabilities, rng):
    return int(rng.choice(np.size(probabilities), p=np.ravel(probabilities))) + 1


# An array of shape (1,), not an int.
def sample_index__array(probabilities, rng):
    return rng.choice(np.size(probabilities), size=1, p=np.ravel(probabilities))


# Fails for the shape (n, 1).
def sample_index__one_dimension(probabilities, rng):
    return int(rng.choice(len(probabilities), p=probabilities))


# The probability, not the index.
def sample_index__returns_probability(probabilities, rng):
    p = np.ravel(probabilities)
    return float(rng.choice(p, p=p))


# One of the two most likely.
def sample_index__top_two(probabilities, rng):
    order = np.argsort(np.ravel(probabilities))
    return int(rng.choice(order[-2:]))


# The softmax of the probabilities.
def sample_index__softmax_again(probabilities, rng):
    e = np.exp(np.ravel(probabilities))
    return int(rng.choice(len(e), p=e / e.sum()))


# The squares of the probabilities.
def sample_index__squared(probabilities, rng):
    p = np.ravel(probabilities) ** 2
    return int(rng.choice(len(p), p=p / p.sum()))


# The first cumulative probability below the draw.
def sample_index__cumulative_swapped(probabilities, rng):
    cumulative = np.cumsum(probabilities)
    return int(np.argmax(cumulative < rng.random()))


# A float.
def sample_index__float(probabilities, rng):
    return float(rng.choice(np.size(probabilities), p=np.ravel(probabilities)))


# The first index whose own probability is above the draw.
def sample_index__threshold(probabilities, rng):
    p = np.ravel(probabilities)
    return int(np.argmax(p > rng.random()))


# The input is never set back to zeros: it holds several ones.
def sample__input_not_reset(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x[index] = 1
    indices.append(newline)
    return indices


# The letter is not fed back: the input stays zero.
def sample__input_not_updated(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
    indices.append(newline)
    return indices


# The state stays zero.
def sample__state_not_updated(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        _, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# No newline appended at the limit.
def sample__no_newline_at_limit(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    return indices


# The newline that ends the name is left out.
def sample__no_newline_at_end(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        if index == newline:
            return indices
        indices.append(index)
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# One letter too many before the newline is set.
def sample__limit_off_by_one(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) <= max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# The newline counted among the letters: one letter too few.
def sample__newline_within_limit(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length - 1:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Always 50 letters at most.
def sample__ignores_max_length(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < 50:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Begins with the newline as input, not with zeros.
def sample__starts_with_newline(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    x[newline] = 1
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# A string, not a list of indices.
def sample__string(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            break
        x = np.zeros((n_x, 1))
        x[index] = 1
    return "".join(chr(96 + index) for index in indices if index != newline)


# The newline appended even when it has come.
def sample__newline_twice(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            break
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Goes on writing after the newline.
def sample__does_not_stop(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# The most likely letter each time.
def sample__argmax(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Every letter equally likely.
def sample__uniform(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(rng.choice(n_x))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# A seed of its own inside: always the same name.
def sample__own_seed(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    rng = np.random.default_rng(1)
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Begins from a random state.
def sample__random_start(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = rng.standard_normal(params["b"].shape)
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p, rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Sharpens the probabilities.
def sample__temperature(params, char_to_ix, rng, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = sample_index(p**2 / np.sum(p**2), rng)
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# The input is never set back to zeros: it holds several ones.
def greedy_name__input_not_reset(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
        x[index] = 1
    indices.append(newline)
    return indices


# The letter is not fed back: the input stays zero.
def greedy_name__input_not_updated(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
    indices.append(newline)
    return indices


# The state stays zero.
def greedy_name__state_not_updated(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        _, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# No newline appended at the limit.
def greedy_name__no_newline_at_limit(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    return indices


# The newline that ends the name is left out.
def greedy_name__no_newline_at_end(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        if index == newline:
            return indices
        indices.append(index)
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# One letter too many before the newline is set.
def greedy_name__limit_off_by_one(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) <= max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# The newline counted among the letters: one letter too few.
def greedy_name__newline_within_limit(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length - 1:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Always 50 letters at most.
def greedy_name__ignores_max_length(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < 50:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Begins with the newline as input, not with zeros.
def greedy_name__starts_with_newline(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    x[newline] = 1
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# A string, not a list of indices.
def greedy_name__string(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            break
        x = np.zeros((n_x, 1))
        x[index] = 1
    return "".join(chr(96 + index) for index in indices if index != newline)


# The newline appended even when it has come.
def greedy_name__newline_twice(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        if index == newline:
            break
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Goes on writing after the newline.
def greedy_name__does_not_stop(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmax(p))
        indices.append(index)
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Draws the letters.
def greedy_name__sampled(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.random.choice(n_x, p=p.ravel()))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# The least likely letter.
def greedy_name__least_likely(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argmin(p))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# The second most likely letter.
def greedy_name__second(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = int(np.argsort(p.ravel())[-2])
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# Never the newline, before the limit.
def greedy_name__no_newline_allowed(params, char_to_ix, max_length=50):
    newline, n_x = char_to_ix["\n"], params["Wax"].shape[1]
    a = np.zeros_like(params["b"])
    x = np.zeros((n_x, 1))
    indices = []
    while len(indices) < max_length:
        a, p = rnn_step_forward(params, a, x)
        index = 1 + int(np.argmax(p[1:]))
        indices.append(index)
        if index == newline:
            return indices
        x = np.zeros((n_x, 1))
        x[index] = 1
    indices.append(newline)
    return indices


# The gradients are not clipped.
def optimize__not_clipped(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = rnn_backward(Y, params, cache)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name]
    return loss, new_params, cache["a"][-1]


# Plus for minus: ascent.
def optimize__ascent(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value + learning_rate * gradients["d" + name]
    return loss, new_params, cache["a"][-1]


# Clipped after the learning rate.
def optimize__clipped_after_rate(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = rnn_backward(Y, params, cache)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - np.clip(
            learning_rate * gradients["d" + name], -max_value, max_value
        )
    return loss, new_params, cache["a"][-1]


# Changes the caller's parameters.
def optimize__in_place(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    for name, value in params.items():
        value -= learning_rate * gradients["d" + name]
    return loss, params, cache["a"][-1]


# Returns the state before the name, not after it.
def optimize__first_state(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name]
    return loss, new_params, cache["a"][0]


# The loss after the step.
def optimize__loss_after(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name]
    loss, _ = rnn_forward(X, Y, a_prev, new_params)
    return loss, new_params, cache["a"][-1]


# Returns the gradients, not the new parameters.
def optimize__returns_gradients(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name]
    return loss, gradients, cache["a"][-1]


# The learning rate fixed at 0.01.
def optimize__ignores_rate(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - 0.01 * gradients["d" + name]
    return loss, new_params, cache["a"][-1]


# Always clipped at 5.
def optimize__ignores_max_value(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), 5)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name]
    return loss, new_params, cache["a"][-1]


# Begins from zeros, whatever a_prev.
def optimize__zero_state(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, np.zeros_like(a_prev), params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name]
    return loss, new_params, cache["a"][-1]


# The parameters first, the loss second.
def optimize__order(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name]
    return new_params, loss, cache["a"][-1]


# The last state is missing.
def optimize__no_state(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name]
    return loss, new_params


# Returns the parameters as they were.
def optimize__unchanged(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        value = value - learning_rate * gradients["d" + name]
        new_params[name] = params[name]
    return loss, new_params, cache["a"][-1]


# The gradient of the mean loss, divided by the number of letters.
def optimize__mean_gradient(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        new_params[name] = value - learning_rate * gradients["d" + name] / len(Y)
    return loss, new_params, cache["a"][-1]


# The biases are not updated.
def optimize__weights_only(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name, value in params.items():
        step = learning_rate * gradients["d" + name]
        new_params[name] = value - step if name.startswith("W") else value
    return loss, new_params, cache["a"][-1]


# Y = X: the letter that is read is the one to be predicted.
def train__not_shifted(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        X = Y
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The state of the name before is carried over.
def train__state_carried(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    a0 = np.zeros((n_a, 1))
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        losses[step], params, a0 = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The gradients are not clipped.
def train__not_clipped(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, np.inf)
    return params, losses


# No None at the start: the first letter is not learned.
def train__no_start(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        X, Y = X[1:], Y[1:]
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The newline is not learned.
def train__no_newline(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        X, Y = X[:-1], Y[:-1]
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The names in the order in which they are given.
def train__not_shuffled(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = np.arange(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# Shuffles the caller's list in place.
def train__shuffles_caller(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    rng.shuffle(names)
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[step % len(names)], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The loss of each character, not the sum over the name.
def train__per_character(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    lengths = [len(names[order[step % len(names)]]) + 1 for step in range(n_steps)]
    return params, losses / np.array(lengths)


# Smoothed losses, not raw ones.
def train__smoothed(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    smoothed = losses.copy()
    for step in range(1, n_steps):
        smoothed[step] = 0.9 * smoothed[step - 1] + 0.1 * losses[step]
    return params, smoothed


# Zero weights: the units never become different.
def train__zero_weights(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": np.zeros((n_a, n_x)),
        "Waa": np.zeros((n_a, n_a)),
        "Wya": np.zeros((n_x, n_a)),
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# Large weights: standard deviation 1.
def train__large_weights(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)),
        "Waa": rng.standard_normal((n_a, n_a)),
        "Wya": rng.standard_normal((n_x, n_a)),
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# Stops after one pass through the names.
def train__one_pass(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(min(n_steps, len(names))):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The same name at every step.
def train__first_name(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[0]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# A seed of its own inside: always the same start.
def train__own_seed(names, n_steps, n_a, learning_rate, rng):
    rng = np.random.default_rng(1)
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# Weights and order from the global generator.
def train__global_generator(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": np.random.standard_normal((n_a, n_x)) * 0.01,
        "Waa": np.random.standard_normal((n_a, n_a)) * 0.01,
        "Wya": np.random.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = np.random.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The learning rate fixed at 0.01.
def train__ignores_rate(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, 0.01, 5)
    return params, losses


# Ascent: the losses rise.
def train__ascent(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, -learning_rate, 5)
    return params, losses


# The new parameters are thrown away.
def train__not_updated(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], _, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The parameters only.
def train__only_params(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params


# Draws a name at each step: some come often, some never.
def train__random_letters(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[rng.choice(len(names))], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# Always 50 units.
def train__ignores_units(names, n_steps, n_a, learning_rate, rng):
    n_a = 50
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The last loss only.
def train__last_loss(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses[-1]


# n_steps passes through all names, not n_steps names.
def train__passes(names, n_steps, n_a, learning_rate, rng):
    char_to_ix, _ = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": rng.standard_normal((n_a, n_x)) * 0.01,
        "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
        "Wya": rng.standard_normal((n_x, n_a)) * 0.01,
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps * len(names))
    for step in range(n_steps * len(names)):
        X, Y = encode(names[order[step % len(names)]], char_to_ix)
        a0 = np.zeros((n_a, 1))
        losses[step], params, _ = optimize(X, Y, a0, params, learning_rate, 5)
    return params, losses


# The newline left out.
def name_loss__no_newline(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X[:-1], Y[:-1], np.zeros_like(params["b"]), params)
    return loss


# Divided by the length.
def name_loss__per_character(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss / len(Y)


# The first letter is given, not predicted.
def name_loss__no_first_letter(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X[1:], Y[1:], np.zeros_like(params["b"]), params)
    return loss


# The logarithm of the probability, without the minus.
def name_loss__sign(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return -loss


# The probability, not its logarithm.
def name_loss__probability(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return np.exp(-loss)


# Bits, not nats.
def name_loss__base_two(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss / np.log(2)


# The probability of the letters read, not of the next ones.
def name_loss__not_shifted(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(Y, Y, np.zeros_like(params["b"]), params)
    return loss


# The cache returned as well.
def name_loss__with_cache(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, cache = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return loss, cache


# The perplexity.
def name_loss__perplexity(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return np.exp(loss / len(Y))


# The loss of the newline after the name only.
def name_loss__last_letter(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    _, cache = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    return -np.log(cache["p"][-1][Y[-1], 0])


# Prints the loss and returns nothing.
def name_loss__prints(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros_like(params["b"]), params)
    print(name, loss)


# Every letter is judged from a zero state.
def name_loss__state_not_carried(name, params, char_to_ix):
    X, Y = encode(name, char_to_ix)
    loss = 0.0
    for index, target in zip(X, Y, strict=True):
        step, _ = rnn_forward([index], [target], np.zeros_like(params["b"]), params)
        loss += step
    return loss


# Two to the power of a loss in nats.
def perplexity__base_two(loss, n_characters):
    return 2 ** (loss / n_characters)


# The loss of a character, without the exponential.
def perplexity__per_character(loss, n_characters):
    return loss / n_characters


# The number of characters forgotten.
def perplexity__not_divided(loss, n_characters):
    return np.exp(loss)


# Divided after the exponential.
def perplexity__divided_outside(loss, n_characters):
    return np.exp(loss) / n_characters


# The probability of a character: the sign.
def perplexity__sign(loss, n_characters):
    return np.exp(-loss / n_characters)


# Multiplied by the number of characters.
def perplexity__multiplied(loss, n_characters):
    return np.exp(loss * n_characters)


# The n-th root of the loss.
def perplexity__root(loss, n_characters):
    return loss ** (1 / n_characters)


# The logarithm, not the exponential.
def perplexity__logarithm(loss, n_characters):
    return np.log(loss / n_characters)


# The 27 of the uniform model, whatever is given.
def perplexity__hard_coded(loss, n_characters):
    return 27.0


# Integer division.
def perplexity__integer_division(loss, n_characters):
    return np.exp(loss // n_characters)


# Rounded to a whole number.
def perplexity__rounded(loss, n_characters):
    return int(round(float(np.exp(loss / n_characters))))


# One added for a newline that `n_characters` has already.
def perplexity__newline_added(loss, n_characters):
    return np.exp(loss / (n_characters + 1))
