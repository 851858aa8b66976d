"""Script, markup and control characters on their way to an instructor's page."""

from tests.threats.declare import Submission, answer_cells, cells, cheat, new_cell

SCRIPT = "<script>window.threat=1</script><img src=x onerror='window.threat=1'>"

OUTPUTS = f"""
from IPython.display import HTML, SVG, Javascript, Markdown, Latex, IFrame, display
display(HTML({SCRIPT!r}))
display(Javascript("window.threat=1"))
display(Markdown("[x](javascript:window.threat=1)" + {SCRIPT!r}))
display(SVG(data="<svg xmlns='http://www.w3.org/2000/svg' onload='window.threat=1'/>"))
display(Latex(r"$\\\\href{{javascript:window.threat=1}}{{x}}$"))
display(IFrame("javascript:window.threat=1", 9, 9))
display({{"text/html": {SCRIPT!r}, "text/plain": {SCRIPT!r},
         "application/javascript": "window.threat=1", "image/svg+xml": {SCRIPT!r},
         "application/vnd.jupyter.widget-view+json": {{"model_id": "x"}},
         "image/png": "PHNjcmlwdD53aW5kb3cudGhyZWF0PTE8L3NjcmlwdD4="}}, raw=True)
print({SCRIPT!r})
print("\\x1b]8;;javascript:window.threat=1\\x07link\\x1b]8;;\\x07 \\x1b[2J\\x1b[1;31mred \\x9b31m")
print("\\u202egnp.exe \\u2066 \\u200b \\ufeff \\x00 \\x08 \\ud800".encode("utf-8", "replace"))
"""

MESSAGE = f"""
def softmax(logits):
    raise type({SCRIPT!r}, (ValueError,), {{}})({SCRIPT!r} + "\\x1b[31m\\u202e\\r\\n=cmd|x")
"""


def _words(notebook):
    cells(notebook, "why_log_n")[0]["source"] = (
        f"{SCRIPT} [x](javascript:window.threat=1) <a href='javascript:window.threat=1'>y</a> "
        "<svg onload='window.threat=1'/> <iframe srcdoc='<script>parent.threat=1</script>'>"
        "</iframe> <form action='https://example.org'><input autofocus onfocus='window.threat=1'>"
        r" $\href{javascript:window.threat=1}{z}$ ![p](https://example.org/pixel.png)"
        " <style>body{display:none}</style> <meta http-equiv=refresh content='0;url=//x'>"
    )
    notebook["cells"].insert(2, new_cell(SCRIPT, kind="markdown"))
    notebook["cells"].insert(2, new_cell(SCRIPT, kind="raw", format="text/html"))
    return notebook


def _identities(notebook):
    for cell in answer_cells(notebook):
        cell["id"] = "'\"><script>window.threat=1</script>"
        cell["metadata"]["name"] = SCRIPT
    notebook["metadata"] |= {
        "title": SCRIPT,
        "authors": [{"name": SCRIPT}],
        "language_info": {"name": SCRIPT, "pygments_lexer": SCRIPT},
        "kernelspec": {"name": SCRIPT, "display_name": SCRIPT},
    }
    return notebook


SUBMISSIONS = [
    cheat("page_outputs", OUTPUTS),
    cheat("page_message", "", MESSAGE),
    Submission("page_words", edit=_words),
    Submission("page_identities", edit=_identities),
    Submission(
        "page_file_name",
        remark="was taken for",
        file_name="<img src=x onerror=window.threat=1>\u202e\n.ipynb",
    ),
    Submission(
        "page_own_id",
        remark="unknown id",
        edit=lambda nb: {**nb, "cells": [*nb["cells"], new_cell("x = 1", f"{SCRIPT}\x1b[31m")]},
    ),
]
