"""The kinds of isolation, from the strongest to none: names, and the line in the log."""

from dataclasses import dataclass

AUTO, NAMESPACES, LANDLOCK, NONE = "auto", "namespaces", "landlock", "none"
ANY = "any"  # of those that confine: what was judged on other machines
BUBBLEWRAP, KERNEL = "bubblewrap", "the kernel's own"


@dataclass(frozen=True)
class Isolation:
    """What separates students' code from the machine, apart from seccomp and resource limits.

    Attributes
    ----------
    mode : str
        NAMESPACES, LANDLOCK or NONE. A verdict depends on it. ANY where verdicts are only read.
    maker : str
        Of the namespaces: BUBBLEWRAP or KERNEL. They are alike. Of others, in words: whose.
    why : str
        Why a stronger kind is not available.
    """

    mode: str
    maker: str = ""
    why: str = ""

    def name(self) -> str:
        """Return what a verdict records."""
        return f"{self.mode} ({self.maker})" if self.maker else self.mode

    def mode_of(self, name: str) -> str:
        """Return the mode in which a verdict must have been judged that was judged in `name`."""
        mode = name.partition(" ")[0]
        return mode if self.mode == ANY and mode in (NAMESPACES, LANDLOCK) else self.mode

    def line(self) -> str:
        """Return the line that a grading begins with."""
        if self.mode == NONE:
            return (
                "Isolation: none. Students' code runs with your own rights, behind limits on "
                "resources only."
            )
        name = self.name().replace(LANDLOCK, "Landlock")
        why = f" (no namespaces: {self.why})" if self.why else ""
        return f"Isolation: {name}, seccomp, resource limits{why}"


UNCONFINED = Isolation(NONE)
ANYWHERE = Isolation(ANY)
LADDER = (Isolation(NAMESPACES, BUBBLEWRAP), Isolation(NAMESPACES, KERNEL), Isolation(LANDLOCK))
