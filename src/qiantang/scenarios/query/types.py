"""What the search desk shows beside the hits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value a reader can refine by; ``url`` adds it to the query, or takes it away where ``selected``."""

    value: str
    label: str
    count: int
    url: str
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetBlock:
    """One facet: field key, heading, its values."""

    key: str
    label: str
    values: tuple[FacetChoice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A refinement in force, and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class QueryFault:
    """Why a query was not understood: the text before and after the place, what was expected, what to try."""

    position: int
    message: str
    expected: str
    hint: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """What stands in the address bar: query text, refinements ``FIELD=="value"``, order, cursor of a page."""

    text: str = ""
    refinements: tuple[str, ...] = ()
    sort: str = "relevance"
    cursor: str = ""


class How(StrEnum):
    """In which way a row of the builder asks a field.

    ALL      every value; of a text field, anywhere in it
    ANY      one of the values
    IS       the whole value, one of those given
    BETWEEN  from a day or year to another; either end may be open
    KNOWN    any value
    TEXT     a query in the language itself: what no row can say
    """

    ALL = "all"
    ANY = "any"
    IS = "is"
    BETWEEN = "between"
    KNOWN = "known"
    TEXT = "text"


class Joint(StrEnum):
    """Whether all rows (or groups) must fit, or any."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Row:
    """One condition. ``values`` are as typed, those in quotation marks with them; of BETWEEN both ends, "" where open.

    field  key of the field; empty for TEXT
    """

    field: str
    how: How
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows in brackets; ``negated``: none of what they find."""

    joint: Joint
    rows: tuple[Row, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as groups of rows."""

    joint: Joint
    groups: tuple[Group, ...]


# code -> (sentence, next step)
REFUSALS = {
    "query.address": (
        "The address of this search is damaged: %(fields)s.",
        "Begin again on the search page.",
    ),
    "query.refinement": (
        "The address of this search holds a condition that is not one of the page's own.",
        "Begin again on the search page; any condition can be written into the query itself.",
    ),
}
