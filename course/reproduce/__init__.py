"""Every published figure of the five threads beside the project's own, and those of lesson 5."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One published figure and the project's own.

    Parameters
    ----------
    thread : str
        The topic's thread: "000" to "004"; empty for lesson 5, which has none.
    source : str
        Which public page printed it.
    what : str
        What was measured, with its unit where it has one.
    published, computed : str
        Both as text, printed to the same digit. `computed` is None when the figure was
        not checked.
    note : str, optional
        Why it was not checked, or what to know about it.
    scatters : bool, optional
        Whether runs whose start differs by rounding alone differ in the printed digits: then
        no machine can be asked for them.
    """

    thread: str
    source: str
    what: str
    published: str
    computed: str | None
    note: str = ""
    scatters: bool = False

    @property
    def verdict(self):
        """Return "agrees", "differs", "scatters" or "not checked"."""
        if self.computed is None:
            return "not checked"
        if self.computed == self.published:
            return "agrees"
        return "scatters" if self.scatters else "differs"
