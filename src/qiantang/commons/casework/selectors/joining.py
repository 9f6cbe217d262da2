"""What somebody may do with a case among others, for the page that offers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import CaseParty
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.casework.types.graph import SPLITTERS

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class May:
    """link, add things, merge, split: whether each is offered. ``parties``: key -> name, of whom a split may take."""

    link: bool
    add: bool
    merge: bool
    split: bool
    parties: tuple[tuple[int, str], ...]


def may_do(actor: Actor, number: str) -> May:
    """errors: NotFound ``casework.unknown``"""
    case = case_row(actor, number)
    kind = CASE_TYPES[case.kind]
    leads = bool(policies.may_join(actor, kind))
    joins = leads and case.closed_at is None and kind.workflow.state(case.state).key in kind.joins
    splits = joins and (not kind.url_name or kind.key in SPLITTERS)
    rows = CaseParty.objects.filter(case=case, until__isnull=True).order_by("pk") if splits else []
    return May(
        link=bool(policies.may_handle(actor, kind)),
        add=bool(policies.may_add_object(actor, case)),
        merge=joins,
        split=splits,
        parties=tuple((row.pk, row.name) for row in rows),
    )
