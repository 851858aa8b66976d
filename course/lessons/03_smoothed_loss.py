# %% [markdown]
# # 3. The smoothed loss
#
# A network trains well, and the loss that its program prints goes up. Nothing is broken but
# the number itself, and you will find out why from a single line of output.
#
# **What you will do**
# - train a character model as a well-known assignment does, and watch its printed loss rise;
# - take one printed number apart and read from it how long the first name was;
# - run the three ways of smoothing that a forum thread proposes, and compare every bit of the
#   weights they end with;
# - draw the weights inside a moving average, and average one run from five starting values;
# - see what the correction of Kingma and Ba removes, and what it leaves.
#
# **What you will learn**
# - what `beta` means in steps: window, half-life, forgetting;
# - why a smoothed loss needs a start, which start has a reason, and how long it matters;
# - that an average reports on training and takes no part in it.
#
# **What you need:** lesson [02_loss_at_init](02_loss_at_init.ipynb), for $\log n$. The character
# RNN is only used here; lesson [04_char_rnn](04_char_rnn.ipynb) explains it. About 50 minutes.
# The assignment that goes with this lesson is `ps3_smoothed_loss`.

# %% [markdown]
# ## The question
#
# The *Dinosaurus Island* assignment trains a character RNN on dinosaur names. It sums the loss
# over the characters of a name, in nats, and prints a smoothed version of it. Its start comes from
# a helper, and a student asked for the reason behind it on the DeepLearning.AI forum ("A doubt in
# Week 1 Assignment"):
#
# ```python
# def get_initial_loss(vocab_size, dino_names):
#     return -np.log(1.0/vocab_size)*dino_names
#
# def smooth(loss, cur_loss):
#     return loss * 0.999 + cur_loss * 0.001
# ```
#
# The answers there are open about not knowing, and propose an experiment. We run it below. The
# output that the assignment publishes for the original list of names holds a second puzzle,
# which the thread does not mention:
#
# | iteration | 0 | 2,000 | 4,000 | 10,000 |
# |---|---|---|---|---|
# | published loss | 23.087336 | 27.884160 | 25.901815 | 23.844446 |
#
# **It starts low, climbs by a fifth and comes back.** That list has no licence and is not part
# of this course, so everything below is measured on our own list of names, and our figures
# differ a little from the published ones. The recipe is the same: 50 units, weights of 0.01,
# rate 0.01, gradients clipped at 5, the state carried from one name to the next.

# %%
import matplotlib.pyplot as plt
import numpy as np

from course.experiments import smoothing
from course.experiments.names import load_names
from course.figures import CYCLE, course_style, explore, progress, reveal, show, slider
from course.ps3_smoothed_loss import reference as ps3

course_style()
names = load_names()
lengths = np.array([len(name) + 1 for name in names])  # the newline is predicted as well
n_characters = len(set("".join(names))) + 1
print(f"{len(names)} names, {n_characters} characters with the newline")
print(f"mean length with its newline: {lengths.mean():.3f} characters")

# %% [markdown]
# ## 1. Why does the printed loss go up?
#
# **Predict.** The helper's start is $-\log(1/27) \cdot 7$, which the cell below prints. The
# model gets better with every name. What will the program print after 1,000 names? Write down a
# number before you run the cell after the next.

# %%
prediction = None  # your guess, in nats

helper_start = ps3.get_initial_loss(n_characters, 7)
print(f"the helper's start: {float(helper_start)!r} nats")

# %%
N_STEPS = 20_000
params, raw, printed = smoothing.run_assignment(
    names, N_STEPS, helper_start, watch=lambda steps: progress(steps, "training"))
for step in (0, 500, 1000, 1500, 2000, 4000, 6000, 10_000):
    print(f"Iteration: {step:6d}, Loss: {printed[step]:f}")
reveal(prediction, printed[1000], "nats at step 1,000")

# %% [markdown]
# The same climb as in the published output. A reader who trusts this number must think that the
# first thousand steps did harm: a rule such as "stop when the loss rises" would end a healthy
# run at once. Has the model really become worse? The printed number is
#
# $$ v_t = \beta\, v_{t-1} + (1 - \beta)\, \ell_t, \qquad \beta = 0.999, $$
#
# where $\ell_t$ is the raw loss of name $t$. Two consecutive printed numbers contain a raw one.
# Before the first step $v$ was the helper's start, so that **one** printed number is enough:
#
# $$ \ell = \frac{v_0 - 0.999 \cdot 23.070858\ldots}{0.001}. $$
#
# Lesson 2 says what to make of it. An untrained model gives each character a loss of about
# $\log 27$, so that $\ell / \log 27$ counts the characters of the first name.
#
# **Predict.** How many characters, newline included, did the first name have?

# %%
prediction = None  # your guess, in characters

first_print = float(f"{printed[0]:f}")  # only the digits that were printed
first_loss = ps3.recover_raw_loss(helper_start, first_print)
count = first_loss / np.log(n_characters)
print(f"raw loss behind the first print: {first_loss:.3f} nats")
reveal(prediction, count, "characters")
print(f"the first name was {smoothing.assignment_order(names)[0]!r} and its newline")

# %% [markdown]
# The same works on the published number, without the list and without training anything:

# %%
published = ps3.recover_raw_loss(helper_start, 23.087336)
print(f"raw loss behind 23.087336: {published:.3f} nats")
print(f"12 log 27 =                {12 * np.log(27):.3f} nats")
print(f"characters: {published / np.log(27):.4f}; 'turiasaurus' and its newline have "
      f"{len('turiasaurus') + 1}")

# %% [markdown]
# The published first name was *turiasaurus*. (The small difference is not rounding: weights of
# size 0.01 are not zero, and move the loss a little from $12 \log 27$.)
#
# That solves the puzzle. The true loss began at the length of a *name* times $\log 27$. The
# average began at **7** times $\log 27$, far below, and spent its first thousand steps climbing
# to a loss that was meanwhile coming down. The picture has both. A dot is the raw loss of one
# name, and every fifth is drawn. Long names cost more, so one dot says little: that is why one
# averages at all. The black line is the plain mean of up to 500 raw losses before and after each
# step. It looks ahead, which a program in the middle of its training cannot, and so it does not
# lag; towards the ends its window shrinks, down to the first name alone.

# %%
mean = smoothing.centred_mean(raw)
shown = np.arange(6001)
figure, ax = plt.subplots()
ax.plot(shown[::5], raw[shown[::5]], ".", markersize=3, color=CYCLE["sky"], alpha=0.5)
ax.plot(shown, mean[shown], color=CYCLE["black"], linestyle="--")
ax.plot(shown, printed[shown], color=CYCLE["vermilion"], linewidth=2)
ax.annotate("mean of the raw losses around", (250, 36.5), (700, 54),
            arrowprops={"arrowstyle": "-"})
ax.annotate("printed loss, from 7 log 27", (150, 24.2), (500, 4), color=CYCLE["vermilion"],
            arrowprops={"arrowstyle": "-", "color": CYCLE["vermilion"]})
ax.set(xlabel="step (names seen)", ylabel="loss per name (nats)", ylim=(0, 70))
show(figure, alt="Loss per name against step, axis from zero. Raw losses, every fifth drawn as a "
     "dot, scatter widely. Their mean falls from above "
     "40 to 24 nats. The printed loss starts at 23, rises to 28.5 at about step 1,400, then falls "
     "slowly, staying above the mean that it crossed.")

# %% [markdown]
# ## 2. Where the formula comes from
#
# Why 7? In the assignment `dino_names = 7` is **the number of names that it prints** at every
# stop. It is no length at all. The formula, factor 0.999 included, is that of Andrej Karpathy's
# `min-char-rnn` (2015), which the assignment names as its inspiration. There the second factor
# is `seq_length = 25`, every step reads a window of exactly 25 characters, and the comment "loss
# at iteration 0" is true. Older copies of the assignment's helper still call the argument
# `seq_length`. The name changed, a number with another meaning was passed in, and nothing failed,
# since an average forgives any start in the end.
#
# So the reason for the formula: **it is the loss of a model that finds all characters equally
# likely**, $-\log(1/n)$ for each one, times the number of characters in a step. Names have
# different lengths, so take the mean, the newline counted. The next cell asks the untrained model
# itself.

# %%
informed = ps3.informed_start(names, n_characters)
_, untrained, _ = smoothing.run_assignment(names, len(names), 0.0, learning_rate=0.0)
print(f"log {n_characters} * 7            = {helper_start:.3f} nats")
print(f"log {n_characters} * mean length  = {informed:.3f} nats")
print(f"untrained model, mean = {untrained.mean():.3f} nats")

# %% [markdown]
# ## 3. Does smoothing help convergence?
#
# The assignment's comment says that it does, and the thread passes this on with a good proposal:
# "initialize the loss to 0 and remove the smooth call", then smooth from 0, and "see which of
# the 3 strategies gives you the best convergence".
#
# **Predict.** We train three times for 2,000 steps, once with each strategy. By how much, at
# most, will a weight of one run differ from the same weight in another?

# %%
prediction = None  # your guess, the largest difference of two weights

strategies = {"0, no smoothing": (0.0, 0.0), "0, smoothed": (0.0, 0.999),
              "helper, smoothed": (helper_start, 0.999)}
ends = {}
for strategy, (start, beta) in strategies.items():
    ends[strategy], _, shown_loss = smoothing.run_assignment(names, 2000, start, beta)
    print(f"{strategy:17s} last print {shown_loss[-1]:7.3f}   weights "
          f"{smoothing.fingerprint(ends[strategy])}")
first, *others = ends.values()
reveal(prediction, max(np.abs(first[k] - other[k]).max() for other in others for k in first))

# %% [markdown]
# The last column is a digest (SHA-256) of every bit of every weight. The three printed losses
# differ, the weights **agree in every bit**. It has to be so: the gradient is computed from the
# raw loss of the current name, and nothing in the training reads the average. There is no best
# of three for convergence, only a best of three reports.
#
# A test that cannot fail proves nothing, so here is one that must: the same run with the
# learning rate changed in its tenth digit.

# %%
control, *_ = smoothing.run_assignment(names, 2000, 0.0, learning_rate=0.01 * (1 + 1e-10))
print("weights", smoothing.fingerprint(control), "  rate 0.01 * (1 + 1e-10)")
print("largest difference:", max(np.abs(first[k] - control[k]).max() for k in first))

# %% [markdown]
# The digest sees it. Two neighbours of the idea *do* change a training, and may be the origin of
# the comment: averaging the **gradient** (momentum, Adam), and letting the average **decide**
# something, such as an early stop or a drop of the learning rate. In the second case a wrong
# start becomes a real fault.

# %% [markdown]
# ## 4. What an average is made of
#
# Put the recursion into itself and the average after $n$ losses is a weighted sum:
#
# $$ v_n = \beta^n v_0 + \sum_{t=1}^{n} (1 - \beta)\, \beta^{\,n-t}\, \ell_t . $$
#
# The weights sum to 1. The start has the weight $\beta^n$, which nothing else replaces but time.
# `beta` is the weight of the **past**. Three ways to say how long that past is:
#
# | | formula | meaning |
# |---|---|---|
# | window | $1/(1-\beta)$ | about as many losses share the weight |
# | half-life | smallest $t$ with $\beta^t \le 1/2$ | half of the start is gone |
# | forgotten | smallest $t$ with $\beta^t \le 0.01$ | 99 % of the start is gone |
#
# **Predict.** With $\beta = 0.999$, after how many steps is the start worth half?

# %%
prediction = None  # your guess, in steps

for beta in (0.001, 0.9, 0.99, 0.999, 0.9999):
    print(f"beta {beta:<6}  window {ps3.effective_window(beta):7,.0f}"
          f"   half-life {ps3.steps_to_forget(beta, 0.5):6,}"
          f"   99 % forgotten after {ps3.steps_to_forget(beta):7,} steps")
reveal(prediction, ps3.steps_to_forget(0.999, 0.5), "steps")

# %% [markdown]
# The first line is there because the thread calls beta "pretty small (0.001)". The 0.001 is
# $1 - \beta$, the weight of the new loss; $\beta$ is 0.999. The conclusion drawn there, that the
# average would take a while to settle, is right, and it is right *because* beta is large: with
# $\beta = 0.001$ the start would be forgotten after one step.
#
# The picture shows the weights after $n$ steps. Move both sliders: watch the hatched bar, the
# weight of the start, sink as $n$ grows, and rise as beta does.

# %%
def draw_weights(beta, n):
    start, *of_losses = ps3.ewa_weights(n, beta)
    figure, (left, right) = plt.subplots(1, 2, width_ratios=(4, 1))
    left.fill_between(np.arange(1, n + 1), of_losses, color=CYCLE["sky"])
    half = max(n - ps3.steps_to_forget(beta, 0.5), 1)
    left.axvline(half, color=CYCLE["blue"], linestyle="--")
    left.set(xlabel="step of the loss", ylabel="weight of that loss", ylim=(0, None), xlim=(0, n))
    left.set_title(f"beta {beta}, {n:,} steps; dashed: one half-life back", fontsize=10)
    bars = right.bar(["start", "losses"], [start, sum(of_losses)], hatch=["//", ""],
                     color=[CYCLE["orange"], CYCLE["sky"]], edgecolor=CYCLE["black"])
    right.bar_label(bars, fmt="{:.2f}")
    right.set(ylabel="share of the weight", ylim=(0, 1.1))
    return figure

# %%
explore(draw_weights,
        alt="Left: the weight of each loss after 1,000 steps with beta 0.999, rising from 0.0004 "
            "for the oldest to 0.001 for the newest. Right: the start holds 0.37 of the weight, "
            "the losses 0.63.",
        beta=slider(0.999, (0.9, 0.99, 0.999, 0.9999), "beta, weight of the past"),
        n=slider(1000, (50, 200, 1000, 2000, 5000, 10_000), "n, losses seen (steps)"))

# %% [markdown]
# At step 1,000 the assignment's average is still more than a third made of a number that nobody
# measured.

# %% [markdown]
# ## 5. Five starts
#
# One run, one list of raw losses, five averages with $\beta = 0.999$:
#
# - from **0**;
# - from 0, **corrected**: divided by $1 - \beta^t$, the weight that the losses have so far
#   (Kingma and Ba 2014, section 3);
# - from the **helper**, $7 \log 27$;
# - from the **first loss** itself;
# - **informed**: from $\log 27$ times the mean length.
#
# **Predict.** The informed start is exactly what an untrained model should have. How far will
# its average be from the raw mean at step 1,000?

# %%
prediction = None  # your guess, in nats

curves = smoothing.five_starts(raw, names)
print("step    raw mean" + "".join(f"{start:>11s}" for start in curves))
for step in (0, 500, 1000, 2000, 5000, 10_000):
    average = mean[step] if step else untrained.mean()
    print(f"{step:6,}  {average:8.3f}" + "".join(f"{c[step]:11.3f}" for c in curves.values()))
reveal(prediction, abs(curves["informed"][1000] - mean[1000]), "nats")

# %% [markdown]
# In the first line "raw mean" is the untrained model's mean over all names, from section 2. For
# the original list the step-1,000 line was measured as 28.0, 20.24, 31.99, 28.71 and 35.93 (raw
# mean, zero, corrected, helper, informed); ours lies close to it.

# %%
STYLES = {"zero": ("from 0", "blue", ":"), "corrected": ("corrected", "green", "-."),
          "helper": ("helper, 7 log 27", "vermilion", "-"),
          "first": ("first loss", "orange", (0, (6, 2))),
          "informed": ("informed", "purple", (0, (3, 1, 1, 1)))}
figure, ax = plt.subplots(figsize=(7.0, 4.6))
ax.plot(shown, mean[shown], color=CYCLE["black"], linewidth=2.5, alpha=0.8)
ax.annotate("raw mean", (2500, mean[2500]), (2300, 21), arrowprops={"arrowstyle": "-"})
for start, (label, color, line) in STYLES.items():
    ax.plot(shown, curves[start][shown], color=CYCLE[color], linestyle=line, label=label)
ax.legend(title="average, by start", loc="lower right")
ax.set(xlabel="step (names seen)", ylabel="loss per name (nats)", ylim=(0, 52))
show(figure, alt="Five averages of one training run against the mean raw loss, axis from zero. "
     "From 0 it climbs to 25; from the helper it climbs from 23 to 28.5; corrected, first loss "
     "and informed fall from 49, 49 and 43 but stay above the raw mean. From step 5,000 on all "
     "lie within half a nat of each other.")

# %% [markdown]
# What to read from it:
#
# - Two of the five averages **rise** while the model gets better: zero and the helper. Of the
#   other three, which fall as the truth does, the corrected one is the closest.
# - At step 1,000 the helper's average is nearest to the raw mean. That is luck, and worth
#   understanding: it is too low by what is left of a low start and too high by the lag, and the
#   two errors happen to cancel. Being near for the wrong reason is no merit: the *direction*,
#   for which one prints a loss at all, is wrong.
# - The informed start is exact at step 0. By step 1,000 it is farther off than the corrected
#   average, because it still remembers a value that was true only at step 0.
# - The first loss is one name. A long one, as here, starts the average too high; a short one
#   would start it too low.
# - Two averages differ by nothing but $\beta^t$ times the difference of their starts. After
#   some 5,000 steps the choice no longer matters.

# %% [markdown]
# ## 6. What the correction removes, and what it does not
#
# Suppose first that the losses have a constant mean $\mu$. Then
#
# $$ E[v_t] = (1 - \beta^t)\, \mu + \beta^t\, v_0 , $$
#
# and with $v_0 = 0$ the division by $1 - \beta^t$ makes it exactly $\mu$: no **bias of the
# start** is left. A loss that falls is another matter. An average is about the past, and the
# past was higher. If the loss falls by $s$ a step, the corrected average lies
#
# $$ s \left( \frac{\beta}{1 - \beta} - \frac{t\, \beta^t}{1 - \beta^t} \right) $$
#
# above it: $s$ times the mean age of the losses in it, which grows from 0 to $\beta/(1-\beta)$.
# This is the **lag**.
#
# **Predict.** A loss falls in a straight line by 0.002 nats a step. How far above it is the
# corrected average with $\beta = 0.999$ after 5,000 steps?

# %%
prediction = None  # your guess, in nats

SLOPE, n = 0.002, 5000
steps = np.arange(1, n + 1)
falling = 30 - SLOPE * steps
constant = np.full(n, 25.0) + np.random.default_rng(0).normal(scale=raw[-5000:].std(), size=n)
measured = ps3.bias_corrected(falling)[-1] - falling[-1]
law = SLOPE * smoothing.lag_of_corrected(0.999, n)[-1]
reveal(prediction, measured, "nats")
print(f"by the law: {law:.4f} nats; its limit: {SLOPE * 0.999 / 0.001:.4f} nats")

# %%
figure, panels = plt.subplots(1, 2, sharey=True)
for ax, losses, truth in (panels[0], constant, np.full(n, 25.0)), (panels[1], falling, falling):
    ax.plot(steps, truth, color=CYCLE["black"], linewidth=2.5, label="true mean")
    ax.plot(steps, ps3.bias_corrected(losses), color=CYCLE["green"], ls="-.", label="corrected")
    ax.plot(steps, ps3.smooth_sequence(losses, 0.0), color=CYCLE["blue"], ls=":", label="from 0")
    ax.set(xlabel="step", ylim=(0, 40))
panels[0].plot(steps[::500], smoothing.expected_average(0.999, 0.0, 25.0, n)[::500], "o",
               color=CYCLE["blue"], markersize=4, label="law for E[v] from 0")
panels[0].set(title="constant mean, noisy", ylabel="loss (nats)")
panels[1].set_title("falling by 0.002 a step")
panels[0].legend(loc="lower right")
show(figure, alt="Left: noisy losses around 25. The average from 0 climbs slowly to 25, along the "
     "dots of the law; the corrected one scatters around 25 from the start. Right: a loss falling "
     "from 30 to 20. The corrected average starts on it and drifts to 2 nats above it.")

# %% [markdown]
# On the left the correction does all that it promises. At the very beginning it is nervous, as
# it must be: it is the mean of a handful of losses. On the right it is exact at first, when it
# has no past, and then falls behind like any other average. No start can cure that, only a
# shorter memory, which is paid for in noise: a settled average of independent losses keeps the
# share $\sqrt{(1-\beta)/(1+\beta)}$ of their spread. Here are both sides, measured on our run.

# %%
print("             error while falling    noise when settled")
print("beta         (steps 1,000-2,000)    measured    law")
for beta in (0.9, 0.99, 0.999, 0.9999):
    corrected = ps3.bias_corrected(raw, beta)
    error = np.mean(corrected[1000:2001] - mean[1000:2001])
    wobble = np.std(corrected[-8000:] - mean[-8000:])
    law = raw[-8000:].std() * smoothing.spread_ratio(beta)
    print(f"{beta:<12} {error:10.2f} nats        {wobble:8.2f}    {law:5.2f} nats")

# %% [markdown]
# A small beta follows at once and trembles; a large one is calm and late. For $\beta = 0.9$ and
# $0.99$ the measured noise is near the law, a little below it because the mean that we compare
# with contains the same losses. For the larger two it is above the law: no longer noise, but what
# is left of the lag. Choose beta by the question. To see whether the last hundred steps did good,
# 0.99 and the correction; for one calm number late in training, 0.999 from any start.

# %% [markdown]
# ## 7. The thread, sentence by sentence
#
# - "*Could you please guide me the reason of defining this formula?*" It is the loss of a model
#   that finds all characters equally likely: $\log n$ a character, times the characters in a
#   step (section 2).
# - "*get_initial_loss(vocab_size, dino_names)*" Right with a length as second argument. But
#   `dino_names = 7` is how many names are printed. The mean length of a name, newline counted,
#   belongs there (sections 1 and 2).
# - "*I don't know where that comes from*", "*they don't really say much about*" it. It comes
#   from `min-char-rnn`, where each step has 25 characters and the formula is exact (section 2).
# - "*they are doing an EWA (exponentially weighted average) for the loss*" Yes (section 4).
# - "*this smoothing helps convergence ... I guess we just have to take their word for it*" It
#   does not, and you need not: the weights agree in every bit (section 3).
# - "*you could initialize the loss to 0 and then remove the smooth call*", then smooth from 0,
#   "*and see which of the 3 strategies gives you the best convergence*" A good experiment. Its
#   answer is that they cannot differ; only the printed number does (sections 3 and 5).
# - "*this is an experimental science*" We agree, and add that one printed number can be an
#   experiment (section 1).
# - "*You can see the values of vocab_size and dino_names in the default values ... initial loss
#   23.070858062030304*" Correct to the last digit as the value of the formula. It is not what
#   any model here has as its loss (section 1).
# - "*you could either start the sequence at 0 ... or you could do bias correction ... or you
#   could do initialization*" Right, these are the choices, and all are in the figure (section 5).
#   As for "*typical initialization strategies*": the loss expected of the untrained model.
# - "*the $\beta$ value is pretty small (0.001)*" It is 0.999; what is 0.001 is $1-\beta$
#   (section 4).
# - "*not doing initialization would mean it would take it a while to stabilize*" True, because
#   beta is large: 693 steps for half of the start, 4,603 for 99 % of it (section 4).
# - "*How they came up with that specific formula I don't know. We'd have to go back and review
#   the lectures on EWAs*" They would not help: the formula is not about averages but about the
#   loss at initialization, which is lesson 2 (section 2).
#
# What remains of the thread are thanks and advice on how to post code, which we leave as they
# are. The next cell recomputes the numbers of the list.

# %%
print("the value in the thread: ", ps3.get_initial_loss(27, 7))
print("for min-char-rnn's 25:   ", ps3.get_initial_loss(n_characters, 25))
print("for names of mean length:", informed)
print("half-life and 99 %:      ", ps3.steps_to_forget(0.999, 0.5), ps3.steps_to_forget(0.999))
print("identical weights:       ", len({smoothing.fingerprint(end) for end in ends.values()}) == 1)

# %% [markdown]
# ## What to remember
#
# - Before you trust a smoothed number, ask where it started and how long it remembers.
# - Undo one step of the average to see the raw loss; compare that with $\log n$ a character.
# - A start has a unit. Sum or mean, name or character: it must be the same as the loss's.
# - Correct the start; then read the number as the state of affairs about a window ago.
#
# ## On your own
#
# 1. Set the helper's second argument to 25, as in `min-char-rnn`, and predict the curve first.
#    How long until it is within 0.1 nats of the average from 7?
# 2. Which start makes the printed loss *flat* for the first 500 steps? Find it by bisection.
# 3. Divide every raw loss by the length of its name before averaging. Which start is right now,
#    and how much calmer is the curve?
# 4. A rule stops a run when the printed loss has risen over 500 steps. For which of the five
#    starts does it stop this run, and when?
# 5. Recover *all* raw losses from `printed`, rounded to six decimals. How large is the error,
#    and why is it so much larger than the rounding?
#
# ## Further reading
#
# - D. P. Kingma and J. Ba, *Adam: A Method for Stochastic Optimization*, 2014,
#   arXiv 1412.6980, section 3: the correction of the start.
# - A. Karpathy, *min-char-rnn*, 2015, gist.github.com/karpathy/d4dee566867f8291f086, and
#   *The Unreasonable Effectiveness of Recurrent Neural Networks*, 2015: the helper's origin.
# - S. W. Roberts, *Control Chart Tests Based on Geometric Moving Averages*, Technometrics 1 (3),
#   1959: the same average, watched for a change in a factory.
# - A. Karpathy, *A Recipe for Training Neural Networks*, 2019: "verify loss @ init".
#
# **Before:** [02_loss_at_init](02_loss_at_init.ipynb). **Next:**
# [04_char_rnn](04_char_rnn.ipynb), where the model behind these losses is built. The assignment
# of this lesson is `ps3_smoothed_loss`; the first lesson is
# [01_initialization](01_initialization.ipynb).
