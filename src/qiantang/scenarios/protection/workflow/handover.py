"""A dispute handed over to another body: sent, acknowledged, and what that body tells of it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import CaseType, declare_case_type
from qiantang.kernel.workflow import Audience, State, Workflow
from qiantang.scenarios.protection.workflow.steps import LEAD, OFFICE, PARTIES, PLATFORM, step

_SAYS = OFFICE | PLATFORM

HANDOVER_FLOW = Workflow(
    key="protection.handover",
    initial="prepared",
    states=(
        State(
            key="prepared",
            staff=_("Papers prepared, waits for the consent of the party"),
            party=_("Look at the papers and send them"),
            waits_for=Audience.PARTY,
        ),
        State(key="sent", staff=_("On the way to the other body"), party=_("On the way"), waits_for=None),
        State(key="received", staff=_("Received by the other body"), party=_("Received"), waits_for=None),
        State(key="accepted", staff=_("Accepted by the other body"), party=_("Accepted"), waits_for=None),
        State(
            key="declined",
            staff=_("Not accepted by the other body"),
            party=_("Not accepted by the other body"),
            clock_runs=False,
            final=True,
        ),
        State(
            key="decided",
            staff=_("Ended by the other body"),
            party=_("Ended by the other body"),
            clock_runs=False,
            final=True,
        ),
        State(
            key="withdrawn",
            staff=_("Handing over withdrawn"),
            party=_("Handing over withdrawn"),
            clock_runs=False,
            final=True,
        ),
    ),
    transitions=(
        step("send", "prepared", "sent", PARTIES | PLATFORM, _("Send it, I agree"), _("%(who)s sent the papers")),
        step(
            "acknowledge",
            "sent",
            "received",
            _SAYS,
            _("It was received"),
            _("The other body acknowledged: %(reference)s"),
        ),
        step("accept", "received", "accepted", _SAYS, _("It was accepted"), _("The other body accepted it")),
        step(
            "decline",
            "received",
            "declined",
            _SAYS,
            _("It was not accepted"),
            _("The other body did not accept it"),
            note=True,
            reports=True,
        ),
        step(
            "end",
            "accepted",
            "decided",
            _SAYS,
            _("It has ended there"),
            _("The other body told how it ended"),
            note=True,
            reports=True,
        ),
        step("withdraw", "prepared", "withdrawn", PARTIES, _("Do not send it"), _("%(who)s did not send it")),
        step("withdraw", "received", "withdrawn", PARTIES, _("I withdrew it there"), _("%(who)s withdrew it there")),
        step("withdraw", "accepted", "withdrawn", PARTIES, _("I withdrew it there"), _("%(who)s withdrew it there")),
    ),
)

HANDOVER = declare_case_type(
    CaseType(
        workflow=HANDOVER_FLOW,
        title=_("Handing over to another body"),
        authority="HZYJ",
        staff=OFFICE,
        leads=LEAD,
        scope="protection.act",
        url_name="protection:matter-show",
        noted=frozenset({"withdraw"}),
        endpoints={"send": "proceedings/{number}/sending"},
        noted_by="qiantang.scenarios.protection.services.steps.take_step",
    )
)
