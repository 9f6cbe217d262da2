"""Adding to the feed: once for each event of the house, in the order of each case, with offsets that have no gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from qiantang.kernel.errors import Invalid
from qiantang.portal.exchange.methods import schemas
from qiantang.portal.exchange.models import FeedEvent, FeedHead
from qiantang.portal.exchange.services import keys

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@transaction.atomic
def append_event(
    *,
    actor: Actor,  # noqa: ARG001 - every service knows who acts
    event_id: UUID,
    type_: str,
    subject: str,
    data: Mapping[str, Any],
    at: datetime,
    people: Sequence[int] = (),
) -> int:
    """Add an event to the feed; the same ``event_id`` again changes nothing. Returns its offset.

    type_   of the registry, e.g. ``case.advanced``
    subject what it is about: ``case:HZYS20260001234``
    people  keys of the parties; they are not handed out
    errors  Invalid ``exchange.type_malformed`` where it does not fit its schema: nothing undeclared leaves the house
    """
    schema = schemas.newest(type_)
    if faults := schemas.data_faults(schema, data):
        raise Invalid("exchange.type_malformed", said="; ".join(faults)[:300])
    FeedHead.objects.get_or_create(pk=1)
    head = FeedHead.objects.select_for_update().get(pk=1)
    known = FeedEvent.objects.filter(event_id=event_id).values_list("offset", flat=True).first()
    if known is not None:
        return known
    sequence = FeedEvent.objects.filter(subject=subject).count() + 1
    head.last += 1
    FeedEvent.objects.create(
        offset=head.last,
        event_id=event_id,
        type=type_,
        subject=subject,
        sequence=sequence,
        at=at,
        envelope=keys.sign(_envelope(schema, event_id, subject, sequence, at, data)),
        people=sorted(people),
    )
    head.save(update_fields=["last"])
    return head.last


def _envelope(
    schema: schemas.EventSchema, event_id: UUID, subject: str, sequence: int, at: datetime, data: Mapping[str, Any]
) -> dict[str, Any]:
    base = settings.PUBLIC_URL.rstrip("/")
    return {
        "specversion": "1.0",
        "id": str(event_id),
        "source": base,
        "type": schema.event_type,
        "subject": subject,
        "time": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataschema": f"{base}/api/v1/event-schemas/{schema.type}/{schema.version}",
        "sequence": f"{sequence:010d}",
        "data": dict(data),
    }
