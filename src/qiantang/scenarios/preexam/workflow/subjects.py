"""The filing of an innovation subject: from the draft to the active filing, and what may end it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import PARTY, CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Audience, Guard, State, Transition, Workflow

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
        State(
            key="draft",
            staff=_("Draft of the subject"),
            party=_("Not handed in yet"),
            editable_by=_SUBJECT,
            clock_runs=False,
            waits_for=Audience.PARTY,
        ),
        State(key="submitted", staff=_("To be reviewed"), party=_("Under review by the centre")),
        State(
            key="returned",
            staff=_("Returned to the subject"),
            party=_("Please complete it"),
            editable_by=_SUBJECT,
            clock_runs=False,
            waits_for=Audience.PARTY,
        ),
        State(
            key="centre_review_passed",
            staff=_("Review passed, to be sent to CNIPA"),
            party=_("Review by the centre passed"),
        ),
        State(
            key="cnipa_review",
            staff=_("Under review by CNIPA"),
            party=_("Under review by CNIPA"),
            clock_runs=False,
            waits_for=None,
        ),
        State(key="active", staff=_("Filing active"), party=_("Filing active"), clock_runs=False, waits_for=None),
        State(
            key="suspended", staff=_("Filing suspended"), party=_("Filing suspended"), clock_runs=False, waits_for=None
        ),
        State(key="cancelled", staff=_("Filing cancelled"), party=_("Filing cancelled"), clock_runs=False, final=True),
        State(key="rejected", staff=_("Not accepted by CNIPA"), party=_("Not accepted"), clock_runs=False, final=True),
        State(key="withdrawn", staff=_("Withdrawn by the subject"), party=_("Withdrawn"), clock_runs=False, final=True),
    ),
    transitions=(
        Transition(
            action="submit",
            source="draft",
            target="submitted",
            label=_("Hand it in"),
            told=_("%(who)s handed the filing in"),
            roles=_SUBJECT,
            guards=_COMPLETE,
        ),
        Transition(
            action="submit",
            source="returned",
            target="submitted",
            label=_("Hand it in again"),
            told=_("%(who)s handed the filing in again"),
            roles=_SUBJECT,
            guards=_COMPLETE,
        ),
        Transition(
            action="withdraw",
            source="draft",
            target="withdrawn",
            label=_("Withdraw the filing"),
            told=_("%(who)s withdrew the filing"),
            roles=_SUBJECT,
        ),
        Transition(
            action="withdraw",
            source="submitted",
            target="withdrawn",
            label=_("Withdraw the filing"),
            told=_("%(who)s withdrew the filing"),
            roles=_SUBJECT,
        ),
        Transition(
            action="return_it",
            source="submitted",
            target="returned",
            label=_("Return it with all that is missing"),
            told=_("%(who)s returned the filing"),
            roles=_EXAMINER,
            needs_note=True,
        ),
        Transition(
            action="pass_review",
            source="submitted",
            target="centre_review_passed",
            label=_("Review passed"),
            told=_("%(who)s found the filing in order"),
            roles=_EXAMINER,
        ),
        Transition(
            action="send_back",
            source="centre_review_passed",
            target="submitted",
            label=_("Back to review"),
            told=_("%(who)s sent the filing back to review"),
            roles=_LEAD,
            needs_note=True,
        ),
        Transition(
            action="send_to_cnipa",
            source="centre_review_passed",
            target="cnipa_review",
            label=_("Send to CNIPA"),
            told=_("%(who)s sent the filing to CNIPA"),
            roles=_LEAD,
            apart_from=_REVIEWED,
            decides=True,
        ),
        Transition(
            action="record_acceptance",
            source="cnipa_review",
            target="active",
            label=_("CNIPA has accepted it"),
            told=_("%(who)s noted that CNIPA accepted the filing"),
            roles=_EXAMINER,
        ),
        Transition(
            action="record_rejection",
            source="cnipa_review",
            target="rejected",
            label=_("CNIPA has not accepted it"),
            told=_("%(who)s noted that CNIPA did not accept the filing"),
            roles=_EXAMINER,
            needs_note=True,
        ),
        Transition(
            action="suspend",
            source="active",
            target="suspended",
            label=_("Suspend the filing"),
            told=_("%(who)s suspended the filing"),
            roles=_LEAD,
            needs_note=True,
            apart_from=_REVIEWED,
            decides=True,
        ),
        Transition(
            action="reinstate",
            source="suspended",
            target="active",
            label=_("Lift the suspension"),
            told=_("%(who)s lifted the suspension"),
            roles=_LEAD,
            needs_note=True,
        ),
        Transition(
            action="cancel",
            source="active",
            target="cancelled",
            label=_("Cancel the filing"),
            told=_("%(who)s cancelled the filing"),
            roles=_LEAD,
            needs_note=True,
            apart_from=frozenset({"pass_review", "suspend"}),
            decides=True,
        ),
        Transition(
            action="cancel",
            source="suspended",
            target="cancelled",
            label=_("Cancel the filing"),
            told=_("%(who)s cancelled the filing"),
            roles=_LEAD,
            needs_note=True,
            apart_from=frozenset({"pass_review", "suspend"}),
            decides=True,
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
