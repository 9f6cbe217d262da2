"""Names and places as the German register writes them in one line: name, place, country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.register.types import Party

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.trees import Node

_POSTCODE = re.compile(r"(?:D-)?(\d{5})\s+(?=\D)")
_COUNTRY = re.compile(r"[A-Z]{2}").fullmatch


class Line(NamedTuple):
    name: str
    place: str | None = None
    country: str | None = None


def parted(text: str) -> Line:
    """``Muster GmbH, 80331 München, DE`` into its three parts, counted from the end: names have commas of their own."""
    *before, country = (part.strip() for part in text.rsplit(", ", 2))
    if not before or not _COUNTRY(country):
        return Line(text.strip())
    name, *place = before
    return Line(name, place[0] if place else None, country)


def party(role: str, position: int, line: Line) -> Party:
    """The party with the postcode told apart; the place of an inventor is not kept."""
    place = line.place if role != "inventor" else None
    found = _POSTCODE.match(place or "")
    address = place[found.end() :] if place and found else place
    return Party(role, position, line.name, line.country, address, found[1] if found else None)


def booked(role: str, position: int, book: Node | None) -> Party | None:
    """The party of an address book of the patent register, which has the line as a whole and name and address apart."""
    if book is None:
        return None
    name, place, country = book.word("name"), book.word("address", "address-1"), book.word("address", "country")
    if name is None:
        whole = book.word("text")
        return party(role, position, parted(whole)) if whole else None
    return party(role, position, Line(name, place, country))
