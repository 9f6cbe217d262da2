"""What a page of monitoring is asked, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from qiantang.commons.metrics.types import Boundaries, Number
from qiantang.commons.ui.types import Chart


class Ranked(StrEnum):
    """What is ranked."""

    DISTRICT = "district"
    PARK = "park"
    FIELD = "field"
    INDUSTRY = "industry"
    APPLICANT = "applicant"
    COMPANY = "company"
    UNIVERSITY = "university"


class CitySet(StrEnum):
    """Among which cities ours is ranked; ``picked``: the twelve beside it, or those that the reader chooses."""

    PICKED = "picked"
    CAPITALS = "capitals"
    SUB_PROVINCIAL = "sub-provincial"
    PROVINCE = "province"


class Tied(StrEnum):
    """What of the network of joint applications is listed."""

    APPLICATIONS = "applications"
    PARTIES = "parties"
    LINKS = "links"


class Ahead(StrEnum):
    """What the outlook lists: what lies ahead for a right in the months to come, or the lives it is told from."""

    ENDS = "ends"
    FEES = "fees"
    LIVES = "lives"
    LAPSED = "lapsed"


class Way(StrEnum):
    """Where people went, seen from the city."""

    CAME = "came"
    WENT = "went"
    WITHIN = "within"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address bar says.

    region      GB/T 2260 of the city or one of its districts
    year        the last year shown; None: the last that the register tells
    metric      id of the metric
    boundaries  of districts: of the day that counts, or today's
    peers       codes of the cities beside ours; empty: the default ones
    among       the set of cities in which ours is ranked
    ranked      what is ranked
    only_field  field of technology to which a ranking is limited; empty: all
    industry    key industry that is looked at, or to which a ranking is limited; empty: the first, or all
    snapshot    None: the newest
    start       rows of a long table that were shown before
    today       the day on which it is read
    day         the day from which an outlook looks ahead; None: today. A permanent link names it
    whole       all rows of its tables, for a file
    """

    region: str
    year: int | None = None
    metric: str = ""
    boundaries: Boundaries = Boundaries.THEN
    peers: tuple[str, ...] = ()
    among: CitySet = CitySet.PICKED
    ranked: Ranked = Ranked.DISTRICT
    only_field: str = ""
    industry: str = ""
    snapshot: int | None = None
    start: int = 0
    today: date
    day: date | None = None
    whole: bool = False
    path: str = ""
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a panel: ``value`` for people, empty where not known; ``note`` says why, or the growth."""

    name: str
    value: str
    unit: str = ""
    url: str = ""
    note: str = ""
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a control of the page."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A choice that the reader has: a name of the address bar and its values; ``many``: several at once."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell of a table; an empty text is not known.

    value     the number that the text tells, with the digits it shows; None: the cell is a text
    percent   whether that is a number of percent
    """

    text: str
    url: str = ""
    right: bool = False
    value: Number | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heading; the first cell of a row heads it.

    total       rows in all, where the page shows a part of them
    next_url, first_url   to the next part and back to the first; empty: there is none
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    note: str = ""
    total: int | None = None
    next_url: str = ""
    first_url: str = ""

    @property
    def heads(self) -> tuple[tuple[str, bool], ...]:
        """Each head with whether its column stands to the right."""
        aside = [any(row[at].right for row in self.rows) for at in range(len(self.head))]
        return tuple(zip(self.head, aside, strict=True))

    @property
    def lines(self) -> tuple[tuple[tuple[SheetCell, str], ...], ...]:
        """Each row with the head of every cell: on a phone a row is a card, and the head stands beside its cell."""
        return tuple(tuple(zip(row, self.head, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Tile:
    """A region in a schematic map, where no outline of its time exists."""

    label: str
    value: str
    url: str = ""
    level: int = 0


class Waiting(NamedTuple):
    """What a page is read from is still being made. ``total`` 0: not known how much it is."""

    label: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A page of monitoring. ``waiting``: what it tells is not there yet, or not all of it."""

    title: str
    lead: str = ""
    figures: tuple[Figure, ...] = ()
    controls: tuple[Control, ...] = ()
    charts: tuple[Chart, ...] = ()
    tiles: tuple[Tile, ...] = ()
    tiles_title: str = ""
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()
    as_of: date | None = None
    waiting: Waiting | None = None
    kept: tuple[tuple[str, str], ...] = field(default=())


class InputSheet(NamedTuple):
    """A table of figures that another body states, as it was handed in."""

    content: bytes
    title: str
    source: str
    as_of: date
    sample: bool


# code -> (sentence, next step)
REFUSALS = {
    "monitoring.operators_only": ("Only operators keep input sheets.", "Hand the sheet to an operator."),
    "monitoring.sheet": (
        "The input sheet is not complete: a CSV file, a title, a source and the day of the figures are needed.",
        "Fill in what is missing and send it again.",
    ),
    "monitoring.address": (
        "The address names something that is no choice here: %(given)s.",
        "Choose again from the lists of the page.",
    ),
    "monitoring.indicator_wanted": (
        "The address does not say which indicator the patents are behind.",
        "Choose one from the list of indicators, or open a number on a page of monitoring.",
    ),
    "monitoring.transfers_wanted": (
        "The address does not say between which two cities the transfers are: %(missing)s is missing.",
        "Choose a band of the diagram of transfers.",
    ),
    "monitoring.moves_wanted": (
        "The address does not say which inventors are listed: way is missing.",
        "Open a number on the page of inventors who moved.",
    ),
    "monitoring.being_made": (
        "What the page is read from is still being made from the last load.",
        "Open the page, which shows how far it is, and ask for the file again.",
    ),
    "monitoring.no_city": (
        "%(given)s is no city: cities are prefectures and the four municipalities.",
        "Choose a city from the list.",
    ),
    "monitoring.closed": ("You may not see these figures.", "Ask the operator of the platform."),
}
