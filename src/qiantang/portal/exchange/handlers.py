"""Events of the house become events of the feed: numbers and states, in the order of each case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.module_loading import import_string

from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.events.api import Delivered, subscribe
from qiantang.kernel.actor import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_JOB = "qiantang.portal.exchange.tasks.send_events"  # by name: jobs stand beside handlers


@subscribe("casework.case.opened", in_order_by="number")
@subscribe("casework.case.advanced", in_order_by="number")
@subscribe("casework.clock.run_out", in_order_by="number")
def tell_of_a_case(event: Delivered) -> None:
    """A case was opened, took a step, or let a limit end."""
    told = event.payload
    head = {"number": told["number"], "kind": told["kind"]}
    people: Sequence[int] = ()
    if event.name == "casework.case.opened":
        type_, data = "case.opened", head
    elif event.name == "casework.clock.run_out":
        type_, data = "case.limit.ended", {**head, "clock": told["clock"], "due": told["due"]}
    else:
        closed = CASE_TYPES[told["kind"]].workflow.state(told["target"]).final
        moved = {name: told[name] for name in ("action", "source", "target")}
        type_, data, people = "case.advanced", {**head, **moved, "closed": closed}, told["parties"]
    _append(event, type_, f"case:{told['number']}", data, people)


@subscribe("documents.document.made", in_order_by="number")
@subscribe("documents.document.revoked", in_order_by="number")
def tell_of_a_document(event: Delivered) -> None:
    """A document was issued, or is no longer good; the reason stays in the house."""
    told = event.payload
    data = {"number": told["number"], "template": told["template"], "case": told["case"] or None}
    if event.name == "documents.document.made":
        _append(event, "document.made", f"document:{told['number']}", {**data, "digests": list(told["digests"])})
    else:
        _append(event, "document.revoked", f"document:{told['number']}", data)


@subscribe("ingest.snapshot.published")
def tell_of_a_snapshot(event: Delivered) -> None:
    """The register has a new snapshot."""
    data = {"snapshot": event.payload["snapshot"], "parent": event.payload["parent"]}
    _append(event, "register.snapshot", "register", data)


def _append(event: Delivered, type_: str, subject: str, data: Mapping[str, Any], people: Sequence[int] = ()) -> None:
    from qiantang.portal.exchange.services.appending import append_event  # noqa: PLC0415 - cryptography, which few commands need

    append_event(
        actor=Actor.system("events for other platforms"),
        event_id=event.event_id,
        type_=type_,
        subject=subject,
        data=data,
        at=event.published_at,
        people=people,
    )
    transaction.on_commit(lambda: import_string(_JOB).enqueue())
