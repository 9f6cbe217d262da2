"""An entry in a register: proposed, told to whom it concerns, entered by a second person, appealed, ended on its day."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.methods.steps import final_state, resting_state
from qiantang.commons.casework.methods.steps import steps as ways
from qiantang.commons.casework.types import CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Audience, State, Workflow
from qiantang.scenarios.protection.workflow.steps import HERE, LEAD, OFFICE, PARTIES, PLATFORM

_REMOVE = (_("Remove the entry"), _("%(who)s removed the entry"))
_SOURCE = _("Dated rules of the registers; to be verified")

REGISTER_FLOW = Workflow(
    key="protection.register",
    initial="proposed",
    states=(
        State(key="proposed", staff=_("Entry proposed"), party=_("Entry in a register is being examined")),
        State(
            key="noticed",
            staff=_("Notice given; time to object runs"),
            party=_("You may object to the entry"),
            clock_runs=False,
            waits_for=Audience.PARTY,
        ),
        State(key="objected", staff=_("Objection to be considered"), party=_("Your objection is being considered")),
        resting_state("entered", _("In the register"), _("Entered in the register")),
        State(key="appealed", staff=_("Appeal to be decided"), party=_("Your appeal is being decided")),
        final_state("expired", _("Entry ended on its day"), unattended=True),
        final_state("removed", _("Entry removed")),
        final_state("dropped", _("Not entered")),
    ),
    transitions=(
        *ways(
            "notify",
            {"proposed": "noticed"},
            _("Give notice before the entry"),
            _("%(who)s gave notice before the entry"),
            OFFICE,
            guards=HERE,
        ),
        *ways(
            "drop",
            dict.fromkeys(("proposed", "noticed", "objected"), "dropped"),
            _("Do not enter"),
            _("%(who)s decided not to enter"),
            OFFICE,
            guards=HERE,
            needs_note=True,
        ),
        *ways(
            "object",
            {"noticed": "objected"},
            _("Object to the entry"),
            _("%(who)s objected to the entry"),
            PARTIES | OFFICE,
            guards=HERE,
            needs_note=True,
        ),
        *ways(
            "enter",
            {"noticed": "entered", "objected": "entered"},
            _("Enter in the register"),
            _("%(who)s entered it in the register"),
            LEAD,
            guards=HERE,
            needs_note=True,
            apart_from=("notify",),
        ),
        *ways(
            "appeal",
            {"entered": "appealed"},
            _("Appeal against the entry"),
            _("%(who)s appealed against the entry"),
            PARTIES | OFFICE,
            guards=HERE,
            needs_note=True,
        ),
        *ways(
            "uphold",
            {"appealed": "entered"},
            _("Uphold the entry"),
            _("%(who)s upheld the entry"),
            LEAD,
            guards=HERE,
            needs_note=True,
            apart_from=("enter",),
        ),
        *ways("remove", {"entered": "removed"}, *_REMOVE, LEAD, guards=HERE, needs_note=True, apart_from=("notify",)),
        *ways("remove", {"appealed": "removed"}, *_REMOVE, LEAD, guards=HERE, needs_note=True, apart_from=("enter",)),
        *ways(
            "expire",
            {"entered": "expired", "appealed": "expired"},
            _("End the entry"),
            _("The entry ended on its day"),
            PLATFORM,
            guards=HERE,
        ),
    ),
)

REGISTER = declare_case_type(
    CaseType(
        workflow=REGISTER_FLOW,
        title=_("Entry in a register of rights protection"),
        authority="HZMD",
        staff=OFFICE,
        leads=LEAD,
        scope="protection.act",
        url_name="protection:entry-show",
        noted=frozenset({"object", "appeal"}),
        noted_by="qiantang.scenarios.protection.services.registers.take_entry_step",
        clocks=(
            ClockRule(
                key="object",
                title=_("Object to the entry"),
                kind=ClockKind.REPLY,
                limit=Limit(10, Unit.WORKDAY),
                starts=frozenset({"noticed"}),
                ends=frozenset({"objected", "entered", "expired", "removed", "dropped"}),
                source=_SOURCE,
            ),
        ),
    )
)
