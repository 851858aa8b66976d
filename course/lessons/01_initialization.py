# %% [markdown]
# # 1. Initialization scales
#
# Before the first step, the weights of a network are random numbers, and you choose how large
# they are. One choice trains in a few thousand steps, another sits still for three hundred
# thousand, a third is full of NaN and does not say so.
#
# **What you will do**
# - train one small net from seven starts and match a forum's figures to the last digit;
# - draw a flat cost so that it looks flat, and measure how long it stays flat;
# - repeat a result with twenty seeds before you believe it;
# - follow a signal through thirty layers, forward and back;
# - play detective: six broken starts, all with the same accuracy.
#
# **What you will learn**
# - why the right scale depends on the number of inputs of a layer, and on the activation;
# - why "my net does not learn" has several different causes, and which numbers tell them apart;
# - what an accuracy below one half, a cost of 0.693 and a cost of 0.644 are saying.
#
# **What you need:** NumPy, the forward and backward pass of a network with ReLU layers and a
# sigmoid at the end. About 75 minutes. The assignment that goes with this lesson is
# `ps1_initialization`; there you write the functions that are used here.

# %% [markdown]
# ## The two questions
#
# **First question**, on the DeepLearning.AI forum. A learner trains a small net on two rings of
# points. With weights of standard deviation 10 the accuracy is 0.83 on the training points and
# 0.86 on the test points. With 0.01 it is 0.4633333333333333 and 0.48. Yet 0.01 is the factor
# that an earlier exercise of the same course used. Why is it so bad here?
#
# **Second question**, on AI Stack Exchange
# ([the accepted answer](https://ai.stackexchange.com/a/20242)). A net 12288-20-7-5-1 tells cats
# from other pictures. Divided by $\sqrt{n}$ its weights work well. With
# `np.random.randn(...) ** 0.001` "just have 34% correct". Why?
#
# Both have good answers and both were given some that do not hold. Every run below is
# numbered, and section 9 goes through the answers and says which run decides.
#
# Notation: layer $l$ has weights $W_l$ of shape $(n_l, n_{l-1})$ and a bias $b_l$ of shape
# $(n_l, 1)$. Columns are examples. "Scale" is the standard deviation of the weights. Costs are
# in nats, that is, with the natural logarithm.
#
# The matrices of this lesson are small, so NumPy's linear algebra gets one thread: more of them
# would spend their time waiting for each other. This has to be set before NumPy is imported.

# %%
# %env OPENBLAS_NUM_THREADS=1

# %%
import matplotlib.pyplot as plt
import numpy as np

from course.experiments import circles, depth, descent, detective, plateau, seed_lottery
from course.experiments.pictures import pictures

# %%
from course.figures import CYCLE, course_style, explore, progress, reveal, show, slider
from course.figures import depth as depth_figures
from course.figures import initialization as figures
from course.ps1_initialization import reference as ps1

course_style()

# %% [markdown]
# ## 1. One net, seven starts
#
# The points: 300 for training and 100 for testing, half on a ring of radius 1 (label 0), half
# on a ring of radius 0.8 (label 1), with noise of standard deviation 0.05. They are those of
# scikit-learn's `make_circles` with the seeds of the assignment, made here with NumPy alone.
# The net is 2-10-5-1, ReLU, ReLU, sigmoid, trained on all points at once with rate 0.01 for
# 15,000 steps. All seven starts use the same random numbers, times a different scale.
#
# ### Run 1: the first question's experiment
#
# By how much, in nats, will the cost of the 0.01 start fall between step 0 and step 14,000?

# %%
prediction = None  # your guess, in nats

# %%
X, y, X_test, y_test = circles.circles()  # (2, 300), (1, 300), (2, 100), (1, 100)
results = {name: circles.run(name) for name in progress(circles.SEVEN, "seven starts")}
fall = results["0.01"]["costs"][0] - results["0.01"]["costs"][14]
reveal(prediction, fall, "nats")

# %%
print(f"{'start':7s} {'cost at 0':>14s} {'cost at 14,000':>14s}   train accuracy       test")
for name, result in results.items():
    first, last = result["costs"][[0, 14]]
    print(f"{name:7s} {first:14.9f} {last:14.9f}   {float(result['train']):<20} "
          f"{float(result['test'])}")

# %% [markdown]
# The learner's four figures, 0.83 and 0.86, 0.4633333333333333 and 0.48, are there to the last
# digit, and so are He's, which the assignment prints as 0.8830537463 and 0.0735789596 with
# accuracies 0.9933333333333333 and 0.96. Here is what each net answers in the plane.

# %%
show(figures.boundaries(results, X, y),
     alt="Seven maps of the plane with the two rings of points. Zeros answers 0 everywhere. "
         "0.01 and 0.1 make a few straight cuts across both rings. 10 encloses the inner ring "
         "but leaks through the outer one in several places. 1, Xavier and He follow the gap "
         "between the rings all the way round.",
     caption="What each net answers after 15,000 steps; the number is its train accuracy.")

# %% [markdown]
# ### Run 2: is 46 % worse than chance?
#
# It looks as if the 0.01 net had learned to be wrong. Look at its outputs before you say so:
# how far do the 300 probabilities lie apart?

# %%
prediction = None  # your guess: largest minus smallest probability

# %%
probability = ps1.sigmoid(ps1.forward(X, results["0.01"]["params"])[-1])  # (1, 300)
reveal(prediction, np.ptp(probability))
print(f"all of them between {probability.min():.8f} and {probability.max():.8f}")
print(f"log 2 = {np.log(2):.8f} nats, the cost of answering 1/2 everywhere")

# %% [markdown]
# The net answers 1/2 for every point, to within a millionth or so. Which side of 1/2 a point
# falls on is settled by digits that mean nothing, and on 300 points such an answer may be right
# 46 or 54 times in 100. This net is not bad at the task; it has not begun. "46 %" is the sign
# of an almost constant output, and the cost, 0.6931 = log 2, says the same more plainly.

# %% [markdown]
# ### Run 3: the cost that the assignment prints as `inf`
#
# At scale 10 the assignment's first cost is `inf`. Is it?

# %%
logits = ps1.forward(X, circles.start("10"))[-1]
print(f"logits from {logits.min():.0f} to {logits.max():.0f}")
print(f"with log(sigmoid(z)), as in the assignment: {circles.naive_cost(logits, y)}")
print(f"with the logarithm written out:             "
      f"{ps1.binary_cross_entropy(logits, y):.6f} nats")

# %% [markdown]
# All logits are positive, so the points of label 0 are classified wrongly, some with great
# confidence. Each of them costs about as many nats as its logit is large: a finite number. The
# sigmoid of 40 rounds to 1, and `log(1 - 1)` is minus infinity; so the `inf` belongs to the formula
# and not to the net. $\max(z, 0) - z y + \log(1 + e^{-|z|})$ is the same cost without the rounding.

# %% [markdown]
# ## 2. A flat line, drawn honestly
#
# The learner's own plot of the 0.01 cost shows a clear descent. Someone in the thread saw the
# trap: the axis rescales itself to whatever it is given, and the small text above it,
# "1e-8+6.931473e-1", says how little that is. The thread's cure, `plot2`, sets the limits to
# the smallest and largest cost plus $10^{-10}$. Does that help?

# %%
costs = results["0.01"]["costs"]
figure, (automatic, tight, honest) = plt.subplots(1, 3, figsize=(9.6, 3.3))
for ax, title in ((automatic, "automatic axis"), (tight, "limits of plot2")):
    ax.plot(1000 * np.arange(15), costs, marker="o", ms=3)
    ax.set(title=title, xlabel="iteration", ylabel="cost (nats)")
tight.set_ylim(costs.min() - 1e-10, costs.max() + 1e-10)
tight.ticklabel_format(style="plain", useOffset=False, axis="y")
ps1.plot_cost(costs, honest, every=1000)
honest.axhline(np.log(2), ls="--", color=CYCLE["vermilion"])
honest.set_title("axis from 0, log 2 dashed")
show(figure, alt="The same fifteen costs three times. On the automatic axis and on plot2's they "
     "fall from the top of the panel to its bottom. On an axis from 0 they are a level line "
     "that covers the dashed line at log 2.")

# %% [markdown]
# `plot2` removes the offset text, and that is a gain: the tick labels now share their first six
# digits. But its limits are still the data's own, so the line still falls from corner to
# corner. (It also needs a `from matplotlib.ticker import ScalarFormatter`.) Only an axis that
# starts at 0 shows what happened, which is nothing.
#
# And here is `plot2` on the costs of scale 10 as the assignment prints them:

# %%
printed = [np.inf, *results["10"]["costs"][1:]]
figure, ax = plt.subplots()
try:
    ax.set_ylim(min(printed) - 1e-10, max(printed) + 1e-10)
except ValueError as error:
    print("plot2:", error)
plt.close(figure)

# %% [markdown]
# ## 3. It is a plateau, and it ends
#
# So is the 0.01 net broken? Its gradients are small, but they are not zero. Give it a rate of
# 1.0 in place of 0.01 and wait. We say that the plateau ends where the cost falls below 0.6
# nats. At which step?
#
# ### Run 4: the same start, a hundred times the rate

# %%
prediction = None  # your guess, a step

# %%
leaves = plateau.escape(0.01, learning_rate=1.0)
reveal(prediction, leaves, "steps", digits=6)
params, fast = descent.train(circles.start("0.01"), X, y, 1.0, 6000, every=20)
print(f"train accuracy after 6,000 steps: {descent.accuracy(params, X, y):.4f}")

# %%
figure, ax = plt.subplots()
ps1.plot_cost(fast, ax, every=20)
ax.axvline(leaves, ls="--", color=CYCLE["vermilion"])
ax.annotate(f"step {leaves:,}", (leaves, 0.3), xytext=(-6, 0), ha="right",
            textcoords="offset points", color=CYCLE["vermilion"])
ax.axhline(0.6, ls=":", color="0.4")
show(figure, alt="The cost stays level at 0.693 nats for about three thousand steps, drops below "
     "0.6 at the marked step and gets close to 0 within a thousand more, with sharp spikes on "
     "the way.")

# %% [markdown]
# Nothing happens for a long time, and then everything happens quickly. (The spikes after it
# are the price of rate 1.0, which is too large once the weights have grown.) Such a place is a
# *saddle*: at exactly zero every gradient of the weights vanishes, and close to zero they are
# tiny, but there is a way down. The last answer in the thread says it: "You will have to crank
# up the number of iterations or the learning rate."
#
# How long is the wait? A weight of layer 1 moves at a speed proportional to the product of the
# weights above it. Three layers whose weights all have size $s$ give $ds/dt \propto s^2$, and
# so a time proportional to $1/s$, divided by the rate. (Saxe et al. 2013 solve the case of
# linear layers exactly.) Does that hold with ReLU?
#
# ### Run 5: exit step against rate and scale
#
# The grid below goes up to 300,000 steps a run, two minutes in all. It is **cached** in
# `data/plateau.csv`, which `python -m course.experiments.plateau` makes again. The law to test is
# $\text{step} = c \cdot \text{rate}^a \cdot \text{scale}^b$. Which $b$ do you expect?

# %%
prediction = None  # your guess for the exponent b of the scale

# %%
table = plateau.read()  # columns seed, learning rate, scale, exit step
fitted = table[(table[:, 0] == circles.SEED) & (table[:, 2] <= 0.1)]
c, a, b = plateau.power_law(*fitted[:, 1:].T)
reveal(prediction, b)
print(f"step = {c:.1f} * rate^{a:.3f} * scale^{b:.3f}, fitted to scales up to 0.1")
asked = table[np.all(table[:, :3] == [circles.SEED, 0.01, 0.01], axis=1)][0, 3]
print(f"the learner's own run, rate 0.01 and scale 0.01, leaves at step {asked:,.0f}")
live = plateau.escape(0.05, 1.0)
cached = table[np.all(table[:, :3] == [circles.SEED, 1.0, 0.05], axis=1)][0, 3]
print(f"one of them live, rate 1 and scale 0.05: step {live}, cached {cached:.0f}")

# %%
show(figures.power_law_figure(table, circles.SEED, lambda rate, s: c * rate**a * s**b),
     alt="Exit step against scale, both logarithmic, one line for each of five rates. All "
         "points follow falling lines of slope close to minus one; each tenfold rate shifts "
         "the line down by a factor of ten. Small grey dots for nine other seeds scatter "
         "around the lowest line by about a factor of two.")

# %% [markdown]
# Both exponents are close to $-1$: the wait goes as $1/(\text{rate} \cdot \text{scale})$. The
# learner trained for 15,000 steps a net that needed twenty times as many. Nothing was wrong with
# it; it only needed patience. The other seeds (grey) agree in slope and differ in height, by a
# factor of two or so.

# %% [markdown]
# ## 4. The seed lottery
#
# The thread compares *one* run with another. An answer there goes on to reason that large
# weights "probably ... converge faster to a good optima". Before anyone explains a difference,
# it should be there when the dice are thrown again.
#
# ### Run 6: twenty seeds
#
# Of twenty He starts, how many end above 0.95?

# %%
prediction = None  # your guess, out of 20

# %% [markdown]
# Eight starts with twenty seeds are 160 trainings, about three minutes: **cached** in
# `data/seed_lottery.csv`, made by `python -m course.experiments.seed_lottery`.

# %%
lottery = seed_lottery.read()  # by start: the train accuracies of seeds 0 to 19
reveal(prediction, np.sum(lottery["He"] > 0.95), "of 20")
print(f"{'start':7s} {'median':>7s} {'lowest':>7s} {'highest':>8s} {'above 0.95':>11s}")
for name, values in lottery.items():
    print(f"{name:7s} {np.median(values):7.3f} {values.min():7.3f} {values.max():8.3f} "
          f"{np.sum(values > 0.95):8d} of 20")
below = np.sum(lottery["10"] < results["10"]["train"])
print(f"scale 10: {below} of the 20 seeds end below the forum's {results['10']['train']:.2f}")

# %%
show(figures.strip_plot(lottery, marked={"0.01": results["0.01"]["train"],
                                         "10": results["10"]["train"],
                                         "He": results["He"]["train"]}),
     alt="A row of twenty dots for each start. 0.01 and 0.1 lie around one half. 0.5, 1, 2, "
         "Xavier and He crowd near 0.98 with a few stragglers. 10 spreads from 0.55 to 0.94. "
         "Rings mark the forum's seed: for 10 it lies to the right of the median.",
     caption="Bars: medians. Rings: the seed that the assignment fixed.")

# %% [markdown]
# The 0.83 that started the discussion is better than most of its kind: the assignment's fixed
# seed drew a good ticket. Scale 10 is the *worst* of the starts that move at all, and none of
# its twenty runs passes 0.95. Scales of 0.5 to 2 do best; Xavier's scales for these three layers
# are 0.71, 0.32 and 0.45, He's are 1.00, 0.45 and 0.63. Even He sometimes fails, because a
# layer of ten ReLU units can be dealt a bad hand.
#
# ### Run 7: a few of them live
#
# Two seeds, three starts, and beside each the cached value.

# %%
for seed, name in progress([(s, n) for s in (0, 1) for n in ("0.01", "10", "He")], "live"):
    live = circles.run(name, seed)["train"]
    print(f"seed {seed}, start {name:4s}: live {live:.4f}, cached {lottery[name][seed]:.4f}")

# %% [markdown]
# If a value for scale 10 differs on your machine, nothing is wrong. Large starts magnify
# rounding, as the next run shows.
#
# ### Run 8: one weight moved by the last bit
#
# We move one of the weights to the next number that the computer can write, a change in the
# sixteenth digit, and train again. By how much does the cost at step 14,000 change for He? And
# for scale 10?

# %%
prediction = None  # your guess: change of the cost for scale 10, in nats

# %%
for name in ("He", "10"):
    moved = circles.start(name)
    moved["W1"][0, 0] = np.nextafter(moved["W1"][0, 0], np.inf)
    _, costs = descent.train(moved, X, y, 0.01, 14_001)
    change = abs(costs[14] - results[name]["costs"][14])
    print(f"{name:3s} cost at 14,000: {costs[14]:.15f}, changed by {change:.1e}")
reveal(prediction, change, "nats")

# %% [markdown]
# Public copies of the assignment show the same: their He costs agree to thirteen digits, and
# the last cost of scale 10 is printed as 0.38275, 0.38277, 0.38278 or 0.38281. So: quote four
# digits of such a run, never seventeen.

# %% [markdown]
# ## 5. Thirty layers
#
# Three layers forgive a lot. To see what a scale does, look at thirty, 256 units each, at the
# start and without training: standard normal numbers go in at the bottom, and to watch the way
# back we put standard normal numbers in the place of the gradient at the top.
#
# A unit adds $n$ terms $w_i a_i$. With independent weights of standard deviation $s$ and mean
# zero, the sum has variance $n s^2 E[a^2]$. If nothing else happened, $s = 1/\sqrt n$ would
# keep the size (LeCun et al. 1998; Glorot and Bengio 2010). ReLU then drops the negative half,
# which halves the mean square; $s = \sqrt{2/n}$ makes up for it (He et al. 2015).
#
# ### Run 9: ReLU with $1/\sqrt n$
#
# The input has root mean square 1. What is it after 30 ReLU layers with $s = 1/\sqrt{256}$?

# %%
prediction = None  # your guess, root mean square at layer 30

# %%
starts = {"0.01": 0.01, "1/sqrt(n)": 1 / 16, "sqrt(2/n)": np.sqrt(2) / 16, "1": 1.0}
passes = {(kind, name): depth.signals(s, kind, np.random.default_rng(0))
          for kind in depth.KINDS for name, s in starts.items()}
reveal(prediction, depth.rms(passes["relu", "1/sqrt(n)"][0])[30])
print("root mean square     activations, layer 1, 5, 10, 30     gradients, layer 29, 20, 10, 0")
for (kind, name), (forward, back) in passes.items():
    there = "".join(f"{value:9.2g}" for value in depth.rms(forward)[[1, 5, 10, 30]])
    again = "".join(f"{value:9.2g}" for value in depth.rms(back)[[29, 20, 10, 0]])
    print(f"{kind}  {name:10s} {there}     {again}")

# %%
figure, axes = plt.subplots(2, 2, figsize=(9.6, 6.4), sharex=True)
for row, kind in zip(axes, depth.KINDS, strict=True):
    for ax, part, what in zip(row, (0, 1), ("activations", "gradients"), strict=True):
        curves = {name: depth.rms(passes[kind, name][part]) for name in starts}
        depth_figures.layer_lines(curves, f"{kind}: {what}", ax)
show(figure, alt="Root mean square by layer on logarithmic axes, four panels. With ReLU, 0.01 "
     "falls to about 1e-29 at layer 30 and 1 rises to about 1e31, for activations going up the "
     "layers and for gradients going down; 1/sqrt(n) falls slowly to about 1e-5; sqrt(2/n) "
     "stays near 1. With tanh, activations at scale 1 stay just below 1 while their gradients "
     "explode.")

# %% [markdown]
# Four things to notice.
#
# - With ReLU, forward and backward shrink or grow by the same factor per layer,
#   $s \sqrt{n/2}$. One start cures both.
# - $1/\sqrt n$ loses a factor $\sqrt 2$ at every ReLU layer: harmless with three layers, fatal
#   with thirty.
# - tanh bounds its outputs, so at scale 1 the activations look healthy, yet the gradients
#   explode. Looking at one direction only is not enough.
# - The factor on the way back is $W^T$ times the slope of the activation. With 0.01, ReLU's
#   slope is 1 for half the units and the gradient still vanishes. It is $W^T$ that shrinks it.
#
# A root mean square is one number for thousands. The histograms show the rest, among them the
# share of exact zeros.

# %%
rows = {"relu, 1/sqrt(n)": passes["relu", "1/sqrt(n)"], "relu, sqrt(2/n)":
        passes["relu", "sqrt(2/n)"], "tanh, 1/sqrt(n)": passes["tanh", "1/sqrt(n)"],
        "tanh, 1": passes["tanh", "1"]}
outputs = {name: pair[0] for name, pair in rows.items()}
show(depth_figures.layer_histograms(outputs, (1, 5, 10, 20, 30), "output of a unit"),
     alt="Histograms of the outputs of layers 1, 5, 10, 20 and 30. ReLU with 1/sqrt(n) "
         "collapses towards 0; with sqrt(2/n) the width stays. Tanh with 1/sqrt(n) narrows "
         "slowly; with scale 1 nearly all outputs sit at minus one and one.",
     caption="Activations. Values beyond a panel's range are put into its outermost bar.")

# %%
gradients = {name: pair[1] for name, pair in list(rows.items())[:3]}
show(depth_figures.layer_histograms(gradients, (29, 20, 10, 5, 0), "gradient of a unit's output"),
     alt="Histograms of the gradients that reach layers 29, 20, 10, 5 and 0. With ReLU and "
         "1/sqrt(n) they collapse onto zero; with sqrt(2/n) they keep their width; with tanh "
         "and 1/sqrt(n) they narrow slowly.",
     caption="Gradients on the way back, from near the top (left) to the input (right).")

# %% [markdown]
# ### The scale under your hand
#
# Move the slider. (Without widgets you see the figure for its first value.) Where does ReLU
# keep its size, and where tanh? How far may you be off before layer 30 is lost?

# %%
def draw(scale):
    figure, axes = plt.subplots(1, 2, figsize=(9.6, 3.4), sharey=True)
    for ax, part, what in zip(axes, (0, 1), ("activations", "gradients"), strict=True):
        curves = {kind: depth.rms(depth.signals(scale, kind, np.random.default_rng(0))[part])
                  for kind in depth.KINDS}
        depth_figures.layer_lines(curves, f"{what}, scale {scale:g}", ax)
        ax.set_ylim(1e-30, 1e32)
    return figure


scales = (0.01, 0.03, 0.05, 0.0625, 0.075, 0.0884, 0.1, 0.125, 0.2, 0.5, 1.0)
explore(draw, "Root mean square by layer of activations and gradients, ReLU and tanh, at the "
        "chosen scale. At 0.05 both fall, ReLU faster, by ten or so powers of ten.",
        scale=slider(0.05, scales, "scale of the weights"))

# %% [markdown]
# ### Run 10: variance or mean square?
#
# The second question's answer asks for activations with "Mean 0" and constant variance. After
# ReLU the mean is not 0, so the two are different numbers. Which is the one that He's factor 2
# comes from? For a standard normal $z$, what is the *variance* of ReLU($z$)?

# %%
prediction = None  # your guess

# %%
a = np.maximum(np.random.default_rng(0).standard_normal(4_000_000), 0)
reveal(prediction, a.var())
print(f"1/2 - 1/(2 pi)      = {1 / 2 - 1 / (2 * np.pi):.4f}, the variance")
print(f"mean square         = {np.mean(a**2):.4f}, half of what came in")
print(f"mean                = {a.mean():.4f}, and 1/sqrt(2 pi) = {1 / np.sqrt(2 * np.pi):.4f}")

# %% [markdown]
# The next layer multiplies by weights of mean zero, so what it passes on is $n s^2 E[a^2]$: the
# mean square, 1/2, and not the variance. That is why the factor is 2 and not 2.9. And it is the
# zero mean of the *weights*, not of the activations, that makes the next sum centred.

# %% [markdown]
# ## 6. A fan-in audit
#
# Back to the second question's net, 12288-20-7-5-1. A layer with $n$ inputs multiplies the
# spread by about $s \sqrt n$ (the audit of the assignment). Take 0.01 for all layers. By which
# factor is that too small for the second layer, measured against $1/\sqrt n$?
#
# ### Run 11: the audit

# %%
prediction = None  # your guess, a factor

# %%
dims = detective.LAYER_DIMS
too_small = 1 / ps1.fan_in_audit(dims, 0.01)
reveal(prediction, too_small[1], "times")
print("layer  inputs  1/sqrt(inputs)  factor at 0.01  too small by")
for layer, factor in enumerate(ps1.fan_in_audit(dims, 0.01), start=1):
    print(f"{layer:5d} {dims[layer - 1]:7d} {1 / np.sqrt(dims[layer - 1]):15.5f} "
          f"{factor:15.4f} {1 / factor:13.1f}")

# %% [markdown]
# For the first layer, 0.01 is right: its 12,288 inputs call for 0.009. For the others it is 22 to
# 45 times too small, and the factors multiply. There is no scale that is small or large in itself;
# it is small or large for a number of inputs. So the advice "multiply by 0.01" worked in the nets
# it was given for, with one wide layer, and stops working with the fourth.

# %% [markdown]
# ## 7. The 34 % detective
#
# The pictures of the second question carry no licence, so this course draws its own, in the
# same shape and balance: 209 for training, 72 of them cats (34.4 %), and 50 for testing, 33 of
# them cats (66 %); 64 by 64 pixels, 3 colours. A cat is a head with two pointed ears, the rest
# are plain blocks. `course/experiments/pictures.py` draws them from a seed.

# %%
data = pictures()  # X (12288, 209), y (1, 209), X_test (12288, 50), y_test (1, 50)
figure, axes = plt.subplots(1, 8, figsize=(9.6, 1.5))
for ax, picture, label in zip(axes, data[0].T, data[1][0], strict=False):
    ax.imshow(picture.reshape(64, 64, 3))
    ax.set_title("cat" if label else "no cat", fontsize=9)
    ax.axis("off")
show(figure, alt="Eight small pictures on colourful backgrounds: cats are dark heads with two "
     "pointed ears, the others dark rectangles.")
print("cats:", int(data[1].sum()), "of", data[1].size, "and", int(data[3].sum()), "of 50")

# %% [markdown]
# ### Run 12: six suspects
#
# Six starts, 2,500 steps each at rate 0.0075, as in the assignment: the question's power, all
# zeros, all equal to 0.01, and normal numbers times 0.001, 0.01 and 1. (The pictures span 259
# directions, so the runs are done in 259 coordinates, with the same result as on 12,288 pixels
# up to rounding; see `detective.rotate`.) How many of the six will have a test accuracy of
# exactly 0.34?

# %%
prediction = None  # your guess, out of 6

# %%
files = {name: detective.investigate(name, data) for name in progress(detective.STARTS, "six")}
reveal(prediction, sum(abs(file["test"] - 0.34) < 1e-9 for file in files.values()), "of 6")
for name, file in files.items():
    print(f"{name:15s} train {file['train']:.4f}   test {file['test']:.2f}")
constant = ps1.constant_classifier_accuracy(data[1], data[3])
print(f"always answering the more common label of the training set: test {constant:.2f}")

# %% [markdown]
# The accuracy is 34 % because 17 of the 50 test pictures are not cats. All six nets answer "no
# cat" every time (the NaN net too: `nan > 0.5` is False, and nothing complains). As evidence
# the accuracy is worthless. Which numbers tell the six apart?

# %%
print("                  cost (nats)            NaN in     spread of the outputs at the start")
print("start             first       last       W1    layer 1   layer 2   layer 3    logits")
for name, file in files.items():
    spread = "".join(f"{value:10.2g}" for value in file["spread"])
    print(f"{name:15s} {file['costs'][0]:9.5f} {file['costs'][-1]:10.5f} "
          f"{file['nan'][0]:8.3f}{spread}")
print(f"entropy of 72 in 209: {-(72 * np.log(72 / 209) + 137 * np.log(137 / 209)) / 209:.5f}")

# %%
figure, ax = plt.subplots(figsize=(8.4, 3.8))
for (name, file), style, colour in zip(files.items(), figures.STYLES, CYCLE.values(),
                                       strict=False):
    label = name if np.isfinite(file["costs"]).all() else f"{name} (NaN: no curve)"
    ax.plot(100 * np.arange(25), file["costs"], ls=style, color=colour, label=label)
ax.axhline(np.log(2), color="0.7", lw=0.8)
ax.set(ylim=(0, 0.8), xlabel="iteration", ylabel="cost (nats)")
ax.legend(loc="lower left", ncols=2, frameon=False)
show(figure, alt="Cost curves of the six starts on an axis from 0 to 0.8 nats. The power has no "
     "curve. Zeros, 0.001 and 0.01 lie on each other and settle at 0.644. All 0.01 settles at "
     "about 0.639 and times 1, after a start far above the figure, at about 0.627.",
     caption="The power's cost is NaN; 'randn * 1' starts far above the axis.")

# %% [markdown]
# Read the file of each suspect.
#
# - **`** 0.001`**: the cost is NaN from the first step and half of the weights are NaN. A power
#   is not a product: a negative number has no real power of 0.001. The lecture's rule is a
#   product, `* 0.01`.
# - **zeros**: every spread is exactly 0, and the cost starts at log 2 and settles at the entropy
#   of the labels. Only the last bias moves. It learns how common cats are, and nothing else.
# - **`* 0.001` and `* 0.01`**: the last cost is that of zeros, to five digits, but the spreads are
#   small and not zero, and fall from layer to layer as the audit said. This is the plateau of
#   section 3.
# - **all 0.01**: the spreads of the first layers are large and the cost even gets below the
#   entropy, but every layer is one unit repeated. Section 8 counts them.
# - **`* 1`**: the first cost is in the hundreds, so the first steps are long. The next cell shows
#   what they leave behind.
#
# A ReLU unit that is pushed below zero for every picture has no gradient and stays there; it is
# called dead. Here is the share of exact zeros in each hidden layer at the end.

# %%
for name, file in files.items():
    print(f"{name:15s} " + "  ".join(f"{share:6.1%}" for share in file["zeros"]))

# %% [markdown]
# Half zeros is what a healthy ReLU layer has. The second layer of `* 1` is almost silent: what
# comes out of it is the same for nearly all pictures, and no later layer can tell them apart.
#
# ### Run 13: the cure
#
# One division by $\sqrt{n}$, two seeds; He's start beside it; and both once more on centred
# pictures, from which the mean training picture has been subtracted. Which test accuracy do you
# expect of the first?

# %%
prediction = None  # your guess, test accuracy of randn / sqrt(n), seed 1

# %%
mean = data[0].mean(axis=1, keepdims=True)  # (12288, 1)
kinds = {"raw": data, "centred": (data[0] - mean, data[1], data[2] - mean, data[3])}
runs = [(kind, name, seed) for kind in kinds for name in detective.CURES for seed in (1, 2)]
cured = {(kind, name, seed): detective.investigate(name, kinds[kind], seed)
         for kind, name, seed in progress(runs, "cures")}
reveal(prediction, cured["raw", "randn / sqrt(n)", 1]["test"])
for (kind, name, seed), file in cured.items():
    print(f"{kind:8s} {name:17s} seed {seed}: cost {file['costs'][0]:.3f} -> "
          f"{file['costs'][-1]:.3f}, train {file['train']:.4f}, test {file['test']:.2f}")

# %% [markdown]
# Divided by $\sqrt n$ the same net with the same pictures learns. He's start with seed 1 falls
# back to 34 % on the raw pictures and recovers on centred ones. Pixels between 0 and 1 all push
# the same way, and the layer above gets a large common input that says nothing. A rule for the
# scale is a good bet; it is not a guarantee, and the numbers above tell you when the bet was
# lost. The last digits of these runs vary from machine to machine, as in run 8. With the
# original pictures, the published test accuracy of division by $\sqrt n$ is 0.80.

# %% [markdown]
# ## 8. Zeros and symmetry
#
# The answer on AI Stack Exchange says that zeros cause "all weights to have the same derivative
# value".
# Let us look at the derivatives themselves.
#
# ### Run 14: the gradients of a start at zero
#
# Of the eight arrays of the net 12288-20-7-5-1, how many have a gradient that is not exactly
# zero?

# %%
prediction = None  # your guess, out of 8

# %%
params = ps1.initialize_zeros(dims)
grads = ps1.backward(data[1], ps1.forward(data[0], params), params)
reveal(prediction, sum(np.any(grad != 0) for grad in grads.values()), "of 8")
print({name: float(np.abs(grad).max()) for name, grad in grads.items()})
last = files["zeros"]["params"]
print(f"trained: sigmoid(b4) = {ps1.sigmoid(last['b4']).item():.5f}, 72/209 = {72 / 209:.5f}, "
      f"largest weight: {max(np.abs(last[f'W{k}']).max() for k in (1, 2, 3, 4))}")

# %% [markdown]
# With ReLU the gradients of all weights are not just the same: they are zero. $dW_4$ is the
# error times $A_3$, and $A_3 = 0$; everything below is multiplied by $W_4^T = 0$. Only the last
# bias moves, to the frequency of cats. "Incapable of learning anything" is nearly right; on the
# circles, which are balanced, it is right.
#
# The famous argument about symmetry belongs to equal weights that are *not* zero.
#
# ### Run 15: all weights equal
#
# All weights 0.5 on the circles, 15,000 steps. How many different units does the first layer of ten
# have at the end? And how good can such a net be?

# %%
prediction = None  # your guess, different units in layer 1

# %%
equal = {name: np.full_like(value, 0.5) if name.startswith("W") else value
         for name, value in ps1.initialize_zeros(circles.LAYER_DIMS).items()}
params, _ = descent.train(equal, X, y, 0.01, 15_000)
reveal(prediction, ps1.distinct_units(params["W1"]), "units")
moved = ", ".join(f"{weight:.4f}" for weight in params["W1"][0])
print(f"the weights did move, to {moved}; train accuracy {descent.accuracy(params, X, y):.4f}")
print("He's start ends with", ps1.distinct_units(results["He"]["params"]["W1"]), "units")
for k in (1, 2, 3):
    W = files["all 0.01"]["params"][f"W{k}"]
    print(f"'all 0.01', layer {k}: {ps1.distinct_units(W)} different of {len(W)} units, "
          f"largest difference {np.ptp(W, axis=0).max():.1e}")

# %% [markdown]
# Units with the same weights have the same output and the same gradient, so they stay the same
# forever: a layer of ten that computes one thing. (Where the count is 2 or 3, a matrix product has
# added the same numbers in another order for some rows; the difference is of the order of the last
# bit.) The weights within a layer do not all have the same derivative either; those of different
# inputs differ. What is equal is one *row* and the next. Random numbers are there to break this
# tie, and their scale is a separate question.

# %% [markdown]
# ## 9. What the answers got right and wrong
#
# Three sentences are not decided yet. The first thread's last answer says that gradients are
# small because "they will be elementwise multiplied by the uniformly small Z's", and that "the
# A's will be ~1 (or either 0 or 1 in case of ReLU)".
#
# ### Run 16: what is small at scale 0.01
#
# What is the root mean square of $A_1$, a ReLU layer, at the start?

# %%
prediction = None  # your guess

# %%
def print_factors(params):
    A = ps1.forward(X, params)
    dZ = (ps1.sigmoid(A[3]) - y) / y.size  # (1, m)
    for layer in (3, 2, 1):
        sizes = depth.rms([dZ, A[layer - 1], dZ @ A[layer - 1].T])
        print("  layer {}: dZ {:.1e}   A below {:.1e}   dW {:.1e}".format(layer, *sizes))
        dZ = (params[f"W{layer}"].T @ dZ) * (A[layer - 1] > 0)


for scale in ("0.01", "1"):
    print("scale", scale)
    print_factors(circles.start(scale))
reveal(prediction, depth.rms(ps1.forward(X, circles.start("0.01")))[1])

# %% [markdown]
# At the top, $dZ_3$ is the same size for both scales: the sigmoid's slope is largest at 0 and
# hides nothing. On the way down each step multiplies by $W^T$, about a hundredth, and by the
# slope of ReLU, which is 0 or 1. No $Z$ is multiplied anywhere. $dW_l$ is $dZ_l A_{l-1}^T$, and
# the $A$'s are small as well: ReLU of something near 0 is near 0. It is ReLU's *slope* that is
# "either 0 or 1", and the sigmoid of something near 0 is near 1/2.
#
# The second question's answer says that biases have "no effect at all when computing the
# derivative".
#
# ### Run 17: do the biases matter for the gradients?
#
# We add 0.3 to every bias of the first layer, at He's start. By which share does the gradient
# of $W_1$ change?

# %%
prediction = None  # your guess, a share

# %%
params = circles.start("He")
shifted = {**params, "b1": params["b1"] + 0.3}
one = ps1.backward(y, ps1.forward(X, params), params)
two = ps1.backward(y, ps1.forward(X, shifted), shifted)
for name in ("dW1", "dW2", "dW3"):
    share = np.linalg.norm(two[name] - one[name]) / np.linalg.norm(one[name])
    print(f"{name}: relative change {share:.3f}")
reveal(prediction, np.linalg.norm(two["dW1"] - one["dW1"]) / np.linalg.norm(one["dW1"]))

# %% [markdown]
# A bias decides which units are on, how large the activations are and how wrong the output is,
# and all of these are in the gradient. Zero is a fine start for biases for another reason: the
# random weights have broken the tie already.
#
# Sentence by sentence, first the forum:
#
# - "only scaled by 1 and upper make right classification": true of 1; at 10 it was the luck of
#   one seed, and 0.83 is no right classification (runs 1 and 6).
# - "probably these weights converge faster to a good optima", of scale 10: **no**. It is the
#   worst of the starts that move at all (run 6).
# - "That graph of the cost displayed is misleading": **yes**, well seen (section 2).
# - "Try this plotter": it removes the offset text and keeps the misleading limits (section 2).
# - gradients "multiplied by the uniformly small Z's": **no**. They are multiplied by $W^T$ on the
#   way down, and by small $A$'s in $dW$ (run 16).
# - "The A's will be ~1 (or either 0 or 1 in case of ReLU)": **no**. Near 0 for ReLU, near 1/2 for
#   a sigmoid (run 16).
# - "You will have to crank up the number of iterations or the learning rate": **yes** (runs 4, 5).
#
# Then AI Stack Exchange:
#
# - the question's `** 0.001`, taken from the lecture: a mistake for `* 0.01`. A power makes half of
#   the weights NaN and the others nearly 1 (run 12).
# - zeros give "the same derivative value": for ReLU it is exactly zero; the tie between units
#   belongs to equal weights that are not zero (runs 14 and 15).
# - biases have "no effect at all when computing the derivative": **no** (run 17). That zero is a
#   harmless start for them is true.
# - too large a start explodes, too small a start vanishes: **yes** with depth (run 9). But small
#   values need not "converge before reaching the global minimum": they wait (run 5).
# - Xavier's start gives "Mean 0" and "Constant variance": **not after ReLU**. The mean is 0.4 of
#   the spread before it, and half of the mean square is lost at every layer (runs 9 and 10).
# - "the variance of the weights of a layer depends on the amount of nodes of the previous
#   layer": **yes**, because a unit adds that many terms (run 11).

# %% [markdown]
# ## On your own
#
# 1. Move one of the equal weights of run 15 by $10^{-3}$ and train again. How long does the tie
#    take to break? And with $10^{-12}$?
# 2. Add a fourth layer to the circles' net. By the argument of section 3 the wait should go as
#    $1/s^2$. Does it? And with two layers?
# 3. Start the zero net with random *biases*. Which gradients are still zero after one step, and
#    after three?
# 4. Repeat run 13 with seeds 3 to 10. How often does each start fail, raw and centred?
# 5. In `depth.signals`, find the scale that keeps tanh's gradients best over 30 layers.
#
# ## Further reading
#
# - X. Glorot and Y. Bengio (2010). *Understanding the difficulty of training deep feedforward
#   neural networks.* AISTATS. Their own variance is $2/(n_{l-1} + n_l)$; the form with the
#   fan-in alone is older: Y. LeCun, L. Bottou, G. Orr and K.-R. Müller (1998), *Efficient
#   BackProp*.
# - K. He, X. Zhang, S. Ren and J. Sun (2015). *Delving deep into rectifiers.* arXiv 1502.01852.
# - A. Saxe, J. McClelland and S. Ganguli (2013). *Exact solutions to the nonlinear dynamics of
#   learning in deep linear neural networks.* arXiv 1312.6120. Plateaus, solved exactly.
#
# Next: [02_loss_at_init](02_loss_at_init.ipynb), what the very first cost should be, and how the
# last bias saves the steps that the zero net spent on counting cats. After that
# [03_smoothed_loss](03_smoothed_loss.ipynb) and [04_char_rnn](04_char_rnn.ipynb). The
# assignment of this lesson is `ps1_initialization`.
