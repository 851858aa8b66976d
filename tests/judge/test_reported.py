"""Answers as they were seen in courses and forums, right and wrong: each gets its state and words.

The names of wrong ones are tried with the exercises of the course; here it is what students read.
"""

import textwrap

import pytest

from autograder.checks.states import State
from autograder.judge.case_sets import CaseSets
from autograder.judge.grade import verdict_on
from course.demo import answers
from course.demo.students import filled, submit
from tests.conftest import released, request_for
from tests.course.judged import finding
from tests.threats.declare import with_cell

PS2 = "ps2_loss_at_init"

# By what it shows: assignment, exercise, state, words of the message, the answer.
REPORTED = {
    "array of a subclass": (
        "ps2_loss_at_init",
        "softmax",
        "passed",
        "",
        '''
        class Tensor(np.ndarray):
            """An array that knows nothing more."""

        def softmax(logits):
            z = np.asarray(logits).view(Tensor)
            e = np.exp(z - z.max(axis=0))
            return e / e.sum(axis=0)
        ''',
    ),
    "number of a subclass": (
        "ps2_loss_at_init",
        "entropy",
        "passed",
        "",
        """
        class Nats(float):
            def __repr__(self):
                return f"{float(self):.4f} nats"
        def entropy(frequencies):
            return Nats(-sum(f * np.log(f) for f in frequencies if f > 0))
        """,
    ),
    "left-over seed": (
        "ps2_loss_at_init",
        "initialize_output_layer",
        "passed",
        "",
        """
        def initialize_output_layer(n_features, frequencies, scale, rng):
            np.random.seed(1)
            W = scale * rng.standard_normal((len(frequencies), n_features))
            return W, bias_from_frequencies(frequencies)
        """,
    ),
    "member of an enumeration": (
        "ps4_char_rnn",
        "encode",
        "passed",
        "",
        r"""
        from enum import IntEnum
        def encode(name, char_to_ix):
            class Special(IntEnum):
                END = char_to_ix["\n"]
            ids = [char_to_ix[c] for c in name]
            return [None, *ids], [*ids, Special.END]
        """,
    ),
    "keys of a subclass": (
        "ps1_initialization",
        "initialize_zeros",
        "passed",
        "",
        """
        from enum import StrEnum
        def initialize_zeros(layer_dims):
            names = {}
            for l in range(1, len(layer_dims)):
                names[f"W{l}"] = f"W{l}"; names[f"b{l}"] = f"b{l}"
            K = StrEnum("K", names)
            p = {}
            for l in range(1, len(layer_dims)):
                p[K[f"W{l}"]] = np.zeros((layer_dims[l], layer_dims[l-1]))
                p[K[f"b{l}"]] = np.zeros((layer_dims[l], 1))
            return p
        """,
    ),
    "dict for a tuple": (
        "ps4_char_rnn",
        "rnn_step_forward",
        "failed",
        "expected a tuple of 2, got a dict of 2",
        """
        def rnn_step_forward(params, a_prev, x):
            a = np.tanh(params["Waa"] @ a_prev + params["Wax"] @ x + params["b"])
            y = params["Wya"] @ a + params["by"]
            e = np.exp(y - np.max(y))
            return {"a": a, "p": e / np.sum(e)}
        """,
    ),
    "epsilon of 1e-9": (
        "ps2_loss_at_init",
        "cross_entropy",
        "failed",
        "A small number was added inside the logarithm",
        """
        def cross_entropy(logits, labels):
            p = softmax(logits)
            return -np.mean(np.log(p[labels, range(len(labels))] + 1e-9))
        """,
    ),
    "epsilon of 1e-7": (
        "ps2_loss_at_init",
        "cross_entropy",
        "failed",
        "A small number was added inside the logarithm",
        """
        def cross_entropy(logits, labels):
            p = softmax(logits)
            return -np.mean(np.log(p[labels, np.arange(len(labels))] + 1e-7))
        """,
    ),
    "newline twice at the limit": (
        "ps4_char_rnn",
        "sample",
        "failed",
        "a second one was appended",
        r"""
        def sample(params, char_to_ix, rng, max_length=50):
            Waa, Wax, Wya, by, b = (params[k] for k in ("Waa", "Wax", "Wya", "by", "b"))
            vocab_size, n_a = by.shape[0], Waa.shape[1]
            x, a_prev = np.zeros((vocab_size, 1)), np.zeros((n_a, 1))
            indices, idx, counter = [], -1, 0
            newline = char_to_ix["\n"]
            while idx != newline and counter != max_length:
                a = np.tanh(np.dot(Wax, x) + np.dot(Waa, a_prev) + b)
                z = np.dot(Wya, a) + by
                y = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
                idx = int(rng.choice(range(vocab_size), p=y.ravel()))
                indices.append(idx)
                x = np.zeros((vocab_size, 1)); x[idx] = 1
                a_prev = a
                counter += 1
            if counter == max_length:
                indices.append(newline)
            return indices
        """,
    ),
    "nothing appended": (
        "ps4_char_rnn",
        "sample",
        "failed",
        "",
        r"""
        def sample(params, char_to_ix, rng, max_length=50):
            Waa, Wax, Wya, by, b = (params[k] for k in ("Waa", "Wax", "Wya", "by", "b"))
            vocab_size, n_a = by.shape[0], Waa.shape[1]
            x, a_prev = np.zeros((vocab_size, 1)), np.zeros((n_a, 1))
            indices, idx, counter = [], -1, 0
            newline = char_to_ix["\n"]
            while idx != newline and counter != max_length:
                a = np.tanh(np.dot(Wax, x) + np.dot(Waa, a_prev) + b)
                z = np.dot(Wya, a) + by
                y = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
                idx = int(rng.choice(range(vocab_size), p=y.ravel()))
                x = np.zeros((vocab_size, 1)); x[idx] = 1
                a_prev = a
                counter += 1
            if counter == max_length and idx != newline:
                indices.append(newline)
            return indices
        """,
    ),
    "reversed": (
        "ps4_char_rnn",
        "sample",
        "failed",
        "",
        r"""
        def sample(params, char_to_ix, rng, max_length=50):
            Waa, Wax, Wya, by, b = (params[k] for k in ("Waa", "Wax", "Wya", "by", "b"))
            vocab_size, n_a = by.shape[0], Waa.shape[1]
            x, a_prev = np.zeros((vocab_size, 1)), np.zeros((n_a, 1))
            indices, idx, counter = [], -1, 0
            newline = char_to_ix["\n"]
            while idx != newline and counter != max_length:
                a_prev = np.tanh(Wax @ x + Waa @ a_prev + b)
                z = Wya @ a_prev + by
                y = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
                idx = int(rng.choice(vocab_size, p=y.ravel()))
                indices.append(idx)
                x = np.zeros((vocab_size, 1)); x[idx] = 1
                counter += 1
            if idx != newline:
                indices.append(newline)
            return indices[::-1][1:] + [newline]
        """,
    ),
    "newline twice, greedy": (
        "ps4_char_rnn",
        "greedy_name",
        "failed",
        "a second one was appended",
        r"""
        def greedy_name(params, char_to_ix, max_length=50):
            Waa, Wax, Wya, by, b = (params[k] for k in ("Waa", "Wax", "Wya", "by", "b"))
            vocab_size, n_a = by.shape[0], Waa.shape[1]
            x, a_prev = np.zeros((vocab_size, 1)), np.zeros((n_a, 1))
            indices, idx, counter = [], -1, 0
            newline = char_to_ix["\n"]
            while idx != newline and counter != max_length:
                a = np.tanh(np.dot(Wax, x) + np.dot(Waa, a_prev) + b)
                z = np.dot(Wya, a) + by
                y = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
                idx = int(np.argmax(y))
                indices.append(idx)
                x = np.zeros((vocab_size, 1)); x[idx] = 1
                a_prev = a
                counter += 1
            if counter == max_length:
                indices.append(newline)
            return indices
        """,
    ),
    "adagrad": (
        "ps4_char_rnn",
        "train",
        "failed",
        "",
        """
        def train(names, n_steps, n_a, learning_rate, rng):
            c2i, i2c = build_vocabulary(names)
            n = len(c2i)
            params = {"Wax": rng.standard_normal((n_a, n)) * 0.01,
                      "Waa": rng.standard_normal((n_a, n_a)) * 0.01,
                      "Wya": rng.standard_normal((n, n_a)) * 0.01,
                      "b": np.zeros((n_a, 1)), "by": np.zeros((n, 1))}
            examples = [x.strip() for x in names]
            rng.shuffle(examples)
            mem = {k: np.zeros_like(v) for k, v in params.items()}
            losses = []
            for j in range(n_steps):
                X, Y = encode(examples[j % len(examples)], c2i)
                loss, cache = rnn_forward(X, Y, np.zeros((n_a, 1)), params)
                g = clip(rnn_backward(Y, params, cache), 5)
                for k in params:
                    mem[k] += g["d" + k] ** 2
                    params[k] = params[k] - learning_rate * g["d" + k] / np.sqrt(mem[k] + 1e-8)
                losses.append(loss)
            return params, np.array(losses)
        """,
    ),
    "logarithm of probabilities": (
        "ps4_char_rnn",
        "apply_temperature",
        "failed",
        "Very small probabilities became 0",
        """
        def apply_temperature(logits, temperature):
            if temperature <= 0:
                raise ValueError("temperature")
            e = np.exp(logits - np.max(logits))
            preds = np.log(e / e.sum()) / temperature
            preds = np.exp(preds)
            return preds / np.sum(preds)
        """,
    ),
}
LONG = ("sample", "train")  # to be judged; other runs than the quick one have the time


@pytest.mark.parametrize(
    "assignment, exercise, state, words, answer",
    [
        pytest.param(*row, id=name, marks=[pytest.mark.long] if row[1] in LONG else [])
        for name, row in REPORTED.items()
    ],
)
def test_an_answer_gets_its_state_and_words(assignment, exercise, state, words, answer):
    found = finding(assignment, exercise, textwrap.dedent(answer))
    assert found.state == state
    assert words in found.message


WRITES = """%%writefile my_functions.py
import numpy as np
def softmax(logits):
    e = np.exp(logits - logits.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)
"""
SCIENTIFIC = """
from not_there.special import logsumexp
def cross_entropy(logits, labels):
    return float(np.mean(logsumexp(logits, axis=0) - logits[labels, np.arange(len(labels))]))
"""
LONG_LINE = (
    "def entropy(f): e = np.exp(f - np.max(f, axis=0, keepdims=True)); total = np.sum"
    '(e, axis=0, keepdims=True); comment = "a line that is rather long because everyt'
    "hing was put on one line, as some people do when they paste from a chat window o"
    'r a telephone, and then forget a bracket at the end"; return e / (total'
)


@pytest.mark.system
def test_modules_that_are_written_missing_or_cut_off_in_a_notebook(sandbox, tmp_path):
    assert len(LONG_LINE) > 300
    own = {
        "softmax": "from my_functions import softmax",
        "cross_entropy": SCIENTIFIC,
        "entropy": LONG_LINE,
    }
    notebook = filled(released(PS2), {**answers.styles(PS2)["vectorised"], **own})
    submit(tmp_path, "student", PS2, with_cell(WRITES, before="softmax")(notebook))
    asked = request_for(PS2, tmp_path / "submitted" / "student" / PS2)
    verdict = verdict_on(asked, sandbox, CaseSets(PS2, 1))
    found = verdict.results
    assert {name for name, each in found.items() if each.state != State.PASSED} == {
        "cross_entropy",
        "entropy",
    }
    assert "its cell stopped with SyntaxError: " in found["entropy"].message
    assert "(line 1)" in found["entropy"].message and "telephone" not in found["entropy"].message
    said = "The module not_there is not installed where your work is graded: use NumPy in its place"
    assert said in found["cross_entropy"].message
    assert "spelled" not in found["cross_entropy"].message
    remark = "the cell of cross_entropy imports not_there, which is not installed here"
    assert remark in verdict.remarks
