# %% [markdown]
# # 2. The loss at initialization
#
# Before the first step of training you already know what the loss should be. If it is
# something else, a mistake is waiting for you, and now is the cheapest moment to find it.
#
# **What you will do**
# - predict the first loss of several untrained networks, then measure it;
# - measure how far random logits push it above $\log n$, and test a law for that;
# - set the last bias so that a network starts from what the class counts already tell;
# - plant seven faults in a loss, see which ones the check finds, and which ones pass it.
#
# **What you will learn**
# - why the first loss is $\log n$, and what has to be small for that;
# - what the last bias does, and what it cannot do;
# - the numbers to expect for squared, absolute and Huber losses;
# - why a check that passes is not yet a proof.
#
# **What you need:** NumPy, the softmax and the cross-entropy (they are repeated below), and
# lesson [01_initialization](01_initialization.ipynb) for He's rule. About 60 minutes. The
# assignment that goes with this lesson is `ps2_loss_at_init`.

# %% [markdown]
# ## The question
#
# In *A Recipe for Training Neural Networks* (2019) Andrej Karpathy advises: "verify loss @
# init". With a well initialized final layer "you should measure -log(1/n_classes) on a softmax
# at initialization", and similar values "can be derived for L2 regression, Huber losses, etc."
#
# A reader on Cross Validated asked how one makes a network do that before any training (the
# question and its answer are at
# [stats.stackexchange.com/q/606359](https://stats.stackexchange.com/questions/606359)). The
# answer there is useful, and several of its steps do not hold. This lesson measures every one
# of them. The runs are numbered, and section 7 goes through the page sentence by sentence and
# says which run decides.
#
# One notation throughout: columns are examples, $C$ or $n$ is the number of classes, the last
# layer has weights $W$ of shape $(C, n_{features})$ and a bias $b$ of shape $(C, 1)$, and its
# output $Wz + b$ is called the *logits*. All losses are in nats, that is, with the natural
# logarithm.

# %%
import matplotlib.pyplot as plt
import numpy as np

from course.experiments import loss_at_init, silent_faults
from course.figures import CYCLE, course_style, explore, progress, reveal, show, slider
from course.ps2_loss_at_init import reference as ps2
from course.ps4_char_rnn.reference import initialize_parameters

course_style()

# %% [markdown]
# ## 1. Why log n
#
# The cross-entropy of one example with label $y$ is $-\log p_y$, where $p$ is the softmax of
# the logits. A network that knows nothing and says so gives every class the probability
# $1/n$, and pays $-\log(1/n) = \log n$ for each example.
#
# Notice what the argument does *not* use: how often each class occurs. Whatever the label is,
# the price is the same. The question says that $\log n$ holds "when the problem is balanced";
# balance is not needed for that. It decides something else, whether $\log n$ is a *good* start,
# and section 4 comes to it.
#
# Our data are 1,449 names of dinosaurs. The task: given three characters, predict the next one.
# There are 27 classes, 26 letters and the newline that ends a name, and they are far from balanced.
# The network is one random ReLU layer of 100 units and a last layer.

# %%
names = loss_at_init.load_names()
X, labels = loss_at_init.character_windows(names)            # (81, m) one-hot, (m,)
frequencies = ps2.class_frequencies(labels, 27)              # (27,)
Z = loss_at_init.relu_features(X, 100, np.random.default_rng(1))  # (100, m)
print(f"{len(names)} names, {len(labels)} characters to predict")
print(f"most common class: {frequencies.max():.4f}   rarest: {frequencies.min():.4f}")
for n in (2, 10, 27):
    print(f"log {n:2d} = {ps2.expected_initial_loss(n):.6f} nats")

# %% [markdown]
# ### Run 1: a small last layer
#
# The last layer's weights are normal with standard deviation 0.01, its bias is zero. Which loss
# do you expect on these unbalanced names? Write a number before you run the second cell.

# %%
prediction = None  # your guess, in nats

# %%
W = np.random.default_rng(0).normal(scale=0.01, size=(27, 100))
logits = W @ Z                                               # (27, m)
measured = ps2.cross_entropy(logits, labels)
reveal(prediction, measured, "nats", digits=7)
print(f"log 27:     {np.log(27):.7g} nats")
print(f"with W = 0: {ps2.cross_entropy(0 * logits, labels):.7g} nats")

# %% [markdown]
# With $W = 0$ the start is $\log 27$ to the last digit, on labels of any balance. With weights
# of 0.01 it is within a fraction of a percent. (A little below is possible: this draw happens
# to favour common letters, by a hair. Run 3 shows such favourites.)
#
# So the plain answer to "how can you initialize your network to output this distribution" is:
# **make the last layer's weights small, and its biases equal**. Zero weights in the last layer
# alone are harmless, by the way: its own gradient is not zero, so it leaves that point at the
# first step. Zeros in *every* layer are another story, told in lesson 1.

# %% [markdown]
# ## 2. What equal biases do: nothing
#
# The answer on Cross Validated sets all entries of the bias to the same number, "the same bias
# for each class", and says that this will "make the softmax output in average a probability of
# 1/n". Let us try it on a last layer that is not small.
#
# ### Run 2: equal biases on large weights
#
# Weights of standard deviation 1 this time. The bias is $0$, then $1$, then $-50$, the same for
# all 27 classes. What is the loss with the bias at $-50$?

# %%
prediction = None  # your guess, in nats

# %%
W_large = np.random.default_rng(0).normal(scale=1.0, size=(27, 100))
for b in (0.0, 1.0, -50.0):
    measured = ps2.cross_entropy(W_large @ Z + b, labels)
    print(f"bias {b:5.1f} for every class: loss {measured:.10f} nats")
reveal(prediction, measured, "nats")

# %% [markdown]
# Three times the same number, and a long way from $\log 27$. The softmax ignores whatever is
# added to all logits alike: $e^{z_k + b} / \sum_j e^{z_j + b}$, and $e^b$ cancels. An equal
# bias can neither make the output uniform nor spoil it.

# %% [markdown]
# ### Run 3: is the input of the last layer centred?
#
# The answer argues that the layers have random weights with mean zero, and that therefore the
# input $z$ of the last layer "will have $\mu = 0$ as well". Our $z$ came out of a ReLU. What is
# its mean?

# %%
prediction = None  # your guess for the mean of z

# %%
reveal(prediction, Z.mean())
print(f"smallest z: {Z.min():.3f}   mean of z squared: {np.mean(Z**2):.3f}")
P = loss_at_init.mean_probabilities(X[:, ::20], 100, scale=0.1, n_networks=100, n_classes=27,
                                    rng=np.random.default_rng(0))   # (100, 27)
one, many = 27 * P[0], 27 * P.mean(axis=0)
print("probability of a class, averaged over the examples, in units of 1/27")
print(f"   in one network:       from {one.min():.2f} to {one.max():.2f}")
print(f"   mean of 100 networks: from {many.min():.2f} to {many.max():.2f}")

# %% [markdown]
# After a ReLU nothing is negative, so the mean cannot be zero. What is true is weaker: $W$ has
# mean zero and is drawn independently of $z$, so over *all the networks one could draw* the
# logits have mean zero, and by symmetry between the classes $E[p_k] = 1/n$ exactly. The last
# line shows that average settling around 1.
#
# But you train one network, not the average of a hundred. In a single one, averaged over all the
# examples, some classes get more than twice their share and others a fraction of it: the mean
# of $z$ is not zero, and each row of $W$ turns it into an offset of its own. This is with
# weights of 0.1, a modest size.

# %% [markdown]
# ## 3. The Jensen gap
#
# Suppose we grant that the *average* probability is $1/n$. Is the loss then $\log n$? The
# derivation in the answer replaces $E[\log \hat y]$ by $\log E[\hat y]$ between two lines. The
# logarithm is concave, and Jensen's inequality says
#
# $$ E[-\log p_y] \;\ge\; -\log E[p_y] = \log n . $$
#
# Confidence that is right half of the time and wrong half of the time costs more than no
# confidence at all. How much more? Take logits that are independent and normal with standard
# deviation $s$. Averaged over the labels, the loss is $\log \sum_k e^{z_k} - \bar z$. Expand the
# exponentials around the column's mean $\bar z$: to second order this is $\log n + v/2$, with
# $v$ the variance of the column's entries. Its expectation is $s^2 (1 - 1/n)$, a little less
# than $s^2$ because a shift common to all classes costs nothing. So
#
# $$ \text{excess} \;\approx\; \frac{s^2}{2}\left(1 - \frac1n\right). $$
#
# ### Run 4: the law beside the measurement
#
# For $n = 27$ the law gives an excess of 48.15 nats at $s = 10$. What will be measured?

# %%
prediction = None  # your guess at s = 10, in nats

# %%
print("   s    measured       law")
for s in (0.1, 0.5, 1.0, 3.0, 10.0):
    measured = loss_at_init.jensen_gap(s, 27, np.random.default_rng(0))
    print(f"{s:5.1f}  {measured:9.4f} {ps2.excess_initial_loss(s, 27):9.4f}   nats")
reveal(prediction, measured, "nats")

# %% [markdown]
# Up to about $s = 1$ the law is good to a few percent. At 3 it overshoots, and at 10 it is
# useless: there the softmax has become a maximum, the loss is nearly $\max_k z_k - z_y$, and
# that grows in proportion to $s$, not to its square. Both axes of the figure are logarithmic,
# so the law is a straight line.

# %%
spreads = np.geomspace(0.05, 20, 14)
gaps = [loss_at_init.jensen_gap(s, 27, np.random.default_rng(0)) for s in spreads]
figure, ax = plt.subplots()
ax.loglog(spreads, ps2.excess_initial_loss(spreads, 27), "--", label="law: s²/2 (1 − 1/27)")
ax.loglog(spreads, gaps, "o", label="measured, 20,000 columns each")
ax.axhline(0.05, color=CYCLE["black"], linestyle=":", label="0.05 nats, a usual tolerance")
ax.set(xlabel="standard deviation s of the logits", ylabel="loss above log 27, in nats",
       title="How far random logits push the first loss above log n")
ax.legend()
show(figure, alt="Excess of the loss over log 27 against the spread of the logits, both axes "
     "logarithmic. The measured points lie on the straight line of the law up to a spread of "
     "about 1 and bend below it from about 2 on. Excess 0.05 is reached at a spread near 0.3.")

# %% [markdown]
# Read the figure backwards: to start within 0.05 nats of $\log 27$, the logits may have a
# spread of about a third. With $z$ of mean square 1 and 100 features, $s = \text{scale} \cdot
# \sqrt{100}$, so weights of 0.03 are the limit here.
#
# Below, move the spread and the number of classes. On the left the probabilities of one single
# example, on the right the losses of many. The losses' mean moves to the right of $\log n$,
# although the average probability of every class stays at $1/n$ all the time.

# %%
def draw(spread, n_classes):
    rng = np.random.default_rng(4)
    P = ps2.softmax(rng.normal(scale=spread, size=(n_classes, 20_000)))
    losses = -np.log(P[0])                                   # label 0; by symmetry any will do
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2))
    left.bar(range(n_classes), P[:, 0], color=CYCLE["sky"])
    left.axhline(1 / n_classes, color=CYCLE["black"], linestyle=":")
    left.set(xlabel="class", ylabel="probability", title="One example (dotted: 1/n)")
    right.hist(losses, bins=60, color=CYCLE["sky"])
    right.axvline(np.log(n_classes), color=CYCLE["black"], linestyle=":", label="log n")
    right.axvline(losses.mean(), color=CYCLE["vermilion"], label=f"mean {losses.mean():.3f}")
    right.set(xlim=(0, None), xlabel="loss in nats", ylabel="examples", title="20,000 examples")
    right.legend()
    return figure

# %%
explore(draw, alt="Logits of spread 1 for 27 classes. Left: the probabilities of one example, "
        "very uneven around the dotted line at 1/27. Right: a histogram of the losses of 20,000 "
        "examples; their mean lies about half a nat to the right of the dotted line at log 27.",
        spread=slider(1.0, (0.01, 0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0), "spread s of the logits"),
        n_classes=slider(27, (2, 3, 10, 27, 100), "number of classes n"))

# %% [markdown]
# The law also explains our own network of section 1. Its features have mean square 1, so the
# logits' spread is about ten times the scale of the weights. One network's loss scatters around
# the law, because it likes some classes better than others (run 3) and these happen to be
# common or rare. The mean over networks is close to it, up to where the law fails.

# %%
scales = (0.0, 0.01, 0.03, 0.1, 0.3)
losses = loss_at_init.losses_by_scale(Z[:, ::20], labels[::20], 27, scales, 200,
                                      np.random.default_rng(0))   # (200, 5)
print("scale   spread s   one network   mean of 200   log 27 + law")
for scale, column in zip(scales, losses.T, strict=True):
    s = scale * np.sqrt(100 * np.mean(Z**2))
    law = np.log(27) + ps2.excess_initial_loss(s, 27)
    print(f"{scale:5.2f}   {s:8.3f}   {column[0]:11.4f}   {column.mean():11.4f}   {law:12.4f}")

# %% [markdown]
# ### Run 5: a recurrent network at four scales
#
# Now a network of the kind that lesson [04_char_rnn](04_char_rnn.ipynb) trains: it reads a name
# character by character, keeps a state of 50 tanh units, and predicts the next character at each
# step. All weights are normal with the same scale: 0, 0.01, 0.1, 1. The loss is the mean per
# character over all names. What is it at scale 1?

# %%
prediction = None  # your guess at scale 1, in nats per character

# %%
print("weight scale    nats per character")
for scale in progress((0.0, 0.01, 0.1, 1.0), "four scales"):
    params = initialize_parameters(50, 27, np.random.default_rng(0), scale)
    measured = loss_at_init.rnn_initial_loss(names, params)
    print(f"{scale:12.2f}    {measured:.6f}")
reveal(prediction, measured, "nats per character")

# %% [markdown]
# On the list of names of a well-known course assignment the same experiment, with another draw of
# the weights, gives 3.295837, 3.295849, 3.2978 and 12.906. Ours is a different list with a free
# licence, so only the first one has to agree, and it does: without weights there is nothing for
# the list to act on. The others agree in size.
#
# At scale 1 the tanh units are saturated near $\pm 1$, so a logit is a sum of 50 terms of size 1
# and $s$ is about $\sqrt{50} \approx 7$. The network is very sure, and no more often right than a
# guess. Training would first have to unlearn that. How much of this value is the luck of one
# draw? Five draws, on every tenth name:

# %%
draws = [initialize_parameters(50, 27, np.random.default_rng(seed), 1.0) for seed in range(5)]
losses = [loss_at_init.rnn_initial_loss(names[::10], params) for params in draws]
print("five draws at scale 1:", "  ".join(f"{loss:.2f}" for loss in losses), "nats")

# %% [markdown]
# ## 4. What the last bias is good for
#
# Suppose $Wz \approx 0$, so that the output is $\text{softmax}(b)$ for every example. If the
# classes have shares $f_1, \dots, f_n$, the loss is $-\sum_k f_k \log p_k$ with $p =
# \text{softmax}(b)$, and it is smallest when $p = f$. Softmax undoes a logarithm, so
#
# $$ b_k = \log f_k \quad (+ \text{ any constant}), \qquad
#    \text{loss} = -\sum_k f_k \log f_k , $$
#
# the entropy of $f$. It is never above $\log n$ and equals it only if the classes are balanced.
#
# ### Run 6: the logarithm and the slips
#
# Three classes with shares 0.7, 0.2, 0.1. The page on Cross Validated has an unfinished sentence
# about biases "proportional to the relative", and setting the bias to the frequencies
# themselves is a common mistake. Where does $b = f$ start?

# %%
prediction = None  # your guess for b = f, in nats

# %%
f = np.array([0.7, 0.2, 0.1])
three_labels = np.repeat([0, 1, 2], [7, 2, 1])
biases = {"b = 0": 0 * f, "b = log f": np.log(f), "b = log f + 9": np.log(f) + 9,
          "b = -log f": -np.log(f), "b = f": f}
for name, b in biases.items():
    measured = ps2.cross_entropy(np.tile(b[:, None], 10), three_labels)
    print(f"{name:14s} loss {measured:.4f} nats   softmax(b) = {ps2.softmax(b[:, None]).ravel()}")
print(f"entropy of f:       {ps2.entropy(f):.4f} nats")
reveal(prediction, measured, "nats")

# %% [markdown]
# $b = f$ is treacherous: it is better than $b = 0$, so it looks as if it had worked. With many
# classes it is next to nothing, as all the $f_k$ are small numbers close to each other, and
# softmax looks at differences. Here are the 27 characters:

# %%
letters = ["\\n", *"abcdefghijklmnopqrstuvwxyz"]
slip = ps2.softmax(frequencies[:, None]).ravel()
figure, ax = plt.subplots(figsize=(8, 3.2))
ax.bar(letters, frequencies, color=CYCLE["sky"], label="share f = softmax(log f)")
ax.plot(letters, slip, "D", color=CYCLE["vermilion"], markersize=4, label="softmax(f)")
ax.axhline(1 / 27, color=CYCLE["black"], linestyle=":", label="uniform, 1/27")
ax.set(xlabel="character", ylabel="probability", title="The bias b = f hardly leaves uniform")
ax.legend()
show(figure, alt="Bars: shares of the 27 characters in the names, from under 0.001 for q to 0.12 "
     "for a. Diamonds: softmax of these shares, all within a few thousandths of the dotted line "
     "at 1/27.")

# %% [markdown]
# ### Run 7: the recurrent network with by = log f
#
# The 50-unit network at scale 0.01 again, now with the logarithms of the character shares as
# its output bias `by`. The entropy of the shares is printed first. What is the loss?

# %%
print(f"entropy of the characters: {ps2.entropy(frequencies):.6f} nats")
prediction = None  # your guess, in nats per character

# %%
params = initialize_parameters(50, 27, np.random.default_rng(0), 0.01)
starts = {"by = 0": np.zeros((27, 1)), "by = f": frequencies[:, None],
          "by = log f": ps2.bias_from_frequencies(frequencies)}
for name, by in starts.items():
    measured = loss_at_init.rnn_initial_loss(names, {**params, "by": by})
    print(f"{name:10s}  {measured:.6f} nats per character")
reveal(prediction, measured, "nats per character", digits=7)

# %% [markdown]
# On the other list it is 2.810068, beside an entropy of 2.810088. Both there and here the
# loss is a hair *below* the entropy. That is no contradiction. The entropy is a lower bound for
# constant predictions; this network's logits are small but not constant, and this draw happens
# to lean the right way by a few hundred-thousandths of a nat.
#
# What is won is the part of training in which the network would learn nothing but the class
# counts. Lin et al. (2017, sections 3.3 and 4.1) needed it for more than speed: with one object
# to thousands of background boxes, a start at $p = 1/2$ made the early training unstable, and a
# bias of $-\log((1-\pi)/\pi)$ with $\pi = 0.01$ cured it. That is $b = \log f$ for two classes.
#
# Two limits. A class that never occurs has $f = 0$ and would get a bias of minus infinity: one
# such example in the test set then costs infinitely much, and `bias_from_frequencies` refuses.
# Add one to every count first. And the entropy, like $\log n$, is the start only for $Wz
# \approx 0$. With logits $\log f$ plus noise of spread $s$ the excess is $s^2/2 \, (1 - \sum_k
# f_k^2)$ to second order, by the same expansion as before:

# %%
counts = np.array([7, 3, 0])
print("add-one smoothing:", counts, "->", (counts + 1) / np.sum(counts + 1))
print("   s    excess over the entropy of f    s²/2 (1 − Σ f²)")
for s in (0.1, 0.3, 1.0):
    excess = loss_at_init.excess_over(f, s, np.random.default_rng(0))
    print(f"{s:5.1f}  {excess:12.4f} {s**2 / 2 * (1 - np.sum(f**2)):32.4f}   nats")

# %% [markdown]
# ## 5. What goes wrong silently
#
# The check is worth its minute because it finds faults that raise no error. It does not find all
# of them. Seven versions of the cross-entropy, six with a fault, on the same 2,000 examples:
#
# 1. at the start, with the small last layer of run 1;
# 2. when the network is sure and right (logit 800 at the label, 0 elsewhere): should be 0;
# 3. when it is sure and wrong (logit 800 at another class): should be 800.
#
# ### Run 8: which faults does the check find?
#
# How many of the six faulty versions pass the check at the start, with a tolerance of 0.05?

# %%
prediction = None  # your guess, a number from 0 to 6

# %%
table = silent_faults.fault_table(logits[:, :2000], labels[:2000])
passing = 0
print(f"{'loss':14s} {'start':>10s}  check  {'sure, right':>12s} {'sure, wrong':>12s}")
for name, (start, right, wrong) in table.items():
    passed = abs(start - np.log(27)) <= 0.05
    passing += passed and name != "right"
    print(f"{name:14s} {start:10.4f}  {'pass' if passed else 'FAIL'} {right:13.4f} {wrong:12.2f}")
reveal(prediction, passing, "faults pass")

# %% [markdown]
# Three faults are found by the first number: the sum is as many times too large as there are
# examples, base 2 gives bits ($\log_2 27$), and the softmax over the wrong axis gives about
# the logarithm of the number of *examples*. A fourth, a penalty on the weights left in the loss,
# is seen in the same way; the next cell prints it. Leave regularisation out of the check, or
# add its known value to what you expect.
#
# Three faults pass. They only show once the logits grow, which is when nobody looks any more:
#
# - **No shift**: $e^{800}$ overflows, and the loss becomes infinite or not a number.
# - **`log(p + 1e-8)`**: the loss can never exceed $-\log 10^{-8}$, whatever the mistake. Worse,
#   the gradient vanishes exactly where it is needed, as the next cell shows. (The `-0.0000` is
#   a loss below zero, which no cross-entropy can have.)
# - **Softmax twice**: a model that ends in a softmax, and a loss that applies its own. The
#   second softmax receives numbers between 0 and 1 only, so it is always nearly uniform.

# %%
hidden_weights = np.random.default_rng(1).normal(scale=np.sqrt(2 / 3), size=(100, 81))
penalty = 0.001 / 2 * (np.sum(hidden_weights**2) + np.sum(W**2))
start = ps2.cross_entropy(logits, labels)
print(f"loss {start:.4f}, with 0.0005 * (sum of squared weights) left in: {start + penalty:.4f}")
wrong = silent_faults.sure(np.array([1]), 27, 30.0)           # sure of class 1, the label is 0
for name in ("right", "log(p + 1e-8)"):
    slope = silent_faults.slope_at_label(silent_faults.LOSSES[name], wrong, np.array([0]))
    print(f"{name:14s} slope by the label's logit, sure and wrong: {slope:.2e}")
print(f"cap of log(p + 1e-8): {-np.log(1e-8):.2f} nats")
low, high = np.log(np.e + 26) - 1, np.log(np.e + 26)
print(f"softmax twice, 27 classes: the loss is always between {low:.4f} and {high:.4f} nats")

# %% [markdown]
# ### Run 9: the second check, overfit a small batch
#
# One more minute finds what the first check missed. Take 32 examples, all with different inputs,
# and train until the network knows them by heart. A right loss goes to zero. We train the network
# of section 1, both layers, 600 steps of gradient descent, once with the right loss and
# once with the softmax applied twice. Where does the second one end?

# %%
prediction = None  # your guess for the last loss with softmax twice, in nats

# %%
batch, batch_labels = silent_faults.distinct_examples(X, labels, 32, np.random.default_rng(0))
curves = {}
for twice in (False, True):
    curves[twice], accuracy = silent_faults.overfit_batch(
        batch, batch_labels, 27, twice, np.random.default_rng(0))
    print(f"softmax {'twice' if twice else 'once '}: first loss {curves[twice][0]:.4f}, "
          f"last {curves[twice][-1]:.4f} nats, accuracy {accuracy:.2f}")
reveal(prediction, curves[True][-1], "nats")

# %%
figure, ax = plt.subplots()
ax.plot(curves[False], "-", color=CYCLE["blue"], label="softmax once")
ax.plot(curves[True], "--", color=CYCLE["vermilion"], label="softmax twice")
ax.axhline(np.log(27), color=CYCLE["black"], linestyle=":", label="log 27")
ax.axhline(low, color=CYCLE["black"], linestyle="-.", label="log(e + 26) − 1: cannot go below")
ax.set(xlabel="step", ylabel="loss on 32 examples, in nats", ylim=(0, 3.6),
       title="Both start at log 27; only one can reach zero")
ax.legend(loc="center right", bbox_to_anchor=(1.0, 0.4))
show(figure, alt="Training loss on 32 examples over 600 steps. Both curves start at log 27. With "
     "one softmax the loss falls to almost zero within 100 steps. With two it falls "
     "slowly to about 2.4 and stays there, above a floor near 2.36.")

# %% [markdown]
# The curve with two softmaxes falls and then rests, like a training that has converged. The
# accuracy looks healthy, too, because the *order* of the classes can still be learnt. Only the
# floor gives it away, and you have to know that a batch of 32 distinct examples can be learnt
# completely.
#
# Neither check sees labels that are wrong or shifted, inputs that contain the answer, or a
# validation set that overlaps with the training set. "The loss starts at $\log n$" means that
# the output, the loss and the averaging fit together. It means no more than that.

# %% [markdown]
# ## 6. Regression: the same idea, other constants
#
# Without inputs a regression network predicts one constant, its last bias. The best constant
# and the loss it leaves depend on the loss function. With residuals $r = t - \text{bias}$:
#
# - squared, $r^2$: best at the **mean**, and the loss there is the variance;
# - absolute, $\lvert r \rvert$: best at the **median**, and the loss is the mean distance to it;
# - Huber, $r^2/2$ up to $\lvert r \rvert = \delta$ and $\delta(\lvert r \rvert - \delta/2)$
#   beyond: no formula, one searches. A large $\delta$ leads to the mean, a small one to the
#   median, and with skewed data one usually lands between the two.
#
# ### Run 10: three losses, three constants
#
# The targets are 500 waiting times in minutes, drawn from a log-normal distribution: most are
# short, some are very long. With $\delta = 5$ minutes, which is largest: mean, median or
# Huber's constant? Write your guess for the mean.

# %%
prediction = None  # your guess for the best constant of the squared loss, in minutes

# %%
minutes = np.random.default_rng(0).lognormal(mean=3.0, sigma=0.7, size=500)
best = {loss: ps2.initial_loss_regression(minutes, loss, delta=5.0)
        for loss in ("absolute", "huber", "squared")}
for loss, (bias, expected) in best.items():
    print(f"{loss:9s} best constant {bias:6.2f} minutes, expected loss {expected:7.2f}")
reveal(prediction, best["squared"][0], "minutes")

# %%
curves = {"absolute": np.abs, "huber": lambda r: ps2.huber(r, 5.0), "squared": np.square}
units = {"absolute": "minutes", "huber": "minutes²", "squared": "minutes²"}
constants = np.linspace(0, 60, 121)
figure, axes = plt.subplots(1, 3, figsize=(9, 3))
for ax, (loss, curve) in zip(axes, curves.items(), strict=True):
    bias, expected = best[loss]
    ax.plot(constants, [np.mean(curve(minutes - c)) for c in constants], color=CYCLE["blue"])
    ax.plot(bias, expected, "o", color=CYCLE["vermilion"])
    ax.annotate(f"{bias:.1f} min", (bias, expected), (0, -14), textcoords="offset points",
                ha="center")
    ax.set(ylim=(0, None), title=loss, xlabel="constant, in minutes",
           ylabel=f"mean loss, in {units[loss]}")
show(figure, alt="Three curves of the mean loss against a constant prediction. Each has one "
     "lowest point: the absolute loss at the median, the Huber loss a little to its right, the "
     "squared loss farthest to the right, at the mean.")

# %% [markdown]
# Two common mistakes: the bias is set to the mean although the loss is absolute, and the squared
# loss is taken with a factor ½ in one place and without it in the other. Both make the first loss
# differ from what is expected, so the check finds them.
#
# Here too a last layer that is not small costs something. For the squared loss the price is
# exact: predictions that scatter around the bias with variance $s^2$, independently of the
# targets, add $s^2$ in expectation. No second order is needed.

# %%
bias, variance = best["squared"]
rng = np.random.default_rng(0)
for s in (1.0, 5.0, 20.0):
    noise = rng.normal(scale=s, size=(2000, len(minutes)))
    excess = np.mean((minutes - bias - noise) ** 2) - variance
    print(f"s = {s:4.1f} minutes: excess {excess:8.3f}, s² = {s**2:8.3f} minutes²")

# %% [markdown]
# ## 7. The page on Cross Validated, sentence by sentence
#
# The question says:
#
# - *The expected start is "-log(1/n_classes)".* Yes, where the logits are close to zero
#   (**run 1**).
# - *That is the loss of equal probabilities "when the problem is balanced".* It is their loss
#   on any labels; **run 1** has very unbalanced ones. Balance decides whether a better
#   constant exists (**run 7**).
# - *"How can you initialize your network to output this distribution before training"?* With
#   small or zero weights in the last layer and equal biases (**run 1**).
# - *Values "can be derived for L2 regression, Huber losses".* Yes: the variance, the mean
#   distance to the median, the minimum of Huber's loss (**run 10**).
#
# The answer says:
#
# - *"It can be done using the bias of the final layer".* For unbalanced classes and for
#   regression, given small weights. For balanced classes the bias has nothing to do
#   (**runs 2 and 6**).
# - *The layers are random with mean 0, so the last layer's input "will have $\mu=0$ as well".*
#   Not after a ReLU. It is the zero mean of $W$ that centres the logits, and only over the
#   draws of $W$ (**run 3**).
# - *"We can control the output of the layer by tunning $b_k$".* Only where $Wz$ is small;
#   otherwise $Wz$ decides (**run 2**, and the table after run 4).
# - *"The same bias for each class" makes the output "in average a probability of 1/n".* The
#   average over networks is $1/n$ with any equal bias, zero included, so the bias is not what
#   does it. A single network has its favourites (**runs 2 and 3**).
# - *Biases "proportional to the relative"* (the sentence breaks off). If frequencies are meant,
#   this is the mistake $b = f$. The logarithm is right, as the answer says further down (**run
#   6**).
# - *The loss is "$- \sum y_i \log \hat y_i$".* Yes, for one example and a one-hot $y$
#   (**section 1**).
# - *$E[y_i \log \hat y_i] = \frac1n \log \frac1n$, so the expected loss is $\log n$, using
#   "that the output probability is 1/n for each class".* This exchanges $E$ and $\log$. An
#   *average* output of $1/n$ gives at least $\log n$, and about $s^2/2\,(1 - 1/n)$ more for
#   logits of spread $s$. Equality needs an output of $1/n$ on each single example (**run 4**).
# - *For unbalanced classes solve $f_i = e^{b_i} / \sum_j e^{b_j}$, "which has the solution"
#   $b_i = \log f_i$.* Yes, for $Wz \approx 0$. It is one solution, and adding a constant gives
#   all the others. There is none if some $f_i = 0$ (**runs 6 and 7**).
# - *The expected loss is then $-\sum f_i \log f_i$.* Yes for $Wz = 0$. Otherwise it is about
#   $s^2/2\,(1 - \sum f_i^2)$ more (**run 7** and the table after it).
#
# So the answer's formulas for the unbalanced case are right and worth using. Its reason for
# the balanced case is not: a small last layer does the work that it gives to the bias.

# %% [markdown]
# ## On your own
#
# 1. Take `logits` from run 1 and shuffle `labels`. What does the check say? What does
#    that tell you about faults in the labels?
# 2. Change the hidden layer to tanh. Does $z$ have mean zero now? Does a single network still
#    favour some classes (run 3)?
# 3. Two classes, one of them in 1 example of 100. Compute the first loss with $b = 0$ and with $b
#    = \log f$. How much of the first training would only learn the counts?
# 4. Derive the next term of the law for $n = 2$, where the excess is $E[\log \cosh(d/2)]$ with
#    $d$ the difference of the two logits, and compare it with `jensen_gap`.
# 5. Sum the loss over the characters of a name instead of averaging. What should it be at the
#    start? Lesson [03_smoothed_loss](03_smoothed_loss.ipynb) begins with this number.
#
# ## Further reading
#
# - A. Karpathy (2019). *A Recipe for Training Neural Networks.*
#   [karpathy.github.io/2019/04/25/recipe](https://karpathy.github.io/2019/04/25/recipe/). The
#   advice, with "overfit one batch" a few lines further on.
# - *How to initialize final layer to get a good starting loss?* Cross Validated, question
#   [606359](https://stats.stackexchange.com/questions/606359).
# - T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár (2017). *Focal Loss for Dense Object
#   Detection.* arXiv 1708.02002, sections 3.3 and 4.1: the bias from a prior.
# - P. Blanchard, D. J. Higham, N. J. Higham (2021). *Accurately computing the log-sum-exp and
#   softmax functions.* IMA Journal of Numerical Analysis 41(4), arXiv 1909.03469: why one may
#   subtract the maximum.
# - P. J. Huber (1964). *Robust Estimation of a Location Parameter.* Annals of Mathematical
#   Statistics 35(1).
# - T. M. Cover, J. A. Thomas (2006). *Elements of Information Theory*, 2nd edition, section 2.6:
#   Jensen's inequality and why the entropy is the least loss of a constant prediction.
#
# **Next:** the assignment `ps2_loss_at_init`, then lesson
# [03_smoothed_loss](03_smoothed_loss.ipynb). **Before:**
# [01_initialization](01_initialization.ipynb).
