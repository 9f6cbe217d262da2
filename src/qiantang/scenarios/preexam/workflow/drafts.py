"""The life of a draft: handed in, examined in rounds, concluded by two people, filed, followed to the grant.

One workflow for three kinds of case, since the promised days differ by type of application.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import EVERY_REASON, PARTY, CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import Audience, Guard, State, Transition, Workflow
from qiantang.scenarios.preexam.methods.limits import limits_now
from qiantang.scenarios.preexam.types import DraftType

_P = frozenset({PARTY})
_X = frozenset({"examiner", "supervisor"})
_L = frozenset({"supervisor"})
_SOURCE = _("Published practice of protection centres; differs by city")
ON_PAGE = "preexam.draft_on_page"
_FINAL_STATES = (
    ("not_accepted", _("Not accepted"), _("Not accepted")),
    ("unqualified", _("Not passed"), _("Not passed")),
    ("terminated", _("Terminated"), _("Terminated")),
    ("lapsed", _("Lapsed: no reply in time"), _("Closed: no reply in time")),
    ("withdrawn", _("Withdrawn by the applicant"), _("Withdrawn")),
    ("filing_window_missed", _("Not filed in time"), _("Closed: not filed in time")),
    ("mark_cancelled", _("Fast-track mark cancelled"), _("Fast-track mark cancelled")),
    ("granted", _("Patent granted"), _("Patent granted")),
    ("refused", _("Refused by the national office"), _("Refused by the national office")),
    ("withdrawn_after", _("Withdrawn after filing"), _("Withdrawn after filing")),
)


def _told(fact: str) -> tuple[Guard, ...]:
    """The step is taken by a service that has looked: it hands over the fact."""
    return (Guard(ON_PAGE, lambda facts: bool(facts.get(fact))),)


def _outcome(wanted: str) -> tuple[Guard, ...]:
    return (Guard(ON_PAGE, lambda facts: facts.get("outcome") == wanted),)


def _party_state(key: str, staff: str, party: str) -> State:
    return State(key=key, staff=staff, party=party, editable_by=_P, clock_runs=False, waits_for=Audience.PARTY)


STATES = (
    _party_state("draft", _("Draft of the applicant"), _("Not handed in yet")),
    State(key="submitted", staff=_("To be checked for completeness"), party=_("Handed in")),
    State(key="accepted", staff=_("Accepted, to be assigned"), party=_("Accepted")),
    State(key="examining", staff=_("Being examined by the centre"), party=_("Being examined")),
    _party_state("amendment_requested", _("Waits for the amendment"), _("Please amend")),
    State(key="concluding", staff=_("Conclusion to be confirmed"), party=_("Being examined")),
    State(
        key="qualified",
        staff=_("Passed, waits for the filing"),
        party=_("Passed: please file it now"),
        clock_runs=False,
        waits_for=Audience.PARTY,
    ),
    State(key="formally_filed", staff=_("Filed, mark to be set"), party=_("Filed at CNIPA")),
    State(
        key="flagged",
        staff=_("On the fast track"),
        party=_("On the fast track at CNIPA"),
        clock_runs=False,
        waits_for=None,
    ),
    *(State(key=key, staff=staff, party=party, final=True, clock_runs=False) for key, staff, party in _FINAL_STATES),
)


def _step(  # noqa: PLR0913 - a row of the table below
    action: str,
    source: str,
    target: str,
    roles: frozenset[str],
    label: str,
    told: str,
    *,
    guards: tuple[Guard, ...] = (),
    needs_note: bool = False,
    apart_from: frozenset[str] = frozenset(),
    decides: bool = False,
) -> Transition:
    return Transition(
        action=action,
        source=source,
        target=target,
        roles=roles,
        label=label,
        told=told,
        guards=guards,
        needs_note=needs_note,
        apart_from=apart_from,
        decides=decides,
    )


_WITHDRAW = (_("Withdraw the draft"), _("%(who)s withdrew the draft"))
_MARK_OFF = (_("Cancel the fast-track mark"), _("%(who)s cancelled the fast-track mark"))
_AFTER = frozenset({"flag"})
TRANSITIONS = (
    _step("submit", "draft", "submitted", _P, _("Hand it in"), _("%(who)s handed the draft in"), guards=_told("complete")),
    *(
        _step("withdraw", source, "withdrawn", _P, *_WITHDRAW)
        for source in ("draft", "submitted", "accepted", "examining", "amendment_requested", "qualified")
    ),
    _step(
        "not_accept", "submitted", "not_accepted", _X, _("Do not accept"), _("%(who)s did not accept the draft: %(reason)s"),
        guards=_told("reason"), needs_note=True,
    ),
    _step("accept", "submitted", "accepted", _X, _("Accept"), _("%(who)s accepted the draft"), guards=_told("checked")),
    _step("begin", "accepted", "examining", _X, _("Begin the examination"), _("%(who)s began the examination"), guards=_told("assigned")),
    _step(
        "request_amendment", "examining", "amendment_requested", _X, _("Ask for amendments"),
        _("%(who)s asked for amendments: %(items)s items, round %(round)s"), guards=_told("items"),
    ),
    _step("resubmit", "amendment_requested", "examining", _P, _("Hand in the answer"), _("%(who)s answered, version %(version)s"), guards=_told("complete")),
    _step("lapse", "amendment_requested", "lapsed", _X, _("Close for want of a reply"), _("%(who)s closed the case: no reply in time"), guards=_told("late")),
    _step("propose", "examining", "concluding", _X, _("Propose a conclusion"), _("%(who)s proposed a conclusion"), guards=_told("outcome")),
    _step("send_back", "concluding", "examining", _L, _("Back to the examiner"), _("%(who)s sent the proposal back"), needs_note=True),
    *(
        _step(action, "concluding", target, _X, label, told, guards=_outcome(target), apart_from=frozenset({"propose"}), decides=True)
        for action, target, label, told in (
            ("confirm_pass", "qualified", _("Confirm: passed"), _("%(who)s confirmed: passed")),
            ("confirm_fail", "unqualified", _("Confirm: not passed"), _("%(who)s confirmed: not passed")),
            ("confirm_end", "terminated", _("Confirm: terminated"), _("%(who)s confirmed: terminated")),
        )
    ),
    _step("record_filing", "qualified", "formally_filed", _P | _X, _("Note the application number"), _("%(who)s noted the filing"), guards=_told("same_text")),
    _step("miss_window", "qualified", "filing_window_missed", _X, _("Close: not filed in time"), _("%(who)s closed the case: not filed in time"), guards=_told("late")),
    _step("flag", "formally_filed", "flagged", _X, _("Set the fast-track mark"), _("%(who)s set the fast-track mark"), guards=_told("application")),
    *(
        _step("cancel_mark", source, "mark_cancelled", _L, *_MARK_OFF, needs_note=True, apart_from=_AFTER, decides=True, guards=_told("outcome"))
        for source in ("formally_filed", "flagged")
    ),
    *(
        _step(action, "flagged", target, _X | _P, label, told, guards=_told("event"))
        for action, target, label, told in (
            ("record_grant", "granted", _("Note the grant"), _("%(who)s noted the grant")),
            ("record_refusal", "refused", _("Note the refusal"), _("%(who)s noted the refusal")),
            ("record_end", "withdrawn_after", _("Note the withdrawal"), _("%(who)s noted the withdrawal")),
        )
    ),
)  # fmt: skip
_MODELS = (
    "preexam.checks", "preexam.field_gate", "preexam.entry", "preexam.entry.attention", "preexam.alike", "preexam.changes",
    "preexam.assigning", "register.similar",
)  # fmt: skip
_FINALS = frozenset(key for key, _staff, _party in _FINAL_STATES)
_DECIDED = _FINALS | {"qualified", "formally_filed", "flagged"}
_ENDPOINTS = {
    "accept": "drafts/{number}/acceptance",
    "begin": "drafts/{number}/assignment",
    "request_amendment": "drafts/{number}/notice",
    "record_filing": "drafts/{number}/filing",
    "flag": "drafts/{number}/mark",
    **dict.fromkeys(("record_grant", "record_refusal", "record_end"), "drafts/{number}/national-events"),
}
_TITLES = {
    DraftType.INVENTION: _("Pre-examination of an invention"),
    DraftType.UTILITY_MODEL: _("Pre-examination of a utility model"),
    DraftType.DESIGN: _("Pre-examination of a design"),
}


def _clock(
    key: str, title: str, kind: ClockKind, days: int, starts: set[str], ends: frozenset[str], *, own: bool = False
) -> ClockRule:
    """``own``: it runs while the party acts, so that nothing stops it."""
    return ClockRule(
        key=key,
        title=title,
        kind=kind,
        limit=Limit(days, Unit.WORKDAY),
        starts=frozenset(starts),
        ends=ends,
        source=_SOURCE,
        stopped_by=frozenset() if own else EVERY_REASON,
    )


def _clocks(kind: DraftType) -> tuple[ClockRule, ...]:
    limits = limits_now()
    reply, promise = ClockKind.REPLY, ClockKind.PROMISE
    opened = _FINALS | {"accepted"}
    first = _DECIDED | {"amendment_requested", "concluding"}
    answered = _FINALS | {"examining"}
    filed = _FINALS | {"formally_filed"}
    return (
        _clock("intake", _("Check for completeness"), promise, limits.intake_days, {"submitted"}, opened),
        _clock("first_opinion", _("First opinion"), promise, limits.first_opinion[kind], {"accepted"}, first),
        _clock("decision", _("Conclusion"), promise, 3 * limits.first_opinion[kind], {"accepted"}, _DECIDED),
        _clock("reply", _("Answer of the applicant"), reply, limits.reply[kind], {"amendment_requested"}, answered, own=True),
        _clock("filing", _("Filing at CNIPA"), reply, limits.filing_days, {"qualified"}, filed, own=True),
    )  # fmt: skip


def _kind(kind: DraftType) -> CaseType:
    return declare_case_type(
        CaseType(
            workflow=Workflow(key=f"preexam.{kind.value}", initial="draft", states=STATES, transitions=TRANSITIONS),
            title=_TITLES[kind],
            authority="HZYS",
            staff=_X,
            leads=_L,
            scope="preexam.file",
            url_name="preexam:draft-show",
            noted=frozenset({"submit", "resubmit"}),
            noted_by="qiantang.scenarios.preexam.services.stepping.take_draft_step",
            endpoints=_ENDPOINTS,
            models=_MODELS,
            handed_in=True,
            clocks=_clocks(kind),
        )
    )


DRAFTS: Mapping[DraftType, CaseType] = {kind: _kind(kind) for kind in DraftType}
DRAFT_KINDS = tuple(one.key for one in DRAFTS.values())
