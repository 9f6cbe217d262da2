"""What is verified of the parties of cases, whom that links, and what somebody of the office flagged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from qiantang.commons.casework.types import CaseCard


class KeyKind(StrEnum):
    """By what entities are compared. A name is none: two people of one name are two people."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    ADDRESS = "address"
    ACCOUNT = "account"
    AGENT = "agent"
    EMAIL = "email"
    PHONE = "phone"


class KeySource(StrEnum):
    """How somebody of the office verified a key."""

    DOCUMENT = "document"
    REGISTER = "register"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A person or an organisation. ``noun``: person or organisation; ``key``: of its row."""

    noun: str
    key: int


@dataclass(frozen=True, slots=True)
class KeyTold:
    """A verified key, without its value."""

    id: int
    kind: KeyKind
    masked: str
    source: KeySource
    evidence: str
    as_of: date
    by: str


@dataclass(frozen=True, slots=True)
class FlagTold:
    """A flag that is in force.

    case        number of the case in which it was raised, where the reader may see it
    reviewed_by empty: nobody has looked at it yet
    own         whether the reader raised it
    """

    id: int
    reason: str
    by: str
    raised_at: datetime
    expires_on: date
    case: str
    reviewed_by: str
    review: str
    own: bool


@dataclass(frozen=True, slots=True)
class CasesTold:
    """Other cases in which somebody stands and that the reader may see: the newest of them, and how many more there are."""

    cards: tuple[CaseCard, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class LinkTold:
    """An entity that has a verified key in common with a party. ``keys``: (kind, masked)."""

    entity: Entity
    name: str
    keys: tuple[tuple[KeyKind, str], ...]
    cases: CasesTold
    flags: tuple[FlagTold, ...]


@dataclass(frozen=True, slots=True)
class PartyLinks:
    """A party of a case with what is verified of it.

    id          of its row in the case
    entity      None: it stands there by its name alone, and nothing can be verified of it
    cases       the other cases in which it stands itself, and the reader may see
    """

    id: int
    name: str
    entity: Entity | None
    keys: tuple[KeyTold, ...]
    flags: tuple[FlagTold, ...]
    links: tuple[LinkTold, ...]
    cases: CasesTold


@dataclass(frozen=True, slots=True)
class FlagBound:
    """How long a flag may last that is raised from a day on."""

    since: date
    days: int
    source: str
    verified: bool
