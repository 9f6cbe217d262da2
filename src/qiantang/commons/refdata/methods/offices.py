"""The table of offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.commons.refdata.types import Office


class OfficeTable:
    """Countries and organisations by their ST.3 code.

    errors  KeyError for a code the table does not hold
    """

    def __init__(self, rows: Iterable[Office]) -> None:
        self._by_code = {row.code: row for row in rows}

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    def __getitem__(self, code: str) -> Office:
        return self._by_code[code]

    def name(self, code: str, lang: str) -> str:
        """The name, in Chinese for a ``lang`` that begins with ``zh``, else in English."""
        row = self._by_code[code]
        return row.name_zh if lang.startswith("zh") else row.name_en

    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(sorted(self._by_code))
