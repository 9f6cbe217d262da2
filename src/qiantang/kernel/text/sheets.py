"""Text that is safe in a cell of a spreadsheet. Source: OWASP, CSV Injection."""

from __future__ import annotations

_FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")  # full-width ones too: some spreadsheets fold them


def inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that would be begins with an apostrophe."""
    return f"'{text}" if text[:1] in _FORMULA_SIGNS else text
