"""Kinds of cases as declared, and cases as they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from qiantang.commons.casework.types.office import AbsenceShown as AbsenceShown
from qiantang.commons.casework.types.office import Colleague as Colleague
from qiantang.commons.casework.types.office import Load as Load
from qiantang.commons.casework.types.old_files import AliasShown
from qiantang.commons.casework.types.refusals import REFUSALS as REFUSALS
from qiantang.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.calendar import ClockReading, Limit
    from qiantang.kernel.workflow import Workflow

PARTY = "party"  # the role of a step which a party takes
SYSTEM = "system"


class ClockKind(StrEnum):
    """Whose time it is: what the office promises, what the law sets, what a party has to answer in."""

    PROMISE = "promise"
    STATUTE = "statute"
    REPLY = "reply"


class PauseReason(StrEnum):
    """Why clocks stand still.

    PARTY           it waits for a party; begins and ends by itself with the state
    EXPERT_REVIEW, PUBLICITY, HEARING, INSPECTION: what the law does not count
    """

    PARTY = "party"
    EXPERT_REVIEW = "expert_review"
    PUBLICITY = "publicity"
    HEARING = "hearing"
    INSPECTION = "inspection"


# What one person never does alone, by the name of the step: the workflow must name steps of another person before it.
FOUR_EYES = frozenset({"cancel", "pay_out", "revoke_payment", "unseal"})

EVERY_REASON = frozenset(PauseReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """A clock that begins when a case enters a state of ``starts`` and ends when it enters one of ``ends``.

    title       message id
    source      on what the limit rests
    stopped_by  for which reasons it stands still
    """

    key: str
    title: str
    kind: ClockKind
    limit: Limit
    starts: frozenset[str]
    ends: frozenset[str]
    source: str
    stopped_by: frozenset[PauseReason] = EVERY_REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseType:
    """A kind of case, declared in the ``workflow.py`` of its room.

    title       message id
    authority   two to six capitals that begin the numbers
    staff       roles whose holders handle cases of this kind and see them all
    leads       roles among them that assign, extend and reopen; the others take what lies in the pool
    scope       scope a mandate must have for a person to act for a party; empty: any mandate
    joins       states in which cases of this kind may be merged or split
    url_name    named address of the room's own page of a case, with the argument ``number``; empty: the page of this room
    handed_in   the office sees only what the room's ``Sight`` names: what a party has not handed in is the party's own; jobs
                of the platform and auditors see that there is a case
    models      keys of the cards of rules and models that take part in its decisions: each decision keeps their versions
    noted       steps of a party that the room takes by a service of its own and whose form is a note at most: programs of the
                party can take them too
    choosing    those among them that choose something: a route; the service is told ``choice`` too
    noted_by    that service, as a dotted path: ``actor``, ``number``, ``action``, ``note``
    endpoints   where programs take a step that needs more than a note: by its action the path of a POST of the open API,
                below the version, with ``{number}``; the room declares that endpoint in its ``rest``
    """

    workflow: Workflow
    title: str
    authority: str
    staff: frozenset[str]
    leads: frozenset[str]
    clocks: tuple[ClockRule, ...] = ()
    scope: str = ""
    url_name: str = ""
    models: tuple[str, ...] = ()
    joins: frozenset[str] = frozenset()
    handed_in: bool = False
    noted: frozenset[str] = frozenset()
    choosing: frozenset[str] = frozenset()
    noted_by: str = ""
    endpoints: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        return self.workflow.key

    def defects(self) -> list[str]:
        """What is wrong with the declaration, in words; the workflow's own defects too."""
        found = self.workflow.defects()
        states = {state.key for state in self.workflow.states}
        for clock in self.clocks:
            strange = sorted((clock.starts | clock.ends) - states)
            found += [f"clock {clock.key}: unknown state {name!r}" for name in strange]
            if not clock.starts or not clock.ends:
                found.append(f"clock {clock.key}: never begins or never ends")
            finals = {state.key for state in self.workflow.states if state.final}
            found += [f"clock {clock.key}: runs on in the final state {name!r}" for name in sorted(finals - clock.ends)]
        for step in self.workflow.transitions:
            if step.action in FOUR_EYES and not (step.apart_from and step.decides):
                found.append(f"{step.action} from {step.source}: one person alone may do it")
            known = step.target in states and self.workflow.needs_person(step)
            if known and SYSTEM in step.roles and not step.reports:
                found.append(f"{step.action} from {step.source}: the platform alone may decide it")
        if not self.leads <= self.staff:
            found.append("leads who are not staff")
        open_states = {state.key for state in self.workflow.states if not state.final}
        found += [f"merged or split in {name!r}: unknown or final" for name in sorted(self.joins - open_states)]
        of_parties = {step.action for step in self.workflow.transitions if PARTY in step.roles}
        found += [f"{name} by a note: no step of a party" for name in sorted(self.noted - of_parties)]
        found += [f"{name} chooses: no step by a note" for name in sorted(self.choosing - self.noted)]
        if bool(self.noted) != bool(self.noted_by):
            found.append("steps by a note without the service that takes them, or the other way round")
        strange = sorted(self.endpoints.keys() - (set(self.workflow.actions()) - self.noted))
        found += [f"endpoint of {name!r}: no step, or one that is taken by a note" for name in strange]
        lost = sorted(name for name, path in self.endpoints.items() if "{number}" not in path)
        found += [f"endpoint of {name!r}: names no case" for name in lost]
        return found


CASE_TYPES: Registry[CaseType] = Registry("kind of case")


def declare_case_type(kind: CaseType) -> CaseType:
    """Make a kind of case known. errors: ValueError for one declared twice, or with defects"""
    if defects := kind.defects():
        raise ValueError(f"{kind.key}: {'; '.join(defects)}")
    return CASE_TYPES.register(kind.key, kind)


class PartyRole(StrEnum):
    """What somebody is in a case."""

    APPLICANT = "applicant"
    AGENT = "agent"
    OPPONENT = "opponent"
    THIRD = "third"
    INVENTOR = "inventor"


class LinkKind(StrEnum):
    """How one case belongs to another; read from the first to the second."""

    ARISES_FROM = "arises_from"
    EVIDENCE_FOR = "evidence_for"
    PLEDGED_BY = "pledged_by"
    MERGED_WITH = "merged_with"


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party as it enters: a person with an account, an organisation, or a name alone."""

    role: PartyRole
    person_id: int | None = None
    organisation_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case just opened. ``code`` is its query code: shown now, kept nowhere in readable form."""

    id: int
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case in a list, in the words of whoever reads.

    waits_for   ``staff``, ``party`` or empty
    clock       the running clock that ends first; None where none runs
    merged_into number of the case that goes on, where the reader may see it
    """

    id: int
    number: str
    kind: str
    kind_title: str
    title: str
    state: str
    state_label: str
    final: bool
    waits_for: str
    opened_at: datetime
    assignee_id: int | None
    assignee: str
    clock: ClockShown | None
    url: str
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A clock as it stands today."""

    id: int
    key: str
    title: str
    kind: ClockKind
    reading: ClockReading
    started_on: date
    unit: str
    source: str
    extended: bool
    extendable: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story of a case, in the reader's language. ``internal``: the parties do not see it."""

    sequence: int
    at: datetime
    who: str
    for_whom: str
    sentence: str
    note: str
    internal: bool
    versions: tuple[tuple[str, str, str], ...] = ()  # of a decision: key, title and version of each card


@dataclass(frozen=True, slots=True)
class Step:
    """A step the reader may take now.

    blocked     why it is refused, else empty
    elsewhere   taken on the room's own page of the case, which asks for what the step needs
    """

    action: str
    label: str
    needs_note: bool
    blocked: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party of a case as it is read."""

    role: PartyRole
    name: str
    uscc: str
    until: date | None


@dataclass(frozen=True, slots=True)
class LinkShown:
    """Another case, and how it belongs to this one. ``outgoing``: read from here to there."""

    kind: LinkKind
    number: str
    title: str
    outgoing: bool


@dataclass(frozen=True, slots=True)
class TaskShown:
    """Something to be done in a case."""

    id: int
    number: str
    title: str
    due: date | None
    assignee: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignOffShown:
    """A joint sign-off as both sides see it: which body, by when, and what its silence means.

    who     empty for the parties, to whom the office is its bodies
    state   ``open``, ``agreed``, ``against``, ``silent`` (consent by silence) or ``late`` (open after its day)
    """

    id: int
    body: str
    who: str
    due: date
    silence_counts: bool
    state: str
    note: str
    yours: bool
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class MeetingShown:
    """A conversation by video: when and in which room."""

    id: int
    at: datetime
    link: str


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """Everything of a case that the reader may see."""

    card: CaseCard
    clocks: tuple[ClockShown, ...]
    parties: tuple[PartyShown, ...]
    story: tuple[Told, ...]
    steps: tuple[Step, ...]
    links: tuple[LinkShown, ...]
    tasks: tuple[TaskShown, ...]
    internal: bool
    feed_url: str
    pause: str = ""
    sign_offs: tuple[SignOffShown, ...] = ()
    meetings: tuple[MeetingShown, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    may_hand_over: bool = False
    own_url: str = ""
    old_numbers: tuple[AliasShown, ...] = ()

    @property
    def steps_here(self) -> tuple[Step, ...]:
        """The steps that the general page can take."""
        return tuple(step for step in self.steps if not step.elsewhere)

    @property
    def has_internal(self) -> bool:
        """Whether a line of the story is for the office alone."""
        return any(line.internal for line in self.story)


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """What number and query code tell without signing in: nothing of the content, no names.

    goes_on_in  number of the case into which this one was merged; state and day are that one's
    """

    number: str
    kind_title: str
    state_label: str
    waits_for: str
    final: bool
    opened_on: date
    due: date | None
    provisional: bool
    goes_on_in: str = ""
