"""Starting fast: jsonschema would spend a second on a grammar for addresses of the web.

It takes `rfc3987_syntax` if that can be imported, to check formats that no notebook has, and
does without it otherwise. Import this module before anything that imports nbformat.
"""

import sys
from typing import Any, cast

# None is how Python is told that a module is not there; the type of `sys.modules` leaves it out.
cast(dict[str, Any], sys.modules).setdefault("rfc3987_syntax", None)
