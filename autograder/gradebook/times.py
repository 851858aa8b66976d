"""When something was handed in: times as text, read right or refused with the reason.

nbgrader's own reader takes "+0100" for a hundred seconds, and a time in a zone that it does not
know for one in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

EXAMPLE = "2027-01-15 12:00:00 UTC"
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(\S*)", re.ASCII)
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?", re.ASCII)
NAMES_OF_UTC = ("", "Z", "UTC", "GMT")  # nbgrader writes times without a zone in UTC


def parse_time(text: str, zone: str = "UTC") -> datetime:
    """Return a time in UTC, without a zone as nbgrader's gradebook has it.

    Parameters
    ----------
    text : str
        As "2027-01-15 12:00:00 UTC"; the zone may also be an offset (+0100) or a name
        (Europe/Berlin), or be left out if it is UTC.
    zone : str
        Of the course: its abbreviations (CET, CEST) are known; others mean several zones.

    Raises
    ------
    ValueError
        If it is not a time, or its zone is unknown.
    """
    found = TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(f"it is not a time such as {EXAMPLE}")
    date, clock, suffix = found.groups()
    try:
        local = datetime.fromisoformat(f"{date} {clock}")
        return local - _offset(local, suffix, zone)
    except OverflowError as error:
        raise ValueError("it is out of range") from error


def written(time: datetime) -> str:
    """Return a time in UTC as text that every reader takes for the same time."""
    return f"{time.isoformat(' ')} UTC"


def zone_of(config: Any) -> str:
    """Return the time zone that a configuration has for the exchange."""
    return str(config.Exchange.timezone) if "timezone" in config.Exchange else "UTC"


def _offset(local: datetime, suffix: str, zone: str) -> timedelta:
    if suffix in NAMES_OF_UTC:
        return timedelta()
    if found := OFFSET.fullmatch(suffix):
        sign, hours, minutes = found[1], int(found[2]), int(found[3] or 0)
        if hours > 14 or minutes > 59:
            raise ValueError(f"there is no time zone {suffix}")
        return timedelta(hours=hours, minutes=minutes) * (1 if sign == "+" else -1)
    for fold in (0, 1):  # the hour that a clock shows twice in autumn
        placed = local.replace(tzinfo=_zone(suffix if "/" in suffix else zone), fold=fold)
        offset = placed.utcoffset()
        if offset is not None and ("/" in suffix or placed.tzname() == suffix):
            return offset
    raise ValueError(f"the time zone {suffix[:20]} is not known here; write it as +0100")


def _zone(name: str) -> Any:
    if name in NAMES_OF_UTC:
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a bad name, a folder, not there
        raise ValueError(f"there is no time zone {name[:40]}") from None
