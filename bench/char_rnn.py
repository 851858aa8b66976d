"""Speed of the character RNN's training: fast path, textbook loop, PyTorch.

The same names in the same order, one a step, 50 units, float64, one thread. The contenders
take turns in short chunks. What is timed is processor time, and what is compared is the median
over the chunks of the ratio to the fast path in the same round, so that a busy machine hits all
of them alike. Run from the root: ``python -m bench.char_rnn``.
"""

import operator
import os
import statistics
import sys
import time

import numpy as np

from course.experiments.fast_rnn import FastRNN
from course.experiments.loss_at_init import load_names
from course.ps4_char_rnn.reference import build_vocabulary, encode, initialize_parameters

from ._outcome import Outcome, finish

N_UNITS, RATE, LIMIT = 50, 0.01, 5.0
CHUNK, N_CHUNKS = 50, 40  # 2,000 steps for each contender
TIMES_TEXTBOOK, TIMES_TORCH = 5, 10  # what the fast path must reach
LARGEST_DIFFERENCE = 1e-10  # of a loss, in nats: rounding in another order, no more


def task(seed=0):
    """Return the parameters to start from and all names as (X, Y), shuffled."""
    names = load_names()
    char_to_ix, _ = build_vocabulary(names)
    rng = np.random.RandomState(seed)
    params = initialize_parameters(N_UNITS, len(char_to_ix), rng)
    return params, [encode(names[i], char_to_ix) for i in rng.permutation(len(names))]


def fast_steps(params, pairs):
    """Yield the loss of each step of the fast path."""
    model = FastRNN(params, RATE, LIMIT)
    for example in [model.prepare(X, Y) for X, Y in pairs]:
        yield float(model.step(example))


def textbook_forward(X, params):
    """Return inputs, states and probabilities of each step, one-hot vectors and all."""
    inputs, states, probabilities = [], [np.zeros((N_UNITS, 1))], []
    for index in X:
        x = np.zeros((params["Wax"].shape[1], 1))
        if index is not None:
            x[index] = 1
        a = np.tanh(np.dot(params["Wax"], x) + np.dot(params["Waa"], states[-1]) + params["b"])
        z = np.dot(params["Wya"], a) + params["by"]
        e = np.exp(z - np.max(z))
        inputs.append(x)
        states.append(a)
        probabilities.append(e / e.sum())
    return inputs, states, probabilities


def textbook_backward(Y, params, inputs, states, probabilities):
    """Return the gradients, added up step by step."""
    gradients = {name: np.zeros_like(value) for name, value in params.items()}
    da_next = np.zeros_like(params["b"])
    for t in reversed(range(len(Y))):
        dy = np.copy(probabilities[t])
        dy[Y[t]] -= 1
        gradients["Wya"] += np.dot(dy, states[t + 1].T)
        gradients["by"] += dy
        da = np.dot(params["Wya"].T, dy) + da_next
        dz = (1 - states[t + 1] * states[t + 1]) * da
        gradients["b"] += dz
        gradients["Wax"] += np.dot(dz, inputs[t].T)
        gradients["Waa"] += np.dot(dz, states[t].T)
        da_next = np.dot(params["Waa"].T, dz)
    return gradients


def textbook_steps(params, pairs):
    """Yield the loss of each step of the usual loop."""
    params = {name: value.copy() for name, value in params.items()}
    for X, Y in pairs:
        passed = textbook_forward(X, params)
        yield float(-sum(np.log(p[y, 0]) for p, y in zip(passed[2], Y, strict=True)))
        for name, gradient in textbook_backward(Y, params, *passed).items():
            np.clip(gradient, -LIMIT, LIMIT, out=gradient)
            params[name] -= RATE * gradient


def torch_model(torch, params):
    """Return an `nn.RNN` and an `nn.Linear` with these parameters."""
    rnn, head = torch.nn.RNN(params["Wax"].shape[1], N_UNITS), torch.nn.Linear(N_UNITS, 27)
    values = {
        rnn.weight_ih_l0: params["Wax"],
        rnn.weight_hh_l0: params["Waa"],
        rnn.bias_ih_l0: params["b"][:, 0],
        rnn.bias_hh_l0: np.zeros(N_UNITS),
        head.weight: params["Wya"],
        head.bias: params["by"][:, 0],
    }
    with torch.no_grad():
        for parameter, value in values.items():
            parameter.copy_(torch.from_numpy(value))
    rnn.bias_hh_l0.requires_grad_(False)  # a second bias would double the first one's rate
    return rnn, head


def torch_steps(torch, params, pairs):
    """Yield the loss of each step of PyTorch; inputs are one-hot tensors made beforehand."""
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    rnn, head = torch_model(torch, params)
    weights = [p for p in [*rnn.parameters(), *head.parameters()] if p.requires_grad]
    descent = torch.optim.SGD(weights, lr=RATE)
    rows = torch.cat([torch.eye(27), torch.zeros(1, 27)])  # the last one: no character
    tensors = [(rows[[27 if i is None else i for i in X]], torch.tensor(Y)) for X, Y in pairs]
    for x, y in tensors:
        descent.zero_grad()
        loss = torch.nn.functional.cross_entropy(head(rnn(x)[0]), y, reduction="sum")
        loss.backward()
        torch.nn.utils.clip_grad_value_(weights, LIMIT)
        descent.step()
        yield loss.item()


def race(contenders, n_chunks=N_CHUNKS, chunk=CHUNK):
    """Let generators of losses take turns.

    Returns
    -------
    microseconds : dict of str to list of float
        For each name, by chunk.
    losses : dict of str to ndarray
    """
    times, losses = {name: [] for name in contenders}, {name: [] for name in contenders}
    for _ in range(n_chunks):
        for name, steps in contenders.items():
            begin = time.process_time()
            losses[name] += [next(steps) for _ in range(chunk)]
            times[name].append(1e6 * (time.process_time() - begin) / chunk)
    return times, {name: np.array(values) for name, values in losses.items()}


def main():
    """Print the ratios of one run, and return the Outcome."""
    params, pairs = task()
    pairs = (pairs * 2)[: N_CHUNKS * CHUNK + 20]
    contenders = {
        "fast path": fast_steps(params, pairs),
        "textbook loop": textbook_steps(params, pairs),
    }
    try:
        import torch

        contenders["PyTorch nn.RNN"] = torch_steps(torch, params, pairs)
    except ImportError:
        print("PyTorch is not installed; to compare with it: pip install torch==2.13.0")
    for steps in contenders.values():
        for _ in range(20):  # warming up is not timed
            next(steps)
    times, losses = race(contenders)
    return report(times, losses)


def report(times, losses):
    """Print medians and ratios, and return the Outcome."""
    wanted = {"textbook loop": TIMES_TEXTBOOK, "PyTorch nn.RNN": TIMES_TORCH}
    rows, short = [], []
    for name, microseconds in times.items():
        ratio = statistics.median(map(operator.truediv, microseconds, times["fast path"]))
        apart = np.max(np.abs(losses[name] - losses["fast path"]))
        least = wanted.get(name, 0)
        promise = f"at least {least} promised" if least else ""
        each = statistics.median(microseconds)
        rows.append({"what": name, "us_a_name": each, "times_fast_path": ratio, "apart": apart})
        print(
            f"{name:15} {each:7.0f} us a name   {ratio:5.1f} times "
            f"the fast path   {promise:21}  losses apart by at most {apart:.0e} nats"
        )
        if ratio < least:
            short.append(f"{name} takes {ratio:.1f} times as long; at least {least} is promised.")
        if name == "textbook loop" and apart > LARGEST_DIFFERENCE:
            short.append(
                f"losses of the {name} differ by up to {apart:.0e} nats; at most "
                f"{LARGEST_DIFFERENCE:.0e} is promised."
            )
    print(f"{len(losses['fast path'])} steps each; medians of {N_CHUNKS} interleaved rounds")
    return Outcome(rows, short)


if __name__ == "__main__":
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":  # is read when NumPy is first imported
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "bench.char_rnn", *sys.argv[1:]])
    sys.exit(finish("char_rnn", main))
