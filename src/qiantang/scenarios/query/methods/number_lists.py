"""A list of numbers as people have them, line by line: what each is, and which patent it names.

Text is taken apart only where a line is no number by itself: numbers have blanks, commas and points in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.types import ListLine, ListVerdict

_SPLITS = tuple(re.compile(one) for one in (r"[;；、|]", r"[,，]", r"\s+"))
_POINTS = " ,，;；、"
_LOOKED_AT = 300  # rows by which the column of the numbers is told
_LONGEST = 200  # characters kept of a line
Cell = object


class Entry(NamedTuple):
    """One number as given, and the line it stands on, from 1."""

    line: int
    given: str


class _Read(NamedTuple):
    """What an entry is before the register is asked: its keys, the likeliest first; or why it has none."""

    entry: Entry
    keys: tuple[str, ...]
    verdict: ListVerdict | None
    detail: str


Lookup = Callable[[Collection[str]], Mapping[str, str]]


def entries_of_text(text: str) -> Iterator[Entry]:
    """The numbers of a text, a line each or several; empty lines are none, nor are remarks: lines that begin with ``#``,
    as our own exports write above the numbers. Columns are told by tabs.
    """
    lines = ["" if line.lstrip("\ufeff ").startswith("#") else line for line in text.splitlines()]
    filled = [line for line in lines if line.strip()]
    if filled and sum("\t" in line for line in filled) * 2 > len(filled):
        yield from entries_of_rows([line.split("\t") for line in lines])
        return
    for number, line in enumerate(lines, 1):
        yield from (Entry(number, part) for part in _parts(line))


def _parts(line: str) -> list[str]:
    whole = line.strip().strip("\ufeff").strip()
    if not whole:
        return []
    if not _is_number(whole):
        for split in _SPLITS:
            parts = [part.strip(_POINTS) for part in split.split(whole) if part.strip(_POINTS)]
            if len(parts) > 1 and sum(map(_is_number, parts)) * 2 >= len(parts):
                return parts
    return [whole]


def _is_number(text: str) -> bool:
    return bool(numbers.candidates(text))


def entries_of_rows(rows: Sequence[Sequence[Cell]]) -> Iterator[Entry]:
    """The numbers of a table: those of the column that has most of them, without its heading."""
    place = _place_of_numbers(rows[:_LOOKED_AT])
    told = [(number, _text(row[place]) if place < len(row) else "") for number, row in enumerate(rows, 1)]
    filled = [Entry(number, text) for number, text in told if text]
    heads = len(filled) > 1 and not _is_number(filled[0].given) and _is_number(filled[1].given)
    yield from filled[1:] if heads else filled


def _place_of_numbers(rows: Sequence[Sequence[Cell]]) -> int:
    width = max((len(row) for row in rows), default=0)
    counted = [sum(_is_number(_text(row[place])) for row in rows if place < len(row)) for place in range(width)]
    return counted.index(max(counted)) if counted else 0


def _text(cell: Cell) -> str:
    """A cell as it was written: a whole number that a workbook keeps as a fraction has no point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if cell is None or isinstance(cell, date | bool):
        return "" if cell is None else str(cell)
    return str(cell).strip().strip("\ufeff").strip()


def report(entries: Iterable[Entry], look_up: Lookup) -> list[ListLine]:
    """What each entry is, in their order; every entry has one verdict, so the counts add up.

    look_up     identity keys -> ids of the patents on record that have them, all at once
    """
    read = [_read(one) for one in entries]
    known = look_up({key for one in read for key in one.keys})
    first: dict[str, int] = {}
    return [_line(one, known, first) for one in read]


def _read(entry: Entry) -> _Read:
    readings = numbers.candidates(entry.given)
    as_id = f"id:{entry.given}"
    if not readings:
        if "-P" in entry.given[:5]:
            return _Read(entry, (as_id,), None, "")
        return _Read(entry, (), ListVerdict.UNREADABLE, _why(entry.given))
    sound = [one for one in readings if one.valid]
    if not sound:
        digit = readings[0].check_digit
        right = f"{readings[0].stem}.{digit.expected}" if digit and digit.expected else ""
        return _Read(entry, (), ListVerdict.CHECK_DIGIT, right)
    return _Read(entry, tuple(dict.fromkeys([as_id, *(one.key for one in sound)])), None, sound[0].canonical)


def _why(given: str) -> str:
    try:
        numbers.parse(given)
    except Invalid as error:
        return "damaged" if error.code == "number.damaged" else ""
    return ""


def _line(one: _Read, known: Mapping[str, str], first: dict[str, int]) -> ListLine:
    line, given = one.entry.line, one.entry.given[:_LONGEST]
    if one.verdict is not None:
        return ListLine(line, given, one.verdict, one.detail, "")
    if one.keys[0] in known:  # an id is one patent, whatever else it may be read as
        found = [known[one.keys[0]]]
    else:
        found = list(dict.fromkeys(known[key] for key in one.keys if key in known))
    if len(found) > 1:
        return ListLine(line, given, ListVerdict.AMBIGUOUS, ", ".join(found), "")
    mark = found[0] if found else one.keys[:2][-1]  # A and B of one case have one key
    if mark in first:
        return ListLine(line, given, ListVerdict.DUPLICATE, str(first[mark]), found[0] if found else "")
    first[mark] = line
    if not found:
        return ListLine(line, given, ListVerdict.UNKNOWN, one.detail, "")
    return ListLine(line, given, ListVerdict.FOUND, one.detail, found[0])
