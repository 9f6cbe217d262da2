"""What goes along when a dispute is handed over: the intake, the evidence with its digests, what both sides do not dispute.

Never what was said, proposed or bid in a mediation (OMR art. 18).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qiantang.scenarios.protection.models import Exhibit, Session
from qiantang.scenarios.protection.rules.channels import ROUTE_WORDS
from qiantang.scenarios.protection.selectors.disputes import casework_number
from qiantang.scenarios.protection.selectors.names import name_of_side
from qiantang.scenarios.protection.types import Route, Side
from qiantang.scenarios.protection.workflow import CLUE

if TYPE_CHECKING:
    from qiantang.scenarios.protection.models import Proceeding

_SIDES = 2


def package_of(row: Proceeding) -> dict[str, Any]:
    """The body of a message that hands a dispute over."""
    dispute = row.dispute
    sessions = Session.objects.filter(proceeding__dispute=dispute).exclude(undisputed="").order_by("starts_at")
    exhibits = Exhibit.objects.filter(dispute=dispute, side=Side.APPLICANT).order_by("added_at", "pk")
    before = dispute.proceedings.exclude(pk=row.pk).exclude(case__kind=CLUE.key).order_by("opened_at")
    return {
        "dispute": casework_number(dispute.case.number),
        "case": casework_number(row.case.number),
        "route": row.route,
        "applicant": name_of_side(row, Side.APPLICANT),
        "respondent": name_of_side(row, Side.RESPONDENT),
        "told": {name: value for name, value in dispute.told.items() if value not in (None, "")},
        "evidence": [
            {"deposit": one.number, "name": one.name, "sha256": one.sha256, "shows": one.shows} for one in exhibits
        ],
        "undisputed": [one.undisputed for one in sessions if len(one.confirmed_by) == _SIDES],
        "papers": list(ROUTE_WORDS[Route(row.route)].papers),
        "before": [{"route": one.route, "outcome": one.outcome} for one in before],
        "synthetic": dispute.synthetic,
    }


def messages_of(row: Proceeding) -> list[dict[str, Any]]:
    """The messages of a proceeding with what became of each, oldest first."""
    return [
        {
            "outgoing": one.outgoing,
            "kind": one.kind,
            "at": one.made_at,
            "attempts": one.attempts,
            "acknowledged_at": one.acknowledged_at,
            "waits": one.next_try_at is not None,
            "fault": one.fault,
            "id": one.message_id,
        }
        for one in row.connector_messages.order_by("made_at", "pk")
    ]
