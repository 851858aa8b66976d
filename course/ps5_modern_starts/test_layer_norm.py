"""The reference forgets the scale of what it gets."""

import numpy as np

from .layer_norm import layer_norm

rng = np.random.default_rng(5)
Z, GAMMA, BETA = rng.normal(2, 3, (4, 6)), rng.uniform(0.5, 2, (4, 1)), rng.normal(0, 1, (4, 1))
INPUTS = [(Z, GAMMA, BETA), (Z[:, :1], GAMMA, BETA, 0.5), (np.full((4, 2), 3.0), GAMMA, BETA)]
INPUTS += [(1e-3 * Z, GAMMA, BETA)]


def test_columns_have_mean_zero_and_variance_one_whatever_the_scale():
    for scale in (1, 1000):
        out = layer_norm(scale * Z, np.ones((4, 1)), np.zeros((4, 1)), 0.0)
        np.testing.assert_allclose(out.mean(axis=0), 0, atol=1e-14)
        np.testing.assert_allclose(out.var(axis=0), 1, rtol=1e-12)


def test_gamma_and_beta_are_spread_and_mean_of_a_unit():
    plain = layer_norm(Z, np.ones((4, 1)), np.zeros((4, 1)))
    np.testing.assert_allclose((layer_norm(Z, GAMMA, BETA) - BETA) / GAMMA, plain, rtol=1e-12)
