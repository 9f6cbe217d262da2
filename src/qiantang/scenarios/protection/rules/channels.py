"""What each route does, how long it takes by law, what it costs, what it asks for. Words for people, with their sources.

How long it took and what came of it is counted from closed proceedings, and stands beside these words.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from qiantang.scenarios.protection.types import Route

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RouteWords:
    """A route in words, message ids all: name, effect, time by law, cost, papers, source."""

    title: str
    effect: str
    time: str
    cost: str
    papers: tuple[str, ...]
    source: str


_REQUEST = _("Request with the facts of the intake")
_RIGHT = _("Proof of the right, in force")
_IDENTITY = _("Proof of identity or of the mandate")
_EVIDENCE = _("Evidence of the act")
_REPORT = _("Evaluation report for a utility model or a design")
_BASIC = (_REQUEST, _RIGHT, _IDENTITY, _EVIDENCE)
_FREE = _("Free of charge")

ROUTE_WORDS: Mapping[Route, RouteWords] = MappingProxyType(
    {
        Route.ASSISTANCE: RouteWords(
            _("Assistance by the centre"),
            _("Advice, opinion of an expert, guidance on evidence and abroad; nobody is bound by it"),
            _("Accepted within five working days"),
            _FREE,
            (_REQUEST, _RIGHT, _IDENTITY),
            _("Published practice of protection centres; differs by city"),
        ),
        Route.MEDIATION: RouteWords(
            _("Mediation"),
            _("An agreement binds like a contract; confirmed by the court it can be enforced"),
            _("30 days, longer where both sides agree"),
            _("Free of charge before a people's mediation committee; others tell their fees before"),
            (_REQUEST, _RIGHT, _IDENTITY, _EVIDENCE),
            _("PML art. 4, 31 and 33; CPL art. 205 and 206"),
        ),
        Route.ARBITRATION: RouteWords(
            _("Arbitration"),
            _("An award is final and can be enforced; it is set aside only for few reasons"),
            _("By the rules of the institution"),
            _("By the tariff of the institution, after the amount in dispute"),
            (_REQUEST, _("The arbitration agreement"), _IDENTITY, _EVIDENCE),
            _("Arbitration Law art. 5, 9 and 59"),
        ),
        Route.ADJUDICATION: RouteWords(
            _("Administrative adjudication"),
            _("The infringer is ordered to stop; damages are only mediated"),
            _("Two months in Zhejiang, one more where it is needed"),
            _FREE,
            (*_BASIC, _REPORT),
            _("PL art. 65; Zhejiang Patent Regulations art. 25 and 26"),
        ),
        Route.ENFORCEMENT: RouteWords(
            _("Administrative enforcement"),
            _("Goods are confiscated and fines imposed; no damages"),
            _("Decided within 90 days of the filing"),
            _FREE,
            (_("Report of the facts"), _RIGHT, _EVIDENCE),
            _("APL art. 60; PL art. 68; TML art. 60"),
        ),
        Route.COURT: RouteWords(
            _("Court"),
            _("Injunction and damages, enforceable; preservation before the action where it is urgent"),
            _("First instance six months, longer with approval"),
            _("Court fee after the amount in dispute, borne by who loses"),
            (_("Complaint with copies"), _RIGHT, _IDENTITY, _EVIDENCE, _REPORT),
            _("CPL art. 152; PL art. 71 to 73"),
        ),
        Route.POLICE: RouteWords(
            _("Police and procuratorate"),
            _("The act is prosecuted as a crime; damages can be asked for beside it"),
            _("By the Criminal Procedure Law"),
            _FREE,
            (_("Report of the facts"), _RIGHT, _EVIDENCE, _("Amount of the counterfeits, as far as known")),
            _("Criminal Law art. 213 to 220; TML art. 61"),
        ),
        Route.PLATFORM: RouteWords(
            _("Complaint to the platform"),
            _("The listing is taken down; it returns 15 days after a counter-statement unless the right holder acts"),
            _("Usually some days"),
            _FREE,
            (_("Notice with the addresses of the listings"), _RIGHT, _("First evidence of the infringement")),
            _("E-commerce Law art. 42 and 43; to be verified"),
        ),
        Route.CUSTOMS: RouteWords(
            _("Recordal with the customs"),
            _("Suspected goods are held at the border"),
            _("30 working days for the recordal; to be verified"),
            _("The recordal is free; a security is given for goods held"),
            (_("Application for recordal"), _RIGHT, _IDENTITY),
            _("Regulations on the customs protection of intellectual property; to be verified"),
        ),
        Route.NATIONAL: RouteWords(
            _("Adjudication by CNIPA"),
            _("The national office orders the infringer to stop, in the whole country"),
            _("Three months and longer; to be verified"),
            _FREE,
            (*_BASIC, _("Why it is of great weight in the whole country")),
            _("PL art. 70; IR art. 96"),
        ),
    }
)
