# %% [markdown]
# # Assignment 3: the smoothed loss
#
# **What you will do.** Write the ten small functions behind a smoothed training loss: its start,
# its update, the correction of its start, its memory, and the way back from a printed average to
# the raw loss.
#
# **What you will learn.** Why a printed loss can rise while the model gets better; what the
# start of an average should be and how long it matters; what `beta` means in steps; what a
# correction of the start can do, and what it cannot.
#
# **What you need.** NumPy, and lesson 03, *The smoothed loss*. About 75 minutes, {{points}}
# points.
#
# **One notation.** `losses` is a one-dimensional sequence of $n$ raw losses
# $\ell_1, \dots, \ell_n$ in nats, a list or an array of shape $(n,)$; $v_t$ is the smoothed value
# after loss $t$; $v_0$ is the value that it starts from; $\beta$ (`beta`), from 0 to just below 1,
# is the weight of the past. A loss may be tiny or large, and a float or a whole number (the results
# are floats); there may be one loss or thousands. Nothing is rounded, limited or shifted by a small
# number: results must agree to eleven digits.

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
# - A function does not change the lists and arrays that are passed in.
# - The last cell shows the points you have reached so far. The two written questions at the
#   end are graded by a person.

# %%
import matplotlib.pyplot as plt
import numpy as np
from checks import check, points

# %% [markdown]
# ## 1. The loss of a model that knows nothing
#
# A character model that finds all $n$ characters of its vocabulary equally likely gives each one
# the probability $1/n$, and so a loss of $-\log(1/n)$. The loss of a sequence is the **sum** over
# its characters:
#
# $$ v_0 = -\log\!\left(\frac{1}{n}\right) \cdot T $$
#
# `vocab_size` is $n$, a whole number from 1 on. `seq_length` is $T$, how many characters are
# predicted; it may be a mean, and so a fraction. Both may be large. The result is one number, in
# nats, and never negative. With a vocabulary of one character there is nothing to be surprised at:
# the loss is 0.

# %% solution="get_initial_loss"
def get_initial_loss(vocab_size, seq_length):
    """Return the loss of a uniform model on a sequence, in nats.

    Parameters
    ----------
    vocab_size : int
        How many characters there are.
    seq_length : int or float
        How many characters are predicted.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    loss_per_character = np.log(vocab_size)
    return seq_length * loss_per_character
    ### END SOLUTION

# %%
letters_and_newline = 27
window_of_the_original_code = 25

# %% test="get_initial_loss"
check("get_initial_loss", get_initial_loss)

# %% [markdown]
# ## 2. A start with a reason
#
# Names have different lengths, so the loss before training is different for each name. What can be
# expected of a name drawn from the list is the mean:
#
# $$ v_0 = \log(n) \cdot \frac{1}{N} \sum_{i=1}^{N} (T_i + 1) $$
#
# $T_i$ is the number of characters of name $i$: a blank, a digit or a hyphen counts like a letter.
# The $+1$ is the **newline** that ends each name: the model has to predict that too.
#
# `names` is a list of strings without newlines, at least one of them; an empty string counts as a
# name of 0 characters, and a name that comes twice counts twice. `vocab_size` counts the newline as
# a character. The result is one number. No length is given: find it from the names, whatever list
# it is.

# %% solution="informed_start"
def informed_start(names, vocab_size):
    """Return the loss expected of a uniform model on a name from the list, in nats.

    Parameters
    ----------
    names : list of str
        Without their closing newlines.
    vocab_size : int
        How many characters there are, the newline included.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    total = 0
    for name in names:
        total += len(name + "\n")
    return get_initial_loss(vocab_size, total / len(names))
    ### END SOLUTION

# %%
short_list = ["mei", "yi", "turiasaurus"]

# %% test="informed_start"
check("informed_start", informed_start)

# %% [markdown]
# ## 3. One step of the average
#
# $$ v_t = \beta\, v_{t-1} + (1 - \beta)\, \ell_t $$
#
# `loss` is the smoothed value so far, $v_{t-1}$; `cur_loss` is the raw loss of this step; the
# result is $v_t$, one number. `beta` is the weight of the **past**: 0.999 keeps nearly everything,
# and with `beta=0` the result is `cur_loss`. The default is 0.999, but the function must work for
# any `beta`.

# %% solution="smooth"
def smooth(loss, cur_loss, beta=0.999):
    """Return the smoothed loss after one more raw loss.

    Parameters
    ----------
    loss : float
        The smoothed loss so far.
    cur_loss : float
        The raw loss of this step.
    beta : float, optional
        The weight of the past.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    past = beta * loss
    present = (1 - beta) * cur_loss
    return past + present
    ### END SOLUTION

# %%
so_far, this_name = 23.07, 39.55

# %% test="smooth"
check("smooth", smooth)

# %% [markdown]
# ## 4. A whole run
#
# Now smooth a whole list of losses. Start from $v_0 =$ `initial` and return what the average is
# **after** each loss:
#
# $$ [v_1, v_2, \dots, v_n] $$
#
# `losses` has $n$ entries, the result is an array of shape $(n,)$. The start itself is *not* in
# it: the first entry has already seen the first loss. For an empty list, return an empty array.

# %% solution="smooth_sequence"
def smooth_sequence(losses, initial, beta=0.999):
    """Return the smoothed loss after each of the raw losses.

    Parameters
    ----------
    losses : (n,) ndarray or list of float
    initial : float
        The value of the average before the first loss.
    beta : float, optional
        The weight of the past.

    Returns
    -------
    (n,) ndarray
    """
    ### BEGIN SOLUTION
    history = []
    current = initial
    for loss in losses:
        current = smooth(current, loss, beta)
        history.append(current)
    return np.array(history, dtype=float)
    ### END SOLUTION

# %%
three_losses = np.array([40.0, 30.0, 20.0])

# %% test="smooth_sequence"
check("smooth_sequence", smooth_sequence)

# %% [markdown]
# ## 5. Correcting the start
#
# An average that starts from $v_0 = 0$ is too small at first. At step $t$ the losses have only the
# weight $1 - \beta^t$ in it (exercise 6 shows why), and the rest of the weight lies on a zero.
# Dividing puts that right (Kingma and Ba 2014, section 3):
#
# $$ \hat v_t = \frac{v_t}{1 - \beta^t}, \qquad v_0 = 0, \qquad t = 1, 2, \dots, n $$
#
# The first loss is $t = 1$: with $t = 0$ you would divide by zero. The correction is for the
# reader only. The average goes on from the **uncorrected** $v_t$.
#
# The result has shape $(n,)$. For a constant loss every entry is that constant, and the first
# entry is always the first loss.

# %% solution="bias_corrected"
def bias_corrected(losses, beta=0.999):
    """Return the average that starts from zero, with its start corrected.

    Parameters
    ----------
    losses : (n,) ndarray or list of float
    beta : float, optional
        The weight of the past.

    Returns
    -------
    (n,) ndarray
    """
    ### BEGIN SOLUTION
    average = 0.0
    corrected = np.zeros(len(losses))
    for i in range(len(losses)):
        average = beta * average + (1 - beta) * losses[i]
        corrected[i] = average / (1 - beta ** (i + 1))
    return corrected
    ### END SOLUTION

# %%
constant_losses = [25.0] * 6

# %% test="bias_corrected"
check("bias_corrected", bias_corrected)

# %% [markdown]
# ## 6. What the average is made of
#
# Put the formula of exercise 3 into itself until only $v_0$ and the losses are left:
#
# $$ v_n = w_0\, v_0 + w_1\, \ell_1 + \dots + w_n\, \ell_n $$
#
# Return the weights $[w_0, w_1, \dots, w_n]$, an array of shape $(n + 1,)$. Do it on paper for
# $n = 2$ first. Three things to check yourself by: the weights sum to 1; the **newest** loss,
# the last entry, has the weight $1 - \beta$; each loss weighs $\beta$ times as much as the one
# after it. For `n_steps=0` only the start is left, with weight 1.

# %% solution="ewa_weights"
def ewa_weights(n_steps, beta):
    """Return the weight of the start and of every loss in the average.

    Parameters
    ----------
    n_steps : int
        How many losses the average has seen.
    beta : float
        The weight of the past.

    Returns
    -------
    (n_steps+1,) ndarray
        The weight of the starting value, then of loss 1, ..., loss n_steps.
    """
    ### BEGIN SOLUTION
    weights = np.array([1.0])
    for _ in range(n_steps):
        weights = np.append(beta * weights, 1 - beta)  # one loss more, everything else older
    return weights
    ### END SOLUTION

# %%
few_steps, short_memory = 4, 0.5

# %% test="ewa_weights"
check("ewa_weights", ewa_weights)

# %% [markdown]
# ## 7. The window
#
# How many losses does the average stand for? The usual answer is one over the weight of the
# newest:
#
# $$ \frac{1}{1 - \beta} $$
#
# `beta` is from 0 to just below 1, and may come very near to 1; the result is one number, not
# rounded and not limited.

# %% solution="effective_window"
def effective_window(beta):
    """Return about how many losses share the weight of the average.

    Parameters
    ----------
    beta : float
        The weight of the past.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    weight_of_newest = 1 - beta
    return 1.0 / weight_of_newest
    ### END SOLUTION

# %%
longer_memory = 0.9999

# %% test="effective_window"
check("effective_window", effective_window)

# %% [markdown]
# ## 8. Forgetting the start
#
# After $t$ steps the start has the weight $\beta^t$. Return the smallest whole number $t$ with
#
# $$ \beta^t \le \text{tolerance}. $$
#
# With `tolerance=0.5` this is the half-life of the start, with 0.01 the steps after which 99 % of
# it is gone. A logarithm brings $t$ down from the exponent; mind that $\log \beta$ is negative,
# and in which direction you have to round. `beta` lies strictly between 0 and 1, `tolerance` is
# positive, and the result is an `int`, however many steps it takes. Where $\beta^t$ is exactly the
# tolerance (0.5 and 0.25), $t$ is enough. A tolerance of 1 or more is met before the first step, at
# $t = 0$. You will not be asked where only a rounding error decides.

# %% solution="steps_to_forget"
def steps_to_forget(beta, tolerance=0.01):
    """Return the smallest t for which beta**t is at most the tolerance.

    Parameters
    ----------
    beta : float
        The weight of the past, between 0 and 1.
    tolerance : float, optional
        The weight at which the start counts as forgotten.

    Returns
    -------
    int
    """
    ### BEGIN SOLUTION
    if tolerance >= 1:
        return 0
    steps = int(np.ceil(np.log(tolerance) / np.log(beta)))
    # The quotient may be a hair above or below a whole number.
    if beta ** (steps - 1) <= tolerance:
        steps = steps - 1
    elif beta**steps > tolerance:
        steps = steps + 1
    return steps
    ### END SOLUTION

# %%
half = 0.5

# %% test="steps_to_forget"
check("steps_to_forget", steps_to_forget)

# %% [markdown]
# ## 9. The raw loss behind a printed number
#
# A program prints the smoothed loss only. Two consecutive values still contain the raw loss between
# them: solve
#
# $$ v_t = \beta\, v_{t-1} + (1 - \beta)\, \ell_t $$
#
# for $\ell_t$. `previous` is $v_{t-1}$, `smoothed` is $v_t$, and the result, $\ell_t$, is one
# number. If the average did not move, the raw loss was equal to it. With $\beta = 0.999$ the
# change is magnified a thousand times, so do not round on the way. The formula holds for any two
# numbers: where the second is much smaller, its result is negative.

# %% solution="recover_raw_loss"
def recover_raw_loss(previous, smoothed, beta=0.999):
    """Return the raw loss that took the average from one value to the next.

    Parameters
    ----------
    previous : float
        The smoothed loss before the step.
    smoothed : float
        The smoothed loss after it.
    beta : float, optional
        The weight of the past.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    change = smoothed - previous
    return previous + change / (1 - beta)
    ### END SOLUTION

# %%
start_of_the_average, first_printed = 23.070858062030304, 23.087336

# %% test="recover_raw_loss"
check("recover_raw_loss", recover_raw_loss)

# %% [markdown]
# ## 10. One run, several starts
#
# Put it together. For one list of raw losses return a dict of four arrays of shape $(n,)$, with
# exactly these keys:
#
# | key | array |
# |---|---|
# | `"raw"` | the losses as they are |
# | `"zero"` | smoothed, starting from 0 |
# | `"corrected"` | starting from 0, with the start corrected |
# | `"informed"` | smoothed, starting from `initial` |
#
# All four are arrays, also when `losses` is a list, and `losses` itself stays as it was. The cell
# below makes losses that fall from about 42 to 24 nats. When your function works, plot its four
# curves there, with `initial` 42, and find the lag; lesson 03 has such a figure.

# %% solution="compare_starts"
def compare_starts(losses, initial, beta=0.999):
    """Return the same losses averaged from several starts.

    Parameters
    ----------
    losses : (n,) ndarray or list of float
    initial : float
        The informed start.
    beta : float, optional
        The weight of the past.

    Returns
    -------
    dict of (n,) ndarray
        With the keys "raw", "zero", "corrected" and "informed".
    """
    ### BEGIN SOLUTION
    curves = {"raw": np.array(losses, dtype=float)}
    curves["zero"] = smooth_sequence(losses, 0.0, beta)
    curves["corrected"] = bias_corrected(losses, beta)
    curves["informed"] = smooth_sequence(losses, initial, beta)
    return curves
    ### END SOLUTION

# %%
steps = np.arange(3000)
noise = np.random.default_rng(3).normal(scale=4.0, size=3000)
falling_losses = 24 + 18 * np.exp(-steps / 500) + noise
figure, ax = plt.subplots(figsize=(6, 3))
ax.plot(steps, falling_losses, ".", markersize=2, alpha=0.4)
ax.set(xlabel="step", ylabel="loss (nats)", ylim=(0, None))
plt.show()

# %% test="compare_starts"
check("compare_starts", compare_starts)

# %% [markdown]
# ## 11. In your own words: why it rises
#
# A program trains a character model with 27 characters on a list of names; a name has about 13
# characters, newline counted. It smooths its loss (summed over a name) with $\beta = 0.999$,
# starting from `get_initial_loss(27, 7)` = 23.070858. It prints 23.103816 after the first name,
# 28.5 after the thousandth and 27.7 after the two thousandth. A friend says: "The first thousand
# steps did harm. With a better start the training would converge sooner." Answer the friend.
#
# **What we look for** (3 points)
# - 1 point: why the printed loss rises although the model gets better.
# - 1 point: the raw loss of the first name and its number of characters, by a calculation from
#   the printed numbers.
# - 1 point: whether a better start changes the training, with the reason, and an experiment
#   that would show it.

# %% [markdown] written="why_it_rises" points=3
# ### BEGIN SOLUTION
# **Model answer.** The average starts at 7 log 27 = 23.07, the loss of an untrained model on
# seven characters. A name has about 13, so the true loss starts near 13 log 27 = 42.8 and falls.
# The printed number begins far below it and climbs towards it: after 1,000 steps it still
# consists to 37 % of the start. It rises because it was wrong, not because the model got worse.
# The first name: (23.103816 - 0.999 * 23.070858) / 0.001 = 56.03 nats, and 56.03 / log 27 = 17.0
# characters, that is 16 letters and the newline. This is above 23, not below, so the first raw
# loss already shows it. A better start changes no weight: the gradient is computed from the raw
# loss of the current name, and nothing in the training reads the average. Experiment: train twice
# from the same seed, with the two starts, and compare all weights; they agree bit for bit.
#
# **Marking scheme.** Point 1: the start belongs to 7 characters (half) and the average moves from
# it towards a higher true loss (half). "The learning rate is too high" or "noise" earns nothing.
# Point 2: 56.0 nats (half), 17 characters or 16 letters and the newline (half); an arithmetic
# mistake with the right formula costs a quarter. Point 3: no change, because the gradient does not
# depend on the average (half); an experiment with the same seed that compares weights, or the raw
# losses, and not the printed ones (half). That an early stop or a learning-rate rule that reads the
# average would be affected is a good remark, not required.
# ### END SOLUTION

# %% [markdown]
# ## 12. In your own words: corrected, and still too high
#
# Another program prints the *corrected* average, $\beta = 0.999$. At step 1,000 it prints 31.6.
# The plain mean of the raw losses from step 500 to step 1,500 is 28.6. A friend concludes that
# the correction must be programmed wrongly. The losses in a corrected average of 1,000 steps are
# 417 steps old, on (weighted) average. What do you answer, what does the gap of 3.0 nats say about
# how fast the loss falls, and what would you change if you had to see the present value better?
# What would that cost?
#
# **What we look for** (3 points)
# - 1 point: which error the correction removes, and which one this is.
# - 1 point: an estimate of the slope, in nats a step, by a calculation.
# - 1 point: what to change, and its price.

# %% [markdown] written="corrected_but_late" points=3
# ### BEGIN SOLUTION
# **Model answer.** The correction removes the bias of the start: no weight is left on the zero,
# and for a loss with a constant mean the result is right from the first step. It is still an
# average of the past, and the past of a falling loss was higher. This is the lag, and no start
# and no correction removes it. If the loss falls by s a step, the average lies about 417 s above
# the present value, so s is about 3.0 / 417 = 0.007 nats a step (only a mean over the last
# thousand steps: the fall is steeper at first and flatter later). To see the present better,
# take a smaller beta, for example 0.99 with the correction: a window of 100, and a lag about
# 99 s = 0.7 nats once it has settled, and less where the curve has flattened. The price is noise,
# about three times as much: the spread of the average goes as the square root of 1 - beta.
#
# **Marking scheme.** Point 1: bias of the start removed (half), lag behind a falling loss named
# or described (half). Point 2: 0.006 to 0.008 nats a step from gap over age; half a point for a
# right idea with beta/(1-beta) = 999 in place of 417. Point 3: a smaller beta, or a plain mean
# over fewer losses (half); more noise (half). A centred mean is accepted if its price is named:
# it must wait for losses that are not there yet. "A better initial value" earns nothing.
# ### END SOLUTION

# %% [markdown]
# ## Where you stand
#
# The next cell counts the checks that have passed since you started the notebook. Before you hand
# in: *Restart the kernel and run all cells*, so that nothing depends on a cell you have deleted.

# %%
points()
