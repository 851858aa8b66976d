"""Every published figure of the five threads beside the project's own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One published figure and the project's own.

    Parameters
    ----------
    thread : str
        The topic's thread: "000" to "004".
    source : str
        Which public page printed it.
    what : str
        What was measured, with its unit where it has one.
    published, computed : str
        Both as text, printed to the same digit. `computed` is None when the figure was
        not checked.
    note : str, optional
        Why it was not checked, or what to know about it.
    """

    thread: str
    source: str
    what: str
    published: str
    computed: str | None
    note: str = ""

    @property
    def verdict(self):
        """Return "agrees", "differs" or "not checked"."""
        if self.computed is None:
            return "not checked"
        return "agrees" if self.computed == self.published else "differs"
