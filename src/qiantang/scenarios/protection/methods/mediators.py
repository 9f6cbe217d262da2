"""Who may be asked to mediate: field, load, and nobody with a tie to a side."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mediator as the choice sees them.

    ties        names of people and organisations with whom there is a relation
    interested  has a part in the dispute by their own account
    spent       was in this mediation already
    """

    id: int
    name: str
    body: str
    fields: frozenset[str]
    open_now: int
    most_open: int
    ties: tuple[str, ...]
    interested: bool = False
    spent: bool = False
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Fitness:
    """Whether a candidate may be asked. ``why`` the words of the first obstacle, empty where there is none."""

    candidate: Candidate
    in_field: bool
    why: str

    @property
    def fits(self) -> bool:
        return not self.why


def fitness(candidate: Candidate, wanted: Collection[str], names: Collection[str]) -> Fitness:
    """One candidate for a dispute.

    wanted  keys of the field: kind of right, matter
    names   of all sides
    """
    sides = {_folded(name) for name in names if name}
    why = ""
    if candidate.interested or sides & {_folded(tie) for tie in candidate.ties}:
        why = "tie"
    elif candidate.spent:
        why = "spent"
    elif not candidate.reachable:
        why = "unreachable"
    elif candidate.open_now >= candidate.most_open:
        why = "load"
    return Fitness(candidate, bool(candidate.fields & set(wanted)), why)


def ranked(candidates: Sequence[Candidate], wanted: Collection[str], names: Collection[str]) -> list[Fitness]:
    """Those that fit first: of the field before others, then by the lighter load, then by name."""
    judged = [fitness(one, wanted, names) for one in candidates]
    return sorted(
        judged,
        key=lambda one: (not one.fits, not one.in_field, _share(one.candidate), one.candidate.name, one.candidate.id),
    )


def _share(one: Candidate) -> float:
    return one.open_now / one.most_open if one.most_open else 1.0


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
