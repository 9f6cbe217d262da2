"""What a mapped cell says of other things: priorities, citations, legal events."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.days import DayRefused, parse_day_as
from qiantang.corpus.register.types import Citation, Event, Priority
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from collections.abc import Sequence

    from qiantang.corpus.ingest.methods.identity import NumberMemory

_COUNTRY = re.compile(r"[A-Z]{2}")
_KIND_BEHIND = re.compile(r"\s*\([A-Z][0-9]?\)$")
_TIME_OF_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:.]+Z?")
# The gazette in which an event of these offices stands dates it; elsewhere the date is the event's own.
_DATED_BY_GAZETTE = frozenset({"CN"})


def _day(text: str, forms: tuple[str, ...]) -> date | None:
    """A day where the text is one."""
    text = _TIME_OF_DAY.sub(r"\1", text)
    for tried in ((), forms) if forms else ((),):
        try:
            return parse_day_as(text, tried)
        except DayRefused:
            continue
    return None


def priority(text: str, forms: tuple[str, ...]) -> Priority | None:
    """One priority claim: the parts of the text that read as a day and as a country, the rest being the number.

    ``FR 0950012 A 20090105`` · ``60/225,166 14.08.2000 US`` · ``KR20130006425U``. None where there is no number.
    """
    words = text.strip("[] ").split()
    if len(words) == 1 and not words[0].isdigit() and _day(words[0], forms):
        return None
    # A number may look like a day (20010112), but then it stands first.
    dated = next((word for word in reversed(words[1:]) if _day(word, forms)), None)
    day = _day(dated, forms) if dated else None
    if dated:
        words.remove(dated)
    country = None
    if len(words) > 1 and _COUNTRY.fullmatch(words[-1]):
        country = words.pop()
    number = " ".join(words)
    if country is None and _COUNTRY.match(number):
        country = number[:2]
    return Priority(number, country, day) if any(map(str.isdigit, number)) else None


def citation(text: str, origin: str | None, memory: NumberMemory) -> Citation:
    """A cited patent by its canonical number without kind; one that cannot be read is kept as text.

    The kind may stand twice, the second time in brackets: ``KR20119903040U (U)``.
    """
    for spelled in (text, _KIND_BEHIND.sub("", text)):
        try:
            return Citation(memory.publication(spelled).stem, origin)
        except Invalid:
            continue
    return Citation(None, origin, text=text)


def events(parts: Sequence[str], office: str, codes: Table[str, str], forms: tuple[str, ...]) -> list[Event]:
    """Legal events from parts that are in turn a day, words (``+`` and ``-`` for their effect before them), and a country.

    Words without a known code keep an empty one. An event in another country than the patent's has it in its text.
    """
    found: list[Event] = []
    day: date | None = None
    words, country = "", office
    for part in (*parts, ""):
        read = _day(part, forms) if part else None
        if _COUNTRY.fullmatch(part):
            country = part
        elif (read or not part) and words:
            found.append(_event(words, country, office, codes, day))
            day, words, country = read, "", office
        elif read:
            day = read
        else:
            words = f"{words} {part}".strip()
    return found


def _event(words: str, country: str, office: str, codes: Table[str, str], day: date | None) -> Event:
    if country != office:
        return Event("", day, text=f"{country}: {words}")
    code = codes.get(words.lstrip("+-").strip(), "")
    return Event(code, None, day, words) if office in _DATED_BY_GAZETTE else Event(code, day, None, words)
