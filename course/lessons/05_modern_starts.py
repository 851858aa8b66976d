# %% [markdown]
# # 5. Starts of deeper and wider networks
#
# Lessons 1 to 4 started nets of a few layers. Today's are dozens of blocks deep, thousands of units
# wide, and are run over thousands of steps. What has to change at the start, and how do you see
# before the training that it is right?
#
# **What you will do**
# - shorten a wait of lesson 1 by one plus sign;
# - send a state and a gradient through a hundred steps of a recurrent net, and watch one unit;
# - start the real GPT-2, all its 124 million weights, and compare its first loss with a formula;
# - normalize layers, and find out what then becomes of the scale;
# - carry a learning rate from a narrow net to a wide one, and see it fail and succeed;
# - examine five sick nets.
#
# **What you will learn**
# - why depth in layers and depth in time are one problem, and what keeps a signal's size in each;
# - what residual branches, their small starts and normalization do, and what each of them costs;
# - three checks for any new net: the first loss, the size of a step, the change by width.
#
# **What you need:** NumPy, lessons [01_initialization](01_initialization.ipynb) (sections 3 and 5)
# and [02_loss_at_init](02_loss_at_init.ipynb) (section 3), and what a recurrent net is, as in
# [04_char_rnn](04_char_rnn.ipynb). You need not know transformers. About 70 minutes, and a good
# place for a break after section 3. The assignment that goes with this lesson is
# `ps5_modern_starts`.

# %% [markdown]
# ## The question
#
# There is no thread behind this lesson. Its question is what remains of the first four when a net
# grows. Each layer multiplies the size of a signal by some factor. With three layers a factor of
# 0.7 is harmless; with a hundred it leaves $10^{-16}$. There are three ways out: make the factor
# 1 (section 2), add to the signal instead of multiplying it (sections 1 and 3), or divide by the
# size at every layer (section 4). All three are in use, most often together.
#
# Columns are examples, losses are in nats, and "scale" is the standard deviation of the weights, as
# in all the lessons. The first cell gives NumPy's linear algebra one thread, the second imports
# what computes, the third what draws.

# %%
# %env OPENBLAS_NUM_THREADS=1

# %%
import numpy as np

from course.experiments import language_model, normalized, patients, recurrent, skips, widths
from course.experiments.circles import SEED, circles
from course.experiments.loss_at_init import character_windows
from course.experiments.memory import learn
from course.experiments.names import load_names
from course.experiments.nets import start
from course.experiments.seed_lottery import first_below

# %%
from course.figures import calibration, course_style, explore, reveal, show, slider
from course.figures import modern as figures
from course.figures.initialization import waits_figure
from course.figures.interaction import progress, source, table

course_style()

# %% [markdown]
# ## 1. A way past the layers
#
# Run 8 of lesson 1 measured how long a small start waits: with three hidden layers the wait grows
# like $1/s^2$, because a weight moves at a speed proportional to the product of the weights above
# it. Now let the second and the third hidden layer *add* to what they read:
#
# $$ A_k = A_{k-1} + \text{ReLU}(W_k A_{k-1} + b_k). $$
#
# Such a layer is a **residual** layer, and the way around it a *skip connection* (He et al. 2015,
# arXiv 1512.03385). Nothing else changes: the same circles, the same random numbers, rate 0.3, and
# the flat part ends where the cost falls below 0.6 nats.
#
# ### Run 1: the wait with skips
#
# Without skips this net, 2-20-20-20-1, is still on the plateau after 3,000 steps at scale 0.01.
# When does it leave with them?

# %%
prediction = None  # your guess, a step

# %%
source(skips.outputs)
X, y, _, _ = circles()  # (2, 300), (1, 300)
waits = {"plain": {}, "with skips": {}}
for scale in progress((0.01, 0.05, 0.1, 0.2), "scales"):
    net = start(np.random.RandomState(SEED), [2, 20, 20, 20, 1], scale)
    for name, steps in waits.items():
        costs = skips.descend(net, X, y, 0.3, 3000, skip=name == "with skips", until=0.6)
        steps[scale] = first_below(costs, 0.6, every=1)
reveal("three hidden layers with skips: exit", prediction, waits["with skips"][0.01], "steps")
table({"scale": "g", **dict.fromkeys(waits, ",")},
      [(scale, *(steps[scale] for steps in waits.values())) for scale in waits["plain"]])
show(waits_figure(waits), "skips", caption="A missing dot had not left after 3,000 steps.")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# From a wait like $1/s^2$ to one like $\log(1/s)$, that of a net with *one* hidden layer: ten times
# smaller weights add some 500 steps, where they multiplied the wait by a hundred. The
# gradient of the first layer no longer has to pass through $W_2$ and $W_3$; it takes the way around
# them and is multiplied by the last layer's weights only. For small weights the net *is* one with
# one hidden layer, and the residual layers join in when they have grown.
#
# </details>

# %% [markdown]
# ## 2. Deep in time
#
# A recurrent net multiplies its state by the same matrix $W$ at every step. A hundred steps are a
# hundred layers that share their weights. Without inputs and without tanh, $h_t = W^t h_0$.
#
# Three starts of a matrix of 100 units, here and below: independent **normal** numbers of variance
# $1/n$; a random **orthogonal** matrix, which keeps every length; the **identity**. The *gain* is a
# number that multiplies any of them. Below are their eigenvalues, with the circle of radius 1. An
# eigenvalue's size is the factor by which its direction grows with each step, and the largest of
# these sizes, the *spectral radius*, wins in the long run. (Normal numbers of variance $1/n$ fill
# the disc evenly as $n$ grows: Ginibre 1965, Tao and Vu 2010.)

# %%
source(recurrent.matrix)
matrices = {kind: recurrent.matrix(kind, np.random.default_rng(0)) for kind in recurrent.KINDS}
show(figures.eigenvalues(matrices), "eigenvalues")
lengths = {kind: recurrent.growth(W, 100, np.random.default_rng(1)) for kind, W in matrices.items()}
table({"start": "", "most in one step": ".2f", "spectral radius": ".3f", "length after 10": ".2f",
       "after 100": ".2f"},
      [(kind, np.linalg.norm(W, 2), np.abs(np.linalg.eigvals(W)).max(), *lengths[kind][[10, 100]])
       for kind, W in matrices.items()])

# %% [markdown]
# The normal matrix may nearly double a state in one step, if it lies in the right direction. In the
# long run it grows by its spectral radius a step, which for 100 units is not quite 1, and a few
# directions win: the state changes its length by an order of magnitude, and its shape is lost.
#
# ### Run 2: ten percent
#
# Now multiply the normal matrix by 1.1. How many times longer is the state after 100 steps, against
# gain 1?

# %%
prediction = None  # your guess, a factor

# %%
grown = {gain: recurrent.growth(gain * matrices["normal"], 100, np.random.default_rng(1))[100]
         for gain in (0.5, 0.9, 1.0, 1.1, 1.5)}
reveal("gain 1.1 against 1, after 100 steps", prediction, grown[1.1] / grown[1.0], "times",
       factor=5)
table({"gain": "", "length after 100 steps": ".1e"}, grown.items())

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# $1.1^{100} = 13{,}780.6$, and nothing else: the net is linear. Ten percent too much in one layer
# is nothing, and a hundred times in a row it is everything. This is why a recurrent net is started
# *at* 1, by a matrix whose eigenvalues all lie there, and not near it.
#
# </details>
#
# ### Run 3: the way back
#
# The gradient takes the same way in the other direction: each step back multiplies it by $W^T$
# and by the slope of tanh, $1 - h^2$, which is at most 1. We run a tanh net for 100 steps with
# small random inputs and send a gradient of size 1 back from the last state. With the normal start
# and gain 0.9, what arrives at the first step?

# %%
prediction = None  # your guess, a root mean square

# %%
source(recurrent.states, recurrent.way_back)
inputs = 0.05 * np.random.default_rng(2).standard_normal((100, 100, 20))  # steps, units, examples
starts = {**{f"normal, gain {gain}": gain * matrices["normal"] for gain in (0.5, 0.9, 1.5)},
          "orthogonal": matrices["orthogonal"], "identity": matrices["identity"]}
back = {name: recurrent.way_back(W, recurrent.states(W, 0 * inputs[0], inputs),
                                 np.random.default_rng(3)) for name, W in starts.items()}
reveal("gradient 100 steps back, gain 0.9", prediction, back["normal, gain 0.9"][100], factor=10)
table({"start": "", "1 step back": ".2g", "10": ".2g", "50": ".2g", "100": ".2g"},
      [(name, *sizes[[1, 10, 50, 100]]) for name, sizes in back.items()])
show(figures.lines(back, "steps back", "root mean square of the gradient", yscale="log",
                   ylim=(1e-31, 1e8)), "way back")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# At gain 0.9 about one part in ten thousand is left, at 0.5 nothing that arithmetic could add to a
# weight, and at 1.5 it explodes. Orthogonal and identity lose a little to the slope of tanh, as the
# states grow with the inputs, and stay within reach. For ReLU there is no such loss; Le, Jaitly
# and Hinton (2015, arXiv 1504.00941) start with the identity there. The same product of matrices
# for deep *linear* nets, and orthogonal matrices as its cure, are in Saxe et al. (2013).
#
# </details>
#
# ### Run 4: one unit watched
#
# What do 0.9 and 1.5 look like from inside? Two copies of a net without any input start from states
# that differ by a millionth. At gain 2, how far apart are they after 100 steps? (The size of a tanh
# state is at most 1.)

# %%
prediction = None  # your guess, a root mean square

# %%
gains = (0.5, 0.8, 1.0, 1.2, 1.5, 2.0)
begin = np.random.default_rng(4).standard_normal((100, 1))
begin = np.hstack([begin, begin + 1e-6 * np.random.default_rng(5).standard_normal((100, 1))])
runs = {gain: recurrent.states(gain * matrices["normal"], begin, np.zeros((150, 1, 1)))
        for gain in gains}
apart = {gain: np.sqrt(np.mean((h[:, :, 0] - h[:, :, 1])**2, axis=1)) for gain, h in runs.items()}
reveal("two states at gain 2, after 100 steps", prediction, apart[2.0][100], factor=3)
table({"gain": "", "distance after 100 steps": ".1e", "after 150": ".1e"},
      [(gain, *each[[100, 150]]) for gain, each in apart.items()])

# %% [markdown]
# Now press *Play*, or drag the slider: on the left one unit of both copies, on the right the
# distance of the two states. Where does the net forget, where does it hold on, and where does it
# turn to noise?

# %%
explore(lambda gain: (figures.watched(runs[gain][:, :, 0], runs[gain][:, :, 1], gain),
                      {"apart": apart[gain][150]}),
        "unit", play=True, gain=slider(0.5, gains, "gain"))

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# Below 1 every state dies away and takes with it what it knew. Well above 1 the net is **chaotic**:
# at gain 2 a millionth becomes a difference as large as the states themselves within 150 steps, and
# no output could be read from it that depends on the start in an orderly way (Sompolinsky, Crisanti
# and Sommers 1988, who find the border at gain 1 for large nets; this one has 100 units, and its
# border lies a little higher). An exploding gradient is the same fact, seen from the other end.
#
# </details>
#
# ### Run 5: does it matter for the training?
#
# A task that needs a long memory: the first input is $-1$ or $1$, 59 steps of noise follow, and
# then the net has to say which it was. 40 units, Adam, 150 batches of 32. Answering without
# memory costs $\log 2 = 0.693$ nats. What does the start at gain 0.7 cost over the last 20
# batches?

# %%
prediction = None  # your guess, in nats

# %%
source(learn)
kinds = [("normal", 0.7), ("normal", 1.0), ("orthogonal", 1.0), ("orthogonal", 0.7),
         ("identity", 1.0)]
learned = {f"{kind}, gain {gain}": learn(kind, 60, 150, gain=gain)
           for kind, gain in progress(kinds, "memories")}
ends = {name: costs[-20:].mean() for name, costs in learned.items()}
reveal("one bit over 60 steps, gain 0.7", prediction, ends["normal, gain 0.7"], "nats", within=0.05)
table({"start": "", "last 20 batches (nats)": ".4f", "below 0.1 at batch": ""},
      [(name, ends[name], first_below(costs, 0.1, every=1)) for name, costs in learned.items()])
show(figures.lines(learned, "batch", "cost (nats)", ylim=(0, 1)), "memory")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# At gain 0.7 the gradient that comes back is about $0.7^{60} \approx 5 \cdot 10^{-10}$, and neither
# start learns anything; that one of them is orthogonal does not help. At gain 1 all three learn
# within twenty batches. What counts is where the eigenvalues lie. This is an easy task, with one
# bit to keep, and it is one seed; on harder tasks the three differ more.
#
# </details>

# %% [markdown]
# ## 3. Branches that add
#
# In a residual net or a transformer nearly everything is written as $x \leftarrow x + f(x)$: a
# *stream* $x$ runs from the first block to the last, and each block's *branch* $f$ adds to it. The
# branches start random and independent, so their mean squares add, as in the random walk of lesson
# 1.
#
# Here a branch is $V\,\text{ReLU}(U x)$ with weights that keep the size of what it reads. There are
# 48 blocks. The stream starts at mean square 1.
#
# ### Run 6: forty-eight blocks
#
# If each branch reads the stream as it is, what is the mean square after the last block?

# %%
prediction = None  # your guess, a mean square

# %%
source(skips.stream)
root = 1 / np.sqrt(48)
cases = {"as it is": (1.0, False), "normalized": (1.0, True),
         "as it is, branches over √48": (root, False),
         "normalized, branches over √48": (root, True), "branches from zero": (0.0, False)}
streams = {name: skips.stream(factor, np.random.default_rng(0), normalize)
           for name, (factor, normalize) in cases.items()}
reveal("mean square after 48 blocks", prediction, streams["as it is"][48], factor=10)
table({"what a branch reads": "", "after 1 block": ".2f", "12": ".4g", "48": ".4g"},
      [(name, *squares[[1, 12, 48]]) for name, squares in streams.items()])
show(figures.lines(streams, "block", "mean square of the stream", yscale="log",
                   ylim=(0.5, 1e15)), "streams")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# A branch that reads the stream adds as much as is there, and *doubles* it: $2^{48} \approx 3 \cdot
# 10^{14}$. A branch that reads it normalized (divided by its size, "pre-norm") adds 1 each time:
# the growth is linear, about 49. Divide what the branches add by $\sqrt{48}$, and the first case
# comes to about $(1 + 1/48)^{48} \approx e$ and the second to about 2, for any number of blocks:
# that is the start of GPT-2 (below). And branches whose last matrix starts at zero leave the stream
# alone: the net begins as the identity (Goyal et al. 2017, section 5.1, and Zhang et al. 2019).
#
# </details>
#
# ### Run 7: a real language model
#
# GPT-2 small (Radford et al. 2019) has 12 blocks of 768 units, with two branches each: attention,
# which mixes the tokens, and a feed-forward part. Its vocabulary has 50,257 tokens. All weights
# start normal with 0.02, but for the matrices that write into the stream, at $0.02/\sqrt{24}$: 24
# branches. We draw all of them, 124 million, and let it read 64 random tokens. No training. The
# loss is averaged over all the tokens that could come next. $\log 50257$ is 10.82. What loss do
# you expect? (Lesson 2, section 3, tells how far above $\log n$ it will be: a logit is a sum of 768
# products, of numbers of size 1 with weights of 0.02.)

# %%
prediction = None  # your guess, in nats

# %%
source(language_model.untrained, language_model.attention)
tokens = np.random.default_rng(1).integers(0, language_model.VOCABULARY, 65)
writing = {"0.02": 0.02, "0.02 / √24": 0.02 / np.sqrt(24), "0": 0.0}
models = {name: language_model.untrained(tokens, std)
          for name, std in progress(writing.items(), "GPT-2")}
n = language_model.VOCABULARY
loss = {name: -float(log_q.mean()) for name, (log_q, _) in models.items()}
reveal("first loss of GPT-2", prediction, loss["0.02 / √24"], "nats", digits=5, within=0.1)
table({"": "", "nats": ".4f"}, [("log 50257", np.log(n)), ("GPT-2, untrained", loss["0.02 / √24"]),
                                ("log 50257 + 768 · 0.02² / 2", np.log(n) + 768 * 0.02**2 / 2)])

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# Within a thousandth of a nat it is the formula of lesson 2: $\log n + s^2/2$ with $s^2 = 768 \cdot
# 0.02^2 = 0.307$. The same check works for any language model: a first loss well above $\log n +
# s^2/2$ means that some layer is too large, or that a mistake is waiting.
#
# </details>
#
# ### Run 8: can a start be too quiet?
#
# The same model with its writing matrices at 0.02, and at zero. First the variance of the stream by
# block. Then, for each start, the probability that the untrained model gives to *the token that it
# has just read* coming once more. A model that knows nothing says $1/50257$. What does the one
# whose branches start at zero say?

# %%
prediction = None  # your guess, a probability

# %%
read = (tokens[:-1], np.arange(64))
again = {name: float(np.exp(log_q[read]).mean()) for name, (log_q, _) in models.items()}
reveal("the same token again, branches at zero", prediction, again["0"], factor=3)
table({"writing matrices": "", "loss (nats)": ".3f", "same token again": ".2g",
       "stream at first": ".5f", "stream at last": ".5f"},
      [(name, loss[name], again[name], variances[0], variances[-1])
       for name, (_, variances) in models.items()])
show(figures.lines({name: variances for name, (_, variances) in models.items()}, "block",
                   "variance of the stream", yscale="log", ylim=(1e-4, 10)), "language model")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# With 0.02 the stream ends some 25 times larger than with $0.02/\sqrt{24}$, as 24 equal branches
# should make it. The last normalization hides this from the loss, which is the same for both. The
# loss of the first step does not see everything; the variance by block does.
#
# Zero branches are a surprise. GPT-2 uses *one* matrix both to embed the tokens and to predict
# them. If nothing is added on the way, the stream still holds the token that was read, and the
# logit of a token is its product with itself: $768 \cdot 0.02^2 / 0.022 \approx 14$. An untrained
# net that is nearly sure of nonsense, and a loss almost 3 nats above $\log n$. The branches' noise
# drowns this echo. Zero is a fine start where the last matrix is another one (lesson 2: starting
# *that* at zero gives exactly $\log n$).
#
# </details>

# %% [markdown]
# ## 4. Normalization, or what becomes of the scale
#
# The third way out: bring the numbers to mean 0 and variance 1 in every layer, before the ReLU.
# **Batch normalization** (Ioffe and Szegedy 2015) does so for each unit, over the examples; **layer
# normalization** (Ba, Kiros and Hinton 2016) for each example, over the units. Then the output of a
# layer cannot depend on the scale of its weights: a factor cancels.
#
# ### Run 9: thirty layers once more
#
# The net of lesson 1, section 5, with 30 ReLU layers of 256 units, at scale 0.01, at $\sqrt{2/256}$
# and at scale 1: with layer normalization the outputs are the same for all three. The *gradient of
# the weights* is not. How many times larger is it at scale 0.01 than at scale 1, for the first
# layer?

# %%
prediction = None  # your guess, a factor

# %%
source(normalized.divided, normalized.back_through)
scales = {"0.01": 0.01, "√(2/256)": np.sqrt(2 / 256), "1": 1.0}
deep = {(kind, name): normalized.passes(scale, kind, np.random.default_rng(0))
        for kind in normalized.AXES for name, scale in scales.items()}
reveal("gradient at scale 0.01 against 1", prediction,
       deep["layer", "0.01"][2][0] / deep["layer", "1"][2][0], "times", factor=1.5)
table({"normalized": "", "scale": "", "output of layer 30": ".2g", "gradient at the input": ".2g",
       "gradient of W1": ".2g"},
      [(*key, forth[30], back[0], weights[0]) for key, (forth, back, weights) in deep.items()])

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# The trouble of lesson 1 is gone: from $10^{-29}$ and $10^{31}$ to the same number for every
# scale. But if weights 100 times as large give the same output, its slope by each of them is a
# hundredth. A step of the same rate, beside such weights, is then $100^2$ times smaller. The scale
# has not disappeared. It has become a learning rate.
#
# </details>
#
# ### Run 10: the scale as a rate
#
# Let us be exact about it. The circles, two batch-normalized hidden layers of 20 units, 300 steps.
# Once with weights of scale 1 and rate 0.1; once with weights 8 times as large; and once with
# these and a rate $8^2 = 64$ times as large. By how much, at most, does a cost of the third run
# differ from the first?

# %%
prediction = None  # your guess, in nats

# %%
trained = {f"scale {scale}, rate {rate:g}": normalized.descend(scale, rate, X, y, 300)
           for scale, rate in ((1, 0.1), (8, 0.1), (8, 6.4))}
first, slow, third = trained.values()
reveal("largest difference of two costs", prediction, np.abs(first - third).max(), "nats",
       within=1e-15)
table({"step": "", **dict.fromkeys(trained, ".6f")},
      [(step, *(costs[step] for costs in trained.values())) for step in (0, 10, 100, 299)])
show(figures.lines(trained, "step", "cost (nats)", ylim=(0, 0.9)), "scale as rate",
     caption="The third curve lies on the first.")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# Zero, in every bit: 8 is a power of two, so not even the rounding differs. The second run computes
# the same at its start as the first, and then takes steps that are 64 times too small. With
# normalization the ratio $\text{rate}/\text{scale}^2$ is all that counts (van Laarhoven 2017, arXiv
# 1706.05350).
#
# </details>
#
# ### Run 11: what batch normalization costs
#
# In the table of run 9 one column is not the same for both kinds of normalization: with batch
# normalization the gradient that reaches the input is far larger than the 1 that was sent. Why? The
# deviation over the examples comes from ReLU's output *about its mean*, and for a standard normal
# input its variance is $\frac12 - \frac1{2\pi} = 0.341$ (lesson 1, run 17). On the way back ReLU
# lets through half of the gradient's square, and normalization divides that square by the variance
# by which it divided on the way forward. By what factor does one layer multiply the *root* mean
# square?

# %%
prediction = None  # your guess, a factor for each layer

# %%
back = {kind: deep[kind, "1"][1] for kind in ("layer", "batch")}
reveal("batch normalization, one layer back", prediction, back["batch"][29] / back["batch"][30],
       within=0.05)
print(f"by the argument: sqrt(0.5 / 0.341) = {np.sqrt(0.5 / (0.5 - 1 / (2 * np.pi))):.4f}")
table({"normalized": "", "30 to 29": ".3f", "mean factor, 30 to 1": ".3f", "at layer 1": ".3g"},
      [(kind, sizes[29] / sizes[30], (sizes[1] / sizes[30]) ** (1 / 29), sizes[1])
       for kind, sizes in back.items()])
show(figures.lines(back, "layer", "root mean square of the gradient", yscale="log",
                   ylim=(0.1, 1000)), "batch or layer")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# A fifth more with every layer, more than two hundred times as much in all: a net that is
# normalized over the batch has *exploding* gradients at its start, whatever the scale (Yang et al.
# 2019, arXiv 1902.08129, derive it for large batches). Only the last step, to the input, shrinks
# it, as the input is normal and was not put through a ReLU. With layer normalization the deviation
# is taken over the units, where the mean of $z$ is about 0; it comes from ReLU's mean square, 1/2,
# and the factor is 1. In practice batch normalization goes together with skip connections, which
# let the gradient pass by.
#
# </details>

# %% [markdown]
# ## 5. How large is a step?
#
# A start and a rate fit each other or not, and one number tells: the spread of a step, rate times
# gradient, over the spread of the weights that it changes. A rule of thumb says that it should be
# "somewhere around 1e-3" (Karpathy, CS231n notes, *Ratio of weights:updates*). Let us test the rule
# on the characters of lesson 2: three characters in, the next one out, two hidden layers of 64
# units, plain gradient descent on batches of 64.
#
# ### Run 12: the rule of a thousandth
#
# Seven rates, 1,000 steps each. The table has the ratios of the three matrices over the last 200
# steps, as powers of ten. For the rate with the *lowest* loss at the end, what is the ratio of
# the second matrix?

# %%
prediction = None  # your guess, a power of ten, such as -3

# %%
windows, labels = character_windows(load_names())
windows = windows.astype(np.float32)  # (81, 18770) one-hot, (18770,)
sizes = {rate: widths.step_sizes(rate, windows, labels, 1000)
         for rate in progress((0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0), "rates")}
end = {rate: costs[-100:].mean() for rate, (_, costs) in sizes.items()}
late = {rate: np.log10(np.median(ratios[-200:], axis=0)) for rate, (ratios, _) in sizes.items()}
reveal("ratio at the best rate, W2", prediction, late[min(end, key=end.get)][1], within=0.5)
table({"rate": "", **dict.fromkeys(widths.LAYERS, ".1f"), "loss at the end (nats)": ".3f"},
      [(rate, *late[rate], end[rate]) for rate in sizes])
show(figures.step_sizes({f"rate {rate:g}": sizes[rate][0] for rate in (0.01, 0.3, 3.0)},
                        widths.LAYERS), "step sizes", caption="Dotted: a thousandth.")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# It is a rule of thumb, not a law. A rate that keeps the second matrix near a thousandth learns,
# but slowly: over 1,000 steps, steps of about three hundredths are best, and larger ones are worse
# again. Whoever trains for longer takes smaller steps, and lets the rate fall. What the number does
# tell, before you have lost an hour: well below $10^{-5}$ hardly anything moves, and above 1 the
# start is thrown away (section 7 has a net of either kind). The first matrix lies lower for a
# reason: of its 81 inputs three are on, so most of its entries get no gradient from an example.
# Compare each matrix with itself.
#
# </details>

# %% [markdown]
# ## 6. From narrow to wide
#
# You tune a rate on a net of 64 units and then train one of 1,024. Does the rate still fit? With
# Adam every weight moves by about the rate, whatever the gradient. A unit with $n$ inputs adds up
# $n$ such moves, and they are *not* independent: they all follow the same gradient, and add up like
# $n$ and not like $\sqrt n$. So the wider the layer, the more its output changes in one step.
#
# The **maximal update parametrization**, muP (Yang et al. 2022, arXiv 2203.03466), scales starts
# and rates so that every layer's output changes by the same amount at any width. With Adam the
# rates of the hidden and of the last layer fall like $1/n$, and the spread of the last layer falls
# like $1/n$ and not like $1/\sqrt n$. At 64 units we let both rules agree.
#
# ### Run 13: the coordinate check
#
# Five steps of Adam at rate 0.003 on one batch, at five widths, and the change of each layer's
# output. With the standard rule the logits of the net of 64 units change by about 0.6. By how much
# do those of 1,024 units change?

# %%
prediction = None  # your guess, a root mean square

# %%
source(widths.start, widths.rates, widths.changes)
batch = windows[:, :256], labels[:256]
tried = (64, 128, 256, 512, 1024)
moved = {rule: np.array([widths.changes(width, rule, 0.003, *batch) for width in tried])
         for rule in widths.RULES}
reveal("change of the logits at 1,024 units", prediction, moved["standard"][-1, 2], factor=1.5)
table({"rule": "", "units": ",", "layer 1": ".3f", "layer 2": ".2f", "logits": ".2f"},
      [(rule, width, *row) for rule, rows in moved.items()
       for width, row in zip(tried, rows, strict=True)])
show(figures.lines({f"{rule}, {layer}": (tried, rows[:, k]) for rule, rows in moved.items()
                    for k, layer in ((1, "layer 2"), (2, "logits"))}, "units",
                   "change (root mean square)", xscale="log", yscale="log", ylim=(0.1, 10)),
     "coordinate check")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# With the standard rule the change grows with every doubling; with muP it is level. This is called
# a *coordinate check*, and it is the cheapest test of a parametrization: five steps, a few widths,
# and every curve that is not level names a layer whose start or rate is wrong. The first layer
# changes by little in both, since the number of its inputs does not depend on the width.
#
# </details>
#
# ### Run 14: does the rate transfer?
#
# Now 100 steps of Adam at seven rates, for 32, 128 and 512 units. With the standard rule the best
# of the seven for 32 units is 0.016. Which one is it for 512?

# %%
prediction = None  # your guess, one of the rates in the next cell

# %%
rates = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032)
grid = [(rule, width) for rule in widths.RULES for width in (32, 128, 512)]
ends = {key: [widths.trained(key[1], key[0], rate, windows, labels, 100) for rate in rates]
        for key in progress(grid, "widths")}
best = {key: rates[int(np.argmin(each))] for key, each in ends.items()}
reveal("best rate for 512 units, standard rule", prediction, best["standard", 512], factor=2)
table({"rule": "", "units": "", "best rate": "", "loss there (nats)": ".3f"},
      [(*key, best[key], min(each)) for key, each in ends.items()])
show(figures.transfer(rates, {rule: {width: ends[rule, width] for width in (32, 128, 512)}
                              for rule in widths.RULES}),
     "transfer", caption="Dots: the best rate. The axis begins at 1.6.")

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# With the standard rule the best rate falls as the net grows: who tunes on the narrow one and
# trains the wide one at the same rate trains it far too fast. With muP the curves have their lowest
# points at nearly the same rate, and the wide net is the better one at every rate near it. (One
# seed, 100 steps; neighbouring rates differ by little at the bottom of the curve.)
#
# </details>

# %% [markdown]
# ## 7. Five patients
#
# Five nets of section 5 come to your practice. Each has one of these faults, in an order that the
# seed decides (take another one if you like):
#
# - the last layer is too large; the second layer is too small;
# - the rate is too large; the rate is too small;
# - the labels belong to other examples.
#
# The table has what can be measured before the first step: the first loss ($\log 27 = 3.30$), the
# root mean squares of both hidden layers, and the size of a step for each matrix, as a power of
# ten. Write down a fault for each of the five. One of them looks healthy.

# %%
seed = 5
ward = patients.five(seed, labels)
findings = [patients.examined(each, windows) for each in ward]
table({"net": "", "first loss (nats)": ".2f", "layer 1": ".2f", "layer 2": ".3f",
       **dict.fromkeys(("step W1", "W2", "W3"), ".1f")},
      [(number, *found) for number, found in enumerate(findings, 1)])

# %% [markdown]
# ### Run 15: your diagnosis
#
# Which of the five has the labels of other examples?

# %%
prediction = None  # your guess, the number of a net, 1 to 5

# %%
faults = [each["fault"] for each in ward]
reveal("the net that looked healthy", prediction, faults.index(patients.FAULTS[4]) + 1, "",
       within=0.5)
later = [patients.after_training(each, windows) for each in progress(ward, "training")]
table({"net": "", "loss after 600 steps (nats)": ".2f", "its fault": ""},
      [(number, *pair) for number, pair in enumerate(zip(later, faults, strict=True), 1)])

# %% [markdown]
# <details><summary>Open after the run</summary>
#
# Four of the five faults are seen before the first step, each by another number: the large last
# layer by the first loss, the small second layer by the sizes, the two wrong rates by the steps.
# The first loss alone would have found one of them. The fifth passes every check, and its training
# looks like a training: the loss falls to about 2.8, the entropy of the characters (lesson 2),
# since how frequent each character is can be learned from wrong labels too. It stays there. A
# healthy start means that nothing is wrong *with the start*.
#
# </details>
#
# The small second layer got away with it, by the way: its steps, beside its weights, were large.
# Not every fault costs you the training, and you do not know beforehand which will.

# %% [markdown]
# ## What to remember
#
# - A factor for each layer becomes a power of the depth. Make it 1, add instead of multiplying, or
#   divide by the size at every layer.
# - Branches add their mean squares. Divide them by the root of their number, or start them at zero
#   if nothing else then speaks too loudly.
# - With normalization the scale of the weights is a learning rate.
# - Before training: the first loss against $\log n + s^2/2$; the size of the signal by block, both
#   ways; the size of a step beside the weights; the change of each layer at two widths.
#
# ### Your predictions

# %%
calibration()

# %% [markdown]
# ## On your own
#
# 1. Give the net of run 1 six hidden layers, plain and with skips. Which law does each wait follow?
# 2. Take `learn` with 100 and 200 steps. Which of the three starts at gain 1 gives up first?
# 3. Start only the *attention* branches of GPT-2 at zero. How loud is the echo of run 8?
# 4. In run 10 multiply the weights by 10 and the rate by 100, and find the first step at which the
#    costs differ. Why do they differ at all?
# 5. Repeat run 13 with the standard rule for the last layer's spread and muP for all the rest.
#    Which curve is no longer level, and after how many steps can you see it?
# 6. Add a patient to `patients.five`, and a number to the table that finds it.
#
# ## Further reading
#
# - K. He, X. Zhang, S. Ren and J. Sun (2015). *Deep Residual Learning for Image Recognition.* arXiv
#   1512.03385.
# - H. Zhang, Y. Dauphin and T. Ma (2019). *Fixup Initialization.* arXiv 1901.09321; P. Goyal and
#   others (2017), *Accurate, Large Minibatch SGD*, arXiv 1706.02677: branches that start at zero.
# - A. Radford and others (2019). *Language Models are Unsupervised Multitask Learners*, section
#   2.3: the $1/\sqrt N$ of the residual layers.
# - R. Pascanu, T. Mikolov and Y. Bengio (2013). *On the difficulty of training recurrent neural
#   networks.* arXiv 1211.5063; Q. Le, N. Jaitly and G. Hinton (2015), arXiv 1504.00941.
# - H. Sompolinsky, A. Crisanti and H. Sommers (1988). *Chaos in Random Neural Networks.* Physical
#   Review Letters 61, 259.
# - S. Ioffe and C. Szegedy (2015), arXiv 1502.03167; J. Ba, J. Kiros and G. Hinton (2016), arXiv
#   1607.06450; G. Yang and others (2019), *A Mean Field Theory of Batch Normalization*, arXiv
#   1902.08129; T. van Laarhoven (2017), arXiv 1706.05350.
# - G. Yang and others (2022). *Tensor Programs V: Tuning Large Neural Networks via Zero-Shot
#   Hyperparameter Transfer.* arXiv 2203.03466.
#
# **Before:** [04_char_rnn](04_char_rnn.ipynb); the first lesson is
# [01_initialization](01_initialization.ipynb). The assignment of this lesson is
# `ps5_modern_starts`.
