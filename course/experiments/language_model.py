"""GPT-2 small before its training: 124 million random weights, and the loss that they give.

Radford et al. (2019), *Language Models are Unsupervised Multitask Learners*, and the sizes and
starts of its published code: normal weights of 0.02, of 0.01 for positions, biases 0, the last
matrix that of the embedding. Columns are tokens. A block is made when it is needed, and forgotten.
"""

import numpy as np

VOCABULARY, WIDTH, N_BLOCKS, N_HEADS = 50_257, 768, 12, 12
STD = 0.02
EPS = 1e-5


def normalized(x):
    """Return columns of mean 0 and variance 1."""
    deviations = np.sqrt(EPS + x.var(axis=0))
    return np.divide(x - x.mean(axis=0), deviations)


def drawn(rng, shape, std):
    """Return normal weights in 32 bits."""
    return rng.standard_normal(shape, dtype=np.float32) * np.float32(std)


def attention(x, rng, std_out, width=WIDTH, n_heads=N_HEADS):
    """Return what an attention layer with new weights adds, (width, m)."""
    m, size = x.shape[1], width // n_heads
    q, k, v = (drawn(rng, (width, width), STD) @ x for _ in "qkv")
    out = np.empty_like(x)
    future = np.triu(np.full((m, m), -np.inf, dtype=np.float32), 1)
    for head in range(n_heads):
        part = slice(head * size, (head + 1) * size)
        scores = q[part].T @ k[part] / np.sqrt(np.float32(size)) + future  # (m, m)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        out[part] = v[part] @ (powers / powers.sum(axis=1, keepdims=True)).T
    return drawn(rng, (width, width), std_out) @ out


def feed_forward(x, rng, std_out, width=WIDTH):
    """Return what a feed-forward layer with new weights adds, (width, m)."""
    h = drawn(rng, (4 * width, width), STD) @ x
    h *= 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi).astype(np.float32) * (h + 0.044715 * h**3)))
    return drawn(rng, (width, 4 * width), std_out) @ h


def untrained(tokens, std_out, seed=0, n_blocks=N_BLOCKS):
    """Read tokens with a new GPT-2 small.

    Parameters
    ----------
    tokens : (m + 1,) ndarray of int
        All but the last are read, all but the first are to be predicted.
    std_out : float
        Of the two matrices of each block that write into the stream.
    seed : int, optional
    n_blocks : int, optional

    Returns
    -------
    log_q : (vocabulary, m) ndarray
        Logarithms of the probabilities of the next token.
    variances : list of float
        Of the stream, before the first block and after each.
    """
    rng, m = np.random.default_rng(seed), len(tokens) - 1
    words = drawn(rng, (VOCABULARY, WIDTH), STD)
    x = words[tokens[:-1]].T + drawn(rng, (WIDTH, m), 0.01)
    variances = [float(x.var())]
    for _ in range(n_blocks):
        x = x + attention(normalized(x), rng, std_out)
        x = x + feed_forward(normalized(x), rng, std_out)
        variances.append(float(x.var()))
    logits = words @ normalized(x)
    highest = logits.max(axis=0)
    return logits - highest - np.log(np.exp(logits - highest).sum(axis=0)), variances
