"""An IPython shell that runs cells and keeps what they put out, within bounds."""

import ast
import io
import re
import sys
import traceback
import types
import warnings

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets import Type
from traitlets.config import Config

PROMPT = re.compile(r"^\s*In \[\d+\]:", re.MULTILINE)
KEPT = ("text/plain", "image/png")  # what a page may show of a student's output


class Recorder:
    """The outputs of one cell, up to a size."""

    def __init__(self):
        self.start(0, 0)

    def start(self, size, items):
        self.room, self.items, self.outputs, self.full = size, items, [], False

    def stream(self, name, text):
        text = str(text)
        kept = text[: max(self.room, 0)]
        self.room -= len(text)
        self.full |= len(kept) < len(text)
        last = self.outputs[-1] if self.outputs else None
        if last and last.get("name") == name:
            last["text"].append(kept)
        elif kept and self._place():
            self.outputs.append({"output_type": "stream", "name": name, "text": [kept]})

    def display(self, data, kind="display_data"):
        data = {key: data[key] for key in KEPT if isinstance(data.get(key), str)}
        size = sum(map(len, data.values()))
        if size > self.room or not data or not self._place():
            self.full |= bool(data)
            return
        self.room -= size
        self.outputs.append({"output_type": kind, "data": data})

    def error(self, name, text):
        if self._place():
            self.outputs.append({"output_type": "error", "ename": name, "evalue": text[:300]})

    def _place(self):
        self.full |= len(self.outputs) >= self.items
        return len(self.outputs) < self.items

    def result(self):
        """Return the outputs as plain data."""
        return [
            {**each, "text": "".join(each["text"])} if "text" in each else each
            for each in self.outputs
        ]


RECORDER = Recorder()


class Stream(io.TextIOBase):
    """A file to print to."""

    def __init__(self, name):
        self.stream_name = name

    def writable(self):
        return True

    def write(self, text):
        RECORDER.stream(self.stream_name, text)
        return len(text)


class Publisher(DisplayPublisher):
    def publish(self, data, *_args, **_kwargs):
        RECORDER.display(data)

    def clear_output(self, wait=False):
        pass


class Hook(DisplayHook):
    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        RECORDER.display(format_dict, "execute_result")

    def finish_displayhook(self):
        pass

    def log_output(self, format_dict):
        pass


class Shell(InteractiveShell):
    """IPython without history, colours, terminal or traceback pages."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)

    def transform_cell(self, raw_cell):
        """Leave plain Python as it is: IPython's transformations would look at every token."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # they come when the cell runs
                compile(raw_cell, "", "exec", ast.PyCF_ONLY_AST)
            if PROMPT.search(raw_cell):  # `In [1]: x = 1` is Python too: an annotation
                return super().transform_cell(raw_cell)
        except Exception:  # magics, prompts, an error: all for IPython to tell apart
            return super().transform_cell(raw_cell)
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    def showtraceback(self, *_args, **_kwargs):
        kind, error, _ = sys.exc_info()
        if kind is None:
            kind, error = getattr(sys, "last_type", None), getattr(sys, "last_value", None)
        RECORDER.error(getattr(kind, "__name__", "error"), _last_line(kind, error))

    showsyntaxerror = showindentationerror = showtraceback

    def enable_gui(self, gui=None):
        pass

    def system(self, cmd):
        """Say that no program is run: `!ls` or `!pip install` shall not end the cell."""
        print("[Commands of the system are not run when the notebook is graded.]")

    system_raw = system_piped = system

    def getoutput(self, cmd, split=True, depth=0):
        self.system(cmd)
        return SList() if split else ""


def _last_line(kind, error):
    try:
        return "".join(traceback.format_exception_only(kind, error)).strip()
    except Exception:
        return ""


def make_shell():
    """Return the shell, with Matplotlib drawing into the cell as in a notebook."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autocall = 0
    shell = Shell.instance(config=config)
    shell.run_line_magic("matplotlib", "inline")
    sys.modules["checks"] = _checks_without_effect()
    return shell


def _checks_without_effect():
    """Return a module that stands for `checks`: what counts is what the judge finds."""
    module = types.ModuleType("checks")
    module.check = module.points = lambda *_args, **_kwargs: None
    return module
