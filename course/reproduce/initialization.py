"""The published figures on initialization, beside the project's own.

The pictures of the second question carry no licence and do not come with the project. Whoever
has them gives the path of the folder with ``train_catvnoncat.h5`` and ``test_catvnoncat.h5``
(read with h5py, which is not among the project's requirements) or of one of the two, or of an
``.npz`` file with the same four arrays: ``train_set_x`` (209, 64, 64, 3), ``train_set_y``
(209,), ``test_set_x`` (50, 64, 64, 3), ``test_set_y`` (50,).
"""

from pathlib import Path

import numpy as np

from course.experiments import circles, detective

from . import Figure

FORUM = "DeepLearning.AI forum, question on initialize_parameters_random"
ASSIGNMENT = "DeepLearning.AI assignment 'Initialization', as printed in public copies"
LESSON = "this course, lesson 1, table of seven starts"
EXCHANGE = "AI Stack Exchange, question on 34 % with randn ** 0.001"
APPLICATION = "DeepLearning.AI assignment 'Deep Neural Network: Application', public copies"

ROUNDING = "public copies print 0.38275 to 0.38281: rounding decides the fifth digit"
# start, figure, as printed, source, note
CIRCLES = (
    ("zeros", "cost at 0", "0.693147", ASSIGNMENT, ""),
    ("zeros", "cost at 14000", "0.693147", ASSIGNMENT, ""),
    ("zeros", "train accuracy", "0.5", ASSIGNMENT, ""),
    ("zeros", "test accuracy", "0.5", ASSIGNMENT, ""),
    ("0.01", "cost at 0", "0.6931474", LESSON, ""),
    ("0.01", "cost at 14000", "0.6931473", LESSON, ""),
    ("0.01", "train accuracy", "0.4633333333333333", FORUM, ""),
    ("0.01", "test accuracy", "0.48", FORUM, ""),
    ("0.1", "cost at 0", "0.693323", LESSON, ""),
    ("0.1", "cost at 14000", "0.692479", LESSON, ""),
    ("0.1", "train accuracy", "0.60", LESSON, ""),
    ("0.1", "test accuracy", "0.57", LESSON, ""),
    ("1", "cost at 0", "1.969819", LESSON, ""),
    ("1", "cost at 14000", "0.063702", LESSON, ""),
    ("1", "train accuracy", "0.9967", LESSON, ""),
    ("1", "test accuracy", "0.96", LESSON, ""),
    ("10", "naive cost at 0", "inf", ASSIGNMENT, "with log(0), as the assignment computes it"),
    ("10", "cost at 0", "1773.586", LESSON, "the same cost without log(0)"),
    ("10", "cost at 14000", "0.3828", ASSIGNMENT, ROUNDING),
    ("10", "train accuracy", "0.83", FORUM, ""),
    ("10", "test accuracy", "0.86", FORUM, ""),
    ("Xavier", "cost at 0", "0.729452", LESSON, ""),
    ("Xavier", "cost at 14000", "0.108507", LESSON, ""),
    ("Xavier", "train accuracy", "0.99", LESSON, ""),
    ("Xavier", "test accuracy", "0.93", LESSON, ""),
    ("He", "cost at 0", "0.883053746", ASSIGNMENT, ""),
    ("He", "cost at 14000", "0.073578960", ASSIGNMENT, ""),
    ("He", "train accuracy", "0.9933333333333333", ASSIGNMENT, ""),
    ("He", "test accuracy", "0.96", ASSIGNMENT, ""),
)
PICTURES = (
    ("randn ** 0.001", "test accuracy", "0.34", EXCHANGE),
    ("randn / sqrt(n)", "cost at 0", "0.771749", APPLICATION),
    ("randn / sqrt(n)", "cost at 2499", "0.088440", APPLICATION),
    ("randn / sqrt(n)", "train accuracy", "0.98565", APPLICATION),
    ("randn / sqrt(n)", "test accuracy", "0.8", APPLICATION),
)


def as_printed(value, published):
    """Return `value` as text with as many decimal places as `published` has."""
    return f"{value:.{len(published.partition('.')[2])}f}"


def read_arrays(path):
    """Return the four arrays of the pictures by name, from a folder of .h5 or an .npz file."""
    if path.is_dir() or path.suffix == ".h5":
        import h5py

        arrays, path = {}, path if path.is_dir() else path.parent
        for part in ("train", "test"):
            with h5py.File(path / f"{part}_catvnoncat.h5") as file:
                arrays |= {name: file[name][:] for name in (f"{part}_set_x", f"{part}_set_y")}
        return arrays
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def load_pictures(path):
    """Return ``X_train, y_train, X_test, y_test`` as columns, brightness from 0 to 1.

    Parameters
    ----------
    path : str or pathlib.Path
        A folder or an ``.npz`` file, as described above.

    Raises
    ------
    ImportError
        If `path` is a folder and h5py is not installed.
    OSError, KeyError
        If a file or an array is missing.
    """
    arrays = read_arrays(Path(path))
    return tuple(
        array
        for part in ("train", "test")
        for array in (
            arrays[f"{part}_set_x"].reshape(len(arrays[f"{part}_set_x"]), -1).T / 255,
            arrays[f"{part}_set_y"].reshape(1, -1).astype(float),
        )
    )


def circle_figures():
    """Yield the figures of the circles: seven starts, 15,000 steps each."""
    results = {
        name: {
            "cost at 0": run["costs"][0],
            "cost at 14000": run["costs"][14],
            "naive cost at 0": circles.naive_start_cost(name),
            "train accuracy": run["train"],
            "test accuracy": run["test"],
        }
        for name, run in circles.run(circles.SEVEN).items()
    }
    for name, what, published, source, note in CIRCLES:
        computed = as_printed(results[name][what], published)
        yield Figure("002", source, f"circles, start {name}: {what}", published, computed, note)


def picture_figures(pictures):
    """Yield the figures of the pictures, "not checked" without them."""
    data, note, results = None, "needs the pictures, which carry no licence", {}
    if pictures is not None:
        try:
            data, note = load_pictures(pictures), ""
        except ImportError:
            note = "h5py is not installed: install it, or give an .npz with the same arrays"
    for name, what, published, source in PICTURES:
        computed = None
        if data is not None:
            if name not in results:
                # The cure on the pixels themselves: its last cost is compared to six digits.
                [run] = detective.investigate(
                    {name: detective.start(name)},
                    data,
                    every=detective.N_STEPS - 1,
                    small=name in detective.STARTS,
                ).values()
                results[name] = {
                    "cost at 0": run["costs"][0],
                    "cost at 2499": run["costs"][-1],
                    "train accuracy": run["train"],
                    "test accuracy": run["test"],
                }
            computed = as_printed(results[name][what], published)
        yield Figure("004", source, f"pictures, {name}: {what}", published, computed, note)


def figures(pictures=None):
    """Yield every published figure on initialization with the project's own.

    Parameters
    ----------
    pictures : str or pathlib.Path, optional
        Where the unlicensed pictures are; without them their figures are not checked.

    Yields
    ------
    Figure
    """
    yield from circle_figures()
    yield from picture_figures(pictures)
