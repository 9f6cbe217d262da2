"""The dispute itself: told once, filed, then carried by its proceedings."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.methods.steps import final_state, party_state, resting_state
from qiantang.commons.casework.methods.steps import steps as ways
from qiantang.commons.casework.types import CaseType, declare_case_type
from qiantang.kernel.workflow import Workflow
from qiantang.scenarios.protection.workflow.steps import HERE, LEAD, OFFICE, PARTIES, PLATFORM, step

DISPUTE_FLOW = Workflow(
    key="protection.dispute",
    initial="draft",
    states=(
        party_state("draft", _("Intake being written"), _("Not filed yet"), PARTIES),
        party_state("filed", _("Filed; the party chooses a route"), _("Filed: choose a route"), frozenset()),
        resting_state("on_the_way", _("On the way"), _("On the way you chose")),
        final_state("closed", _("Dispute closed"), _("Closed")),
        final_state("withdrawn", _("Dispute withdrawn by the party"), _("Withdrawn by you")),
    ),
    transitions=(
        step("file", "draft", "filed", PARTIES | PLATFORM, _("File the intake"), _("%(who)s filed the intake")),
        step("choose", "filed", "on_the_way", PARTIES | PLATFORM, _("Choose a route"), _("%(who)s chose a route")),
        step(
            "choose",
            "on_the_way",
            "on_the_way",
            PARTIES | PLATFORM,
            _("Choose another route"),
            _("%(who)s chose another route"),
        ),
        *ways(
            "withdraw",
            dict.fromkeys(("draft", "filed"), "withdrawn"),
            _("Withdraw the dispute"),
            _("%(who)s withdrew the dispute"),
            PARTIES,
            guards=HERE,
        ),
        *ways(
            "close",
            dict.fromkeys(("filed", "on_the_way"), "closed"),
            _("Close the dispute"),
            _("%(who)s closed the dispute"),
            OFFICE,
            guards=HERE,
            needs_note=True,
        ),
    ),
    renamed={"merged": "absorbed"},
)

DISPUTE = declare_case_type(
    CaseType(
        workflow=DISPUTE_FLOW,
        title=_("Dispute over a right"),
        authority="HZWQ",
        staff=OFFICE,
        leads=LEAD,
        scope="protection.act",
        url_name="protection:dispute-show",
        noted=frozenset({"file", "choose", "withdraw"}),
        choosing=frozenset({"choose"}),
        noted_by="qiantang.scenarios.protection.services.disputes.take_step",
        models=("protection.routes",),
        joins=frozenset({"filed", "on_the_way"}),
    )
)
