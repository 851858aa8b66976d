"""The four starts: published figures, the distribution, and what the checks say of special ones."""

import numpy as np
import pytest

from course.experiments.circles import circles
from tests.course.judged import judged

from . import initialize_he, initialize_scaled, initialize_xavier, initialize_zeros
from .binary_cross_entropy import binary_cross_entropy
from .forward import forward

zeros = initialize_zeros.initialize_zeros
scaled = initialize_scaled.initialize_scaled
xavier = initialize_xavier.initialize_xavier
he = initialize_he.initialize_he
RANDOM = [initialize_scaled, initialize_xavier, initialize_he]
SIGMAS = 6


def start_names(module):
    return module.exercise.name


@pytest.mark.parametrize(
    "start, published",
    [
        (lambda dims, rng: zeros(dims), "0.693147"),
        (lambda dims, rng: scaled(dims, 0.01, rng), "0.6931474"),
        (lambda dims, rng: scaled(dims, 0.1, rng), "0.693323"),
        (lambda dims, rng: scaled(dims, 1, rng), "1.969819"),
        (lambda dims, rng: scaled(dims, 10, rng), "1773.586"),
        (xavier, "0.729452"),
        (he, "0.883053746"),
    ],
    ids=["zeros", "0.01", "0.1", "1", "10", "Xavier", "He"],
)
def test_the_circles_start_at_the_published_cost(start, published):
    X, y, _, _ = circles()
    params = start([2, 10, 5, 1], np.random.RandomState(3))
    cost = binary_cross_entropy(forward(X, params)[-1], y)
    assert f"{cost:.{len(published.partition('.')[2])}f}" == published


def test_zeros_have_as_many_parameters_as_the_net_of_the_pictures():
    params = zeros([12288, 20, 7, 5, 1])
    assert list(params) == ["W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4"]
    assert sum(array.size for array in params.values()) == 12289 * 20 + 21 * 7 + 8 * 5 + 6
    assert not any(array.any() for array in params.values())
    assert params["W2"].shape == (7, 20) and params["b2"].shape == (7, 1)


@pytest.mark.parametrize(
    "start, variance",
    [
        (lambda dims, rng: scaled(dims, 0.3, rng), lambda n: 0.09),
        (xavier, lambda n: 1 / n),
        (he, lambda n: 2 / n),
    ],
    ids=["scaled", "Xavier", "He"],
)
@pytest.mark.parametrize("generator", [np.random.default_rng, np.random.RandomState])
def test_the_reference_has_the_variance_that_it_promises(start, variance, generator):
    dims = [60, 200, 30]
    params = start(dims, generator(8))
    for layer, n_in in ((1, 60), (2, 200)):
        W = params[f"W{layer}"]
        squares = W.ravel() ** 2 / variance(n_in)
        assert W.shape == (dims[layer], n_in) and not params[f"b{layer}"].any()
        assert abs(squares.mean() - 1) < SIGMAS * np.sqrt(2 / W.size)
        assert abs(W.mean()) < SIGMAS * np.sqrt(variance(n_in) / W.size)


@pytest.mark.thorough
@pytest.mark.parametrize("module", RANDOM, ids=start_names)
def test_a_right_start_passes_with_every_seed(module):
    for seed in range(25):
        assert judged(module.exercise, module.exercise.solution, seed).state == "passed"


def test_layers_that_share_draws_are_found_when_they_are_transposed():
    def answer(layer_dims, rng):
        draws = rng.standard_normal(10**5)
        params = zeros(layer_dims)
        for layer, n_in in enumerate(layer_dims[:-1], start=1):
            n_out = layer_dims[layer]
            W = draws[: n_in * n_out].reshape(n_in, n_out).T
            params[f"W{layer}"] = W * np.sqrt(2 / n_in)
        return params

    assert judged(initialize_he.exercise, answer).mistake == "shared_draws"


@pytest.mark.parametrize("layers", [(2,), (2, 3)])
def test_a_layer_with_a_seed_of_its_own_is_named(layers):
    def answer(layer_dims, rng):
        params = he(layer_dims, rng)
        for layer in layers:
            own = he(layer_dims, np.random.default_rng(layer))
            params[f"W{layer}"] = own[f"W{layer}"]
        return params

    found = judged(initialize_he.exercise, answer)
    assert found.mistake == "own_seed" and f"in W{layers[0]}" in found.message


@pytest.mark.parametrize("start", ["text", np.array("text"), {"W1": 1}, [np.nan] * 6, np.nan])
def test_a_start_of_another_kind_is_a_failure_not_a_fault(start):
    def answer(layer_dims, rng):
        return {key: start for key in zeros(layer_dims)}

    assert judged(initialize_he.exercise, answer).state == "failed"


def test_nan_in_one_layer_and_another_kind_in_the_next_is_a_failure():
    def answer(layer_dims, rng):
        params = he(layer_dims, rng)
        params["W1"][0, 0] = np.nan
        return {**params, "b2": "zero"}

    assert "b2" in judged(initialize_he.exercise, answer).message


def test_starts_that_are_truth_values_are_refused():
    def answer(layer_dims, rng):
        return {name: array > 0 for name, array in he(layer_dims, rng).items()}

    assert "got booleans" in judged(initialize_he.exercise, answer).message


def test_zeros_that_are_truth_values_are_refused():
    def answer(layer_dims):
        return {name: array.astype(bool) for name, array in zeros(layer_dims).items()}

    message = judged(initialize_zeros.exercise, answer).message
    assert "expected numbers at ['W1'], got booleans" in message


def test_zeros_for_some_layers_only_are_refused():
    found = judged(initialize_zeros.exercise, lambda dims: zeros(dims[:6]))
    assert found.state == "failed"
