# %% [markdown]
# # 2. The loss at initialization
#
# Before the first step of training you already know what the loss should be. If it is
# something else, a mistake is waiting for you, and now is the cheapest moment to find it.
#
# **What you will do**
# - predict the first loss of several untrained networks, then measure it;
# - measure how far random logits push it above $\log n$, and test a law for that;
# - set the last bias to what the class counts already tell, and measure how long that helps;
# - plant faults in a loss, and see which ones the check finds.
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
# names the run that decides.
#
# One notation throughout: columns are examples, $C$ or $n$ is the number of classes, the last
# layer has weights $W$ of shape $(C, n_{features})$ and a bias $b$ of shape $(C, 1)$, and its
# output $Wz + b$ is called the *logits*. All losses are in nats, that is, with the natural
# logarithm.

# %%
import numpy as np

from course.experiments import head_start, letters, loss_at_init, losses, silent_faults
from course.experiments.names import load_names, rnn_loss, split_names
from course.figures import calibration, claims, course_style, reveal, show
from course.figures import losses as figures
from course.figures.interaction import source, table
from course.figures.player import explore, slider

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
# The network is one random ReLU layer of 100 units and a last layer. `losses.surprise` is $-\log
# p_y$ for each example; the code of what computes is one click away.

# %%
source(losses.log_shares, losses.surprise, loss_at_init.relu_features)
names = load_names()
X, labels = loss_at_init.character_windows(names)            # (81, m) one-hot, (m,)
shares = np.bincount(labels, minlength=27) / len(labels)     # (27,)
Z = loss_at_init.relu_features(X, 100, np.random.default_rng(1))  # (100, m)
print(f"{len(names)} names, {len(labels)} characters to predict")
print(f"most common class: {shares.max():.4f}   rarest: {shares.min():.4f}")
table({"classes n": "", "log n (nats)": ".6f"}, [(n, np.log(n)) for n in (2, 10, 27)])

# %% [markdown]
# ### Run 1: a small last layer
#
# The last layer's weights are normal with standard deviation 0.01, its bias is zero. Which loss
# do you expect on these unbalanced names?

# %%
prediction = None  # your guess, in nats

# %%
W = np.random.default_rng(0).normal(scale=0.01, size=(27, 100))
logits = W @ Z                                               # (27, m)
start = losses.surprise(labels, logits).mean()
reveal("loss with a small last layer", prediction, start, "nats", digits=7, within=0.05)
table({"last layer": "", "loss (nats)": ".7f"},
      [("weights of 0.01", start), ("log 27", np.log(27)),
       ("weights of 0", losses.surprise(labels, 0 * logits).mean())])

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# With $W = 0$ the start is $\log 27$ to the last digit, on labels of any balance. With weights
# of 0.01 it is within a fraction of a percent. (A little below is possible: this draw happens
# to favour common letters, by a hair. Run 3 shows such favourites.)
#
# So the plain answer to "how can you initialize your network to output this distribution" is:
# **make the last layer's weights small, and its biases equal**. Zero weights in the last layer
# alone are harmless, by the way: its own gradient is not zero, so it leaves that point at the
# first step. Zeros in *every* layer are another story, told in lesson 1.
#
# </details>

# %% [markdown]
# ## 2. What do equal biases do?
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
large = np.random.default_rng(0).normal(scale=1.0, size=(27, 100)) @ Z
by_bias = [(b, losses.surprise(labels, large + b).mean()) for b in (0.0, 1.0, -50.0)]
reveal("loss with every bias at -50", prediction, by_bias[-1][1], "nats", factor=1.3)
table({"bias of every class": "g", "loss (nats)": ".10f"}, by_bias)

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# Three times the same number, and a long way from $\log 27$. The softmax ignores whatever is
# added to all logits alike: $e^{z_k + b} / \sum_j e^{z_j + b}$, and $e^b$ cancels. An equal
# bias can neither make the output uniform nor spoil it.
#
# </details>
#
# ### Run 3: is the input of the last layer centred?
#
# The answer argues that the layers have random weights with mean zero, and that therefore the
# input $z$ of the last layer "will have $\mu = 0$ as well". Our $z$ came out of a ReLU, and its
# mean square is close to 1. What is its mean? The cell then draws 100 networks with a last layer of
# 0.1 and prints the classes' probabilities, averaged over the examples, in units of 1/27.

# %%
prediction = None  # your guess for the mean of z

# %%
reveal("mean of z after ReLU", prediction, Z.mean(), within=0.1)
print(f"smallest z: {Z.min():.3f}   mean of z squared: {np.mean(Z**2):.3f}")
P = 27 * loss_at_init.mean_probabilities(X[:, ::20], 100, scale=0.1, n_networks=100,
                                         n_classes=27, rng=np.random.default_rng(0))
table({"probability · 27": "", "least likely class": ".2f", "likeliest": ".2f"},
      [("in one network", P[0].min(), P[0].max()),
       ("mean of 100 networks", P.mean(axis=0).min(), P.mean(axis=0).max())])

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# After a ReLU nothing is negative, so the mean cannot be zero. What is true is weaker: $W$ has
# mean zero and is drawn independently of $z$, so over *all the networks one could draw* the
# logits have mean zero, and by symmetry between the classes $E[p_k] = 1/n$ exactly. The last
# line shows that average settling around 1.
#
# But you train one network, not the average of a hundred. In a single one, averaged over all the
# examples, some classes get more than twice their share and others a fraction of it: the mean
# of $z$ is not zero, and each row of $W$ turns it into an offset of its own. This is with
# weights of 0.1, a modest size.
#
# </details>

# %% [markdown]
# ## 3. The Jensen gap
#
# Suppose we grant that the *average* probability is $1/n$. Is the loss then $\log n$? The
# derivation in the answer replaces $E[\log \hat y]$ by $\log E[\hat y]$ between two lines. The
# logarithm is concave, and Jensen's inequality says
#
# $$ E[-\log p_y] \;\ge\; -\log E[p_y] = \log n . $$
#
# A network that is confident, and right no more often than chance, pays more than one that is not
# confident at all. How much more? Take logits that are independent and normal with standard
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
def law(s):
    return s**2 / 2 * (1 - 1 / 27)

def measure(s):
    return loss_at_init.jensen_gap(s, 27, np.random.default_rng(0))

reveal("excess of the loss at s = 10", prediction, measure(10.0), "nats", factor=1.5)
table({"spread s": "g", "measured (nats)": ".4f", "law (nats)": ".4f"},
      [(s, measure(s), law(s)) for s in (0.1, 0.5, 1.0, 3.0, 10.0)])
spreads = np.geomspace(0.05, 20, 14)
show(figures.gap_figure(spreads, [measure(s) for s in spreads], law(spreads)), "jensen gap")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# Up to about $s = 1$ the law is good to a few percent. At 3 it overshoots, and at 10 it is
# useless: there the softmax has become a maximum, the loss is nearly $\max_k z_k - z_y$, and
# that grows in proportion to $s$, not to its square. Both axes of the figure are logarithmic,
# so the law is a straight line.
#
# Read the figure backwards: to start within 0.05 nats of $\log 27$, the logits may have a
# spread of about a third. With $z$ of mean square 1 and 100 features, $s = \text{scale} \cdot
# \sqrt{100}$, so weights of 0.03 are the limit here.
#
# </details>
#
# Below, move the spread and the number of classes. On the left the probabilities of one single
# example, on the right the losses of many (the height is logarithmic). The mean of the losses moves
# away from $\log n$, although the average probability of every class stays at $1/n$ all the time.

# %%
def draw(spread, n_classes):
    figure, mean = figures.confidence(spread, n_classes, np.random.default_rng(4))
    return figure, {"mean": mean, "log_n": np.log(n_classes)}

explore(draw, "confidence",
        spread=slider(1.0, (0.1, 0.3, 1.0, 2.0, 3.0, 5.0), "spread s of the logits"),
        n_classes=slider(27, (2, 10, 27, 100), "number of classes n"))

# %% [markdown]
# The law also explains our own network of section 1. Its features have mean square 1, so the
# logits' spread is about ten times the scale of the weights. One network's loss scatters around
# the law, because it likes some classes better than others (run 3) and these happen to be
# common or rare. The mean over networks is close to it, up to where the law fails.

# %%
scales = (0.0, 0.01, 0.03, 0.1, 0.3)
drawn = loss_at_init.losses_by_scale(Z[:, ::20], labels[::20], 27, scales, 200,
                                     np.random.default_rng(0))   # (200, 5)
size = np.sqrt(100 * np.mean(Z**2))
table({"scale": "g", "spread s": ".3f", "one network": ".4f", "mean of 200": ".4f",
       "log 27 + law": ".4f"},
      [(scale, scale * size, column[0], column.mean(), np.log(27) + law(scale * size))
       for scale, column in zip(scales, drawn.T, strict=True)])

# %% [markdown]
# ### Run 5: a recurrent network at four scales
#
# Now a network of the kind that lesson [04_char_rnn](04_char_rnn.ipynb) trains: it reads a name
# character by character, keeps a state of 50 tanh units, and predicts the next character at each
# step. All weights are normal with the same scale: 0, 0.01, 0.1, 1. The loss is the mean per
# character over all names. What is it at scale 1? (The last line printed has five other draws.)

# %%
prediction = None  # your guess at scale 1, in nats per character

# %%
number = letters.numbered(names)

def first_loss(scale, seed=0):
    return rnn_loss(names, letters.random_weights(np.random.default_rng(seed), 50, 27, scale),
                    number)

by_scale = [(scale, first_loss(scale)) for scale in (0.0, 0.01, 0.1, 1.0)]
reveal("first loss of the RNN at scale 1", prediction, by_scale[-1][1], "nats per character",
       factor=1.5)
table({"scale of all weights": "g", "nats per character": ".6f"}, by_scale)
print("five more draws at scale 1:", *(f"{first_loss(1.0, seed):.2f}" for seed in range(1, 6)))

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# On the list of names of a well-known course assignment the same experiment, with another draw of
# the weights, gives 3.295837, 3.295849, 3.2978 and 12.906. Ours is a different list with a free
# licence, so only the first one has to agree, and it does: without weights there is nothing for
# the list to act on. The others agree in size.
#
# At scale 1 the tanh units are saturated near $\pm 1$, so a logit is a sum of 50 terms of size 1
# and $s$ is about $\sqrt{50} \approx 7$. The network is very sure, and no more often right than a
# guess. Training has to unlearn that first; run 9 shows how long it takes.
#
# </details>

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
# ### Run 6: the logarithm and its imitations
#
# Three classes with shares 0.7, 0.2, 0.1: $\log 3 = 1.0986$, and the entropy is 0.8018. The page on
# Cross Validated has an unfinished sentence about biases "proportional to the relative", and
# setting the bias to the frequencies themselves is a common mistake. Where does $b = f$ start?

# %%
prediction = None  # your guess for b = f, in nats

# %%
f = np.array([0.7, 0.2, 0.1])
biases = {"0": 0 * f, "log f": np.log(f), "log f + 9": np.log(f) + 9, "−log f": -np.log(f), "f": f}
outcome = [(name, -f @ losses.log_shares(b), *np.exp(losses.log_shares(b)))
           for name, b in biases.items()]
reveal("loss with b = f", prediction, outcome[-1][1], "nats", within=0.05)
table({"bias": "", "loss (nats)": ".4f", "p of class 1": ".3f", "2": ".3f", "3": ".3f"}, outcome)
print(f"entropy of f: {losses.expected_surprise(f, f):.4f} nats")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# $b = f$ is treacherous: it is better than $b = 0$, so it looks as if it had worked. With many
# classes it is next to nothing, as all the $f_k$ are small numbers close to each other, and
# softmax looks at differences. The next figure shows it for the 27 characters.
#
# </details>

# %%
show(figures.frequencies_figure(shares, np.exp(losses.log_shares(shares))), "frequencies")

# %% [markdown]
# ### Run 7: the recurrent network with by = log f
#
# The 50-unit network at scale 0.01 again, now with the logarithms of the character shares as
# its output bias `by`. The entropy of the shares is 2.80 nats. What is the loss?

# %%
prediction = None  # your guess, in nats per character

# %%
net = letters.random_weights(np.random.default_rng(0), 50, 27, 0.01)
starts = {"by = 0": 0 * shares, "by = f": shares, "by = log f": np.log(shares)}
outcome = [(name, rnn_loss(names, {**net, "by": by[:, None]}, number))
           for name, by in starts.items()]
reveal("loss with by = log f", prediction, outcome[-1][1], "nats per character", digits=7,
       within=0.05)
table({"output bias": "", "nats per character": ".6f"},
      [*outcome, ("entropy of the shares", losses.expected_surprise(shares, shares))])

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# On the other list it is 2.810068, beside an entropy of 2.810088. Both there and here the
# loss is a hair *below* the entropy. That is no contradiction. The entropy is a lower bound for
# constant predictions; this network's logits are small but not constant, and this draw happens
# to lean the right way by a few hundred-thousandths of a nat.
#
# </details>
#
# Two limits. A class that never occurs has $f = 0$ and would get a bias of minus infinity: one
# such example in the test set then costs infinitely much. Add one to every count first. And the
# entropy, like $\log n$, is the start only for $Wz \approx 0$. With logits $\log f$ plus noise of
# spread $s$ the excess is $s^2/2 \, (1 - \sum_k f_k^2)$ to second order, by the same expansion as
# before. The cell checks that on the three classes, and smooths counts of 7, 3 and 0.

# %%
counts = np.array([7, 3, 0])
print("add-one smoothing:", counts, "->", (counts + 1) / np.sum(counts + 1))
table({"spread s": "g", "excess over the entropy of f": ".4f", "s²/2 (1 − Σ f²)": ".4f"},
      [(s, loss_at_init.excess_over(f, s, np.random.default_rng(0)), s**2 / 2 * (1 - f @ f))
       for s in (0.1, 0.3, 1.0)])

# %% [markdown]
# ### Run 8: what is won, and for how long?
#
# A better start is not yet a better training. We train lesson 4's network (50 units, one name a
# step, rate 0.01, weights of 0.01) twice from the same weights, with a zero bias and with $\log f$.
# The loss is the mean over the last 100 names. At the start log f is ahead by half a nat. By how
# much is it ahead after 1,000 steps? (Negative if it is behind.)

# %%
prediction = None  # your guess, in nats per character

# %%
train_names, _ = split_names(names)
steps, marks = range(20, 1501, 20), (100, 300, 1000)
gain = {name: head_start.curve(train_names, net, 1500, marks)
        for name, net in head_start.small_starts(train_names).items()}
ahead = np.subtract(*gain.values())  # zero minus log f: positive where log f is better
reveal("log f ahead after 1,000 steps", prediction, ahead[-1], "nats per character", within=0.05)
table({"step": ",", **dict.fromkeys(gain, ".3f"), "log f ahead by": "+.3f"},
      zip(marks, *gain.values(), ahead, strict=True))
show(figures.gains({name: head_start.curve(train_names, net, 1500, steps)
                    for name, net in head_start.small_starts(train_names).items()},
                   steps, {"entropy of the shares": losses.expected_surprise(shares, shares)}),
     "gain of log f")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# The gain is real and short-lived. It saves the steps in which the network would learn nothing but
# the class counts, a few hundred here; by step 1,000 the two are within a few hundredths, with the
# zero bias slightly ahead in this run. Three hundred steps are less than a quarter of the first
# pass over the 1,299 names. Lin et al. (2017, sections 3.3 and 4.1) needed it for more than speed:
# with one object to thousands of background boxes, a start at $p = 1/2$ made the early training
# unstable, and a bias of $-\log((1-\pi)/\pi)$ with $\pi = 0.01$ cured it. That is $b = \log f$ for
# two classes.
#
# </details>
#
# ### Run 9: the hockey stick
#
# Take the start at scale 1 instead, sure and wrong. Its curve has a famous shape: a steep fall,
# then a long flat part, like a hockey stick. We mend it one part at a time: a last layer of
# 0.01, then $b = \log f$ as well, then recurrent weights divided by $\sqrt{50}$. The all-at-scale-1
# start begins near 13 nats. After 1,000 steps, by how many nats is the *fully mended* start better?

# %%
prediction = None  # your guess, in nats per character

# %%
steps = range(20, 2001, 20)
sticks = {name: head_start.curve(train_names, net, 2000, steps)
          for name, net in head_start.large_starts(train_names).items()}
at = {step: list(steps).index(step) for step in (20, 100, 300, 1000, 2000)}
first, last = (sticks[name][at[1000]] for name in (list(sticks)[0], list(sticks)[-1]))
reveal("mended start better after 1,000 steps", prediction, first - last, "nats per character",
       within=0.2)
table({"start": "", **{f"step {step:,}": ".2f" for step in at}},
      [(name, *(curve[place] for place in at.values())) for name, curve in sticks.items()])
show(figures.gains(sticks, steps, {"log 27": np.log(27)}), "hockey stick")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# A small last layer saves the steep part: the 300 steps in which the first network only unlearns
# its confidence. $\log f$ saves a little more. Neither helps with what comes after: with saturated
# tanh units all three creep, and at step 2,000 they are within 0.15 nats of each other, in another
# order. Only the fourth, whose recurrent weights are scaled by their number of inputs as in lesson
# 1, gets on. **A first loss of $\log n$ says that the last layer is right. It says nothing about
# the layers below.**
#
# </details>

# %% [markdown]
# ## 5. What goes wrong silently
#
# The check is worth its minute because it finds faults that raise no error. It does not find all
# of them. Here are seven versions of the cross-entropy:
#
# - **right**;
# - **softmax twice**: the model ends in a softmax, and the loss applies its own;
# - **log(p + 1e-8)**: a small number, against a logarithm of zero;
# - **no shift**: exponentials without subtracting the maximum first;
# - **sum for mean**: the examples are added up;
# - **log base 2**: bits;
# - **wrong axis**: the softmax is taken over the examples, not over the classes.
#
# Each is given the same 2,000 examples three times: at the start, with the small last layer of run
# 1; when the network is sure and right (logit 800 at the label, 0 elsewhere), where 0 is right; and
# when it is sure and wrong (logit 800 at another class), where 800 is right.
#
# ### Run 10: which faults does the check find?
#
# How many of the six faulty versions pass the check at the start, with a tolerance of 0.05?

# %%
prediction = None  # your guess, a number from 0 to 6

# %%
source(*list(silent_faults.LOSSES.values())[1:])
faults = silent_faults.fault_table(logits[:, :2000], labels[:2000])
passed = {name: abs(each[0] - np.log(27)) <= 0.05 for name, each in faults.items()}
reveal("faulty losses that pass the check", prediction, sum(passed.values()) - 1, "faults",
       within=0.5)
table({"loss": "", "at the start": ".4f", "check": "", "sure, right": ".4f", "sure, wrong": ".2f"},
      [(name, each[0], "pass" if passed[name] else "FAIL", *each[1:])
       for name, each in faults.items()])

# %% [markdown]
# <details><summary>Open after the run</summary>
#
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
# - **Softmax twice**: the second softmax receives numbers between 0 and 1 only, so it is always
#   nearly uniform.
#
# </details>
#
# The next cell prints the start with a penalty left in, the slope by the label's logit when the
# network is sure and wrong, and the bounds of the loss with two softmaxes.

# %%
hidden = np.random.default_rng(1).normal(scale=np.sqrt(2 / 3), size=(100, 81))
penalty = 0.0005 * (np.sum(hidden**2) + np.sum(W**2))
print(f"loss {start:.4f}, with 0.0005 * (sum of squared weights) left in: {start + penalty:.4f}")
wrong = silent_faults.sure(np.array([1]), 27, 30.0)           # sure of class 1, the label is 0
for name in ("right", "log(p + 1e-8)"):
    slope = silent_faults.slope_at_label(silent_faults.LOSSES[name], wrong, np.array([0]))
    print(f"{name:14s} slope by the label's logit, sure and wrong: {slope:.2e}")
print(f"cap of log(p + 1e-8): {-np.log(1e-8):.2f} nats")
low, high = np.log(np.e + 26) - 1, np.log(np.e + 26)
print(f"softmax twice, 27 classes: the loss is always between {low:.4f} and {high:.4f} nats")

# %% [markdown]
# ### Run 11: the second check, overfit a small batch
#
# One more minute finds what the first check missed. Take 32 examples, all with different inputs,
# and train until the network knows them by heart. A right loss goes to zero. We train the network
# of section 1, both layers, 600 steps of gradient descent, once with the right loss and
# once with the softmax applied twice. Where does the second one end?

# %%
prediction = None  # your guess for the last loss with softmax twice, in nats

# %%
batch, targets = silent_faults.distinct_examples(X, labels, 32, np.random.default_rng(0))
(once, right), (twice, still_right) = (
    silent_faults.overfit_batch(batch, targets, 27, doubled, np.random.default_rng(0))
    for doubled in (False, True))
reveal("last loss with softmax twice", prediction, twice[-1], "nats", within=0.2)
table({"softmax": "", "first loss": ".4f", "last loss": ".4f", "accuracy": ".2f"},
      [("once", once[0], once[-1], right), ("twice", twice[0], twice[-1], still_right)])
show(figures.overfit_figure(once, twice, low), "overfit")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# The curve with two softmaxes falls and then rests, like a training that has converged. The
# accuracy looks healthy, too, because the *order* of the classes can still be learnt. Only the
# floor gives it away, and you have to know that a batch of 32 distinct examples can be learnt
# completely.
#
# Neither check sees labels that are wrong or shifted, inputs that contain the answer, or a
# validation set that overlaps with the training set. "The loss starts at $\log n$" means that
# the output, the loss and the averaging fit together. It means no more than that.
#
# </details>

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
# ### Run 12: three losses, three constants
#
# The targets are 500 waiting times in minutes, drawn from a log-normal distribution: most are
# short, some are very long, and the median is about 20 minutes. In which order do the three
# constants come, with $\delta = 5$ minutes? And how large is that of the squared loss?

# %%
prediction = None  # your guess for the best constant of the squared loss, in minutes

# %%
minutes = np.random.default_rng(0).lognormal(mean=3.0, sigma=0.7, size=500)
best = {name: losses.search(minutes, name, delta=5.0) for name in losses.CURVES}
reveal("best constant, squared loss", prediction, best["squared"][0], "minutes", within=2)
table({"loss": "", "best constant (minutes)": ".2f", "loss there": ".2f", "in": ""},
      [(name, *each, "minutes" if name == "absolute" else "minutes²")
       for name, each in best.items()])
print(f"median {np.median(minutes):.2f}, mean {minutes.mean():.2f} minutes")
show(figures.constants_figure(minutes, best, 5.0), "constants")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# Two common mistakes: the bias is set to the mean although the loss is absolute, and the squared
# loss is taken with a factor ½ in one place and without it in the other. Both make the first loss
# differ from what is expected, so the check finds them.
#
# </details>
#
# Here too a last layer that is not small costs something. For the squared loss the price is
# exact: predictions that scatter around the bias with variance $s^2$, independently of the
# targets, add $s^2$ in expectation. No second order is needed.

# %%
rng, (bias, variance) = np.random.default_rng(0), best["squared"]
rows = []
for s in (1.0, 5.0, 20.0):
    noise = rng.normal(scale=s, size=(2000, len(minutes)))
    rows.append((s, np.mean((minutes - bias - noise) ** 2) - variance, s**2))
table({"spread s (minutes)": "g", "excess (minutes²)": ".3f", "s²": ".3f"}, rows)

# %% [markdown]
# ## 7. The page on Cross Validated, sentence by sentence
#
# Each sentence of the question and of its answer that claims or asks something, with the run that
# decides. In short: the answer's formulas for the unbalanced case are right and worth using. Its
# reason for the balanced case is not: a small last layer does the work that it gives to the bias.

# %%
claims("003")

# %% [markdown]
# ### Your predictions

# %%
calibration()

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
