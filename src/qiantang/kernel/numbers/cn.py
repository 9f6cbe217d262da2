"""Chinese application and publication numbers (ZC 0006-2003, ZC 0007-2012, ZC 0008-2012)."""

from __future__ import annotations

import re
from operator import mul
from typing import Final

from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers.model import CheckDigit, NumberRole, PatentNumber, PatentType

_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CHARACTERS: Final = "0123456789X"
_BODY: Final = re.compile(r"[0-9]{8}(?:[0-9]{4})?")

# Weighted sums are taken over character codes; the code of "0" (48) times the weights is taken off again, mod 11.
_SURPLUS_12: Final = 48 * sum(_WEIGHTS) % 11
_SURPLUS_8: Final = 48 * sum(_WEIGHTS[:8]) % 11

# All verdicts there can be, by the character given and the remainder.
_CHECKS: Final = {
    given: tuple(CheckDigit(given, expected, None if given is None else given == expected) for expected in _CHARACTERS)
    for given in (None, *_CHARACTERS)
}

_TYPES: Final[dict[str, PatentType]] = {
    "1": "invention",
    "2": "utility_model",
    "3": "design",
    "8": "invention",
    "9": "utility_model",
}
# Kind codes of all periods by the first digit of the publication number (the type digit before 1989).
_KINDS: Final = {
    "1": frozenset(["A", "A8", "A9", "B", "B8", "B9", "C", *(f"C{n}" for n in range(1, 8))]),
    "2": frozenset(["U", "U8", "U9", "Y", *(f"Y{n}" for n in range(1, 8))]),
    "3": frozenset(["S", *(f"S{n}" for n in range(1, 10)), "D", *(f"D{n}" for n in range(1, 8))]),
}
_APPLICATION_KIND: Final[dict[PatentType, str]] = {"invention": "A", "utility_model": "U", "design": "S"}

_APPLICATION: Final = NumberRole.APPLICATION
_PUBLICATION: Final = NumberRole.PUBLICATION

_YEAR_2003: Final = r"20(?:0[3-9]|[1-9][0-9])"
_QUICK: Final = re.compile(
    rf"(?:CN|ZL)?({_YEAR_2003}([12389])[0-9]{{7}})\.?([0-9X])?"
    r"|(?:CN)?(([123])[0-9]{8})([ABCDSUY][1-9]?)?"
).fullmatch
_APPLICATION_2003: Final = re.compile(rf"({_YEAR_2003}([12389])[0-9]{{7}})([0-9X])?([AUS])?").fullmatch
_APPLICATION_1985: Final = re.compile(r"((8[5-9]|9[0-9]|0[0-3])([12389])[0-9]{5})([0-9X])?([AUS])?").fullmatch
_PUBLICATION_FORM: Final = re.compile(r"(?:8[5-8](?=[123][0-9]{5}(?:[A-Z]|$)))?([123])[0-9]{5,8}").match
_KIND_FORM: Final = re.compile(r"([0-9]+)([A-Z][1-9]?)?").fullmatch
# CNIPA's 15-digit form: applType 10, four-digit year, serial padded to nine digits. Proven for inventions only.
_STANDARD_FORM: Final = re.compile(r"10((?:19|20)[0-9]{2})00([0-9]{7})").fullmatch

_LAST_OLD_YEAR: Final = 2003
_OLD_SERIAL_LIMIT: Final = 100_000
_CENTURY_PIVOT: Final = 85


def cn_check_character(body: str) -> str:
    """The check character (``0``-``9`` or ``X``) of the 12 digits of an application number, or the 8 before 2003-10.

    Weights 2..9, 2..5 from the left, sum mod 11, 10 is X (ZC 0006). Raises Invalid ``number.body`` for other bodies.
    """
    if _BODY.fullmatch(body) is None:
        raise Invalid("number.body", given=body[:80], expected="8 or 12 digits")
    return _CHARACTERS[_remainder(body)]


def _remainder(body: str) -> int:
    surplus = _SURPLUS_12 if len(body) == len(_WEIGHTS) else _SURPLUS_8
    weighted: int = sum(map(mul, _WEIGHTS, body.encode()))
    return (weighted - surplus) % 11


def read_quick(text: str) -> PatentNumber | None:
    """The spellings of gazette tables, which have one reading only; None sends the text the long way."""
    found = _QUICK(text)
    if found is None:
        return None
    body, type_digit, given, serial, first, kind = found.groups()
    if body is not None:
        return PatentNumber(
            "CN",
            _APPLICATION,
            "cn-application-2003",
            body,
            None,
            _TYPES[type_digit],
            int(body[:4]),
            _CHECKS[given][(sum(map(mul, _WEIGHTS, body.encode())) - _SURPLUS_12) % 11],
        )
    if kind is not None and kind not in _KINDS[first]:
        return None
    return PatentNumber("CN", _PUBLICATION, "cn-publication-2007", serial, kind, _TYPES[first])


def read(body: str, *, named: bool) -> tuple[PatentNumber, ...]:
    """All readings of a folded text without its CN; ``named`` is False where nobody said that it is Chinese."""
    digits = re.sub(r"[-./]", "", body)
    readings = [*_publications(digits, named=named), *_applications(digits)]
    if readings and readings[0].kind is None:
        # Without a kind code the old double numbers (1985-88) are first of all applications.
        readings.sort(key=lambda number: number.role is _PUBLICATION)
    return tuple(readings)


def read_patent(body: str) -> tuple[PatentNumber, ...]:
    """Readings of what follows ZL: a patent carries its application number."""
    return tuple(_applications(re.sub(r"[-./]", "", body)))


def _applications(digits: str) -> list[PatentNumber]:
    if found := _APPLICATION_2003(digits):
        body, type_digit, given, kind = found.groups()
        return _application("cn-application-2003", body, type_digit, int(body[:4]), given, kind)
    if found := _APPLICATION_1985(digits):
        body, short_year, type_digit, given, kind = found.groups()
        year = int(short_year) + (1900 if int(short_year) >= _CENTURY_PIVOT else 2000)
        return _application("cn-application-1985", body, type_digit, year, given, kind)
    if found := _STANDARD_FORM(digits):
        return _standard(int(found[1]), found[2])
    return []


def _standard(year: int, serial: str) -> list[PatentNumber]:
    readings = []
    if _CENTURY_PIVOT + 1900 <= year <= _LAST_OLD_YEAR and int(serial) < _OLD_SERIAL_LIMIT:
        readings += _application("cn-application-1985", f"{year % 100:02}1{int(serial):05}", "1", year, None, None)
    if year >= _LAST_OLD_YEAR:
        readings += _application("cn-application-2003", f"{year}1{serial}", "1", year, None, None)
    return readings


def _application(
    scheme: str, body: str, type_digit: str, year: int, given: str | None, kind: str | None
) -> list[PatentNumber]:
    patent_type = _TYPES[type_digit]
    if kind is not None and kind != _APPLICATION_KIND[patent_type]:
        return []
    check = _CHECKS[given][_remainder(body)]
    return [PatentNumber("CN", _APPLICATION, scheme, body, None, patent_type, year, check)]


def _publications(digits: str, *, named: bool) -> list[PatentNumber]:
    form, parts = _PUBLICATION_FORM(digits), _KIND_FORM(digits)
    if form is None or parts is None:
        return []
    first, (serial, kind) = form[1], parts.groups()
    if kind is not None and kind not in _KINDS[first]:
        return []
    year = None
    if len(serial) == len("110083831") and serial[0] == first:
        scheme = "cn-publication-2007"
    elif len(serial) == len("1073000") and named:
        scheme = "cn-publication-1989"
    elif len(serial) == len("85100312") and serial[0] == "8":
        scheme, year = "cn-publication-1985", 1900 + int(serial[:2])
    else:
        return []
    return [PatentNumber("CN", _PUBLICATION, scheme, serial, kind, _TYPES[first], year)]


def cn_kind_stage(number: PatentNumber) -> str | None:
    """What the kind code of a Chinese publication says, by the period of its number (C, Y and D changed in 2010).

    ``published`` application · ``announced`` for opposition (1985-92: B, U, S) · ``granted`` · ``partly_invalidated``
    · ``corrected``; None without a kind code or for other offices. Source: ZC 0008-2012 and its earlier practice.
    """
    kind = number.kind
    if number.office != "CN" or kind is None:
        return None
    if kind[1:] in {"8", "9"}:
        return "corrected"
    if kind[1:]:
        return "partly_invalidated"
    if kind == "A":
        return "published"
    if kind in {"B", "U", "S"} and number.scheme != "cn-publication-2007":
        return "announced"
    return "granted"
