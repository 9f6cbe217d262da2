"""Text that was broken into the lines of a page or of a form."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t\r\n]*")


def closed_up(text: str) -> str:
    """The text as one line: a blank between Latin words, nothing between Chinese characters."""
    return _BREAK.sub(_mended, text.strip())


def _mended(broken: re.Match[str]) -> str:
    text, start, end = broken.string, broken.start(), broken.end()
    return " " if text[start - 1].isascii() and text[end].isascii() else ""
