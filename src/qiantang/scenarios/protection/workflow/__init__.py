"""The kinds of cases of protection: the dispute, and the proceedings in which it is carried."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from qiantang.scenarios.protection.types import Outcome, Route
from qiantang.scenarios.protection.workflow.adjudication import ADJUDICATION
from qiantang.scenarios.protection.workflow.assistance import ASSISTANCE
from qiantang.scenarios.protection.workflow.clue import CLUE
from qiantang.scenarios.protection.workflow.dispute import DISPUTE
from qiantang.scenarios.protection.workflow.handover import HANDOVER
from qiantang.scenarios.protection.workflow.keeping import KEEPING
from qiantang.scenarios.protection.workflow.mediation import MEDIATION
from qiantang.scenarios.protection.workflow.register import REGISTER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.casework.types import CaseType

KIND_OF_ROUTE: Mapping[Route, CaseType] = MappingProxyType(
    dict.fromkeys(Route, HANDOVER)
    | {Route.ASSISTANCE: ASSISTANCE, Route.MEDIATION: MEDIATION, Route.ADJUDICATION: ADJUDICATION}
)

# (kind of case, state reached) -> how the proceeding has ended. A decision says by itself who won: see ``steps.conclude``.
CONCLUDES: Mapping[tuple[str, str], Outcome] = MappingProxyType(
    {
        (MEDIATION.key, "effective"): Outcome.SUCCESS,
        (MEDIATION.key, "failed"): Outcome.FAILED,
        (MEDIATION.key, "refused"): Outcome.REFUSED,
        (MEDIATION.key, "unreachable"): Outcome.UNREACHABLE,
        (MEDIATION.key, "withdrawn"): Outcome.WITHDRAWN,
        (MEDIATION.key, "settled"): Outcome.SETTLED,
        (ADJUDICATION.key, "not_filed"): Outcome.FAILED,
        (ADJUDICATION.key, "withdrawn"): Outcome.WITHDRAWN,
        (ADJUDICATION.key, "settled"): Outcome.SETTLED,
        (ASSISTANCE.key, "closed"): Outcome.SUCCESS,
        (ASSISTANCE.key, "not_accepted"): Outcome.FAILED,
        (ASSISTANCE.key, "withdrawn"): Outcome.WITHDRAWN,
        (HANDOVER.key, "declined"): Outcome.FAILED,
        (HANDOVER.key, "withdrawn"): Outcome.WITHDRAWN,
        (CLUE.key, "filed"): Outcome.SUCCESS,  # of a transfer: that the police file the case
        (CLUE.key, "dropped"): Outcome.WITHDRAWN,
        (CLUE.key, "closed"): Outcome.FAILED,
    }
)

__all__ = [
    "ADJUDICATION",
    "ASSISTANCE",
    "CLUE",
    "CONCLUDES",
    "DISPUTE",
    "HANDOVER",
    "KEEPING",
    "KIND_OF_ROUTE",
    "MEDIATION",
    "REGISTER",
]
