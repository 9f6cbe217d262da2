"""Calendars of OpenTimestamps as an operator names them."""

from __future__ import annotations

from urllib.parse import urlsplit


def calendars_of(text: str) -> tuple[str, ...]:
    """Addresses parted by blanks, without a slash at the end; each once. errors: ValueError"""
    found = []
    for one in text.split():
        told = urlsplit(one)
        if told.scheme not in ("http", "https") or not told.hostname or told.username or told.query or told.fragment:
            raise ValueError(f"{one} is not the address of a calendar: write https://host")
        found.append(one.rstrip("/"))
    return tuple(dict.fromkeys(found))
