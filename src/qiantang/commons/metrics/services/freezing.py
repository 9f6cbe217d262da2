"""A number that is published is frozen: what was asked, what came, and a digest over it all."""

from __future__ import annotations

import zlib
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.metrics import policies
from qiantang.commons.metrics.models import FrozenValue
from qiantang.commons.metrics.selectors import frozen as kept
from qiantang.commons.metrics.selectors.measuring import all_records, measure
from qiantang.commons.metrics.selectors.registry import meter_of
from qiantang.commons.metrics.selectors.telling import question_told
from qiantang.commons.metrics.types import TimeBasis
from qiantang.kernel.errors import Conflict, NotPermitted

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Frozen, Measurement, Question
    from qiantang.kernel.actor import Actor

_MOST_RECORDS = 2_000_000  # ids kept with a number; of more only their digest


def freeze_value(*, actor: Actor, question: Question, title: str) -> Frozen:
    """Keep a number as it is published, with the records behind it, and see that its snapshot stays.

    title   where it is published, for people
    errors  NotPermitted ``metrics.operators_only`` · Conflict ``metrics.not_frozen`` where it is not known · those of ``measure``
    """
    decision = policies.may_write(actor)
    if not decision:
        raise NotPermitted(decision.code)
    told = measure(replace(question, by=()))
    if not told.known:
        raise Conflict("metrics.not_frozen", metric=told.metric.id, reason=told.reason)
    day = told.as_of if told.metric.rule.time is TimeBasis.STOCK else told.question.day
    pinned = replace(told.question, snapshot=told.snapshot, day=day)
    ids = list(all_records(pinned)) if told.metric.opens_records and told.records is not None else []
    if told.snapshot is not None:
        meter_of(told.metric).keep(told.snapshot, f"frozen: {told.metric.id}, {title}"[:200])
    with transaction.atomic():
        row = FrozenValue(**_values(told, pinned, title, actor), **_records(told, ids))
        row.number = (FrozenValue.objects.aggregate(most=Max("number"))["most"] or 0) + 1
        row.digest = kept.digest_of(row)
        row.save()
        facts: dict[str, object] = {"metric": row.metric, "value": row.value, "digest": row.digest}
        audit.record(actor=actor, verb="metrics.value.freeze", subject=f"metrics:frozen:{row.number}", facts=facts)
    return kept.frozen_value(row.number)


def _values(told: Measurement, asked: Question, title: str, actor: Actor) -> dict[str, Any]:
    return {
        "metric": told.metric.id,
        "version": told.metric.version,
        "title": title[:300],
        "question": question_told(asked),
        "snapshot": told.snapshot,
        "value": told.value,
        "reason": told.reason,
        "at_least": told.at_least,
        "unit": told.metric.unit.en,
        "parts": [[part.key, part.value, part.reason] for part in told.parts],
        "record_count": told.records,
        "frozen_at": timezone.now().replace(microsecond=0),
        "frozen_by": actor.name,
    }


def _records(told: Measurement, ids: list[str]) -> dict[str, Any]:
    if not told.metric.opens_records:
        return {"records": b"", "records_digest": ""}
    content = orjson.dumps(sorted(ids))
    return {
        "records": zlib.compress(content) if len(ids) <= _MOST_RECORDS else b"",
        "records_digest": sha256(content).hexdigest(),
    }
