"""Places as values: what an address gives, and the rows of the tables it is read with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Rule(StrEnum):
    """What told the place."""

    DISTRICT = "district"
    """The whole name of a district or county, where one is expected."""
    SHORT_NAME = "short_name"
    """The name of a district or county without the word for its rank."""
    LATER_DISTRICT = "later_district"
    """The whole name of a district further on in the address."""
    TOWNSHIP = "township"
    """The name of a township or street office; the address names no district."""
    ZONE = "zone"
    """The name of a development zone; the address names no district."""
    POSTCODE = "postcode"
    """The postcode alone, or the postcode where the text leaves the district open."""
    CITY = "city"
    """The city is named, and nothing below it that the tables know."""
    PROVINCE = "province"
    """The province is named, and nothing below it that the tables know."""
    LATIN = "latin"
    """City or province by their names in Latin letters."""
    COUNTRY = "country"
    """The country was stated or named; it is not looked into."""
    NONE = "none"
    """Nothing was recognised."""


class Place(NamedTuple):
    """Where an address lies.

    country     WIPO ST.3; None: not known
    province    GB/T 2260, six digits, as of the day; None: not known
    city        prefecture as of the day; of a municipality the municipality; None: not known, or a county right below a province
    district    county or district as of the day, *valid on that day*; None: not known
    today       the district on today's boundaries; None: not known, or the old district was divided and nothing tells the part
    confidence  0 to 1, of the most precise of the four that is known on the day
    rule        what told it
    ambiguous   candidates: of ``district`` where that is None, else of ``today``; empty where nothing narrows them down
    """

    country: str | None
    province: str | None
    city: str | None
    district: str | None
    today: str | None
    confidence: float
    rule: Rule
    ambiguous: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The most precise code that is known on the day."""
        return self.district or self.city or self.province


class Kind(StrEnum):
    """What a locality is."""

    TOWNSHIP = "township"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class LocalityRow:
    """A part of a district within a pair of days. Several ``codes``: it lies across these districts.

    city    code of the city in which the name is understood
    name    of a township without 街道, 镇 or 乡; of a zone as it is written
    """

    city: str
    name: str
    kind: Kind
    codes: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """From ``day`` on the district ``new`` has the area of ``old``: the whole of it, or a part."""

    old: str
    new: str
    day: date
    whole: bool
    source: str


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """Where postcodes that begin with ``prefix`` lie. Several ``codes``: in one of these."""

    prefix: str
    codes: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class ParkRow:
    """A development zone or science park within a pair of days.

    park      names it for good; the rows of one park have one name
    city      code of the city in whose addresses it is looked for
    written   the names under which addresses write it
    """

    park: str
    name_zh: str
    name_en: str
    city: str
    written: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    source: str

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class Counting(StrEnum):
    """How a patent with several applicants or inventors counts for their regions."""

    FIRST = "first"
    """1 for the region of the first."""
    WHOLE = "whole"
    """1 for each region that occurs; regions do not add up to the whole."""
    FRACTIONAL = "fractional"
    """To each region the share of the parties that lie in it; regions add up to the whole."""


class Accuracy(NamedTuple):
    """What was measured at one level on one half of the labelled addresses.

    half        development: its errors were looked at; held-out: it was measured once
    level       country, province, city, district (of the day) or today (the district on today's boundaries)
    right, wrong, unknown  numbers of addresses; they add up to those measured
    low, high   95 % Wilson interval of right among all
    sure_low, sure_high  the same of right among those for which an answer was given
    """

    half: str
    level: str
    right: int
    wrong: int
    unknown: int
    low: float
    high: float
    sure_low: float
    sure_high: float
