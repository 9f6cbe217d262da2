"""Japanese numbers: Gregorian years since 2000, era years (Showa, Heisei) before, seven-digit registrations."""

from __future__ import annotations

import re
from typing import Final

from qiantang.kernel.numbers.model import NumberRole, PatentNumber, PatentType

# Simplified and traditional forms which Chinese readers type for the Japanese characters.
_CHARACTERS: Final = str.maketrans(
    {"开": "開", "愿": "願", "实": "実", "實": "実", "许": "許", "號": "号", "录": "録", "报": "報"}
)
_ERA_WORDS: Final = (("平成", "H"), ("昭和", "S"), ("平", "H"), ("昭", "S"))

_WORDS: Final[dict[str, str]] = {
    "特願": "jp-application",
    "実願": "jp-application-utility-model",
    "意願": "jp-application-design",
    "特開": "jp-unexamined",
    "特表": "jp-unexamined",
    "特公": "jp-examined",
    "実開": "jp-utility-model-unexamined",
    "実表": "jp-utility-model-unexamined",
    "実公": "jp-utility-model-examined",
    "特許": "jp-patent",
    "実用新案登録": "jp-utility-model",
    "登録実用新案": "jp-utility-model",
    "実登": "jp-utility-model",
    "登実": "jp-utility-model",
    "意匠登録": "jp-design",
}
_REGISTRATIONS: Final = frozenset({"jp-patent", "jp-utility-model", "jp-design"})
_KIND_LETTERS: Final = {
    "jp-unexamined": "A",
    "jp-examined": "B",
    "jp-utility-model-unexamined": "U",
    "jp-utility-model-examined": "Y",
    "jp-patent": "BC",
    "jp-utility-model": "UY",
    "jp-design": "S",
}

_WORDED: Final = re.compile(
    rf"({'|'.join(_WORDS)})(?:公報)?第?(.+?)(?:号(?:公報)?)?([ABCSUY][1-9]?)?(?:P[0-9]{{4}}-[0-9]+[A-Z]?)?"
).fullmatch
_YEARED: Final = re.compile(
    r"((?:19|20)[0-9]{2})(?:[-/.]([0-9]{1,6})|([0-9]{6}))"
    r"|([HS])(?:([0-9]{1,2})[-/.]([0-9]{1,6})|([0-9]{2})([0-9]{1,6}))"
).fullmatch
_REPUBLISHED: Final = re.compile(r"(?:再(?:公)?表|WO)((?:19|20)[0-9]{2})[-/.]?([0-9]{6})(?:-?(A[1-9]?))?").fullmatch
_KIND_AT_END: Final = re.compile(r"(.+?)[-/.]?([ABCSUY][1-9]?)?").fullmatch
_REGISTRATION: Final = re.compile(r"0{0,2}([1-9][0-9]{4,6})").fullmatch
# EPODOC: four-digit year, serial padded to seven digits; T where the application is an international one.
_EPODOC_APPLICATION: Final = re.compile(r"((?:19|20)[0-9]{2})0([0-9]{6})([ATU])?").fullmatch
_OWN: Final = re.compile(r"[HS][0-9]{1,2}-[0-9]{1,6}|[特実意登再平昭].*").fullmatch

_ERA_STARTS: Final = {"S": 1925, "H": 1988}
_ERA_LENGTHS: Final = {"S": 64, "H": 31}
_GREGORIAN_SINCE: Final = 2000
_DOUBLE_YEAR: Final = 1989  # Showa 64 until 7 January, Heisei 1 after
_UTILITY_MODEL_NUMBERS: Final = range(2_500_001, 4_000_000)


def read(body: str) -> tuple[PatentNumber, ...]:
    """All readings of a folded text without its JP."""
    text = body.translate(_CHARACTERS)
    if found := _REPUBLISHED(text):
        serial = f"WO{found[1]}{found[2]}"
        return (PatentNumber("JP", NumberRole.PUBLICATION, "jp-republication", serial, found[3], "invention"),)
    if found := _WORDED(text):
        return _worded(_WORDS[found[1]], found[2], found[3])
    if found := _EPODOC_APPLICATION(text):
        scheme = "jp-application-utility-model" if found[3] == "U" else "jp-application"
        dated = _gregorian(int(found[1]), int(found[2])) if int(found[2]) else ()
        readings = [_number(scheme, serial, None, year) for year, serial in dated]
        return tuple(number for number in readings if number is not None)
    # EPODOC has T for the translation of an international application, which the office and DOCDB count among its A.
    found = _KIND_AT_END(re.sub(r"(?<=[0-9])T[1-9]?$", "A", text))
    return _plain(found[1], found[2]) if found else ()


def read_own(body: str) -> tuple[PatentNumber, ...]:
    """Readings of a text that shows by itself to be Japanese: a Japanese word or an era year."""
    return read(body) if _OWN(body.translate(_CHARACTERS)) else ()


def _worded(scheme: str, number: str, kind: str | None) -> tuple[PatentNumber, ...]:
    if scheme in _REGISTRATIONS:
        serials = _registrations(number)
        years: tuple[int | None, ...] = (None,) * len(serials)
    else:
        dated = _dated(number)
        serials, years = tuple(serial for _, serial in dated), tuple(year for year, _ in dated)
    if scheme == "jp-unexamined":
        kind = kind or "A"
    readings = (_number(scheme, serial, kind, year) for serial, year in zip(serials, years, strict=True))
    return tuple(number for number in readings if number is not None)


def _plain(number: str, kind: str | None) -> tuple[PatentNumber, ...]:
    letter = (kind or " ")[0]
    readings: list[PatentNumber | None] = []
    for serial in _registrations(number):
        if letter in " BC":
            readings.append(_number("jp-patent", serial, kind, None))
        if letter in "UY" or (kind is None and int(serial) in _UTILITY_MODEL_NUMBERS):
            readings.append(_number("jp-utility-model", serial, kind, None))
        if letter == "S":
            readings.append(_number("jp-design", serial, kind, None))
    dated = _dated(number)
    schemes = {
        " ": ("jp-unexamined",),
        "A": ("jp-unexamined",),
        "B": ("jp-examined",),
        "U": ("jp-utility-model-unexamined",),
        "Y": ("jp-utility-model-examined",),
    }.get(letter, ())
    readings += [_number(scheme, serial, kind, None) for scheme in schemes for _, serial in dated]
    # DOCDB gives applications the kinds A and U, so these may be applications just as well.
    application = {None: "jp-application", "A": "jp-application", "U": "jp-application-utility-model"}.get(kind)
    if application is not None:
        readings += [_number(application, serial, None, year) for year, serial in dated]
    return tuple(number for number in readings if number is not None)


def _number(scheme: str, serial: str, kind: str | None, year: int | None) -> PatentNumber | None:
    patent_type: PatentType = "invention"
    if "utility-model" in scheme:
        patent_type = "utility_model"
    elif "design" in scheme:
        patent_type = "design"
    if scheme.startswith("jp-application"):
        return PatentNumber("JP", NumberRole.APPLICATION, scheme, serial, None, patent_type, year)
    if kind is not None and kind[0] not in _KIND_LETTERS[scheme]:
        return None
    if scheme == "jp-examined" and serial[0] not in "HS":
        return None  # examined publications ended in 1996
    return PatentNumber("JP", NumberRole.PUBLICATION, scheme, serial, kind, patent_type)


def _registrations(number: str) -> tuple[str, ...]:
    found = _REGISTRATION(re.sub(r"[-./]", "", number)) if not number.startswith(("H", "S")) else None
    return (found[1],) if found else ()


def _dated(number: str) -> tuple[tuple[int, str], ...]:
    """(filing year, canonical serial) of a number with a year; two for 1989, which has two era years."""
    for word, letter in _ERA_WORDS:
        number = number.replace(word, letter, 1)
    found = _YEARED(number)
    if found is None:
        return ()
    era = found[4]
    serial = int(found[2] or found[3] or found[6] or found[8])
    if serial == 0:
        return ()
    if era is None:
        return _gregorian(int(found[1]), serial)
    era_year = int(found[5] or found[7])
    if not 1 <= era_year <= _ERA_LENGTHS[era]:
        return ()
    year = _ERA_STARTS[era] + era_year
    return ((year, _spell(era, year, serial)),)


def _gregorian(year: int, serial: int) -> tuple[tuple[int, str], ...]:
    if year == _DOUBLE_YEAR:
        return tuple((year, _spell(era, year, serial)) for era in "HS")
    if year <= _ERA_STARTS["S"]:
        return ()
    return ((year, _spell("H" if year > _DOUBLE_YEAR else "S", year, serial)),)


def _spell(era: str, year: int, serial: int) -> str:
    if year >= _GREGORIAN_SINCE:
        return f"{year}{serial:06}"
    return f"{era}{year - _ERA_STARTS[era]:02}{serial}"
