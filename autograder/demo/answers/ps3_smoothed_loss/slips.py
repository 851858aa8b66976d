"""Wrong answers to ps3_smoothed_loss, each named `<exercise>__<slip>`.

Where one calls another exercise, it means the right answer of the notebook it is pasted into.
"""

# ruff: noqa: F821

import numpy as np


# The length forgotten.
def get_initial_loss__no_length(vocab_size, seq_length):
    return -np.log(1 / vocab_size)


# The minus sign forgotten: a negative loss.
def get_initial_loss__sign(vocab_size, seq_length):
    return np.log(1 / vocab_size) * seq_length


# Logarithm to base 2.
def get_initial_loss__base_two(vocab_size, seq_length):
    return np.log2(vocab_size) * seq_length


# Logarithm to base 10.
def get_initial_loss__base_ten(vocab_size, seq_length):
    return np.log10(vocab_size) * seq_length


# The length inside the logarithm.
def get_initial_loss__length_in_log(vocab_size, seq_length):
    return np.log(vocab_size * seq_length)


# The probability, not its logarithm.
def get_initial_loss__probability(vocab_size, seq_length):
    return 1 / vocab_size * seq_length


# The 23.07 of the notebook's example, whatever is given.
def get_initial_loss__hard_coded(vocab_size, seq_length):
    return 23.070858062030304


# The two arguments swapped.
def get_initial_loss__swapped(vocab_size, seq_length):
    return np.log(seq_length) * vocab_size


# One added for a newline that `seq_length` has already.
def get_initial_loss__newline_added(vocab_size, seq_length):
    return np.log(vocab_size) * (seq_length + 1)


# Integer division: 1 // vocab_size is 0, its logarithm minus infinity.
def get_initial_loss__integer_division(vocab_size, seq_length):
    return -np.log(1 // vocab_size) * seq_length


# Prints the loss and returns nothing.
def get_initial_loss__prints(vocab_size, seq_length):
    print(np.log(vocab_size) * seq_length)


# The 7 of the assignment for the length.
def informed_start__seven(names, vocab_size):
    return np.log(vocab_size) * 7


# The newline not counted.
def informed_start__no_newline(names, vocab_size):
    return np.log(vocab_size) * np.mean([len(name) for name in names])


# The sum over all names, not the mean.
def informed_start__total(names, vocab_size):
    return np.log(vocab_size) * np.sum([len(name) + 1 for name in names])


# The number of names for their length.
def informed_start__number_of_names(names, vocab_size):
    return np.log(vocab_size) * len(names)


# One newline for the whole list, not for every name.
def informed_start__one_newline(names, vocab_size):
    return np.log(vocab_size) * (sum(map(len, names)) + 1) / len(names)


# The median of the lengths.
def informed_start__median(names, vocab_size):
    return np.log(vocab_size) * np.median([len(name) + 1 for name in names])


# The longest name, as when all are padded.
def informed_start__longest(names, vocab_size):
    return np.log(vocab_size) * (max(len(name) for name in names) + 1)


# The first name only.
def informed_start__first_name(names, vocab_size):
    return np.log(vocab_size) * (len(names[0]) + 1)


# The mean length rounded down.
def informed_start__rounded_length(names, vocab_size):
    length = sum(len(name) + 1 for name in names) // len(names)
    return np.log(vocab_size) * length


# 27 characters, whatever is given.
def informed_start__ignores_vocabulary(names, vocab_size):
    return np.log(27) * np.mean([len(name) + 1 for name in names])


# Logarithm to base 2.
def informed_start__base_two(names, vocab_size):
    return np.log2(vocab_size) * np.mean([len(name) + 1 for name in names])


# The loss for each character: the length forgotten.
def informed_start__per_character(names, vocab_size):
    return np.log(vocab_size)


# Every name counted once, however often it stands in the list.
def informed_start__different_names(names, vocab_size):
    return np.log(vocab_size) * np.mean([len(name) + 1 for name in set(names)])


# The weights swapped.
def smooth__swapped(loss, cur_loss, beta=0.999):
    return (1 - beta) * loss + beta * cur_loss


# 0.999, whatever beta is given.
def smooth__beta_fixed(loss, cur_loss, beta=0.999):
    return 0.999 * loss + 0.001 * cur_loss


# The new loss without its weight: the weights do not sum to 1.
def smooth__no_weight(loss, cur_loss, beta=0.999):
    return beta * loss + cur_loss


# beta for both weights.
def smooth__both_beta(loss, cur_loss, beta=0.999):
    return beta * loss + beta * cur_loss


# The plain mean of the two.
def smooth__mean(loss, cur_loss, beta=0.999):
    return (loss + cur_loss) / 2


# Minus for plus.
def smooth__sign(loss, cur_loss, beta=0.999):
    return beta * loss - (1 - beta) * cur_loss


# Parentheses missing: 1 - beta * cur_loss.
def smooth__parentheses(loss, cur_loss, beta=0.999):
    return beta * loss + 1 - beta * cur_loss


# The new loss itself: no smoothing.
def smooth__no_smoothing(loss, cur_loss, beta=0.999):
    return cur_loss


# The change, not the new value.
def smooth__step_only(loss, cur_loss, beta=0.999):
    return (1 - beta) * (cur_loss - loss)


# Returns nothing.
def smooth__returns_nothing(loss, cur_loss, beta=0.999):
    loss = beta * loss + (1 - beta) * cur_loss


# The starting value as first entry: one entry too many.
def smooth_sequence__start_included(losses, initial, beta=0.999):
    v = [initial]
    for loss in losses:
        v.append(beta * v[-1] + (1 - beta) * loss)
    return np.array(v)


# The value before each loss, not after it.
def smooth_sequence__one_late(losses, initial, beta=0.999):
    v = []
    value = initial
    for loss in losses:
        v.append(value)
        value = beta * value + (1 - beta) * loss
    return np.array(v)


# From 0, whatever the start.
def smooth_sequence__ignores_initial(losses, initial, beta=0.999):
    v = []
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value)
    return np.array(v)


# From the first loss, whatever the start.
def smooth_sequence__from_first_loss(losses, initial, beta=0.999):
    v = []
    value = losses[0]
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value)
    return np.array(v)


# 0.999, whatever beta is given.
def smooth_sequence__beta_fixed(losses, initial, beta=0.999):
    v = []
    value = initial
    for loss in losses:
        value = 0.999 * value + 0.001 * loss
        v.append(value)
    return np.array(v)


# The weights swapped.
def smooth_sequence__swapped(losses, initial, beta=0.999):
    v = []
    value = initial
    for loss in losses:
        value = (1 - beta) * value + beta * loss
        v.append(value)
    return np.array(v)


# Each loss is smoothed with the start: the average is not carried on.
def smooth_sequence__not_carried(losses, initial, beta=0.999):
    return np.array([beta * initial + (1 - beta) * loss for loss in losses])


# Smoothed with the raw loss before, not with the average before.
def smooth_sequence__previous_raw(losses, initial, beta=0.999):
    v = []
    previous = initial
    for loss in losses:
        v.append(beta * previous + (1 - beta) * loss)
        previous = loss
    return np.array(v)


# The last value only.
def smooth_sequence__last_value(losses, initial, beta=0.999):
    value = initial
    for loss in losses:
        value = beta * value + (1 - beta) * loss
    return value


# Writes the averages into the caller's losses.
def smooth_sequence__changes_input(losses, initial, beta=0.999):
    value = initial
    for t in range(len(losses)):
        value = beta * value + (1 - beta) * losses[t]
        losses[t] = value
    return losses


# The running mean of the losses.
def smooth_sequence__running_mean(losses, initial, beta=0.999):
    return np.cumsum(losses) / np.arange(1, len(losses) + 1)


# The loop begins at the second loss.
def smooth_sequence__first_loss_skipped(losses, initial, beta=0.999):
    v = np.zeros(len(losses))
    v[0] = initial
    for t in range(1, len(losses)):
        v[t] = beta * v[t - 1] + (1 - beta) * losses[t]
    return v


# A list, not an array.
def smooth_sequence__list(losses, initial, beta=0.999):
    v = []
    value = initial
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value)
    return v


# t from 0: the first value is divided by zero.
def bias_corrected__t_from_zero(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=0):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - np.float64(beta) ** t))
    return np.array(v)


# The corrected value fed back into the average.
def bias_corrected__fed_back(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = (beta * value + (1 - beta) * loss) / (1 - beta**t)
        v.append(value)
    return np.array(v)


# No correction at all.
def bias_corrected__not_corrected(losses, beta=0.999):
    v = []
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value)
    return np.array(v)


# Divided by 1 - beta, without the power t.
def bias_corrected__no_power(losses, beta=0.999):
    v = []
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta))
    return np.array(v)


# One correction for all: the power of the last step.
def bias_corrected__last_power(losses, beta=0.999):
    v = []
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta ** len(losses)))
    return np.array(v)


# Multiplied by the correction instead of divided.
def bias_corrected__multiplied(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value * (1 - beta**t))
    return np.array(v)


# From the first loss, and corrected all the same.
def bias_corrected__from_first_loss(losses, beta=0.999):
    v = []
    value = losses[0]
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t))
    return np.array(v)


# 0.999, whatever beta is given.
def bias_corrected__beta_fixed(losses, beta=0.999):
    beta = 0.999
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t))
    return np.array(v)


# beta * t for the power.
def bias_corrected__beta_times_t(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta * t))
    return np.array(v)


# The power one step late: t + 1.
def bias_corrected__one_late(losses, beta=0.999):
    v = []
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta ** (t + 1)))
    return np.array(v)


# The last value only.
def bias_corrected__last_value(losses, beta=0.999):
    value = 0.0
    for loss in losses:
        value = beta * value + (1 - beta) * loss
    return value / (1 - beta ** len(losses))


# A zero in front: one entry too many.
def bias_corrected__zero_first(losses, beta=0.999):
    v = [0.0]
    value = 0.0
    for t, loss in enumerate(losses, start=1):
        value = beta * value + (1 - beta) * loss
        v.append(value / (1 - beta**t))
    return np.array(v)


# Newest and oldest swapped: the first loss weighs most.
def ewa_weights__reversed(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[beta**n_steps], (1 - beta) * beta ** (t - 1)])


# The weight of the start at the end.
def ewa_weights__start_last(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.append((1 - beta) * beta ** (n_steps - t), beta**n_steps)


# The starting value left out.
def ewa_weights__no_start(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return (1 - beta) * beta ** (n_steps - t)


# The start weighted with 1 - beta like a loss: the sum is below 1.
def ewa_weights__start_like_a_loss(n_steps, beta):
    return (1 - beta) * beta ** np.arange(n_steps, -1, -1)


# One power too many: the newest loss has beta (1 - beta).
def ewa_weights__off_by_one(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[beta**n_steps], (1 - beta) * beta ** (n_steps - t + 1)])


# The powers without 1 - beta.
def ewa_weights__not_weighted(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[beta**n_steps], beta ** (n_steps - t)])


# Powers of beta divided by their sum.
def ewa_weights__normalised(n_steps, beta):
    weights = beta ** np.arange(n_steps, -1.0, -1)
    return weights / weights.sum()


# beta and 1 - beta swapped.
def ewa_weights__swapped(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[(1 - beta) ** n_steps], beta * (1 - beta) ** (n_steps - t)])


# Equal weights, as in a plain mean.
def ewa_weights__equal(n_steps, beta):
    return np.full(n_steps + 1, 1 / (n_steps + 1))


# The start weighs nothing.
def ewa_weights__start_at_zero(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    return np.concatenate([[0.0], (1 - beta) * beta ** (n_steps - t)])


# Shape (n+1, 1).
def ewa_weights__column(n_steps, beta):
    t = np.arange(1, n_steps + 1)
    weights = np.concatenate([[beta**n_steps], (1 - beta) * beta ** (n_steps - t)])
    return weights.reshape(-1, 1)


# 1/beta.
def effective_window__one_over_beta(beta):
    return 1 / beta


# Rounded down to an int.
def effective_window__rounded_down(beta):
    return int(1 / (1 - beta))


# 1 - beta itself.
def effective_window__new_weight(beta):
    return 1 - beta


# beta/(1 - beta): the lag, not the window.
def effective_window__lag(beta):
    return beta / (1 - beta)


# 2/(1 - beta) - 1, as pandas defines its span.
def effective_window__span(beta):
    return 2 / (1 - beta) - 1


# The half-life.
def effective_window__half_life(beta):
    return np.log(0.5) / np.log(beta)


# 1000, whatever beta is given.
def effective_window__hard_coded(beta):
    return 1000.0


# 1/(beta - 1): negative.
def effective_window__sign(beta):
    return 1 / (beta - 1)


# Parentheses missing: 1/1 - beta.
def effective_window__parentheses(beta):
    return 1 / 1 - beta


# Prints the window and returns nothing.
def effective_window__prints(beta):
    print(1 / (1 - beta))


# Rounded down: a step too few.
def steps_to_forget__rounded_down(beta, tolerance=0.01):
    return int(np.log(tolerance) / np.log(beta))


# Rounded to the nearest: sometimes a step too few.
def steps_to_forget__rounded(beta, tolerance=0.01):
    return int(round(float(np.log(tolerance) / np.log(beta))))


# 1/beta.
def steps_to_forget__one_over_beta(beta, tolerance=0.01):
    return int(1 / beta)


# 1/(1 - beta): the window.
def steps_to_forget__window(beta, tolerance=0.01):
    return int(np.ceil(1 / (1 - beta)))


# 1 %, whatever the tolerance.
def steps_to_forget__ignores_tolerance(beta, tolerance=0.01):
    return int(np.ceil(np.log(0.01) / np.log(beta)))


# Not rounded to whole steps.
def steps_to_forget__not_rounded(beta, tolerance=0.01):
    return np.log(tolerance) / np.log(beta)


# A float.
def steps_to_forget__float(beta, tolerance=0.01):
    return float(np.ceil(np.log(tolerance) / np.log(beta)))


# The loop counts one step more.
def steps_to_forget__one_too_many(beta, tolerance=0.01):
    t = 0
    while beta**t > tolerance:
        t += 1
    return t + 1


# The last step for which beta**t is still above the tolerance.
def steps_to_forget__one_too_few(beta, tolerance=0.01):
    t = 0
    while beta ** (t + 1) > tolerance:
        t += 1
    return t


# The half-life, whatever the tolerance.
def steps_to_forget__half_life(beta, tolerance=0.01):
    return int(np.ceil(np.log(0.5) / np.log(beta)))


# Stops when 1 - tolerance is left, not tolerance.
def steps_to_forget__forgotten_share(beta, tolerance=0.01):
    return int(np.ceil(np.log(1 - tolerance) / np.log(beta)))


# Gives up after 1000 steps.
def steps_to_forget__few_steps(beta, tolerance=0.01):
    for t in range(1000):
        if beta**t <= tolerance:
            return t
    return 1000


# Takes 1 - beta off at each step instead of multiplying.
def steps_to_forget__linear(beta, tolerance=0.01):
    return int(np.ceil((1 - tolerance) / (1 - beta)))


# Smooths once more.
def recover_raw_loss__smooths_again(previous, smoothed, beta=0.999):
    return beta * previous + (1 - beta) * smoothed


# The change of the average.
def recover_raw_loss__difference(previous, smoothed, beta=0.999):
    return smoothed - previous


# The change divided by 1 - beta, without the value before.
def recover_raw_loss__change_divided(previous, smoothed, beta=0.999):
    return (smoothed - previous) / (1 - beta)


# 0.999, whatever beta is given.
def recover_raw_loss__beta_fixed(previous, smoothed, beta=0.999):
    return (smoothed - 0.999 * previous) / 0.001


# The two values swapped.
def recover_raw_loss__swapped(previous, smoothed, beta=0.999):
    return (previous - beta * smoothed) / (1 - beta)


# Not divided by 1 - beta.
def recover_raw_loss__not_divided(previous, smoothed, beta=0.999):
    return smoothed - beta * previous


# Multiplied by 1 - beta instead of divided.
def recover_raw_loss__multiplied(previous, smoothed, beta=0.999):
    return (smoothed - beta * previous) * (1 - beta)


# Divided by beta, as if the weights were swapped.
def recover_raw_loss__divided_by_beta(previous, smoothed, beta=0.999):
    return (smoothed - (1 - beta) * previous) / beta


# beta forgotten before the value before.
def recover_raw_loss__no_beta(previous, smoothed, beta=0.999):
    return (smoothed - previous) / (1 - beta) + smoothed


# The 39.549 of the notebook's example, whatever is given.
def recover_raw_loss__hard_coded(previous, smoothed, beta=0.999):
    return 39.549


# Parentheses missing around the difference.
def recover_raw_loss__parentheses(previous, smoothed, beta=0.999):
    return smoothed - beta * previous / (1 - beta)


# Rounded to two decimals.
def recover_raw_loss__rounded(previous, smoothed, beta=0.999):
    return round((smoothed - beta * previous) / (1 - beta), 2)


# `zero` and `informed` swapped.
def compare_starts__swapped(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "informed": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "zero": smooth_sequence(losses, initial, beta),
    }


# The correction applied to the average that starts from `initial`.
def compare_starts__corrected_informed(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": smooth_sequence(losses, initial, beta)
        / (1 - beta ** np.arange(1, len(losses) + 1)),
        "informed": smooth_sequence(losses, initial, beta),
    }


# `informed` corrected as well.
def compare_starts__informed_corrected_too(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta)
        / (1 - beta ** np.arange(1, len(losses) + 1)),
    }


# beta is not passed on: 0.999 everywhere.
def compare_starts__beta_not_passed(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0),
        "corrected": bias_corrected(losses),
        "informed": smooth_sequence(losses, initial),
    }


# `informed` starts from the first loss, not from `initial`.
def compare_starts__ignores_initial(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, losses[0], beta),
    }


# The running mean for `raw`.
def compare_starts__raw_mean(losses, initial, beta=0.999):
    return {
        "raw": np.cumsum(losses) / np.arange(1, len(losses) + 1),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


# `raw` is missing.
def compare_starts__no_raw(losses, initial, beta=0.999):
    return {
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


# The starts stand in front of `zero` and `informed`: one entry too many.
def compare_starts__start_in_front(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": np.append(0.0, smooth_sequence(losses, 0.0, beta)),
        "corrected": bias_corrected(losses, beta),
        "informed": np.append(initial, smooth_sequence(losses, initial, beta)),
    }


# Other names for the keys.
def compare_starts__other_names(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "from_zero": smooth_sequence(losses, 0.0, beta),
        "bias_corrected": bias_corrected(losses, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


# The four arrays without their names.
def compare_starts__tuple(losses, initial, beta=0.999):
    return (
        np.array(losses, dtype=float),
        smooth_sequence(losses, 0.0, beta),
        bias_corrected(losses, beta),
        smooth_sequence(losses, initial, beta),
    )


# The last values, not the arrays.
def compare_starts__last_values(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float)[-1],
        "zero": smooth_sequence(losses, 0.0, beta)[-1],
        "corrected": bias_corrected(losses, beta)[-1],
        "informed": smooth_sequence(losses, initial, beta)[-1],
    }


# `corrected` is not corrected.
def compare_starts__corrected_is_zero(losses, initial, beta=0.999):
    return {
        "raw": np.array(losses, dtype=float),
        "zero": smooth_sequence(losses, 0.0, beta),
        "corrected": smooth_sequence(losses, 0.0, beta),
        "informed": smooth_sequence(losses, initial, beta),
    }


# Smooths the caller's losses in place, so that `raw` is smoothed too.
def compare_starts__changes_input(losses, initial, beta=0.999):
    result = {"raw": losses, "corrected": bias_corrected(losses, beta)}
    result["informed"] = smooth_sequence(losses, initial, beta)
    value = 0.0
    for t in range(len(losses)):
        value = beta * value + (1 - beta) * losses[t]
        losses[t] = value
    result["zero"] = losses
    return result
