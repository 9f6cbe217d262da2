"""A composed document in a format."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiantang.commons.documents.services.typesetting import typeset
from qiantang.commons.documents.types import Format

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_SHEET = Path(__file__).resolve().parent.parent / "templates" / "documents" / "sheet.typ"


def sheet(told: Mapping[str, Any], format_: Format, *, moment: datetime) -> bytes:
    """The file before any seal: the same for the same input."""
    if format_ is Format.DOCX:
        # a quarter of a second that only such a file needs
        from qiantang.commons.documents.services.wordfiles import word_file  # noqa: PLC0415 as told

        return word_file(told, moment=moment)
    return typeset(_body(), told, moment=moment)


@lru_cache(maxsize=1)
def _body() -> str:
    return _SHEET.read_text(encoding="utf-8")
