"""Courts and authorities by matter and right: ``jurisdiction.toml``, dated."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_FILE: Final = Path(__file__).resolve().parent / "jurisdiction.toml"
MATTERS = ("confirmation", "first_instance", "online", "adjudication")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who a matter belongs to, from a day on.

    rights      for which it holds; empty: for all
    body        message id
    territory   places it covers, in Chinese as the source has them; empty: not bounded by places
    verified    compared with the text in force
    """

    matter: str
    rights: tuple[str, ...]
    since: date
    verified: bool
    body: str
    territory: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def seats() -> tuple[Seat, ...]:
    """All lines of the table, in its order."""
    told: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["seat"]
    return tuple(Seat(**{**one, "rights": tuple(one["rights"]), "territory": tuple(one["territory"])}) for one in told)


def seat_for(matter: str, right: str, day: date) -> Seat | None:
    """The newest line in force on a day that is for the right, a line of its own before one for all; None: not known."""
    fit = [
        one for one in seats() if one.matter == matter and one.since <= day and (not one.rights or right in one.rights)
    ]
    return max(fit, key=lambda one: (bool(one.rights), one.since), default=None)
