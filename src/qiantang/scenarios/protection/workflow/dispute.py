"""The dispute itself: told once, filed, then carried by its proceedings."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import CaseType, declare_case_type
from qiantang.kernel.workflow import Audience, State, Workflow
from qiantang.scenarios.protection.workflow.steps import LEAD, OFFICE, PARTIES, PLATFORM, step

DISPUTE_FLOW = Workflow(
    key="protection.dispute",
    initial="draft",
    states=(
        State(
            key="draft",
            staff=_("Intake being written"),
            party=_("Not filed yet"),
            editable_by=PARTIES,
            clock_runs=False,
            waits_for=Audience.PARTY,
        ),
        State(
            key="filed",
            staff=_("Filed; the party chooses a route"),
            party=_("Filed: choose a route"),
            clock_runs=False,
            waits_for=Audience.PARTY,
        ),
        State(
            key="on_the_way",
            staff=_("On the way"),
            party=_("On the way you chose"),
            clock_runs=False,
            waits_for=None,
        ),
        State(key="closed", staff=_("Dispute closed"), party=_("Closed"), clock_runs=False, final=True),
        State(
            key="withdrawn",
            staff=_("Dispute withdrawn by the party"),
            party=_("Withdrawn by you"),
            clock_runs=False,
            final=True,
        ),
        State(key="merged", staff=_("Merged with another dispute"), party=_("Merged"), clock_runs=False, final=True),
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
        step("withdraw", "draft", "withdrawn", PARTIES, _("Withdraw the dispute"), _("%(who)s withdrew the dispute")),
        step("withdraw", "filed", "withdrawn", PARTIES, _("Withdraw the dispute"), _("%(who)s withdrew the dispute")),
        step("close", "filed", "closed", OFFICE, _("Close the dispute"), _("%(who)s closed the dispute"), note=True),
        step(
            "close", "on_the_way", "closed", OFFICE, _("Close the dispute"), _("%(who)s closed the dispute"), note=True
        ),
        step(
            "merge",
            "filed",
            "merged",
            OFFICE,
            _("Merge it with another dispute"),
            _("%(who)s merged the dispute with another one"),
            note=True,
        ),
    ),
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
    )
)
