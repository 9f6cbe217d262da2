"""Parties as values: a name taken apart, what two names share, what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class PartyKind(StrEnum):
    """What a name names. Unknown counts as a person wherever privacy is concerned."""

    ORGANISATION = "organisation"
    PERSON = "person"
    UNKNOWN = "unknown"


class Rule(StrEnum):
    """Why two names are one party, one may be part of the other, or a person must look."""

    CREDIT_CODE = "credit_code"
    STANDARD_NAME = "standard_name"
    FORMER_NAME = "former_name"
    NAME_IN_BRACKETS = "name_in_brackets"
    LEGAL_FORM = "legal_form"
    SPELLING = "spelling"
    CROSS_LANGUAGE = "cross_language"
    CO_APPLICANTS = "co_applicants"
    PART_OF = "part_of"
    SIMILAR = "similar"
    BY_HAND = "by_hand"


# How sure a membership of the rule is. Judgements of ours, ordered like the measured precision of the rules.
CONFIDENCE: dict[Rule, float] = {
    Rule.CREDIT_CODE: 1.0,
    Rule.STANDARD_NAME: 0.99,
    Rule.FORMER_NAME: 0.97,
    Rule.NAME_IN_BRACKETS: 0.95,
    Rule.LEGAL_FORM: 0.9,
    Rule.SPELLING: 0.9,
    Rule.CROSS_LANGUAGE: 0.85,
    Rule.CO_APPLICANTS: 0.9,
    Rule.PART_OF: 0.95,
    Rule.BY_HAND: 1.0,
}


class EvidenceKind(StrEnum):
    """What two names may share. Inventors and addresses are kept as digests only."""

    INVENTOR = "inventor"
    ADDRESS = "address"
    FAMILY = "family"
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, slots=True)
class PartyName:
    """A name as filed, taken apart.

    filed       as filed, blanks at the ends taken away
    standard    one spelling for what readers take for the same name: NFKC, simplified, upper case, no blanks or points
    core        without region, legal form, sub-unit and remarks in brackets; blocks and likeness are made of it
    words       words of the core for Latin script, sorted; empty for Chinese
    form        legal form or sort of institution in one spelling, None where the name tells none
    region      names of places the name begins with, as it spells them, outermost first
    site        names of places in brackets: the mark of a subsidiary there
    unit        standard spelling of the sub-unit, None where the name is a whole
    owner       standard spelling of what the sub-unit is part of, None where the name is a whole
    also        standard spelling of another name that stands in brackets, None where there is none
    is_group    whether the name calls itself a group
    """

    filed: str
    standard: str
    core: str
    kind: PartyKind
    confidence: float
    words: tuple[str, ...] = ()
    form: str | None = None
    region: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    unit: str | None = None
    owner: str | None = None
    also: str | None = None
    is_group: bool = False

    @property
    def is_latin(self) -> bool:
        return self.core.isascii()


class Shared(NamedTuple):
    """How many inventors, addresses, families and credit codes two names have in common."""

    inventors: int = 0
    addresses: int = 0
    families: int = 0
    credit_codes: int = 0

    @property
    def any(self) -> bool:
        return any(self)


class Action(StrEnum):
    MERGE = "merge"
    REVIEW = "review"
    PART = "part"
    NONE = "none"


class Verdict(NamedTuple):
    """What follows for two names; ``score`` is the likeness from 0 to 1 that led to it."""

    action: Action
    rule: Rule | None = None
    score: float = 0.0


@dataclass(slots=True)
class NameSeen:
    """A name as a load brings it, with what stood beside it.

    name        as filed
    inventors   names of inventors on the same patents
    addresses   the name's own addresses
    families    identifiers of the patents' families, and the patents themselves
    former      names the same party had before, as a source states them
    credit_code unified social credit code, where a source has one
    """

    name: str
    inventors: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)
    credit_code: str | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of a load's names: ``names`` = ``new`` + ``known`` + ``persons``; and what was concluded."""

    names: int = 0
    new: int = 0
    known: int = 0
    persons: int = 0
    merged: int = 0
    linked: int = 0
    to_review: int = 0


@dataclass(frozen=True, slots=True)
class MemberName:
    """A name as filed within a party: by which rule and how surely, since when. ``membership`` is None for the first."""

    id: int
    text: str
    membership: int | None
    rule: str
    confidence: float
    score: float
    evidence: dict[str, int]
    since: date | None
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartyLink:
    """Another party above or below: ``since`` and ``until`` are None where not known."""

    id: int
    party: int
    name: str
    kind: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class PartyCard:
    """A harmonised party: its names, what it belongs to, what belongs to it, and merges that were undone."""

    id: int
    name: str
    names: tuple[MemberName, ...]
    undone: tuple[MemberName, ...]
    above: tuple[PartyLink, ...]
    below: tuple[PartyLink, ...]
    below_total: int


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two names of which a person shall say whether they are one party."""

    id: int
    first: str
    second: str
    first_party: int
    second_party: int
    rule: str
    score: float
    evidence: dict[str, int]


class Answer(StrEnum):
    """What a person says of two names. SAME: one party. GROUP: the second belongs to the first. APART: neither."""

    SAME = "same"
    GROUP = "group"
    GROUP_REVERSED = "group_reversed"
    APART = "apart"


# code -> (sentence, next step)
REFUSALS = {
    "parties.operators_only": ("Only an operator decides which names are one party.", "Ask an operator."),
    "parties.unknown": ("There is no party %(given)s.", "Look for it by its name on the search page."),
    "parties.membership_unknown": ("There is no merge %(given)s.", "Load the page of the party again."),
    "parties.review_unknown": ("There is no pair %(given)s in the queue.", "Load the queue again."),
    "parties.already_one": ("Both names are one party already.", "Load the page again to see it."),
    "parties.already_undone": ("This merge was undone already.", "Load the page of the party again."),
    "parties.already_decided": ("This pair was decided already.", "Load the queue again."),
    "parties.group_of_itself": ("A party cannot belong to itself.", "Choose two different parties."),
    "parties.group_circle": ("The first party belongs to the second already.", "Undo that link first."),
    "parties.reason_missing": ("A decision needs its reason.", "Write in a few words what you looked at."),
    "parties.name_missing": ("There is no name to remove.", "Give the name as it is filed."),
    "parties.answer_unknown": ("%(given)s is no answer to the question.", "Choose one of: %(known)s."),
    "parties.form_damaged": ("The form cannot be read: %(fields)s.", "Load the page again and send it once more."),
    "parties.too_many_names": (
        "%(given)s stands for %(names)s names as filed; a query takes at most %(most)s.",
        "Ask for the party alone with ==, or for some of its names with PA.",
    ),
}
