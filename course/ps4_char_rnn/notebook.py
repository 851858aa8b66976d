# %% [markdown]
# # Assignment 4: a network that writes names
#
# **What you will do.** Write a recurrent network that reads names one character at a time, with
# its gradients, its training and its writing: fourteen small functions. At the end it makes up
# names of dinosaurs.
#
# **What you will learn.** What the loss of a language model is a loss of; how a gradient goes back
# through time; what clipping, temperature and sampling do, and how each of them goes wrong
# silently.
#
# **What you need.** NumPy, and lesson 04, *A network that writes names*; the softmax and the
# cross-entropy of assignment 2 help. About 3 hours, {{points}} points.
#
# **One notation.** A character is its number, and the newline, number 0, ends every name. $n_x$ is
# how many characters there are, and $n_y = n_x$; $n_a$ is the number of hidden units. The
# parameters are a dict:
#
# | key | shape | does |
# |---|---|---|
# | `"Wax"` | $(n_a, n_x)$ | input to state |
# | `"Waa"` | $(n_a, n_a)$ | state to next state |
# | `"Wya"` | $(n_y, n_a)$ | state to output |
# | `"b"` | $(n_a, 1)$ | bias of the state |
# | `"by"` | $(n_y, 1)$ | bias of the output |
#
# A gradient has the name of its parameter with a `d` in front: `"dWax"`. States, inputs and outputs
# are columns: $(n_a, 1)$, $(n_x, 1)$, $(n_y, 1)$. All losses are in nats, that is, with the
# natural logarithm.

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
# - A function does not change the dicts, lists and arrays that are passed in (`clip` is the only
#   exception).
# - Names may be of any length, thousands of characters too, and hold blanks, capitals and signs;
#   the newline is looked up in `char_to_ix`, and in another vocabulary need not be 0. Nothing is
#   rounded, limited or shifted by a small number unless the text says so; parameters are finite.
# - Where something is random, draw from the `rng` that is passed in, and from nothing else. It is a
#   `numpy.random.Generator` or a `RandomState`; `rng.choice`, `rng.random`, `rng.permutation` and
#   `rng.standard_normal` work with both. How you draw is up to you: the checks call your function
#   hundreds of times and judge how often each result comes, never the exact result.
# - The last cell shows the points you have reached so far. The two written questions at the
#   end are graded by a person.

# %%
import matplotlib.pyplot as plt
import numpy as np
from checks import check, points

# %% [markdown]
# The data: 1,449 names of dinosaurs, one on each line, lower case, in the public domain.

# %%
with open("dinosaurs.txt") as file:
    names = file.read().split()
print(len(names), "names, for example", ", ".join(names[::300]))

# %% [markdown]
# ## 1. Numbers for characters
#
# A network reads numbers. Give each character one: the **newline is 0**, and after it come the
# characters that occur in the names, each once, **sorted** as Python sorts them (capitals before
# lowercase letters). Characters that do not occur get no number.
#
# Return two dicts, one for each direction: `char_to_ix`, from character to number, and
# `ix_to_char`, from number to character. A blank or a sign is a character like any other, and comes
# after the newline, even a tab, whose code is smaller. There may be thousands of names. For
# `["cab", "ba"]` they are `{"\n": 0, "a": 1, "b": 2, "c": 3}` and `{0: "\n", 1: "a", 2: "b", 3:
# "c"}`.

# %% solution="build_vocabulary"
def build_vocabulary(names):
    """Number the newline and the characters that occur in the names.

    Parameters
    ----------
    names : list of str

    Returns
    -------
    char_to_ix : dict of str to int
        The newline is 0; the others follow in sorted order.
    ix_to_char : dict of int to str
        The way back.
    """
    ### BEGIN SOLUTION
    characters = set()
    for name in names:
        characters.update(name)
    char_to_ix = {"\n": 0}
    for character in sorted(characters):
        char_to_ix[character] = len(char_to_ix)
    ix_to_char = {number: character for character, number in char_to_ix.items()}
    return char_to_ix, ix_to_char
    ### END SOLUTION

# %%
two_names = ["cab", "ba"]

# %% test="build_vocabulary"
check("build_vocabulary", build_vocabulary)

# %% [markdown]
# ## 2. What is read, and what should be answered
#
# At each step the network reads one character and should answer with the **next** one. Before
# the first letter there is nothing to read; `None` stands for that, and will become the zero
# vector. After the last letter the right answer is the newline.
#
# For the name with the numbers $i_1, \dots, i_T$:
#
# | step | 1 | 2 | ... | T | T + 1 |
# |---|---|---|---|---|---|
# | `X`, read | `None` | $i_1$ | ... | $i_{T-1}$ | $i_T$ |
# | `Y`, answer | $i_1$ | $i_2$ | ... | $i_T$ | newline |
#
# Return `X` and `Y`, two lists of the same length $T + 1$; for an empty name they are `[None]` and
# `[newline]`. If `Y` were equal to `X`, the network would only have to repeat what it sees: its
# loss would fall to nearly nothing, and it would have learned nothing (lesson 04, section 8).

# %% solution="encode"
def encode(name, char_to_ix):
    """Return what the network reads and what it should answer, step by step.

    Parameters
    ----------
    name : str
        T characters, without a newline.
    char_to_ix : dict of str to int

    Returns
    -------
    X : list of int or None
        ``[None, i_1, ..., i_T]``.
    Y : list of int
        ``[i_1, ..., i_T, newline]``.
    """
    ### BEGIN SOLUTION
    X, Y = [None], []
    for character in name:
        X.append(char_to_ix[character])
        Y.append(char_to_ix[character])
    Y.append(char_to_ix["\n"])
    return X, Y
    ### END SOLUTION

# %%
small_vocabulary = {"\n": 0, "e": 1, "r": 2, "x": 3}

# %% test="encode"
check("encode", encode)

# %% [markdown]
# ## 3. One step
#
# $$ a = \tanh(W_{aa}\, a_{prev} + W_{ax}\, x + b), \qquad p = \text{softmax}(W_{ya}\, a + b_y) $$
#
# The state $a$ is all that the network remembers of what it has read. The output $p$ has a
# probability for each character to come next; it is one column that adds up to 1. The output
# depends on the *new* state.
#
# Logits may lie in the thousands, and so may the sums in the tanh. A probability may be as small
# as a float allows: no entry of $p$ is raised or set to 0. `a_prev` is $(n_a, 1)$ and `x` is
# $(n_x, 1)$; return `a`, $(n_a, 1)$, and `p`, $(n_y, 1)$, in this order. The input is a *one-hot*
# column, a single 1 at the character's place, or all zeros.

# %% solution="rnn_step_forward"
def rnn_step_forward(params, a_prev, x):
    """Take one step of the network.

    Parameters
    ----------
    params : dict of ndarray
        "Wax" (n_a, n_x), "Waa" (n_a, n_a), "Wya" (n_y, n_a), "b" (n_a, 1), "by" (n_y, 1).
    a_prev : (n_a, 1) ndarray
        The state before.
    x : (n_x, 1) ndarray
        What is read.

    Returns
    -------
    a : (n_a, 1) ndarray
        The new state.
    p : (n_y, 1) ndarray
        Probabilities of the next character.
    """
    ### BEGIN SOLUTION
    before_tanh = np.dot(params["Waa"], a_prev) + np.dot(params["Wax"], x) + params["b"]
    a = np.tanh(before_tanh)                                # (n_a, 1)
    logits = np.dot(params["Wya"], a) + params["by"]        # (n_y, 1)
    exponentials = np.exp(logits - logits.max())
    return a, exponentials / exponentials.sum()
    ### END SOLUTION

# %%
rng = np.random.default_rng(0)
small_params = {"Wax": rng.standard_normal((3, 4)), "Waa": rng.standard_normal((3, 3)),
                "Wya": rng.standard_normal((4, 3)), "b": np.zeros((3, 1)),
                "by": np.zeros((4, 1))}
letter_e = np.array([[0.0], [1.0], [0.0], [0.0]])

# %% test="rnn_step_forward"
check("rnn_step_forward", rnn_step_forward)

# %% [markdown]
# ## 4. Reading a name
#
# Take a step for each entry of `X`, each from the state after the previous step, the first from
# `a0`. A number in `X` becomes a one-hot column, `None` the zero column. (Careful: in NumPy,
# `x[None] = 1` sets *every* entry.) The loss is the **sum** over the steps of the surprise at the
# right answer:
#
# $$ L = -\sum_t \log p_t[Y_t] $$
#
# By the chain rule of probability this is minus the logarithm of the probability that the network
# writes exactly this name. It is one number, not an array. A probability may be tiny, $e^{-680}$
# for example, but never 0: add nothing to it. The newline may be among the inputs, as character 0.
#
# The backward pass will need everything that the forward pass has computed, so return it as well,
# in a dict of three lists. With $S$ steps, `"x"` has the $S$ inputs $x_0, \dots$, `"p"` the $S$
# outputs $p_0, \dots$, and `"a"` has **one entry more**: `a0` itself and the $S$ states after it.
# So step $t$ goes from `cache["a"][t]` to `cache["a"][t + 1]`.

# %% solution="rnn_forward"
def rnn_forward(X, Y, a0, params):
    """Read a name; return its loss and what the way back needs.

    Parameters
    ----------
    X : list of int or None
        What is read at each step; None is the zero vector.
    Y : list of int
        The right answers, as many.
    a0 : (n_a, 1) ndarray
        The state at the start.
    params : dict of ndarray

    Returns
    -------
    loss : float
        Sum over the steps, in nats.
    cache : dict of list of ndarray
        ``{"x": [x_0, ...], "a": [a0, a_1, ...], "p": [p_0, ...]}``, all of them columns.
    """
    ### BEGIN SOLUTION
    n_x = params["Wax"].shape[1]
    loss, a = 0.0, a0
    inputs, states, outputs = [], [a0], []
    for number, answer in zip(X, Y):
        x = np.zeros((n_x, 1))
        if number is not None:
            x[number, 0] = 1.0
        a, p = rnn_step_forward(params, a, x)
        loss = loss - np.log(p[answer, 0])
        inputs.append(x)
        states.append(a)
        outputs.append(p)
    return loss, {"x": inputs, "a": states, "p": outputs}
    ### END SOLUTION

# %%
read_rex, answer_rex = [None, 2, 1, 3], [2, 1, 3, 0]
zero_state = np.zeros((3, 1))

# %% test="rnn_forward"
check("rnn_forward", rnn_forward)

# %% [markdown]
# ## 5. The way back through time
#
# The hardest exercise, in four lines of mathematics. Start at the last step and go back. With
# $a_{t+1}$ the state after step $t$ and $dz_t$ the gradient of what goes into its tanh:
#
# $$ dy_t = p_t - \text{one-hot}(Y_t) $$
# $$ da_{t+1} = W_{ya}^\top dy_t + W_{aa}^\top dz_{t+1} $$
# $$ dz_t = (1 - a_{t+1}^2) \odot da_{t+1} $$
#
# A state matters twice, for its own output and for the next state, so $da$ has two terms; after
# the last step the second one is zero. $1 - a^2$ is the slope of tanh where its value is $a$. The
# same weights act at every step, so their gradients are **sums** over the steps:
#
# $$ dW_{ya} = \sum_t dy_t\, a_{t+1}^\top, \quad db_y = \sum_t dy_t, \quad
#    dW_{ax} = \sum_t dz_t\, x_t^\top, \quad dW_{aa} = \sum_t dz_t\, a_t^\top, \quad
#    db = \sum_t dz_t $$
#
# Mind the indices: $dW_{ya}$ uses the state *after* the step, $dW_{aa}$ the one *before* it.
#
# Return a dict with the keys `"dWax"`, `"dWaa"`, `"dWya"`, `"db"`, `"dby"` and the shapes of the
# parameters. Do not clip here, and leave the `cache` as it is: `dy = cache["p"][t]` is not a
# copy. The check compares array by array and says which ones are off; together they tell a lot
# about where the mistake is (lesson 04, section 4).

# %% solution="rnn_backward"
def rnn_backward(Y, params, cache):
    """Return the gradients of the loss of `rnn_forward`.

    Parameters
    ----------
    Y : list of int
        The right answers.
    params : dict of ndarray
    cache : dict of list of ndarray
        From `rnn_forward`; "a" has one entry more than "x" and "p".

    Returns
    -------
    dict of ndarray
        "dWax" (n_a, n_x), "dWaa" (n_a, n_a), "dWya" (n_y, n_a), "db" (n_a, 1), "dby" (n_y, 1).
    """
    ### BEGIN SOLUTION
    gradients = {}
    for name, value in params.items():
        gradients["d" + name] = np.zeros(value.shape)
    from_later = np.zeros(params["b"].shape)
    for t in range(len(Y) - 1, -1, -1):
        before, after = cache["a"][t], cache["a"][t + 1]
        dy = np.array(cache["p"][t])
        dy[Y[t], 0] -= 1.0
        da = np.dot(params["Wya"].T, dy) + from_later
        dz = da * (1.0 - after * after)
        gradients["dWya"] += np.dot(dy, after.T)
        gradients["dby"] += dy
        gradients["dWax"] += np.dot(dz, cache["x"][t].T)
        gradients["dWaa"] += np.dot(dz, before.T)
        gradients["db"] += dz
        from_later = np.dot(params["Waa"].T, dz)
    return gradients
    ### END SOLUTION

# %%
small_step = 1e-5  # a good size for a central difference, if you want to check by hand

# %% test="rnn_backward"
check("rnn_backward", rnn_backward)

# %% [markdown]
# ## 6. Clipping
#
# A gradient that goes back through many steps is multiplied by $W_{aa}^\top$ many times, and can
# become huge. The plainest remedy: limit each **entry** to the range from `-max_value` to
# `max_value`. Entries within the range stay as they are. (Lesson 04, section 6, counts how often
# that happens with names, and builds a case where it matters.)
#
# You may change the arrays in place or make new ones; either way, **return the dict**, with
# whatever keys it has.

# %% solution="clip"
def clip(gradients, max_value):
    """Limit every entry of every gradient to [-max_value, max_value].

    Parameters
    ----------
    gradients : dict of ndarray
        May be changed in place.
    max_value : float
        Positive.

    Returns
    -------
    dict of ndarray
        The same keys.
    """
    ### BEGIN SOLUTION
    limited = {}
    for name, gradient in gradients.items():
        limited[name] = np.minimum(np.maximum(gradient, -max_value), max_value)
    return limited
    ### END SOLUTION

# %%
large_gradients = {"dby": np.array([[12.0], [-7.0], [0.5]])}

# %% test="clip"
check("clip", clip)

# %% [markdown]
# ## 7. Temperature
#
# Before drawing a character one can make the network bolder or more careful:
#
# $$ p = \text{softmax}(z / T) $$
#
# with the logits $z$ and a temperature $T > 0$. Below 1, the likely characters become even more
# likely; above 1, the probabilities come closer to each other; at 1 nothing changes. The place of
# the temperature is *before* the softmax: dividing probabilities by $T$ and normalising them again
# does nothing at all, and raises no error.
#
# `logits` is $(n,)$ or $(n, 1)$, and the result has the same shape. It must be right for any finite
# logits, also around 1000 or thousands apart (assignment 2, exercise 1), and for any positive
# temperature, be it $10^{-300}$ or a million; no probability is raised or set to 0. Raise a
# `ValueError` for a temperature of 0 or below.

# %% solution="apply_temperature"
def apply_temperature(logits, temperature):
    """Return softmax(logits / temperature).

    Parameters
    ----------
    logits : (n,) or (n, 1) ndarray
        Any finite numbers.
    temperature : float

    Returns
    -------
    ndarray
        Probabilities, in the shape of the logits.

    Raises
    ------
    ValueError
        Unless the temperature is positive.
    """
    ### BEGIN SOLUTION
    if not temperature > 0:
        raise ValueError(f"the temperature must be above 0, it is {temperature}")
    below_largest = (logits - np.max(logits)) / temperature
    exponentials = np.exp(below_largest)
    return exponentials / exponentials.sum()
    ### END SOLUTION

# %%
three_logits = np.array([2.0, 1.0, 0.0])

# %% test="apply_temperature"
check("apply_temperature", apply_temperature)

# %% [markdown]
# ## 8. Drawing a character
#
# Draw a number $i$ so that each comes with its own probability $p_i$. That is neither the most
# likely one nor "the second or third": over many draws, a character with probability 0.3 comes in
# three draws of ten.
#
# `probabilities` is $(n,)$ or a column $(n, 1)$, of a few entries or of a thousand. Return one int.
# A character with probability 0 never comes, one with 0.00002 once in 50,000 draws.

# %% solution="sample_index"
def sample_index(probabilities, rng):
    """Draw an index with the given probabilities.

    Parameters
    ----------
    probabilities : (n,) or (n, 1) ndarray
        Add up to 1.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    int
        From 0 to n - 1.
    """
    ### BEGIN SOLUTION
    flat = np.reshape(probabilities, -1)
    return int(rng.choice(np.arange(flat.size), p=flat))
    ### END SOLUTION

# %%
uneven = np.array([[0.7], [0.0], [0.3]])

# %% test="sample_index"
check("sample_index", sample_index)

# %% [markdown]
# ## 9. Writing a name
#
# Now the network writes. It starts from a zero state and a zero input. At each step it takes
# `rnn_step_forward`, draws a character, and **reads that character at the next step**: it is the
# only 1 in the next input. The newline, `char_to_ix["\n"]`, ends the name and belongs in the list.
# If `max_length` characters have come and none of them was the newline, append the newline and
# stop.
#
# So the list always ends with the newline, and has at most `max_length + 1` entries, a newline that
# comes as the last of `max_length` characters included. The network remembers: its state is carried
# on from the first character to the last, however long the name is.

# %% solution="sample"
def sample(params, char_to_ix, rng, max_length=50):
    """Write one name, each character drawn from the network's probabilities.

    Parameters
    ----------
    params : dict of ndarray
    char_to_ix : dict of str to int
    rng : numpy.random.Generator or numpy.random.RandomState
    max_length : int, optional
        Characters after which the newline is appended if it has not come.

    Returns
    -------
    list of int
        Ends with the newline.
    """
    ### BEGIN SOLUTION
    newline = char_to_ix["\n"]
    n_a, n_x = params["Wax"].shape
    a, x = np.zeros((n_a, 1)), np.zeros((n_x, 1))
    written = []
    for _ in range(max_length):
        a, p = rnn_step_forward(params, a, x)
        drawn = sample_index(p, rng)
        written.append(drawn)
        if drawn == newline:
            return written
        x = np.zeros((n_x, 1))
        x[drawn, 0] = 1.0
    return written + [newline]
    ### END SOLUTION

# %%
rng_for_names = np.random.default_rng(3)

# %% test="sample"
check("sample", sample)

# %% [markdown]
# ## 10. The greedy name
#
# The same, but at each step take the character with the largest probability. Nothing is random now,
# so a network has exactly one greedy name (you will not be asked where two are equally likely). Is
# it in the data? Lesson 04, section 7, looks.

# %% solution="greedy_name"
def greedy_name(params, char_to_ix, max_length=50):
    """Write one name, at each step the most likely character.

    Parameters
    ----------
    params : dict of ndarray
    char_to_ix : dict of str to int
    max_length : int, optional
        Characters after which the newline is appended if it has not come.

    Returns
    -------
    list of int
        Ends with the newline.
    """
    ### BEGIN SOLUTION
    newline = char_to_ix["\n"]
    n_a, n_x = params["Wax"].shape
    a, x = np.zeros((n_a, 1)), np.zeros((n_x, 1))
    written = []
    for _ in range(max_length):
        a, p = rnn_step_forward(params, a, x)
        likeliest = int(np.argmax(p))
        written.append(likeliest)
        if likeliest == newline:
            return written
        x = np.zeros((n_x, 1))
        x[likeliest, 0] = 1.0
    return written + [newline]
    ### END SOLUTION

# %%
short_limit = 3

# %% test="greedy_name"
check("greedy_name", greedy_name)

# %% [markdown]
# ## 11. One step of learning
#
# Put it together for one name: forward from `a_prev`, backward, clip the gradients at `max_value`,
# and then one step downhill for each parameter,
#
# $$ \theta \leftarrow \theta - \eta \cdot \text{clip}(d\theta) $$
#
# with the learning rate $\eta$, which may be 0. Clip first, multiply afterwards. Return three
# things in this order: the loss (of the parameters *before* the step), the new parameters in a
# **new** dict with new arrays, at a rate of 0 too, and the state after the last character. The
# `params` that are passed in must not change, arrays included.

# %% solution="optimize"
def optimize(X, Y, a_prev, params, learning_rate=0.01, max_value=5):
    """Take one step of gradient descent on one name.

    Parameters
    ----------
    X : list of int or None
    Y : list of int
    a_prev : (n_a, 1) ndarray
        The state from which the name is read.
    params : dict of ndarray
        Not changed.
    learning_rate, max_value : float, optional

    Returns
    -------
    loss : float
        Before the step, in nats.
    new_params : dict of ndarray
    a_last : (n_a, 1) ndarray
        The state after the last step.
    """
    ### BEGIN SOLUTION
    loss, cache = rnn_forward(X, Y, a_prev, params)
    gradients = clip(rnn_backward(Y, params, cache), max_value)
    new_params = {}
    for name in params:
        new_params[name] = params[name] - learning_rate * gradients["d" + name]
    return loss, new_params, cache["a"][-1]
    ### END SOLUTION

# %%
learning_rates = [0.001, 0.01, 0.1]

# %% test="optimize"
check("optimize", optimize)

# %% [markdown]
# ## 12. Training
#
# 1. Build the vocabulary of `names`.
# 2. Start from small random weights: every one drawn on its own, with mean 0, normal or uniform
#    (0.01 times a standard normal draw is usual; a standard deviation above 0.15 does not count as
#    small, and one of the three matrices may be zero). The biases are zero.
# 3. Shuffle the names once with `rng`, in a copy of the list. Go through them in that order, again
#    and again, one name a step, until `n_steps` steps are done.
# 4. For **every** name, start from a zero state: the names are not one long text. Take the step
#    with `learning_rate`, the same at the last step as at the first, gradients clipped at 5: plain
#    gradient descent, without momentum or decay.
#
# Return the parameters after the last step, and an array with the loss of each step, of shape
# $(n_{steps},)$: the raw sum over the name, neither divided nor smoothed.
#
# What can be checked, if everything is random? More than you might think. At a learning rate of 0
# nothing is learned: a name of $T$ letters costs about $(T + 1) \log n_x$, exactly the same in
# every pass, and each name comes once in each pass. One step on a long run of one letter shows the
# clipping. One name alone can be learned. And 8 different names, all equally
# likely, cost $\log 8 = 2.08$ nats each for the best model there is: a loss below that is too
# good to be true.

# %% solution="train"
def train(names, n_steps, n_a, learning_rate, rng):
    """Train the network, one name a step.

    Parameters
    ----------
    names : list of str
        Not changed.
    n_steps : int
    n_a : int
        Hidden units.
    learning_rate : float
    rng : numpy.random.Generator or numpy.random.RandomState
        For the first weights and the order of the names.

    Returns
    -------
    params : dict of ndarray
    losses : (n_steps,) ndarray
        Loss of each step, summed over its name, in nats.
    """
    ### BEGIN SOLUTION
    char_to_ix, ix_to_char = build_vocabulary(names)
    n_x = len(char_to_ix)
    params = {
        "Wax": 0.01 * rng.standard_normal((n_a, n_x)),
        "Waa": 0.01 * rng.standard_normal((n_a, n_a)),
        "Wya": 0.01 * rng.standard_normal((n_x, n_a)),
        "b": np.zeros((n_a, 1)),
        "by": np.zeros((n_x, 1)),
    }
    order = rng.permutation(len(names))
    losses = np.zeros(n_steps)
    for step in range(n_steps):
        name = names[order[step % len(names)]]
        X, Y = encode(name, char_to_ix)
        losses[step], params, _ = optimize(X, Y, np.zeros((n_a, 1)), params, learning_rate, 5)
    return params, losses
    ### END SOLUTION

# %%
eight_names = ["tara", "tiro", "roni", "nora", "sami", "misa", "lora", "tomi"]

# %% test="train"
check("train", train)

# %% [markdown]
# ## 13. The loss of a name
#
# How probable is it that the network writes exactly this name, and then stops? Minus the logarithm
# of that probability is the loss of the name. Read it from a zero state, with the zero vector first
# (for an empty name only the newline counts); the newline counts too, for without it you would have
# the probability of all names that *begin* like this. Do not divide by the length. A long name may
# be less likely than the smallest float, $10^{-308}$, and its loss is still a number of some
# hundreds.

# %% solution="name_loss"
def name_loss(name, params, char_to_ix):
    """Return minus the log-probability that the network writes this name and stops.

    Parameters
    ----------
    name : str
    params : dict of ndarray
    char_to_ix : dict of str to int

    Returns
    -------
    float
        In nats.
    """
    ### BEGIN SOLUTION
    X, Y = encode(name, char_to_ix)
    loss, _ = rnn_forward(X, Y, np.zeros(params["b"].shape), params)
    return loss
    ### END SOLUTION

# %%
a_name_of_the_data = "iguanodon"

# %% test="name_loss"
check("name_loss", name_loss)

# %% [markdown]
# ## 14. Perplexity
#
# A loss in nats is hard to picture. Its exponential per character is easier: a network with the
# perplexity 6 is, on average, as unsure as if it chose between 6 equally likely characters.
#
# $$ \text{perplexity} = e^{\,\text{loss} / n} $$
#
# with the loss summed over $n$ characters, newlines included. For the uniform model over 27
# characters it is 27. Return it with all its digits, however large or near to 1.

# %% solution="perplexity"
def perplexity(loss, n_characters):
    """Return how many equally likely characters a loss amounts to.

    Parameters
    ----------
    loss : float
        Summed over the characters, in nats.
    n_characters : int
        Newlines included.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    per_character = loss / n_characters
    return np.exp(per_character)
    ### END SOLUTION

# %%
uniform_loss_of_rex = 4 * np.log(27)

# %% test="perplexity"
check("perplexity", perplexity)

# %% [markdown]
# ## Let it write
#
# No points here, only the reward. When the checks above are green, set `ready` to `True` and run
# the cells. The first one trains for 3,000 steps, which takes from a few seconds to half a
# minute. (When your work is graded, `ready` is `False`.)

# %%
ready = False  # True once the exercises above are done

# %%
if ready:
    params, losses = train(names, 3000, 50, 0.03, np.random.default_rng(0))
    per_hundred = losses.reshape(-1, 100).mean(axis=1)
    plt.plot(100 * np.arange(1, 31), per_hundred)
    plt.ylim(0, None)
    plt.xlabel("step")
    plt.ylabel("loss of a name, mean of 100 steps, in nats")
    plt.show()

# %%
if ready:
    char_to_ix, ix_to_char = build_vocabulary(names)
    rng = np.random.default_rng(1)
    for _ in range(10):
        written = "".join(ix_to_char[i] for i in sample(params, char_to_ix, rng)[:-1])
        loss = name_loss(written, params, char_to_ix)
        unsure = perplexity(loss, len(written) + 1)
        print(f"{written:25} {loss:5.1f} nats, perplexity {unsure:5.2f}",
              "(in the data)" if written in names else "")
    print("greedy:", "".join(ix_to_char[i] for i in greedy_name(params, char_to_ix)[:-1]))

# %% [markdown]
# ## 15. In your own words: a loss of what?
#
# A question from a public forum: "We have the cross entropy loss, but the loss of what exactly? Is
# it just measuring the difference between the real letter and the predicted letter?" Somebody adds:
# "It should reach 0, then the network has learned the names." A trained network has a mean loss of
# 23.8 nats a name, at 13 characters a name (newline included), and there are 1,449 different names
# in the data. Answer both, in about six sentences, with numbers.
#
# **What we look for** (3 points)
# - 1 point: what the 23.8 is the loss of, as a probability, and what enters at each character.
# - 1 point: the number in terms that one can picture: per character, and as a perplexity.
# - 1 point: why 0 is out of reach, with the smallest mean loss that any model can have on these
#   names, by a calculation.

# %% [markdown] written="loss_of_what" points=3
# ### BEGIN SOLUTION
# **Model answer.** The loss of a name is minus the logarithm of the probability that the network
# writes exactly this name and then stops. It is a sum over the characters: at each step, minus the
# logarithm of the probability given to the character that really comes next, after everything that
# stands before it (not only the letter before). There is no distance between letters in it: a
# wrong "b" is no nearer to "a" than a wrong "z", and only the probability of the right character
# counts. 23.8 nats are a probability of $e^{-23.8} = 4.6 \cdot 10^{-11}$ for a whole name, which
# is 23.8 / 13 = 1.83 nats a character and a perplexity of $e^{1.83} = 6.2$: as unsure as between
# about six characters. Zero would mean that each of the 1,449 names has probability 1, but the
# probabilities of all names add up to 1 at most. The best one can do on these names is 1/1449 for
# each, so the mean loss is at least log 1449 = 7.28 nats a name, or 0.56 a character, and a
# network that reached even that would write nothing but names it has seen.
#
# **Marking scheme.** Point 1: minus log of the probability of the whole name, or the sum over its
# characters of minus log of the probability of the right next one (half); given everything before,
# or "no distance between letters, only the right character's probability counts" (half). Point
# 2: 1.83 nats a character (half), perplexity 6.2, or 2.6 bits with its meaning (half). Point 3:
# probabilities of all names add up to 1 (half); log 1449 = 7.28 nats a name (half). "There is
# noise in the data" or "the network is too small" earns nothing for point 3. That the loss on new
# names is another matter is a good remark, not required.
# ### END SOLUTION

# %% [markdown]
# ## 16. In your own words: too good to be true
#
# A classmate's network trains without an error. After 2,000 steps the loss is 0.014 nats a
# character. Sampled names look like "nnnnnnnnn" and "aaaaaaaaaa". The classmate says: "The loss is
# excellent, so the training is fine; the fault must be in `sample`." Where is the fault, why is the
# loss so small, and why do the names look like that? Describe a test that takes a minute and would
# have found it, and say what it shows with the fault and without.
#
# **What we look for** (3 points)
# - 1 point: the fault, and why it makes the loss small.
# - 1 point: why exactly such names are written.
# - 1 point: a test, with both outcomes.

# %% [markdown] written="too_good_to_be_true" points=3
# ### BEGIN SOLUTION
# **Model answer.** `Y` is equal to `X`, or not shifted against it: at each step the network is
# asked for the character that it has just been given. It only has to repeat its input, which is
# easy and says nothing about names; so the loss falls far below what any model can reach that has
# to *guess* the next letter (the best in the lesson needs about 1.7 nats a character on names it
# has not seen). When it writes, each letter it has drawn is fed back, and the network repeats it
# with a probability near 1: one letter, up to the limit. `sample` is right and shows the fault. A
# test: print `X` and `Y` of one name side by side and look whether `Y` is one place ahead, with
# the newline at its end; with the fault the rows are equal. Or train on 8 different names: no
# model can get a mean loss below log 8 = 2.08 nats a name, because their probabilities add up to
# 1 at most; with the fault the loss falls far below.
#
# **Marking scheme.** Point 1: `Y` not shifted, the answer is in the input (half); copying is easy,
# so the loss falls below anything possible for a prediction (half). "Overfitting" earns nothing: an
# overfitted network writes names of the data, and its loss has a floor. Point 2: sampling feeds
# the drawn letter back and the network repeats it. Point 3: any test that separates the two (X and
# Y printed; a loss compared with log N, with the bigram's or with held-out names scored by a
# right `name_loss`; a fixed example computed by hand): the test (half), both outcomes (half).
# Looking at samples alone counts half, as the text gives it away.
# ### END SOLUTION

# %% [markdown]
# ## Where you stand
#
# The next cell counts the checks that have passed since you started the notebook. Before you hand
# in: *Restart the kernel and run all cells*, so that nothing depends on a cell you have deleted.

# %%
points()
