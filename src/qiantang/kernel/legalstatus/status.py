"""Status as of a day: events folded in their order.

The state is where the application or patent had got to (its stage) and, beside it, the loss of rights if there was
one; restoration takes the loss away and what had been reached stands again. Total invalidation dominates all else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from qiantang.kernel.legalstatus.annuities import GRACE_MONTHS, FeeSchedule, lapsed_on
from qiantang.kernel.legalstatus.events import EventKind, LegalEvent
from qiantang.kernel.legalstatus.terms import add_months, term_end
from qiantang.kernel.legalstatus.vocabulary import Basis, Flag, Status


class LegalStatus(NamedTuple):
    """What is known of a right on a day. It is an assumption from published events, not a legal conclusion.

    value          the status
    since          the day from which it has held, by the basis asked for; None: not known
    expiry         the first day after the term, where the right was ever granted and its term is known
    flags          what lies on the right; empty once it is dead
    because        the event that brought the status; None where a date or a payment did, or nothing
    last_evidence  the newest day on which anything was announced (else took effect) that was counted; None: nothing
    findings       codes of what cannot be right in the sequence of events, in the order met
    """

    value: Status
    since: date | None = None
    expiry: date | None = None
    flags: frozenset[Flag] = frozenset()
    because: LegalEvent | None = None
    last_evidence: date | None = None
    findings: tuple[str, ...] = ()


_NO_FLAGS: frozenset[Flag] = frozenset()
_STAGES = {
    EventKind.PUBLICATION: (1, Status.PUBLISHED),
    EventKind.EXAMINATION: (2, Status.IN_EXAMINATION),
}
_STAGE_RANK = {None: 0, Status.PUBLISHED: 1, Status.IN_EXAMINATION: 2}
_IN_FORCE = (Status.GRANTED, Status.PARTIALLY_INVALIDATED)
_LOSSES_BEFORE_GRANT = {
    EventKind.REFUSAL: Status.REFUSED,
    EventKind.WITHDRAWAL: Status.WITHDRAWN,
    EventKind.DEEMED_WITHDRAWAL: Status.DEEMED_WITHDRAWN,
    EventKind.DEEMED_ABANDONED: Status.DEEMED_ABANDONED_GRANT,
}
_LOSSES_OF_PATENT = {
    EventKind.FEE_LAPSE: Status.LAPSED_FEE,
    EventKind.ABANDONED: Status.ABANDONED,
    EventKind.EXPIRY: Status.EXPIRED,
}
_OVER = (Status.INVALIDATED, Status.EXPIRED)
_PATENT_ENDED = frozenset(_LOSSES_OF_PATENT.values())
_FLAGS = {
    EventKind.LICENCE_ON: (Flag.LICENSED, 1),
    EventKind.LICENCE_OFF: (Flag.LICENSED, -1),
    EventKind.PLEDGE_ON: (Flag.PLEDGED, 1),
    EventKind.PLEDGE_OFF: (Flag.PLEDGED, -1),
    EventKind.PRESERVATION_ON: (Flag.PRESERVED, 1),
    EventKind.PRESERVATION_OFF: (Flag.PRESERVED, -1),
    EventKind.SUSPENSION_ON: (Flag.SUSPENDED, 1),
    EventKind.SUSPENSION_OFF: (Flag.SUSPENDED, -1),
    EventKind.OPEN_LICENCE_ON: (Flag.OPEN_LICENCE, 1),
    EventKind.OPEN_LICENCE_OFF: (Flag.OPEN_LICENCE, -1),
}


class _Course:
    """The state while events are read, oldest first."""

    __slots__ = (
        "because",
        "extra_days",
        "findings",
        "flags",
        "granted_on",
        "invalidated",
        "loss",
        "loss_event",
        "publication_first",
        "published",
        "since",
        "stage",
    )

    def __init__(self, *, publication_first: bool) -> None:
        self.publication_first = publication_first
        self.stage: Status | None = None
        self.loss: Status | None = None
        self.loss_event: LegalEvent | None = None
        self.since: date | None = None
        self.because: LegalEvent | None = None
        self.granted_on: date | None = None
        self.published = False
        self.invalidated = False
        self.extra_days = 0
        self.flags: dict[Flag, int] = {}
        self.findings: list[str] = []

    def find(self, code: str) -> None:
        if code not in self.findings:
            self.findings.append(code)

    def turn(self, event: LegalEvent, day: date) -> None:
        """The status changed with this event, unless the patent is void: nothing changes that."""
        if not self.invalidated:
            self.since, self.because = day, event

    def advance(self, event: LegalEvent, day: date) -> None:
        rank, stage = _STAGES[event.kind]
        first_publication = stage is Status.PUBLISHED and not self.published
        if first_publication:
            self.published = True
        if self.granted_on is not None:
            if first_publication and self.publication_first and day > self.granted_on:
                self.find("grant_before_publication")
            return
        sent_back = self.stage is Status.REFUSED_PENDING_REEXAM and stage is Status.IN_EXAMINATION
        if sent_back or rank > _STAGE_RANK.get(self.stage, 9):
            self.stage = stage
            if self.loss is None:
                self.turn(event, day)

    def grant(self, event: LegalEvent, day: date) -> None:
        if self.granted_on is not None:
            if day != self.granted_on:
                self.find("two_grants")
            return
        self.granted_on = day
        self.stage = Status.GRANTED
        if self.loss is None:
            self.turn(event, day)
            return
        ended = self.loss in _PATENT_ENDED
        self.find("annuity_before_grant" if self.loss is Status.LAPSED_FEE else "grant_after_loss")
        announced = self.loss_event.gazette_date if self.loss_event else None
        if ended and announced is not None and announced > day:
            return  # announced after the grant, so the end is real and only its effective date is odd
        self.loss = self.loss_event = None
        self.turn(event, day)

    def lose_application(self, event: LegalEvent, day: date) -> None:
        if self.granted_on is not None:
            self.find("application_lost_after_grant")
        elif self.loss is None:
            self.lose(_LOSSES_BEFORE_GRANT[event.kind], event, day)

    def lose_patent(self, event: LegalEvent, day: date) -> None:
        if self.loss is None:
            self.lose(_LOSSES_OF_PATENT[event.kind], event, day)

    def lose(self, loss: Status, event: LegalEvent, day: date) -> None:
        self.loss, self.loss_event = loss, event
        self.turn(event, day)

    def ask_for_reexamination(self, event: LegalEvent, day: date) -> None:
        if self.loss is Status.REFUSED:
            self.loss = self.loss_event = None
            self.stage = Status.REFUSED_PENDING_REEXAM
            self.turn(event, day)

    def restore(self, event: LegalEvent, day: date) -> None:
        if self.loss is None:
            self.find("restoration_without_loss")
            return
        self.loss = self.loss_event = None
        self.turn(event, day)

    def invalidate(self, event: LegalEvent, day: date) -> None:
        self.turn(event, day)
        self.invalidated = True

    def invalidate_in_part(self, event: LegalEvent, day: date) -> None:
        if self.stage is Status.PARTIALLY_INVALIDATED:
            return
        self.stage = Status.PARTIALLY_INVALIDATED
        if self.loss is None:
            self.turn(event, day)

    def transfer(self, _event: LegalEvent, _day: date) -> None:
        if self.invalidated:
            self.find("transfer_after_invalidation")

    def lengthen(self, event: LegalEvent, _day: date) -> None:
        if event.days is None:
            self.find("compensation_without_days")
        else:
            self.extra_days += event.days

    def flag(self, event: LegalEvent, _day: date) -> None:
        flag, step = _FLAGS[event.kind]
        if flag is Flag.LICENSED and step > 0 and (self.invalidated or self.loss in _PATENT_ENDED):
            self.find("licence_after_loss")
        # several licences or pledges may stand at once: each is cancelled by itself
        self.flags[flag] = max(0, self.flags.get(flag, 0) + step)

    def was_granted(self) -> bool:
        return self.invalidated or self.stage in _IN_FORCE or self.loss in _PATENT_ENDED

    def outcome(
        self, day: date, ends: date | None, unpaid_since: date | None
    ) -> tuple[Status, date | None, LegalEvent | None]:
        """Status, since when, because of what; ``unpaid_since`` only where a lapse is to be presumed."""
        if self.invalidated:
            return Status.INVALIDATED, self.since, self.because
        value = self.loss or self.stage or Status.UNKNOWN
        if value is Status.UNKNOWN:  # a loss was undone, and what stood before it no event says
            return value, None, None
        if value in _IN_FORCE and ends is not None and ends <= day:
            return Status.EXPIRED, ends, None
        if value is Status.EXPIRED and ends is not None and self.since is not None and ends < self.since:
            return value, ends, self.because  # the term ended before the gazette said so
        if value in _IN_FORCE and unpaid_since is not None:
            return Status.PRESUMED_LAPSED, unpaid_since, None
        return value, self.since, self.because

    def standing(self) -> frozenset[Flag]:
        return frozenset(flag for flag, count in self.flags.items() if count) if self.flags else _NO_FLAGS


_Reader = Callable[[_Course, LegalEvent, date], None]
_READERS: Mapping[EventKind, _Reader] = {
    **dict.fromkeys(_STAGES, _Course.advance),
    **dict.fromkeys(_LOSSES_BEFORE_GRANT, _Course.lose_application),
    **dict.fromkeys(_LOSSES_OF_PATENT, _Course.lose_patent),
    **dict.fromkeys(_FLAGS, _Course.flag),
    EventKind.GRANT: _Course.grant,
    EventKind.REEXAMINATION: _Course.ask_for_reexamination,
    EventKind.RESTORED: _Course.restore,
    EventKind.INVALIDATED: _Course.invalidate,
    EventKind.PARTIALLY_INVALIDATED: _Course.invalidate_in_part,
    EventKind.TRANSFER: _Course.transfer,
    EventKind.TERM_ADJUSTED: _Course.lengthen,
}
_PRIORITY = {kind: place for place, kind in enumerate(EventKind)}

# day counted by, gazette day, priority of the kind, then all else an event says, so that no order of a list decides
_Placed = tuple[date, date, int, date, str, str, int, tuple[bool, ...], int, LegalEvent]


def _said(event: LegalEvent) -> tuple[bool, ...]:
    """What an event says of itself, where another one reads the same because something is taken from the rest."""
    return tuple(one is not None for one in (event.effective_date, event.gazette_date, event.text, event.days))


def effective_day(event: LegalEvent, filing_date: date | None) -> date | None:
    """The day an event took effect: as it says; for a lapse that does not say, the due day that it must mean; else the
    day it was announced; None where it has no date.
    """
    if event.effective_date is not None or event.gazette_date is None:
        return event.effective_date
    if event.kind is EventKind.FEE_LAPSE and filing_date is not None:
        return lapsed_on(filing_date, event.gazette_date) or event.gazette_date
    return event.gazette_date


def _place(
    events: Iterable[LegalEvent], day: date, basis: Basis, filing_date: date | None
) -> tuple[list[_Placed], bool]:
    """The events that count on ``day``, in the order in which they are read, and whether some had no date."""
    placed: list[_Placed] = []
    undated = False
    by_gazette = basis is Basis.GAZETTE
    for number, event in enumerate(events):
        effective = effective_day(event, filing_date)
        announced = event.gazette_date or effective
        if effective is None or announced is None:
            undated = True
            continue
        counted = announced if by_gazette else effective
        if counted <= day:
            priority = _PRIORITY[event.kind]
            rest = (event.code, event.text or "", event.days or 0, _said(event), number, event)
            placed.append((counted, announced, priority, effective, *rest))
    placed.sort()
    return placed, undated


def status_asof(
    *,
    patent_type: str | None,
    filing_date: date | None,
    events: Iterable[LegalEvent],
    day: date,
    basis: Basis,
    paid_through: date | None = None,
    office: str = "CN",
    fees: FeeSchedule | None = None,
) -> LegalStatus:
    """The status of an application or patent as of ``day``: only events that count by then are read.

    events        in any order; an event without any date is left out, with the finding ``event_undated``
    basis         EFFECT: an event counts from the day it took effect, even if announced later; GAZETTE: from the day it
                  was announced (where that is not known, from its effect), as official statistics count
    paid_through  the due day of the first annuity not known to be paid; None: payments are not known
    fees          gives the allowance for processing; a lapse is presumed only where both are given, by EFFECT only
    """
    ends = term_end(patent_type, filing_date, 0, office) if filing_date is not None else None
    placed, undated = _place(events, day, basis, filing_date)
    if not placed:
        findings = ("event_undated",) if undated else ()
        if filing_date is not None and filing_date <= day and not undated:
            return LegalStatus(Status.FILED, filing_date, last_evidence=filing_date)
        return LegalStatus(Status.UNKNOWN, findings=findings)
    course = _read(placed, publication_first=office == "CN" and patent_type == "invention")
    if undated:
        course.find("event_undated")
    if course.extra_days and filing_date is not None:
        ends = term_end(patent_type, filing_date, course.extra_days, office)
    presumed = basis is Basis.EFFECT and _presumed_lapsed(day, paid_through, fees)
    value, since, because = course.outcome(day, ends, paid_through if presumed else None)
    flags = _NO_FLAGS if course.loss or value in _OVER else course.standing()
    expiry = ends if course.was_granted() else None
    newest = max(item[1] for item in placed)
    return LegalStatus(value, since, expiry, flags, because, newest, tuple(course.findings))


def _read(placed: Iterable[_Placed], *, publication_first: bool) -> _Course:
    course = _Course(publication_first=publication_first)
    for item in placed:
        event = item[-1]
        read = _READERS.get(event.kind)
        if read is not None:
            read(course, event, item[0])
    return course


def _presumed_lapsed(day: date, paid_through: date | None, fees: FeeSchedule | None) -> bool:
    if paid_through is None or fees is None:
        return False
    return add_months(paid_through, GRACE_MONTHS + fees.processing_allowance_months) < day
