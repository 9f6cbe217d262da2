"""European numbers: applications with two-digit year and check digit, seven-digit publications."""

from __future__ import annotations

import re
from typing import Final

from qiantang.kernel.numbers.model import CheckDigit, NumberRole, PatentNumber

_PUBLICATION: Final = re.compile(r"([0-9]{1,7})([AB][1-9]?)?").fullmatch
_APPLICATION: Final = re.compile(r"([0-9]{2})([0-9]{6})([0-9])?A?").fullmatch
# EPODOC: four-digit year, serial padded to seven digits; vendors also leave the padding out.
_EPODOC_APPLICATION: Final = re.compile(r"(19[7-9][0-9]|20[0-7][0-9])0?([0-9]{6})").fullmatch

_FIRST_YEAR: Final = 78
_SHORTEST_WITHOUT_KIND: Final = 6


def read(body: str) -> tuple[PatentNumber, ...]:
    """All readings of a folded text without its EP."""
    digits = re.sub(r"[-./]", "", body)
    if found := _EPODOC_APPLICATION(digits):
        return (_application(found[1][2:], found[2], None),)
    if found := _APPLICATION(digits):
        return (_application(found[1], found[2], found[3]),)
    found = _PUBLICATION(digits)
    if found is None or int(found[1]) == 0 or (found[2] is None and len(found[1]) < _SHORTEST_WITHOUT_KIND):
        return ()
    return (PatentNumber("EP", NumberRole.PUBLICATION, "ep-publication", found[1].zfill(7), found[2], "invention"),)


def _application(short_year: str, serial: str, given: str | None) -> PatentNumber:
    year = int(short_year) + (1900 if int(short_year) >= _FIRST_YEAR else 2000)
    check = CheckDigit(given, _check_digit(short_year + serial), None)
    return PatentNumber(
        "EP", NumberRole.APPLICATION, "ep-application", short_year + serial, None, "invention", year, check
    )


def _check_digit(body: str) -> str:
    """Weights 1, 2, 1, 2 … from the left, cross sums, up to the next ten: seen in real numbers, not yet in a rule text.

    So the digit completes the canonical spelling, but a different one given is not called wrong.
    """
    weighted = (int(digit) * (1 + place % 2) for place, digit in enumerate(body))
    return str(-sum(value // 10 + value % 10 for value in weighted) % 10)
