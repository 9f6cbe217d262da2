"""Numbers that were frozen, and what the same question gives now: what changed, and why."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

from qiantang.commons.metrics.models import FrozenValue
from qiantang.commons.metrics.selectors.measuring import all_records, measure
from qiantang.commons.metrics.selectors.registry import meter_of, metric
from qiantang.commons.metrics.selectors.telling import question_read
from qiantang.commons.metrics.types import Change, Comparison, Frozen
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.metrics.types import Measurement, Number

_CLOSE = 1e-9


def digest_of(row: FrozenValue) -> str:
    """SHA-256 over everything that was frozen."""
    told = {
        "number": row.number,
        "metric": row.metric,
        "version": row.version,
        "title": row.title,
        "question": row.question,
        "snapshot": row.snapshot,
        "value": float(row.value) if row.value is not None else None,
        "reason": row.reason,
        "at_least": row.at_least,
        "unit": row.unit,
        "parts": row.parts,
        "record_count": row.record_count,
        "records_digest": row.records_digest,
        "frozen_at": row.frozen_at.isoformat(),
        "frozen_by": row.frozen_by,
    }
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def frozen_values(metric_id: str | None = None) -> tuple[Frozen, ...]:
    """All frozen numbers, of one metric where one is named; the newest first."""
    rows = FrozenValue.objects.defer("records")
    return tuple(_told(row) for row in (rows.filter(metric=metric_id) if metric_id else rows))


def frozen_value(number: int) -> Frozen:
    """One frozen number.

    errors  NotFound ``metrics.frozen_unknown``
    """
    return _told(_row(number))


def compare_frozen(number: int) -> Comparison:
    """A frozen number beside what the same question gives in the newest snapshot.

    errors  NotFound ``metrics.frozen_unknown``
    """
    row = _row(number)
    asked = question_read(row.question)
    now = measure(replace(asked, snapshot=None))
    then = sorted(orjson.loads(zlib.decompress(bytes(row.records)))) if row.records else []
    content = orjson.dumps(then)
    sound = digest_of(row) == row.digest and (not row.records or sha256(content).hexdigest() == row.records_digest)
    complete = not row.records_digest or bool(row.records)
    changes = _changes(row, then, now) if row.records and now.known else ()
    return Comparison(
        frozen=_told(row),
        now=now,
        sound=sound,
        same=_same(row.value, now.value),
        redefined=metric(row.metric).version != row.version,
        changes=changes,
        why=dict(Counter(one.why for one in changes)),
        complete=complete,
    )


def _changes(row: FrozenValue, then: Sequence[str], now: Measurement) -> tuple[Change, ...]:
    today = set(all_records(now.question))
    gone, come = sorted(set(then) - today), sorted(today - set(then))
    if not gone and not come:
        return ()
    old = question_read(row.question)
    return tuple(meter_of(now.metric).explain(now.metric, old, now.question, gone, come))


def _same(one: Number | None, other: Number | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _CLOSE * max(1.0, abs(one))


def _row(number: int) -> FrozenValue:
    found = FrozenValue.objects.filter(number=number).first()
    if found is None:
        raise NotFound("metrics.frozen_unknown", given=number)
    return found


def _told(row: FrozenValue) -> Frozen:
    value = int(row.value) if row.value is not None and float(row.value).is_integer() else row.value
    return Frozen(
        row.number,
        row.metric,
        row.version,
        row.title,
        dict(row.question),
        row.snapshot,
        value,
        row.reason,
        row.at_least,
        row.unit,
        row.record_count,
        row.records_digest,
        row.digest,
        row.frozen_at,
        row.frozen_by,
    )
