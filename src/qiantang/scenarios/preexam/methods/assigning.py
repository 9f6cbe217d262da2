"""Who examines a draft: whoever knows the class, has no interest in it, and has least in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.field_gate import key_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a case.

    classes   beginnings of symbols they examine
    load      cases in hand
    conflict  an interest in this case is known
    """

    person: int
    name: str
    classes: tuple[str, ...]
    load: int
    conflict: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with how many characters of the symbol their nearest class shares. 0: not their field."""

    candidate: Candidate
    fit: int


def ranked(candidates: Sequence[Candidate], symbol: str) -> tuple[Ranked, ...]:
    """Without those who have an interest; nearest class first, then least in hand, then by key."""
    key = _key(symbol)
    free = [Ranked(one, _fit(one.classes, key)) for one in candidates if not one.conflict]
    return tuple(sorted(free, key=lambda one: (-one.fit, one.candidate.load, one.candidate.person)))


def _fit(classes: Sequence[str], key: str) -> int:
    return max((len(listed) for listed in map(_key, classes) if listed and key.startswith(listed)), default=0)


def _key(symbol: str) -> str:
    try:
        return key_of(symbol)
    except Invalid:
        return ""
