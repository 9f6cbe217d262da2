"""Which sources tell of a legal event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qiantang.corpus.register.methods.merge import Statement
from qiantang.corpus.register.types import SourceRow
from qiantang.kernel.legalstatus import LegalEvent


def tellers_of(event: LegalEvent, statements: Sequence[Statement]) -> list[SourceRow]:
    """The rows that tell of an event; where none does, those with the publication it was read from."""
    told = [one for one in statements if any(_is_told(event, said) for said in one.said["events"])]
    printed = (event.code, event.effective_date)
    told = told or [
        one for one in statements if any((p["kind"], p["date"]) == printed for p in one.said["publications"])
    ]
    return [row for statement in told for row in statement.sources]


def _is_told(event: LegalEvent, said: Mapping[str, Any]) -> bool:
    days = (event.effective_date, event.gazette_date)
    return bool(said["code"] == event.code and (said["date"], said["gazette_date"]) == days)
