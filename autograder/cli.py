"""The engine's verbs, for the registered course; `python -m autograder` offers them."""

import contextlib
import os
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer import Argument, BadParameter, Option

from autograder import quick  # noqa: F401  isort: skip
from autograder import commands, platforms, registry
from autograder.gradebook import guard
from autograder.sandbox.isolation import AUTO, NONE
from autograder.telling import tell

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,  # plain text: docs/usage.txt holds it
    help="Grades the notebooks of an nbgrader course in isolation.",
)

Assignment = Annotated[str, Argument(help="Its folder in source/.")]
Course = Annotated[
    Path,
    Option(
        help="The course directory.",
        exists=True,
        file_okay=False,
        show_default="the current folder",
    ),
]

Jobs = Annotated[int, Option(min=0, help="Submissions at once; 0: one for each core.")]
Unconfined = Annotated[
    bool, Option("--without-sandbox", help="Run students' code with your own rights.")
]
Walls = Annotated[
    Literal["auto", "namespaces", "landlock"],
    Option(help="Insist on one; auto takes the strongest that works here."),
]
Student = Annotated[str, Option(help="One student only, or those whose names match a pattern.")]
AsJson = Annotated[
    bool, Option("--json", help="Print a line of JSON for each event, for programs.")
]
Figures = Annotated[bool, Option("--json", help="Print the figures as JSON, for programs.")]


def need_linux() -> None:
    """Refuse a verb that grades where nothing can be graded, before it takes any time."""
    if sys.platform != "linux":
        print(f"Nothing was graded. {platforms.ELSEWHERE}.", file=sys.stderr)
        sys.exit(2)


def find_course() -> None:
    """Have the configuration of the course directory in which this is register its course."""
    if registry.package() is None:
        from autograder.gradebook.configured import configured

        configured()
    if registry.package() is None:
        sys.exit("nbgrader_config.py registers no course, so there is nothing to build.")


def _say_version(is_asked: bool) -> None:
    if is_asked:
        try:
            print(version("initialization-course"))
        except PackageNotFoundError:
            print("From a checkout that is not installed; its pyproject.toml has the version.")
        raise typer.Exit


@app.callback()
def settle(
    _: Annotated[
        bool, Option("--version", help="Show the version.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """Have nbgrader's commands in this environment stop without the course's configuration."""
    os.environ["PATH"] = commands.search_path()
    guard.put_in_place()


@app.command()
def build() -> None:
    """Make the notebooks and the students' releases from their text."""
    from autograder.authoring.build import build_course

    find_course()
    build_course()


@app.command()
def check(assignment: Assignment, as_json: Figures = False) -> None:
    """Grade an assignment's own solution, its empty notebook and its declared mistakes.

    What is wrong is named by its cell. `nbgrader generate_assignment` looks at the first two.
    """
    need_linux()
    from autograder.authoring.review import check as reviewed
    from autograder.gradebook.configured import configured

    config = configured(registry.root()).config  # it may register the course, too
    sources = sorted((registry.root() / "source" / assignment).glob("*.ipynb"))
    if not sources:
        sys.exit(f"There is no notebook in source/{assignment}/.")
    found = reviewed(assignment, sources, config)
    words = "\n".join(found) or f"{assignment} passes the check."
    tell(words, {"assignment": assignment, "passes": not found, "found": found}, as_json)
    sys.exit(bool(found))


@app.command()
def mutants(
    assignment: Annotated[
        str, Argument(help="Its folder in source/.", show_default="all of them")
    ] = "",
    everything: Annotated[
        bool, Option("--all", help="Every mutant; else one in twenty, always the same ones.")
    ] = False,
    folder: Annotated[
        Path | None, Option(help="Where to write the kill matrix, as CSV and as a page.")
    ] = None,
    update: Annotated[
        bool, Option("--update", help="Rewrite the list: out of date lines go, survivors come.")
    ] = False,
    right_answers: Annotated[
        int, Option(min=0, help="Judge the right answers on so many seeds instead.")
    ] = 0,
    jobs: Annotated[int, Option(min=0, help="Processes; 0: one for each core.")] = 0,
    as_json: Figures = False,
) -> None:
    """Test the checks: change right answers a little, and see whether a case notices.

    What survives and is not listed in equivalent_mutants.tsv of the course is printed.
    """
    need_linux()
    from autograder.authoring.mutants.equivalents import ListError
    from autograder.authoring.mutants.running import try_mutants, try_right_answers

    find_course()
    wanted = [assignment] if assignment else list(registry.assignments())
    if unknown := set(wanted) - set(registry.assignments()):
        sys.exit(f"The course declares no assignment {unknown.pop()!r}.")
    if right_answers:
        sys.exit(not try_right_answers(wanted, right_answers, jobs or commands.cores(), as_json))
    if update and not everything:
        sys.exit("Only --all knows what is out of date: add it to --update.")
    one_in = 1 if everything else 20
    try:
        sys.exit(not try_mutants(wanted, one_in, jobs or commands.cores(), folder, update, as_json))
    except ListError as error:
        sys.exit(str(error))


@app.command(name="bring-back")
def bring_back(notebook: Annotated[Path, Argument(help="A notebook edited in Jupyter.")]) -> None:
    """Write an edit made in Jupyter back to the text that it was built from."""
    from autograder.authoring.build import bring_back as back

    find_course()
    try:
        print(f"wrote {back(notebook).relative_to(registry.root())}")
    except LookupError as error:
        sys.exit(str(error))


@app.command()
def texts(
    language: Annotated[
        str, Argument(help="Of the catalogues, such as de.", show_default="all there are")
    ] = "",
    as_json: Figures = False,
) -> None:
    """Bring the catalogues of texts for students up to date with the code."""
    from autograder.authoring import catalogues

    find_course()
    wanted = [language] if language else catalogues.languages()
    left = dict(
        catalogues.update(folder, each) for each in wanted for folder in catalogues.folders()
    )
    words = "\n".join(f"{path}: {count} not translated" for path, count in left.items())
    tell(words, {str(path): count for path, count in left.items()}, as_json)


@app.command()
def grade(
    assignment: Assignment,
    jobs: Jobs = 0,
    course: Course = Path("."),
    without_sandbox: Unconfined = False,
    isolation: Walls = "auto",
    student: Student = "*",
    as_json: AsJson = False,
    scheduler: Annotated[
        str, Option(metavar="ADDRESS", help="Have Dask's workers judge: tcp://HOST:8786.")
    ] = "",
) -> None:
    """Grade what was collected, several submissions at once, and record it.

    Exit codes: 0, all is recorded; 1, not everything, and why is printed; 2, nothing can be graded
    here; 130, interrupted: the same command goes on.
    """
    walls = _walls(isolation, without_sandbox)
    need_linux()
    if scheduler and (without_sandbox or jobs):
        sys.exit("With --scheduler its workers decide how many judge, and never without a sandbox.")
    with _interruptible():
        if scheduler:
            from autograder.scheduler import grade_on

            sys.exit(grade_on(scheduler, course, assignment, walls, student, as_json))
        from autograder.cluster import grade_class

        sys.exit(grade_class(course, assignment, jobs, walls, student, as_json))


@app.command()
def judge(
    assignment: Assignment,
    part: Annotated[
        str, Option(metavar="I/N", help="The I-th of N parts of the class, such as 3/16.")
    ] = "1/1",
    jobs: Jobs = 0,
    course: Course = Path("."),
    without_sandbox: Unconfined = False,
    isolation: Walls = "auto",
    student: Student = "*",
    as_json: AsJson = False,
) -> None:
    """Judge what was collected, into files in verdicts/; the gradebook stays as it is.

    For a cluster: parts may be judged at the same time, on any machine that has the course
    directory; then `record` takes all verdicts into the gradebook. Exit codes as of `grade`.
    """
    walls = _walls(isolation, without_sandbox)
    need_linux()
    with _interruptible():
        from autograder.parts import Part, judge_part

        try:
            wanted = Part.parse(part)
        except ValueError:
            raise BadParameter(
                f"{part!r} is not a part such as 3/16", param_hint="--part"
            ) from None
        sys.exit(judge_part(course, assignment, wanted, jobs, walls, student, as_json))


@app.command()
def record(
    assignment: Assignment,
    course: Course = Path("."),
    without_sandbox: Annotated[
        bool, Option("--without-sandbox", help="Take what was judged without isolation.")
    ] = False,
    student: Student = "*",
    as_json: AsJson = False,
) -> None:
    """Record the verdicts that `judge` has left in verdicts/; nothing is judged.

    Who has no verdict on what is handed in now is named and not recorded. Exit codes as of `grade`.
    """
    need_linux()
    with _interruptible():
        from autograder.parts import record_verdicts

        sys.exit(record_verdicts(course, assignment, student, without_sandbox, as_json))


def _walls(isolation: str, without_sandbox: bool) -> str:
    if without_sandbox and isolation != AUTO:
        sys.exit("Either --isolation or --without-sandbox, not both.")
    return NONE if without_sandbox else isolation


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    # Nothing is multiplied in this process, and the threads that wait for that use up processors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        yield
    except KeyboardInterrupt:
        print("Interrupted; what is graded is kept; start the same command again.", file=sys.stderr)
        sys.exit(130)


@app.command()
def explain(
    student: Annotated[str, Argument(help="The name of the folder in submitted/.")],
    exercise: Annotated[str, Argument(help="For example softmax.")],
    assignment: Annotated[str, Option(help="Where several assignments have that exercise.")] = "",
    course: Course = Path("."),
    as_json: Figures = False,
) -> None:
    """Show what an answer gave on each case, hidden ones too, and what was expected.

    For instructors. The submission is run again in isolation; nothing is recorded.
    """
    need_linux()
    from autograder.gradebook.explaining import explain as told

    told(course, student, exercise, assignment, as_json=as_json)


@app.command()
def result(
    assignment: Assignment,
    student: Annotated[str, Argument(help="The name of the folder in submitted/.")],
    form: Annotated[
        Literal["gradescope", "prairielearn"], Option("--format", help="Whose results.json.")
    ],
    to: Annotated[Path, Option(help="Where to write it.")] = Path("results.json"),
    course: Course = Path("."),
) -> None:
    """Write a graded submission's verdict as Gradescope or PrairieLearn reads it."""
    from autograder.gradebook.external import write

    try:
        write(course, assignment, student, form, to)
    except LookupError as error:
        sys.exit(str(error))


@app.command()
def students(
    class_list: Annotated[
        Path,
        Argument(help="As Canvas, Moodle, Brightspace or Blackboard exported it.", exists=True),
    ],
    id_column: Annotated[
        str, Option(help="The column that names the folders.", show_default="the user name")
    ] = "",
    course: Course = Path("."),
    as_json: Figures = False,
) -> None:
    """Bring a learning platform's class list into the gradebook."""
    from autograder.gradebook.enrolling import enrol

    enrol(course, class_list, id_column, as_json)


@app.command()
def report(
    assignment: Assignment,
    course: Course = Path("."),
    as_json: Figures = False,
) -> None:
    """Show the class in numbers and as a page, class_ASSIGNMENT.html of the course directory."""
    from autograder.report import show

    show(course, assignment, as_json)


@app.command()
def progress(course: Course = Path("."), as_json: Figures = False) -> None:
    """Write a page for each student, over all assignments on which feedback was made.

    It is feedback/STUDENT/progress.html. Points of other assignments are not on it.
    """
    from autograder.gradebook.giving_back import progress as write

    write(course, as_json)


@app.command()
def mail(
    assignment: Assignment,
    folder: Annotated[Path, Option(help="Where a folder of the assignment is made.")] = Path(
        "mail"
    ),
    sender: Annotated[
        str, Option(help="The address in From; the program that sends may set it too.")
    ] = "",
    course: Course = Path("."),
    as_json: Figures = False,
) -> None:
    """Write feedback and progress as e-mail, a file for each student; nothing is sent.

    The addresses are those of the gradebook. Who has none is named. Letters written before are
    removed; other files in the folder stay.
    """
    from autograder.gradebook.giving_back import mail as write

    write(course, assignment, folder, sender, as_json)


@app.command()
def export(
    assignment: Assignment,
    answers: Annotated[Path, Option(help="Where to write them: an empty or a new folder.")],
    course: Course = Path("."),
    as_json: Figures = False,
) -> None:
    """Write each answer of a graded class as a file, for programs that look for similar ones.

    docs/instructors.md says which, and how. `nbgrader export` writes the grades.
    """
    from autograder.gradebook.answer_files import write

    write(course, assignment, answers, as_json)
