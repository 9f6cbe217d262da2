"""What the patent page tells of dealings with the right: transfers, licences, pledges and the like, as published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.corpus.register.methods.dealings import Dealing, dealings
from qiantang.corpus.register.methods.tellers import tellers_of
from qiantang.corpus.register.selectors.records import statements_of
from qiantang.kernel.legalstatus import EVENT_NAMES, LegalEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.corpus.register.types import PatentRecord, SourceInfo


@dataclass(frozen=True, slots=True)
class DealingShown:
    """A dealing for people. ``sources`` are the files that tell of it, each with its as-of day."""

    dealing: Dealing
    title: str
    sources: tuple[str, ...]


def dealings_shown(record: PatentRecord, files: Mapping[str, SourceInfo], language: str) -> list[DealingShown]:
    """Every dealing on record, the newest first."""
    found = dealings(record.office, record.events)
    statements = statements_of(record) if found else []
    shown = []
    for one in found:
        event = LegalEvent(one.kind, one.event.date, one.event.gazette_date, one.event.code, one.event.text)
        rows = tellers_of(event, statements)
        names = {
            (files[row.source].name if row.source in files else row.source[:12])
            + (f" ({row.as_of:%Y-%m-%d})" if row.as_of else "")
            for row in rows
        }
        name = EVENT_NAMES[one.kind]
        shown.append(DealingShown(one, name.zh if language.startswith("zh") else name.en, tuple(sorted(names))))
    return shown
