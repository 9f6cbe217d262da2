"""Korean numbers: right (10 patent, 20 utility model, 30 design), year and serial, or right and registration."""

from __future__ import annotations

import re
from typing import Final

from qiantang.kernel.numbers.model import NumberRole, PatentNumber, PatentType

_LONG: Final = re.compile(r"(10|20|30)((?:19|20)[0-9]{2})([0-9]{7})([AUS])?").fullmatch
# DOCDB leaves the right out; its kind code tells it.
_DOCDB: Final = re.compile(r"()((?:19|20)[0-9]{2})([0-9]{7})([AU])?").fullmatch
_REGISTRATION: Final = re.compile(r"(10|20|30)([0-9]{7})([BYS][1-9]?)?").fullmatch
# Some exports leave the right out of old registrations too.
_BARE_REGISTRATION: Final = re.compile(r"([0-9]{7})([BY][1-9]?)").fullmatch
# Examined publications until 1998: year of publication and serial; only the kind tells patent from utility model.
_EXAMINED: Final = re.compile(r"([5-9][0-9][0-9]{7})([BY][1-9])").fullmatch
_OWN: Final = re.compile(r"[123]0-(?:[0-9]{4}-)?[0-9]{7}[-.]?(?:[A-Z][0-9]?)?").fullmatch

_TYPES: Final[dict[str, PatentType]] = {"10": "invention", "20": "utility_model", "30": "design"}
_LETTERS: Final = {"10": "AB", "20": "UY", "30": "S"}
_RIGHT_OF_KIND: Final = {None: "10", "A": "10", "U": "20"}


def read(body: str) -> tuple[PatentNumber, ...]:
    """All readings of a folded text without its KR; a number with a year may be an application or a publication."""
    digits = re.sub(r"[-./]", "", body)
    if found := _LONG(digits) or _DOCDB(digits):
        kind = found[4]
        right = found[1] or _RIGHT_OF_KIND[kind]
        if kind is not None and kind not in _LETTERS[right]:
            return ()
        serial, patent_type = right + found[2] + found[3], _TYPES[right]
        readings = (
            PatentNumber("KR", NumberRole.PUBLICATION, "kr-publication", serial, kind, patent_type),
            PatentNumber("KR", NumberRole.APPLICATION, "kr-application", serial, None, patent_type, int(found[2])),
        )
        # The office's own spelling with hyphens and no kind is how applications are written.
        return readings[::-1] if kind is None and "-" in body else readings
    if found := _EXAMINED(digits):
        return (_examined(found[1], found[2]),)
    if found := _BARE_REGISTRATION(digits):
        digits = ("10" if found[2][0] == "B" else "20") + digits
    found = _REGISTRATION(digits)
    if found is None or (found[3] is not None and found[3][0] not in _LETTERS[found[1]]):
        return ()
    return (
        PatentNumber("KR", NumberRole.PUBLICATION, "kr-registration", found[1] + found[2], found[3], _TYPES[found[1]]),
    )


def _examined(serial: str, kind: str) -> PatentNumber:
    if kind[0] == "Y":
        scheme = "kr-utility-model-examined"
        return PatentNumber("KR", NumberRole.PUBLICATION, scheme, serial, kind, "utility_model")
    return PatentNumber("KR", NumberRole.PUBLICATION, "kr-examined", serial, kind, "invention")


def read_own(body: str) -> tuple[PatentNumber, ...]:
    """Readings of a text that shows by itself to be Korean: ``10-2019-0012345``, ``20-0412345 Y1``."""
    return read(body) if _OWN(body) else ()
