"""Starting fast: jsonschema would spend a second on a grammar for addresses of the web.

It takes `rfc3987_syntax` if that can be imported, to check formats that no notebook has, and
does without it otherwise. Import this module before anything that imports nbformat.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
