"""Patent numbers in a chosen spelling, for lists that go into another system."""

from __future__ import annotations

from enum import StrEnum

from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.exporting import columns
from qiantang.scenarios.query.methods.exporting.columns import Row

NEEDS = ("patent_id", "publications", "application_number", "office", "grant_date")


class Spelling(StrEnum):
    """How a number is written.

    PUBLICATION   publication number with kind code: CN107000001B
    PLAIN         publication number without it: CN107000001
    APPLICATION   application number with check digit: CN201710601862.3
    DIGITS        the same without office and point, as Chinese forms ask for it: 2017106018623
    PATENT        number of a granted Chinese patent: ZL201710601862.3
    IDENTITY      the identity of the patent on this platform: CN201710601862
    """

    PUBLICATION = "publication"
    PLAIN = "plain"
    APPLICATION = "application"
    DIGITS = "digits"
    PATENT = "patent"
    IDENTITY = "identity"


def spelled(row: Row, spelling: Spelling) -> str | None:
    """The number of a row; None where it has none of that kind."""
    match spelling:
        case Spelling.IDENTITY:
            return str(row["patent_id"])
        case Spelling.PUBLICATION:
            return columns.number(row)
        case Spelling.PLAIN:
            newest = columns.newest_publication(row)
            return str(newest["number"]) if newest else None
        case Spelling.APPLICATION:
            return _application(row)
        case Spelling.DIGITS:
            written = _application(row)
            return written.removeprefix(str(row["office"])).replace(".", "") if written else None
        case Spelling.PATENT:
            written = _application(row) if row["office"] == "CN" and row["grant_date"] else None
            return f"ZL{written.removeprefix('CN')}" if written else None


def _application(row: Row) -> str | None:
    """With its check digit where the office has one."""
    told = row["application_number"]
    if told is None:
        return None
    try:
        return numbers.parse(told).canonical
    except Invalid:
        return str(told)


def number_line(row: Row, spelling: Spelling) -> tuple[str, bool]:
    """The line of a row, and whether another number had to stand in: no hit is left out of a list."""
    wanted = spelled(row, spelling)
    if wanted is not None:
        return wanted, False
    return columns.number(row) or _application(row) or str(row["patent_id"]), True
