"""The feed for the city's data platform: the numbers of the screen by the ids of their metrics."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings

from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import REASONS, Dimension, Measurement, Question
from qiantang.kernel.errors import NotFound
from qiantang.portal.cockpit.rules import DIVIDED, SCHEMA, TILES, VALID_FOR
from qiantang.scenarios.monitoring import api as monitoring
from qiantang.scenarios.monitoring.types import Asked

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def feed(actor: Actor, city: str, now: datetime, nonce: str) -> dict[str, object]:  # noqa: ARG001 - public; the shape of every selector
    """The payload of the feed, fresh: with the time until which it holds, a number that never comes twice, and the word
    that the asker sent along, so that an old answer cannot be passed off as a new one.
    """
    asked = Asked(region=city, today=now.date())
    year = monitoring.last_year(asked)
    figures = [told for one in TILES if (told := _figure(one, city, year)) is not None]
    divided = [told for one in DIVIDED if (told := _figure(one, city, year, Dimension.DISTRICT)) is not None]
    snapshot = max((one["snapshot"] for one in figures if isinstance(one["snapshot"], int)), default=None)
    return {
        "schema": SCHEMA,
        "issuer": settings.PUBLIC_URL,
        "id": str(uuid4()),
        "issued_at": now.isoformat(timespec="seconds"),
        "valid_until": (now + VALID_FOR).isoformat(timespec="seconds"),
        "nonce": nonce,
        "city": city,
        "snapshot": snapshot,
        "synthetic": any(one["synthetic"] for one in figures),
        "figures": figures,
        "by_district": divided,
    }


def figures(actor: Actor, city: str, now: datetime) -> dict[str, Any]:
    """What the feed tells at a moment, unsigned."""
    return dict(feed(actor, city, now, ""))


def _figure(metric_id: str, city: str, year: int, by: Dimension | None = None) -> dict[str, object] | None:
    """One number with its definition; None where the registry has no such metric."""
    try:
        metric = metrics.metric(metric_id)
    except NotFound:
        return None
    stock = metric.rule.time == "stock"
    asked = Question(
        metric=metric.id,
        region=city,
        first=None if stock else year,
        last=None if stock else year,
        by=(by,) if by else (),
    )
    told = metrics.measure(asked)
    found = _told(told)
    if by:
        found["series"] = [
            {"key": point.key[0], "value": point.value, "records": point.records, "provisional": point.provisional}
            for point in told.series
        ]
    return found


def _told(told: Measurement) -> dict[str, object]:
    one, asked = told.metric, told.question
    return {
        "metric": one.id,
        "version": one.version,
        "name": {"zh": one.name.zh, "en": one.name.en},
        "unit": {"zh": one.unit.zh, "en": one.unit.en},
        "definition": {"zh": one.definition.zh, "en": one.definition.en},
        "region": asked.region,
        "first_year": asked.first,
        "last_year": asked.last,
        "value": told.value,
        "reason": told.reason,
        "reason_text": REASONS[told.reason].zh if told.reason in REASONS else "",
        "at_least": told.at_least,
        "provisional": told.provisional,
        "as_of": told.as_of.isoformat() if told.as_of else None,
        "records": told.records,
        "snapshot": told.snapshot,
        "synthetic": told.sample,
    }
