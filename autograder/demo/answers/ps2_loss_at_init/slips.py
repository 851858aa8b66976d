"""Wrong answers to ps2_loss_at_init, each named `<exercise>__<slip>`.

Where one calls another exercise, it means the right answer of the notebook it is pasted into.
"""

# ruff: noqa: F821

import numpy as np


# Normalises over the examples instead of the classes.
def softmax__wrong_axis(logits):
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


# No shift: exp(1000) overflows and gives NaN.
def softmax__no_shift(logits):
    e = np.exp(logits)
    return e / np.sum(e, axis=0, keepdims=True)


# One sum over all entries, not one for each column.
def softmax__all_entries(logits):
    e = np.exp(logits - np.max(logits))
    return e / np.sum(e)


# Shifts every column by the largest logit of all: columns thousands lower become 0/0.
def softmax__global_shift(logits):
    e = np.exp(logits - np.max(logits))
    return e / np.sum(e, axis=0, keepdims=True)


# The right probabilities, but the caller's logits are shifted on the way.
def softmax__changes_input(logits):
    logits -= np.max(logits, axis=0, keepdims=True)
    e = np.exp(logits)
    return e / np.sum(e, axis=0, keepdims=True)


# A sigmoid of each entry instead of a softmax of each column.
def softmax__sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


# The logarithm of the probabilities.
def softmax__returns_log(logits):
    shifted = logits - np.max(logits, axis=0, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))


# Not divided by the sum.
def softmax__not_normalised(logits):
    return np.exp(logits - np.max(logits, axis=0, keepdims=True))


# The right probabilities, one row for each example.
def softmax__transposed(logits):
    e = np.exp(logits - np.max(logits, axis=0, keepdims=True))
    return (e / np.sum(e, axis=0, keepdims=True)).T


# Clips the logits at 500 to avoid overflow, so that two large logits look equal.
def softmax__clipped_logits(logits):
    e = np.exp(np.clip(logits, -500, 500))
    return e / np.sum(e, axis=0, keepdims=True)


# Prints the probabilities and returns nothing.
def softmax__prints(logits):
    e = np.exp(logits - np.max(logits, axis=0, keepdims=True))
    print(e / np.sum(e, axis=0, keepdims=True))


# Works on the first column only, as for a single vector.
def softmax__first_column(logits):
    e = np.exp(logits[:, 0] - np.max(logits[:, 0]))
    return e / np.sum(e)


# The sum over the examples, not the mean.
def cross_entropy__sum(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.sum(log_p[labels, np.arange(len(labels))])


# Logarithm to base 2: bits, not nats.
def cross_entropy__base_two(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.mean(log_p[labels, np.arange(len(labels))]) / np.log(2)


# Softmax of the softmax.
def cross_entropy__softmax_twice(logits, labels):
    p = softmax(softmax(logits))
    return -np.mean(np.log(p[labels, np.arange(len(labels))]))


# The logarithm of a probability that has underflowed to 0: infinite at logits of 1000.
def cross_entropy__log_of_zero(logits, labels):
    p = softmax(logits)
    return -np.mean(np.log(p[labels, np.arange(len(labels))]))


# A small number inside the logarithm: never above 18.4 nats.
def cross_entropy__epsilon(logits, labels):
    p = softmax(logits)
    return -np.mean(np.log(p[labels, np.arange(len(labels))] + 1e-8))


# The minus sign forgotten.
def cross_entropy__sign(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return np.mean(log_p[labels, np.arange(len(labels))])


# The logits are taken for logarithms of probabilities already.
def cross_entropy__no_softmax(logits, labels):
    return -np.mean(logits[labels, np.arange(len(labels))])


# Divides by the number of all entries, C*m, not of the examples.
def cross_entropy__mean_over_entries(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    one_hot = np.eye(logits.shape[0])[labels].T
    return -np.mean(one_hot * log_p)


# Picks whole rows: every label is looked up in every column.
def cross_entropy__all_pairs(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.mean(log_p[labels])


# One loss for each example, not their mean.
def cross_entropy__per_example(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -log_p[labels, np.arange(len(labels))]


# Takes the most likely class for the label.
def cross_entropy__ignores_labels(logits, labels):
    z = logits - np.max(logits, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.mean(np.max(log_p, axis=0))


# Normalises over the examples instead of the classes.
def cross_entropy__wrong_axis(logits, labels):
    z = logits - np.max(logits, axis=1, keepdims=True)
    log_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    return -np.mean(log_p[labels, np.arange(len(labels))])


# The sign: log(1/n), which is negative.
def expected_initial_loss__sign(n_classes):
    return np.log(1 / n_classes)


# Logarithm to base 2.
def expected_initial_loss__base_two(n_classes):
    return np.log2(n_classes)


# Logarithm to base 10.
def expected_initial_loss__base_ten(n_classes):
    return np.log10(n_classes)


# The probability of the right class, not its loss.
def expected_initial_loss__probability(n_classes):
    return 1 / n_classes


# The ten classes of the example, whatever is given.
def expected_initial_loss__hard_coded(n_classes):
    return 2.302585092994046


# Rounded to two decimals.
def expected_initial_loss__rounded(n_classes):
    return round(float(np.log(n_classes)), 2)


# Prints the loss and returns nothing.
def expected_initial_loss__prints(n_classes):
    print("expected loss:", np.log(n_classes))


# The part of one class in the entropy: -1/n log(1/n), not summed over the classes.
def expected_initial_loss__one_term(n_classes):
    return -1 / n_classes * np.log(1 / n_classes)


# The loss as a text.
def expected_initial_loss__string(n_classes):
    return f"{np.log(n_classes):.6f}"


# Counts, not shares.
def class_frequencies__counts(labels, n_classes):
    return np.bincount(labels, minlength=n_classes)


# Classes that do not occur are left out.
def class_frequencies__drops_absent(labels, n_classes):
    _, counts = np.unique(labels, return_counts=True)
    return counts / len(labels)


# As long as the largest label that occurs: absent classes at the end are missing.
def class_frequencies__no_minlength(labels, n_classes):
    return np.bincount(labels) / len(labels)


# Divided by the number of classes, not of labels.
def class_frequencies__divided_by_classes(labels, n_classes):
    return np.bincount(labels, minlength=n_classes) / n_classes


# Integer division: every share below 1 is 0.
def class_frequencies__integer_division(labels, n_classes):
    return np.bincount(labels, minlength=n_classes) // len(labels)


# A column of shape (C, 1).
def class_frequencies__column(labels, n_classes):
    return (np.bincount(labels, minlength=n_classes) / len(labels)).reshape(-1, 1)


# One added to every count, so that no class is at 0.
def class_frequencies__smoothed(labels, n_classes):
    counts = np.bincount(labels, minlength=n_classes) + 1
    return counts / counts.sum()


# The last class is never counted.
def class_frequencies__off_by_one(labels, n_classes):
    shares = np.zeros(n_classes)
    for c in range(n_classes - 1):
        shares[c] = np.mean(labels == c)
    return shares


# Classes counted from 1, so that class 0 is missed and the others move down.
def class_frequencies__from_one(labels, n_classes):
    return np.array([np.mean(labels == c) for c in range(1, n_classes + 1)])


# A dict from class to share.
def class_frequencies__dict(labels, n_classes):
    return {c: float(np.mean(labels == c)) for c in range(n_classes)}


# The frequencies themselves: b = f.
def bias_from_frequencies__identity(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return frequencies.reshape(-1, 1)


# The sign: b = -log f.
def bias_from_frequencies__sign(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return -np.log(frequencies).reshape(-1, 1)


# Minus infinity for a frequency of 0 instead of an error.
def bias_from_frequencies__no_error(frequencies):
    return np.log(np.asarray(frequencies)).reshape(-1, 1)


# A small number added instead of an error.
def bias_from_frequencies__epsilon(frequencies):
    return np.log(np.asarray(frequencies) + 1e-8).reshape(-1, 1)


# Shape (C,), not (C, 1).
def bias_from_frequencies__flat(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies)


# A row of shape (1, C).
def bias_from_frequencies__row(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies).reshape(1, -1)


# The logit of two classes, log(f / (1 - f)), used for many.
def bias_from_frequencies__logit(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies / (1 - frequencies)).reshape(-1, 1)


# Logarithm to base 2: the softmax is then not f.
def bias_from_frequencies__base_two(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return np.log2(frequencies).reshape(-1, 1)


# Zeros, whatever the frequencies.
def bias_from_frequencies__zeros(frequencies):
    if np.any(np.asarray(frequencies) <= 0):
        raise ValueError("frequencies must be positive")
    return np.zeros((len(frequencies), 1))


# Refuses negative frequencies only: 0 passes and gives minus infinity.
def bias_from_frequencies__zero_allowed(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies < 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies).reshape(-1, 1)


# Refuses only when every frequency is not positive.
def bias_from_frequencies__all_for_any(frequencies):
    frequencies = np.asarray(frequencies)
    if np.all(frequencies <= 0):
        raise ValueError("frequencies must be positive")
    return np.log(frequencies).reshape(-1, 1)


# An assertion instead of a ValueError.
def bias_from_frequencies__assertion(frequencies):
    frequencies = np.asarray(frequencies)
    assert np.all(frequencies > 0), "frequencies must be positive"
    return np.log(frequencies).reshape(-1, 1)


# Returns the error instead of raising it.
def bias_from_frequencies__returns_error(frequencies):
    frequencies = np.asarray(frequencies)
    if np.any(frequencies <= 0):
        return ValueError("frequencies must be positive")
    return np.log(frequencies).reshape(-1, 1)


# NaN when a frequency is 0.
def entropy__nan_at_zero(frequencies):
    f = np.asarray(frequencies)
    return -np.sum(f * np.log(f))


# Bits, not nats.
def entropy__bits(frequencies):
    f = np.asarray(frequencies)
    f = f[f > 0]
    return -np.sum(f * np.log2(f))


# The minus sign forgotten.
def entropy__sign(frequencies):
    f = np.asarray(frequencies)
    f = f[f > 0]
    return np.sum(f * np.log(f))


# The logarithms are not weighted with the frequencies.
def entropy__not_weighted(frequencies):
    f = np.asarray(frequencies)
    f = f[f > 0]
    return -np.sum(np.log(f))


# The mean over the classes, not the sum.
def entropy__mean(frequencies):
    f = np.asarray(frequencies)
    terms = np.zeros(len(f))
    terms[f > 0] = f[f > 0] * np.log(f[f > 0])
    return -np.mean(terms)


# One term for each class, not their sum.
def entropy__terms(frequencies):
    f = np.asarray(frequencies)
    terms = np.zeros(len(f))
    terms[f > 0] = -f[f > 0] * np.log(f[f > 0])
    return terms


# 1e-3 inside the logarithm against log 0: the entropy is off in the third digit.
def entropy__epsilon(frequencies):
    f = np.asarray(frequencies)
    return -np.sum(f * np.log(f + 1e-3))


# Raises an error for a class that does not occur.
def entropy__error_at_zero(frequencies):
    f = np.asarray(frequencies)
    if np.any(f <= 0):
        raise ValueError("frequencies must be positive")
    return -np.sum(f * np.log(f))


# The entropy of equal frequencies, whatever they are.
def entropy__uniform(frequencies):
    return np.log(len(frequencies))


# Writes into the caller's frequencies to avoid log 0.
def entropy__changes_input(frequencies):
    frequencies[frequencies == 0] = 1.0
    return -np.sum(frequencies * np.log(frequencies))


# Bias zero, whatever the frequencies.
def initialize_output_layer__zero_bias(n_features, frequencies, scale, rng):
    n_classes = len(frequencies)
    return rng.standard_normal((n_classes, n_features)) * scale, np.zeros((n_classes, 1))


# The frequencies themselves as bias.
def initialize_output_layer__bias_is_frequencies(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, np.asarray(frequencies).reshape(-1, 1)


# Weights of standard deviation 1: scale ignored.
def initialize_output_layer__ignores_scale(n_features, frequencies, scale, rng):
    return rng.standard_normal((len(frequencies), n_features)), bias_from_frequencies(frequencies)


# Scale taken for the variance.
def initialize_output_layer__scale_as_variance(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * np.sqrt(scale)
    return W, bias_from_frequencies(frequencies)


# Scale squared, taken for the standard deviation.
def initialize_output_layer__scale_squared(n_features, frequencies, scale, rng):
    W = rng.normal(0, scale**2, size=(len(frequencies), n_features))
    return W, bias_from_frequencies(frequencies)


# W is (n_features, C).
def initialize_output_layer__transposed(n_features, frequencies, scale, rng):
    W = rng.standard_normal((n_features, len(frequencies))) * scale
    return W, bias_from_frequencies(frequencies)


# Bias of shape (C,).
def initialize_output_layer__flat_bias(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, np.log(np.asarray(frequencies))


# Uniform weights in [0, scale): no negative entry.
def initialize_output_layer__rand_for_randn(n_features, frequencies, scale, rng):
    W = rng.random((len(frequencies), n_features)) * scale
    return W, bias_from_frequencies(frequencies)


# Uniform weights with the right standard deviation, not normal ones.
def initialize_output_layer__uniform(n_features, frequencies, scale, rng):
    half_width = scale * np.sqrt(3)
    W = (2 * rng.random((len(frequencies), n_features)) - 1) * half_width
    return W, bias_from_frequencies(frequencies)


# A power for a product: NaN where the draw is negative.
def initialize_output_layer__power(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) ** scale
    return W, bias_from_frequencies(frequencies)


# Divided by the scale.
def initialize_output_layer__divided(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) / scale
    return W, bias_from_frequencies(frequencies)


# Draws from the global generator.
def initialize_output_layer__global_generator(n_features, frequencies, scale, rng):
    W = np.random.randn(len(frequencies), n_features) * scale
    return W, bias_from_frequencies(frequencies)


# A seed of its own inside: the same weights whatever is passed.
def initialize_output_layer__own_seed(n_features, frequencies, scale, rng):
    rng = np.random.default_rng(1)
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, bias_from_frequencies(frequencies)


# One row is drawn and used for every class.
def initialize_output_layer__same_rows(n_features, frequencies, scale, rng):
    row = rng.standard_normal((1, n_features)) * scale
    W = np.repeat(row, len(frequencies), axis=0)
    return W, bias_from_frequencies(frequencies)


# Zero weights.
def initialize_output_layer__zero_weights(n_features, frequencies, scale, rng):
    return np.zeros((len(frequencies), n_features)), bias_from_frequencies(frequencies)


# Bias first, weights second.
def initialize_output_layer__order(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return bias_from_frequencies(frequencies), W


# The weights alone.
def initialize_output_layer__only_weights(n_features, frequencies, scale, rng):
    return rng.standard_normal((len(frequencies), n_features)) * scale


# The bias is scaled like the weights.
def initialize_output_layer__bias_scaled(n_features, frequencies, scale, rng):
    W = rng.standard_normal((len(frequencies), n_features)) * scale
    return W, scale * bias_from_frequencies(frequencies)


# The factor 1 - 1/n forgotten.
def excess_initial_loss__no_factor(logit_std, n_classes):
    return logit_std**2 / 2


# The half forgotten.
def excess_initial_loss__no_half(logit_std, n_classes):
    return logit_std**2 * (1 - 1 / n_classes)


# The standard deviation not squared.
def excess_initial_loss__not_squared(logit_std, n_classes):
    return logit_std / 2 * (1 - 1 / n_classes)


# Divided by the factor instead of multiplied.
def excess_initial_loss__divided(logit_std, n_classes):
    return logit_std**2 / 2 / (1 - 1 / n_classes)


# The whole loss, log n included, not its excess.
def excess_initial_loss__whole_loss(logit_std, n_classes):
    return np.log(n_classes) + logit_std**2 / 2 * (1 - 1 / n_classes)


# Plus for minus.
def excess_initial_loss__plus(logit_std, n_classes):
    return logit_std**2 / 2 * (1 + 1 / n_classes)


# Integer division: 1 // n is 0.
def excess_initial_loss__integer_division(logit_std, n_classes):
    return logit_std**2 / 2 * (1 - 1 // n_classes)


# Parentheses missing: 1/n is taken from the product.
def excess_initial_loss__parentheses(logit_std, n_classes):
    return logit_std**2 / 2 * 1 - 1 / n_classes


# Falls below log n: the sign.
def excess_initial_loss__sign(logit_std, n_classes):
    return -(logit_std**2) / 2 * (1 - 1 / n_classes)


# The 27 characters of the example, whatever is given.
def excess_initial_loss__hard_coded(logit_std, n_classes):
    return logit_std**2 / 2 * (1 - 1 / 27)


# The mean for the absolute loss, where the median is best.
def initial_loss_regression__mean_for_absolute(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.mean(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# Half the squared loss.
def initial_loss_regression__half_squared(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets) / 2
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# At an even count the lower of the two middle targets.
def initial_loss_regression__lower_median(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.sort(targets)[(len(targets) - 1) // 2]
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# At an even count the upper of the two middle targets.
def initial_loss_regression__upper_median(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.sort(targets)[len(targets) // 2]
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# The standard deviation for the squared loss, not the variance.
def initial_loss_regression__std_for_variance(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.std(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# Divided by m - 1: the sample variance.
def initial_loss_regression__sample_variance(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets, ddof=1)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# The mean for the Huber loss.
def initial_loss_regression__huber_mean(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.mean(targets)
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# The median for the Huber loss.
def initial_loss_regression__huber_median(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# The square without its half inside the Huber loss.
def initial_loss_regression__huber_no_half(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2, delta * (r - delta / 2)))


# delta * abs(r) outside, without minus delta/2: the loss jumps at delta.
def initial_loss_regression__huber_jump(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * r))


# The Huber loss with delta 1, whatever is given.
def initial_loss_regression__ignores_delta(targets, loss, delta=1.0):
    delta = 1.0
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# The Huber minimum on a grid of 101 points: not to 1e-6.
def initial_loss_regression__coarse_grid(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    best = (0.0, np.inf)
    for bias in np.linspace(np.min(targets), np.max(targets), 101):
        r = np.abs(targets - bias)
        mean = np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))
        if mean < best[1]:
            best = (bias, mean)
    return best


# Any other name is taken for the Huber loss.
def initial_loss_regression__no_error(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# Prints a complaint for an unknown name and returns nothing.
def initial_loss_regression__prints_error(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        print("unknown loss", loss)
        return None
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# NotImplementedError for an unknown name.
def initial_loss_regression__wrong_error(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise NotImplementedError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# The sum of the losses, not their mean.
def initial_loss_regression__sum(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets), np.var(targets) * len(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.sum(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.sum(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# The loss first, the bias second.
def initial_loss_regression__order(targets, loss, delta=1.0):
    if loss == "squared":
        return np.var(targets), np.mean(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return np.mean(np.abs(targets - bias)), bias
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2))), bias


# Sorts the caller's targets in place.
def initial_loss_regression__changes_input(targets, loss, delta=1.0):
    targets.sort()
    if loss == "squared":
        return np.mean(targets), np.var(targets)
    if loss == "absolute":
        bias = np.median(targets)
        return bias, np.mean(np.abs(targets - bias))
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    r = np.abs(targets - bias)
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# The bias alone, without the loss that it has.
def initial_loss_regression__only_bias(targets, loss, delta=1.0):
    if loss == "squared":
        return np.mean(targets)
    if loss == "absolute":
        return np.median(targets)
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    return bias


# The loss of predicting 0, not of the best constant.
def initial_loss_regression__loss_at_zero(targets, loss, delta=1.0):
    r = np.abs(targets)
    if loss == "squared":
        return np.mean(targets), np.mean(r**2)
    if loss == "absolute":
        return np.median(targets), np.mean(r)
    if loss != "huber":
        raise ValueError(loss)
    bias = np.median(targets)
    for _ in range(2000):
        bias += np.mean(np.clip(targets - bias, -delta, delta))
    return bias, np.mean(np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)))


# Compared with log n although the classes are unbalanced.
def initial_loss_ok__log_n(logits, labels, frequencies, tolerance=0.05):
    return abs(cross_entropy(logits, labels) - np.log(len(frequencies))) <= tolerance


# One side only: a loss far below the entropy passes.
def initial_loss_ok__one_side(logits, labels, frequencies, tolerance=0.05):
    return cross_entropy(logits, labels) - entropy(frequencies) <= tolerance


# The other side only: a loss far above the entropy passes.
def initial_loss_ok__other_side(logits, labels, frequencies, tolerance=0.05):
    return entropy(frequencies) - cross_entropy(logits, labels) <= tolerance


# The tolerance fixed at 0.05.
def initial_loss_ok__ignores_tolerance(logits, labels, frequencies, tolerance=0.05):
    return abs(cross_entropy(logits, labels) - entropy(frequencies)) <= 0.05


# A relative tolerance: a share of the entropy.
def initial_loss_ok__relative(logits, labels, frequencies, tolerance=0.05):
    target = entropy(frequencies)
    return abs(cross_entropy(logits, labels) - target) <= tolerance * target


# The wrong way round: True when the loss is off.
def initial_loss_ok__inverted(logits, labels, frequencies, tolerance=0.05):
    return abs(cross_entropy(logits, labels) - entropy(frequencies)) > tolerance


# The difference itself, not a bool.
def initial_loss_ok__difference(logits, labels, frequencies, tolerance=0.05):
    return abs(cross_entropy(logits, labels) - entropy(frequencies))


# The entropy of the shares among the given labels, not of `frequencies`.
def initial_loss_ok__frequencies_of_labels(logits, labels, frequencies, tolerance=0.05):
    shares = class_frequencies(labels, len(frequencies))
    return abs(cross_entropy(logits, labels) - entropy(shares)) <= tolerance


# Always True.
def initial_loss_ok__always_true(logits, labels, frequencies, tolerance=0.05):
    return True


# The entropy in bits beside a loss in nats.
def initial_loss_ok__entropy_in_bits(logits, labels, frequencies, tolerance=0.05):
    target = entropy(frequencies) / np.log(2)
    return abs(cross_entropy(logits, labels) - target) <= tolerance


# An entropy that is NaN when a class has frequency 0: never ok then.
def initial_loss_ok__nan_at_zero(logits, labels, frequencies, tolerance=0.05):
    f = np.asarray(frequencies)
    target = -np.sum(f * np.log(f))
    return abs(cross_entropy(logits, labels) - target) <= tolerance


# Prints the verdict and returns nothing.
def initial_loss_ok__prints(logits, labels, frequencies, tolerance=0.05):
    difference = abs(cross_entropy(logits, labels) - entropy(frequencies))
    print("loss at start is ok" if difference <= tolerance else "loss at start is off")


# Raises an error instead of answering False.
def initial_loss_ok__assertion(logits, labels, frequencies, tolerance=0.05):
    assert abs(cross_entropy(logits, labels) - entropy(frequencies)) <= tolerance
    return True


# Each column shifted by its smallest entry.
def softmax__shift_by_smallest(logits):
    e = np.exp(logits - logits.min(axis=0))
    return e / e.sum(axis=0)
