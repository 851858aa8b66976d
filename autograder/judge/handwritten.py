"""Test cells that an instructor writes by hand, judged from outside.

The cell runs here, in the judge. Names that the student defines are proxies: calling one makes
the call in the worker, and what comes back is plain data.
"""

import ast
import builtins

from autograder.student.calls import Call
from autograder.student.judging import Finding
from autograder.student.rules import clean, raised

from .answers import replies
from .connection import NoSandbox, WorkerEnded


class _Failed(Exception):
    """A call of a student's function that gave no value."""

    def __init__(self, problem):
        super().__init__(problem.text())
        self.problem = problem


def judge(cell, trusted, ask):
    """Return the Finding of a hand-written test cell.

    Parameters
    ----------
    cell : NotebookNode
        The master's test cell, hidden tests included.
    trusted : list of str
        The master's other code cells; their imports are made here.
    ask : callable
        Sends a request to the worker and returns its message.
    """
    name = cell.metadata.nbgrader.grade_id
    try:
        tree = ast.parse(cell.source)
        space = _imports(trusted)
        for wanted in _unknown(tree, space):
            space[wanted] = _student_value(wanted, ask)
        # Whatever PYTHONOPTIMIZE says: without its assertions a test is passed by anything.
        exec(compile(tree, f"<{name}>", "exec", optimize=0), space)
    except _Failed as failed:
        state = failed.problem.state
        return Finding(state, f"{name}: {failed.problem.text()} {failed.problem.hint}".strip())
    except WorkerEnded as ended:
        return Finding(ended.state, f"{name}: {ended.detail}.")
    except NoSandbox:
        raise
    except AssertionError as error:
        said = clean(error) or "a condition of this test does not hold"
        return Finding("failed", f"{name}: {said}.")
    except Exception as error:
        return Finding(
            "failed",
            f"{name}: the result could not be used: {type(error).__name__}: {clean(error)}",
        )
    return Finding("passed")


def _as_raised(reply, problem):
    """Return an error that is also of the type that the student's function raised."""
    kind = getattr(builtins, reply.raised["type"], None) if reply.raised else None
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            return type(kind.__name__, (_Failed, kind), {})(problem)
        except TypeError:  # a type that cannot be made from one argument
            pass
    return _Failed(problem)


def _imports(sources):
    """Return a namespace with what the master's cells import."""
    space = {"__builtins__": builtins}
    for source in sources:
        try:
            body = ast.parse(source).body
        except SyntaxError:  # a cell with magics
            continue
        for node in body:
            if isinstance(node, (ast.Import, ast.ImportFrom)) and not _of_checks(node):
                exec(compile(ast.Module([node], []), "<imports>", "exec"), space)
    return space


def _of_checks(node):
    return isinstance(node, ast.ImportFrom) and node.module == "checks"


def _unknown(tree, space):
    """Return the names that a test uses and nobody but the student can define."""
    used = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    made = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    }
    made |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    made |= {
        node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    made |= {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    return sorted(used - made - set(space) - set(dir(builtins)))


def _student_value(name, ask):
    """Return a proxy for a student's function, or the value of a student's variable."""
    about = ask({"do": "value", "name": name})
    if about.get("missing") is True:
        raise AssertionError(
            f"there is no `{name}`: an error in its cell kept it from being "
            "defined, or it is spelled otherwise"
        )
    if about.get("callable") is not True:
        return about.get("value")

    def proxy(*args, **kwargs):
        request = {"do": "call", "name": name, "calls": [vars(Call(args, kwargs))]}
        reply = replies(ask(request), name, 1)[0]
        problem = raised(reply)
        if problem:
            raise _as_raised(reply, problem)
        return reply.value

    return proxy
