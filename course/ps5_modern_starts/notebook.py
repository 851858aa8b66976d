# %% [markdown]
# # Assignment 5: starts of deeper and wider networks
#
# **What you will do.** Write ten functions around the start of networks that are deeper, wider or
# run longer than those of the other assignments, and at the end one that looks at a network and
# says what is wrong with it.
#
# **What you will learn.** Why a second hidden layer makes a small start wait so much longer; what
# decides whether a gradient survives the way back through time; how a residual stream grows, and
# what a transformer does about it; what normalization makes of the scale; how large a step should
# be; how a start is carried over to a wider network.
#
# **What you need.** NumPy, assignments 1 and 4, and lesson 05, *Starts of deeper and wider
# networks*. About 100 minutes, {{points}} points.
#
# **One notation.** Columns are examples: the output of a layer is $(n, m)$, with $n$ units and $m$
# examples. A weight matrix is $(n_{out}, n_{in})$ and multiplies from the left. "Spread" is the
# standard deviation, `np.std`.

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
# - A function does not change the arrays that are passed in.
# - The last cell shows the points you have reached so far. The written question at the end is
#   graded by a person.

# %%
import numpy as np
from checks import check, points

# %% [markdown]
# ## 1. How long a small start waits
#
# Give every weight of a chain the same value $w$, one weight for each layer. With $L$ hidden
# layers the gradient of $w$ is a product of the $L$ other weights, so on the plateau $w$ grows
# about as
#
# $$ \frac{dw}{dt} = w^L . $$
#
# How long does it take from $w = s$ to $w = 1$? Separate the variables: the time is
# $\int_s^1 w^{-L}\, dw$. For $L = 1$ that is a logarithm, for $L > 1$ a power. This is why a scale
# of 0.01 that works with one hidden layer can look dead with two.
#
# `scale` is above 0 and at most 1; at 1 the time is 0. `n_hidden` is at least 1. The function
# returns one number, for the smallest scales too.

# %% solution="escape_time"
def escape_time(scale, n_hidden):
    """Return the time in which the solution of w' = w**n_hidden grows from `scale` to 1.

    Parameters
    ----------
    scale : float
        Above 0, at most 1.
    n_hidden : int
        At least 1.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    if n_hidden == 1:
        return float(np.log(1.0) - np.log(scale))
    exponent = 1 - n_hidden
    return (1.0 - scale**exponent) / exponent
    ### END SOLUTION

# %%
# One, two and three hidden layers, at a scale of 0.01: once your function is right, compare
# escape_time(0.01, 1), escape_time(0.01, 2) and escape_time(0.01, 3).

# %% test="escape_time"
check("escape_time", escape_time)

# %% [markdown]
# ## 2. The spectral radius
#
# A recurrent network multiplies its state by the same matrix $W$ at every step. What that does in
# the long run is decided by the eigenvalues: after many steps the part along an eigenvector has
# been multiplied by a power of its eigenvalue. The largest *absolute value* of an eigenvalue is
# called the spectral radius. Below 1 the past fades, above 1 it explodes.
#
# `W` is $(n, n)$ and need not be symmetric: eigenvalues may be negative or complex. The absolute
# value of $a + bi$ is $\sqrt{a^2 + b^2}$. `W` may be of zeros, large, or a single number.

# %% solution="spectral_radius"
def spectral_radius(W):
    """Return the largest absolute value of the eigenvalues of a matrix.

    Parameters
    ----------
    W : (n, n) ndarray

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    eigenvalues = np.linalg.eig(W)[0]
    return np.sqrt(eigenvalues.real**2 + eigenvalues.imag**2).max()
    ### END SOLUTION

# %%
quarter_turn = np.array([[0.0, -1.0], [1.0, 0.0]])

# %% test="spectral_radius"
check("spectral_radius", spectral_radius)

# %% [markdown]
# ## 3. An orthogonal matrix
#
# A matrix with perpendicular columns of length 1 keeps every length, forward and (transposed) on
# the way back: all its eigenvalues have size 1. It is a good start for a recurrent matrix. A random
# one comes out of a random matrix $A$ by taking its columns in turn: from each one subtract what
# lies along the columns before it, and bring the rest to length 1. That is the factor $Q$ of
# $A = QR$, where $R$ is upper triangular **with positive numbers on its diagonal**.
#
# `np.linalg.qr` may be used. It chooses signs of its own: some numbers on the diagonal of its $R$
# are negative. Then the column of $Q$ with that number has to be flipped; without that, the matrix
# is not evenly distributed.
#
# `A` is $(n, n)$ with independent columns, the result too; $n$ may be 1.

# %% solution="orthogonalize"
def orthogonalize(A):
    """Return the orthogonal factor of A = QR, with the diagonal of R positive.

    Parameters
    ----------
    A : (n, n) ndarray
        Its columns are linearly independent.

    Returns
    -------
    (n, n) ndarray
    """
    ### BEGIN SOLUTION
    Q, R = np.linalg.qr(A)
    Q = Q.copy()
    for j in range(len(A)):
        if R[j, j] < 0:
            Q[:, j] = -Q[:, j]
    return Q
    ### END SOLUTION

# %%
random_matrix = np.random.default_rng(0).standard_normal((4, 4))

# %% test="orthogonalize"
check("orthogonalize", orthogonalize)

# %% [markdown]
# ## 4. A gradient on its way back through time
#
# In a recurrent network $h_t = \tanh(W h_{t-1} + \dots)$. Let $g_t$ be the gradient of a loss with
# respect to $h_t$. By the chain rule
#
# $$ g_{t-1} = W^T \big( (1 - h_t^2) \odot g_t \big) , $$
#
# where $\odot$ multiplies unit by unit: first through the tanh, then through the matrix. `H` holds
# the states $h_1 \dots h_T$ as its rows, after the tanh, and `dh` is the gradient with respect to
# the last one.
#
# Return the lengths (`np.linalg.norm`) of the gradient, $T + 1$ numbers: entry 0 is the length of
# `dh`, entry $k$ the length after $k$ steps back. There may be one step or hundreds; each length is
# compared by its own size, however little or much is left of the gradient.

# %% solution="gradient_norms"
def gradient_norms(W, H, dh):
    """Return the lengths of a gradient that goes back through a tanh RNN.

    Parameters
    ----------
    W : (n, n) ndarray
    H : (T, n) ndarray
        The states, first step first.
    dh : (n,) ndarray
        The gradient with respect to the last state.

    Returns
    -------
    (T + 1,) ndarray
        Entry k is the length after k steps back; entry 0 that of `dh`.
    """
    ### BEGIN SOLUTION
    T = H.shape[0]
    lengths = np.zeros(T + 1)
    lengths[0] = np.sqrt(np.sum(dh**2))
    g = dh
    for k in range(T):
        slope = 1 - H[T - 1 - k] ** 2
        g = W.T @ (slope * g)
        lengths[k + 1] = np.sqrt(np.sum(g**2))
    return lengths
    ### END SOLUTION

# %%
small_states = np.zeros((10, 2))  # near 0 the slope of tanh is 1

# %% test="gradient_norms"
check("gradient_norms", gradient_norms)

# %% [markdown]
# ## 5. A residual stream
#
# A residual block adds to what it gets: $x \leftarrow x + a\, f(x)$. Let the branch $f$ be random
# and independent of $x$, and let it return $c$ (`branch_variance`) times the variance of what it
# reads. Variances of independent parts add, and a factor $a$ (`scale`) multiplies a variance by
# $a^2$.
#
# - If the branch reads the stream itself (`normalized` is `False`), what it adds grows with the
#   stream.
# - If the stream is brought to variance 1 before the branch reads it (`normalized` is `True`, as in
#   a pre-norm transformer), every block adds the same.
#
# The stream starts at variance 1. Return its variance before the first block and after each one:
# `n_blocks + 1` numbers, of which the first is 1. `n_blocks` may be 0, and `scale` 0 or negative;
# these edges count 1 of the 2 points.

# %% solution="residual_variance"
def residual_variance(n_blocks, branch_variance, scale, normalized):
    """Return the variance of a residual stream before the first block and after each.

    Parameters
    ----------
    n_blocks : int
    branch_variance : float
        Of a branch that reads a variance of 1.
    scale : float
        Factor of every branch.
    normalized : bool
        Whether a branch reads the stream brought to variance 1.

    Returns
    -------
    (n_blocks + 1,) ndarray
    """
    ### BEGIN SOLUTION
    variance = 1.0
    found = [variance]
    for _ in range(n_blocks):
        read = 1.0 if normalized else variance
        variance = variance + scale**2 * branch_variance * read
        found.append(variance)
    return np.array(found)
    ### END SOLUTION

# %% test="residual_variance"
check("residual_variance", residual_variance)

# %% [markdown]
# ## 6. The start of what writes into the stream
#
# A transformer has $N$ blocks (`n_blocks`) with two branches each, attention and the feed-forward
# part, and in each branch the last matrix writes into the stream. With a spread of `std` for all of
# them, the stream grows with $2N$ equal contributions. GPT-2 starts those matrices with a spread
# that makes the sum of all contributions as large as a single one would be at `std`: the variance
# of each is divided by their number.
#
# Return that spread. A block has `branches` branches, 2 if nothing else is said.

# %% solution="residual_std"
def residual_std(std, n_blocks, branches=2):
    """Return the standard deviation for the weights that write into the residual stream.

    Parameters
    ----------
    std : float
        For a single branch.
    n_blocks : int
    branches : int, optional
        Of each block.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    contributions = n_blocks * branches
    return std * np.sqrt(1 / contributions)
    ### END SOLUTION

# %% test="residual_std"
check("residual_std", residual_std)

# %% [markdown]
# ## 7. Layer normalization
#
# $$ y = \gamma \odot \frac{z - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta $$
#
# Mean $\mu$ and variance $\sigma^2$ are those of the units of *one example*, that is of one column
# of $z$; the variance is the mean of the squares, `np.var`. So the scale of the weights that made
# $z$ cancels. $\epsilon$ keeps a column of equal numbers from being divided by 0, and it stands
# inside the root.
#
# `z` is $(n, m)$, `gamma` and `beta` are columns $(n, 1)$, the result is $(n, m)$. There may be a
# single example, and `z` may lie far from 0.

# %% solution="layer_norm"
def layer_norm(z, gamma, beta, eps=1e-05):
    """Return each column brought to mean 0 and variance 1, then stretched and shifted.

    Parameters
    ----------
    z : (n, m) ndarray
    gamma, beta : (n, 1) ndarray
    eps : float, optional
        Added to the variance.

    Returns
    -------
    (n, m) ndarray
    """
    ### BEGIN SOLUTION
    centred = z - z.mean(axis=0)             # (n, m)
    variance = (centred**2).mean(axis=0)     # (m,)
    return gamma * centred / np.sqrt(variance + eps) + beta
    ### END SOLUTION

# %%
# The second column is the first, a hundred times larger.
outputs = np.array([[1.0, 100.0], [2.0, 200.0], [6.0, 600.0]])

# %% test="layer_norm"
check("layer_norm", layer_norm)

# %% [markdown]
# ## 8. How large is a step?
#
# The first updates tell whether learning rate and start fit each other. For each weight matrix
# compare the spread of the step, which is the learning rate times the gradient, with the spread of
# the weights:
#
# $$ \log_{10} \frac{\text{std}(\text{rate} \cdot dW)}{\text{std}(W)} $$
#
# A rule of thumb says $-3$: a step changes the weights by about a thousandth. At $-1$ the start is
# soon forgotten, well below $-5$ hardly anything moves.
#
# `params` has the keys `W1`, `b1`, `W2`, ..., `grads` the keys `dW1`, `db1`, `dW2`, ... Return a
# dict with an entry for each weight matrix, `W1`, `W2`, ...; biases, which may all be 0, are left
# out. The learning rate is positive, be it tiny or large, and no matrix and no gradient is
# constant. There may be ten layers and more.

# %% solution="update_to_data"
def update_to_data(params, grads, learning_rate):
    """Return, for each weight matrix, how large a step is beside the weights, in powers of 10.

    Parameters
    ----------
    params : dict of ndarray
        `W1`, `b1`, `W2`, ...
    grads : dict of ndarray
        `dW1`, `db1`, `dW2`, ...
    learning_rate : float
        Positive.

    Returns
    -------
    dict of float
        By the name of the weight matrix.
    """
    ### BEGIN SOLUTION
    ratios = {}
    for key in params:
        if key.startswith("W"):
            step = learning_rate * grads["d" + key]
            ratios[key] = np.log10(np.std(step) / np.std(params[key]))
    return ratios
    ### END SOLUTION

# %% test="update_to_data"
check("update_to_data", update_to_data)

# %% [markdown]
# ## 9. From a narrow network to a wide one
#
# Spread and learning rate were tuned on a network of `width` units in each hidden layer; now it is
# to have `new_width`. If every layer is to be changed equally much by a step of Adam, whatever the
# width, the two must follow it (the *maximal update parametrization* of Yang and others, 2022). Let
# $r$ be `width / new_width`, which is below 1 when the network becomes wider.
#
# | `layer` | its fan-in | spread of the weights | learning rate |
# |---|---|---|---|
# | `"input"` | does not depend on the width | as before | as before |
# | `"hidden"` | the width | times $\sqrt r$ | times $r$ |
# | `"output"` | the width | times $r$ | times $r$ |
#
# Return the new spread and the new learning rate. For any other name of a layer raise a
# `ValueError` (this edge counts 1 of the 2 points).

# %% solution="transfer_width"
def transfer_width(layer, std, learning_rate, width, new_width):
    """Return spread and Adam's learning rate of a layer for another width.

    Parameters
    ----------
    layer : {"input", "hidden", "output"}
    std, learning_rate : float
        As tuned at `width`.
    width, new_width : int

    Returns
    -------
    std, learning_rate : float

    Raises
    ------
    ValueError
        If `layer` is none of the three.
    """
    ### BEGIN SOLUTION
    r = width / new_width
    factors = {"input": (1.0, 1.0), "hidden": (np.sqrt(r), r), "output": (r, r)}
    if layer not in factors:
        raise ValueError(f"layer must be input, hidden or output, not {layer}")
    of_std, of_rate = factors[layer]
    return std * of_std, learning_rate * of_rate
    ### END SOLUTION

# %% test="transfer_width"
check("transfer_width", transfer_width)

# %% [markdown]
# ## 10. Diagnose this network
#
# You get the outputs of a network before any training, and nothing else: `hidden`, a list with the
# output $(n, m)$ of each hidden layer from the first to the last, and `logits` $(C, m)$.
# `activation` is `"tanh"` or `"relu"`. At most one thing is wrong. Return its name:
#
# | name | what is wrong |
# |---|---|
# | `"equal units"` | in some hidden layer all units give the same numbers (whatever these are) |
# | `"vanishing"` | the spread of the last hidden layer is less than 1/100 of that of the first |
# | `"saturated"` | tanh: in some hidden layer most outputs are above 0.99 or below $-0.99$ |
# | `"dead"` | ReLU: in some hidden layer most units are 0 for every example |
# | `"confident"` | the logits of a column have a spread above 5, on average over the columns |
# | `"healthy"` | none of these |
#
# The networks are clearly on one side of each limit, so other sensible limits do as well. Equal
# units may differ in the last digit (`np.allclose`). A small input is no fault: the outputs of a
# healthy network may be small in all layers alike.
#
# The networks that you are graded on are drawn anew, by a seed that belongs to what you hand in.

# %% solution="diagnose"
def diagnose(hidden, logits, activation):
    """Return the name of a network's fault, from its outputs before any training.

    Parameters
    ----------
    hidden : list of (n, m) ndarray
        Each hidden layer's output.
    logits : (C, m) ndarray
    activation : {"tanh", "relu"}

    Returns
    -------
    str
        "equal units", "vanishing", "saturated", "dead", "confident" or "healthy".
    """
    ### BEGIN SOLUTION
    for h in hidden:
        if np.allclose(h, h[:1]):
            return "equal units"
        if activation == "tanh" and np.mean(np.abs(h) > 0.99) > 0.5:
            return "saturated"
        if activation == "relu" and np.mean((h == 0).all(axis=1)) > 0.5:
            return "dead"
    if np.std(hidden[-1]) / np.std(hidden[0]) < 0.01:
        return "vanishing"
    if np.std(logits, axis=0).mean() > 5:
        return "confident"
    return "healthy"
    ### END SOLUTION

# %% test="diagnose"
check("diagnose", diagnose)

# %% [markdown]
# ## 11. In your own words: a language model that starts at 12.9
#
# A transformer with 48 blocks and a vocabulary of 50,257 tokens reports a loss of 12.9 nats at its
# first step. Every matrix was started with a spread of 0.02, and the branches read the stream
# normalised. A friend says: "The loss is about 11 in the papers, 12.9 is close enough; it will go
# down anyway." Answer the friend, in about five sentences.
#
# **What we look for** (3 points)
# - 1 point: which loss to expect at the start, with a number, and what the difference says about
#   the logits, with a number.
# - 1 point: how large the residual stream is after the last block compared with a start that takes
#   the number of blocks into account, by a calculation (take a branch variance $c$ at 0.02).
# - 1 point: one change of the start, and two measurements before any training that show whether
#   it helped.

# %% [markdown] written="start_of_a_language_model" points=3
# ### BEGIN SOLUTION
# **Model answer.** A model that knows nothing says $1/50257$ for every token, so the loss to expect
# is $\log 50257 = 10.82$. The excess of 2.1 nats is, by $s^2/2$, a spread of the logits of about 2:
# the model is confident about nothing. With 96 branches that read the stream normalised, each adds
# the same variance $c$, so the stream ends at a variance of $1 + 96 c$; with $0.02/\sqrt{96}$ for
# the matrices that write into it, it ends at $1 + c$. Unless the last layer normalises the stream,
# the logits are larger by that factor's root. I would start the matrices that write into the
# stream at $0.02/\sqrt{2 \cdot 48} = 0.002$ (or at zero), and measure the variance of the stream
# after each block and the first loss: the one should stay near 1, the other near 10.82.
#
# **Marking scheme.** Point 1: half for $\log 50257 = 10.82$, half for a spread of the logits of
# about 2 (1.8 to 2.3), from $s^2/2$ or by saying that logits of spread 2 cost that much. Point 2:
# linear growth, $1 + 96c$ against $1 + c$; half a point if it is said to grow as a power, with a
# calculation, or if 48 stands for 96. Point 3: smaller or zero writing matrices, or a smaller last
# layer; half a point for the change, half for two measurements (stream by block, first loss, spread
# of the logits; "train and see" is none).
# ### END SOLUTION

# %% [markdown]
# ## Where you stand
#
# The next cell counts the checks that have passed since you started the notebook. Before you hand
# in: *Restart the kernel and run all cells*, so that nothing depends on a cell you have deleted.

# %%
points()
