"""State machines as data: a workflow is a frozen value that can be checked, drawn and translated. One interpreter runs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_DOTTED = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class Audience(StrEnum):
    """Who reads a label: the office, the parties, everybody."""

    STAFF = "staff"
    PARTY = "party"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on a step.

    code    refusal that is told where it does not hold, ``app.reason``
    holds   the facts handed over with the step -> whether it may be taken
    """

    code: str
    holds: Callable[[Mapping[str, object]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a case may be. A state exists only where it changes what somebody may do.

    key         stored; never shown, never renamed without an entry in ``Workflow.renamed``
    staff       message id: what the office reads
    party       message id: what the parties read
    public      message id: what everybody reads; empty: as the parties
    editable_by roles that may edit the record here
    clock_runs  whether the office's own clocks tick here
    final       nothing more happens
    waits_for   who has to act: ``staff``, ``party`` or nobody
    unattended  the platform may bring a case here by itself: nobody's request is decided by it
    """

    key: str
    staff: str
    party: str
    public: str = ""
    editable_by: frozenset[str] = frozenset()
    clock_runs: bool = True
    final: bool = False
    waits_for: Audience | None = Audience.STAFF
    unattended: bool = False

    def label(self, audience: Audience) -> str:
        """The message id for who reads."""
        if audience is Audience.STAFF:
            return self.staff
        return self.public or self.party if audience is Audience.PUBLIC else self.party


# Where a case is that was merged into another one: part of every workflow, final, and reached by a merge alone. As it is a
# state like others, whatever a room allows by state it allows no longer.
ABSORBED = State(
    key="absorbed",
    staff="Merged into another case",
    party="Merged into another case",
    clock_runs=False,
    final=True,
    waits_for=None,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A step.

    action      imperative verb: ``accept``
    source      state it leaves; target: state it reaches
    label       message id of the button
    told        message id of the line in the history, with places %(name)s and the facts of the step
    roles       who may; a party acts in the role ``party``, a job in the role ``system``
    guards      conditions on the facts
    needs_note  a reason must be given
    apart_from  actions whose last actor in this case must be another person (four eyes)
    decides     the step is a decision: who has an interest in the case may not take it
    reports     the step notes what somebody outside decided; where the platform notes it, the fact ``decided_by`` names them
    """

    action: str
    source: str
    target: str
    label: str
    told: str
    roles: frozenset[str]
    guards: tuple[Guard, ...] = ()
    needs_note: bool = False
    apart_from: frozenset[str] = frozenset()
    decides: bool = False
    reports: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """What may happen to cases of one kind.

    key     ``app.noun``; the kind of the case
    initial state in which a case is opened
    renamed old key of a state -> its key now
    """

    key: str
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    renamed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def state(self, key: str) -> State:
        """The state of a key, also of one that it had before; every workflow knows ``ABSORBED``. errors: KeyError"""
        wanted = self.renamed.get(key, key)
        if wanted == ABSORBED.key:
            return ABSORBED
        for state in self.states:
            if state.key == wanted:
                return state
        raise KeyError(f"{self.key} has no state {key!r}")

    def transition(self, action: str, source: str) -> Transition | None:
        """The step of that name out of a state; None where there is none."""
        here = self.renamed.get(source, source)
        return next((one for one in self.transitions if (one.action, one.source) == (action, here)), None)

    def leaving(self, source: str) -> tuple[Transition, ...]:
        """The steps out of a state, in the order they were declared."""
        here = self.renamed.get(source, source)
        return tuple(one for one in self.transitions if one.source == here)

    def actions(self) -> tuple[str, ...]:
        """Every action once, in the order they were declared."""
        return tuple(dict.fromkeys(one.action for one in self.transitions))

    def defects(self) -> list[str]:
        """Every structural defect, in words; an empty list means sound."""
        return [*self._named_badly(), *self._broken_ends(), *self._unreached(), *self._stuck(), *self._untold()]

    def needs_person(self, step: Transition) -> bool:
        """Whether a step decides about somebody, so that nobody but a person takes it: each that decides, ends a case or
        notes a decision, unless the state it reaches says that the platform may.
        """
        if step.reports:
            return True
        target = self.state(step.target)
        return not target.unattended and (step.decides or target.final)

    def mermaid(self, audience: Audience = Audience.STAFF) -> str:
        """A state diagram with the labels of an audience, as message ids."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{one.label(audience)}" as {one.key}' for one in self.states]
        lines += [f"    [*] --> {self.initial}"]
        lines += [f"    {one.source} --> {one.target}: {one.label}" for one in self.transitions]
        lines += [f"    {one.key} --> [*]" for one in self.states if one.final]
        return "\n".join(lines)

    def _keys(self) -> set[str]:
        return {one.key for one in self.states}

    def _named_badly(self) -> Iterator[str]:
        if not _DOTTED.fullmatch(self.key):
            yield f"{self.key}: a workflow is app.noun in lower case"
        if ABSORBED.key in self._keys():
            yield f"{ABSORBED.key}: every workflow has this state already"
        for name in (*(one.key for one in self.states), *self.actions()):
            if not _KEY.fullmatch(name):
                yield f"{name}: not lower case with underscores"
        yield from (f"{key}: defined twice" for key in _twice(one.key for one in self.states))
        pairs = (f"{one.action} from {one.source}" for one in self.transitions)
        yield from (f"{pair}: defined twice" for pair in _twice(pairs))
        for old, new in self.renamed.items():
            if old in self._keys():
                yield f"{old}: renamed, yet still a state"
            if new not in {*self._keys(), ABSORBED.key}:
                yield f"{old}: renamed to the unknown state {new!r}"

    def _broken_ends(self) -> Iterator[str]:
        if self.initial not in self._keys():
            yield f"{self.initial}: the first state is unknown"
        known = set(self.actions())
        for one in self.transitions:
            for end in (one.source, one.target):
                if end not in self._keys():
                    yield f"{one.action}: unknown state {end!r}"
            if not one.roles:
                yield f"{one.action} from {one.source}: nobody may"
            for other in sorted(one.apart_from - known):
                yield f"{one.action} from {one.source}: four eyes with the unknown action {other!r}"

    def _unreached(self) -> Iterator[str]:
        seen = _closure({self.initial}, {(one.source, one.target) for one in self.transitions})
        yield from (f"{one.key}: cannot be reached" for one in self.states if one.key not in seen)

    def _stuck(self) -> Iterator[str]:
        leaving = {one.source for one in self.transitions}
        finals = {one.key for one in self.states if one.final}
        ending = _closure(finals, {(one.target, one.source) for one in self.transitions})
        if not finals:
            yield "no state is final"
        for one in self.states:
            if one.final and one.key in leaving:
                yield f"{one.key}: final, yet can be left"
            elif not one.final and one.key not in leaving:
                yield f"{one.key}: a dead end that is not final"
            elif one.key not in ending:
                yield f"{one.key}: no final state can be reached"
            if one.final and one.clock_runs:
                yield f"{one.key}: final, yet the clock runs"

    def _untold(self) -> Iterator[str]:
        for one in self.states:
            if not (one.staff and one.party):
                yield f"{one.key}: a label is missing"
        for step in self.transitions:
            if not (step.label and step.told):
                yield f"{step.action} from {step.source}: a label is missing"


def _closure(begun: set[str], arrows: set[tuple[str, str]]) -> set[str]:
    seen, frontier = set(begun), list(begun)
    while frontier:
        here = frontier.pop()
        for source, target in arrows:
            if source == here and target not in seen:
                seen.add(target)
                frontier.append(target)
    return seen


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    found: list[str] = []
    for name in names:
        if name in seen and name not in found:
            found.append(name)
        seen.add(name)
    return found
