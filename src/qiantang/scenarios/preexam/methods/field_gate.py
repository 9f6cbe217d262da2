"""The field gate: whether a main classification symbol lies in the list approved for the centre (EL-2).

An entry covers what begins with it, at the level at which it is listed: ``B25J`` a subclass, ``F16H 1/`` a main group,
``H02K 7/14`` one subgroup. The lists stand in ``approved_classes.toml``, each with the day from which it holds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from qiantang.kernel.errors import Invalid

_FILE: Final = Path(__file__).resolve().parent / "approved_classes.toml"
_IPC: Final = re.compile(r"([A-H])(?:(\d{2})(?:([A-Z])(?:(\d{1,4})(/)?(\d{2,6})?)?)?)?").fullmatch
_LOCARNO: Final = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?").fullmatch
_WIDTH: Final = 4


@dataclass(frozen=True, slots=True)
class ApprovedList:
    """A list of one day. ``verified`` is False where nobody compared it with the approval letter."""

    since: date
    industry: str
    industry_en: str
    ipc: tuple[str, ...]
    locarno: tuple[str, ...]
    source: str
    verified: bool

    def entries(self, symbol: str) -> tuple[str, ...]:
        """The list to which a symbol belongs by its form."""
        return self.locarno if symbol[:1].isdigit() else self.ipc


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """Whether a symbol is in, by which entry; where it is not, which entries come nearest."""

    symbol: str
    entry: str | None
    nearest: tuple[str, ...]

    @property
    def is_in(self) -> bool:
        return self.entry is not None


@lru_cache(maxsize=1)
def _lists() -> tuple[ApprovedList, ...]:
    told: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["lists"]
    found = [
        ApprovedList(
            one["since"],
            one["industry"],
            one["industry_en"],
            tuple(one["ipc"]),
            tuple(one["locarno"]),
            one["source"],
            one["verified"],
        )
        for one in told
    ]
    return tuple(sorted(found, key=lambda one: one.since))


def list_of(day: date) -> ApprovedList | None:
    """The list in force on a day; None before the first."""
    return next((one for one in reversed(_lists()) if one.since <= day), None)


def key_of(symbol: str) -> str:
    """A symbol for comparison: without blanks, in capitals, the main group with four digits (``B25J0009/16``).

    errors  ``Invalid`` preexam.symbol
    """
    even = re.sub(r"\s+", "", symbol).upper().replace("／", "/")
    found = _IPC(even)
    if found is None:
        if locarno := _LOCARNO(even):
            return locarno[1].zfill(2) + (f"-{locarno[2].zfill(2)}" if locarno[2] else "")
        raise Invalid("preexam.symbol", given=symbol)
    section, class_, subclass, group, stroke, subgroup = found.groups()
    key = section + (class_ or "") + (subclass or "")
    return key + (group.zfill(_WIDTH) + (stroke or "") + (subgroup or "") if group else "")


def gate(symbol: str, entries: Sequence[str]) -> GateVerdict:
    """Whether a symbol is covered by a list.

    errors  ``Invalid`` preexam.symbol for a symbol nobody can read
    """
    key = key_of(symbol)
    entry = next((one for one in entries if _covers(key_of(one), key)), None)
    if entry is not None:
        return GateVerdict(symbol, entry, ())
    alike = [(_shared(key_of(one), key), one) for one in entries]
    most = max((length for length, _ in alike), default=0)
    nearest = tuple(one for length, one in alike if length == most) if most else ()
    return GateVerdict(symbol, None, nearest[:5])


def _shared(one: str, other: str) -> int:
    """How many characters two keys begin with together."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _covers(listed: str, key: str) -> bool:
    if not key.startswith(listed):
        return False
    # A subgroup is one place: 7/14 does not cover 7/142. A main group with its stroke covers its subgroups.
    return "/" not in listed or listed.endswith("/") or key == listed
