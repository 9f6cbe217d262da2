"""Cells of tables to values of the register: the words all table readers share, each spelling worked out once a file."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.days import DayRefused, parse_day_as
from qiantang.corpus.ingest.methods.shapes import is_withheld, name_parts
from qiantang.corpus.register.types import Classification, Party
from qiantang.kernel import classification
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.identity import NumberMemory
    from qiantang.kernel.numbers import PatentNumber

_REMEMBERED = 100_000
_POSTCODE = re.compile(r"(\d{6})\s*(?=\D|$)")
_SCHEMES = {
    "ipc": classification.Scheme.IPC,
    "cpc": classification.Scheme.CPC,
    "locarno": classification.Scheme.LOCARNO,
}
_ABSENT = frozenset({"", "-", "--", "0", "无"})


class CellRefused(ValueError):
    """A cell for which its row is refused: canonical field, code, facts."""

    def __init__(self, field: str, code: str, **facts: object) -> None:
        super().__init__(code)
        self.field = field
        self.code = code
        self.facts = facts


class Cells:
    """Reads the cells of one file. ``forms``: ``strptime`` forms of its dates; without, year first in any punctuation."""

    def __init__(self, memory: NumberMemory, *, office: str, forms: tuple[str, ...] = ()) -> None:
        self._memory = memory
        self._office = office
        self._forms = forms
        self._days: dict[str, date | None] = {}
        self._symbols: dict[str, dict[str, tuple[Classification, Classification] | None]] = {s: {} for s in _SCHEMES}

    def day(self, text: str, field: str) -> date | None:
        """Errors ``CellRefused`` date_impossible · date_unrecognised"""
        try:
            return self._days[text]
        except KeyError:
            pass
        try:
            found = parse_day_as(text, self._forms)
        except DayRefused as problem:
            raise CellRefused(field, problem.code, value=text) from None
        if len(self._days) >= _REMEMBERED:
            self._days.clear()
        self._days[text] = found
        return found

    def publication(self, text: str) -> PatentNumber:
        """Errors ``CellRefused`` number_unrecognised · number_damaged"""
        try:
            return self._memory.publication(text.strip(), self._office)
        except Invalid as problem:
            raise CellRefused("publication_number", _code(problem), value=text) from None

    def application(self, text: str, notes: list[str]) -> PatentNumber | None:
        """The number; absent: None; damaged or of no known form: None, and a note.

        errors  ``CellRefused`` check_digit_wrong
        """
        text = text.strip()
        if text in _ABSENT:
            return None
        try:
            number = self._memory.application(text, self._office)
        except Invalid as problem:
            notes.append(f"application_{_code(problem)}")
            return None
        check = number.check_digit
        if check is not None and check.valid is False:
            raise CellRefused(
                "application_number", "check_digit_wrong", given=check.given, expected=check.expected, number=text
            )
        return number

    def names(self, text: str) -> list[str]:
        return name_parts(text)

    def applicants(
        self, text: str, address: str | None, postcode: str | None, country: str | None = None
    ) -> list[Party]:
        """Applicants in order; address, postcode and country belong to the first."""
        names = name_parts(text)
        if not names:
            return []
        parties = [Party("applicant", 1, names[0], country, address, postcode)]
        if len(names) > 1:
            parties += [Party("applicant", position, name) for position, name in enumerate(names[1:], 2)]
        return parties

    def inventors(self, text: str, notes: list[str]) -> list[Party]:
        """Inventors in order; words which stand in for a name that was withheld are noted instead."""
        named = name_parts(text)
        if "不公" in text:
            open_ones = [name for name in named if not is_withheld(name)]
            if len(open_ones) < len(named):
                notes.append("inventor_withheld")
            named = open_ones
        return [Party("inventor", position, name) for position, name in enumerate(named, 1)]

    def address(self, text: str) -> tuple[str | None, str | None]:
        """Postcode and address, parted where they are glued together; six digits alone are a postcode."""
        text = text.strip()
        found = _POSTCODE.match(text)
        if found:
            return found[1], text[found.end() :].strip() or None
        return None, None if text in _ABSENT else text

    def classes(self, text: str, scheme: str, notes: list[str]) -> list[Classification]:
        """Symbols in order, the first marked; one that cannot be read is left out and noted."""
        known = self._symbols[scheme]
        if pair := known.get(text):  # one symbol, as most texts are
            return [pair[0]]
        found: list[Classification] = []
        for part in name_parts(text):
            pair = known.get(part) or self._symbol(scheme, part)
            if pair is None:
                if "classification_damaged" not in notes:
                    notes.append("classification_damaged")
                continue
            one = pair[bool(found)]
            if not found or all(one.symbol != other.symbol for other in found):
                found.append(one)
        return found

    def _symbol(self, scheme: str, text: str) -> tuple[Classification, Classification] | None:
        """A symbol as first and as further one."""
        try:
            spelled, edition = classification.spelled(text, _SCHEMES[scheme])
        except Invalid:
            pair = None
        else:
            pair = Classification(scheme, spelled, edition, first=True), Classification(scheme, spelled, edition)
        if len(self._symbols[scheme]) >= _REMEMBERED:
            self._symbols[scheme].clear()
        self._symbols[scheme][text] = pair
        return pair


def _code(problem: Invalid) -> str:
    """``number.damaged`` of the kernel is ``number_damaged`` among refusals."""
    return problem.code.replace(".", "_")
