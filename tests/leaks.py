"""Looking for answers in what students receive: markers, lines, functions under other names."""

import ast
import base64
import io
import json
import re
import textwrap
import zipfile
from functools import cache
from pathlib import Path

import nbformat

from autograder import registry
from autograder.authoring.build import CHECKS
from autograder.submission import carried
from course import ROOT

TELLING = 25  # characters of a line without its spaces; shorter ones are anybody's
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.S)
MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN", "END HIDDEN", "BEGIN MARK", "END MARK")


def files(folder):
    """Return {path: text} of every file in a folder, and of those that its notebooks carry."""
    found = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }
    notebooks = [path for path in found if path.endswith(".ipynb")]
    return found | {
        f"{path}/{name}": content for path in notebooks for name, content in inside(found[path])
    }


def inside(content):
    """Yield name and text of the files that a notebook carries in a cell."""
    for cell in nbformat.reads(content, 4).cells:
        if packed := carried.PATTERN.search(cell.source):
            with zipfile.ZipFile(io.BytesIO(base64.b64decode(packed[1]))) as archive:
                for name in archive.namelist():
                    yield name, archive.read(name).decode("utf-8")


def visible(path, content):
    """Return a file's text as a student reads it: of JSON, every string in it by itself."""
    if not path.endswith((".ipynb", ".json")):
        return content
    return "\n".join(strings(json.loads(content)))


def strings(value):
    """Return every text inside of JSON data, keys too, texts that are JSON themselves unpacked."""
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    if isinstance(value, dict):
        return [text for pair in value.items() for each in pair for text in strings(each)]
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return strings(json.loads(value))
        except ValueError:
            pass
    return [value] if isinstance(value, str) else []


def squeezed(line):
    """Return a line without spaces and without the comment at its end."""
    return re.sub(r"\s+", "", re.sub(r"(^|\s)#.*", "", line)).replace("'", '"')


def telling(text):
    """Return the lines of a text that are long enough to give something away."""
    return {line for line in map(squeezed, text.splitlines()) if len(line) >= TELLING}


def bare(tree):
    """Return a syntax tree without docstrings."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(getattr(body[0], "value", None), ast.Constant)
        ):
            node.body = body[1:] or [ast.Pass()]
    return tree


def code_of(source):
    """Return code as Python itself would write it, without comments and docstrings."""
    return ast.unparse(bare(ast.parse(source)))


def functions(source):
    """Return the bodies of all functions in code, names of arguments and variables left out."""
    return {
        shape
        for node in ast.walk(bare(ast.parse(source)))
        if isinstance(node, (ast.FunctionDef, ast.Lambda))
        for shape in [shape_of(node.body)]
        if len(shape) > 60
    }


def shape_of(body):
    """Return code whose local names are numbered in the order in which they appear."""
    lines = map(ast.unparse, body) if isinstance(body, list) else ["return " + ast.unparse(body)]
    tree = ast.parse("def f():\n" + textwrap.indent("\n".join(lines), " "))
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in ("np", "plt", "math"):
            node.id = names.setdefault(node.id, f"v{len(names)}")
    return ast.unparse(tree)


def python_in(path, content):
    """Return the code in a file of a release, each cell by itself."""
    if path.endswith(".py"):
        return [content]
    if path.endswith(".ipynb"):
        return [
            re.sub(r"^%.*", "", cell.source, flags=re.M)  # IPython's own lines are no Python
            for cell in nbformat.reads(content, 4).cells
            if cell.cell_type == "code"
        ]
    return []


def solved(assignment, kind):
    """Return the cells of one kind in which the instructor's notebook holds an answer."""
    notebook = ROOT / "source" / assignment / f"{registry.load(assignment).notebook}.ipynb"
    return [
        cell.source
        for cell in nbformat.read(notebook, 4).cells
        if cell.cell_type == kind and SOLUTION.search(cell.source + "\n")
    ]


def answers(assignment):
    """Return the answers as pieces of code: references, right answers, mistakes, solutions.

    Rule modules are none, but they are not in the open either: an answer in one is found.
    """
    rules = registry.load(assignment).rules
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "course" / assignment).glob("*.py"))
        if path.name != registry.TEXT and not path.name.startswith("test_")
        if path.stem not in rules
    ]
    return texts + solved(assignment, "code")


def words(assignment):
    """Return the lines of the model answers in words."""
    return {
        line
        for source in solved(assignment, "markdown")
        for line in telling(SOLUTION.search(source + "\n")[1])
    }


def public(assignment):
    """Return the lines that stand in the open: stubs, docstrings, examples, the checks' code."""
    texts = [
        SOLUTION.sub("", path.read_text())
        for path in (ROOT / "course" / assignment).glob(registry.TEXT)
    ]
    texts += [path.read_text() for path in CHECKS.glob("*.py")]
    return {
        line
        for text in texts
        for line in telling(text) | telling(re.sub(r"^# ?", "", text, flags=re.M))
    }


def markers(_assignment, folder):
    """Return the files that hold a marker of an answer or of a hidden test."""
    return [
        path
        for path, content in files(folder).items()
        if any(each in content.upper() for each in MARKERS)
    ]


@cache
def secret_lines(assignment):
    """Return the lines that only instructors have."""
    code = {line for text in answers(assignment) for line in telling(code_of(text))}
    code -= public(assignment) | {
        line for path in CHECKS.glob("*.py") for line in telling(code_of(path.read_text()))
    }
    assert len(code) >= 4 * len(registry.exercises(assignment)), "hardly anything to look for"
    return code | words(assignment)


@cache
def secret_shapes(assignment):
    """Return the bodies of functions that only instructors have."""
    own = {shape for path in CHECKS.glob("*.py") for shape in functions(path.read_text())}
    found = {shape for text in answers(assignment) for shape in functions(text)} - own
    assert len(found) >= len(registry.exercises(assignment)), "hardly anything to look for"
    return found


def lines_of_answers(assignment, folder):
    """Return the files that hold a line of an answer."""
    found = []
    for path, content in files(folder).items():
        lines = telling(visible(path, content))
        lines |= {line for each in python_in(path, content) for line in telling(code_of(each))}
        found += [path] * bool(lines & secret_lines(assignment))
    return found


def answers_under_other_names(assignment, folder):
    """Return the files with a function that does what an answer does, whatever it is called."""
    return [
        path
        for path, content in files(folder).items()
        if any(functions(source) & secret_shapes(assignment) for source in python_in(path, content))
    ]
