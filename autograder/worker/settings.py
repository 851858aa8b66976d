"""The configuration of a process inside the walls, as JSON on its command line."""

from typing import Literal, TypedDict


class ForkServer(TypedDict):
    """For `fork_server`.

    `checks` is the folder of that package, `control` the descriptor of the socket to the judge,
    `shown` the places that a worker may read, `listed` folders of which it may see the names in
    them, and `folder` a private folder.
    """

    module: Literal["fork_server"]
    checks: str
    control: int
    mode: str
    shown: list[str]
    listed: list[str]
    folder: str


class View(TypedDict):
    """The fields of a `sandbox.view.View`."""

    shown: dict[str, str]
    links: dict[str, str]
    hidden: list[str]


class Enclose(TypedDict):
    """For `enclose`: what is shown, and the fork server's command and environment."""

    module: Literal["enclose"]
    checks: str
    view: View
    command: list[str]
    variables: dict[str, str]


class Bounds(TypedDict):
    """The fields of `sandbox.limits.Limits` that a worker is kept to."""

    cpu_seconds: int
    memory_bytes: int
    threads: int
    open_files: int
    file_bytes: int
    scratch_bytes: int
    scratch_files: int
    output_bytes: int
    output_items: int
