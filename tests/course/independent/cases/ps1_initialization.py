"""Inputs on which the answers to ps1_initialization are compared with the reference."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course.ps1_initialization.forward import forward
from course.ps1_initialization.initialize_he import initialize_he

from .. import tools

rng = np.random.default_rng(12)
DIMS = [4, 3, 5, 1]
DEEP = [2] * 12 + [1]
PARAMS = initialize_he(DIMS, rng) | {f"b{i}": rng.standard_normal((DIMS[i], 1)) for i in (1, 2, 3)}
X = rng.standard_normal((4, 6))
Y = np.array([[1.0, 0.0, 0.0, 1.0, 1.0, 0.0]])
ACTIVATIONS = forward(X, PARAMS)
GRADS = {f"d{name}": rng.standard_normal(value.shape) for name, value in PARAMS.items()}
SIZES = [np.array([[1000.0, -1000.0, 40.0, 0.0]]), np.array([[1000.0, -1000.0, 0.0, 40.0]])]
SPREADS = [np.maximum(rng.standard_normal((n, 5)) - 0.3, 0) for n in (4, 3, 2)]
SPREADS[1][0, 0] = 1e-4
SPREADS[2] = rng.standard_normal((1, 5))
WITH_NAN = initialize_he(DEEP, rng)
WITH_NAN["W2"][0, 0] = np.nan
WITH_NAN["W11"][:] = np.nan
WITH_NAN["b3"][0] = np.nan
WITH_NAN["W4"][0, 1] = np.inf
REPEATED = np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 2.0], [1.001, 2.0], [4.0, 2.0], [2.0, 4.0]])
LONG = initialize_he([4] + [8] * 10 + [1], np.random.default_rng(3))
LONG_GRADS = {f"d{name}": rng.standard_normal(value.shape) for name, value in LONG.items()}
HUGE = {name: 100 * value for name, value in PARAMS.items()}
LABELS = [np.array([[0, 1, 0, 0, 1]]), np.array([[1, 1, 0, 1, 1, 0, 1]])]

CASES = {
    "initialize_zeros": [(DIMS,), ([2, 10, 5, 1],), ([7, 2],), (DEEP,)],
    "forward": [
        (X, PARAMS),
        (X, dict(reversed(PARAMS.items()))),
        (rng.standard_normal((2, 3)), initialize_he(DEEP, rng)),
        (np.array([[1.0, -1.0]]), {"W1": np.array([[1.0], [-1.0]]), "b1": np.zeros((2, 1))}),
        (X, HUGE),
        (1e-9 * X, {name: value * (name[0] == "W") for name, value in PARAMS.items()}),
    ],
    "binary_cross_entropy": [
        (ACTIVATIONS[-1], Y),
        (SIZES[0], np.array([[0.0, 1.0, 1.0, 0.0]])),
        (SIZES[1], np.array([[1.0, 0.0, 1.0, 1.0]])),
        (np.array([[1000.0]]), np.array([[1.0]])),
    ],
    "backward": [
        (Y, ACTIVATIONS, PARAMS),
        (Y, forward(X, LONG), LONG),
        (Y, forward(X, HUGE), HUGE),
    ],
    "update": [
        *[(PARAMS, GRADS, 0.1), (PARAMS, GRADS, 1.5), (LONG, LONG_GRADS, 0.5)],
        (PARAMS, {name: 100 * each for name, each in GRADS.items()}, 0.1),
    ],
    "activation_summary": [
        (ACTIVATIONS,),
        (SPREADS,),
        (SPREADS[::2],),
        ([1e-6 * A for A in SPREADS],),
    ],
    "distinct_units": [
        (REPEATED,),
        (np.ones((3, 4)),),
        (rng.standard_normal((5, 2)),),
        (REPEATED[[0, 1, 1, 4]],),
        (np.array([[1.0, 2.0], [1.0, 2.0 + 1e-9]]),),
        (np.array([[1.0, 2.0], [1.0, np.nextafter(2.0, 3.0)]]),),
        (np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 5.0]]),),
        (np.array([[3.0, 1.0], [1.0, 2.0]]),),
    ],
    "fan_in_audit": [([12288, 20, 7, 5, 1], 0.01), (DIMS, 1.0), (DIMS, 0.5), (DIMS, 2)],
    "nan_fraction": [(WITH_NAN,), (dict(reversed(WITH_NAN.items())),), (PARAMS,)],
    "constant_classifier_accuracy": [
        (LABELS[0], LABELS[1]),
        (LABELS[1], LABELS[0]),
        (np.array([[1, 0, 0, 1]]), LABELS[1]),
        (np.array([1, 1, 0]), np.array([1, 0, 0, 0])),
    ],
}
VIEWS = {}
TOLERANCES = {}


def draws(stds):
    """Return a check that layer l is drawn with standard deviation ``stds(n_in)``."""

    def check(answer, *extra):
        dims = [60, 200, 30, 7, 1]
        for generator in tools.generators(3):
            params = answer(dims, *extra, generator)
            assert isinstance(params, dict)
            assert set(params) == {f"{kind}{i}" for kind in "Wb" for i in (1, 2, 3, 4)}
            flat = []
            for i in (1, 2, 3, 4):
                W, b = params[f"W{i}"], params[f"b{i}"]
                assert W.shape == (dims[i], dims[i - 1]) and b.shape == (dims[i], 1)
                assert not b.any()
                tools.assert_normal(W, stds(dims[i - 1]))
                flat.append(W.ravel())
            for first, second in zip(flat, flat[1:], strict=False):
                n = min(first.size, second.size)
                together = np.corrcoef(first[:n], second[:n])[0, 1]
                assert n < 10 or abs(together) < tools.SIGMAS / np.sqrt(n)
        tools.assert_only_from_rng(lambda rng: answer([3, 4], *extra, rng)["W1"])
        # So many that one per cent shows, of so few inputs that one more shows.
        many = answer([5, 120_000], *extra, tools.generators(4)[0])["W1"] / stds(5)
        assert abs(np.mean(many**2) - 1) < tools.SIGMAS * np.sqrt(2 / many.size)

    return check


def draws_scaled(answer):
    draws(lambda n: 0.3)(answer, 0.3)


def plots(answer):
    nan, inf = np.nan, np.inf
    flat = 0.6931474 - 4.8e-8 * np.linspace(0, 1, 16)
    for costs, every in [
        (flat, 1000),
        ([2.0, 1.0, 0.5], 1),
        ([inf, 3.0, nan, 4.0, 0.1], 10),
        ([3e7, 2e7, 1e7], 10),
    ]:
        figure = Figure()
        FigureCanvasAgg(figure)
        ax = figure.add_subplot()
        assert answer(costs, ax, every) is ax
        figure.canvas.draw()
        x, y = np.array(ax.lines[0].get_data(), dtype=float)
        finite = np.isfinite(costs)
        expected = every * np.arange(len(costs))[finite]
        np.testing.assert_array_equal(x[np.isfinite(y)], expected)
        np.testing.assert_array_equal(y[np.isfinite(y)], np.array(costs)[finite])
        low, high = ax.get_ylim()
        assert low == 0 and high >= np.max(y[np.isfinite(y)]) and ax.get_yscale() == "linear"
        left, right = ax.get_xlim()
        assert left <= expected[0] and right >= expected[-1] and ax.get_xscale() == "linear"
        assert ax.get_xlabel() and "nat" in ax.get_ylabel()
        assert ax.lines[0].get_linestyle() != "None" or ax.lines[0].get_marker() != "None"
        numbers = [(tick.get_position()[1], tick.get_text()) for tick in ax.get_yticklabels()]
        assert len(numbers) > 1
        for at, text in numbers:
            assert abs(float(text.replace("\N{MINUS SIGN}", "-")) - at) <= 0.02 * high
        assert not ax.yaxis.get_offset_text().get_text()


DRAWS = {
    "initialize_scaled": draws_scaled,
    "initialize_xavier": draws(lambda n: (1 / n) ** 0.5),
    "initialize_he": draws(lambda n: (2 / n) ** 0.5),
    "plot_cost": plots,
}
