"""An IPython shell that runs cells and keeps their output, within bounds."""

import ast
import re
import sys
import traceback
import warnings
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from IPython.utils.text import SList
from traitlets import Type
from traitlets.config import Config

from .outputs import RECORDER

LINE_SHOWN = 80  # characters of a line with a syntax error; an output keeps 300 in all
PROMPT = re.compile(r"^\s*In \[\d+\]:", re.MULTILINE)


class Publisher(DisplayPublisher):
    def publish(self, data: Mapping[str, Any], *_args: object, **_kwargs: object) -> None:
        RECORDER.display(data)

    def clear_output(self, wait: bool = False) -> None:
        pass


class Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: object = None) -> None:
        RECORDER.display(format_dict, "execute_result")

    def finish_displayhook(self) -> None:
        pass

    def log_output(self, format_dict: Mapping[str, Any]) -> None:
        pass


class Shell(InteractiveShell):
    """IPython without history, colours, terminal or traceback pages."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)

    def transform_cell(self, raw_cell: str) -> str:
        """Leave plain Python as it is: IPython's transformations would look at every token."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # they come when the cell runs
                compile(raw_cell, "", "exec", ast.PyCF_ONLY_AST)
            if PROMPT.search(raw_cell):  # `In [1]: x = 1` is Python too: an annotation
                return super().transform_cell(raw_cell)
        except Exception:  # magics, prompts, an error: IPython tells them apart
            return super().transform_cell(raw_cell)
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    async def run_in_loop(self, source: str) -> ExecutionResult:
        """Run a cell as a kernel does: an event loop runs, and `In`, `Out` and `_` remember."""
        try:
            cell, broken = self.transform_cell(source), None
        except Exception:
            cell, broken = source, sys.exc_info()
        if not self.should_run_async(source, transformed_cell=cell, preprocessing_exc_tuple=broken):
            return self.run_cell(source, store_history=True)
        try:
            return await self.run_cell_async(
                source, store_history=True, transformed_cell=cell, preprocessing_exc_tuple=broken
            )
        finally:
            self.events.trigger("post_execute")

    def showtraceback(self, *_args: object, **_kwargs: object) -> None:
        kind, error, _ = sys.exc_info()
        if kind is None:
            kind, error = getattr(sys, "last_type", None), getattr(sys, "last_value", None)
        RECORDER.error(getattr(kind, "__name__", "error"), _in_words(kind, error))

    showsyntaxerror = showindentationerror = showtraceback

    def _format_exception_for_storage(self, *_args: object, **_kwargs: object) -> dict[str, str]:
        return {}  # of the history, which nobody asks for: a page for each error takes long

    def enable_gui(self, gui: object = None) -> None:
        pass

    def system(self, cmd: str) -> None:
        """Say that no program is run: `!ls` or `!pip install` shall not end the cell."""
        print("[Shell commands are not run when the notebook is graded.]")

    system_raw = system_piped = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | str:
        self.system(cmd)
        return SList() if split else ""


def _in_words(kind: type[BaseException] | None, error: BaseException | None) -> str:
    """Return what Python says of an error; of a long line of code only what is around it."""
    try:
        if isinstance(error, SyntaxError) and error.text and len(error.text) > LINE_SHOWN:
            start = max(0, (error.offset or 1) - LINE_SHOWN // 2)
            error.text = error.text[start : start + LINE_SHOWN]
            error.offset = max((error.offset or 1) - start, 1)
            error.end_offset = None
        return "".join(traceback.format_exception_only(kind, error)).strip()
    except Exception:
        return ""


def make_shell() -> Shell:
    """Return the shell, with Matplotlib drawing into the cell as in a notebook."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autocall = 0
    shell = Shell.instance(config=config)
    shell.run_line_magic("matplotlib", "inline")
    sys.modules["checks"] = _checks_without_effect()
    return shell


def _checks_without_effect() -> ModuleType:
    """Return a module that stands for `checks`: what counts is what the judge finds."""
    module = ModuleType("checks")
    vars(module)["check"] = vars(module)["points"] = lambda *_args, **_kwargs: None
    return module
