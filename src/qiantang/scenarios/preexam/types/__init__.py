"""The words of pre-examination: drafts and their parts, findings, reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from qiantang.scenarios.preexam.types.refusals import REFUSALS

__all__ = [
    "REFUSALS", "DraftType", "Finding", "Office", "Part", "Place", "Report", "Severity", "SubjectFacts", "ToldWrong",
    "Unchecked", "Wanted", "Words",
]  # fmt: skip


class DraftType(StrEnum):
    """What is applied for (Patent Law art. 2)."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"


class Part(StrEnum):
    """A document of an application, in the order in which findings are told."""

    REQUEST = "request"
    ABSTRACT = "abstract"
    CLAIMS = "claims"
    DESCRIPTION = "description"
    DRAWINGS = "drawings"
    DESIGN = "design"


class Severity(StrEnum):
    """E blocks or returns the draft, W wants an examiner's eye, I informs."""

    ERROR = "E"
    WARNING = "W"
    INFORMATION = "I"


class Office(StrEnum):
    """Whose rules a draft is held against."""

    CN = "CN"
    US = "US"
    EP = "EP"
    PCT = "PCT"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a part: the paragraph counted from 1, and characters of that paragraph from ``start`` before ``end``.

    A paragraph of None is the part as a whole: what is told is that something is not there.
    """

    paragraph: int | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages of the house. Chinese is what the notices quote."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule holds against a draft. ``excerpt`` has at most 40 characters."""

    rule: str
    severity: Severity
    part: Part
    claim: int | None
    figure: str | None
    place: Place
    excerpt: str
    message: Words
    suggestion: Words
    source: str
    rule_version: str


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A rule that applies to the draft but could not be held against it, and why."""

    rule: str
    reason: Words


@dataclass(frozen=True, slots=True)
class Report:
    """What the rules of a day say of a draft. Findings stand in the order of part, place and rule."""

    type: DraftType
    office: Office
    as_of: date
    rules_version: str
    findings: tuple[Finding, ...]
    not_checked: tuple[Unchecked, ...]

    def count(self, severity: Severity) -> int:
        return sum(one.severity is severity for one in self.findings)

    @property
    def hint(self) -> str:
        """``no_formal_obstacle``, ``examiner_looks`` (warnings only) or ``formal_defects``: a hint, never a decision."""
        if self.count(Severity.ERROR):
            return "formal_defects"
        return "examiner_looks" if self.count(Severity.WARNING) else "no_formal_obstacle"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the engine.

    type      as the applicant says; None: as the draft shows
    as_of     the day whose rules hold: the filing day
    without   rules switched off, besides those that are off by default
    with_     rules switched on that are off by default
    """

    as_of: date
    type: DraftType | None = None
    office: Office = Office.CN
    without: frozenset[str] = field(default_factory=frozenset)
    with_: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class ToldWrong:
    """What a person says of a finding: its rule and place; its text only where ``may_keep_text``."""

    rule: str
    rule_version: str
    rules_version: str
    part: Part
    claim: int | None
    paragraph: int | None
    start: int
    end: int
    publication_number: str = ""
    excerpt: str = ""
    may_keep_text: bool = False


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """What a subject says of itself when it is filed. None: not said."""

    founded_on: date | None
    in_existence: bool | None
    main_class: str
    contact_name: str
    insured_staff: int | None
    granted_inventions: int | None
    granted_models_and_designs: int | None
    undertaking_signed: bool | None
    contact_verified: bool | None

    def missing(self) -> tuple[str, ...]:
        """The names of what was not said."""
        return tuple(name for name in self.__slots__ if getattr(self, name) in (None, ""))
