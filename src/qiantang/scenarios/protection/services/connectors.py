"""Handing over to other bodies: a signed message, sent until it is acknowledged; what comes back is taken in once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.envelopes import EnvelopeError, key_from, opened, public_hex, sealed
from qiantang.scenarios.protection.methods.simulators import PLATFORM, HttpTransport, Silent, Simulator, Transport
from qiantang.scenarios.protection.models import ConnectorMessage, Proceeding
from qiantang.scenarios.protection.selectors.disputes import casework_number, proceeding_row
from qiantang.scenarios.protection.selectors.packages import package_of
from qiantang.scenarios.protection.services.steps import conclude, ensure, step_taken
from qiantang.scenarios.protection.types import CONNECTORS, Outcome, Route, Side
from qiantang.scenarios.protection.workflow import HANDOVER

if TYPE_CHECKING:
    from datetime import datetime

MOST_ATTEMPTS = 8
_FIRST_WAIT = timedelta(minutes=1)
_STATUS = {"accepted": "accept", "declined": "decline", "ended": "end", "more": "ask_more"}
_OPENING = frozenset({"case", "clue"})  # their acknowledgement moves the case on
_ANSWERED = _OPENING | {"supplement", "reconsideration", "supervision"}  # a status may come back on these alone
_OUTCOMES = {Outcome.SUCCESS, Outcome.SETTLED, Outcome.FAILED, Outcome.WITHDRAWN}


def platform_key() -> str:
    """The public key by which other bodies check what we send."""
    return public_hex(key_from(settings.SECRET_KEY, PLATFORM))


def simulator(name: str) -> Simulator:
    """The bundled simulator of a body."""
    return Simulator(name, key_from(settings.SECRET_KEY, f"simulator {name}"), platform_key())


def way_to(name: str) -> tuple[Transport, str, bool]:
    """The way to a body, its public key, and whether it is simulated.

    A body is reached where the operator has named it (``QIANTANG_CONNECTORS``, in the settings ``PROTECTION_CONNECTORS``);
    else it is the bundled simulator, which only synthetic disputes get to.
    """
    told: dict[str, str] | None = settings.PROTECTION_CONNECTORS.get(name)
    if told:
        return HttpTransport(told["url"]), told["public_key"], False
    bundled = simulator(name)
    return bundled, bundled.public_key, True


def _reachable(row: Proceeding, connector: str) -> bool:
    return row.dispute.synthetic or not way_to(connector)[2]


@transaction.atomic
def send_over(*, actor: Actor, number: str) -> str:
    """Send what the party has looked at; nothing goes without this consent. Returns the number of the message.

    errors  NotFound · NotPermitted ``protection.not_yours`` · Conflict ``casework.step_not_from_here``
    """
    row = proceeding_row(actor, number)
    if Side.APPLICANT not in policies.sides_of(actor, row.dispute):
        raise NotPermitted("protection.not_yours")
    if row.case.kind != HANDOVER.key:
        raise Conflict("protection.route_unknown", given=row.route)
    step_taken(actor, row, "send")
    return queue_message(actor, row, row.route, "case", package_of(row)).message_id


def queue_message(actor: Actor, row: Proceeding, connector: str, kind: str, body: dict[str, Any]) -> ConnectorMessage:
    """Sign a message and leave it to be sent; for services of this room."""
    now, id_ = timezone.now(), uuid4().hex
    key = key_from(settings.SECRET_KEY, PLATFORM)
    told = sealed(key, id_=id_, kind=kind, sender=PLATFORM, receiver=connector, at=now.isoformat(), body=body)
    message = ConnectorMessage.objects.create(
        proceeding=row,
        connector=connector,
        outgoing=True,
        message_id=id_,
        kind=kind,
        envelope=told,
        made_at=now,
        next_try_at=now if _reachable(row, connector) else None,
        fault="" if _reachable(row, connector) else "by hand",
    )
    facts = {"message": id_, "to": connector, "kind": kind}
    audit.record(actor=actor, verb="protection.exchange.queue", subject=f"proceeding:{row.pk}", facts=facts)
    return message


def post_messages(*, actor: Actor, now: datetime | None = None) -> int:
    """Try every message that is due; returns how many were acknowledged. A silent body is asked again, later each time."""
    moment = now or timezone.now()
    due = ConnectorMessage.objects.filter(outgoing=True, next_try_at__lte=moment).values_list("pk", flat=True)
    return sum(_posted(actor, key, moment) for key in list(due))


@transaction.atomic
def _posted(actor: Actor, key: int, now: datetime) -> bool:
    message = ConnectorMessage.objects.select_for_update().filter(pk=key, next_try_at__lte=now).first()
    if message is None:
        return False
    transport, public_key, _simulated = way_to(message.connector)
    message.attempts += 1
    try:
        told = _acknowledgement(message, transport, public_key)
    except (Silent, EnvelopeError) as fault:
        message.fault = str(fault)[:200]
        gave_up = message.attempts >= MOST_ATTEMPTS
        message.next_try_at = None if gave_up else now + _FIRST_WAIT * 2 ** (message.attempts - 1)
        message.save(update_fields=["attempts", "fault", "next_try_at"])
        return False
    message.acknowledged_at, message.acknowledgement, message.next_try_at, message.fault = now, told, None, ""
    message.save(update_fields=["attempts", "acknowledged_at", "acknowledgement", "next_try_at", "fault"])
    if message.kind in _OPENING:
        row = message.proceeding
        row.reference = str(told["body"].get("reference", ""))[:80]
        row.save(update_fields=["reference"])
        step_taken(_platform(), row, "acknowledge", reference=row.reference)
    audit.record(
        actor=actor,
        verb="protection.exchange.acknowledge",
        subject=f"proceeding:{message.proceeding_id}",
        facts={"message": message.message_id},
    )
    return True


def _acknowledgement(message: ConnectorMessage, transport: Transport, public_key: str) -> dict[str, Any]:
    """What the other body signed on receipt. errors: Silent · EnvelopeError"""
    raw = transport.deliver(json.dumps(message.envelope, ensure_ascii=False).encode())
    told = opened(raw, receiver=PLATFORM, public_key=public_key)
    if told["kind"] != "acknowledgement" or told["body"].get("of") != message.message_id:
        raise EnvelopeError("refused")
    return told


@transaction.atomic
def note_reference(*, actor: Actor, number: str, reference: str) -> None:
    """The office handed the package in by itself, where no way to the body is set: its reference there.

    errors  NotFound · NotPermitted ``protection.office_only`` · Conflict · Invalid ``casework.note_missing``
    """
    ensure(policies.may_keep(actor))
    row = proceeding_row(actor, number)
    row.reference = reference.strip()[:80]
    if not row.reference:
        raise Invalid("casework.note_missing")
    row.save(update_fields=["reference"])
    step_taken(actor, row, "acknowledge", reference=row.reference)


@transaction.atomic
def take_in(*, actor: Actor, connector: str, raw: bytes) -> bool:
    """Take a call-back of another body in; returns whether it is new. The same one twice changes nothing.

    errors  NotFound ``protection.connector_unknown`` · Invalid ``protection.envelope`` with the reason
            Conflict ``casework.step_not_from_here``
    """
    if connector not in CONNECTORS:
        raise NotFound("protection.connector_unknown")
    _transport, public_key, _simulated = way_to(connector)
    try:
        told = opened(raw, receiver=PLATFORM, public_key=public_key)
    except EnvelopeError as fault:
        raise Invalid("protection.envelope", reason=str(fault)) from fault
    body = told["body"]
    sent = ConnectorMessage.objects.filter(outgoing=True, connector=connector, message_id=str(body.get("of"))).first()
    action = _STATUS.get(str(body.get("status")))
    sound = told["kind"] == "status" and isinstance(told["id"], str)
    if sent is None or action is None or not sound or sent.kind not in _ANSWERED:
        raise Invalid("protection.envelope", reason="content")
    id_ = f"{connector}:{told['id']}"[:64]
    if ConnectorMessage.objects.filter(message_id=id_).exists():
        return False
    now, row = timezone.now(), sent.proceeding
    ConnectorMessage.objects.create(
        proceeding=row,
        connector=connector,
        outgoing=False,
        message_id=id_,
        kind=str(body["status"])[:24],
        envelope=told,
        made_at=now,
        acknowledged_at=now,
    )
    note, who = str(body.get("note") or body["status"])[:500], str(told["sender"])[:80]
    step_taken(_platform(), row, action, note, decided_by=who)
    if action == "end":
        _ended(row, body)
    facts = {"message": id_, "status": str(body["status"])}
    audit.record(actor=actor, verb="protection.exchange.take", subject=f"proceeding:{row.pk}", facts=facts)
    return True


def _ended(row: Proceeding, body: dict[str, Any]) -> None:
    outcome = str(body.get("outcome"))
    for name in ("amount_yuan", "cost_yuan"):
        value = body.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            setattr(row, name, value)
    row.save(update_fields=["amount_yuan", "cost_yuan"])
    if row.concluded_at is None:
        conclude(row, Outcome(outcome) if outcome in _OUTCOMES else Outcome.CHANGED)


@transaction.atomic
def report_to_courts(*, actor: Actor) -> int:
    """Tell the courts how the mediations ended that they delegated; each once. Returns how many reports were queued."""
    ended = Proceeding.objects.filter(concluded_at__isnull=False).exclude(delegated_by="")
    waiting = ended.exclude(connector_messages__kind="outcome").select_related("case", "dispute")
    for row in waiting:
        body = {
            "court": row.delegated_by,
            "reference": row.reference,
            "mediation": casework_number(row.case.number),
            "outcome": row.outcome,
            "concluded_on": timezone.localdate(row.concluded_at).isoformat(),
        }
        queue_message(actor, row, Route.COURT, "outcome", body)
    return len(waiting)


def play_simulators(*, actor: Actor) -> int:
    """Let the simulated bodies tell how it went with what they acknowledged: accepted first, ended at the next look."""
    played = 0
    acknowledged = ConnectorMessage.objects.filter(outgoing=True, kind__in=_OPENING, acknowledged_at__isnull=False)
    for message in acknowledged.filter(proceeding__concluded_at__isnull=True).select_related("proceeding__case"):
        if not way_to(message.connector)[2]:
            continue
        state, at = message.proceeding.case.state, timezone.now().isoformat()
        if state == "received":
            raw = simulator(message.connector).status(message.message_id, "accepted", at)
        elif state == "accepted":
            more = {"outcome": "settled", "note": "simulated"}
            raw = simulator(message.connector).status(message.message_id, "ended", at, **more)
        else:
            continue
        played += take_in(actor=actor, connector=message.connector, raw=raw)
    return played


def _platform() -> Actor:
    return Actor.system("exchange with other bodies")
