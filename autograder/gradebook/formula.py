"""Formulas as MathML: a browser draws it without a script, a font or another host."""

import html
import re
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element

LONGEST = 2000  # characters of a formula; the longest in the course has 150

# What the converter makes of honest formulas. Left out are links, styles, colours, sizes and
# whatever moves text to where it does not stand.
TAGS = set(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover "
    "munderover mtable mtr mtd mstyle menclose mpadded mphantom mmultiscripts".split()
)
ATTRIBUTES = {
    "display": r"block|inline",
    "displaystyle": r"true|false",
    "accent": r"true|false",
    "fence": r"true|false",
    "stretchy": r"true|false",
    "form": r"prefix|infix|postfix",
    "mathvariant": r"[a-z-]{1,30}",
    "width": r"[0-3](\.\d+)?em",
    "linethickness": r"0|\dpx",
    "columnalign": r"((left|center|right) ?)+",
    "columnspacing": r"\dem",
    "rowspacing": r"\d(\.\d+)?(em|pt)",
}

ROWS = {"mrow", "math", "mtd", "mstyle"}
WITH_BASE = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
THIN = "0.17em"  # TeX's space around the name of a function


def mathml(latex: str, display: str = "inline") -> str:
    """Return a formula as MathML, or as text in `<code>` if it cannot be read.

    Parameters
    ----------
    latex : str
        Written by anyone; nothing of it is taken for markup.
    display : {"inline", "block"}
    """
    try:
        if len(latex) > LONGEST:
            raise ValueError("too long")
        # The converter knows `align`, but not the form of it that stands inside a formula.
        latex = re.sub(r"(\\(?:begin|end)\{)aligned\}", r"\1align*}", latex)
        tree = convert_to_element(latex, display=display)
        _reduce(tree)
        return ElementTree.tostring(tree, encoding="unicode", short_empty_elements=False)
    except Exception:  # the converter's own errors, and IndexError, KeyError, RecursionError
        return f"<code>{html.escape(latex)}</code>"


def _reduce(element: ElementTree.Element) -> None:
    """Leave only known elements and attributes, in place."""
    element.tag = element.tag.rpartition("}")[2]
    if element.tag not in TAGS:
        raise ValueError(element.tag)
    for name, value in list(element.attrib.items()):
        if not re.fullmatch(ATTRIBUTES.get(name, "(?!)"), str(value)):
            del element.attrib[name]
    # The converter writes signs as entities into its texts; to be escaped, they must be signs.
    element.text = html.unescape(element.text) if element.text else None
    for child in element:
        _reduce(child)
    if _named(element):  # `log` and `softmax` alike: the converter takes one for a sign
        element.tag = "mi"
    if element.tag in ROWS:
        _space(element)


def _space(row: ElementTree.Element) -> None:
    """Put thin spaces around the names of functions; browsers write `log n` as `logn`."""
    bases = [_base(each) for each in row]
    for place, (left, right) in reversed(list(enumerate(zip(bases, bases[1:]), 1))):
        signs = {left.tag, right.tag} & {"mo", "mspace", "mtext"}
        if not signs and (_named(left) or _named(right)):
            row.insert(place, ElementTree.Element("mspace", width=THIN))


def _base(element: ElementTree.Element) -> ElementTree.Element:
    while element.tag in WITH_BASE and len(element):
        element = element[0]
    return element


def _named(element: ElementTree.Element) -> bool:
    text = element.text or ""
    return element.tag in ("mi", "mo") and len(text) > 1 and text.isascii() and text.isalpha()
