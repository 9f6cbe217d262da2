"""What all documents of the USPTO share, whatever their form: numbers, names, classes, texts, and what is noted of them.

Days whose day or month is ``00`` are common in citations (a month, a year): they are not known as days, and nothing is wrong.
The national classification (USPC) is left out, because the register knows IPC, CPC and Locarno.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.days import DayRefused, parse_day
from qiantang.corpus.ingest.methods.trees import Wording, closed_up
from qiantang.corpus.register.types import Citation, Classification, Party, Priority, Publication, Text
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.kernel.numbers import PatentNumber

LINE, GAP = "\x1e", "\x1f"  # no XML document can hold these characters
_LINES = Wording(line=LINE, gap=GAP)
_CLAIM_NUMBER = re.compile(r"(\d{1,4})[^\S\n]*[.)][^\S\n]*")  # in one line
_COUNTRY = re.compile(r"[A-Z]{2}")
_PART_OF_A_DAY = re.compile(r"\d{4}(?:00\d\d|\d\d00)")
_OLD_IPC = re.compile(r"([A-H]\d\d[A-Z])(.{3})(\d{2,})")
_SHORT_OLD_IPC = re.compile(r"([A-H]\d\d[A-Z])\s*(\d{1,2})(\d\d)")
_GRANTED = frozenset({"A", "B1", "B2"})
_SERIES_IN_NUMBER = 8
_ORIGINS = {"cited by examiner": "examiner", "cited by applicant": "applicant"}
_TYPES = {"utility": "invention", "design": "design", "plant": "plant"}


class Address(NamedTuple):
    country: str | None = None
    text: str | None = None
    postcode: str | None = None


class Values:
    """The values of one document, and the notes on what is left out of it."""

    def __init__(self, numbers: NumberMemory, cells: Cells) -> None:
        self.notes: list[str] = []
        self._numbers = numbers
        self._cells = cells

    def note(self, code: str) -> None:
        if code not in self.notes:
            self.notes.append(code)

    def closed(self, told: tuple[str, bool]) -> str:
        """A text whose lines are closed up, as ``Node.closed`` tells it."""
        text, has_gap = told
        if has_gap:
            self.note("formula_left_out")
        return text

    # --- numbers and days -------------------------------------------------------------------------------------------------

    def publication(self, text: str | None, kind: str | None, day: date | None) -> tuple[Publication, PatentNumber]:
        """Errors  ``CellRefused`` number_missing · number_unrecognised"""
        if text is None:
            raise CellRefused("publication_number", "number_missing")
        number = self._cells.publication(f"US{text.removeprefix('US')}{kind or ''}")
        return Publication(number.stem, number.kind or kind, day), number

    def application(self, text: str | None, series: str | None = None) -> str | None:
        """The canonical number; ``series`` where the office gives it apart from a serial of six digits."""
        if text is None:
            return None
        if series and text.isdecimal() and len(text) < _SERIES_IN_NUMBER:
            text = series.zfill(2) + text.zfill(6)
        number = self._cells.application(text, self.notes)
        return number.canonical if number else None

    def day(self, text: str | None, field: str) -> date | None:
        """Errors  ``CellRefused`` date_impossible · date_unrecognised"""
        return None if text is None else self._cells.day(text, field)

    def loose_day(self, text: str | None) -> date | None:
        """A day of something else than this document; one that cannot be is left out and noted."""
        if text is None or (text.endswith("00") and _PART_OF_A_DAY.match(text)):
            return None
        try:
            return parse_day(text)
        except DayRefused:
            self.note("date_damaged")
            return None

    def priority(self, number: str | None, country: str | None, day: str | None) -> Iterable[Priority]:
        """A claim as printed; the country of an international application is WO, whoever received it."""
        if number is not None:
            where = "WO" if number.startswith("PCT") else self.country(country)
            yield Priority(number, where, self.loose_day(day))

    def cited(
        self, country: str | None, number: str | None, kind: str | None, day: str | None, origin: str | None
    ) -> Citation:
        """A cited document; a number that no rule reads is kept as text."""
        if country == "US" and kind in _GRANTED and number and _is_plain(number):
            # Most of all that is cited, and its own canonical spelling.
            return Citation(f"US{number}", origin, None, self.loose_day(day), None)
        office = self.country(country)
        whole = f"{office or ''}{number or ''}{kind or ''}"
        try:
            stem = self._numbers.publication(whole.replace(" ", "")).stem
        except Invalid:
            whole = " ".join(part for part in (country, number, kind) if part)
            return Citation(None, origin, None, self.loose_day(day), whole)
        return Citation(stem, origin, None, self.loose_day(day), None)

    # --- people ------------------------------------------------------------------------------------------------------------

    @staticmethod
    def country(text: str | None) -> str | None:
        """A code of ST.3; the office also writes ``unknown`` and ``omitted``."""
        return text if text and _COUNTRY.fullmatch(text) else None

    def address(self, parts: Iterable[str | None], country: str | None, postcode: str | None = None) -> Address:
        found = self.country(country)
        text = ", ".join(part for part in parts if part)
        return Address(found, text or None, postcode)

    # --- classes -----------------------------------------------------------------------------------------------------------

    def classify(self, found: list[Classification], scheme: str, text: str | None, edition: str | None = None) -> None:
        """One symbol behind those found before; the first of its scheme is the main one."""
        if text is None:
            return
        edition = edition.lstrip("0") or None if edition else None
        if scheme == "locarno" and text.isdecimal():
            text = f"{text[:2]}-{text[2:]}"
        for _, symbol, own_edition, _ in self._cells.classes(text, scheme, self.notes):
            first = True
            for other in found:
                if other[0] == scheme:
                    if other[1] == symbol:
                        break
                    first = False
            else:
                found.append(Classification(scheme, symbol, own_edition or edition, first))


def _is_plain(number: str) -> bool:
    """Seven or eight digits of ASCII, the first no zero."""
    return 7 <= len(number) <= 8 and number.isdecimal() and number.isascii() and number[0] != "0"  # noqa: PLR2004 - the docstring says it


def origin_of(category: str | None) -> str | None:
    if category is None:
        return None
    return _ORIGINS.get(category) or _ORIGINS.get(" ".join(category.lower().split()), "other")


def type_of(number: PatentNumber, application_type: str | None) -> str | None:
    return number.type or _TYPES.get(application_type or "")


def old_ipc(text: str | None) -> str | None:
    """``B32B  302`` of the years before 2006: main group in three places, then the subgroup, without a stroke."""
    if text is None:
        return None
    wide = _OLD_IPC.fullmatch(text)
    if wide and wide[2].strip().isdecimal() and wide[2] == wide[2].strip().rjust(3):
        return f"{wide[1]}{wide[2].strip()}/{wide[3]}"
    short = _SHORT_OLD_IPC.fullmatch(text)  # blanks of a file that was laid out anew are lost
    return f"{short[1]}{short[2]}/{short[3]}" if short else text


def named(names: Iterable[tuple[str, Address]], role: str) -> list[Party]:
    known = list(dict.fromkeys(names))
    return [Party(role, place, name, *where) for place, (name, where) in enumerate(known, 1)]


def person(*parts: str | None) -> str | None:
    """A name in the order in which it is printed."""
    return " ".join(part for part in parts if part) or None


def lines(said: str, values: Values) -> list[str]:
    """The lines of a text that was put together with ``LINE`` and ``GAP``."""
    text = values.closed(closed_up(said, _LINES))
    return text.split("\n") if text else []


def claim(number: int, said: str) -> str:
    """``1. `` and the claim, a line for each of its parts; the number printed in the text is not said twice."""
    printed = _CLAIM_NUMBER.match(said)
    if printed and int(printed[1]) == number:
        said = said[printed.end() :]
    return f"{number}. {said}"


def texts(**parts: str | None) -> list[Text]:
    return [Text(part, "en", said) for part, said in parts.items() if said]
