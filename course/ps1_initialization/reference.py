"""The right answers under one name, as lessons and experiments call them."""

from .activation_summary import activation_summary
from .backward import backward
from .binary_cross_entropy import binary_cross_entropy
from .constant_classifier_accuracy import constant_classifier_accuracy
from .distinct_units import distinct_units
from .fan_in_audit import fan_in_audit
from .forward import forward
from .initialize_he import initialize_he
from .initialize_scaled import initialize_scaled
from .initialize_xavier import initialize_xavier
from .initialize_zeros import initialize_zeros
from .nan_fraction import nan_fraction
from .plot_cost import plot_cost
from .shared import sigmoid
from .update import update

__all__ = [
    "activation_summary",
    "backward",
    "binary_cross_entropy",
    "constant_classifier_accuracy",
    "distinct_units",
    "fan_in_audit",
    "forward",
    "initialize_he",
    "initialize_scaled",
    "initialize_xavier",
    "initialize_zeros",
    "nan_fraction",
    "plot_cost",
    "sigmoid",
    "update",
]
