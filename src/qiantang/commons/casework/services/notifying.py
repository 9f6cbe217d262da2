"""Who is told what after a step, and after a limit has ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.accounts import api as accounts
from qiantang.commons.casework.models import Case, CaseParty
from qiantang.commons.casework.rules import CAME_BACK, CLOSED, MOVED, RUN_OUT, UNREAD, YOUR_TURN
from qiantang.commons.casework.selectors.absences import absence_of
from qiantang.commons.casework.selectors.cases import cards, shown_number
from qiantang.commons.casework.selectors.clocks import clocks_of, first_due
from qiantang.commons.casework.types import CASE_TYPES, ClockKind
from qiantang.commons.notices.api import Draft, send_notice
from qiantang.kernel.workflow import Audience

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from qiantang.commons.notices.api import NoticeKind
    from qiantang.kernel.actor import Actor


def tell_step(
    *, actor: Actor, case_id: int, target: str, by: int | None, office: int | None, parties: Collection[int], key: str
) -> int:
    """Tell the parties, and who handles the case, of a step that somebody else took; returns how many notices are new.

    target  the state reached by that step
    key     of the step: the same step is told once
    """
    case = Case.objects.get(pk=case_id)
    state = CASE_TYPES[case.kind].workflow.state(target)
    if state.final:
        kind, due = CLOSED, None
    elif state.waits_for is Audience.PARTY:
        kind, due = YOUR_TURN, _due(case, ClockKind.REPLY)
    else:
        kind, due = MOVED, None
    for organisation in _organisations(case):  # before their people, whose notices become copies of it
        send_notice(actor=actor, draft=_shared(_draft(actor, case, 0, kind, key, due), case, organisation, by))
    drafts = [_draft(actor, case, person, kind, key, due) for person in parties if person != by]
    theirs = office is not None and office != by and state.waits_for is Audience.STAFF and not state.final
    if theirs and office is not None:
        due = _due(case, ClockKind.PROMISE)
        drafts += [_draft(actor, case, one, CAME_BACK, key, due) for one in _hands(office) if one != by]
    return sum(send_notice(actor=actor, draft=draft) for draft in drafts)


def tell_joined(
    *, actor: Actor, kind: NoticeKind, case_id: int, other: str, by: int | None, parties: Collection[int], key: str
) -> int:
    """Tell the parties of a case that it was merged or split off; returns how many notices are new."""
    case = Case.objects.get(pk=case_id)
    number = shown_number(other)
    drafts = [_draft(actor, case, one, kind, key, None, other=number) for one in parties if one != by]
    return sum(send_notice(actor=actor, draft=draft) for draft in drafts)


def tell_end_of_limit(*, actor: Actor, case_id: int, office: int | None, day: str, key: str) -> bool:
    """Tell who handles a case that a limit in it has ended; what lies in the pool shows it by its lamp."""
    if office is None:
        return False
    case = Case.objects.get(pk=case_id)
    drafts = [_draft(actor, case, one, RUN_OUT, key, None, day=day) for one in _hands(office)]
    sent = [send_notice(actor=actor, draft=draft) for draft in drafts]
    return any(sent)


def tell_colleague(*, actor: Actor, case: Case, person: int, kind: NoticeKind, due: date | None, key: str) -> bool:
    """Tell somebody of the office of something that is asked of them in a case."""
    return send_notice(actor=actor, draft=_draft(actor, case, person, kind, key, due))


def tell_unread(*, actor: Actor, subject: str, days: int, key: str) -> int:
    """Tell who handles a case that a legal notice about it is not read; where nobody does, those who lead its kind. How many."""
    noun, _, number = subject.partition(":")
    case = Case.objects.filter(number=number).first() if noun == "case" else None
    if case is None:
        return 0
    if case.assignee_id is not None:
        people = _hands(case.assignee_id)
    else:
        leads = CASE_TYPES[case.kind].leads
        people = [one.id for one in accounts.people(actor) if one.active and leads & frozenset(one.roles)]
    drafts = [_draft(actor, case, one, UNREAD, key, None, days=str(days)) for one in people]
    return sum(send_notice(actor=actor, draft=draft) for draft in drafts)


def _hands(office: int) -> list[int]:
    """Who handles the case, and who stands in for them today."""
    absence = absence_of(office)
    return [office, absence.deputy_id] if absence else [office]


def _organisations(case: Case) -> list[int]:
    """The organisations that are parties today."""
    rows = CaseParty.objects.filter(case=case, until__isnull=True, organisation__isnull=False)
    return sorted({key for key in rows.values_list("organisation_id", flat=True) if key is not None})


def _shared(draft: Draft, case: Case, organisation: int, by: int | None) -> Draft:
    """The same to an organisation, for everyone whose mandate covers this kind of case."""
    scope = CASE_TYPES[case.kind].scope
    return replace(draft, person_id=None, organisation_id=organisation, scope=scope, sparing=by)


def _draft(actor: Actor, case: Case, person: int, kind: NoticeKind, key: str, due: date | None, **more: str) -> Draft:
    return Draft(
        person_id=person,
        kind=kind.code,
        key=key,
        subject=f"case:{case.number}",
        link=cards(actor, [case])[0].url,
        facts={"number": shown_number(case.number), "title": case.title, **more},
        due=due,
    )


def _due(case: Case, kind: ClockKind) -> date | None:
    """The end of the running clock of a kind; None where there is none, or it is not settled."""
    clocks = [one for one in clocks_of([case.pk], timezone.localdate()).get(case.pk, ()) if one.kind is kind]
    clock = first_due(clocks)
    due = clock.reading.due if clock else None
    return due.day if due and not due.provisional else None
