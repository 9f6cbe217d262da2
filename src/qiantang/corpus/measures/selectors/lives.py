"""When the right of each patent was in force, from the events of the register.

Every patent to which something happened is read with its events, which takes minutes in a large register. A job does it after a
load and keeps the spans beside the register; where they are not there, or were told by other rules, they are read.

<home>/measures/lives-000003-effect.parquet    of snapshot 3, rows by number, losses dated by the day of effect
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.corpus.measures.selectors.facts import EPOCH, NEVER, Facts, coded
from qiantang.corpus.measures.selectors.quality import removals_digest
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods import derive
from qiantang.corpus.register.methods.derive import legal_events
from qiantang.kernel import legalstatus
from qiantang.kernel.legalstatus import Basis, Bucket, EventKind, bucket, event_kind, status_asof
from qiantang.kernel.legalstatus.status import effective_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qiantang.corpus.measures.selectors.facts import Ints

MADE_OF = b"qiantang.lives"
_AT_ONCE = 8_192
_COLUMNS = ("office", "type", "filing_date", "grant_date", "expiry_date", "publications", "events")
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
    return facts.kept(("lives", basis), lambda: kept_lives(facts, basis) or read_lives(facts, basis))


def lives_path(home: Path, snapshot: int, basis: Basis) -> Path:
    return home / "measures" / f"lives-{snapshot:06d}-{basis}.parquet"


def made_of(home: Path, facts: Facts) -> bytes:
    """Another one whenever other spans would be told: by other patents, after a removal on request, by other rules."""
    told = sha256(f"{facts.snapshot} {len(facts)} {removals_digest(home)}".encode())
    told.update(_rules())
    return told.hexdigest().encode()


@cache
def _rules() -> bytes:
    """Digest of the code that tells them: no version has to be thought of where a rule of law is mended."""
    folder = Path(legalstatus.__file__).parent
    files = [Path(__file__), Path(derive.__file__), *sorted(folder.glob("*.py")), *sorted(folder.glob("*.csv"))]
    return sha256(b"".join(one.read_bytes() for one in files)).digest()


def kept_lives(facts: Facts, basis: Basis) -> Lives | None:
    """The spans as they are kept; None where they are not there, or would be others now."""
    home = register.register().place.home
    try:
        table = pq.read_table(lives_path(home, facts.snapshot, basis))
    except (OSError, pa.ArrowInvalid):
        return None
    if (table.schema.metadata or {}).get(MADE_OF) != made_of(home, facts):
        return None
    return Lives(*(table[name].to_numpy() for name in ("rows", "begins", "ends")))


def read_lives(facts: Facts, basis: Basis) -> Lives:
    """Patent by patent only where something happened to the right; the rest follows from grant and expiry."""
    granted = facts.granted != NEVER
    loud = _loud(facts) & granted
    ends = facts.days("expiry_date")
    plain = np.flatnonzero(granted & ~loud & (facts.granted < ends))
    rows, begins, closes = [plain], [facts.granted[plain]], [ends[plain]]
    place = np.empty(len(facts), np.int64)
    place[facts.order] = np.arange(len(facts))
    at = 0
    for batch in facts.view.scan("records", _COLUMNS):
        asked = loud[place[at : at + batch.num_rows]]
        told = [(int(place[at + i]), span) for i, record in _taken(batch, asked) for span in _folded(record, basis)]
        rows.append(np.array([row for row, _ in told], np.int64))
        begins.append(np.array([begin for _, (begin, _) in told], np.int32))
        closes.append(np.array([end for _, (_, end) in told], np.int32))
        at += batch.num_rows
    return Lives(np.concatenate(rows), np.concatenate(begins), np.concatenate(closes))


def _loud(facts: Facts) -> Any:
    """Which patents have an event that may begin or end a right otherwise than by grant and term."""
    told = facts.entries("events", ("code", "date", "gazette_date"))
    code, office = coded(told.columns["code"]), facts.office
    many = len(code.words) + 1
    pairs, back = np.unique(office.codes[told.rows].astype(np.int64) * many + code.codes + 1, return_inverse=True)
    ends = [
        event_kind(office.words[pair // many], code.words[pair % many - 1]) not in _QUIET for pair in pairs.tolist()
    ]
    loud = np.zeros(len(facts), bool)
    loud[told.rows[np.array(ends or [False], bool)[back]]] = True
    return loud


def _taken(batch: Any, asked: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    places = np.flatnonzero(asked)
    for start in range(0, len(places), _AT_ONCE):
        some = places[start : start + _AT_ONCE]
        yield from zip(some.tolist(), batch.take(pa.array(some)).to_pylist(), strict=True)


def _folded(told: Mapping[str, Any], basis: Basis) -> list[tuple[int, int]]:
    """The kernel is asked for every day on which something may turn."""
    events = legal_events(told["office"], told["type"], told["publications"], told["events"])
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
