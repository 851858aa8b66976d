# %% [markdown]
# # Assignment 1: initialization scales
#
# **What you will do.** Write fourteen small functions: four starts for the weights of a network,
# the network itself with its cost, its gradients and its step, five instruments that tell you
# what a start has done, and a plot that does not exaggerate.
#
# **What you will learn.** How large random weights should be, and why the number of inputs of a
# layer decides it; how to compute a cost that never overflows; how to tell apart the several
# reasons for which a network "does not learn".
#
# **What you need.** NumPy, a little Matplotlib, and lesson 01, *Initialization scales*; the runs
# that this text mentions are there. About 2 hours, {{points}} points.
#
# **One notation.** Columns are examples: the input `X` is $(n_0, m)$, with $n_0$ features and $m$
# examples. `layer_dims` is $[n_0, n_1, \dots, n_L]$, the sizes of the input and of the $L$ layers.
# Layer $l$ has weights `W_l` of shape $(n_l, n_{l-1})$ and a bias `b_l` of shape $(n_l, 1)$. All of
# them are in one dict, the *parameters*, under the keys `"W1"`, `"b1"`, ..., `"WL"`, `"bL"`. A
# gradient has the name of its parameter with a `d` in front: `"dW1"`. "Scale" means the standard
# deviation of the weights. Costs are in nats, that is, with the natural logarithm.

# %% [markdown]
# ## How the checks work
#
# - Run the cells from top to bottom. Below each exercise is a cell with `check(...)`. It shows a
#   **green line** if your function does what it should, or a **red box** with what was expected,
#   what came, and, where it can tell, the mistake that gives exactly that.
# - Write your code where it says `# YOUR CODE HERE`, and delete the `raise` line. Keep the
#   functions' names and arguments. A function returns its result; printing is not enough.
# - Cells of your own are welcome anywhere: to try things, or for helper functions.
# - Your work is graded with Python's own library, NumPy and Matplotlib; no other package (such as
#   SciPy or pandas) is installed there.
# - When your work is graded, other inputs of the same kind are used as well. A function that does
#   what its docstring says passes them too.
# - A function does not change the dicts, lists and arrays that are passed in.
# - Where something is random, draw from the `rng` that is passed in, and from nothing else. It is a
#   `numpy.random.Generator` or a `RandomState`; `rng.standard_normal` and `rng.normal` work with
#   both. In which order you draw is up to you: the checks judge how the numbers are distributed,
#   never the exact numbers.
# - The last cell shows the points you have reached so far. The two written questions at the
#   end are graded by a person.

# %%
import matplotlib.pyplot as plt
import numpy as np
from checks import check, points

# %% [markdown]
# ## 1. All zeros
#
# The simplest start, and the one to compare the others with. Lesson 01, run 24, *the gradients of a
# start at zero*, shows what becomes of it: with ReLU layers, only the last bias ever moves.
#
# For $l = 1, \dots, L$ the dict holds `W_l` of shape $(n_l, n_{l-1})$, one row for each unit and
# one column for each of its inputs, and `b_l` of shape $(n_l, 1)$, a column. Mind that
# `layer_dims` has $L + 1$ entries and that there is no `W0`. There may be ten layers and more.

# %% solution="initialize_zeros"
def initialize_zeros(layer_dims):
    """Return a start with all weights and biases zero.

    Parameters
    ----------
    layer_dims : list of int
        n_0, n_1, ..., n_L.

    Returns
    -------
    dict
        "W1", "b1", ..., "WL", "bL"; W_l is an (n_l, n_{l-1}) ndarray, b_l an (n_l, 1) ndarray.
    """
    ### BEGIN SOLUTION
    parameters = {}
    for layer in range(1, len(layer_dims)):
        parameters["W" + str(layer)] = np.zeros((layer_dims[layer], layer_dims[layer - 1]))
        parameters["b" + str(layer)] = np.zeros((layer_dims[layer], 1))
    return parameters
    ### END SOLUTION

# %%
circles_dims = [2, 10, 5, 1]
cat_dims = [12288, 20, 7, 5, 1]

# %% test="initialize_zeros"
check("initialize_zeros", initialize_zeros)

# %% [markdown]
# ## 2. One scale for all layers
#
# Random weights make the units of a layer different from each other. This is the start of the
# forum's question, with the scales 0.01, 0.1, 1 and 10:
#
# $$ W_l \sim \mathcal N(0, \text{scale}^2), \qquad b_l = 0 $$
#
# `scale` is the standard deviation, the same for all layers. Shapes are as in exercise 1. All
# draws come from the one `rng`, so that every layer, every row and every column gets new numbers,
# also in a layer of a single unit. A generator that is made inside the function would return the
# same start on every call. The draws are used as they come: nothing is cut off, drawn again or
# standardized afterwards. `scale` may be a whole number.

# %% solution="initialize_scaled"
def initialize_scaled(layer_dims, scale, rng):
    """Return a start with normal weights of one scale and zero biases.

    Parameters
    ----------
    layer_dims : list of int
        n_0, n_1, ..., n_L.
    scale : float
        Standard deviation of all weights.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    dict
        "W1", "b1", ..., "WL", "bL"; W_l is an (n_l, n_{l-1}) ndarray, b_l an (n_l, 1) ndarray.
    """
    ### BEGIN SOLUTION
    parameters = initialize_zeros(layer_dims)
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        parameters["W" + str(layer)] = scale * rng.standard_normal((n_out, n_in))
    return parameters
    ### END SOLUTION

# %%
rng = np.random.default_rng(1)
forum_rng = np.random.RandomState(3)
forum_scales = [0.01, 0.1, 1.0, 10.0]

# %% test="initialize_scaled"
check("initialize_scaled", initialize_scaled)

# %% [markdown]
# ## 3. Xavier: a scale for each layer
#
# A unit adds up $n_{l-1}$ terms, so its sum spreads as $\sqrt{n_{l-1}}$ times the scale. To keep
# the spread, give each layer its own **variance**, one over the number of its inputs (its
# fan-in):
#
# $$ W_l \sim \mathcal N\!\left(0, \frac{1}{n_{l-1}}\right), \qquad b_l = 0 $$
#
# This is the fan-in form that the accepted answer in the lesson shows. The form in Glorot and
# Bengio's paper, $2/(n_{l-1} + n_l)$, weighs forward and backward pass against each other; it is
# not used here.
#
# Two things to watch: a variance is not a standard deviation; and fan-in and fan-out are different
# numbers (20 inputs, 7 outputs), which a square layer hides.

# %% solution="initialize_xavier"
def initialize_xavier(layer_dims, rng):
    """Return a start with normal weights of variance one over the fan-in, and zero biases.

    Parameters
    ----------
    layer_dims : list of int
        n_0, n_1, ..., n_L.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    dict
        "W1", "b1", ..., "WL", "bL"; W_l is an (n_l, n_{l-1}) ndarray, b_l an (n_l, 1) ndarray.
    """
    ### BEGIN SOLUTION
    parameters = initialize_zeros(layer_dims)
    for layer in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[layer], layer_dims[layer - 1]
        parameters["W" + str(layer)] = rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)
    return parameters
    ### END SOLUTION

# %%
narrow_then_wide = [50, 400, 30, 1]

# %% test="initialize_xavier"
check("initialize_xavier", initialize_xavier)

# %% [markdown]
# ## 4. He: a scale for ReLU
#
# ReLU drops the negative half of its input, and with it half of the mean square. With three layers
# nobody notices; with thirty the signal is gone (lesson 01, run 15, *thirty layers*). The remedy of
# He et al. (2015, eq. 10) is twice the variance:
#
# $$ W_l \sim \mathcal N\!\left(0, \frac{2}{n_{l-1}}\right), \qquad b_l = 0 $$
#
# On the circles the final training accuracy cannot tell a standard deviation of $\sqrt{2/n}$ from
# one of $2/n$: it is 0.9933 either way. So check the spread of your weights, not the accuracy.

# %% solution="initialize_he"
def initialize_he(layer_dims, rng):
    """Return a start with normal weights of variance two over the fan-in, and zero biases.

    Parameters
    ----------
    layer_dims : list of int
        n_0, n_1, ..., n_L.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    dict
        "W1", "b1", ..., "WL", "bL"; W_l is an (n_l, n_{l-1}) ndarray, b_l an (n_l, 1) ndarray.
    """
    ### BEGIN SOLUTION
    parameters = {}
    for layer in range(1, len(layer_dims)):
        size = (layer_dims[layer], layer_dims[layer - 1])
        spread = (2 / layer_dims[layer - 1]) ** 0.5
        parameters["W" + str(layer)] = rng.normal(0.0, spread, size)
        parameters["b" + str(layer)] = np.zeros((layer_dims[layer], 1))
    return parameters
    ### END SOLUTION

# %%
deep_dims = [256] * 30 + [1]

# %% test="initialize_he"
check("initialize_he", initialize_he)

# %% [markdown]
# ## 5. The forward pass
#
# What a start does to a signal shows in the outputs of all layers, so keep all of them:
#
# $$ A_0 = X, \qquad Z_l = W_l A_{l-1} + b_l, \qquad A_l = \max(Z_l, 0) \quad (l < L) $$
#
# Return the list $[A_0, A_1, \dots, A_{L-1}, Z_L]$ with $L + 1$ entries; `A_l` is $(n_l, m)$. The
# last entry is $Z_L$ itself, the **logits**: no ReLU and no sigmoid, because the cost of the next
# exercise is computed from the logits. A network with $L = 1$ has no hidden layer and returns
# $[X, Z_1]$.
#
# The number of layers follows from `params`. Take the layers in the order of their numbers: with
# ten layers and more, sorting the keys as text puts `"W10"` before `"W2"`. There may be a single
# example, and inputs as small as $10^{-10}$ or as large as a billion: nothing but what is below 0
# becomes 0, and nothing is limited.

# %% solution="forward"
def forward(X, params):
    """Return the outputs of all layers, the input first and the logits last.

    Parameters
    ----------
    X : (n_0, m) ndarray
    params : dict
        "W1", "b1", ..., "WL", "bL"; W_l is (n_l, n_{l-1}), b_l is (n_l, 1).

    Returns
    -------
    list
        A_0, ..., A_{L-1}, Z_L: (n_l, m) ndarrays, L + 1 of them.
    """
    ### BEGIN SOLUTION
    L = len(params) // 2
    A = X
    outputs = [A]
    for layer in range(1, L):
        A = np.maximum(0.0, np.dot(params["W" + str(layer)], A) + params["b" + str(layer)])
        outputs.append(A)
    outputs.append(np.dot(params["W" + str(L)], A) + params["b" + str(L)])
    return outputs
    ### END SOLUTION

# %%
small_net = {
    "W1": np.array([[1.0, -1.0], [0.5, 0.5], [-1.0, 0.0]]), "b1": np.array([[0.0], [0.1], [0.2]]),
    "W2": np.array([[1.0, -2.0, 3.0]]), "b2": np.array([[-0.5]]),
}
small_inputs = np.array([[1.0, -1.0, 2.0, 0.5], [0.0, 1.0, 1.0, -2.0]])

# %% test="forward"
check("forward", forward)

# %% [markdown]
# ## 6. A cost that never overflows
#
# With $p = \sigma(z) = 1/(1 + e^{-z})$ an example costs $-\log p$ if its label is 1 and
# $-\log(1 - p)$ if it is 0. The cost is the **mean** over the $m$ examples:
#
# $$ J = -\frac1m \sum_{j=1}^{m}
#    \Big( y_j \log \sigma(z_j) + (1 - y_j) \log(1 - \sigma(z_j)) \Big) $$
#
# `logits` and `y` are $(1, m)$, `y` holds 0 and 1, the result is one number. A logit of 0 costs
# $\log 2 = 0.693$, whatever the label.
#
# Typed in as it is, the formula fails: $\sigma(40)$ rounds to 1, and $\log(1 - 1)$ is minus
# infinity. That is where the `inf` of the forum's scale 10 comes from (lesson 01, run 3, *the cost
# that the assignment prints as `inf`*). Adding `1e-8` inside the logarithm hides the `inf` and caps
# the cost of an example at 18.4 nats. Your function must be exact to $10^{-12}$ for any finite
# logits, without an overflow: an example of label 0 with logit 1000 costs 1000 nats, one with a
# logit of a million a million. So take the logarithm of the sigmoid on paper first.

# %% solution="binary_cross_entropy"
def binary_cross_entropy(logits, y):
    """Return the mean cross-entropy of the sigmoid of the logits, in nats.

    Parameters
    ----------
    logits : (1, m) ndarray
        Any finite numbers.
    y : (1, m) ndarray
        Labels, 0 or 1.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    # label 1 costs log(1 + exp(-z)), label 0 costs log(1 + exp(z)); 1 is exp(0)
    signed = np.where(y == 1, -logits, logits)   # (1, m)
    return np.logaddexp(0.0, signed).sum() / logits.shape[1]
    ### END SOLUTION

# %%
sure_logits = np.array([[1000.0, -1000.0, 40.0, 0.0]])
sure_labels = np.array([[1, 0, 0, 1]])

# %% test="binary_cross_entropy"
check("binary_cross_entropy", binary_cross_entropy)

# %% [markdown]
# ## 7. The gradients
#
# How fast a layer moves at the start is decided by its gradient, and what makes a gradient small is
# not what the forum thought (lesson 01, run 26, *what is small at scale 0.01*). From the top down:
#
# $$ dZ_L = \frac1m \big( \sigma(Z_L) - y \big), \qquad
#    dW_l = dZ_l\, A_{l-1}^T, \qquad db_l = \sum_{\text{examples}} dZ_l $$
#
# $$ dZ_{l-1} = \big( W_l^T dZ_l \big) \cdot [A_{l-1} > 0] \quad \text{entry by entry} $$
#
# The bracket is the slope of ReLU: 1 where the unit is on, 0 where its output is 0. `activations`
# is the list that `forward` returns, `y` is $(1, m)$. Return a dict with `"dW1"`, `"db1"`, ...,
# each in the shape of its parameter; `db_l` is $(n_l, 1)$, a column. Inputs, weights and logits may
# be in the thousands or millions, and no gradient is limited; activations as small as $10^{-10}$
# are on, there may be a single example, and ten layers and more.

# %% solution="backward"
def backward(y, activations, params):
    """Return the gradients of binary_cross_entropy with respect to all parameters.

    Parameters
    ----------
    y : (1, m) ndarray
        Labels, 0 or 1.
    activations : list
        A_0, ..., A_{L-1}, Z_L, as forward returns them; A_l is (n_l, m).
    params : dict
        "W1", "b1", ..., "WL", "bL"; W_l is (n_l, n_{l-1}), b_l is (n_l, 1).

    Returns
    -------
    dict
        "dW1", "db1", ..., "dWL", "dbL", in the shapes of the parameters.
    """
    ### BEGIN SOLUTION
    m = y.shape[1]
    L = len(activations) - 1
    gradients = {}
    # sigmoid(z) = exp(-log(1 + exp(-z))), which cannot overflow
    delta = np.exp(-np.logaddexp(0.0, -activations[L])) - y   # (1, m)
    for layer in range(L, 0, -1):
        A_below = activations[layer - 1]                          # (n_{layer-1}, m)
        gradients["dW" + str(layer)] = np.dot(delta, A_below.T) / m
        gradients["db" + str(layer)] = delta.mean(axis=1).reshape(-1, 1)
        delta = np.dot(params["W" + str(layer)].T, delta) * np.where(A_below > 0, 1.0, 0.0)
    return gradients
    ### END SOLUTION

# %%
small_y = np.array([[1, 0, 1, 0]])
small_activations = [
    small_inputs,
    np.array([[1.0, 0.0, 1.0, 2.5], [0.6, 0.1, 1.6, 0.0], [0.0, 1.2, 0.0, 0.0]]),
    np.array([[-0.7, 2.9, -2.7, 2.0]]),
]

# %% test="backward"
check("backward", backward)

# %% [markdown]
# ## 8. One step downhill
#
# The step is short, but a mistake here spoils every comparison of starts: if it changes the arrays
# that are passed in, the second run begins where the first one ended.
#
# $$ W_l \leftarrow W_l - \alpha\, dW_l, \qquad b_l \leftarrow b_l - \alpha\, db_l $$
#
# `learning_rate` is $\alpha$. Return a **new** dict with new arrays, under the same keys and in
# the same shapes as `params`, also when $\alpha$ or a gradient is 0. There may be ten layers and
# more. The two dicts that are passed in, and the arrays inside them, must not change.
# `dict(params)` or `params.copy()` makes a new dict that still holds the *same* arrays, so an
# in-place `-=` on them reaches the caller.

# %% solution="update"
def update(params, grads, learning_rate):
    """Return the parameters after one step of gradient descent.

    Parameters
    ----------
    params : dict
        "W1", "b1", ..., "WL", "bL".
    grads : dict
        "dW1", "db1", ..., "dWL", "dbL", in the same shapes.
    learning_rate : float

    Returns
    -------
    dict
        New arrays under the keys of params.
    """
    ### BEGIN SOLUTION
    stepped = {}
    for key in params:
        stepped[key] = params[key] - learning_rate * grads["d" + key]
    return stepped
    ### END SOLUTION

# %%
small_grads = {"d" + key: np.ones_like(array) for key, array in small_net.items()}

# %% test="update"
check("update", update)

# %% [markdown]
# ## 9. What the layers put out
#
# Before you train a net, look at its hidden layers: three numbers for each are enough to see a
# signal that dies, one that explodes, and units that are never on. For every hidden layer, over
# all its units and examples together:
#
# 1. the mean of $A_l$,
# 2. its standard deviation (dividing by the number of entries, NumPy's `ddof=0`),
# 3. the share of entries that are exactly 0. Just after a random start it is about one half.
#
# `activations` is what `forward` returns. The input $A_0$ and the logits $Z_L$ are not hidden
# layers. The result is an $(L-1, 3)$ array, a row for each hidden layer, the columns in the order
# above. A layer may have one unit, and there may be one example. Activations of $10^{-10}$ are not
# 0. Without hidden layers the result has shape $(0, 3)$.

# %% solution="activation_summary"
def activation_summary(activations):
    """Return mean, standard deviation and share of zeros of every hidden layer.

    Parameters
    ----------
    activations : list
        A_0, ..., A_{L-1}, Z_L, as forward returns them; A_l is (n_l, m).

    Returns
    -------
    (L - 1, 3) ndarray
        A row for each hidden layer.
    """
    ### BEGIN SOLUTION
    hidden = activations[1:len(activations) - 1]
    summary = np.zeros((len(hidden), 3))
    for i, A in enumerate(hidden):
        summary[i, 0] = A.mean()
        summary[i, 1] = A.std()
        summary[i, 2] = (A.size - np.count_nonzero(A)) / A.size
    return summary
    ### END SOLUTION

# %%
two_hidden_layers = [
    np.array([[1.0, 2.0], [3.0, 4.0]]),
    np.array([[0.0, 1.0], [2.0, 0.0], [0.0, 0.0]]),
    np.array([[0.5, 0.5]]),
    np.array([[-1.0, 3.0]]),
]

# %% test="activation_summary"
check("activation_summary", activation_summary)

# %% [markdown]
# ## 10. Are the units different?
#
# Two units with the same weights compute the same thing, get the same gradient and stay the same
# forever. A layer of ten equal units is a layer of one (lesson 01, run 25, *all weights equal*).
# Count how many **different rows** `W` has; a row is a unit.
#
# `W` is $(n_l, n_{l-1})$, the result a whole number from 1 to $n_l$. Two rows are the same if all
# their entries are exactly equal, to the last digit; equal rows need not be neighbours, and rows
# with the same sum can still be different.

# %% solution="distinct_units"
def distinct_units(W):
    """Return how many different rows a weight matrix has.

    Parameters
    ----------
    W : (n_l, n_{l-1}) ndarray
        One row for each unit.

    Returns
    -------
    int
    """
    ### BEGIN SOLUTION
    seen = []
    for row in W.tolist():
        if row not in seen:
            seen.append(row)
    return len(seen)
    ### END SOLUTION

# %%
three_units_two_kinds = np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 2.0]])

# %% test="distinct_units"
check("distinct_units", distinct_units)

# %% [markdown]
# ## 11. The fan-in audit
#
# Is 0.01 a small scale? For a layer of 12288 inputs it is about right, for a layer of 5 it is 45
# times too small (lesson 01, run 20, *the audit*). Independent weights of standard deviation
# `scale` multiply the spread of the layer's input by
#
# $$ \text{scale} \cdot \sqrt{n_{l-1}}, \qquad l = 1, \dots, L . $$
#
# A factor of 1 would keep the spread. Return an $(L,)$ array of these factors, one for each layer
# of weights, the output layer included. The last entry of `layer_dims` is the fan-in of no layer.
# `scale` may be very small, and a whole number.

# %% solution="fan_in_audit"
def fan_in_audit(layer_dims, scale):
    """Return how much each layer of weights stretches the spread of its input.

    Parameters
    ----------
    layer_dims : list of int
        n_0, n_1, ..., n_L.
    scale : float
        Standard deviation of the weights in all layers.

    Returns
    -------
    (L,) ndarray
    """
    ### BEGIN SOLUTION
    factors = []
    for fan_in in layer_dims[:-1]:
        factors.append(scale * fan_in**0.5)
    return np.array(factors)
    ### END SOLUTION

# %%
audit_dims = [12288, 20, 7, 5, 1]
audit_scale = 0.01

# %% test="fan_in_audit"
check("fan_in_audit", fan_in_audit)

# %% [markdown]
# ## 12. Counting NaN
#
# In the second question of the lesson a single character, `**` in place of `*`, turned half of
# the weights into NaN ("not a number"). Nothing complained: NumPy goes on computing, `nan > 0.5` is
# False, and the net answers "no cat" every time. So count.
#
# Return an $(L,)$ array: for each `W_l` the share of its entries that are NaN, between 0 and 1, in
# the order $l = 1, \dots, L$. The biases are not counted. Remember `"W10"` and `"W2"`: the order is
# that of the numbers, also with ten layers and more. Note also that NaN is not equal to anything,
# itself included.

# %% solution="nan_fraction"
def nan_fraction(params):
    """Return the share of NaN entries in each weight matrix.

    Parameters
    ----------
    params : dict
        "W1", "b1", ..., "WL", "bL", with keys in any order.

    Returns
    -------
    (L,) ndarray
        In the order of the layers' numbers.
    """
    ### BEGIN SOLUTION
    shares = []
    layer = 1
    while "W" + str(layer) in params:
        W = params["W" + str(layer)]
        shares.append(np.isnan(W).sum() / W.size)
        layer += 1
    return np.array(shares)
    ### END SOLUTION

# %%
nan_net = {
    "W1": np.array([[np.nan, 1.0], [1.0, np.nan]]), "b1": np.zeros((2, 1)),
    "W2": np.array([[1.0, np.nan]]), "b2": np.zeros((1, 1)),
}

# %% test="nan_fraction"
check("nan_fraction", nan_fraction)

# %% [markdown]
# ## 13. The accuracy of knowing nothing
#
# "34 % correct" sounds like a broken net, and is the exact accuracy of always answering "no cat" on
# that test set. Whoever reports an accuracy should know this number first.
#
# Find the more common label of `y_train`, answer it for every example of `y_test`, and return the
# share that is right. If `y_train` has as many ones as zeros, the answer is **0**. Note which array
# decides the answer and which one it is judged on; their balances can differ, and the result can be
# below one half. One label more decides, and a set may hold a single label.
#
# Both arrays hold 0 and 1 and have shape $(m,)$ or $(1, m)$, each with an $m$ of its own.

# %% solution="constant_classifier_accuracy"
def constant_classifier_accuracy(y_train, y_test):
    """Return the test accuracy of always answering the more common training label.

    Parameters
    ----------
    y_train : (m,) or (1, m) ndarray
        Labels, 0 or 1. On a tie the answer is 0.
    y_test : (m,) or (1, m) ndarray
        Labels, 0 or 1.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    n_ones = np.count_nonzero(y_train)
    n_zeros = np.size(y_train) - n_ones
    share_of_ones = np.count_nonzero(y_test) / np.size(y_test)
    if n_ones > n_zeros:
        return share_of_ones
    return 1 - share_of_ones
    ### END SOLUTION

# %%
cats_in_training = np.array([[0] * 137 + [1] * 72])
cats_in_test = np.array([[1] * 33 + [0] * 17])

# %% test="constant_classifier_accuracy"
check("constant_classifier_accuracy", constant_classifier_accuracy)

# %% [markdown]
# ## 14. An honest cost curve
#
# The cell below draws a cost that falls by less than a ten-millionth of a nat, on Matplotlib's own
# axis. It looks like a success. Write the plot that does not (lesson 01, section 2):
#
# - one curve that can be seen, that of the costs; a horizontal line for comparison is allowed;
# - x is the iteration: entry $i$ of `costs` is drawn at $i \cdot$ `every`, from 0 on. The axis is
#   linear and shows all of them;
# - the y axis is linear too and goes from 0 to the largest **finite** cost or a little higher, at
#   most to about three times as much: above, the curve lies flat at the bottom. That holds for
#   costs of a hundredth as well as for costs of millions;
# - no offset text at the end of an axis, be it `1e-8+6.931473e-1` or a factor like `1e7`, on y as
#   on x, where iterations may be counted in millions. `ax.ticklabel_format` can switch both off;
# - both axes have numbers at their ticks, and they are the costs and the iterations themselves;
# - both axes have labels, that of y with the unit of the cost: nats.
#
# `costs` is a list or an array of shape $(n,)$. Some of them may be `inf` or `nan`, as at scale 10
# in the forum: the others are still drawn, each at its own iteration. If none is finite, there is
# no curve, and any y axis from 0 will do. Draw on the `ax` that is passed in and return it; no new
# figure, no `plt.show()`.

# %% solution="plot_cost"
def plot_cost(costs, ax, every=1):
    """Draw a cost curve on an axis that starts at 0.

    Parameters
    ----------
    costs : (n,) ndarray or list of float
        In nats; some may be inf or nan.
    ax : matplotlib.axes.Axes
        Where to draw.
    every : int, optional
        How many iterations lie between two costs.

    Returns
    -------
    matplotlib.axes.Axes
        The same ax.
    """
    ### BEGIN SOLUTION
    iterations = [every * i for i in range(len(costs))]
    ax.plot(iterations, costs)
    highest = max([cost for cost in costs if np.isfinite(cost)], default=0)
    ax.set_ylim(bottom=0, top=highest * 1.1 if highest > 0 else 1)
    for axis in (ax.xaxis, ax.yaxis):
        axis.get_major_formatter().set_useOffset(False)
        axis.get_major_formatter().set_scientific(False)
    ax.set(xlabel="iteration", ylabel="cost in nats")
    return ax
    ### END SOLUTION

# %%
flat_costs = np.log(2) - 5e-8 * np.linspace(0, 1, 15)
costs_of_scale_10 = [np.inf, 0.8, 0.5, 0.4]
figure, ax = plt.subplots(figsize=(4, 2.5))
ax.plot(1000 * np.arange(15), flat_costs)
plt.show()

# %% test="plot_cost"
check("plot_cost", plot_cost)

# %% [markdown]
# ## 15. In your own words: six starts, one accuracy
#
# In lesson 01, run 21, *six suspects*, the net 12288-20-7-5-1 is trained from six starts: `randn **
# 0.001`, zeros, all weights 0.01, `randn * 0.001`, `randn * 0.01` and `randn * 1`. All six print
# the same two accuracies, 0.6555 on the 209 training pictures (72 of them cats) and 0.34 on the 50
# test pictures (33 of them cats). Why, and how would you tell them apart? Then suppose that you had
# other pictures, 300 for training with 90 cats and 80 for testing with 44 cats: which two
# accuracies would the start at zero print there, and at which cost would it come to rest? About
# eight sentences.
#
# **What we look for** (3 points)
# - 1 point: why six different nets print the same two numbers, the net of NaN among them.
# - 1 point: which other numbers tell the starts apart, and what each of them shows. Name at least
#   four of the six starts.
# - 1 point: the two accuracies and the cost for the other pictures, by a calculation.

# %% [markdown] written="same_accuracy" points=3
# ### BEGIN SOLUTION
# **Model answer.** All six nets answer "no cat" to every picture, and an accuracy only counts on
# which side of 1/2 an output lies. Most training pictures show no cat, so the last bias (or what
# else can still move) pushes every output below 1/2; then 137/209 = 0.6555 and 17/50 = 0.34 are
# right. The outputs of the NaN net are NaN, `nan > 0.5` is False, and False counts as "no cat".
#
# What tells them apart: the **share of NaN** (about half of the first weights and a cost of NaN
# for `** 0.001`, 0 for the others). The **spread of the layers** at the start (exactly 0 in every
# layer for zeros; small and falling from layer to layer for `* 0.001` and `* 0.01`, 0.03 and 0.3
# in the first layer; from 32 to 264 and rising for `* 1`). The **number of different units** (1 in
# every layer for all 0.01 at its start, 20 in the first layer of the random ones). The **first
# cost** (0.6931 = log 2 for zeros and the two small ones, 0.699 for all 0.01, 660 for `* 1`). The
# last cost: 0.644, the entropy of 72 in 209, for those that learn only how common cats are.
#
# Other pictures: 210/300 = 0.70 in training, 36/80 = 0.45 in the test. The start at zero moves its
# last bias until it says 0.3 for every picture, and rests at the entropy of 90 in 300,
# -(0.3 log 0.3 + 0.7 log 0.7) = 0.611 nats.
#
# **Marking scheme.** Point 1: a constant answer, with 17/50 or the share of the more common
# training label (half); the comparison with NaN is False (half). "They are all stuck at the same
# minimum" earns nothing: the costs differ. Point 2: a quarter for each start that is told from
# all the others by a number that does tell it: NaN share or NaN cost; spread exactly 0; one
# distinct unit *together with* weights that are not zero, or the last cost 0.639; a first cost
# in the hundreds, or a rising spread, or a second layer of nearly all zeros at the end; spread in
# the first layer 0.03 against 0.3. The last cost alone does not separate zeros, `* 0.001` and
# `* 0.01`; no quarter for it. Point 3: half for both accuracies (0.45, not 0.55: the training
# labels choose the answer), half for 0.611. A cost of log 2 = 0.693 earns nothing: that is the
# cost at the start. 0.688, the entropy of 44 in 80, confuses the two sets and earns nothing either.
# ### END SOLUTION

# %% [markdown]
# ## 16. In your own words: do large weights converge faster?
#
# On the circles, scale 10 ends with accuracy 0.83 in the training set and 0.86 in the test set. An
# answer in the forum explains why the assignment uses it: "probably these weights converge faster
# to a good optima that is why!" Correct this answer, politely and with numbers from lesson 01 (run
# 1, *the first question's experiment*; run 9, *twenty seeds*). Then a friend objects: "I took
# another seed with scale 10 and got 0.94." What do you say to that, and which experiment would test
# the word *faster*? About eight sentences.
#
# **What we look for** (3 points)
# - 1 point: what a run with one seed can show about a scale, and what it cannot.
# - 1 point: what the twenty seeds show, with the numbers of scale 10 and of at least one other
#   scale, and what they leave open.
# - 1 point: the answer to the friend, and an experiment that measures speed.

# %% [markdown] written="large_weights" points=3
# ### BEGIN SOLUTION
# **Model answer.** One run shows that scale 10 *can* end at 0.83. It is one draw: it does not say
# how much of the 0.83 is due to the scale and how much to the seed, and the 0.01 it is set against
# had not begun to learn. Where the sentence does have a point: scale 10 moves at all, and 0.01
# waits on a plateau.
#
# Twenty seeds show the spread. With scale 10 the median accuracy is 0.73, from 0.55 to 0.94, and
# none of the twenty is above 0.95; with scale 1 the median is 0.985 and 18 of 20 are above 0.95,
# and with He's start 0.983 and 18 of 20. The forum's 0.83 was a good draw: 16 of the 20 seeds end
# below it. Nor is it faster in cost: with the forum's seed scale 10 starts at 1774 nats and is at
# 0.38 after 14,000 steps, when scale 1 and He are at 0.06 and 0.07. So among the starts that move
# it is the worst. What they leave open: other data, other nets, other rates, longer training; and
# twenty seeds say little about rare failures, of which He has two.
#
# To the friend: 0.94 fits in, it is about the best of the twenty. Picking the best seed after the
# fact says nothing of the next one, and it is still below the *median* of scale 1. To test
# "faster", count for each of twenty fresh seeds the steps until the training cost falls below a
# value fixed beforehand, say 0.4 nats, with the same data, rate and limit of steps for both
# scales, and compare the medians; runs that never get there count as "longer than the limit".
#
# **Marking scheme.** Point 1: one draw from a wide distribution (half); that a single run can show
# that something is possible, or that the fair comparison is with scale 1 and not with 0.01 (half).
# Point 2: median or count and range of scale 10 against those of another start that learns (three
# quarters; half without numbers), one honest limit (quarter). Do not take off for values read from
# the figure, to about 0.02. Point 3: the friend's seed is a selected draw inside the range of run
# 9, *twenty seeds* (half); an experiment that counts steps or compares costs at a fixed step, with
# several seeds for both scales (half). An experiment that compares final accuracies only does not
# measure speed: no half point. "Large weights are always bad" is wrong too, as scales 1 and 2 show;
# take off half a point if it is the main claim.
# ### END SOLUTION

# %% [markdown]
# ## Where you stand
#
# The next cell counts the checks that have passed since you started the notebook. Before you hand
# in: *Restart the kernel and run all cells*, so that nothing depends on a cell you have deleted.

# %%
points()
