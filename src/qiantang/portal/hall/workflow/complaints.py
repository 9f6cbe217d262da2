"""What could not be done: a case that supervisors alone handle."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.methods.steps import final_state, steps
from qiantang.commons.casework.types import PARTY, CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Audience, State, Workflow

_LEAD = frozenset({"supervisor"})
_P = frozenset({PARTY})

COMPLAINT = Workflow(
    key="hall.complaint",
    initial="received",
    states=(
        State(key="received", staff=_("To be looked into"), party=_("Received, being looked into")),
        State(
            key="asked",
            staff=_("Waits for the person"),
            party=_("Please say more"),
            clock_runs=False,
            waits_for=Audience.PARTY,
        ),
        final_state("solved", _("Solved"), _("Solved")),
        final_state("explained", _("Explained"), _("Explained, with reasons")),
        final_state("taken_back", _("Taken back by the person"), _("Taken back")),
    ),
    transitions=(
        *steps(
            "ask",
            {"received": "asked"},
            _("Ask the person"),
            _("%(who)s asked for more"),
            _LEAD,
            needs_note=True,
        ),
        *steps("reply", {"asked": "received"}, _("Send the reply"), _("%(who)s replied"), _P, needs_note=True),
        *steps(
            "solve",
            {"received": "solved"},
            _("Solved: it was done after all"),
            _("%(who)s had it done"),
            _LEAD,
            needs_note=True,
            apart_from={"ask"},
        ),
        *steps(
            "explain",
            {"received": "explained"},
            _("Explained: why it cannot be done, and what can"),
            _("%(who)s explained why it cannot be done, and what can"),
            _LEAD,
            needs_note=True,
            apart_from={"ask"},
        ),
        *steps(
            "take_back",
            {"received": "taken_back", "asked": "taken_back"},
            _("Take it back"),
            _("%(who)s took it back"),
            _P,
        ),
    ),
)

COMPLAINT_KIND = declare_case_type(
    CaseType(
        workflow=COMPLAINT,
        title=_("Could not get it done"),
        authority="HZBC",
        staff=_LEAD,
        leads=_LEAD,
        scope="hall.file",
        joins=frozenset({"received", "asked"}),
        clocks=(
            ClockRule(
                key="answer",
                title=_("Answer of the desk"),
                kind=ClockKind.PROMISE,
                limit=Limit(5, Unit.WORKDAY),
                starts=frozenset({"received"}),
                ends=frozenset({"solved", "explained", "taken_back"}),
                source=_("House rules of the hall; to be confirmed"),
            ),
        ),
    )
)
