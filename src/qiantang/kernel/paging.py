"""Pages by cursor: what comes back says where to go on, and a forged or stale cursor is an error, not page one."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Generic, NamedTuple, TypeVar

from qiantang.kernel.errors import Conflict, Invalid

T = TypeVar("T")
MAX_PAGE_SIZE = 200
_SEAL_BYTES = 4
_quoted = json.JSONEncoder().encode  # a text as ``json.dumps`` has it, without asking again how it is wanted


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Where a page begins and how many rows it may have.

    offset  rows before it, 0 or more
    size    1 to 200
    errors  Invalid ``paging.size`` · ``paging.offset``
    """

    offset: int = 0
    size: int = 20

    def __post_init__(self) -> None:
        if not 1 <= self.size <= MAX_PAGE_SIZE:
            raise Invalid("paging.size", given=self.size, most=MAX_PAGE_SIZE)
        if self.offset < 0:
            raise Invalid("paging.offset", given=self.offset)

    def cursor_after(self, *, subject: str, total: int, edition: str = "") -> str | None:
        """The cursor of the next page, or None at the end. ``subject`` is what was asked; a cursor fits no other.

        edition     what the list was read from, as in ``Cursor``
        """
        following = self.offset + self.size
        return encode_cursor(following, subject=subject, edition=edition) if following < total else None


class Cursor(NamedTuple):
    """Where a page begins, and from which edition of the whole the pages before it were read; empty: there is but one."""

    offset: int
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a longer list: ``total`` counts all rows, ``next`` is a cursor or None."""

    items: Sequence[T]
    total: int
    next: str | None = None


def page_of(items: Sequence[T], *, subject: str, size: int, cursor: str | None = None, edition: str = "") -> Page[T]:
    """One page of a list that is at hand.

    subject     what was asked
    edition     what the list was read from, a snapshot for instance; a cursor of another one is refused
    errors      Invalid ``paging.*`` · Conflict ``paging.moved``
    """
    began = read_cursor(cursor, subject=subject) if cursor else Cursor(0, edition)
    if began.edition != edition:
        raise Conflict("paging.moved", began=began.edition, now=edition)
    page = PageRequest(offset=began.offset, size=size)
    shown = items[page.offset : page.offset + page.size]
    return Page(shown, len(items), page.cursor_after(subject=subject, total=len(items), edition=edition))


def _seal(offset: int, subject: str, edition: str) -> str:
    return blake2s(f"{offset}\x00{edition}\x00{subject}".encode(), digest_size=_SEAL_BYTES).hexdigest()


def encode_cursor(offset: int, *, subject: str, edition: str = "") -> str:
    told = f'{offset},"{_seal(offset, subject, edition)}"'
    packed = (f"[{told},{_quoted(edition)}]" if edition else f"[{told}]").encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode_cursor(cursor: str, *, subject: str) -> int:
    """The offset in a cursor.

    errors  as ``read_cursor``
    """
    return read_cursor(cursor, subject=subject).offset


def read_cursor(cursor: str, *, subject: str) -> Cursor:
    """What a cursor says.

    errors  Invalid ``paging.cursor`` where it is damaged or was made for another query
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        offset, seal, *rest = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        (edition,) = rest or [""]
    except (binascii.Error, ValueError, TypeError):
        raise Invalid("paging.cursor", given=cursor[:80]) from None
    sound = type(offset) is int and offset >= 0 and type(edition) is str
    if not sound or seal != _seal(offset, subject, edition):
        raise Invalid("paging.cursor", given=cursor[:80])
    return Cursor(offset, edition)
