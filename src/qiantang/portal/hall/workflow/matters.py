"""A matter of the hall: from the draft to its result. A bundle: one form that has become several matters."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.methods.steps import final_state, on_its_page, party_state, resting_state, steps
from qiantang.commons.casework.types import PARTY, SYSTEM, CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import State, Transition, Workflow

_WINDOW = "window_officer"
_HANDS_IN = frozenset({PARTY, _WINDOW})
_OFFICE = frozenset({"case_officer", "supervisor"})
_LEAD = frozenset({"supervisor"})
_STAFF = frozenset({"case_officer", "supervisor", _WINDOW})
_HERE = on_its_page("hall.on_its_page")
_ENDS = frozenset({"done", "refused", "not_accepted", "not_begun", "withdrawn", "lapsed"})


def _step(
    action: str, ways: dict[str, str], label: str, told: str, roles: frozenset[str], **more: Any
) -> tuple[Transition, ...]:
    """All steps are taken on the page of the matter, where their papers are asked for."""
    return steps(action, ways, label, told, roles, guards=_HERE, **more)


MATTER = Workflow(
    key="hall.matter",
    initial="draft",
    states=(
        party_state("draft", _("Draft of the applicant"), _("Not handed in yet"), _HANDS_IN),
        resting_state("queued", _("Waits for the part before"), _("Handed in; begins when the part before is done")),
        State(key="submitted", staff=_("To be taken in"), party=_("Handed in, being looked through")),
        party_state("supplement", _("Waits for what is missing"), _("Please add what is missing"), _HANDS_IN),
        State(key="accepted", staff=_("In hand"), party=_("Taken in, being worked on")),
        final_state("done", _("Done"), _("Done")),
        final_state("refused", _("Refused"), _("Refused, with reasons")),
        final_state("not_accepted", _("Not taken in"), _("Not taken in, with reasons")),
        final_state("not_begun", _("Not begun"), _("Not begun: the part before came to nothing"), unattended=True),
        final_state("withdrawn", _("Withdrawn by the applicant"), _("Withdrawn")),
        final_state(
            "lapsed", _("Deemed withdrawn: nothing was added in time"), _("Deemed withdrawn: nothing was added in time")
        ),
    ),
    transitions=(
        *_step(
            "submit",
            {"draft": "submitted", "supplement": "submitted"},
            _("Hand it in"),
            _("%(who)s handed the papers in"),
            _HANDS_IN,
        ),
        *_step(
            "queue",
            {"draft": "queued"},
            _("Hand it in for later"),
            _("%(who)s handed the papers in; this part waits for the one before"),
            _HANDS_IN,
        ),
        *_step(
            "release_part",
            {"queued": "submitted"},
            _("Begin this part"),
            _("The part before is done; this one begins"),
            frozenset({SYSTEM}),
        ),
        *_step(
            "drop_part",
            {"queued": "not_begun"},
            _("Not begin this part"),
            _("The parts before came to nothing; this one does not begin"),
            frozenset({SYSTEM}),
        ),
        *_step(
            "ask_supplement",
            {"submitted": "supplement"},
            _("Tell all that is missing"),
            _("%(who)s told all that is missing, at once"),
            _STAFF,
            needs_note=True,
        ),
        *_step(
            "ask_again",
            {"submitted": "supplement"},
            _("Ask a second time"),
            _("%(who)s asked a second time, and gave the reason to the supervision"),
            _LEAD,
            needs_note=True,
        ),
        *_step("accept", {"submitted": "accepted"}, _("Take it in"), _("%(who)s took the matter in"), _STAFF),
        *_step(
            "not_accept",
            {"submitted": "not_accepted"},
            _("Not take it in"),
            _("%(who)s did not take the matter in"),
            _OFFICE,
            needs_note=True,
            apart_from={"ask_supplement"},
        ),
        *_step(
            "revoke_acceptance",
            {"accepted": "not_accepted"},
            _("Revoke the taking in"),
            _("%(who)s revoked the taking in: what was to follow did not come"),
            _OFFICE,
            needs_note=True,
            apart_from={"accept"},
        ),
        *_step(
            "complete",
            {"accepted": "done"},
            _("Done"),
            _("%(who)s brought the matter to its result"),
            _OFFICE,
            needs_note=True,
            apart_from={"accept"},
        ),
        *_step(
            "refuse",
            {"accepted": "refused"},
            _("Refuse the request"),
            _("%(who)s refused the request"),
            _OFFICE,
            needs_note=True,
            apart_from={"accept"},
        ),
        *_step(
            "lapse",
            {"supplement": "lapsed"},
            _("Deem it withdrawn"),
            _("Nothing was added in time: deemed withdrawn"),
            _OFFICE,
            needs_note=True,
        ),
        *_step(
            "withdraw",
            {
                "draft": "withdrawn",
                "queued": "withdrawn",
                "submitted": "withdrawn",
                "supplement": "withdrawn",
                "accepted": "withdrawn",
            },
            _("Withdraw the matter"),
            _("%(who)s withdrew the matter"),
            frozenset({PARTY}),
        ),
    ),
)

MATTER_KIND = declare_case_type(
    CaseType(
        workflow=MATTER,
        title=_("Matter of the service hall"),
        authority="HZSL",
        staff=_STAFF,
        leads=_LEAD,
        scope="hall.file",
        url_name="hall:matter-show",
        noted=frozenset({"submit", "withdraw"}),
        noted_by="qiantang.portal.hall.services.matters.take_step",
        clocks=(
            ClockRule(
                key="intake",
                title=_("Look through the papers and tell all that is missing"),
                kind=ClockKind.STATUTE,
                limit=Limit(5, Unit.WORKDAY),
                starts=frozenset({"submitted"}),
                ends=frozenset({"accepted", "supplement"}) | _ENDS,
                source=_("Administrative Licensing Law, art. 32"),
            ),
            ClockRule(
                key="promise",
                title=_("Promised for this service"),
                kind=ClockKind.PROMISE,
                limit=Limit(
                    20, Unit.WORKDAY
                ),  # of the service, as its entry in the catalogue says: set when the matter is opened
                starts=frozenset({"accepted"}),
                ends=_ENDS,
                source=_("Catalogue of services"),
            ),
            ClockRule(
                key="reply",
                title=_("Add what is missing"),
                kind=ClockKind.REPLY,
                limit=Limit(10, Unit.WORKDAY),
                starts=frozenset({"supplement"}),
                ends=frozenset({"submitted"}) | _ENDS,
                source=_("House rules of the hall; to be confirmed"),
                stopped_by=frozenset(),
            ),
        ),
    )
)

BUNDLE = Workflow(
    key="hall.bundle",
    initial="draft",
    states=(
        party_state("draft", _("Draft of the applicant"), _("Not handed in yet"), _HANDS_IN),
        resting_state("running", _("Parts under way"), _("Handed in; the parts are under way")),
        final_state("done", _("All parts ended"), _("All parts ended"), unattended=True),
        final_state("withdrawn", _("Withdrawn by the applicant"), _("Withdrawn")),
    ),
    transitions=(
        *_step(
            "submit",
            {"draft": "running"},
            _("Hand it in"),
            _("%(who)s handed the papers in, once for all parts"),
            _HANDS_IN,
        ),
        *_step("close", {"running": "done"}, _("Close"), _("All parts have ended"), frozenset({SYSTEM})),
        *_step(
            "withdraw",
            {"draft": "withdrawn"},
            _("Withdraw the matter"),
            _("%(who)s withdrew the matter"),
            frozenset({PARTY}),
        ),
    ),
)

BUNDLE_KIND = declare_case_type(
    CaseType(
        workflow=BUNDLE,
        title=_("One thing of several services"),
        authority="HZYJ",
        staff=_STAFF,
        leads=_LEAD,
        scope="hall.file",
        url_name="hall:matter-show",
        noted=frozenset({"submit", "withdraw"}),
        noted_by="qiantang.portal.hall.services.matters.take_step",
    )
)
