"""German file numbers, which the office also prints on its publications: since 2004, 1995-2003 and before.

Rights in the leading digits: announcement of the German office of 27 May 2003 (10, 11, 12, 20, 21, 22, 40, 50, 60).
"""

from __future__ import annotations

import re
from typing import Final

from qiantang.kernel.numbers.model import CheckDigit, NumberRole, PatentNumber, PatentType

# P (patent), G (utility model) and M (design) stood before the file number until 1994.
_PARTS: Final = re.compile(r"([PGM]?)0*([1-9][0-9]{0,11})([A-DRSTU][1-9]?)?").fullmatch
_CHECKED: Final = re.compile(r"([PGM]?)([0-9./-]+)\.([0-9])").fullmatch
_SINCE_2004: Final = re.compile(r"(10|11|12|20|21|22|40|50|60)(20[0-9]{2})[0-9]{6}").fullmatch
_SINCE_1995: Final = re.compile(r"(?:([124])(9[5-9]|0[0-4])|([56])(7[89]|[89][0-9]|0[0-4]))[0-9]{5}").fullmatch
# EPODOC puts the year before the right and pads the serial to six digits: 2007 10 043574, 1999 6 002347.
_EPODOC: Final = re.compile(
    r"(20(?:0[4-9]|1[0-9]))(1[0-2]|2[0-2]|40|50|60)([0-9]{6})[ATU]?|(199[5-9]|200[0-4])([1245-6])0([0-9]{5})[ATU]?"
).fullmatch

_TYPES: Final[dict[str, PatentType | None]] = {
    "10": "invention",
    "11": "invention",
    "12": None,
    "20": "utility_model",
    "21": "utility_model",
    "22": None,
    "40": "design",
    "50": "invention",
    "60": "invention",
    "1": "invention",
    "2": "utility_model",
    "4": "design",
    "5": "invention",
    "6": "invention",
}
_KIND_OF_LETTER: Final = {"": None, "P": "A", "G": "U", "M": "S"}
_PERIOD_OF_KIND: Final = {"U": "utility-model", "S": "design"}
_OLD_TYPES: Final[dict[str, PatentType]] = {"utility-model": "utility_model", "design": "design", "1877": "invention"}
_OLD_FILE_LENGTH: Final = 7
_SHORTEST_WITHOUT_KIND: Final = 6
_CENTURY_PIVOT: Final = 70


def read(body: str) -> tuple[PatentNumber, ...]:
    """All readings of a folded text without its DE."""
    if (found := _CHECKED(body)) and (readings := _checked(found[1], re.sub(r"[-./]", "", found[2]), found[3])):
        return readings
    digits = re.sub(r"[-./]", "", body)
    if found := _EPODOC(digits):
        serial = found[2] + found[1] + found[3] if found[1] else found[5] + found[4][2:] + found[6]
        if not (_SINCE_2004(digits) or _SINCE_1995(digits)):
            return _both(serial, None)[1:]
    parts = _PARTS(digits)
    if parts is None:
        return ()
    letter, serial, kind = parts.groups()
    if kind is None and len(serial) < _SHORTEST_WITHOUT_KIND:
        return ()
    readings = _both(serial, kind or _KIND_OF_LETTER[letter])
    if letter and kind is None:
        return readings[1:]
    # Bare digits are a file number first; what has a kind code, or is too old to tell, is a document first.
    return readings if kind is not None or len(serial) <= _OLD_FILE_LENGTH else readings[::-1]


def _checked(letter: str, serial: str, given: str) -> tuple[PatentNumber, ...]:
    if serial.startswith("0"):
        return ()
    check = CheckDigit(given, None, None)
    return tuple(number._replace(check_digit=check) for number in _both(serial, _KIND_OF_LETTER[letter])[1:])


def _both(serial: str, kind: str | None) -> tuple[PatentNumber, ...]:
    """Publication and application: one number serves for both, save that the oldest patents had numbers of their own."""
    year: int | None = None
    patent_type: PatentType | None
    if found := _SINCE_2004(serial):
        period, patent_type, year = "2004", _TYPES[found[1]], int(found[2])
    elif found := _SINCE_1995(serial):
        short_year = int(found[2] or found[4])
        period, patent_type = "1995", _TYPES[found[1] or found[3]]
        year = short_year + (1900 if short_year >= _CENTURY_PIVOT else 2000)
    elif kind is not None and kind[0] == "T" and len(serial) <= _OLD_FILE_LENGTH:
        # A European patent translated: the number is the European one, not one of the German office.
        scheme = "de-publication-translation"
        return (PatentNumber("DE", NumberRole.PUBLICATION, scheme, serial, kind, "invention"),)
    elif len(serial) <= _OLD_FILE_LENGTH:
        period = _PERIOD_OF_KIND.get(kind[0], "1877") if kind is not None else "1877"
        patent_type = _OLD_TYPES[period] if kind is not None else None
    else:
        return ()
    document = PatentNumber("DE", NumberRole.PUBLICATION, f"de-publication-{period}", serial, kind, patent_type, year)
    if len(serial) < _OLD_FILE_LENGTH:
        return (document,)
    scheme = f"de-application-{period}"
    return (document, PatentNumber("DE", NumberRole.APPLICATION, scheme, serial, None, patent_type, year))
