"""The usage of every verb as a text, which course.py can show where nothing is installed yet.

`python -m autograder.usage` writes it to docs/usage.txt.
"""

from typer.main import get_command
from typer.testing import CliRunner

from autograder.__main__ import app
from autograder.commands import ROOT

FILE = ROOT / "docs" / "usage.txt"


def text() -> str:
    """Return the usage of every verb, two empty lines between them."""
    run = CliRunner().invoke
    name = "python3 course.py"
    verbs = get_command(app).commands  # type: ignore[attr-defined]  # of a group, which it is
    usages = [run(app, [verb, "--help"], prog_name=name, terminal_width=80) for verb in verbs]
    return "\n\n".join(usage.output for usage in usages)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    print(f"wrote {FILE.relative_to(ROOT)}")
