"""Starting fast. Import this module before anything else of the engine.

jsonschema takes packages to check formats that no notebook has if they can be imported, and does
without them otherwise: one of them, a grammar for addresses of the web, would take a second, the
others a twentieth. And a process that imports a thousand modules has nothing to collect among them,
but Python would look for it again and again.
"""

import gc
import sys
from typing import Any, cast

FORMATS = ("rfc3987_syntax", "isoduration", "rfc3986_validator")
OBJECTS = 20_000  # that are made between two looks for garbage; of Python's own accord 700

for name in FORMATS:
    # None tells Python that a module is not there; the type of `sys.modules` leaves it out.
    cast(dict[str, Any], sys.modules).setdefault(name, None)
gc.set_threshold(OBJECTS)


def settle() -> None:
    """Have Python not look for garbage among what is imported by now, at its end neither."""
    gc.freeze()
