"""A clue that points to a crime: transferred by the office to the police, who answer; the procuratorate has a copy and may supervise."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import CaseType, ClockKind, ClockRule, declare_case_type
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.workflow import State, Workflow
from qiantang.scenarios.protection.workflow.steps import LEAD, OFFICE, PLATFORM, step

_SAYS = OFFICE | PLATFORM
_SOURCE = _("Provisions on the transfer of suspected crimes by administrative organs; to be verified")
_FILED, _NOT_FILED = _("The police filed the case"), _("The police did not file the case")
_CLOSE, _CLOSED = _("Close the clue"), _("%(who)s closed the clue")
_FINAL = ("dropped", "ended", "closed")


def _state(key: str, word: str, *, final: bool = False) -> State:
    return State(key=key, staff=word, party=word, waits_for=None, clock_runs=not final, final=final)


CLUE_FLOW = Workflow(
    key="protection.clue",
    initial="noted",
    states=(
        _state("noted", _("Clue noted")),
        _state("proposed", _("Transfer proposed, to be approved")),
        _state("approved", _("Transfer approved, to be sent")),
        _state("sent", _("On the way to the police")),
        _state("received", _("Received by the police")),
        _state("more_asked", _("The police ask for more")),
        _state("filed", _("Filed by the police")),
        _state("declined", _("Not filed by the police")),
        _state("reconsidered", _("Reconsideration asked for")),
        _state("supervised", _("With the procuratorate: supervision asked for")),
        _state("ended", _("Ended by the police or the court"), final=True),
        _state("closed", _("Closed without a case"), final=True),
        _state("dropped", _("Not transferred"), final=True),
    ),
    transitions=(
        step("propose", "noted", "proposed", OFFICE, _("Propose the transfer"), _("%(who)s proposed it"), note=True),
        step("drop", "noted", "dropped", OFFICE, _("No crime is suspected"), _("%(who)s dropped the clue"), note=True),
        step(
            "approve",
            "proposed",
            "approved",
            LEAD,
            _("Approve the transfer"),
            _("%(who)s approved the transfer"),
            note=True,
            apart_from=("propose",),
            decides=True,
        ),
        step(
            "reject",
            "proposed",
            "noted",
            LEAD,
            _("Do not approve the transfer"),
            _("%(who)s did not approve the transfer"),
            note=True,
            apart_from=("propose",),
            decides=True,
        ),
        step("send", "approved", "sent", OFFICE, _("Send it to the police"), _("%(who)s sent it to the police")),
        step(
            "acknowledge",
            "sent",
            "received",
            _SAYS,
            _("The police received it"),
            _("The police acknowledged: %(reference)s"),
        ),
        step(
            "ask_more",
            "received",
            "more_asked",
            _SAYS,
            _("The police ask for more"),
            _("The police asked for more"),
            note=True,
        ),
        step(
            "supply",
            "more_asked",
            "received",
            OFFICE,
            _("Send what was asked for"),
            _("%(who)s sent what was asked for"),
            note=True,
        ),
        *(
            step("accept", state, "filed", _SAYS, _FILED, _FILED)
            for state in ("received", "reconsidered", "supervised")
        ),
        step("decline", "received", "declined", _SAYS, _NOT_FILED, _NOT_FILED, note=True, reports=True),
        step("decline", "reconsidered", "declined", _SAYS, _NOT_FILED, _NOT_FILED, note=True, reports=True),
        step("decline", "supervised", "closed", _SAYS, _NOT_FILED, _NOT_FILED, note=True, reports=True),
        step(
            "reconsider",
            "declined",
            "reconsidered",
            OFFICE,
            _("Ask the police to reconsider"),
            _("%(who)s asked the police to reconsider"),
            note=True,
        ),
        step(
            "supervise",
            "declined",
            "supervised",
            LEAD,
            _("Ask the procuratorate to supervise"),
            _("%(who)s asked the procuratorate to supervise"),
            note=True,
        ),
        step("close", "declined", "closed", OFFICE, _CLOSE, _CLOSED, note=True),
        step(
            "end",
            "filed",
            "ended",
            _SAYS,
            _("It has ended there"),
            _("It was told how it ended"),
            note=True,
            reports=True,
        ),
    ),
)


def _clock(key: str, title: str, days: int, starts: tuple[str, ...], ends: tuple[str, ...]) -> ClockRule:
    return ClockRule(
        key=key,
        title=title,
        kind=ClockKind.STATUTE,
        limit=Limit(days, Unit.DAY),
        starts=frozenset(starts),
        ends=frozenset({*ends, *_FINAL}),
        source=_SOURCE,
    )


CLUE = declare_case_type(
    CaseType(
        workflow=CLUE_FLOW,
        title=_("Clue to a crime"),
        authority="HZXS",
        staff=OFFICE,
        leads=LEAD,
        url_name="protection:matter-show",
        clocks=(
            _clock("decide", _("Decide on the transfer"), 3, ("proposed",), ("approved", "noted")),
            _clock("send", _("Transfer it, within 24 hours"), 1, ("approved",), ("sent",)),
            _clock(
                "file", _("The police decide whether to file"), 3, ("received",), ("filed", "declined", "more_asked")
            ),
            _clock(
                "object", _("Ask to reconsider, or for supervision"), 3, ("declined",), ("reconsidered", "supervised")
            ),
        ),
    )
)
