"""The shapes in which workflows are mostly written: states by whose turn it is, one action out of several states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.kernel.workflow import Audience, Guard, State, Transition

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def on_its_page(code: str) -> tuple[Guard, ...]:
    """A step that a service of the room takes: it has asked on its own page for what the step needs, and says ``here``.

    code    refusal for whoever tries it elsewhere
    """
    return (Guard(code, lambda facts: facts.get("here") == 1),)


def party_state(key: str, staff: str, party: str, roles: frozenset[str]) -> State:
    """A state in which a party has to act and may edit; the clocks of the office stand still."""
    return State(key=key, staff=staff, party=party, editable_by=roles, clock_runs=False, waits_for=Audience.PARTY)


def resting_state(key: str, staff: str, party: str) -> State:
    """A state in which neither side has to act."""
    return State(key=key, staff=staff, party=party, clock_runs=False, waits_for=None)


def final_state(key: str, staff: str, party: str = "", *, unattended: bool = False) -> State:
    """A state in which the case is closed.

    party       empty for the same words as the office reads
    unattended  the platform may bring a case here by itself
    """
    return State(key=key, staff=staff, party=party or staff, clock_runs=False, final=True, unattended=unattended)


def steps(
    action: str,
    ways: Mapping[str, str],
    label: str,
    told: str,
    roles: frozenset[str],
    *,
    guards: tuple[Guard, ...] = (),
    needs_note: bool = False,
    apart_from: Collection[str] = (),
) -> tuple[Transition, ...]:
    """One action out of several states.

    ways        source -> target
    apart_from  actions that another person must have taken: such a step is a decision
    """
    return tuple(
        Transition(
            action=action,
            source=source,
            target=target,
            label=label,
            told=told,
            roles=roles,
            guards=guards,
            needs_note=needs_note,
            apart_from=frozenset(apart_from),
            decides=bool(apart_from),
        )
        for source, target in ways.items()
    )
