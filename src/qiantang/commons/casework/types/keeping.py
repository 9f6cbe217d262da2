"""How long cases are kept and what a room keeps of them: declared as data by the room, worked on in one place.

A room names every table that belongs to its cases. Of each column that could hold a person or a content it says whether it is
emptied when a case is disposed of, or stays to be counted; ``tests/architecture/test_keeping.py`` finds one that is not named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from qiantang.kernel.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTable:
    """A table of a room whose rows belong to a case.

    model       ``app.Model``
    case        the way to the case, as in a query: ``matter__case``
    emptied     column -> what stands there after the disposal
    stays       columns that name nobody and tell no content: they are counted on
    opened      columns among those emptied that are sealed under the key of the house, opened in the archive package
    removed     rows go altogether: they are nothing without the person
    belongs     what its objects belong to in the vault, with ``{pk}`` of the row; empty: it has none there
    folder      in the home, where its files lie under their digest; empty: it has none
    digest, name    columns of such a file
    """

    model: str
    case: str
    emptied: Mapping[str, Any] = field(default_factory=dict)
    stays: frozenset[str] = frozenset()
    opened: tuple[str, ...] = ()
    removed: bool = False
    belongs: str = ""
    folder: str = ""
    digest: str = "sha256"
    name: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKeeping:
    """What a room keeps of cases of these kinds."""

    key: str
    kinds: frozenset[str]
    tables: tuple[KeptTable, ...]


KEEPINGS: Registry[CaseKeeping] = Registry("keeping of cases")


def declare_keeping(keeping: CaseKeeping) -> CaseKeeping:
    """Make known what a room keeps; errors: ValueError for a key declared twice."""
    return KEEPINGS.register(keeping.key, keeping)


def keeping_of(kind: str) -> CaseKeeping | None:
    """What is kept of a kind of case; None where its room has not said so: then nothing of it is disposed of."""
    return next((one for one in KEEPINGS if kind in one.kinds), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long cases of these kinds are kept after their end, for those that ended since a day.

    years       None: for good
    transfer    a package goes to the archive first
    verified    False: a value of the house, to be confirmed
    """

    code: str
    kinds: tuple[str, ...]
    since: date
    years: int | None
    transfer: bool
    source: str
    verified: bool


class DisposalState(StrEnum):
    """PROPOSED by the worker or a lead, AGREED by one lead, DISPOSED by another; DECLINED with a reason, until a day."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DISPOSED = "disposed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class HoldTold:
    """A legal hold: why, by whom, until when. ``until`` None: until it is lifted."""

    id: int
    why: str
    placed_by: str
    placed_at: datetime
    until: date | None
    lifted_at: datetime | None
    lifted_by: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class PackageTold:
    """A package that was handed out: its digest stays, it itself does not."""

    sha256: str
    size_bytes: int
    pieces: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class RecordTold:
    """A case as the keepers of records see it.

    ends_on     day from which it may be disposed of; None: it is open, is kept for good, or there is no rule
    blocked     code of what stands against the disposal; empty: nothing
    """

    number: str
    kind: str
    kind_title: str
    title: str
    closed_on: date | None
    rule: RetentionRule | None
    ends_on: date | None
    state: str
    agreed_by: str
    agreed_by_id: int | None
    disposed_at: datetime | None
    holds: tuple[HoldTold, ...]
    packages: tuple[PackageTold, ...]
    blocked: str
    declined_until: date | None = None
    reason: str = ""

    @property
    def held(self) -> bool:
        return any(one.in_force for one in self.holds)
