"""Inputs on which the answers to ps3_smoothed_loss are compared with the reference."""

import numpy as np

rng = np.random.default_rng(13)
LOSSES = 20 + 10 * rng.random(50)
FALLING = list(np.linspace(40, 20, 12))
MANY = 20 + 10 * rng.random(1100)
WHOLE = np.array([30, 20, 11])
NAMES = ["turiasaurus", "aba", "mei", "zuul", "mei", "yi"]

CASES = {
    "get_initial_loss": [(27, 7), (27, 12.962), (2, 1), (100, 25), (1, 4), (10**9, 3000.5)],
    "informed_start": [(NAMES, 27), (["a"], 5), (["turiasaurus"], 27), (["A 1", " b-", ""], 9)],
    "smooth": [
        (23.07, 39.5),
        (1.0, 2.0, 0.9),
        (5.0, 1.0, 0.0),
        (3, 4000, 0.5),
        (0.0, 7.7, 0.9),
        (10 / 3, 20 / 7, 0.7),
    ],
    "smooth_sequence": [
        (FALLING, 42.7, 0.0),
        (MANY, 3.0, 0.5),
        (LOSSES, 23.07),
        (LOSSES, 0.0, 0.9),
        (FALLING, 42.7, 0.5),
        ([], 3.0),
        (MANY, 3.0, 0.9),
        (WHOLE, 5),
    ],
    "bias_corrected": [
        (LOSSES,),
        (FALLING, 0.0),
        (MANY, 0.5),
        (LOSSES, 0.9),
        (FALLING, 0.5),
        (MANY,),
        (WHOLE, 0.6),
        ([7.7], 1 - 2.0**-20),
    ],
    "ewa_weights": [(1, 0.9), (5, 0.9), (1000, 0.999), (3, 0.5), (60, 0.3), (24, 0.3)],
    "effective_window": [(0.9,), (0.999,), (0.5,), (0.7,), (1 - 2.0**-32,)],
    "steps_to_forget": [
        (0.999,),
        (0.9,),
        (0.9, 0.2),
        (0.5, 0.01),
        (0.99, 0.5),
        (0.9, 1.0),
        *[(0.9, 1.7), (0.001, 0.02), (0.5, 0.0625), (0.999995, 1e-3), (0.9, 1e-15)],
    ],
    "recover_raw_loss": [
        *[
            (23.070858, 23.087336),
            (10.0, 12.0, 0.9),
            (3.0, 3.0, 0.5),
            (0.0, 2.5, 0.999),
            (10 / 3, 20 / 7, 0.7),
            (30.0, 10.0, 0.8),
        ],
        (0.0, 3e-5, 1 - 2.0**-20),
        (3.0, 2.0, 0.0),
    ],
    "compare_starts": [
        (LOSSES, 42.7),
        (LOSSES, 23.07, 0.9),
        (FALLING, 42.7, 0.5),
        (MANY, 1.0),
        (FALLING, 42.7, 0.0),
        (FALLING, 0.0, 0.9),
    ],
}
VIEWS = {}
TOLERANCES = dict.fromkeys(CASES, 1e-11)  # so that small numbers that are added show
DRAWS = {}
