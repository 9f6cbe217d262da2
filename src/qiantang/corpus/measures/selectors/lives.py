"""When the right of each patent was in force, from the events of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from qiantang.corpus.measures.selectors.facts import EPOCH, NEVER, Facts
from qiantang.corpus.register.methods.derive import legal_events
from qiantang.kernel.legalstatus import Basis, Bucket, EventKind, LegalEvent, bucket, status_asof
from qiantang.kernel.legalstatus.status import effective_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.corpus.measures.selectors.facts import Ints

_AT_ONCE = 8_192
# Events that neither begin nor end a right: a patent with no others is in force from grant to expiry.
_QUIET = frozenset(set(EventKind) - {
    EventKind.FEE_LAPSE, EventKind.ABANDONED, EventKind.EXPIRY, EventKind.INVALIDATED, EventKind.RESTORED,
    EventKind.REFUSAL, EventKind.WITHDRAWAL, EventKind.DEEMED_WITHDRAWAL, EventKind.DEEMED_ABANDONED,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lives:
    """Spans in which rights were in force: row, first day, the day after the last."""

    rows: Ints
    begins: Ints
    ends: Ints

    def on(self, day: int, count: int) -> Any:
        """Which rows are in force on a day."""
        found = np.zeros(count, bool)
        found[self.rows[(self.begins <= day) & (day < self.ends)]] = True
        return found


def lives_of(facts: Facts, basis: Basis) -> Lives:
    """The spans of all patents, by the basis that dates a loss of rights."""
    return facts.kept(("lives", basis), lambda: _read(facts, basis))


def _read(facts: Facts, basis: Basis) -> Lives:
    """Row by row only where something happened to the right; the rest follows from grant and expiry."""
    place = np.empty(len(facts), np.int64)
    place[facts.order] = np.arange(len(facts))
    rows: list[int] = []
    begins: list[int] = []
    ends: list[int] = []
    at = 0
    columns = ("office", "type", "filing_date", "grant_date", "expiry_date", "publications", "events")
    for batch in facts.view.scan("records", columns):
        granted = batch.column("grant_date").is_valid().to_numpy(zero_copy_only=False)
        for start in range(0, batch.num_rows, _AT_ONCE):
            chosen = np.flatnonzero(granted[start : start + _AT_ONCE])
            for i, told in zip(chosen.tolist(), _taken(batch.slice(start, _AT_ONCE), chosen), strict=True):
                for begin, end in _spans(told, basis):
                    rows.append(int(place[at + start + i]))
                    begins.append(begin)
                    ends.append(end)
        at += batch.num_rows
    return Lives(np.array(rows, np.int64), np.array(begins, np.int32), np.array(ends, np.int32))


def _taken(batch: Any, chosen: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = batch.take(pa.array(chosen)).to_pylist()
    return found


def _spans(told: Mapping[str, Any], basis: Basis) -> list[tuple[int, int]]:
    events = legal_events(told["office"], told["type"], told["publications"], told["events"])
    if all(event.kind in _QUIET for event in events):
        end = told["expiry_date"]
        begin = _number(told["grant_date"])
        return [(begin, _number(end) if end else int(NEVER))] if end is None or begin < _number(end) else []
    return _folded(told, events, basis)


def _folded(told: Mapping[str, Any], events: Sequence[LegalEvent], basis: Basis) -> list[tuple[int, int]]:
    """The kernel is asked for every day on which something may turn."""
    filed = told["filing_date"]
    days = {day for event in events for day in (effective_day(event, filed), event.gazette_date) if day}
    days |= {told["grant_date"]} | ({told["expiry_date"]} if told["expiry_date"] else set())
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    for day in sorted(days):
        status = status_asof(
            patent_type=told["type"],
            filing_date=filed,
            events=events,
            day=day,
            basis=basis,
            office=told["office"],
        )
        living = bucket(status.value) is Bucket.IN_FORCE
        if living and begun is None:
            begun = _number(day)
        elif not living and begun is not None:
            spans.append((begun, _number(day)))
            begun = None
    if begun is not None:
        spans.append((begun, int(NEVER)))
    return spans


def _number(day: date) -> int:
    return day.toordinal() - EPOCH
