"""The right answers under one name, as lessons and experiments call them."""

from .bias_corrected import bias_corrected
from .compare_starts import compare_starts
from .effective_window import effective_window
from .ewa_weights import ewa_weights
from .get_initial_loss import get_initial_loss
from .informed_start import informed_start
from .recover_raw_loss import recover_raw_loss
from .smooth import smooth
from .smooth_sequence import smooth_sequence
from .steps_to_forget import steps_to_forget

__all__ = [
    "bias_corrected",
    "compare_starts",
    "effective_window",
    "ewa_weights",
    "get_initial_loss",
    "informed_start",
    "recover_raw_loss",
    "smooth",
    "smooth_sequence",
    "steps_to_forget",
]
