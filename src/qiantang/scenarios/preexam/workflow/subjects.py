"""The filing of an innovation subject: from the draft to the active filing, and what may end it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.methods.steps import final_state, party_state, resting_state, steps
from qiantang.commons.casework.types import PARTY, CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Guard, State, Workflow

_SUBJECT = frozenset({PARTY})
_EXAMINER = frozenset({"examiner", "supervisor"})
_LEAD = frozenset({"supervisor"})
_REVIEWED = frozenset({"pass_review"})
_SOURCE = _("Published practice of protection centres; differs by city")

_COMPLETE = (Guard("preexam.hand_in_on_page", lambda facts: facts.get("complete") == 1),)

SUBJECT_FILING = Workflow(
    key="preexam.subject",
    initial="draft",
    states=(
        party_state("draft", _("Draft of the subject"), _("Not handed in yet"), _SUBJECT),
        State(key="submitted", staff=_("To be reviewed"), party=_("Under review by the centre")),
        party_state("returned", _("Returned to the subject"), _("Please complete it"), _SUBJECT),
        State(
            key="centre_review_passed",
            staff=_("Review passed, to be sent to CNIPA"),
            party=_("Review by the centre passed"),
        ),
        resting_state("cnipa_review", _("Under review by CNIPA"), _("Under review by CNIPA")),
        resting_state("active", _("Filing active"), _("Filing active")),
        resting_state("suspended", _("Filing suspended"), _("Filing suspended")),
        final_state("cancelled", _("Filing cancelled"), _("Filing cancelled")),
        final_state("rejected", _("Not accepted by CNIPA"), _("Not accepted")),
        final_state("withdrawn", _("Withdrawn by the subject"), _("Withdrawn")),
    ),
    transitions=(
        *steps(
            "submit",
            {"draft": "submitted"},
            _("Hand it in"),
            _("%(who)s handed the filing in"),
            _SUBJECT,
            guards=_COMPLETE,
        ),
        *steps(
            "submit",
            {"returned": "submitted"},
            _("Hand it in again"),
            _("%(who)s handed the filing in again"),
            _SUBJECT,
            guards=_COMPLETE,
        ),
        *steps(
            "withdraw",
            {"draft": "withdrawn", "submitted": "withdrawn"},
            _("Withdraw the filing"),
            _("%(who)s withdrew the filing"),
            _SUBJECT,
        ),
        *steps(
            "return_it",
            {"submitted": "returned"},
            _("Return it with all that is missing"),
            _("%(who)s returned the filing"),
            _EXAMINER,
            needs_note=True,
        ),
        *steps(
            "pass_review",
            {"submitted": "centre_review_passed"},
            _("Review passed"),
            _("%(who)s found the filing in order"),
            _EXAMINER,
        ),
        *steps(
            "send_back",
            {"centre_review_passed": "submitted"},
            _("Back to review"),
            _("%(who)s sent the filing back to review"),
            _LEAD,
            needs_note=True,
        ),
        *steps(
            "send_to_cnipa",
            {"centre_review_passed": "cnipa_review"},
            _("Send to CNIPA"),
            _("%(who)s sent the filing to CNIPA"),
            _LEAD,
            apart_from=_REVIEWED,
        ),
        *steps(
            "record_acceptance",
            {"cnipa_review": "active"},
            _("CNIPA has accepted it"),
            _("%(who)s noted that CNIPA accepted the filing"),
            _EXAMINER,
        ),
        *steps(
            "record_rejection",
            {"cnipa_review": "rejected"},
            _("CNIPA has not accepted it"),
            _("%(who)s noted that CNIPA did not accept the filing"),
            _EXAMINER,
            needs_note=True,
        ),
        *steps(
            "suspend",
            {"active": "suspended"},
            _("Suspend the filing"),
            _("%(who)s suspended the filing"),
            _LEAD,
            needs_note=True,
            apart_from=_REVIEWED,
        ),
        *steps(
            "reinstate",
            {"suspended": "active"},
            _("Lift the suspension"),
            _("%(who)s lifted the suspension"),
            _LEAD,
            needs_note=True,
        ),
        *steps(
            "cancel",
            {"active": "cancelled", "suspended": "cancelled"},
            _("Cancel the filing"),
            _("%(who)s cancelled the filing"),
            _LEAD,
            needs_note=True,
            apart_from=frozenset({"pass_review", "suspend"}),
        ),
    ),
)

SUBJECT = declare_case_type(
    CaseType(
        workflow=SUBJECT_FILING,
        title=_("Filing of an innovation subject"),
        authority="HZBA",
        staff=frozenset({"examiner", "supervisor"}),
        leads=frozenset({"supervisor"}),
        scope="preexam.file",
        url_name="preexam:subject-show",
        noted=frozenset({"submit"}),
        noted_by="qiantang.scenarios.preexam.services.stepping.take_subject_step",
        models=("preexam.subjects.default", "preexam.subjects.ningbo"),
        clocks=(
            ClockRule(
                key="centre_review",
                title=_("Review by the centre"),
                kind=ClockKind.PROMISE,
                limit=Limit(10, Unit.WORKDAY),
                starts=frozenset({"submitted"}),
                ends=frozenset({"cnipa_review", "cancelled", "rejected", "withdrawn"}),
                source=_SOURCE,
            ),
        ),
    )
)
