"""Feedback as e-mail in files, for a program that sends them; nothing is sent from here."""

from __future__ import annotations

from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from pathlib import Path

from autograder.judge.display import printable

MARK = "X-Autograder-Letter"  # a header by which a letter from here is known


class AddressError(ValueError):
    """What stands in the gradebook is no address to which a letter may go."""


def letter(
    to: Address, sender: Address | None, subject: str, text: str, pages: Mapping[str, str]
) -> bytes:
    """Return an e-mail.

    Parameters
    ----------
    to, sender : Address
        Without a sender it is a draft, which the program that sends it completes.
    subject, text : str
        Their control characters are left out.
    pages : mapping of str to str
        HTML, attached, by the names of the files.
    """
    made = EmailMessage(policy=SMTP)
    made["To"] = to
    if sender is not None:
        made["From"] = sender
    made["X-Unsent"] = "1"  # Outlook opens it as a draft
    made[MARK] = "1"
    made["Subject"] = one_line(subject)
    made.set_content("\n".join(printable(line) for line in text.splitlines()) + "\n")
    for name, page in pages.items():
        made.add_attachment(page, subtype="html", filename=one_line(name))
    return made.as_bytes()


def is_ours(path: Path) -> bool:
    """Tell whether a file is a letter that was made here."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return MARK in BytesHeaderParser().parse(file)


def address(written: str | None, name: str = "") -> Address:
    """Return an address with a name.

    Raises
    ------
    AddressError
        If it is not exactly one plain address: a line of another header, or a second receiver,
        may hide in what a class list or a student wrote.
    """
    text = (written or "").strip()
    if not text:
        raise AddressError("no address")
    try:
        made = Address(one_line(name), addr_spec=text)
    except (ValueError, IndexError, MessageError) as error:
        raise AddressError(f"not an address: {one_line(text)[:80]!r}") from error
    # What Python accepts besides: one without a domain, and letters that not every server takes.
    if not (text.isascii() and text.isprintable() and made.username and made.domain):
        raise AddressError(f"not an address: {one_line(text)[:80]!r}")
    return made


def one_line(text: str) -> str:
    """Return text without control characters and ends of lines."""
    return " ".join(printable(text).split())
