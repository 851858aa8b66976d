"""Times of handing in, as texts."""

from datetime import datetime

import pytest

from autograder.gradebook.times import parse_time, written

NOON = datetime(2027, 1, 15, 12)


@pytest.mark.parametrize(
    "text, zone",
    [
        ("2027-01-15 12:00:00 UTC", "UTC"),
        ("2027-01-15 12:00:00.000000 UTC", "UTC"),
        ("2027-01-15 12:00", "Europe/Berlin"),  # nbgrader leaves the zone out for UTC
        ("2027-01-15T12:00:00Z", "UTC"),
        ("2027-01-15 13:00:00 +0100", "UTC"),  # 100 seconds to nbgrader
        ("2027-01-15T13:00:00+01:00", "UTC"),
        ("2027-01-15 04:00:00 -0800", "UTC"),
        ("2027-01-15 13:00:00 Europe/Berlin", "UTC"),
        ("2027-01-15 13:00:00.0 CET", "Europe/Berlin"),  # UTC to nbgrader
    ],
)
def test_a_time_is_read_in_its_zone(text, zone):
    assert parse_time(text, zone) == NOON
    assert parse_time(written(NOON)) == NOON


def test_the_hour_that_comes_twice_is_told_by_its_zone():
    summer, winter = (
        parse_time(f"2027-10-31 02:30:00 {name}", "Europe/Berlin") for name in ("CEST", "CET")
    )
    assert (winter - summer).seconds == 3600


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "15.01.2027 12:00",
        "2027-13-15 12:00:00 UTC",
        "2027-01-15 12:00:00 PST",
        "2027-01-15 12:00:00 CEST",  # in January
        "2027-01-15 12:00:00 +9900",
        "2027-01-15 12:00:00 ../../etc/passwd",
        "2027-01-15 12:00:00 Europe/",
        "0001-01-01 00:00:00 +1400",
        "12h" + "9" * 40 + "m",
    ],
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):
        parse_time(text, "Europe/Berlin")
