"""The commands of the course: `python3 course.py VERB`."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer import Argument, Option

from autograder import commands, exercises, platforms
from autograder.gradebook import guard
from autograder.judge.isolation import AUTO, NONE

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain text: docs/usage.txt holds it
    help="A course on how a neural network starts, with its autograder.",
)
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

Assignment = Annotated[str, Argument(help="For example ps2_loss_at_init.")]
Course = Annotated[
    Path,
    Option(
        help="The course directory.",
        exists=True,
        file_okay=False,
        show_default="the project's folder",
    ),
]


def need_linux():
    """Refuse a verb that grades where nothing can be graded, before it takes any time."""
    if sys.platform != "linux":
        print(f"Nothing was graded. {platforms.ELSEWHERE}.", file=sys.stderr)
        sys.exit(2)


@app.callback()
def settle():
    """Have nbgrader's commands in this environment stop without the course's configuration."""
    guard.put_in_place()


@app.command()
def demo(
    folder: Annotated[
        Path, Option(help="Where the class is made.", show_default="demo-class")
    ] = commands.ROOT / "demo-class",
    assignment: Annotated[str, Option(help="What it hands in.")] = "ps2_loss_at_init",
):
    """Grade a class of made-up students from end to end and print the table."""
    need_linux()
    from autograder.demo.run import run

    try:
        run(folder, assignment)
    except exercises.Undeclared as error:
        sys.exit(f"The demo cannot be made: {error}.")


@app.command(context_settings=PASSED_ON)
def test(
    context: typer.Context,
    quick: Annotated[
        bool, Option("--quick", help="Only what runs in this process: a minute or two.")
    ] = False,
    everything: Annotated[
        bool, Option("--all", help="Lessons, long runs and pages in a browser too, with coverage.")
    ] = False,
):
    """Run the tests, on every core; paths and further options go to pytest.

    `-n0` runs them in one process, for a debugger or to see what a test prints.
    """
    import pytest

    if quick and everything:
        sys.exit("Choose --quick or --all.")
    options = ["--rootdir", str(commands.ROOT), "-n", str(commands.cores())]
    if quick:
        options += ["--tier", "quick"]
    if everything:
        options += ["--tier", "all", "--cov"]
    sys.exit(pytest.main([*options, *context.args]))


@app.command(context_settings=PASSED_ON)
def lab(context: typer.Context):
    """Open Jupyter Lab on the lessons; options go to Jupyter Lab."""
    commands.run(
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={commands.ROOT}",
        "--LabApp.default_url=/lab/tree/notebooks",
        *context.args,
    )


@app.command()
def build():
    """Make the notebooks and the students' releases from their text."""
    commands.build()


@app.command(name="bring-back")
def bring_back(notebook: Annotated[Path, Argument(help="A notebook edited in Jupyter.")]):
    """Write an edit made in Jupyter back to the text in authoring/."""
    from autograder.authoring.build import bring_back as back

    try:
        print(f"wrote {back(notebook).relative_to(commands.ROOT)}")
    except LookupError as error:
        sys.exit(str(error))


@app.command()
def grade(
    assignment: Assignment,
    jobs: Annotated[int, Option(min=0, help="Submissions at once; 0: one for each core.")] = 0,
    course: Course = commands.ROOT,
    without_sandbox: Annotated[
        bool, Option("--without-sandbox", help="Run students' code with your own rights.")
    ] = False,
    isolation: Annotated[
        Literal["auto", "namespaces", "landlock"],
        Option(help="Insist on one; auto takes the strongest that this machine gives."),
    ] = "auto",
):
    """Grade what was collected, several submissions at once, and record it."""
    if without_sandbox and isolation != AUTO:
        sys.exit("Either --isolation or --without-sandbox, not both.")
    need_linux()
    try:
        from autograder.cluster import grade_class

        sys.exit(grade_class(course, assignment, jobs, NONE if without_sandbox else isolation))
    except KeyboardInterrupt:
        print("Interrupted; what is graded is kept; start the same command again.", file=sys.stderr)
        sys.exit(130)


@app.command()
def report(assignment: Assignment, course: Course = commands.ROOT):
    """Show the class in numbers and as a figure."""
    from autograder.report import show

    show(course, assignment)


@app.command()
def reproduce(
    as_json: Annotated[bool, Option("--json", help="For machines.")] = False,
    pictures: Annotated[
        Path | None,
        Option(help="The original cat pictures; they have no licence and are not shipped."),
    ] = None,
    names: Annotated[
        Path | None,
        Option(help="The original list of names; it has no licence and is not shipped."),
    ] = None,
):
    """Print every published figure beside the course's own."""
    from autograder.reproduce.show import show

    sys.exit(show(as_json, pictures, names))


@app.command()
def bench(which: Annotated[str, Argument(help="Which measurement; `list` names them.")] = "all"):
    """Measure the speed."""
    commands.run(sys.executable, commands.ROOT / "bench", which)


if __name__ == "__main__":
    app(prog_name="python3 course.py")
