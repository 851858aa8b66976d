# %% [markdown]
# # Assignment 2: the loss at initialization
#
# **What you will do.** Write the ten small functions with which you can say, before any
# training, what the loss of a network should be, and check that it is.
#
# **What you will learn.** How to compute softmax and cross-entropy that never overflow; why a
# network of $n$ classes starts at $\log n$, and how far above it random logits push the loss;
# what to put into the last bias when the classes are not balanced; what to expect for
# regression.
#
# **What you need.** NumPy, and lesson 02, *The loss at initialization*; the runs that this
# text mentions are there. About 90 minutes, {{points}} points.
#
# **One notation.** Columns are examples: logits are $(C, m)$, with $C$ classes and $m$ examples,
# labels are $m$ integers from $0$ to $C - 1$. All losses are in nats, that is, with the
# natural logarithm `np.log`.

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
# - The last cell shows the points you have reached so far. The two written questions at the
#   end are graded by a person.

# %%
import matplotlib.pyplot as plt
import numpy as np
from checks import check, points

# %% [markdown]
# ## 1. Softmax
#
# Everything else builds on this function: it turns any numbers into probabilities.
#
# $$ p_{kj} = \frac{e^{z_{kj}}}{\sum_{i} e^{z_{ij}}} $$
#
# Each *column* $j$ is one example and has its own sum. So the probabilities of a column add up
# to 1, and one example does not affect the others.
#
# `logits` has shape $(C, m)$, the result too. A column may hold numbers like $1000$, and
# $e^{1000}$ is more than a float can hold (the limit is near $e^{709}$). Adding the same number
# to a whole column does not change its softmax: use that. Columns can lie thousands apart from
# each other, so one number for the whole matrix is not enough. Logits may be whole numbers, and
# 100,000 apart. A probability may be as small as a float can be: nothing is added to it or kept
# above a limit.

# %% solution="softmax"
def softmax(logits):
    """Return class probabilities, each column its own.

    Parameters
    ----------
    logits : (C, m) ndarray
        Any finite numbers, also very large ones.

    Returns
    -------
    (C, m) ndarray
        Every column adds up to 1.
    """
    ### BEGIN SOLUTION
    largest = logits.max(axis=0)           # (m,)
    exponentials = np.exp(logits - largest)
    return exponentials / exponentials.sum(axis=0)
    ### END SOLUTION

# %%
example = np.array([[1.0, 2.0], [3.0, 5.0]])
far_apart = np.array([[1000.0, -1000.0], [1001.0, -1001.0]])

# %% test="softmax"
check("softmax", softmax)

# %% [markdown]
# ## 2. Cross-entropy
#
# The loss of one example is $-\log p_y$: the surprise at seeing its label $y$. A probability
# of 1 costs nothing, a probability near 0 costs a lot. The loss of a batch is the **mean** over
# its columns, so that it does not depend on how many there are:
#
# $$ L = -\frac1m \sum_{j=1}^{m} \log \text{softmax}(z_j)_{y_j} $$
#
# `logits` is $(C, m)$, `labels` is $(m,)$ with integers, the result is one number. The function
# takes *logits* and applies the softmax itself, once.
#
# The loss must be finite for any finite logits. With a logit of $-1000$ at the label, softmax
# returns exactly 0, and its logarithm is minus infinity; adding `1e-8` to it hides the mistake and
# caps the loss (lesson 02, run 10, *which faults does the check find?*). Work with logarithms all
# the way instead: for a shifted column, $\log \text{softmax}(z)_y = z_y - \log \sum_i e^{z_i}$.
# Logits may be 100,000 apart and whole numbers; there may be a single example, or a single class,
# whose loss is 0.

# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    """Return the mean cross-entropy of softmax(logits) against the labels, in nats.

    Parameters
    ----------
    logits : (C, m) ndarray
        Any finite numbers.
    labels : (m,) ndarray of int
        The right class of each column, from 0 to C - 1.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    m = len(labels)
    shifted = logits - logits.max(axis=0)                   # (C, m)
    log_sums = np.log(np.exp(shifted).sum(axis=0))          # (m,)
    losses = log_sums - shifted[labels, np.arange(m)]       # (m,)
    return losses.mean()
    ### END SOLUTION

# %%
three_columns = np.array([[0.0, 2.0, -1000.0], [0.0, 1.0, 0.0]])
three_labels = np.array([0, 0, 0])

# %% test="cross_entropy"
check("cross_entropy", cross_entropy)

# %% [markdown]
# ## 3. The loss to expect
#
# Give every class the same logit and `cross_entropy` returns the same number, whatever the
# labels are. This is where a network should start if it knows nothing and says so (lesson 02,
# run 1, *a small last layer*). Write that number as a function of the number of classes, in nats.
#
# Some values worth knowing by heart: $0.693$ for 2 classes, $2.303$ for 10, $3.296$ for the 27
# characters of the names. With a single class there is nothing to be surprised at: 0.
# There may be millions of classes.

# %% solution="expected_initial_loss"
def expected_initial_loss(n_classes):
    """Return the cross-entropy of a uniform guess, in nats.

    Parameters
    ----------
    n_classes : int

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return -np.log(1 / n_classes)
    ### END SOLUTION

# %%
uniform_logits = np.zeros((10, 4))
any_labels = np.array([3, 3, 9, 0])

# %% test="expected_initial_loss"
check("expected_initial_loss", expected_initial_loss)

# %% [markdown]
# ## 4. Class frequencies
#
# Real classes are rarely balanced, and a network can start from that knowledge instead of
# spending its first steps on it. The first ingredient is the share of each class among the
# labels.
#
# `labels` is $(m,)$, the result is $(C,)$ with $C$ = `n_classes` and adds up to 1. A class that
# does not occur still has an entry, with share 0. Without it, all classes after it would move to
# the wrong position. Shares are not rounded, be it that of a class that occurs once among
# thousands of labels. There may be a single label.

# %% solution="class_frequencies"
def class_frequencies(labels, n_classes):
    """Return the share of each class among the labels.

    Parameters
    ----------
    labels : (m,) ndarray of int
        From 0 to n_classes - 1; not every class has to occur.
    n_classes : int

    Returns
    -------
    (n_classes,) ndarray
    """
    ### BEGIN SOLUTION
    frequencies = np.zeros(n_classes)
    for k in range(n_classes):
        frequencies[k] = np.mean(np.asarray(labels) == k)
    return frequencies
    ### END SOLUTION

# %%
labels_without_class_2 = np.array([0, 1, 1, 3])

# %% test="class_frequencies"
check("class_frequencies", class_frequencies)

# %% [markdown]
# ## 5. A bias that knows the frequencies
#
# Suppose the weights of the last layer are so small that its output is softmax of the bias
# alone. Which bias $b$ makes that output equal to the frequencies $f$? You need
#
# $$ \text{softmax}(b)_k = \frac{e^{b_k}}{\sum_i e^{b_i}} = f_k . $$
#
# Lesson 02, run 6, *the logarithm and its imitations*, compares the right answer with a tempting
# wrong one: for the shares 0.7, 0.2, 0.1, the right one starts at 0.8018 nats and the wrong one at
# 0.9279.
#
# `frequencies` is $(C,)$, the bias is a column $(C, 1)$, so that it can be added to $Wz$. It is
# fixed only up to a constant, and any constant is accepted. A frequency of 0 would need a bias of
# minus infinity: raise a `ValueError` if any frequency is not positive. That holds for every
# place, the last one too. A frequency may be as small as $10^{-12}$, so no small number is added
# to it; a single class may have all the frequency, or hundreds of classes share it.

# %% solution="bias_from_frequencies"
def bias_from_frequencies(frequencies):
    """Return an output bias whose softmax is the given frequencies.

    Parameters
    ----------
    frequencies : (C,) ndarray
        Add up to 1.

    Returns
    -------
    (C, 1) ndarray
        Up to a constant.

    Raises
    ------
    ValueError
        If any frequency is not positive.
    """
    ### BEGIN SOLUTION
    b = np.zeros((len(frequencies), 1))
    for k, frequency in enumerate(frequencies):
        if frequency <= 0:
            raise ValueError(f"class {k} has frequency {frequency}, which must be positive")
        b[k, 0] = np.log(frequency)
    return b
    ### END SOLUTION

# %%
frequencies = np.array([0.7, 0.2, 0.1])

# %% test="bias_from_frequencies"
check("bias_from_frequencies", bias_from_frequencies)

# %% [markdown]
# ## 6. Entropy
#
# With the bias of exercise 5, what is the loss at the start? A share $f_k$ of the examples has
# label $k$, and each of them costs $-\log f_k$. The mean is the *entropy* of the frequencies:
#
# $$ H(f) = -\sum_k f_k \log f_k $$
#
# No constant prediction does better, and only balanced classes have $H = \log n$. In nats, so with
# the natural logarithm.
#
# `frequencies` is $(C,)$, the result one number. A class that does not occur costs nothing: $0
# \log 0$ counts as 0, which is its limit. NumPy returns `nan` there, so leave such classes out of
# the sum. Only those: a class with a share of $10^{-10}$ counts, and no small number is added
# inside the logarithm. The result must be exact to $10^{-13}$.

# %% solution="entropy"
def entropy(frequencies):
    """Return the entropy of a distribution, in nats.

    Parameters
    ----------
    frequencies : (C,) ndarray
        Not negative, add up to 1. A zero adds nothing.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    total = 0.0
    for frequency in frequencies:
        if frequency > 0:
            total -= frequency * np.log(frequency)
    return total
    ### END SOLUTION

# %%
one_class_missing = np.array([0.5, 0.0, 0.5])

# %% test="entropy"
check("entropy", entropy)

# %% [markdown]
# ## 7. The last layer
#
# Now put it together. The bias decides the output only if the weights are small: they are drawn
# from a normal distribution with a small standard deviation, `scale`. In the lesson it was 0.01;
# with 100 features of size 1 the logits then have a spread of $0.01 \cdot \sqrt{100} = 0.1$, and
# exercise 8 will tell you how little that costs.
#
# `W` has shape $(C, n_{features})$, one row for each class; `b` has shape $(C, 1)$ and is the
# bias of exercise 5. The frequencies are positive here. Draw from `rng` only (for example with
# `rng.standard_normal`), so that the same generator gives the same layer again. Use the draws as
# they come: every row and column gets new ones, and nothing is cut off or standardized. There may
# be two classes or many.

# %% solution="initialize_output_layer"
def initialize_output_layer(n_features, frequencies, scale, rng):
    """Return a last layer that starts by predicting the class frequencies.

    Parameters
    ----------
    n_features : int
        Outputs of the layer before.
    frequencies : (C,) ndarray
        All positive.
    scale : float
        Standard deviation of the weights.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    W : (C, n_features) ndarray
    b : (C, 1) ndarray
        Up to a constant.
    """
    ### BEGIN SOLUTION
    n_classes = len(frequencies)
    W = scale * rng.standard_normal((n_classes, n_features))
    b = bias_from_frequencies(frequencies)
    return W, b
    ### END SOLUTION

# %%
rng = np.random.default_rng(0)
features = np.abs(rng.standard_normal((100, 5)))

# %% test="initialize_output_layer"
check("initialize_output_layer", initialize_output_layer)

# %% [markdown]
# ## 8. What noisy logits cost
#
# If the logits are not zero but random with standard deviation $s$, every class still gets $1/n$
# *on average*, and yet the loss starts above $\log n$. To second order in $s$ the excess is
#
# $$ \frac{s^2}{2}\left(1 - \frac1n\right) . $$
#
# The half comes from expanding the exponential. The factor $1 - 1/n$ comes from the softmax
# ignoring whatever is common to all logits of an example (lesson 02, section 3 derives
# it). Use the formula to read a first loss that is too high: it tells you the spread of the
# logits.
#
# Both arguments and the result are numbers. The spread may be 0, a whole number, a millionth or
# large; for a single class the excess is 0. The free cell below measures the excess with NumPy
# for four spreads; compare your function with the dots. From which spread on does it fail?

# %% solution="excess_initial_loss"
def excess_initial_loss(logit_std, n_classes):
    """Return how far the loss starts above log(n_classes), to second order, in nats.

    Parameters
    ----------
    logit_std : float
        Standard deviation of the logits.
    n_classes : int

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    variance = logit_std**2
    return 0.5 * variance * (n_classes - 1) / n_classes
    ### END SOLUTION

# %%
noise = np.random.default_rng(1).standard_normal((27, 20_000))
spreads = np.array([0.5, 1.0, 2.0, 3.0])
plt.plot(spreads, [np.mean(np.log(np.mean(np.exp(s * noise), axis=0))) for s in spreads], "o")
plt.xlabel("standard deviation of the logits")
plt.ylabel("measured loss above log 27, in nats")
plt.show()

# %% test="excess_initial_loss"
check("excess_initial_loss", excess_initial_loss)

# %% [markdown]
# ## 9. The same for regression
#
# A regression network without inputs predicts a constant, its last bias. Which constant is the
# best start, and which loss should you see then? It depends on the loss. For a residual $r = t -
# \text{bias}$:
#
# | `loss` | loss of one residual | best constant |
# |---|---|---|
# | `"squared"` | $r^2$, without a factor ½ | the mean |
# | `"absolute"` | $\lvert r \rvert$ | the median; between two middle targets their midpoint |
# | `"huber"` | see below | no formula, search for it |
#
# The Huber loss is $r^2/2$ for $\lvert r \rvert \le \delta$, and beyond it is
# $\delta\,(\lvert r \rvert - \delta/2)$. It forgives outliers as the absolute loss does and is
# smooth as the squared loss is. When the constant grows, the mean Huber loss changes at the rate
#
# $$ -\frac1m \sum_j \text{clip}(t_j - \text{bias},\ -\delta,\ \delta) , $$
#
# which only ever increases. So its zero can be found by halving an interval, or by small steps
# downhill. Get the constant within $10^{-6}$, also where only two of many targets lie within
# $\delta$, or $\delta$ is a hundredth of their spread.
#
# `targets` is $(m,)$. Return the constant and the **mean** loss it leaves, as two numbers. Raise
# a `ValueError` for any other name of a loss. Names are exact: `"Huber"` is another one. There
# may be a single target, whose loss is 0, and targets may be whole numbers. The mean loss is that
# of the constant that you return, with all its digits.

# %% solution="initial_loss_regression"
def initial_loss_regression(targets, loss, delta=1.0):
    """Return the best constant prediction and the mean loss that it has.

    Parameters
    ----------
    targets : (m,) ndarray
    loss : str
        "squared", "absolute" or "huber".
    delta : float, optional
        Where the Huber loss turns from quadratic to linear, in the unit of the targets.

    Returns
    -------
    bias : float
    expected_loss : float

    Raises
    ------
    ValueError
        If loss is any other name.
    """
    ### BEGIN SOLUTION
    if loss == "squared":
        bias = np.mean(targets)
        return bias, np.mean((targets - bias) ** 2)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(f"loss must be squared, absolute or huber, not {loss}")
    bias = np.median(targets)
    for _ in range(100_000):  # a step of 1 never overshoots: the curvature is at most 1
        step = np.mean(np.clip(targets - bias, -delta, delta))
        bias = bias + step
        if abs(step) < 1e-12:
            break
    size = np.abs(targets - bias)
    return bias, np.mean(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2)))
    ### END SOLUTION

# %%
minutes = np.random.default_rng(0).lognormal(mean=3.0, sigma=0.7, size=500)
plt.hist(minutes, bins=40)
plt.xlabel("waiting time in minutes")
plt.ylabel("how many of 500")
plt.show()

# %% test="initial_loss_regression"
check("initial_loss_regression", initial_loss_regression)

# %% [markdown]
# ## 10. The check itself
#
# This is the line to put before every training of your own: does the loss start where it should?
# Compare the cross-entropy with the **entropy of the frequencies**, exercise 6. For balanced
# classes that is $\log n$; for others, $\log n$ is the wrong value to compare with once the bias
# knows the frequencies.
#
# `logits` is $(C, m)$, `labels` is $(m,)$, `frequencies` is $(C,)$ and may hold zeros, the result
# is `True` or `False`. `tolerance` is absolute and counts on both sides: a loss that starts too
# *low* is just as suspicious. Why 0.05? By exercise 8, a spread of the logits of about 0.3
# already costs that much, and most faults cost far more. A difference of just `tolerance` is
# accepted, so that a tolerance of 0 can be met; a tolerance may also be above 1.

# %% solution="initial_loss_ok"
def initial_loss_ok(logits, labels, frequencies, tolerance=0.05):
    """Return whether the loss starts at the entropy of the class frequencies.

    Parameters
    ----------
    logits : (C, m) ndarray
        Output of the untrained network.
    labels : (m,) ndarray of int
    frequencies : (C,) ndarray
    tolerance : float, optional
        Largest difference accepted, in nats, on either side.

    Returns
    -------
    bool
    """
    ### BEGIN SOLUTION
    difference = cross_entropy(logits, labels) - entropy(frequencies)
    return -tolerance <= difference <= tolerance
    ### END SOLUTION

# %%
untrained_logits = 0.1 * np.random.default_rng(2).standard_normal((3, 200))
balanced_labels = np.arange(200) % 3

# %% test="initial_loss_ok"
check("initial_loss_ok", initial_loss_ok)

# %% [markdown]
# ## 11. In your own words: why log n, and why not quite
#
# A network for 27 classes starts at a loss of 3.77 nats. A friend says: "By symmetry, the
# average probability of every class is 1/27, so the loss must be log 27 = 3.30. And if it is
# not, set all biases of the last layer to the same number." Answer the friend, in about five
# sentences.
#
# **What we look for** (3 points)
# - 1 point: why an average probability of $1/n$ is not enough for a loss of $\log n$.
# - 1 point: what a start of 3.77 says about the logits, with a number.
# - 1 point: why equal biases change nothing, and what would help.

# %% [markdown] written="why_log_n" points=3
# ### BEGIN SOLUTION
# **Model answer.** The loss is the mean of $-\log p$, and the mean of a logarithm is not the
# logarithm of the mean. $-\log$ is convex, so by Jensen's inequality the loss is at least
# $\log n$ when the average probability is $1/n$, and equal only if $p = 1/n$ on every example.
# The excess here is $3.77 - 3.296 = 0.474$. The law $s^2/2\,(1 - 1/27)$ gives $s^2 = 0.985$, so
# the logits have a standard deviation of about 1 (the law is still good to 2 % there). Equal
# biases cancel in the softmax, which ignores a number added to all logits. What helps is a last
# layer with smaller weights, for example ten times smaller: the excess falls by a factor of a
# hundred.
#
# **Marking scheme.** Point 1: names Jensen, or says in other words or by an example that being
# sure and wrong costs more than being sure and right saves. "The loss is random" is not enough.
# Point 2: a standard deviation of 0.9 to 1.1, by the formula. Half a point for "the logits are
# not small" without a number. Point 3: half a point for the shift that cancels, half for
# smaller (or zero) weights in the last layer. $b = \log f$ is no remedy here and loses the
# second half.
# ### END SOLUTION

# %% [markdown]
# ## 12. In your own words: the loss that passed the check
#
# A classifier for 10 classes starts at 2.3026 nats, and `initial_loss_ok` says `True`. After an
# hour of training its accuracy on the training set is 98 %, and the training loss has been
# stuck at about 1.48 for a long time. Somebody suggests a larger network. What do you suspect, what
# is special about 1.46, and which experiment of one minute would prove it?
#
# **What we look for** (3 points)
# - 1 point: the fault.
# - 1 point: where the number 1.46 comes from, by a calculation.
# - 1 point: an experiment, with what you expect to see if you are right and if you are wrong.

# %% [markdown] written="stuck_loss" points=3
# ### BEGIN SOLUTION
# **Model answer.** The softmax is applied twice: the model already returns probabilities, and
# the loss takes the softmax of them. The second softmax only ever sees numbers between 0 and 1.
# Its best case is a 1 at the label and 0 at the nine others, with probability $e / (e + 9)$, so
# the loss can never be below $\log(e + 9) - 1 = 1.461$. At the start all probabilities are equal,
# and so are those of the second softmax, which is why the check passes. Accuracy only needs the
# right order of the classes, and that is kept. Experiment: call the loss once with logits that
# are 1000 at the label and 0 elsewhere. A right loss returns 0, this one 1.461. Or train on 20
# distinct examples: a right loss goes to 0, this one rests just above 1.461.
#
# **Marking scheme.** Point 1: softmax applied twice (or: probabilities passed where logits are
# expected). Point 2: $\log(e + 9) - 1$ or $-\log(e / (e + 9))$, with the reason that inputs lie
# between 0 and 1; half a point for "the second softmax flattens". Point 3: extreme logits, or
# overfitting a small batch, or a look at whether the model's outputs sum to 1; both outcomes
# must be stated, half a point for only one.
# ### END SOLUTION

# %% [markdown]
# ## Where you stand
#
# The next cell counts the checks that have passed since you started the notebook. Before you hand
# in: *Restart the kernel and run all cells*, so that nothing depends on a cell you have deleted.

# %%
points()
