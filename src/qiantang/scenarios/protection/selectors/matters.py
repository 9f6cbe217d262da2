"""A proceeding as its page shows it, whatever its route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.commons.casework import api as casework
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.selectors.disputes import (
    ExhibitShown,
    ProceedingShown,
    casework_number,
    exhibits_of,
    intake_of,
    proceeding_row,
    proceedings_of,
    shown,
)
from qiantang.scenarios.protection.types import Intake, Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiantang.commons.casework.types import CaseSheet, Step
    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class MatterShown:
    """A proceeding with the dispute behind it, for whoever reads.

    side        who the reader is in it
    steps       what the reader may do now that needs nothing but a remark
    dispute     number of the dispute; empty for who does not see it
    """

    id: int
    row: ProceedingShown
    sheet: CaseSheet
    side: Side
    told: Intake
    exhibits: tuple[ExhibitShown, ...]
    steps: tuple[Step, ...]
    dispute: str
    others: tuple[ProceedingShown, ...]
    reasons: tuple[str, ...]
    synthetic: bool
    amount_yuan: int | None


def matter(actor: Actor, number: str, plain: Callable[[Side, str], frozenset[str]]) -> MatterShown:
    """A proceeding. ``plain``: (side, kind of case) -> the steps that need nothing but a remark.

    errors  NotFound ``casework.unknown``
    """
    row = proceeding_row(actor, number)
    side = policies.side_in(actor, row) or (Side.OFFICE if actor.has_role("auditor") else None)
    if side is None:
        raise NotFound("casework.unknown", number=number[:40])
    sheet = casework.case_sheet(actor, number)
    brings = side in (Side.APPLICANT, Side.OFFICE)
    return MatterShown(
        id=row.pk,
        row=shown(row),
        sheet=sheet,
        side=side,
        told=intake_of(row.dispute),
        exhibits=exhibits_of(actor, row.dispute, side),
        steps=tuple(one for one in sheet.steps if one.action in plain(side, row.case.kind) and not one.blocked),
        dispute=casework_number(row.dispute.case.number) if brings else "",
        others=tuple(one for one in proceedings_of(row.dispute, clues=side is Side.OFFICE) if one.id != row.pk)
        if brings
        else (),
        reasons=tuple(row.reasons),
        synthetic=row.dispute.synthetic,
        amount_yuan=row.amount_yuan,
    )
