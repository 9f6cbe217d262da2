"""What a source may say of a patent, in values a reader can build.

Sources of the terms: WIPO ST.9 (INID codes in brackets), ST.16 (kind codes), ST.3 (offices).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple

Day = date  # the fields below are named date, which would hide the type


class PatentType(StrEnum):
    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    PLANT = "plant"
    OTHER = "other"


class Part(StrEnum):
    """Parts of a document that carry text."""

    TITLE = "title"
    ABSTRACT = "abstract"
    CLAIMS = "claims"
    DESCRIPTION = "description"


class Role(StrEnum):
    APPLICANT = "applicant"
    HOLDER = "holder"
    INVENTOR = "inventor"
    AGENCY = "agency"
    AGENT = "agent"


class SourceRank(IntEnum):
    """Who is believed first where sources disagree; a smaller number wins."""

    OFFICIAL_FULL_TEXT = 1
    OFFICIAL_GAZETTE = 2
    OFFICE_DATA_SERVICE = 3
    VENDOR_EXPORT = 4
    CRAWL = 5


class Publication(NamedTuple):
    """(11)(13)(43)(45) One published document: canonical number without kind (``CN110083831``), kind code, date."""

    number: str
    kind: str | None = None
    date: Day | None = None


class Text(NamedTuple):
    """One part in one language (ISO 639-1); ``machine`` marks a machine translation. Claims: one claim a line group,
    each beginning with its number and a full stop, parted by line feeds.
    """

    part: str
    language: str
    text: str
    machine: bool = False


class Classification(NamedTuple):
    """(51)(52) One symbol in canonical spelling; scheme ``ipc``, ``cpc`` or ``locarno``; edition as printed."""

    scheme: str
    symbol: str
    edition: str | None = None
    first: bool = False


class Party(NamedTuple):
    """(71)(72)(73)(74) One name as filed; ``position`` counts from 1 inside its role. An address is never shown."""

    role: str
    position: int
    name: str
    country: str | None = None
    address: str | None = None
    postcode: str | None = None


class Priority(NamedTuple):
    """(31)(32)(33) A priority claim: number as printed, country (ST.3), date."""

    number: str
    country: str | None = None
    date: Day | None = None


class Citation(NamedTuple):
    """(56) What this document cites: a canonical publication number without kind, or literature as text."""

    cited: str | None
    origin: str | None = None
    category: str | None = None
    date: Day | None = None
    text: str | None = None


class Event(NamedTuple):
    """One legal event as published: the office's code, effective date, gazette date, raw text."""

    code: str
    date: Day | None = None
    gazette_date: Day | None = None
    text: str | None = None


class Medium(NamedTuple):
    """A figure, a design view, a page image: kind, position from 1, place in the file store, digest, licence."""

    kind: str
    position: int
    place: str
    digest: str | None = None
    licence: str | None = None


@dataclass(slots=True)
class Observation:
    """What one source row says of one patent. Readers fill what the row knows and leave the rest as it is.

    row     place in the source, counted from 1 as a person counts the lines or documents of the file
    simple_family, extended_family   as the source states them: ``docdb:<id>``, ``inpadoc:<id>``
    as_of   the day for which the source speaks (for a gazette, its date); decides between sources of one rank
    notes   codes of what was damaged and left out, e.g. ``application_number_damaged``
    """

    row: int
    office: str
    as_of: Day | None = None
    type: str | None = None
    application_number: str | None = None
    filing_date: Day | None = None
    claim_count: int | None = None
    page_count: int | None = None
    simple_family: str | None = None
    extended_family: str | None = None
    publications: list[Publication] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    classifications: list[Classification] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    priorities: list[Priority] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
