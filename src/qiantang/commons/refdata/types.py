"""Regions and offices as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from qiantang.kernel.calendar import Limit

if TYPE_CHECKING:
    from datetime import date

# code -> (sentence, next step): of numbers that every room reads
REFUSALS = {
    "identifiers.uscc_malformed": (
        "“%(given)s” is no unified social credit code.",
        "It has 18 digits and capitals, as on the business licence; the letters I, O, S, V and Z do not occur.",
    ),
    "identifiers.uscc_check": (
        "The unified social credit code %(given)s has a slip: the last character would have to be %(expected)s.",
        "Compare it with the business licence.",
    ),
    "identifiers.case_malformed": (
        "“%(given)s” is no number of a case.",
        "It has letters, a year, six digits and a check digit, as in HZYS-2026-000123-4.",
    ),
    "identifiers.case_check": (
        "The number %(given)s has a slip: its check digit does not fit.",
        "Compare it with the receipt.",
    ),
}


class Level(StrEnum):
    """Where a region stands, highest first. The four municipalities are provinces with counties right below."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


MUNICIPALITIES: Final = frozenset({"110000", "120000", "310000", "500000"})
"""Beijing, Tianjin, Shanghai, Chongqing: provinces by their code, cities by what they are. Source: Constitution, art. 30."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region within one pair of borders. A code whose borders changed has a row for each time.

    code        GB/T 2260, six digits
    name_zh     official name
    name_en     name without the word for its rank
    parent      code of the region above; None for a province
    valid_from  first day; None: since before the table begins
    valid_to    last day; None: still valid
    source      where the row comes from
    """

    code: str
    name_zh: str
    name_en: str
    level: Level
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    source: str

    @property
    def is_city(self) -> bool:
        """Whether it counts as a city: a prefecture or a municipality, no other province."""
        return self.level is Level.PREFECTURE or self.code in MUNICIPALITIES

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class OfficeKind(StrEnum):
    COUNTRY = "country"
    ORGANIZATION = "organization"
    HISTORICAL = "historical"


@dataclass(frozen=True, slots=True)
class Office:
    """A country or organisation by its two letters of WIPO ST.3."""

    code: str
    name_zh: str
    name_en: str
    kind: OfficeKind
    source: str


@dataclass(frozen=True, slots=True)
class StatutoryLimit:
    """A limit that a law or a measure sets, for events from ``valid_from`` to ``valid_to`` (None: open).

    name_zh     what is to be done; name_en: the same
    verified    whether it was compared with the promulgated text
    """

    code: str
    name_zh: str
    name_en: str
    limit: Limit
    valid_from: date | None
    valid_to: date | None
    source: str
    verified: bool

    def applies_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """Where the table of working days of a year comes from, and the seal by which a change of it is noticed.

    notice      reference of the State Council's notice; empty: not recorded
    digest      SHA-256 of the rows of that year, 64 hexadecimal digits
    """

    year: int
    notice: str
    source: str
    digest: str


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A number that another body states, for a place and a time.

    series      what is counted: ``population``, ``gdp``, ``effective_inventions`` …
    region      GB/T 2260; 100000 is the whole country
    period      ``2020``, ``2022-06``, ``2016-Q1``; of a stock, its end
    value       in ``unit``
    as_of       day of the statement; None: not known
    evidence    ``official`` (from the body's own page) · ``copied page`` · ``derived`` · ``recalled`` · ``published, to verify``
                · ``sample`` (invented) · ``imported``
    """

    series: str
    region: str
    period: str
    value: float
    unit: str
    as_of: date | None
    source: str
    evidence: str

    @property
    def year(self) -> int:
        return int(self.period[:4])

    @property
    def sample(self) -> bool:
        """Whether it is invented and shows only how the page works."""
        return self.evidence == "sample"
