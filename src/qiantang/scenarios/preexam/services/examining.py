"""Examination: the entry is checked, an examiner assigned, items written and asked, answers taken, changes laid open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from qiantang.commons.accounts.api import people
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.files.api import vault
from qiantang.kernel.actor import Actor
from qiantang.kernel.calendar import Lamp
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.assigning import Candidate, Ranked, ranked
from qiantang.scenarios.preexam.methods.limits import limits_on
from qiantang.scenarios.preexam.models import CitedDocument, DefectItem, DraftRequest, ExaminerField
from qiantang.scenarios.preexam.selectors.drafts import belongs, draft_row
from qiantang.scenarios.preexam.services.screening import screen
from qiantang.scenarios.preexam.services.spending import spend_quota
from qiantang.scenarios.preexam.types import Part
from qiantang.scenarios.preexam.types.drafts import REASONS
from qiantang.scenarios.preexam.workflow import DRAFT_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qiantang.commons.casework.types import CaseCard
    from qiantang.scenarios.preexam.types.drafts import NewItem

_LONGEST = 2000


@transaction.atomic
def accept_draft(*, actor: Actor, number: str) -> str:
    """The entry is in order: the quota is used, look-alikes are searched, and the days of the office begin.

    errors  NotFound · NotPermitted ``casework.step_not_yours`` · Limited ``preexam.quota_used``
            Conflict ``casework.step_not_from_here``
    """
    row, _card = locked(actor, number)
    state = casework.advance(actor=actor, number=number, action="accept", facts={"checked": 1})
    row.accepted_on = timezone.localdate()
    row.save(update_fields=["accepted_on"])
    spend_quota(actor=actor, row=row)
    screen(actor=actor, row=row)
    return state


@transaction.atomic
def refuse_draft(*, actor: Actor, number: str, reason: str, note: str) -> str:
    """The entry is not in order: not accepted, with a reason of ``REASONS``.

    errors  as ``accept_draft``; Invalid ``preexam.reasons_missing``, ``casework.note_missing``
    """
    locked(actor, number)
    if reason not in REASONS:
        raise Invalid("preexam.reasons_missing")
    return casework.advance(actor=actor, number=number, action="not_accept", note=note, facts={"reason": reason})


def candidates_for(actor: Actor, number: str) -> tuple[Ranked, ...]:
    """Who could examine a case: nearest class first, then least in hand; without those who have an interest.

    errors  NotFound · NotPermitted ``preexam.office_only``
    """
    row, _card = draft_row(actor, number)
    if not policies.may_find(actor):
        raise NotPermitted(policies.OFFICE_ONLY)
    office = Actor.system("load of examiners")
    loads: dict[int | None, int] = dict(
        casework.visible_cases(office)
        .filter(kind__in=DRAFT_KINDS, closed_at__isnull=True)
        .values_list("assignee_id")
        .annotate(Count("pk"))
        .order_by()
    )
    classes = dict(ExaminerField.objects.values_list("person_id", "classes"))
    able = [one for one in people(office) if one.active and "examiner" in one.roles]
    return ranked(
        [
            Candidate(
                one.id,
                one.display_name,
                tuple(classes.get(one.id, ())),
                loads.get(one.id, 0),
                policies.has_interest(one.id, row),
            )
            for one in able
        ],
        row.main_class,
    )


@transaction.atomic
def assign_draft(*, actor: Actor, number: str, person_id: int | None = None) -> int:
    """Give a case to an examiner, the first that ``candidates_for`` names or a given one; from the pool it begins.

    returns  the key of the person
    errors   NotFound · NotPermitted · Invalid ``casework.assignee_unfit`` · Conflict ``preexam.no_examiner``
    """
    _row, card = locked(actor, number)
    wanted = [person_id] if person_id is not None else [one.candidate.person for one in candidates_for(actor, number)]
    for person in wanted:
        try:
            with transaction.atomic():
                casework.parties.assign(actor=actor, number=number, person_id=person)
        except Invalid:
            if person_id is not None:
                raise
            continue
        if card.state == "accepted":
            casework.advance(actor=actor, number=number, action="begin", facts={"assigned": 1})
        return person
    raise Conflict("preexam.no_examiner")


@transaction.atomic
def set_examiner_classes(*, actor: Actor, person_id: int, classes: Sequence[str]) -> None:
    """Enter which classes a person examines. errors: NotPermitted ``preexam.supervisor_only``"""
    if not policies.may_keep_ledgers(actor):
        raise NotPermitted("preexam.supervisor_only")
    kept = [one.strip() for one in classes if one.strip()][:50]
    ExaminerField.objects.update_or_create(person_id=person_id, defaults={"classes": kept})
    audit.record(actor=actor, verb="preexam.examiner.classes", subject=f"account:{person_id}", facts={"classes": kept})


@transaction.atomic
def add_item(*, actor: Actor, number: str, item: NewItem) -> int:
    """Write an item of the next notice; the parties see it when it is sent.

    errors  NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Conflict ``preexam.not_examining``
            Invalid ``preexam.items_missing``
    """
    row, card = in_hand(actor, number)
    said = item.text.strip()[:_LONGEST]
    if not said or item.part not in set(Part):
        raise Invalid("preexam.items_missing")
    if card.state != "examining":
        raise Conflict("preexam.not_examining")
    place = DefectItem.objects.filter(request=row).count() + 1
    DefectItem.objects.create(
        request=row,
        round=0,
        number=place,
        part=item.part,
        claim=item.claim,
        paragraph=item.paragraph,
        rule=item.rule[:12],
        said=vault.hide(said, belongs(row)),
    )
    return place


@transaction.atomic
def drop_item(*, actor: Actor, number: str, item: int) -> None:
    """Take back the last item that was not sent. errors: as ``add_item``"""
    row, _card = in_hand(actor, number)
    last = DefectItem.objects.filter(request=row).order_by("-number").first()
    if last is None or last.round or last.number != item:
        raise Invalid("preexam.items_missing")
    last.delete()


@transaction.atomic
def request_amendment(*, actor: Actor, number: str) -> str:
    """Send the items written so far as one notice; the clocks of the office stand still until the answer.

    errors  as ``add_item``; Invalid ``preexam.items_missing`` · Conflict ``preexam.rounds_used``
    """
    row, _card = in_hand(actor, number)
    waiting = DefectItem.objects.filter(request=row, round=0)
    count, most = waiting.count(), limits_on(row.accepted_on or timezone.localdate()).rounds
    if not count:
        raise Invalid("preexam.items_missing")
    if row.rounds >= most:
        raise Conflict("preexam.rounds_used", most=most, round=row.rounds)
    CitedDocument.objects.filter(request=row, told_at__isnull=True).update(told_at=timezone.now())
    row.rounds += 1
    row.save(update_fields=["rounds"])
    waiting.update(round=row.rounds)
    return casework.advance(
        actor=actor, number=number, action="request_amendment", facts={"items": count, "round": row.rounds}
    )


@transaction.atomic
def settle_items(*, actor: Actor, number: str, settled: Collection[int]) -> None:
    """Note which answered items are settled; the others are not. errors: as ``add_item``"""
    row, _card = in_hand(actor, number)
    answered = DefectItem.objects.filter(request=row, answered_at__isnull=False)
    answered.filter(number__in=settled).update(settled=True)
    answered.exclude(number__in=settled).update(settled=False)
    facts = {"settled": sorted(settled)}
    audit.record(actor=actor, verb="preexam.items.settle", subject=belongs(row), facts=facts)


@transaction.atomic
def close_late(*, actor: Actor, number: str) -> str:
    """Close a case whose party did not act in time: no reply, or no filing. A person decides it, on a day that is settled.

    errors  NotFound · NotPermitted · Conflict ``preexam.not_yet_late``, ``casework.step_not_from_here``
    """
    row, card = locked(actor, number)
    clock = {"amendment_requested": "reply", "qualified": "filing"}.get(card.state, "")
    clocks = casework.case_sheet(actor, number).clocks
    late = any(
        one.key == clock
        and one.reading.lamp is not Lamp.DONE
        and one.reading.due is not None
        and not one.reading.due.provisional
        and one.reading.due.day < timezone.localdate()
        for one in clocks
    )
    if not late:
        raise Conflict("preexam.not_yet_late")
    action = "lapse" if clock == "reply" else "miss_window"
    state = casework.advance(actor=actor, number=number, action=action, facts={"late": 1})
    if not row.concluded_on:
        row.concluded_on = timezone.localdate()
        row.save(update_fields=["concluded_on"])
    return state


def locked(actor: Actor, number: str) -> tuple[DraftRequest, CaseCard]:
    """The request, locked. errors: NotFound"""
    row, card = draft_row(actor, number)
    return DraftRequest.objects.select_for_update().get(pk=row.pk), card


def in_hand(actor: Actor, number: str) -> tuple[DraftRequest, CaseCard]:
    """The request, locked, where the actor has it in hand. errors: NotFound · NotPermitted ``preexam.draft_closed_to_you``"""
    row, card = locked(actor, number)
    decision = policies.may_examine(actor, card.assignee_id)
    if not decision:
        raise NotPermitted(decision.code)
    return row, card
