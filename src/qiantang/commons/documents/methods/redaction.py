"""Public versions: what is left out, and the proof that it is gone.

Nothing is blackened. The text of the original is read, what was marked is cut out of it, and a new paper is set from the rest;
``leaks`` then takes that paper apart and looks for each text that was cut out.
"""

from __future__ import annotations

import io
import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from qiantang.kernel.errors import Invalid, Limited

_FILE: Final = Path(__file__).resolve().parent / "redaction.toml"
MOST_TEXT: Final = 400_000
LEAST_FOLDED: Final = 2  # a single sign would stand everywhere
LEAST_BARE: Final = 6  # shorter ASCII occurs in drawing orders and dates by chance: looked for in texts alone
_FOOT: Final = re.compile(r"\s*\d+ / \d+\s*\Z")
_ENDS: Final = ("。", "；", "：", ".", ";", ":", "!", "?", "！", "？")
_FULL_LINE: Final = 0.75
_FAULTS: Final = (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError, IndexError)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is left out: from a day on, after a source. ``verified`` False: to be confirmed."""

    code: str
    since: date
    zh: str
    en: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that has to go, wherever it stands, and why."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: page and paragraph, from 1."""

    page: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that goes, from ``start`` to before ``end`` of the whole text; ``codes``: why, in order."""

    start: int
    end: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marking:
    """What goes of a text. ``counts``: how often each wanted text stands there; overlapping ones go under one bar."""

    cuts: tuple[Cut, ...]
    counts: tuple[int, ...]
    places: tuple[Place, ...]

    @property
    def bars(self) -> dict[str, int]:
        """Label of a bar -> how many bars carry it."""
        found: dict[str, int] = {}
        for one in self.cuts:
            found[label_of(one.codes)] = found.get(label_of(one.codes), 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, or a bar with its label."""

    text: str = ""
    bar: str = ""


@dataclass(frozen=True, slots=True)
class Leak:
    """Text ``index`` of the removed ones still stands, at ``where`` of the paper."""

    index: int
    where: str


@cache
def _table() -> tuple[Reason, ...]:
    return tuple(Reason(**one) for one in tomllib.loads(_FILE.read_text(encoding="utf-8"))["reason"])


def reasons_on(day: date) -> tuple[Reason, ...]:
    """The reasons that hold on a day; of each code the last block that had begun."""
    held: dict[str, Reason] = {}
    for one in sorted(_table(), key=lambda reason: reason.since):
        if one.since <= day:
            held[one.code] = one
    return tuple(held[code] for code in dict.fromkeys(one.code for one in _table()) if code in held)


def label_of(codes: Sequence[str]) -> str:
    """What stands on a bar: the codes, never the length."""
    return "+".join(codes)


# --- reading ----------------------------------------------------------------------------------------------------------


def read_pages(content: bytes) -> tuple[str, ...]:
    """The text of a PDF or a plain text by page, a paragraph a line.

    errors  Invalid ``documents.redaction_unreadable``, ``documents.redaction_no_text`` (page) · Limited ``documents.redaction_long``
    """
    pages = tuple(_paragraphs(one) for one in (_of_pdf(content) if content.startswith(b"%PDF") else _of_text(content)))
    for number, page in enumerate(pages, start=1):
        if not page:
            raise Invalid("documents.redaction_no_text", page=number)
    if sum(map(len, pages)) > MOST_TEXT:
        raise Limited("documents.redaction_long", most=MOST_TEXT)
    return pages


def _of_pdf(content: bytes) -> list[str]:
    from pypdf import PdfReader  # noqa: PLC0415 - only who reads a PDF pays for it
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - as above

    try:
        reader = PdfReader(io.BytesIO(content))
        return [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, *_FAULTS) as fault:
        raise Invalid("documents.redaction_unreadable") from fault


def _of_text(content: bytes) -> list[str]:
    if b"\0" in content:
        raise Invalid("documents.redaction_unreadable")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).strip("\f").split("\f")
        except UnicodeDecodeError:
            continue
    raise Invalid("documents.redaction_unreadable")


def _paragraphs(page: str) -> str:
    """Lines that were broken to fit the page are joined; whatever is no sign goes."""
    lines = [" ".join("".join(sign for sign in line if _is_sign(sign)).split()) for line in page.splitlines()]
    widest = max(map(len, lines), default=0)
    found: list[str] = []
    goes_on = False
    for line in lines:
        if line and goes_on:
            between = " " if found[-1][-1].isascii() and line[0].isascii() else ""
            found[-1] += between + line
        elif line:
            found.append(line)
        goes_on = bool(line) and len(line) >= widest * _FULL_LINE and not line.endswith(_ENDS)
    return "\n".join(found)


def _is_sign(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


# --- marking ----------------------------------------------------------------------------------------------------------


def folded(text: str) -> str:
    """One width, one case, without blanks and line breaks: what looks alike is alike."""
    return "".join(map(_folded_sign, text))


@lru_cache(maxsize=20_000)
def _folded_sign(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
    return "".join(one for one in plain if not one.isspace() and not unicodedata.category(one).startswith("C"))


def whole_of(pages: Sequence[str]) -> str:
    """The pages as one text."""
    return "\f".join(pages)


def mark(pages: Sequence[str], wanted: Sequence[Wanted]) -> Marking:
    """Every occurrence of every text, in any width, over line and page breaks.

    errors  Invalid ``documents.redaction_short``, ``documents.redaction_not_found`` (line: which of the texts, from 1)
    """
    whole = whole_of(pages)
    spots = [at for at, sign in enumerate(whole) for _ in _folded_sign(sign)]
    plain = folded(whole)
    found: list[tuple[int, int, str]] = []
    counts: list[int] = []
    for line, one in enumerate(wanted, start=1):
        needle = folded(one.text)
        if len(needle) < LEAST_FOLDED:
            raise Invalid("documents.redaction_short", line=line)
        hits = [(spots[at], spots[at + len(needle) - 1] + 1, one.code) for at in _occurrences(plain, needle)]
        if not hits:
            raise Invalid("documents.redaction_not_found", line=line)
        counts.append(len(hits))
        found += hits
    cuts = _joined(found)
    return Marking(cuts, tuple(counts), tuple(_place(whole, one.start) for one in cuts))


def _occurrences(plain: str, needle: str) -> Iterator[int]:
    """Overlapping ones too: of ``aba`` in ``ababa`` nothing may stay."""
    at = plain.find(needle)
    while at >= 0:
        yield at
        at = plain.find(needle, at + 1)


def _joined(found: list[tuple[int, int, str]]) -> tuple[Cut, ...]:
    cuts: list[Cut] = []
    for start, end, code in sorted(found):
        if cuts and start < cuts[-1].end:
            last = cuts[-1]
            cuts[-1] = Cut(last.start, max(last.end, end), tuple(sorted({*last.codes, code})))
        else:
            cuts.append(Cut(start, end, (code,)))
    return tuple(cuts)


def _place(whole: str, at: int) -> Place:
    before = whole[:at]
    return Place(before.count("\f") + 1, before.rpartition("\f")[2].count("\n") + 1)


def rest_of(pages: Sequence[str], marking: Marking) -> tuple[tuple[tuple[Piece, ...], ...], ...]:
    """Pages of paragraphs of pieces: the text that stays, a bar where something goes. Nothing of what goes is in it."""
    whole = whole_of(pages)
    paragraphs: list[list[list[Piece]]] = [[[]]]
    at = 0
    for cut in (*marking.cuts, None):
        _laid(paragraphs, whole[at : cut.start if cut else len(whole)])
        if cut:
            paragraphs[-1][-1].append(Piece(bar=label_of(cut.codes)))
            paragraphs += [[[]] for _ in range(whole.count("\f", cut.start, cut.end))]
            at = cut.end
    return tuple(tuple(tuple(one) for one in page if one) for page in paragraphs)


def _laid(paragraphs: list[list[list[Piece]]], text: str) -> None:
    for number, page in enumerate(text.split("\f")):
        if number:
            paragraphs.append([[]])
        for place, line in enumerate(page.split("\n")):
            if place:
                paragraphs[-1].append([])
            if line:
                paragraphs[-1][-1].append(Piece(text=line))


# --- the guard --------------------------------------------------------------------------------------------------------


def leaks(paper: bytes, removed: Sequence[str]) -> tuple[Leak, ...]:
    """Where a removed text still stands in a PDF: in the text of its pages, in any text of its objects, in any stream once
    it is inflated, or in the bytes as they are. Empty: it is gone.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only who reads a PDF pays for it
    from pypdf.generic import StreamObject  # noqa: PLC0415 - as above

    reader = PdfReader(io.BytesIO(paper))
    found = _in_texts(_printed(reader), removed)
    for key in range(1, int(reader.trailer["/Size"])):  # type: ignore[call-overload]  # a number, as the form of PDF says
        thing = reader.get_object(key)
        where = f"object {key}"
        found += _in_texts({where: "\n".join(_strings(thing))}, removed)
        if isinstance(thing, StreamObject):
            found += _in_bytes(where, thing.get_data(), removed)
    found += _in_bytes("bytes", paper, removed)
    return tuple(dict.fromkeys(found))


def printed(paper: bytes) -> str:
    """The text of the pages, without the numbers at their foot."""
    from pypdf import PdfReader  # noqa: PLC0415 - only who reads a PDF pays for it

    return "\n".join(_FOOT.sub("", page.extract_text()) for page in PdfReader(io.BytesIO(paper)).pages)


def _printed(reader: Any) -> dict[str, str]:
    """The whole text, with the places where its pages begin told later."""
    return {f"page {number}": _FOOT.sub("", page.extract_text()) for number, page in enumerate(reader.pages, start=1)}


def _in_texts(texts: dict[str, str], removed: Sequence[str]) -> list[Leak]:
    """In texts that follow each other; what is broken over two of them stands in the first."""
    names, begins, whole = list(texts), [], ""
    for text in texts.values():
        begins.append(len(whole))
        whole += folded(text)
    found = []
    for index, one in enumerate(removed):
        at = whole.find(folded(one))
        if at >= 0:
            found.append(Leak(index, names[bisect_right(begins, at) - 1]))
    return found


def _in_bytes(where: str, content: bytes, removed: Sequence[str]) -> list[Leak]:
    return [Leak(index, where) for index, one in enumerate(removed) if any(form in content for form in _forms(one))]


@lru_cache(maxsize=500)
def _forms(text: str) -> tuple[bytes, ...]:
    """How a text could stand in bytes: as typed and folded, in the encodings of PDF and of Chinese files, and in hex."""
    forms: set[bytes] = set()
    for one in {text, folded(text), unicodedata.normalize("NFKC", text), "".join(text.split())}:
        if one.isascii() and len(one) < LEAST_BARE:
            continue
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030"):
            plain = one.encode(encoding)
            forms |= {plain, plain.hex().encode(), plain.hex().upper().encode()}
    return tuple(forms)


def _strings(thing: Any, depth: int = 0) -> Iterator[str]:
    """The texts in an object; days are none."""
    deepest = 20
    if depth > deepest:
        return
    if isinstance(thing, dict):
        for one in thing.values():
            yield from _strings(one, depth + 1)
    elif isinstance(thing, list):
        for one in thing:
            yield from _strings(one, depth + 1)
    elif isinstance(thing, str) and not thing.startswith(("D:", "/")):
        yield thing
    elif isinstance(thing, bytes):
        yield thing.decode("utf-8", "ignore")
