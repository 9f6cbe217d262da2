"""United States numbers: series and serial, pre-grant publications since 2001, patents with their letter series."""

from __future__ import annotations

import re
from typing import Final

from qiantang.kernel.numbers.model import NumberRole, PatentNumber, PatentType

_SERIES_SERIAL: Final = re.compile(r"([0-9]{1,2})/([0-9]{3})\.?([0-9]{3})").fullmatch
# DOCDB: filing year, series code, serial, and one of its application kinds.
_DOCDB_APPLICATION: Final = re.compile(r"((?:19|20)[0-9]{2})([0-9]{8})[APFD]?").fullmatch
# DOCDB and EPODOC write the serial with six digits, the office with seven.
_PRE_GRANT: Final = re.compile(r"(20(?:0[1-9]|[1-9][0-9]))([0-9]{6,7})(A[129]|P[149])?").fullmatch
_GRANT: Final = re.compile(r"0{0,3}([1-9][0-9]{0,7})(A|B[1-9]|C[1-9]|S1?|E1?|P[23]|H1?)?").fullmatch
_LETTERED: Final = re.compile(r"(D|RE|PP|H)0{0,5}([1-9][0-9]{0,6})([SEPH][1-9]?)?").fullmatch
# Vendors write a reissue with one letter, USR36000; without the country that could be anything.
_SHORT_REISSUE: Final = re.compile(r"^R(?=[0-9]{5,6}(?:E[1-9]?)?$)")

_KIND_OF_LETTER: Final = {"D": "S", "RE": "E", "PP": "P", "H": "H"}
_LETTER_OF_KIND: Final = {kind: letter for letter, kind in _KIND_OF_LETTER.items()}
_LETTER_SCHEMES: Final[dict[str, tuple[str, PatentType | None]]] = {
    "D": ("us-design", "design"),
    "RE": ("us-reissue", None),
    "PP": ("us-plant", "plant"),
    "H": ("us-invention-registration", "invention"),
}
_DESIGN_SERIES: Final = frozenset({"29", "35"})
_SHORTEST_WITHOUT_KIND: Final = 5
_APPLICATION_DIGITS: Final = 8


def read(body: str) -> tuple[PatentNumber, ...]:
    """All readings of a folded text without its US."""
    if found := _SERIES_SERIAL(body):
        return (_application(found[1].zfill(2) + found[2] + found[3], None),)
    digits = _SHORT_REISSUE.sub("RE", re.sub(r"[-./]", "", body))
    if found := _DOCDB_APPLICATION(digits):
        return (_application(found[2], int(found[1])),)
    if found := _PRE_GRANT(digits):
        return (_pre_grant(found[1] + found[2].zfill(7), found[3]),)
    if found := _LETTERED(digits):
        return _lettered(found[1], found[2], found[3])
    if found := _GRANT(digits):
        return _grant(digits, found[1], found[2])
    return ()


def read_own(body: str) -> tuple[PatentNumber, ...]:
    """Readings of a text that shows by itself to be American: ``16/123,456``, ``RE45678``, ``D654,321 S``."""
    return read(body) if _SERIES_SERIAL(body) or _LETTERED(re.sub(r"[-./]", "", body)) else ()


def _application(serial: str, year: int | None) -> PatentNumber:
    patent_type: PatentType | None = "design" if serial[:2] in _DESIGN_SERIES else None
    return PatentNumber("US", NumberRole.APPLICATION, "us-application", serial, None, patent_type, year)


def _pre_grant(serial: str, kind: str | None) -> PatentNumber:
    patent_type: PatentType | None = None
    if kind is not None:
        patent_type = "plant" if kind[0] == "P" else "invention"
    return PatentNumber("US", NumberRole.PUBLICATION, "us-publication-2001", serial, kind, patent_type)


def _lettered(letter: str, serial: str, kind: str | None) -> tuple[PatentNumber, ...]:
    if kind is not None and kind[0] != _KIND_OF_LETTER[letter]:
        return ()
    scheme, patent_type = _LETTER_SCHEMES[letter]
    return (PatentNumber("US", NumberRole.PUBLICATION, scheme, letter + serial, kind, patent_type),)


def _grant(digits: str, serial: str, kind: str | None) -> tuple[PatentNumber, ...]:
    if kind is None and len(serial) < _SHORTEST_WITHOUT_KIND:
        return ()
    if kind is not None and kind[0] in _LETTER_OF_KIND:
        return _lettered(_LETTER_OF_KIND[kind[0]], serial, kind) if len(serial) < _APPLICATION_DIGITS else ()
    grant = PatentNumber("US", NumberRole.PUBLICATION, "us-grant", serial, kind, "invention")
    if kind is None and len(digits) == _APPLICATION_DIGITS:
        return (grant, _application(digits, None))
    return (grant,)
