"""What an analysis needs of a patent."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

Day = date


class Fact(NamedTuple):
    """One patent as analyses read it. None and an empty text are "not known".

    year        of filing
    owners      those who hold it, else its applicants: names by which parties are told apart, harmonised where that is known
    people      inventors as published
    origin      country of the earliest priority, else of the first applicant, else of the office
    region      GB/T 2260 code on today's boundaries, else of the day
    country     of the first owner (ST.3), where the office prints one
    field       number of WIPO's field of technology of its first class
    bucket      ``in_force``, ``pending``, ``dead``, ``unknown``
    kept_years  full years from filing to its end, or to the day of the state where it has not ended
    cited       patents on record that cite it; ``cited5`` of them, those published within five years of its own publication
    citing      ids of those
    family      id of the simple family; the patent's own id where it has none
    offices     of the members of the family on record
    disputes    events that show a dispute: invalidation, preservation; ``survived``: partly or wholly kept in force after one
    marks       what was looked up and brought in as a list: ``standard``, ``litigation``
    deals       events of transfer, licence, pledge
    """

    patent_id: str
    number: str
    title: str
    office: str
    type: str
    year: int | None
    owners: tuple[str, ...]
    people: tuple[str, ...]
    origin: str
    region: str
    field: int | None
    ipc: tuple[str, ...]
    bucket: str
    kept_years: int | None
    expiry: Day | None
    claims: int | None
    cited: int
    cited5: int | None
    citing: tuple[str, ...]
    family: str
    offices: tuple[str, ...]
    disputes: int
    survived: bool
    deals: int
    flags: tuple[str, ...]
    country: str = ""
    marks: tuple[str, ...] = ()
