"""The commands of the course: `python3 course.py VERB`. The engine's are among them."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

import course
from autograder import commands, registry
from autograder.cli import Figures, app, need_linux

registry.register("course")
app.info.help = "A course on how a neural network starts, with its autograder."
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command()
def demo(
    folder: Annotated[
        Path, Option(help="Where the class is made.", show_default="demo-class")
    ] = course.ROOT / "demo-class",
    assignment: Annotated[str, Option(help="What it hands in.")] = "ps2_loss_at_init",
    as_json: Figures = False,
):
    """Grade a class of made-up students from end to end and print the table."""
    need_linux()
    from course.demo.run import run

    try:
        run(folder, assignment, as_json)
    except registry.UndeclaredError as error:
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
    # Two more than cores: a fifth of the time is spent waiting, for a browser or a time limit.
    options = ["--rootdir", str(course.ROOT), "-n", str(commands.cores() + 2)]
    if quick:
        options += ["--tier", "quick"]
    if everything:
        options += ["--tier", "all", "--cov"]
    sys.exit(pytest.main([*options, *context.args]))


@app.command(context_settings=PASSED_ON)
def lab(context: typer.Context):
    """Open Jupyter Lab on the lessons; options go to Jupyter Lab.

    It opens copies in `lessons/`, so that running them changes nothing that git tracks. A copy that
    you have worked on is kept as it is.
    """
    from course import lesson_release

    for path in lesson_release.make():
        print(f"lessons/{path.name} is yours and was kept; rename it to get a new one.")
    plain = "--ServerApp.log_format=[%(levelname)1.1s %(asctime)s %(name)s] %(message)s"
    commands.run(
        sys.executable,
        "-m",
        "jupyterlab",
        *([plain] if os.environ.get("NO_COLOR") else []),
        f"--ServerApp.root_dir={course.ROOT}",
        "--LabApp.default_url=/lab/tree/lessons",
        *context.args,
    )


@app.command()
def lessons():
    """Pack the lessons for students, without the assignments' answers: lessons.zip."""
    from course import lesson_release

    print(f"wrote {lesson_release.pack().relative_to(course.ROOT)}")


@app.command()
def site(
    folder: Annotated[Path, Option(help="Where it is made.", show_default="site")] = course.ROOT
    / "site",
    pyodide: Annotated[
        str,
        Option(help="A folder with Pyodide's full set of files, or the address of one."),
    ] = "",
):
    """Make a website in which lessons and releases run, with nothing installed.

    Serve the folder with any web server. Given a folder of Pyodide's files, the site asks no
    other host for anything; without, it loads Python from Pyodide's public one.
    """
    from course import site, website

    try:
        site.make(folder, pyodide)
    except website.WebsiteError as error:
        sys.exit(str(error))
    print(f"wrote {folder}. To look at it: python3 -m http.server --directory {folder}")


@app.command()
def book(
    folder: Annotated[Path, Option(help="Where it is made.", show_default="book")] = course.ROOT
    / "book",
    pyodide: Annotated[str, Option(help="As for `site`.")] = "",
):
    """Make a website of lessons and docs, to be read, with a button that runs each lesson.

    The lessons are run for it, which takes minutes. Serve the folder with any web server; the site
    of `site` is in it, as `run`.
    """
    from course import website
    from course.book import make

    try:
        make.make(folder, pyodide)
    except website.WebsiteError as error:
        sys.exit(str(error))
    print(f"wrote {folder}. To look at it: python3 -m http.server --directory {folder}")


@app.command()
def reproduce(
    as_json: Figures = False,
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
    from course.reproduce.show import show

    sys.exit(show(as_json, pictures, names))


@app.command()
def bench(
    which: Annotated[str, Argument(help="Which measurement; `list` names them.")] = "all",
    students: Annotated[int, Option(min=0, help="Grade a class of so many, and nothing else.")] = 0,
    assignment: Annotated[str, Option(help="Which class that is.")] = "ps2_loss_at_init",
    stock: Annotated[
        int, Option(min=0, help="How many stock nbgrader grades; from some, a class is foretold.")
    ] = 100,
    short: Annotated[
        bool, Option("--short", help="In the default isolation only, without the table of parts.")
    ] = False,
    as_json: Annotated[
        bool, Option("--json", help="Print a line of JSON for each measurement, for programs.")
    ] = False,
):
    """Measure the speed.

    Exit codes: 0, what is promised is reached; 1, a measurement failed; 2, there is none of that
    name; 3, a promise is not reached: a sentence says which, and what was measured.
    """
    options = ["--students", students, "--assignment", assignment, "--stock", stock]
    options = [*options, *(["--short"] if short else [])] if students else []
    options += ["--json"] if as_json else []
    done = commands.call(sys.executable, "-m", "bench", which, *options, cwd=course.ROOT)
    sys.exit(done.returncode)


if __name__ == "__main__":
    app(prog_name="python3 course.py")
