"""Numbers of the office of Taiwan: certificates I, M, D, publications since 2003, applications by Minguo year."""

from __future__ import annotations

import re
from typing import Final

from qiantang.kernel.numbers.model import NumberRole, PatentNumber, PatentType

_CERTIFICATE: Final = re.compile(r"([IMD])([0-9]{6})([BCUYS][1-9]?)?").fullmatch
_PUBLICATION: Final = re.compile(r"(20[0-9]{7})(A[1-9]?)?").fullmatch
_APPLICATION: Final = re.compile(r"(1[0-9]{2}|0?[4-9][0-9])([123])([0-9]{5})([AUSD])?").fullmatch
# One series for all rights until 2004.
_OLD: Final = re.compile(r"([1-9][0-9]{4,5})([ABCUYS][1-9]?)?").fullmatch

_TYPES: Final[dict[str, PatentType]] = {
    "I": "invention",
    "M": "utility_model",
    "D": "design",
    "1": "invention",
    "2": "utility_model",
    "3": "design",
}
_LETTERS: Final = {"I": "BC", "M": "UY", "D": "S"}
_KIND_TYPES: Final[dict[str, PatentType]] = {
    "A": "invention",
    "B": "invention",
    "C": "invention",
    "U": "utility_model",
    "Y": "utility_model",
    "S": "design",
}
_MINGUO: Final = 1911


def read(body: str) -> tuple[PatentNumber, ...]:
    """All readings of a folded text without its TW."""
    digits = re.sub(r"[-./]", "", body)
    if found := _CERTIFICATE(digits):
        letter, serial, kind = found.groups()
        if kind is not None and kind[0] not in _LETTERS[letter]:
            return ()
        return (_publication("tw-certificate", letter + serial, kind, _TYPES[letter]),)
    if found := _PUBLICATION(digits):
        return (_publication("tw-publication-2003", found[1], found[2], "invention"),)
    if found := _APPLICATION(digits):
        year, serial = int(found[1]), f"{int(found[1])}{found[2]}{found[3]}"
        return (
            PatentNumber(
                "TW",
                NumberRole.APPLICATION,
                "tw-application",
                serial,
                None,
                _TYPES[found[2]],
                _MINGUO + year,
            ),
        )
    if found := _OLD(digits):
        kind = found[2]
        return (_publication("tw-publication-1950", found[1], kind, _KIND_TYPES[kind[0]] if kind else None),)
    return ()


def read_own(body: str) -> tuple[PatentNumber, ...]:
    """Readings of a certificate number, which shows by its letter what it is."""
    return read(body) if _CERTIFICATE(re.sub(r"[-./]", "", body)) else ()


def _publication(scheme: str, serial: str, kind: str | None, patent_type: PatentType | None) -> PatentNumber:
    return PatentNumber("TW", NumberRole.PUBLICATION, scheme, serial, kind, patent_type)
