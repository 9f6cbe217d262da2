"""What could not be done: a case that supervisors alone handle."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import PARTY, CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Audience, State, Transition, Workflow

_LEAD = frozenset({"supervisor"})

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
        State(key="solved", staff=_("Solved"), party=_("Solved"), clock_runs=False, final=True),
        State(key="explained", staff=_("Explained"), party=_("Explained, with reasons"), clock_runs=False, final=True),
        State(
            key="taken_back",
            staff=_("Taken back by the person"),
            party=_("Taken back"),
            clock_runs=False,
            final=True,
        ),
    ),
    transitions=(
        Transition(
            action="ask",
            source="received",
            target="asked",
            label=_("Ask the person"),
            told=_("%(who)s asked for more"),
            roles=_LEAD,
            needs_note=True,
        ),
        Transition(
            action="reply",
            source="asked",
            target="received",
            label=_("Send the reply"),
            told=_("%(who)s replied"),
            roles=frozenset({PARTY}),
            needs_note=True,
        ),
        Transition(
            action="solve",
            source="received",
            target="solved",
            label=_("Solved: it was done after all"),
            told=_("%(who)s had it done"),
            roles=_LEAD,
            needs_note=True,
            decides=True,
            apart_from=frozenset({"ask"}),
        ),
        Transition(
            action="explain",
            source="received",
            target="explained",
            label=_("Explained: why it cannot be done, and what can"),
            told=_("%(who)s explained why it cannot be done, and what can"),
            roles=_LEAD,
            needs_note=True,
            decides=True,
            apart_from=frozenset({"ask"}),
        ),
        *(
            Transition(
                action="take_back",
                source=source,
                target="taken_back",
                label=_("Take it back"),
                told=_("%(who)s took it back"),
                roles=frozenset({PARTY}),
            )
            for source in ("received", "asked")
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
