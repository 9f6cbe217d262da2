"""The one error of the language."""

from __future__ import annotations

from qiantang.kernel.errors import Invalid


def syntax_error(position: int, message: str, *, expected: str | None = None, hint: str | None = None) -> Invalid:
    """``query.syntax`` with the place in the text (characters from 0), what is wrong, what could stand there, a way out."""
    return Invalid("query.syntax", position=position, message=message, expected=expected, hint=hint)
