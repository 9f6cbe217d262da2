"""Values the components speak in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

REFUSALS = {
    "ui.drawing_failed": (
        "The picture of a chart could not be drawn: %(said)s",
        "Its figures stand in the table; tell the operator.",
    ),
}


class Tone(StrEnum):
    """What a colour may mean; the word beside it says the same.

    PLAIN  nothing special · GOOD in order · WAIT somebody must act or wait · HARM harm or overdue
    MEASURE  something counted · ACTION  something to do or under way
    """

    PLAIN = "plain"
    GOOD = "good"
    WAIT = "wait"
    HARM = "harm"
    MEASURE = "measure"
    ACTION = "action"


class ReadingMode(StrEnum):
    """How a person wants to read; kept in a cookie, needs no script and no account.

    LARGE   larger text
    ELDER   larger text and fewer choices: the few things most people come for
    """

    STANDARD = "standard"
    LARGE = "large"
    ELDER = "elder"


READING_MODE_COOKIE = "qiantang_reading_mode"


class Bar(NamedTuple):
    """One row of a ranked bar list: ``share`` is the length against the longest row, 0 to 100."""

    label: str
    value: int
    share: float
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One component in one state, for the gallery and its tests.

    component  name as called: ``pill`` for ``<c-pill>``
    state      what is special about it, for people
    given      the variables passed
    body       text of the slot, escaped
    inside     the component that must stand around it, or empty
    """

    component: str
    state: str
    given: Mapping[str, object] = field(default_factory=dict)
    body: str = ""
    inside: str = ""
