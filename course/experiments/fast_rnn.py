"""A fast path for training the character RNN one name at a time, in plain NumPy.

At 50 units the arithmetic of a step is cheaper than the calls to NumPy around it, so the aim is
few calls. All parameters are one matrix ``W`` whose rows are features and whose columns are what
a state leads to:

=================  ==============  ============
row of features    next z (n_a)    logits (n_y)
=================  ==============  ============
a_t (n_a)          Waa.T           Wya.T
1                  b.T             by.T
x_(t+1) (n_x)      Wax.T           0
none               0               0
=================  ==============  ============

Row t of every work array belongs to state a_t, t = 0, ..., T: ``[a_t, 1, x_(t+1)]`` times ``W`` is
``[z_(t+1), logits_t]``. The inputs are rows of W, looked up for the whole name at once; a step is
one product each way; softmax and all weight gradients are one operation over the name.
"""

from typing import NamedTuple

import numpy as np

SAFE_LOGIT = 700.0  # exp overflows at 709.8; below, no shift is needed


class Example(NamedTuple):
    """A name as positions in the work arrays of a `FastRNN`, made by its `prepare`."""

    n_steps: int
    rows: np.ndarray  # of W, for the input of each step and one more
    ones: np.ndarray  # flat positions of the ones in the one-hot part of the features
    targets: np.ndarray  # flat positions of the right answers among the logits


class Views(NamedTuple):
    """The parts of the work arrays that a name of some length uses; making them takes time."""

    forward: list  # of (features, out, z, next state), the first step first
    last: tuple  # (features, out) of the last state
    backward: list  # of (d_out, slope, dz), the last step first
    features: np.ndarray  # (T + 1, n_a + 1 + n_x)
    slopes: np.ndarray  # like features, of which the states' columns count
    out: np.ndarray  # (T + 1, n_a + n_y)
    d_out: np.ndarray
    logits: np.ndarray  # (T, n_y)
    d_logits: np.ndarray


class FastRNN:
    """Parameters and work space of a character RNN under gradient descent.

    Parameters
    ----------
    params : dict of ndarray
        ``{"Wax", "Waa", "Wya", "b", "by"}``; copied.
    learning_rate : float
    max_value : float, optional
        Limit of each entry of the gradients.

    Attributes
    ----------
    n_clipped : int
        Steps so far in which an entry was clipped.
    """

    def __init__(self, params, learning_rate, max_value=np.inf):
        (n_a, n_x), n_y = params["Wax"].shape, len(params["by"])
        self.n_a, self.n_y, self.n_clipped = n_a, n_y, 0
        self.learning_rate, self.limit = learning_rate, learning_rate * max_value
        self._none = n_a + 1 + n_x
        self._table = np.zeros((self._none + 1, n_a + n_y))
        self._W = self._table[: self._none]
        self._W[:, :n_a] = np.hstack([params["Waa"], params["b"], params["Wax"]]).T
        self._W[: n_a + 1, n_a:] = np.hstack([params["Wya"], params["by"]]).T
        self._dW = np.empty_like(self._W)
        self._no_weight = self._dW[n_a + 1 :, n_a:]  # inputs have no way to the logits
        self._forth, self._back = self._W[: n_a + 1].T.dot, self._W[:n_a].dot
        self._make_space(64)

    def _make_space(self, n_steps):
        """Make the work arrays for names of up to `n_steps` steps."""
        n_rows = n_steps + 1
        self._features = np.zeros((n_rows, self._none))
        self._features[:, self.n_a] = 1.0
        self._slopes = np.empty_like(self._features)
        self._out, self._d_out = np.zeros((2, n_rows, self.n_a + self.n_y))
        self._flat = [each.reshape(-1) for each in (self._features, self._out, self._d_out)]
        self._step, self._d_state = np.empty(self.n_a + self.n_y), np.empty(self.n_a)
        self._ones = np.ones(max(n_rows, self.n_y))
        self._views = {}

    def _view(self, n_steps):
        """Return the `Views` of a name with so many steps, made once."""
        if n_steps not in self._views:
            n_a, n_rows = self.n_a, n_steps + 1
            F, R, S, D = (
                each[:n_rows] for each in (self._features, self._out, self._slopes, self._d_out)
            )
            inputs = list(F[:, : n_a + 1])
            self._views[n_steps] = Views(
                list(zip(inputs, R, R[:, :n_a], F[1:, :n_a], strict=False)),
                (inputs[-1], R[-1]),
                list(zip(D[:0:-1], S[:0:-1, :n_a], D[-2::-1, :n_a], strict=True)),
                F,
                S,
                R,
                D,
                R[1:, n_a:],
                D[1:, n_a:],
            )
        return self._views[n_steps]

    def params(self):
        """Return a copy of the parameters in the course's layout."""
        n_a, W = self.n_a, self._W
        parts = {
            "Wax": W[n_a + 1 :, :n_a],
            "Waa": W[:n_a, :n_a],
            "Wya": W[:n_a, n_a:],
            "b": W[n_a : n_a + 1, :n_a],
            "by": W[n_a : n_a + 1, n_a:],
        }
        return {name: np.array(part.T, order="C") for name, part in parts.items()}

    def prepare(self, X, Y):
        """Return a name as `step` wants it.

        Parameters
        ----------
        X : list of int or None
            None stands for the zero vector, and only as the first input.
        Y : list of int

        Returns
        -------
        Example
        """
        n, width = len(Y), self.n_a + self.n_y
        if n >= len(self._out):
            self._make_space(2 * n)
        first = 1 if X[0] is None else 0
        rows = np.full(n + 1, self._none)
        rows[first:n] = np.array(X[first:], dtype=np.intp) + (self.n_a + 1)
        ones = np.arange(first, n) * self._none + rows[first:n]
        targets = np.arange(1, n + 1) * width + self.n_a + np.array(Y, dtype=np.intp)
        return Example(n, rows, ones, targets)

    def step(self, example, a0=0.0):
        """Take one step of gradient descent on one name.

        Parameters
        ----------
        example : Example
            From `prepare`.
        a0 : (n_a,) ndarray or float, optional
            State before the first character.

        Returns
        -------
        float
            Loss before the step, summed over the name, in nats.
        """
        n_steps, rows, ones, targets = example
        view = self._view(n_steps)
        view.features[0, : self.n_a] = a0
        self._flat[0][ones] = 1.0
        self._forward(view, rows)
        loss = self._softmax(view, targets)
        self._backward(view)
        np.dot(view.features.T, view.d_out, self._dW)
        self._flat[0][ones] = 0.0
        self._descend()
        return loss

    def state_after(self, example):
        """Return the state (n_a,) after the last character of the name just read."""
        return self._features[example.n_steps, : self.n_a].copy()

    def _forward(self, view, rows):
        """Fill in ``z`` and the logits of all the rows, and the states."""
        self._table.take(rows, 0, view.out, "clip")  # "raise" would copy
        add, tanh, forth, step = np.add, np.tanh, self._forth, self._step
        for features, out, z, a_next in view.forward:
            add(forth(features, step), out, out)
            tanh(z, a_next)
        features, out = view.last
        add(forth(features, step), out, out)

    def _softmax(self, view, targets):
        """Return the loss, and leave its gradient times the learning rate beside ``dz``."""
        _, out, d_out = self._flat
        logits, rate = view.logits, self.learning_rate
        if view.out.item(view.out.argmax()) > SAFE_LOGIT:
            logits -= logits.max(axis=1, keepdims=True)
        powers = np.exp(logits)
        totals = powers.dot(self._ones[: self.n_y])
        loss = self._ones[: len(logits)].dot(np.log(totals) - out[targets])
        np.multiply(powers, (rate / totals)[:, None], view.d_logits)
        d_out[targets] -= rate
        return loss

    def _backward(self, view):
        """Carry the gradient from the last state back to the first."""
        slopes = np.multiply(view.features, view.features, view.slopes)
        np.subtract(1.0, slopes, slopes)
        view.d_out[-1, : self.n_a] = 0.0
        multiply, back, d_state = np.multiply, self._back, self._d_state
        for d_row, slope, dz in view.backward:
            multiply(back(d_row, d_state), slope, dz)

    def _descend(self):
        """Clip the gradients where they need it and take the step."""
        self._no_weight[...] = 0.0
        flat = self._dW.reshape(-1)  # argmax and argmin are twice as fast as max and min
        if flat.item(flat.argmax()) > self.limit or flat.item(flat.argmin()) < -self.limit:
            np.clip(flat, -self.limit, self.limit, out=flat)
            self.n_clipped += 1
        np.subtract(self._W, self._dW, self._W)
