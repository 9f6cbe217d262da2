"""How things are counted, and by what a number can be divided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Text(NamedTuple):
    """A sentence in both languages of the platform."""

    zh: str
    en: str

    def told(self, language: str) -> str:
        """In Chinese for a ``language`` that begins with ``zh``, else in English."""
        return self.zh if language.startswith("zh") else self.en


class TimeBasis(StrEnum):
    """Which day puts a record into a year; ``stock``: what is there at the end of the year."""

    FILING = "filing"
    PUBLICATION = "publication"
    GRANT = "grant"
    EVENT = "event"
    STOCK = "stock"
    TABLE = "table"
    """The period that an imported table states."""


class AddressOf(StrEnum):
    """Whose address tells the region: of the holders (before the grant: of the applicants), of the applicants as filed,
    or of the inventors.
    """

    HOLDER = "holder"
    APPLICANT = "applicant"
    INVENTOR = "inventor"


class Sharing(StrEnum):
    """How a record with several regions counts: for the first named, whole for each, or in equal parts."""

    FIRST = "first"
    WHOLE = "whole"
    FRACTIONAL = "fractional"


class Boundaries(StrEnum):
    """Districts as they were on the day that counts, or as they are today."""

    THEN = "then"
    TODAY = "today"


class StatusBasis(StrEnum):
    """A loss of rights counts from the day it took effect, or from the day it was announced (as official statistics do)."""

    EFFECT = "effect"
    GAZETTE = "gazette"


class Dimension(StrEnum):
    """By what a number can be divided. The words are those of ``--by``."""

    YEAR = "year"
    MONTH = "month"
    REGION = "region"
    """Prefecture-level cities and municipalities."""
    DISTRICT = "district"
    PARK = "park"
    """Development zones and science parks, as far as an address names one."""
    TYPE = "type"
    KIND = "kind"
    """Kind code of the newest publication."""
    FIELD = "field"
    """The 35 of WIPO."""
    INDUSTRY = "industry"
    APPLICANT = "applicant"
    """Harmonised."""
    APPLICANT_KIND = "applicant_kind"
    OFFICE = "office"
    ORIGIN = "origin"
    """Country of the first priority, else of the first applicant, else that of the office."""
    STATUS = "status"


class Figure(StrEnum):
    """What sort of number it is. Of a count, the records are as many as it says."""

    COUNT = "count"
    DISTINCT = "distinct"
    """Of different parties, behind the records."""
    SUM = "sum"
    SHARE = "share"
    MEAN = "mean"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class CountingRule:
    """How a metric counts unless the question says otherwise.

    classes   how a record in several fields or industries counts among them: whole or fractional
    basis     of a stock
    """

    time: TimeBasis
    address: AddressOf = AddressOf.HOLDER
    sharing: Sharing = Sharing.FIRST
    boundaries: Boundaries = Boundaries.THEN
    classes: Sharing = Sharing.WHOLE
    basis: StatusBasis = StatusBasis.EFFECT
