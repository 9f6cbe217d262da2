"""What a Technology and Innovation Support Centre did in a year, and on which level it works.

Source: WIPO, TISC programme: the three levels of services (to verify against the newest guide). Level 1 opens sources and
teaches to search; level 2 searches, watches and gives basic advice; level 3 adds landscapes and help with commercial use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LEVELS: Mapping[int, tuple[str, ...]] = {
    1: ("access", "training"),
    2: ("search", "monitoring", "advice"),
    3: ("landscape", "commercial"),
}
KINDS = tuple(kind for kinds in LEVELS.values() for kind in kinds)
USERS = ("firm", "small_firm", "university", "person", "office")
OUTCOMES = ("report", "answered", "referred", "no_result", "taught")


class Served(NamedTuple):
    """One service that was given. ``user``: who it was for, as a key that tells nobody else; ``minutes`` of work."""

    kind: str
    user_type: str
    user: str
    people: int
    minutes: int
    outcome: str


class Year(NamedTuple):
    """A year: services by kind, by user and by outcome; person-times and different users; hours; level, None of nothing."""

    services: int
    by_kind: Mapping[str, int]
    by_user: Mapping[str, int]
    by_outcome: Mapping[str, int]
    person_times: int
    users: int
    minutes: int
    level: int | None


def year_of(served: Iterable[Served]) -> Year:
    rows = list(served)
    kinds = Counter(one.kind for one in rows)
    return Year(
        len(rows),
        dict(kinds),
        dict(Counter(one.user_type for one in rows)),
        dict(Counter(one.outcome for one in rows)),
        sum(one.people for one in rows),
        len({one.user for one in rows}),
        sum(one.minutes for one in rows),
        level_of(kinds),
    )


def level_of(kinds: Mapping[str, int]) -> int | None:
    """The highest level on which, and on every one below it, something was done; None where nothing was on the first."""
    level = None
    for number, its_kinds in LEVELS.items():
        if not any(kinds.get(kind) for kind in its_kinds):
            break
        level = number
    return level
