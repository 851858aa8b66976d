"""The reference on a network that was computed by hand."""

import numpy as np

from .forward import forward

X = np.array([[1.0, -1.0, 2.0, 0.5], [0.0, 1.0, 1.0, -2.0]])
PARAMS = {
    "W2": np.array([[1.0, -2.0, 3.0]]),
    "b2": np.array([[-0.5]]),
    "W1": np.array([[1.0, -1.0], [0.5, 0.5], [-1.0, 0.0]]),
    "b1": np.array([[0.0], [0.1], [0.2]]),
}


def test_a_network_computed_by_hand():
    A_0, A_1, Z_2 = forward(X, PARAMS)
    assert A_0 is X
    hidden = [[1.0, 0.0, 1.0, 2.5], [0.6, 0.1, 1.6, 0.0], [0.0, 1.2, 0.0, 0.0]]
    np.testing.assert_allclose(A_1, hidden, atol=1e-15)
    np.testing.assert_allclose(Z_2, [[-0.7, 2.9, -2.7, 2.0]], rtol=1e-15)


def test_layer_10_comes_after_layer_2():
    params = {}
    for layer in (1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9):
        params[f"W{layer}"], params[f"b{layer}"] = np.eye(1), np.array([[float(layer)]])
    assert [A.item() for A in forward(np.zeros((1, 1)), params)] == [
        layer * (layer + 1) / 2 for layer in range(12)
    ]
