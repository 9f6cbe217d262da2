"""Mediation: from the application to the agreement, its confirmation by the court, and its performance."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import CaseType, ClockKind, declare_case_type
from qiantang.kernel.workflow import Audience, State, Transition, Workflow
from qiantang.scenarios.protection.workflow.steps import LEAD, OFFICE, PARTIES, PLATFORM, clock, step

_ANY = PARTIES | PLATFORM
_FINAL = ("performed", "breached", "failed", "refused", "unreachable", "withdrawn", "settled")
_OPEN = ("applied", "invited", "choosing", "named", "mediating", "signing")
_WITHDRAW, _WITHDREW = _("Withdraw the mediation"), _("%(who)s withdrew from the mediation")
_SETTLE, _SETTLED = _("Withdraw: we settled"), _("%(who)s withdrew after a settlement")
_END, _ENDED = _("End it without an agreement"), _("%(who)s ended the mediation without an agreement")
_PERFORM, _PERFORMED = _("It was performed"), _("%(who)s noted that the agreement was performed")
_BREACH, _BREACHED = _("It was not performed"), _("%(who)s noted that the agreement was not performed")


def _leaving(state: str) -> tuple[Transition, ...]:
    """Mediation is voluntary: each side may leave it in every state before the agreement."""
    return (
        step("withdraw", state, "withdrawn", PARTIES, _WITHDRAW, _WITHDREW, note=True),
        step("settle", state, "settled", PARTIES, _SETTLE, _SETTLED),
    )


def _performing(state: str) -> tuple[Transition, ...]:
    return (
        step("perform", state, "performed", _ANY | OFFICE, _PERFORM, _PERFORMED),
        step("breach", state, "breached", PARTIES | OFFICE, _BREACH, _BREACHED, note=True),
    )


def _final(key: str, words: str, *, unattended: bool = False) -> State:
    return State(key=key, staff=words, party=words, clock_runs=False, final=True, unattended=unattended)


MEDIATION_FLOW = Workflow(
    key="protection.mediation",
    initial="applied",
    states=(
        State(key="applied", staff=_("To be looked at, the other side to be invited"), party=_("Applied for")),
        State(
            key="invited",
            staff=_("The other side is invited"),
            party=_("Invited: agree or refuse"),
            waits_for=Audience.PARTY,
        ),
        State(key="choosing", staff=_("Mediator to be chosen"), party=_("Choose a mediator")),
        State(
            key="named",
            staff=_("The mediator is asked"),
            party=_("The mediator is asked; you may object once"),
            waits_for=None,
        ),
        State(key="mediating", staff=_("In mediation"), party=_("In mediation"), waits_for=None),
        State(
            key="signing", staff=_("Agreement to be signed"), party=_("Sign the agreement"), waits_for=Audience.PARTY
        ),
        State(
            key="effective",
            staff=_("Agreement in force"),
            party=_("Agreement in force: perform it, or have it confirmed"),
            waits_for=Audience.PARTY,
        ),
        State(
            key="confirming",
            staff=_("Confirmation asked of the court"),
            party=_("Confirmation asked of the court"),
            waits_for=None,
        ),
        State(
            key="confirmed",
            staff=_("Confirmed by the court"),
            party=_("Confirmed by the court: it can be enforced"),
            waits_for=None,
        ),
        State(
            key="performing",
            staff=_("Agreement in force, not confirmed"),
            party=_("Agreement in force, not confirmed by the court"),
            waits_for=None,
        ),
        _final("performed", _("Agreement performed"), unattended=True),
        _final("breached", _("Agreement not performed")),
        _final("failed", _("No agreement")),
        _final("refused", _("The other side refused")),
        _final("unreachable", _("The other side was not reached")),
        _final("withdrawn", _("Mediation withdrawn")),
        _final("settled", _("Settled between the sides")),
    ),
    transitions=(
        step(
            "invite",
            "applied",
            "invited",
            OFFICE | PLATFORM,
            _("Invite the other side"),
            _("%(who)s invited the other side"),
        ),
        step("agree", "invited", "choosing", _ANY, _("Agree to mediate"), _("%(who)s agreed to mediate")),
        step("agree", "applied", "choosing", PLATFORM, _("Both sides agree"), _("Both sides agreed before")),
        step("refuse", "invited", "refused", _ANY, _("Refuse"), _("%(who)s refused to mediate"), reports=True),
        step(
            "not_reached",
            "invited",
            "unreachable",
            OFFICE,
            _("The other side cannot be reached"),
            _("%(who)s could not reach the other side"),
            note=True,
        ),
        step(
            "name_mediator",
            "choosing",
            "named",
            PARTIES | OFFICE | PLATFORM,
            _("Name the mediator"),
            _("%(name)s is asked to mediate"),
        ),
        step(
            "replace", "named", "choosing", _ANY | OFFICE, _("Another mediator"), _("Another mediator is to be chosen")
        ),
        step(
            "replace",
            "mediating",
            "choosing",
            _ANY | OFFICE,
            _("Another mediator"),
            _("Another mediator is to be chosen"),
        ),
        step("accept", "named", "mediating", _ANY, _("Accept the appointment"), _("%(name)s accepted the appointment")),
        step(
            "fix_agreement",
            "mediating",
            "signing",
            PARTIES,
            _("Lay the agreement out to be signed"),
            _("%(who)s laid an agreement out"),
        ),
        step(
            "reopen",
            "signing",
            "mediating",
            PARTIES,
            _("Back to the talks"),
            _("%(who)s took the talks up again"),
            note=True,
        ),
        step(
            "take_effect",
            "signing",
            "effective",
            PLATFORM,
            _("All have signed"),
            _("All have signed; the agreement is in force"),
        ),
        step("fail", "mediating", "failed", PARTIES, _END, _ENDED, note=True),
        step("fail", "signing", "failed", PARTIES, _END, _ENDED, note=True),
        step(
            "request_confirmation",
            "effective",
            "confirming",
            _ANY,
            _("Ask the court to confirm it"),
            _("Both sides asked the court to confirm the agreement"),
        ),
        step(
            "record_confirmed",
            "confirming",
            "confirmed",
            OFFICE | PLATFORM,
            _("The court confirmed it"),
            _("The court confirmed the agreement"),
            note=True,
            reports=True,
        ),
        step(
            "record_not_confirmed",
            "confirming",
            "performing",
            OFFICE | PLATFORM,
            _("The court did not confirm it"),
            _("The court did not confirm the agreement"),
            note=True,
            reports=True,
        ),
        *(one for state in _OPEN for one in _leaving(state)),
        *(one for state in ("effective", "confirmed", "performing") for one in _performing(state)),
    ),
)

MEDIATION = declare_case_type(
    CaseType(
        workflow=MEDIATION_FLOW,
        title=_("Mediation of a dispute"),
        authority="HZTJ",
        staff=OFFICE,
        leads=LEAD,
        scope="protection.act",
        url_name="protection:matter-show",
        noted=frozenset({"agree", "refuse", "withdraw", "settle", "reopen", "fail", "perform", "breach"}),
        endpoints={
            "name_mediator": "proceedings/{number}/mediator",
            "accept": "proceedings/{number}/appointment/acceptance",
            "replace": "proceedings/{number}/appointment/objection",
            "fix_agreement": "proceedings/{number}/agreement",
            "request_confirmation": "proceedings/{number}/confirmation",
        },
        noted_by="qiantang.scenarios.protection.services.steps.take_step",
        clocks=(
            clock(
                "TL-01",
                _("Name a mediator"),
                ClockKind.STATUTE,
                ("choosing",),
                ("named", *_FINAL),
            ),
            clock("TL-02", _("Mediator accepts"), ClockKind.STATUTE, ("named",), ("mediating", "choosing", *_FINAL)),
            clock(
                "TL-03",
                _("Sides choose a mediator together"),
                ClockKind.REPLY,
                ("choosing",),
                ("named", *_FINAL),
            ),
            clock(
                "TL-04",
                _("Term of the mediation"),
                ClockKind.STATUTE,
                ("mediating",),
                ("effective", *_FINAL),
                extension=30,
            ),
            clock(
                "TL-05",
                _("Ask the court to confirm"),
                ClockKind.REPLY,
                ("effective",),
                ("confirming", *_FINAL),
            ),
            clock(
                "TL-06",
                _("Court decides whether to take the request"),
                ClockKind.STATUTE,
                ("confirming",),
                ("confirmed", "performing", *_FINAL),
            ),
            clock(
                "TL-07",
                _("Court decides on the confirmation"),
                ClockKind.STATUTE,
                ("confirming",),
                ("confirmed", "performing", *_FINAL),
            ),
        ),
    )
)
