"""What a captured page offers under the words somebody watches for, and what makes two offers the same one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORDS_MOST, WORD_LONGEST = 20, 60
_TEXT, _ADDRESS = 300, 1_000
_OFFERS_MOST = 500  # of one page: beyond, the words are too common to watch for
_SILENT = frozenset({"script", "style", "template", "noscript", "head"})
_BREAKS = frozenset({"p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "dd", "dt", "br"})  # fmt: skip
# How a visitor came, not what is shown: the same offer has other values each time
_TRACKING = re.compile(r"^(utm_.*|spm|scm|pvid|ref|ref_|from|src|track.*|session.*|sid|_t|ts|timestamp)$")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer on a page.

    key     the same for the same offer, whenever it is seen
    address of its own page, or of the page it stands on
    text    as it stands there
    words   those watched for that it has
    """

    key: str
    address: str
    text: str
    words: tuple[str, ...]


def watched_words(text: str) -> tuple[str, ...]:
    """The words somebody typed, one a line or between commas; each once."""
    found = (" ".join(one.split())[:WORD_LONGEST] for one in re.split(r"[\n,，、;；]", text))
    return tuple(dict.fromkeys(one for one in found if one))[:WORDS_MOST]


def offers(pages: Iterable[str], *, base: str, words: Sequence[str]) -> tuple[Offer, ...]:
    """The offers that have one of the words, each once, in the order of the pages.

    pages   HTML of a list of pages, the first with the address ``base``

    An offer with a page of its own is known by that address, without what tells only how one came there; one without by
    its text, without figures: a price that changes makes no new offer.
    """
    folded = {word: _folded(word) for word in words}
    found: dict[str, Offer] = {}
    for page in pages:
        for address, text in _pieces(page, base):
            close = _folded(text)
            there = tuple(word for word in words if folded[word] and folded[word] in close)
            if not there:
                continue
            key = sha256((address or f"{_plain(base)}\n{_NUMBERS.sub('#', close)}").encode()).hexdigest()
            found.setdefault(key, Offer(key, (address or base)[:_ADDRESS], text[:_TEXT], there))
            if len(found) >= _OFFERS_MOST:
                return tuple(found.values())
    return tuple(found.values())


def _folded(text: str) -> str:
    """Width, case and blanks say nothing."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _plain(address: str) -> str:
    """An address without fragment and without what tells only how one came there."""
    try:
        told = urlsplit(address)
    except ValueError:
        return ""
    if told.scheme not in ("http", "https") or not told.hostname:
        return ""
    asked = sorted(
        pair for pair in parse_qsl(told.query, keep_blank_values=True) if not _TRACKING.match(pair[0].lower())
    )
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{told.scheme}://{told.netloc.lower()}{told.path or '/'}{query}"


def _pieces(page: str, base: str) -> list[tuple[str, str]]:
    """(address of its own page or empty, text) of each piece of text that stands by itself."""
    reading = _Reading()
    reading.feed(page)
    reading.close()
    reading.end_piece()
    here, found = _plain(base), []
    for link, text in reading.pieces:
        address = ""
        if link:
            try:
                address = _plain(urljoin(base, link))
            except ValueError:
                address = ""
        found.append(("" if address == here else address, text))
    return found


class _Reading(HTMLParser):
    """Text by pieces, each with the link it stands in. A link is one piece, whatever it is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._link = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in _SILENT:
            self._silent += 1
        elif tag == "a":
            self.end_piece()
            self._link = told.get("href") or ""
        elif tag == "img" and self._link:
            self._text.append(f" {told.get('alt') or ''} ")
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self.end_piece()
            self._link = ""
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def _break(self) -> None:
        if self._link:
            self._text.append(" ")
        else:
            self.end_piece()

    def end_piece(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            self.pieces.append((self._link, text))
        self._text.clear()
