"""Cases as rows and as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Absence, Case
from qiantang.commons.casework.selectors.clocks import clocks_of, first_due
from qiantang.commons.casework.selectors.old_files import keys_by_old_number
from qiantang.commons.casework.types import CASE_TYPES, CaseCard, ClockShown
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.kernel.identifiers import parse_case_number
from qiantang.kernel.paging import Page
from qiantang.kernel.workflow import Audience

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest


def shown_number(compact: str) -> str:
    """A number as it is written: ``HZYS-2026-000123-4``."""
    return str(parse_case_number(compact))


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """The rows which the actor may see."""
    return Case.objects.filter(policies.visible_to(actor))


def case_row(actor: Actor, number: str, *, lock: bool = False) -> Case:
    """One case by its number in any punctuation, or by an old number that it had before the platform.

    lock    until the transaction ends; on SQLite the transaction itself is exclusive
    errors  Invalid ``identifiers.case_*`` · NotFound ``casework.unknown``, also for what the actor may not see
            Conflict ``casework.old_number_ambiguous``: an old number of several cases that the actor sees, which are named
    """
    compact = _compact(actor, number)
    if lock and connection.features.has_select_for_update:
        Case.objects.select_for_update().filter(number=compact).values_list("pk").first()
    row = visible_cases(actor).filter(number=compact).select_related("assignee", "merged_into").first()
    if row is None:
        raise NotFound("casework.unknown", number=shown_number(compact))
    return row


def _compact(actor: Actor, text: str) -> str:
    try:
        return parse_case_number(text).compact
    except Invalid:
        found = named_by_old(actor, text)
        if not found:
            raise
    if len(found) > 1:
        raise Conflict("casework.old_number_ambiguous", numbers="、".join(shown_number(one.number) for one in found))
    return found[0].number


def named_by_old(actor: Actor, text: str) -> list[Case]:
    """The cases that had this old number and that the actor may see: one, or as many registers gave it."""
    keys = keys_by_old_number(text)
    return list(visible_cases(actor).filter(pk__in=keys).order_by("pk")) if keys else []


def cards_by_old(actor: Actor, text: str) -> list[CaseCard]:
    """The same as cards."""
    return cards(actor, named_by_old(actor, text))


def case_id_of(actor: Actor, number: str) -> int:
    """The key of a case, for the room that keeps its subject. errors: as ``case_row``"""
    return case_row(actor, number).pk


def cases(
    actor: Actor, page: PageRequest, *, kinds: Sequence[str] = (), open_only: bool = False, pool: str = ""
) -> Page[CaseCard]:
    """The cases an actor may see, newest first.

    kinds       keys of ``CASE_TYPES``; none: all
    open_only   without those that are closed
    pool        ``mine``: assigned to the actor, or to whom they stand in for · ``free``: assigned to nobody and waiting for the office · empty: all
    """
    rows = visible_cases(actor).select_related("assignee", "merged_into").order_by("-opened_at", "-pk")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if open_only:
        rows = rows.filter(closed_at__isnull=True)
    if pool == "mine":
        rows = rows.filter(assignee_id__in=_own_hands(actor), closed_at__isnull=True)
    elif pool == "free":
        rows = rows.filter(waiting_for_the_office(), assignee__isnull=True, closed_at__isnull=True)
    total = rows.count()
    shown = cards(actor, list(rows[page.offset : page.offset + page.size]))
    subject = subject_of(kinds=kinds, open_only=open_only, pool=pool)
    return Page(shown, total, page.cursor_after(subject=subject, total=total))


def _own_hands(actor: Actor) -> list[int]:
    today = timezone.localdate()
    away = Absence.objects.filter(start_date__lte=today, end_date__gte=today, deputy_id=actor.person_id)
    return [*away.values_list("person_id", flat=True), *([actor.person_id] if actor.person_id is not None else [])]


def subject_of(*, kinds: Sequence[str] = (), open_only: bool = False, pool: str = "") -> str:
    """What a cursor of such a list belongs to."""
    return f"cases|{','.join(kinds)}|{open_only}|{pool}"


def handles_any(actor: Actor) -> bool:
    """Whether the actor handles cases of any kind."""
    return any(policies.is_staff(actor, kind) for kind in CASE_TYPES)


def found_by_number(actor: Actor, text: str) -> CaseCard | None:
    """The case that a text names by its number, in any punctuation; None where it is none, several, or not to be seen."""
    try:
        row = case_row(actor, text)
    except (Invalid, NotFound, Conflict):
        return None
    return cards(actor, [row])[0]


def cards(actor: Actor, rows: Sequence[Case]) -> list[CaseCard]:
    """Cards for rows, with their clocks: two queries more, however many there are."""
    clocks = clocks_of([row.pk for row in rows], timezone.localdate())
    return [card_of(actor, row, first_due(clocks.get(row.pk, ()))) for row in rows]


def card_of(actor: Actor, row: Case, clock: ClockShown | None) -> CaseCard:
    """The card of a row whose clocks are known."""
    kind = CASE_TYPES[row.kind]
    state = kind.workflow.state(row.state)
    internal = policies.sees_internal(actor, kind)
    audience = Audience.STAFF if internal else Audience.PARTY
    number = shown_number(row.number)
    return CaseCard(
        id=row.pk,
        number=number,
        kind=row.kind,
        kind_title=gettext(kind.title),
        title=row.title,
        state=state.key,
        state_label=gettext(state.label(audience)),
        final=state.final,
        waits_for=str(state.waits_for) if state.waits_for and not state.final else "",
        opened_at=row.opened_at,
        assignee_id=row.assignee_id if internal else None,
        assignee=row.assignee.display_name if internal and row.assignee else "",
        clock=clock,
        url=reverse(kind.url_name or "casework:case-show", kwargs={"number": number}),
        merged_into=_goes_on(actor, row),
    )


def _goes_on(actor: Actor, row: Case) -> str:
    found = goes_on_in(row)
    if found is None or not visible_cases(actor).filter(pk=found.pk).exists():
        return ""
    return shown_number(found.number)


def goes_on_in(row: Case) -> Case | None:
    """The case in which a merged one goes on, also after that one was merged; None where it was not merged."""
    found = row.merged_into
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    return found


def waiting_for_the_office() -> Q:
    """Cases in a state in which the office has to act."""
    found = Q(pk__in=[])
    for kind in CASE_TYPES:
        states = [one.key for one in kind.workflow.states if one.waits_for is Audience.STAFF and not one.final]
        found |= Q(kind=kind.key, state__in=states)
    return found
