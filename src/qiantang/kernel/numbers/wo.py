"""International applications (PCT/…) and their publications (WO…), both eras."""

from __future__ import annotations

import re
from typing import Final

from qiantang.kernel.numbers.model import NumberRole, PatentNumber

_YEAR: Final = r"(19[7-9][0-9]|20[0-7][0-9]|[0-9]{2})"
_APPLICATION: Final = re.compile(rf"([A-Z]{{2}}){_YEAR}([0-9]{{5,6}})").fullmatch
_EPODOC_APPLICATION: Final = re.compile(rf"{_YEAR}([A-Z]{{2}})([0-9]{{5,6}})").fullmatch
_DOCDB_APPLICATION: Final = re.compile(rf"([A-Z]{{2}}){_YEAR}([0-9]{{5,6}})W").fullmatch
_PUBLICATION: Final = re.compile(rf"{_YEAR}([0-9]{{5,6}})([ABC][1-9]?)?").fullmatch

_FIRST_YEAR: Final = 1978
_LAST_SHORT_YEAR: Final = 2004


def read_application(body: str) -> tuple[PatentNumber, ...]:
    """Readings of what follows PCT: receiving office, year of two or four digits, serial of five or six."""
    found = _APPLICATION(re.sub(r"[-./]", "", body))
    return _application(found[1], found[2], found[3]) if found else ()


def read_docdb(text: str) -> tuple[PatentNumber, ...]:
    """Readings of the DOCDB spelling, where the receiving office stands as country and W as kind."""
    found = _DOCDB_APPLICATION(re.sub(r"[-./]", "", text))
    return _application(found[1], found[2], found[3]) if found else ()


def read(body: str) -> tuple[PatentNumber, ...]:
    """All readings of a folded text without its WO."""
    digits = re.sub(r"[-./]", "", body)
    if found := _EPODOC_APPLICATION(digits):
        return _application(found[2], found[1], found[3])
    if found := _APPLICATION(digits):
        return _application(found[1], found[2], found[3])
    found = _PUBLICATION(digits)
    year = _full_year(found[1]) if found else None
    if found is None or year is None:
        return ()
    serial = f"{year}{found[2].zfill(6)}"
    return (PatentNumber("WO", NumberRole.PUBLICATION, "wo-publication", serial, found[3]),)


def _application(receiving_office: str, year_digits: str, serial: str) -> tuple[PatentNumber, ...]:
    year = _full_year(year_digits)
    if year is None:
        return ()
    return (
        PatentNumber(
            "WO",
            NumberRole.APPLICATION,
            "pct-application",
            f"{receiving_office}{year}{serial.zfill(6)}",
            year=year,
        ),
    )


def _full_year(digits: str) -> int | None:
    year = int(digits)
    if len(digits) == len("98"):
        year += 1900 if year + 1900 >= _FIRST_YEAR else 2000
        return year if year <= _LAST_SHORT_YEAR else None
    return year if year >= _FIRST_YEAR else None
