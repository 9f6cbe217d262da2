"""Letting a case go: proposed by the worker or a lead, agreed to by one person, done by another. Never by the platform itself.

What stays is what is counted: number, kind, states, days, steps, outcomes. Persons and contents go, from the tables of this room, of
the room that handled the case, of documents and notices, and out of the storage. The journal is not touched: its chain stays whole.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework.methods.retention import least_years
from qiantang.commons.casework.models import Case, Disposal
from qiantang.commons.casework.selectors.records import (
    belongings,
    blocked,
    holds_in_force,
    record_row,
    rows_of,
    rule_of,
)
from qiantang.commons.casework.services.archiving.emptying import empty_case
from qiantang.commons.casework.services.archiving.keepers import ensure_keeper
from qiantang.commons.casework.types import SYSTEM
from qiantang.commons.casework.types.keeping import DisposalState, keeping_of
from qiantang.commons.files.api import custody
from qiantang.commons.files.types import StoredFile
from qiantang.commons.notices.api import forget_notices
from qiantang.kernel.calendar import add_months
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted

if TYPE_CHECKING:
    from datetime import date

    from qiantang.commons.casework.types.keeping import KeptTable
    from qiantang.kernel.actor import Actor

# What the worker does not wait for: a package is made by people, after the proposal.
_NOT_FOR_THE_WORKER = {"", "casework.no_package"}
_AT_ONCE = 200
_REASON = range(2, 501)
_LONGEST_WAIT = timedelta(days=3660)


def propose_due(*, actor: Actor) -> int:
    """Propose every case whose time has ended; returns how many. Only proposes: people dispose.

    errors  NotPermitted for anybody but the platform
    """
    if not actor.has_role(SYSTEM):
        raise NotPermitted("casework.records_refused")
    years = least_years()
    if years is None:
        return 0
    today = timezone.localdate()
    rows = Case.objects.filter(disposed_at__isnull=True, closed_at__date__lte=add_months(today, -12 * years))
    rows = rows.exclude(disposals__settled_at__isnull=True, disposals__isnull=False)
    rows = rows.exclude(disposals__not_before__gt=today).exclude(pk__in=holds_in_force(today).values("case"))
    proposed = 0
    for case in list(rows.order_by("closed_at", "pk")):  # what is kept for good takes no place from the others
        proposed += _proposed(actor, case)
        if proposed >= _AT_ONCE:
            break
    return proposed


@transaction.atomic
def _proposed(actor: Actor, case: Case) -> int:
    rule, _ = rule_of(case)
    if rule is None or blocked(case) not in _NOT_FOR_THE_WORKER:
        return 0
    told = {"rule": rule.code, "proposed_at": timezone.now()}
    row, new = Disposal.objects.get_or_create(case=case, settled_at__isnull=True, defaults=told)
    if new:
        _noted(actor, case, "propose", {"disposal": row.pk, "rule": rule.code})
    return int(new)


@transaction.atomic
def agree(*, actor: Actor, number: str) -> None:
    """The first of two: the case may go.

    errors  NotPermitted · NotFound · Conflict ``casework.not_proposed``, and what stands against it (``blocked``)
    """
    case = record_row(actor, number, lock=True)
    row = _open(actor, case, DisposalState.PROPOSED)
    row.state, row.agreed_at, row.agreed_by_id = DisposalState.AGREED, timezone.now(), actor.person_id
    row.save(update_fields=["state", "agreed_at", "agreed_by"])
    _noted(actor, case, "agree", {"disposal": row.pk})


@transaction.atomic
def decline(*, actor: Actor, number: str, reason: str, not_before: date) -> None:
    """The case stays; it is proposed again from that day.

    errors  NotPermitted · NotFound · Conflict ``casework.not_proposed`` · Invalid ``casework.note_missing``, ``casework.hold_until``
    """
    case = record_row(actor, number, lock=True)
    ensure_keeper(actor, case)
    row = Disposal.objects.select_for_update().filter(case=case, settled_at__isnull=True).first()
    if row is None:
        raise Conflict("casework.not_proposed")
    said, today = " ".join(reason.split()), timezone.localdate()
    if len(said) not in _REASON:
        raise Invalid("casework.note_missing")
    if not today < not_before <= today + _LONGEST_WAIT:
        raise Invalid("casework.hold_until")
    row.state, row.reason, row.not_before = DisposalState.DECLINED, said, not_before
    row.settled_at, row.settled_by_id = timezone.now(), actor.person_id
    row.save(update_fields=["state", "reason", "not_before", "settled_at", "settled_by"])
    _noted(actor, case, "decline", {"disposal": row.pk, "not_before": not_before.isoformat()})


@transaction.atomic
def dispose(*, actor: Actor, number: str) -> dict[str, int]:
    """The second of two, another person: the case goes, in one transaction; files leave the home after it. Returns what went.

    errors  NotPermitted, also ``casework.four_eyes`` · NotFound
            Conflict ``casework.not_proposed``, what stands against it (``blocked``), ``files.held``
    """
    case = record_row(actor, number, lock=True)
    row = _open(actor, case, DisposalState.AGREED)
    if row.agreed_by_id == actor.person_id:
        raise NotPermitted("casework.four_eyes")
    reason = f"disposal {row.pk} after {row.rule}"
    emptied = _gone(actor, case, reason)
    now = timezone.now()
    row.state, row.settled_at, row.settled_by_id, row.emptied = DisposalState.DISPOSED, now, actor.person_id, emptied
    row.save(update_fields=["state", "settled_at", "settled_by", "emptied"])
    Case.objects.filter(pk=case.pk).update(disposed_at=now)
    _noted(actor, case, "dispose", {"disposal": row.pk, "rule": row.rule, "emptied": emptied})
    return emptied


def _open(actor: Actor, case: Case, state: DisposalState) -> Disposal:
    ensure_keeper(actor, case)
    if actor.person_id is None:
        raise NotPermitted("casework.records_refused")  # the platform proposes, people dispose
    row = Disposal.objects.select_for_update().filter(case=case, settled_at__isnull=True, state=state).first()
    if row is None:
        raise Conflict("casework.not_proposed")
    if code := blocked(case):
        raise Conflict(code)
    return row


def _gone(actor: Actor, case: Case, reason: str) -> dict[str, int]:
    from qiantang.commons.documents.api import dispose_documents  # noqa: PLC0415 - brings typesetting, which no start may

    found = {"vault": sum(custody.erase_all(actor=actor, belongs=one, reason=reason) for one in belongings(case))}
    keeping = keeping_of(case.kind)
    for table in keeping.tables if keeping else ():
        if table.folder:
            found[f"{table.model} files"] = _discarded(actor, case, table, reason)
    for table in keeping.tables if keeping else ():
        found[table.model] = _emptied(case, table)
    found["documents"] = dispose_documents(actor=actor, case=case.number, reason=reason)
    found["notices"] = forget_notices(actor=actor, subject=f"case:{case.number}")
    return {**found, **empty_case(case)}


def _discarded(actor: Actor, case: Case, table: KeptTable, reason: str) -> int:
    """Files go that no other case has: the same bytes lie there once."""
    rows = rows_of(table)
    count = 0
    for digest in set(rows.filter(**{table.case: case.pk}).values_list(table.digest, flat=True)):
        others = rows.filter(**{table.digest: digest, f"{table.case}__disposed_at__isnull": True})
        if not others.exclude(**{table.case: case.pk}).exists():
            file = StoredFile(table.folder, digest)
            count += custody.discard(actor=actor, file=file, belongs=f"case:{case.number}", reason=reason)
    return count


def _emptied(case: Case, table: KeptTable) -> int:
    rows = rows_of(table).filter(**{table.case: case.pk})
    if table.removed:
        return int(rows.delete()[0])
    keys = list(rows.values_list("pk", flat=True))  # an update does not follow the way to the case
    return int(rows_of(table).filter(pk__in=keys).update(**table.emptied)) if table.emptied else 0


def _noted(actor: Actor, case: Case, act: str, facts: dict[str, object]) -> None:
    audit.record(actor=actor, verb=f"casework.disposal.{act}", subject=f"case:{case.number}", facts=facts)
