"""A case as its page shows it: state, clocks, parties, story, steps, in the words of whoever reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.casework import policies
from qiantang.commons.casework.models import CaseLink, CaseParty, CasePause, CaseTask
from qiantang.commons.casework.selectors.absences import office_of
from qiantang.commons.casework.selectors.cases import card_of, case_row, shown_number, visible_cases
from qiantang.commons.casework.selectors.clocks import clocks_of, first_due
from qiantang.commons.casework.selectors.old_files import aliases_of
from qiantang.commons.casework.selectors.signoffs import meetings_of, sign_offs_of
from qiantang.commons.casework.selectors.steps import steps_of
from qiantang.commons.casework.selectors.story import story_of
from qiantang.commons.casework.types import (
    CASE_TYPES,
    CaseSheet,
    LinkKind,
    LinkShown,
    PartyRole,
    PartyShown,
    TaskShown,
)
from qiantang.commons.notices.api import service_of

if TYPE_CHECKING:
    from qiantang.commons.casework.models import Case
    from qiantang.commons.notices.types import ServiceTold
    from qiantang.kernel.actor import Actor


def case_sheet(actor: Actor, number: str) -> CaseSheet:
    """Everything of a case that the actor may see.

    errors  Invalid ``identifiers.case_*`` · NotFound ``casework.unknown``
    """
    case = case_row(actor, number)
    kind = CASE_TYPES[case.kind]
    internal = policies.sees_internal(actor, kind)
    shown = shown_number(case.number)
    hands_over = case.closed_at is None and bool(policies.may_hand_over(actor, case))
    pause = CasePause.objects.filter(case=case, until__isnull=True).order_by("-pk").first()
    clocks = clocks_of([case.pk], timezone.localdate()).get(case.pk, ())
    return CaseSheet(
        card=card_of(actor, case, first_due(clocks)),
        clocks=clocks,
        parties=_parties(case),
        story=story_of(actor, case),
        steps=steps_of(actor, case),
        links=_links(actor, case),
        tasks=_tasks(case, shown) if internal else (),
        internal=internal,
        feed_url=reverse("casework:feed-make", kwargs={"number": shown}) if actor.person_id is not None else "",
        pause=pause.reason if pause else "",
        sign_offs=sign_offs_of(actor, case, internal=internal),
        meetings=meetings_of(case),
        colleagues=tuple(office_of(kind.staff)) if internal and case.closed_at is None else (),
        may_hand_over=hands_over,
        own_url=reverse(kind.url_name, kwargs={"number": shown}) if kind.url_name else "",
        old_numbers=aliases_of(case),
    )


def told_of(actor: Actor, number: str) -> tuple[ServiceTold, ...]:
    """Whom the platform has told of a case, what, and how far it came; for the office. Empty for everybody else.

    errors  NotFound ``casework.unknown``
    """
    case = case_row(actor, number)
    if not policies.sees_internal(actor, CASE_TYPES[case.kind]):
        return ()
    return service_of(f"case:{case.number}")


def _parties(case: Case) -> tuple[PartyShown, ...]:
    rows = list(CaseParty.objects.filter(case=case).order_by("pk"))
    named = organisations.organisations_named({row.organisation_id for row in rows if row.organisation_id is not None})
    return tuple(
        PartyShown(
            role=PartyRole(row.role),
            name=row.name,
            uscc=named[row.organisation_id].uscc if row.organisation_id in named else "",
            until=row.until,
        )
        for row in rows
    )


def _links(actor: Actor, case: Case) -> tuple[LinkShown, ...]:
    """Links to cases that the actor may see."""
    seen = visible_cases(actor)
    out = CaseLink.objects.filter(first=case, second__in=seen).select_related("second").order_by("pk")
    into = CaseLink.objects.filter(second=case, first__in=seen).select_related("first").order_by("pk")
    return (
        *(
            LinkShown(LinkKind(one.kind), shown_number(one.second.number), one.second.title, outgoing=True)
            for one in out
        ),
        *(
            LinkShown(LinkKind(one.kind), shown_number(one.first.number), one.first.title, outgoing=False)
            for one in into
        ),
    )


def _tasks(case: Case, number: str) -> tuple[TaskShown, ...]:
    rows = CaseTask.objects.filter(case=case).select_related("assignee").order_by("done_at", "due_date", "pk")
    return tuple(
        TaskShown(
            row.pk, number, row.title, row.due_date, row.assignee.display_name if row.assignee else "", row.done_at
        )
        for row in rows
    )
