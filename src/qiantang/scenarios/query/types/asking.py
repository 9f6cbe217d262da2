"""Ways to ask: the rows of the builder, the answers of the guided search, the history of a sitting, the free-to-use list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said in the guided search.

    what     words that must all be there; ``also`` other words for the same thing, any of them instead
    part     field of the text in which they are looked for; ``classes`` IPC symbols it is kept to
    who      a name, ``whose`` the field it is looked for in
    since, until  filing years, "" where open
    state, type   codes of the fields LS and TY; "": any
    """

    what: str = ""
    also: str = ""
    part: str = "TAC"
    classes: tuple[str, ...] = ()
    who: str = ""
    whose: str = "PA"
    since: str = ""
    until: str = ""
    state: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """A query asked before: its number, its canonical form, how many patents it found on which snapshot."""

    number: int
    query: str
    total: int
    snapshot: int


@dataclass(frozen=True, slots=True)
class History:
    """The queries of one sitting, the latest last, and the number that the next new one gets."""

    queries: tuple[Past, ...] = ()
    next_number: int = 1


@dataclass(frozen=True, slots=True)
class FreeRequest:
    """How the free-to-use list is narrowed; "": not.

    words   in the query language; ``field`` number of a WIPO field; ``year`` in which the right ended
    region  six digits, or ``unknown``; ``why`` and ``type`` codes of the status and of the type
    """

    words: str = ""
    field: str = ""
    year: str = ""
    region: str = ""
    why: str = ""
    type: str = ""
