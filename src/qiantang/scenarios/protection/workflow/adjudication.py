"""Administrative adjudication of a patent infringement: filing, reply, exchange, hearing, decision, service."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Audience, State, Transition, Workflow
from qiantang.scenarios.protection.workflow.steps import LEAD, OFFICE, PARTIES, clock, step

_FINAL = ("not_filed", "closed", "withdrawn", "settled")
_GOING = ("filed", "served", "exchange", "hearing", "deliberating")
_WITHDRAW, _WITHDREW = _("Withdraw the request"), _("%(who)s withdrew the request")
_SETTLE, _SETTLED = _("Close: the sides settled"), _("%(who)s closed it, since the sides settled")
_SUSPEND, _SUSPENDED = _("Suspend: validity is examined"), _("%(who)s suspended the adjudication")
_ANSWER = _("Answer to the request")


def _leaving(state: str) -> tuple[Transition, ...]:
    return (
        step("withdraw", state, "withdrawn", PARTIES, _WITHDRAW, _WITHDREW),
        step("settle", state, "settled", OFFICE, _SETTLE, _SETTLED, note=True),
    )


ADJUDICATION_FLOW = Workflow(
    key="protection.adjudication",
    initial="requested",
    states=(
        State(key="requested", staff=_("To be filed or not"), party=_("Requested")),
        State(key="filed", staff=_("Filed, the request to be served"), party=_("Request filed")),
        State(
            key="served",
            staff=_("Request served, waits for the answer"),
            party=_("The respondent may answer"),
            waits_for=Audience.PARTY,
        ),
        State(key="exchange", staff=_("Exchange of evidence"), party=_("Exchange of evidence")),
        State(key="hearing", staff=_("Oral hearing"), party=_("Oral hearing")),
        State(key="deliberating", staff=_("Decision to be proposed"), party=_("Being decided")),
        State(key="proposed", staff=_("Decision proposed, to be confirmed"), party=_("Being decided")),
        State(key="decided", staff=_("Decided, to be served"), party=_("Decided")),
        State(
            key="delivered",
            staff=_("Decision served, time to sue runs"),
            party=_("Decision served: you may sue"),
            waits_for=None,
        ),
        State(
            key="suspended",
            staff=_("Suspended until the validity is settled"),
            party=_("Suspended until the validity is settled"),
            clock_runs=False,
            waits_for=None,
        ),
        State(
            key="not_filed", staff=_("Request not filed"), party=_("Request not filed"), clock_runs=False, final=True
        ),
        State(
            key="closed", staff=_("Adjudication closed"), party=_("Adjudication closed"), clock_runs=False, final=True
        ),
        State(
            key="withdrawn", staff=_("Request withdrawn"), party=_("Request withdrawn"), clock_runs=False, final=True
        ),
        State(
            key="settled",
            staff=_("Settled during the adjudication"),
            party=_("Settled during the adjudication"),
            clock_runs=False,
            final=True,
        ),
    ),
    transitions=(
        step("file", "requested", "filed", OFFICE, _("File the request"), _("%(who)s filed the request")),
        step(
            "not_file",
            "requested",
            "not_filed",
            LEAD,
            _("Do not file it"),
            _("%(who)s did not file the request"),
            note=True,
        ),
        step(
            "serve",
            "filed",
            "served",
            OFFICE,
            _("The request was served"),
            _("The request was served on the respondent"),
        ),
        step("answer", "served", "exchange", PARTIES, _("Hand the answer in"), _("%(who)s answered the request")),
        step(
            "no_answer",
            "served",
            "exchange",
            OFFICE,
            _("Go on without an answer"),
            _("No answer came in; %(who)s goes on"),
            note=True,
        ),
        step("call_hearing", "exchange", "hearing", OFFICE, _("Call the hearing"), _("%(who)s called the hearing")),
        step(
            "without_hearing",
            "exchange",
            "deliberating",
            OFFICE,
            _("Decide without a hearing"),
            _("%(who)s decides on the papers"),
            note=True,
        ),
        step(
            "close_hearing", "hearing", "deliberating", OFFICE, _("Close the hearing"), _("%(who)s closed the hearing")
        ),
        step(
            "propose",
            "deliberating",
            "proposed",
            OFFICE,
            _("Propose the decision"),
            _("%(who)s proposed a decision"),
        ),
        step(
            "send_back",
            "proposed",
            "deliberating",
            LEAD,
            _("Back to the panel"),
            _("%(who)s sent the proposal back"),
            note=True,
        ),
        step(
            "decide",
            "proposed",
            "decided",
            LEAD,
            _("Confirm the decision"),
            _("%(who)s confirmed the decision"),
            note=True,
            apart_from=("propose",),
            decides=True,
        ),
        step(
            "deliver",
            "decided",
            "delivered",
            OFFICE,
            _("The decision was served"),
            _("The decision was served on both sides"),
        ),
        step("close", "delivered", "closed", OFFICE, _("Close the file"), _("%(who)s closed the file"), note=True),
        *(
            step("suspend", state, "suspended", OFFICE, _SUSPEND, _SUSPENDED, note=True)
            for state in ("filed", "served", "exchange", "hearing", "deliberating")
        ),
        step(
            "go_on", "suspended", "exchange", OFFICE, _("Go on"), _("%(who)s took the adjudication up again"), note=True
        ),
        step("withdraw", "requested", "withdrawn", PARTIES, _WITHDRAW, _WITHDREW),
        *(one for state in _GOING for one in _leaving(state)),
    ),
)

ADJUDICATION = declare_case_type(
    CaseType(
        workflow=ADJUDICATION_FLOW,
        title=_("Administrative adjudication"),
        authority="HZCJ",
        staff=OFFICE,
        leads=LEAD,
        scope="protection.act",
        url_name="protection:matter-show",
        noted=frozenset({"withdraw"}),
        endpoints={"answer": "proceedings/{number}/papers"},
        noted_by="qiantang.scenarios.protection.services.steps.take_step",
        clocks=(
            clock("TL-08", _("Decision to file"), ClockKind.STATUTE, ("requested",), ("filed", *_FINAL)),
            clock("TL-09", _("Serve the request"), ClockKind.STATUTE, ("filed",), ("served", *_FINAL)),
            ClockRule(
                key="answer",
                title=_ANSWER,
                kind=ClockKind.REPLY,
                limit=Limit(15, Unit.DAY),
                starts=frozenset({"served"}),
                ends=frozenset({"exchange", *_FINAL}),
                source="PD25",
            ),
            clock("TL-10", _("Decide the adjudication"), ClockKind.STATUTE, ("filed",), ("decided", *_FINAL)),
            clock("TL-11", _("Sue against the decision"), ClockKind.REPLY, ("delivered",), _FINAL),
        ),
    )
)
