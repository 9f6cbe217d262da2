"""Pages of what a person keeps."""

from __future__ import annotations

from qiantang.kernel.paging import PageRequest, decode_cursor


def page_asked(limit: int, cursor: str | None, subject: str) -> PageRequest:
    """The page that follows a cursor, the first without one.

    errors  Invalid ``paging.cursor``
    """
    return PageRequest(offset=decode_cursor(cursor, subject=subject) if cursor else 0, size=limit)
