"""Merge and split of cases. Both histories stay; no number ends; nobody waits longer for it (ADR 0014)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from qiantang.commons.casework import policies
from qiantang.commons.casework.events import CaseMerged, CaseSplit
from qiantang.commons.casework.models import (
    Case,
    CaseClock,
    CaseInterest,
    CaseLink,
    CaseObject,
    CaseParty,
    CasePause,
    CaseTask,
    SignOff,
)
from qiantang.commons.casework.selectors.cases import case_row, shown_number
from qiantang.commons.casework.selectors.clocks import pauses_counted, reading_of
from qiantang.commons.casework.selectors.interests import interest_in
from qiantang.commons.casework.selectors.status import code_digest
from qiantang.commons.casework.services.opening import new_code, reserve_number
from qiantang.commons.casework.services.parties import NOTE_LONGEST, ensure
from qiantang.commons.casework.services.telling import people_of, tell
from qiantang.commons.casework.types import CASE_TYPES, ClockKind, LinkKind, OpenedCase
from qiantang.commons.casework.types.graph import SPLITTERS
from qiantang.commons.events import api as events
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.kernel.workflow import ABSORBED

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from qiantang.kernel.actor import Actor

_TITLE = 200


@transaction.atomic
def merge_cases(*, actor: Actor, number: str, into: str, note: str, new_readers: bool = False) -> str:
    """Let a case go on in another one of its kind; returns that one's number.

    The merged case keeps number, story, documents and code, ends in the state ``absorbed`` and leads on. The other one
    takes its parties, open tasks and known interests, and of two clocks of the office the one that ends sooner.

    note        why; both stories tell it
    new_readers the parties of the merged case may read the file of the other one
    errors  NotFound · NotPermitted, also ``casework.person_needed`` · Invalid ``casework.note_missing``,
            ``casework.link_itself``, ``casework.merge_other_kind``
            Conflict ``casework.merge_not_here``, ``casework.merge_sign_off``, ``casework.merge_new_readers``
    Events  CaseMerged
    """
    if actor.person_id is None:
        raise NotPermitted("casework.person_needed")  # it ends a case: a person with a name does
    ends, stays = _both(actor, number, into)
    told = _reason(note)
    new = _agreed_readers(ends, stays, agreed=new_readers)
    people = people_of(ends)
    _go_along(ends, stays, new)
    moved = (_absorbed(ends, stays), ABSORBED.key)
    tell(
        ends,
        actor,
        "absorb",
        _("%(who)s merged the case into %(number)s"),
        facts={"number": stays.number},
        note=told,
        moved=moved,
    )
    tell(
        stays,
        actor,
        "merge",
        _("%(who)s merged case %(number)s into this one"),
        facts={"number": ends.number},
        note=told,
    )
    events.publish(CaseMerged(ends.pk, ends.number, ends.kind, stays.number, actor.person_id, people))
    return shown_number(stays.number)


def _agreed_readers(ends: Case, stays: Case, *, agreed: bool) -> list[CaseParty]:
    """The parties who come to read another file. errors: Conflict ``casework.merge_new_readers``, which names them"""
    new = _new_parties(ends, stays)
    if new and not agreed:
        names = "、".join(one.name for one in new)
        raise Conflict("casework.merge_new_readers", names=names, number=shown_number(stays.number))
    return new


def _go_along(ends: Case, stays: Case, new: list[CaseParty]) -> None:
    """Parties, interests, open tasks and the nearer limit go on in the other case."""
    today = timezone.localdate()
    for party in new:
        CaseParty.objects.create(
            case=stays,
            role=party.role,
            person_id=party.person_id,
            organisation_id=party.organisation_id,
            name=party.name,
            since=today,
        )
    _move_interests(ends, stays)
    CaseTask.objects.filter(case=ends, done_at__isnull=True).update(case=stays)
    _join_clocks(ends, stays, today)


def _absorbed(ends: Case, stays: Case) -> str:
    """Close the merged case, which leads on from now on; returns the state in which it was."""
    source, now = ends.state, timezone.now()
    ends.state, ends.closed_at, ends.merged_into = ABSORBED.key, now, stays
    ends.save(update_fields=["state", "closed_at", "merged_into"])
    CaseLink.objects.get_or_create(first=ends, second=stays, kind=LinkKind.MERGED_WITH, defaults={"created_at": now})
    return source


def _both(actor: Actor, number: str, into: str) -> tuple[Case, Case]:
    """Both cases, locked in one order whatever the direction: two merges that cross do not wait for each other."""
    first, second = (case_row(actor, text).number for text in (number, into))
    locked = {key: case_row(actor, key, lock=True) for key in sorted({first, second})}
    ends, stays = locked[first], locked[second]
    if ends.pk == stays.pk:
        raise Invalid("casework.link_itself")
    for one in (ends, stays):
        ensure(policies.may_join(actor, CASE_TYPES[one.kind]))
    if ends.kind != stays.kind:
        raise Invalid("casework.merge_other_kind")
    for one in (ends, stays):
        _ensure_joins(one)
    if SignOff.objects.filter(case=ends, answered_at__isnull=True).exists():
        raise Conflict("casework.merge_sign_off")
    return ends, stays


def _ensure_joins(case: Case) -> None:
    kind = CASE_TYPES[case.kind]
    if case.closed_at is not None or kind.workflow.state(case.state).key not in kind.joins:
        raise Conflict("casework.merge_not_here", state=gettext(kind.workflow.state(case.state).staff))


def _reason(note: str) -> str:
    told = note.strip()
    if not told:
        raise Invalid("casework.note_missing")
    return told[:NOTE_LONGEST]


def _new_parties(ends: Case, stays: Case) -> list[CaseParty]:
    """The parties of one case that do not stand in the other one; a party is known by its key, else by its name."""
    there = {_who(one) for one in CaseParty.objects.filter(case=stays, until__isnull=True)}
    leaving = CaseParty.objects.filter(case=ends, until__isnull=True).order_by("pk")
    return [one for one in leaving if _who(one) not in there]


def _who(party: CaseParty) -> tuple[str, int | None, int | None, str]:
    named = party.person_id is None and party.organisation_id is None
    return (party.role, party.person_id, party.organisation_id, party.name if named else "")


def _move_interests(ends: Case, stays: Case) -> None:
    """Who had an interest in the merged case has it in the other one; who may not handle that one any more lets it go."""
    for one in CaseInterest.objects.filter(case=ends):
        CaseInterest.objects.create(case=stays, person_id=one.person_id, why=one.why, declared_at=one.declared_at)
    if stays.assignee_id is not None and interest_in(stays, stays.assignee_id):
        stays.assignee_id = None
        stays.save(update_fields=["assignee"])


def _join_clocks(ends: Case, stays: Case, today: date) -> None:
    """Of two clocks of the office with one key the one that ends sooner goes on; a party's own time is not shortened."""
    kinds = {rule.key: rule.kind for rule in CASE_TYPES[stays.kind].clocks}
    running = {one.key: one for one in CaseClock.objects.filter(case=stays, ended_on__isnull=True)}
    for clock in CaseClock.objects.filter(case=ends, ended_on__isnull=True):
        other = running.get(clock.key)
        if other is not None and kinds.get(clock.key) is not ClockKind.REPLY and _ends_sooner(clock, other, today):
            other.ended_on = today
            other.save(update_fields=["ended_on"])
            _take_over(clock, stays, today)
    CaseClock.objects.filter(case=ends, ended_on__isnull=True).update(ended_on=today)
    CasePause.objects.filter(case=ends, until__isnull=True).update(until=today)


def _ends_sooner(clock: CaseClock, other: CaseClock, today: date) -> bool:
    """By what is left of each: a clock that stands still has an amount left as well."""
    left, other_left = (
        reading_of(one, CasePause.objects.filter(case_id=one.case_id), today).left for one in (clock, other)
    )
    return left < other_left


def _take_over(clock: CaseClock, stays: Case, today: date) -> None:
    pauses = [
        [one.since.isoformat(), (one.until or today).isoformat(), one.reason]
        for one in pauses_counted(clock, CasePause.objects.filter(case_id=clock.case_id))
    ]
    CaseClock.objects.create(
        case=stays,
        key=clock.key,
        length=clock.length,
        unit=clock.unit,
        rolls=clock.rolls,
        extension=clock.extension,
        stopped_by=clock.stopped_by,
        started_on=clock.started_on,
        extended=clock.extended,
        run_out_told=clock.run_out_told,
        taken_over_on=today,
        taken_over_pauses=pauses,
    )


@transaction.atomic
def split_case(*, actor: Actor, number: str, title: str, party_ids: Collection[int], note: str) -> OpenedCase:
    """Split a case off another one: a new number that arises from it, with its state, clocks and pauses.

    party_ids   rows of the parties that the new case is about; they stay in the old one until they are ended there
    errors  NotFound · NotPermitted · Invalid ``casework.note_missing``, ``casework.split_nobody``
            Conflict ``casework.merge_not_here``, ``casework.split_no_room``
    Events  CaseSplit
    """
    case = case_row(actor, number, lock=True)
    kind = CASE_TYPES[case.kind]
    ensure(policies.may_join(actor, kind))
    _ensure_joins(case)
    if kind.url_name and kind.key not in SPLITTERS:
        raise Conflict("casework.split_no_room")
    told, named = _reason(note), " ".join(title.split())[:_TITLE]
    chosen = list(CaseParty.objects.filter(case=case, pk__in=party_ids, until__isnull=True).order_by("pk"))
    if not named:
        raise Invalid("casework.note_missing")
    if not chosen:
        raise Invalid("casework.split_nobody")
    code, new = _second(case, named)
    for row in (*chosen, *_going_along(case)):
        row.pk, row.case = None, new
        row.save(force_insert=True)
    CaseLink.objects.create(first=new, second=case, kind=LinkKind.ARISES_FROM, created_at=timezone.now())
    tell(
        new,
        actor,
        "split_off",
        _("%(who)s split this case off %(number)s"),
        facts={"number": case.number},
        note=told,
        moved=("", new.state),
    )
    tell(case, actor, "split", _("%(who)s split case %(number)s off this one"), facts={"number": new.number}, note=told)
    if kind.key in SPLITTERS:
        SPLITTERS[kind.key].split(actor, case.pk, new.pk)
    events.publish(CaseSplit(new.pk, new.number, new.kind, case.number, actor.person_id, people_of(new)))
    return OpenedCase(new.pk, shown_number(new.number), code)


def _going_along(case: Case) -> list[CasePause | CaseClock | CaseInterest | SignOff | CaseObject]:
    """What a split case has of its own from the first day, as it was in the old one: clocks with their pauses, who may
    not decide, whose word is asked for, what was linked. Story and documents stay where they are, one link away.
    """
    return [
        *CasePause.objects.filter(case=case),
        *CaseClock.objects.filter(case=case),
        *CaseInterest.objects.filter(case=case),
        *SignOff.objects.filter(case=case),
        *CaseObject.objects.filter(case=case),
    ]


def _second(case: Case, title: str) -> tuple[str, Case]:
    """A case of its own in the state in which the first one is, and its query code."""
    number, code = reserve_number(CASE_TYPES[case.kind].authority), new_code()
    new = Case.objects.create(
        number=number.compact,
        kind=case.kind,
        state=case.state,
        title=title,
        opened_at=timezone.now(),
        opened_by_id=case.opened_by_id,
        assignee_id=case.assignee_id,
        code_digest=code_digest(number.compact, code),
        limits=case.limits,
    )
    return code, new
