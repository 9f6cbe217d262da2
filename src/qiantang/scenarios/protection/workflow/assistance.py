"""Assistance by the centre: from the application to the opinion and what became of it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Audience, State, Workflow
from qiantang.scenarios.protection.workflow.steps import LEAD, OFFICE, PARTIES, step

_WITHDRAW = _("Withdraw the application")
_WITHDREW = _("%(who)s withdrew the application")
_LOCAL = _("Published practice of protection centres; differs by city")
_ENDS = frozenset({"accepted", "not_accepted", "withdrawn", "closed"})

ASSISTANCE_FLOW = Workflow(
    key="protection.assistance",
    initial="submitted",
    states=(
        State(key="submitted", staff=_("To be checked"), party=_("Being looked at")),
        State(
            key="supplement",
            staff=_("Waits for what is missing"),
            party=_("Please add what is missing"),
            clock_runs=False,
            waits_for=Audience.PARTY,
        ),
        State(key="identity_checked", staff=_("Identity checked"), party=_("Identity checked")),
        State(key="accepted", staff=_("Accepted, being handled"), party=_("Accepted")),
        State(key="advice_issued", staff=_("Opinion issued"), party=_("The opinion is there"), waits_for=None),
        State(key="follow_up", staff=_("Being followed up"), party=_("We ask what became of it"), waits_for=None),
        State(key="suspended", staff=_("Suspended"), party=_("Suspended"), clock_runs=False, waits_for=None),
        State(key="closed", staff=_("Assistance closed"), party=_("Assistance closed"), clock_runs=False, final=True),
        State(
            key="not_accepted",
            staff=_("Assistance not accepted"),
            party=_("Assistance not accepted"),
            clock_runs=False,
            final=True,
        ),
        State(
            key="withdrawn",
            staff=_("Application withdrawn"),
            party=_("Application withdrawn"),
            clock_runs=False,
            final=True,
        ),
    ),
    transitions=(
        step(
            "ask_supplement",
            "submitted",
            "supplement",
            OFFICE,
            _("Ask for all that is missing, at once"),
            _("%(who)s asked for what is missing"),
            note=True,
        ),
        step("supplement", "supplement", "submitted", PARTIES, _("It is all there now"), _("%(who)s added it")),
        step(
            "check_identity",
            "submitted",
            "identity_checked",
            OFFICE,
            _("Identity and right checked"),
            _("%(who)s checked identity and right"),
        ),
        step("accept", "identity_checked", "accepted", OFFICE, _("Accept"), _("%(who)s accepted the application")),
        step(
            "not_accept",
            "identity_checked",
            "not_accepted",
            LEAD,
            _("Do not accept"),
            _("%(who)s did not accept the application"),
            note=True,
            apart_from=("check_identity",),
            decides=True,
        ),
        step("suspend", "accepted", "suspended", OFFICE, _("Suspend"), _("%(who)s suspended the matter"), note=True),
        step("go_on", "suspended", "accepted", OFFICE, _("Go on"), _("%(who)s went on with the matter")),
        step(
            "issue_advice",
            "accepted",
            "advice_issued",
            OFFICE,
            _("Issue the opinion"),
            _("%(who)s issued the opinion"),
            note=True,
        ),
        step("follow_up", "advice_issued", "follow_up", OFFICE, _("Follow up"), _("%(who)s follows up")),
        step(
            "close",
            "advice_issued",
            "closed",
            OFFICE,
            _("Close the assistance"),
            _("%(who)s closed the assistance"),
            note=True,
        ),
        step(
            "close",
            "follow_up",
            "closed",
            OFFICE,
            _("Close the assistance"),
            _("%(who)s closed the assistance"),
            note=True,
        ),
        step("withdraw", "submitted", "withdrawn", PARTIES, _WITHDRAW, _WITHDREW),
        step("withdraw", "supplement", "withdrawn", PARTIES, _WITHDRAW, _WITHDREW),
        step("withdraw", "accepted", "withdrawn", PARTIES, _WITHDRAW, _WITHDREW),
    ),
)

ASSISTANCE = declare_case_type(
    CaseType(
        workflow=ASSISTANCE_FLOW,
        title=_("Assistance by the centre"),
        authority="HZYZ",
        staff=OFFICE,
        leads=LEAD,
        scope="protection.act",
        url_name="protection:matter-show",
        noted=frozenset({"supplement", "withdraw"}),
        noted_by="qiantang.scenarios.protection.services.steps.take_step",
        models=("protection.assistance",),
        clocks=(
            ClockRule(
                key="acceptance",
                title=_("Decision to accept"),
                kind=ClockKind.PROMISE,
                limit=Limit(5, Unit.WORKDAY),
                starts=frozenset({"submitted"}),
                ends=_ENDS,
                source=_LOCAL,
            ),
            ClockRule(
                key="supplement",
                title=_("Add what is missing"),
                kind=ClockKind.REPLY,
                limit=Limit(5, Unit.WORKDAY),
                starts=frozenset({"supplement"}),
                ends=_ENDS | {"submitted"},
                source=_LOCAL,
                stopped_by=frozenset(),
            ),
        ),
    )
)
