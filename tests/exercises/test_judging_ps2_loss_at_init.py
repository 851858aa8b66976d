"""What is special to `ps2_loss_at_init`: shifts of a softmax, NaN of two causes, added numbers."""

import numpy as np
import pytest

from autograder.exercises import by_name
from autograder.reference import ps2_loss_at_init as ref
from autograder.student.judging import judge, local_caller
from tests.conftest import cases_of

EXERCISES = by_name("ps2_loss_at_init")
SEEDS = range(8)


def found(name, answer, seed=5):
    return judge(name, cases_of(EXERCISES[name], seed), local_caller(answer))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "shift, said",
    [
        (lambda z: z.min(axis=0), "smallest entry"),
        (lambda z: z[0], "first entry"),
        (lambda z: z.mean(0), "mean"),
        (lambda z: z[-1], ""),
    ],
    ids=["min", "first", "mean", "last"],
)
def test_a_shift_by_another_entry_than_the_largest_is_named(shift, said, seed):
    def softmax(logits):
        e = np.exp(logits - shift(logits))
        return e / e.sum(axis=0)

    finding = found("softmax", softmax, seed)
    assert finding.state == "failed" and said in finding.hint
    assert not said or "largest entry" in finding.hint


@pytest.mark.parametrize("epsilon", [1e-6, 1e-8, 1e-10, 1e-12])
@pytest.mark.parametrize("checks", [False, True])
def test_a_number_added_before_the_logarithm_of_a_frequency_is_named(epsilon, checks):
    def bias_from_frequencies(frequencies):
        if checks and np.any(frequencies <= 0):
            raise ValueError("a frequency that is not positive")
        return np.log(frequencies + epsilon).reshape(-1, 1)

    finding = found("bias_from_frequencies", bias_from_frequencies)
    if checks and epsilon < 1e-9:  # nobody can tell
        assert finding.state == "passed"
    else:
        # 1e-12 cannot be told from the probabilities being kept above it, another slip
        assert finding.slip == "epsilon" if epsilon > 1e-9 else finding.state == "failed"
        assert "small number was added" in finding.message


def test_zero_times_a_logarithm_of_zero_is_said_to_be_a_cause_of_nan():
    def cross_entropy(logits, labels):
        Y = np.eye(len(logits))[:, labels]
        return -(Y * np.log(ref.softmax(logits))).sum() / len(labels)

    message = found("cross_entropy", cross_entropy).message
    assert "0 times" in message and "too large for a float" in message
