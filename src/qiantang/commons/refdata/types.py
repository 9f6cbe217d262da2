"""Regions and offices as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Level(StrEnum):
    """Where a region stands, highest first. The four municipalities are provinces with counties right below."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


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
