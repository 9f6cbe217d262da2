"""What the register answers to a results desk: families, tables of figures, facts of one page of hits, replays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from qiantang.corpus.register.types.answers import FacetValue, FamilyMember, PatentCard
from qiantang.corpus.register.types.observed import Day


class Scheme(StrEnum):
    """Which families are meant: SIMPLE as in DOCDB, EXTENDED as in INPADOC. The value goes into ``family`` of the register."""

    SIMPLE = "simple"
    EXTENDED = "extended"


class MemberHit(NamedTuple):
    """A member of a family, and whether the query finds it."""

    member: FamilyMember
    found: bool


class FamilyHit(NamedTuple):
    """One family of a result: its member that stands first, how many members the query finds, and all of them by filing date.

    family_id   None: a patent without family stands alone, and is its one member
    """

    family_id: str | None
    first: PatentCard
    found: int
    members: tuple[MemberHit, ...]


@dataclass(frozen=True, slots=True)
class FamilyResult:
    """A page of families. ``patents`` and ``families`` are exact; the ``found`` of all families make up ``patents``."""

    query: str
    canonical: str
    scheme: Scheme
    patents: int
    families: int
    snapshot: int
    hits: tuple[FamilyHit, ...]
    next: str | None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """Values of one facet, the most frequent first, with exact counts. ``more``: there are others beside these."""

    key: str
    values: tuple[FacetValue, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """A result counted by one field.

    unknown     patents of the result that have no value in the field
    several     whether a patent may have several values, so that the counts may make more than the result
    """

    key: str
    values: tuple[FacetValue, ...]
    more: bool
    unknown: int
    several: bool


@dataclass(frozen=True, slots=True)
class Statistics:
    """A whole result in figures: how many patents, and a tally for each field asked for."""

    canonical: str
    total: int
    snapshot: int
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A result counted by two fields: ``cells[row][column]`` patents have both values. Exact, as is each head's own count."""

    canonical: str
    total: int
    snapshot: int
    rows: Tally
    columns: Tally
    cells: tuple[tuple[int, ...], ...]


class Neighbours(NamedTuple):
    """Where a patent stands in a list of hits: how many there are, its place from 0, and the ids around it."""

    total: int
    place: int
    before: str | None
    after: str | None


class PageFacts(NamedTuple):
    """What a list may show of a hit beside its card; None: not known, or not asked for."""

    office: str | None = None
    region_code: str | None = None
    inventors: tuple[str, ...] | None = None
    grant_date: object = None
    status_date: object = None
    expiry_date: object = None
    claim_count: int | None = None
    cited_by: int | None = None
    family_size: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a right ended.

    since      from which day the status has held; None: not known. ``as_of`` the day for which it was derived
    kind       of the event that brought it (``fee_lapse``, ``withdrawal`` …); None: no event, a date did
    code, text, announced   of that event as published; ``sources`` the files that tell of it
    elsewhere  whether another member of the family is in force or pending; False: all others on record have ended;
               None: not known, or none is on record
    members    the other members on record, of the simple and the extended family
    """

    status: str
    since: Day | None
    as_of: Day
    kind: str | None
    code: str | None
    text: str | None
    announced: Day | None
    sources: tuple[str, ...]
    elsewhere: bool | None
    members: tuple[FamilyMember, ...]


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a query gave on one snapshot: how many patents, and the SHA-256 of their ids, sorted, each followed by a newline."""

    canonical: str
    snapshot: int
    total: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A query as it was on an older snapshot and as it is now.

    then    None: the snapshot is no longer kept, or too much has changed since to look at it all
    new     ids found now and not then; ``gone`` the reverse; None where ``then`` is
    """

    then: Attestation | None
    now: Attestation
    new: tuple[str, ...] | None
    gone: tuple[str, ...] | None
    changed: int
