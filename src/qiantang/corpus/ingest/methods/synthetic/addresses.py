"""Addresses of the parties as they were written on a day, and the district each lies in, then and today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.cast import ABROAD, COUNTRIES, PERSON, Cast
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Ints
from qiantang.corpus.ingest.methods.synthetic.people import CORES
from qiantang.corpus.ingest.methods.synthetic.words import names as words
from qiantang.corpus.ingest.methods.synthetic.words.places import ERAS, QUARTERS, Quarter

_SPELLINGS = len(ERAS) + 1
_WITH_ZONE, _WITH_TOWN = 20, 75  # of a hundred addresses


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Written addresses: eight for each party (two seats, four eras); ``slot`` finds one.

    filed, today    district codes in the era and today, "" abroad
    """

    written: list[str]
    postcodes: list[str]
    filed: list[str]
    today: list[str]

    @staticmethod
    def slot(cast: Cast, parties: Ints, days: Ints) -> Ints:
        """The position of the address a party used on a day."""
        seat = (cast.moved[parties] > 0) & (days >= cast.moved[parties])
        era = np.searchsorted(np.array(ERAS), days, side="right")
        return parties * (2 * _SPELLINGS) + seat * _SPELLINGS + era


def _street(draw: int) -> str:
    core = CORES[draw % len(CORES)][0]
    road = words.ROADS[(draw // 7) % 3]  # lanes are rarer than roads: they come with the last two only for persons
    return f"{core}{road}{1 + (draw // 11) % 988}号"


def _house(draw: int, person: bool) -> str:  # noqa: FBT001  # who lives there decides what kind of house it is
    if person:
        return f"{1 + draw % 40}幢{1 + draw % 3}单元{1 + draw % 17}0{1 + draw % 4}室"
    return (
        "",
        f"{1 + draw % 12}幢",
        f"{1 + draw % 9}号楼{2 + draw % 14}层",
        f"{1 + draw % 6}幢{1 + draw % 20}0{1 + draw % 8}室",
    )[draw % 4]


def _local(quarter: Quarter, district: str, draw: int) -> str:
    """District with its town, with its zone, or alone."""
    if quarter.zone and draw % 100 < _WITH_ZONE:
        # The first zone of the east bank was so well known that its addresses named no district.
        return quarter.zone if quarter.zone.startswith("杭州") and district == "江干区" else f"{district}{quarter.zone}"
    if quarter.towns and draw % 100 < _WITH_TOWN:
        return f"{district}{quarter.towns[(draw // 100) % len(quarter.towns)]}"
    return district


def address_book(cast: Cast, draws: Draws) -> AddressBook:
    """The addresses of all parties."""
    book = AddressBook([], [], [], [])
    count = len(cast)
    streets, towns = (
        draws.below(label, np.arange(2 * count), 1 << 30).tolist() for label in ("address.street", "address.town")
    )
    for party in range(count):
        for seat in (0, 1):
            place = 2 * party + seat
            if cast.group[party] == ABROAD:
                line = f"{1 + streets[place] % 400} {words.ABROAD_FORMS[COUNTRIES[cast.country[party]]][2]}"
                _add(book, [line] * _SPELLINGS, "", [""] * _SPELLINGS)
                continue
            quarter = QUARTERS[cast.quarter[seat][party]]
            tail = _street(streets[place]) + _house(towns[place] // 128, bool(cast.kind[party] == PERSON))
            lines = [quarter.city + _local(quarter, name, towns[place]) + tail for name in quarter.names]
            _add(book, lines, quarter.postcode, list(quarter.codes))
    return book


def _add(book: AddressBook, lines: list[str], postcode: str, codes: list[str]) -> None:
    book.written.extend(lines)
    book.postcodes.extend([postcode] * len(lines))
    book.filed.extend(codes)
    book.today.extend([codes[-1]] * len(lines))
