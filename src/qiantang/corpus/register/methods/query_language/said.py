"""One comparison as it stands in the text, before it is read."""

from __future__ import annotations

from typing import NamedTuple

from qiantang.corpus.register.methods.query_language.errors import Mend
from qiantang.corpus.register.methods.query_language.fields import QueryField


class Said(NamedTuple):
    """What stands in the text: field, operator, value, its place, whether it was quoted; its end, where that is known."""

    field: QueryField
    operator: str
    text: str
    at: int
    quoted: bool
    end: int = 0

    def instead(self, text: str) -> Mend | None:
        """The value exchanged."""
        return Mend(self.at, self.end, text) if self.end > self.at else None
