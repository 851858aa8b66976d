"""What a judge asks of a worker, as plain data; `do` names the method of `Session` that answers."""

from typing import Any, Literal, NotRequired, TypedDict


class Files(TypedDict):
    """Write the assignment's files: by name, their next bytes in base 64."""

    do: Literal["files"]
    files: dict[str, str]


class Cell(TypedDict):
    """Run a cell; `goes_on` below a statement that failed, which a notebook does not."""

    do: Literal["cell"]
    source: str
    pictures: bool
    goes_on: NotRequired[bool]


class Keep(TypedDict):
    """Keep what an expression gives now, under a name."""

    do: Literal["keep"]
    name: str
    expression: str


class Calls(TypedDict):
    """Call a kept function; each call is the fields of a `checks.calls.Call`."""

    do: Literal["call"]
    name: str
    calls: list[dict[str, Any]]


class Substitute(TypedDict):
    """Have the judge answer for functions of these names."""

    do: Literal["substitute"]
    names: list[str]


class Restore(TypedDict):
    """Put the student's own functions back."""

    do: Literal["restore"]


class Walls(TypedDict):
    """Try the walls, of places too that must be closed; for a `probe.Probe` only."""

    closed: list[str]


Request = Files | Cell | Keep | Calls | Substitute | Restore | Walls
