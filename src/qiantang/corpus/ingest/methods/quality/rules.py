"""The quality rules, each with its id, what it finds and what follows.

``quarantine``: the row is refused and kept for a look. ``error``: the source contradicts itself or the calendar; the record
stays as the source says it, the report names the rows. ``warn``: unusual, to be looked at.
Source: the platform's list of checks on imported data (DQ-01 to DQ-10); DQ-11 and DQ-12 are its impossible dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple


class Action(StrEnum):
    QUARANTINE = "quarantine"
    ERROR = "error"
    WARN = "warn"


class Rule(NamedTuple):
    """What a rule finds, what follows, and an example of what it finds."""

    action: Action
    finds: str
    example: str


RULES: Final[Mapping[str, Rule]] = {
    "DQ-01": Rule(Action.QUARANTINE, "check digit wrong", "201710601862.5, where it must be 3"),
    "DQ-02": Rule(
        Action.WARN, "year in the number and filing year differ by more than one", "CN2012…, filed 2015-03-02"
    ),
    "DQ-03": Rule(Action.ERROR, "type digit and kind code disagree", "CN20182… (utility model) with kind B"),
    "DQ-04": Rule(
        Action.ERROR, "published before filing, or granted before publication", "filed 2019-05-01, published 2018-12-04"
    ),
    "DQ-05": Rule(
        Action.WARN,
        "first published more than 19 months after filing, without priority",
        "filed 2015-01-01, published 2017-01-01",
    ),
    "DQ-06": Rule(Action.ERROR, "in force after the end of its term", "granted, term ended 2020-06-01, status of 2026"),
    "DQ-07": Rule(Action.WARN, "class symbol cannot be read", "H01M10/613/2"),
    "DQ-08": Rule(Action.ERROR, "priority date after the filing date", "filed 2018-01-05, priority 2018-02-01"),
    "DQ-09": Rule(
        Action.WARN,
        "cited document newer than the citing one, category neither E nor P",
        "published 2018-01-12, cites 2019-03-01",
    ),
    "DQ-10": Rule(
        Action.WARN, "sources disagree on a patent; the more credible is kept", "two titles for one application"
    ),
    "DQ-11": Rule(Action.ERROR, "date after the day of the load", "published 2091-07-12"),
    "DQ-12": Rule(Action.ERROR, "date before the office took filings", "filed in China 1958-01-01"),
}
# The Patent Law of China came into force on 1 April 1985; the first patent of the United States is of 31 July 1790.
FIRST_DAYS: Final[Mapping[str, date]] = {"CN": date(1985, 4, 1)}
FIRST_DAY: Final = date(1790, 7, 31)
MONTHS_TO_PUBLICATION = 19
# type digit of a Chinese application number (ZC 0006) -> first letters of the kind codes its publications have (ZC 0008)
KINDS_OF_DIGIT: Final[Mapping[str, str]] = {"1": "ABC", "8": "ABC", "2": "UY", "9": "UY", "3": "SD"}
