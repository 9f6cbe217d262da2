"""Registers of repeat infringers and bad-faith claimants: proposed on final decisions, told before, entered by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.commons.documents import api as documents
from qiantang.commons.refdata.api import work_calendar
from qiantang.kernel.actor import Actor
from qiantang.kernel.calendar import Limit, Unit, due_on
from qiantang.kernel.errors import Conflict, DomainError, Invalid
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.registers import (
    Ground,
    Register,
    RegisterRule,
    counted,
    ends_on,
    register_rule,
)
from qiantang.scenarios.protection.models import RegisterEntry, RegisterGround
from qiantang.scenarios.protection.rules.registers import GROUND_WORDS, NOTICE, REGISTER_WORDS
from qiantang.scenarios.protection.selectors.disputes import casework_number
from qiantang.scenarios.protection.selectors.registers import (
    entry_row,
    entry_shown,
    grounds_of,
    grounds_shown,
    in_force,
    rule_of,
)
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.workflow import REGISTER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

_NAME, _NEED = 200, 4


@transaction.atomic
def propose_entry(
    *, actor: Actor, register: str, name: str, identity: str = "", grounds: Sequence[Ground], synthetic: bool = False
) -> str:
    """Propose somebody for a register; returns the number of the case. Nothing is entered by it.

    identity    unified social credit code; who acts for the organisation then sees the case
    errors      NotPermitted ``protection.office_only`` · Invalid ``protection.register_unknown``,
                ``protection.register_name``, ``protection.ground_order``, ``protection.ground_known``,
                ``protection.grounds_short``: decisions that are not final do not count
    """
    ensure(policies.may_keep(actor))
    if register not in set(Register):
        raise Invalid("protection.register_unknown", given=register[:20])
    who, today = " ".join(name.split())[:_NAME], timezone.localdate()
    if not who:
        raise Invalid("protection.register_name")
    rule = register_rule(Register(register), today)
    _ensure_enough(rule, grounds, today)
    party = _party(who, identity)
    opened = casework.open_case(
        actor=actor,
        kind=REGISTER.key,
        title=gettext("Entry in a register of rights protection"),
        parties=[party],
        limits={"object": Limit(rule.notice_workdays, Unit.WORKDAY)},
    )
    row = RegisterEntry.objects.create(
        case_id=opened.id,
        register=register,
        name=who,
        identity=identity.strip().upper()[:40],
        rules_since=rule.since,
        proposed_on=today,
        synthetic=synthetic,
    )
    for one in grounds:
        _keep(row, one)
    facts = {"register": register, "grounds": len(grounds)}
    audit.record(actor=actor, verb="protection.register.propose", subject=f"entry:{row.pk}", facts=facts)
    return opened.number


def _ensure_enough(rule: RegisterRule, grounds: Sequence[Ground], today: date) -> None:
    for one in grounds:
        final = one.final_on
        if one.decided_on > today or (final is not None and not one.decided_on <= final <= today):
            raise Invalid("protection.ground_order", reference=one.reference[:80])
    found = len({(one.authority, one.reference) for one in counted(rule, grounds, today)})
    if found < rule.least:
        raise Invalid("protection.grounds_short", counted=found, least=rule.least, years=rule.within_years)


def _keep(row: RegisterEntry, one: Ground) -> None:
    if one.final_on is None:
        return  # not final: no ground
    try:
        with transaction.atomic():
            RegisterGround.objects.create(
                entry=row,
                kind=one.kind,
                authority=one.authority[:200],
                reference=one.reference[:80],
                decided_on=one.decided_on,
                final_on=one.final_on,
            )
    except IntegrityError:
        raise Invalid("protection.ground_known", reference=one.reference[:80]) from None


def _party(name: str, identity: str) -> NewParty:
    """Whom it concerns: the organisation of that code where it is known here, else a name alone."""
    if identity.strip():
        try:
            found = organisations.organisation_by_uscc(Actor.system("registers"), identity)
        except DomainError as error:
            if error.code != "accounts.organisation_unknown":
                raise
        else:
            return NewParty(PartyRole.OPPONENT, organisation_id=found.id)
    return NewParty(PartyRole.OPPONENT, name=name)


@transaction.atomic
def give_notice(*, actor: Actor, number: str, how: str) -> str:
    """Give notice before the entry, as a document; returns its number. The time to object begins.

    how     how it is served on who has no account here
    errors  NotFound · NotPermitted · Conflict · Invalid ``protection.notice_how``
    """
    ensure(policies.may_keep(actor))
    row = entry_row(actor, number)
    served = " ".join(how.split())[:200]
    if not served:
        raise Invalid("protection.notice_how")
    rule, today = rule_of(row), timezone.localdate()
    until = due_on(today, Limit(rule.notice_workdays, Unit.WORKDAY), work_calendar()).day
    _step(actor, row, "notify", "")
    made = documents.make_document(
        actor=Actor.system("registers"),
        template=NOTICE.key,
        case=row.case.number,
        facts={
            "case": casework_number(row.case.number),
            "name": row.name,
            "register": REGISTER_WORDS[Register(row.register)],
            "grounds": [_ground_line(one) for one in grounds_of(row)],
            "source": rule.source,
            "noticed_on": today,
            "object_until": until,
            "kept_years": rule.kept_years,
        },
    )
    row.noticed_on, row.notice_how, row.notice_document, row.object_until = today, served, made.number, until
    row.save(update_fields=["noticed_on", "notice_how", "notice_document", "object_until"])
    return made.number


def _ground_line(one: Ground) -> str:
    assert one.final_on is not None
    return f"{gettext(GROUND_WORDS[one.kind])} · {one.authority} · {one.reference} · {one.final_on.isoformat()}"


def _step(actor: Actor, row: RegisterEntry, action: str, note: str) -> str:
    number = casework_number(row.case.number)
    row.case.state = casework.advance(actor=actor, number=number, action=action, note=note, facts={"on_page": 1})
    return row.case.state


def _enter(actor: Actor, row: RegisterEntry, note: str) -> None:
    """After the time to object, or with the objection considered; the decisions are counted anew."""
    today = timezone.localdate()
    if row.case.state == "noticed" and row.object_until is not None and today <= row.object_until:
        raise Conflict("protection.notice_runs", until=row.object_until.isoformat())
    rule = rule_of(row)
    _ensure_enough(rule, grounds_of(row), today)
    _step(actor, row, "enter", note)
    row.entered_on, row.expires_on = today, ends_on(rule, today)
    row.appeal_until = due_on(today, Limit(rule.appeal_days, Unit.DAY), work_calendar()).day
    row.save(update_fields=["entered_on", "expires_on", "appeal_until"])


def _appeal(actor: Actor, row: RegisterEntry, note: str) -> None:
    today = timezone.localdate()
    if row.appeal_until is not None and today > row.appeal_until:
        raise Conflict("protection.appeal_late", until=row.appeal_until.isoformat())
    _step(actor, row, "appeal", note)
    row.appealed_on = today
    row.save(update_fields=["appealed_on"])


def _remove(actor: Actor, row: RegisterEntry, note: str) -> None:
    _step(actor, row, "remove", note)
    _ended(row)


def _ended(row: RegisterEntry) -> None:
    row.removed_on = timezone.localdate()
    row.save(update_fields=["removed_on"])


def _plain(action: str) -> Callable[[Actor, RegisterEntry, str], object]:
    return lambda actor, row, note: _step(actor, row, action, note)


# What is taken with a note alone; giving notice has a service of its own.
ACTIONS: Mapping[str, Callable[[Actor, RegisterEntry, str], object]] = {
    "object": _plain("object"),
    "drop": _plain("drop"),
    "enter": _enter,
    "appeal": _appeal,
    "uphold": _plain("uphold"),
    "remove": _remove,
}


@transaction.atomic
def take_entry_step(*, actor: Actor, number: str, action: str, note: str = "") -> str:
    """Object, drop, enter, appeal, uphold or remove; returns the state reached. Who may, the workflow says.

    errors  NotFound · NotPermitted, ``casework.four_eyes`` · Invalid ``protection.step_unknown``,
            ``casework.note_missing``, ``protection.grounds_short`` · Conflict ``protection.notice_runs``,
            ``protection.appeal_late``
    """
    row = entry_row(actor, number)
    act = ACTIONS.get(action)
    if act is None:
        raise Invalid("protection.step_unknown", given=action[:40])
    act(actor, row, note)
    return row.case.state


def end_entries(*, actor: Actor) -> int:
    """The clock: entries whose day has come are no longer in a register; returns how many."""
    due = RegisterEntry.objects.filter(
        entered_on__isnull=False, removed_on__isnull=True, expires_on__lte=timezone.localdate()
    )
    keys = list(due.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            row = RegisterEntry.objects.select_for_update().select_related("case").get(pk=key)
            if row.removed_on is None:
                _step(actor, row, "expire", "")
                _ended(row)
    return len(keys)


@transaction.atomic
def read_register(*, actor: Actor, register: str, need: str, text: str = "") -> list[dict[str, Any]]:
    """The entries in force, for who says for what; that it was read, and for what, stands in the journal.

    text    part of a name, or a credit code; empty: all
    errors  NotPermitted ``protection.register_readers`` · Invalid ``protection.register_need``,
            ``protection.register_unknown``
    """
    ensure(policies.may_read_registers(actor))
    if register not in set(Register):
        raise Invalid("protection.register_unknown", given=register[:20])
    why, wanted = " ".join(need.split())[:300], " ".join(text.split())[:_NAME]
    if len(why) < _NEED:
        raise Invalid("protection.register_need")
    rows = in_force().filter(register=register)
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(identity=wanted.upper()))
    found = [entry_shown(one) for one in rows.select_related("case").order_by("-entered_on", "-pk")]
    facts = {"register": register, "need": why, "asked": wanted, "found": len(found)}
    audit.record(actor=actor, verb="protection.register.read", subject=f"register:{register}", facts=facts)
    return found


@transaction.atomic
def read_entry(*, actor: Actor, number: str) -> dict[str, Any]:
    """One entry, for whom it concerns and for the office, whose reading is noted. errors: NotFound ``casework.unknown``"""
    row = entry_row(actor, number)
    if policies.may_read_registers(actor):
        audit.record(actor=actor, verb="protection.entry.read", subject=f"entry:{row.pk}", facts={})
    return {**entry_shown(row), "grounds": grounds_shown(row)}
