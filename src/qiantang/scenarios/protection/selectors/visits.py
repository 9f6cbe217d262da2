"""What a party without an account sees by a one-time code: its state, what was served on it, the evidence opened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.casework import api as casework
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.protection.models import PartyAccess
from qiantang.scenarios.protection.selectors.disputes import casework_number, exhibits_of, intake_of
from qiantang.scenarios.protection.selectors.files import papers_of
from qiantang.scenarios.protection.types import Route, Side
from qiantang.scenarios.protection.workflow import KIND_OF_ROUTE

if TYPE_CHECKING:
    from qiantang.scenarios.protection.selectors.disputes import ExhibitShown

GOOD_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class VisitShown:
    """A matter as seen by a code. ``may_answer``: an invitation to mediate waits for this side."""

    number: str
    kind: str
    state: str
    side: Side
    route: str
    right: str
    matter: str
    description: str
    exhibits: tuple[ExhibitShown, ...]
    papers: list[dict[str, Any]]
    may_answer: bool
    until: object


def access_row(key: int) -> PartyAccess:
    """A look that is still open. errors: NotFound ``protection.visit_over``"""
    since = timezone.now() - GOOD_FOR
    rows = PartyAccess.objects.filter(pk=key, used_at__gt=since).select_related(
        "proceeding__dispute", "proceeding__case"
    )
    found = rows.first()
    if found is None:
        raise NotFound("protection.visit_over")
    return found


def visit_shown(actor: Actor, key: int) -> VisitShown:
    """What the holder of a used code sees for half an hour. errors: NotFound ``protection.visit_over``"""
    del actor  # the code was all that was asked
    row = access_row(key)
    side, platform = Side(row.side), Actor.system("look by one-time code")
    number = casework_number(row.proceeding.case.number)
    card = casework.case_sheet(platform, number).card
    told = intake_of(row.proceeding.dispute)
    assert row.used_at is not None
    return VisitShown(
        number=number,
        kind=card.kind_title,
        state=gettext(_party_label(row)),
        side=side,
        route=row.proceeding.route,
        right=f"{told.right_number} {told.right_title}".strip(),
        matter=told.matter,
        description=told.description,
        exhibits=exhibits_of(platform, row.proceeding.dispute, side),
        papers=[one for one in papers_of(platform, number, side) if _served(one, side)],
        may_answer=side is Side.RESPONDENT and card.state == "invited",
        until=row.used_at + GOOD_FOR,
    )


def _party_label(row: PartyAccess) -> str:
    return KIND_OF_ROUTE[Route(row.proceeding.route)].workflow.state(row.proceeding.case.state).party


def _served(paper: dict[str, Any], side: Side) -> bool:
    return paper["row"].side == side or any(made["row"].side == side for made in paper["services"])
