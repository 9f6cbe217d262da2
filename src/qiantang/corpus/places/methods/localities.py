"""Townships, street offices, zones and postcodes: parts of a district, each with its days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from qiantang.corpus.places.methods.areas import Area, Areas
from qiantang.corpus.places.types import Kind, LocalityRow, PostcodeRow

TOWNSHIP_WORDS = ("街道", "镇", "乡")


class Dated(Protocol):
    """A row that says for a pair of days in which areas something lies."""

    @property
    def codes(self) -> tuple[str, ...]: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


@dataclass(slots=True, eq=False)
class Locality:
    """Something smaller than a district, and where it lay and lies."""

    name: str
    kind: Kind | None
    rows: list[tuple[date, date, tuple[Area, ...]]] = field(default_factory=list)

    def at(self, day: date) -> tuple[Area, ...]:
        """Where it lies on ``day``: one area, several of which it is one, or none."""
        return next((areas for first, last, areas in self.rows if first <= day <= last), ())

    def ever(self) -> set[Area]:
        return {area for _, _, areas in self.rows for area in areas}

    def add(self, row: Dated, areas: Areas) -> None:
        self.rows.append(
            (row.valid_from or date.min, row.valid_to or date.max, tuple(areas.of(code) for code in row.codes))
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A written name of a locality. ``bare``: without the word for its kind, so that it may be a street's name as well."""

    text: str
    locality: Locality
    bare: bool


class CityLocalities:
    """The localities of one city: ``table`` finds a written name by its first two characters, longest first."""

    def __init__(self) -> None:
        self.table: dict[str, list[Entry]] = {}
        self.townships: dict[str, Locality] = {}
        self._zones: dict[str, Locality] = {}

    def add(self, row: LocalityRow, areas: Areas) -> None:
        names = self.townships if row.kind is Kind.TOWNSHIP else self._zones
        if row.name not in names:
            names[row.name] = Locality(row.name, row.kind)
        names[row.name].add(row, areas)

    def compile(self) -> None:
        for locality in self._zones.values():
            self._enter(Entry(locality.name, locality, bare=False))
        for locality in self.townships.values():
            for word in TOWNSHIP_WORDS:
                self._enter(Entry(locality.name + word, locality, bare=False))
            self._enter(Entry(locality.name, locality, bare=True))
        for entries in self.table.values():
            entries.sort(key=lambda entry: (-len(entry.text), entry.bare))

    def _enter(self, entry: Entry) -> None:
        self.table.setdefault(entry.text[:2], []).append(entry)


def localities_by_city(rows: Iterable[LocalityRow], areas: Areas) -> dict[Area, CityLocalities]:
    found: dict[Area, CityLocalities] = {}
    for row in rows:
        found.setdefault(areas.of(row.city), CityLocalities()).add(row, areas)
    for city in found.values():
        city.compile()
    return found


def postcodes_by_prefix(rows: Iterable[PostcodeRow], areas: Areas) -> dict[str, Locality]:
    found: dict[str, Locality] = {}
    for row in rows:
        found.setdefault(row.prefix, Locality(row.prefix, None)).add(row, areas)
    return found
