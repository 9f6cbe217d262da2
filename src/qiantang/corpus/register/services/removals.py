"""Removals of whole patents that have begun and not ended: what is needed to go on by number when the patent is gone.

<home>/register/removing.json    numbers and source files, from the first step of a removal to its last; then the file goes
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from qiantang.corpus.register.selectors.records import keys_in
from qiantang.disk import write_atomically

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from qiantang.corpus.register.selectors.manifests import RegisterPlace
    from qiantang.corpus.register.selectors.view import Register


@dataclass(frozen=True, slots=True)
class Removal:
    """The patents of a removal: ids they have or had, their identity keys, the files that say something of them."""

    patent_ids: frozenset[str]
    keys: frozenset[str]
    sources: Mapping[str, str]

    def meets(self, patent_ids: Collection[str], keys: Collection[str]) -> bool:
        return not (self.patent_ids.isdisjoint(patent_ids) and self.keys.isdisjoint(keys))

    def joined(self, other: Removal) -> Removal:
        return Removal(self.patent_ids | other.patent_ids, self.keys | other.keys, {**self.sources, **other.sources})


def _path(place: RegisterPlace) -> Path:
    return place.root / "removing.json"


def _read(place: RegisterPlace) -> list[Removal]:
    try:
        told = orjson.loads(_path(place).read_bytes())
    except FileNotFoundError:
        return []
    return [Removal(frozenset(ids), frozenset(keys), sources) for ids, keys, sources in told]


def _write(place: RegisterPlace, removals: list[Removal]) -> None:
    if removals:
        told = [[sorted(one.patent_ids), sorted(one.keys), dict(one.sources)] for one in removals]
        write_atomically(_path(place), orjson.dumps(told))
    else:
        _path(place).unlink(missing_ok=True)


def begun_removal(place: RegisterPlace, patent_ids: Collection[str]) -> Removal:
    """All that was noted of removals which these patents belong to; empty where none has begun."""
    found = Removal(frozenset(), frozenset(), {})
    for one in _read(place):
        if one.meets(patent_ids, ()):
            found = found.joined(one)
    return found


def note_removal(place: RegisterPlace, removal: Removal) -> None:
    """Before anything is removed. Noting it again changes nothing."""
    others = []
    for one in _read(place):
        if one.meets(removal.patent_ids, removal.keys):
            removal = removal.joined(one)
        else:
            others.append(one)
    _write(place, [*others, removal])


def removal_under(register: Register, number: str) -> tuple[str, ...]:
    """Ids of the patents of a removal that has begun under a number and not ended; none where there is no such removal.

    errors  Invalid ``number.*``
    """
    keys = keys_in(number)
    asked = {key.removeprefix("id:") for key in keys}
    found = [one for one in _read(register.place) if one.meets(asked, keys)]
    return tuple(sorted(patent_id for one in found for patent_id in one.patent_ids))


def settle_removal(register: Register, patent_ids: Collection[str]) -> None:
    """The removal of these patents is done to its end: nothing of it is kept but the digests that keep it away."""
    _write(register.place, [one for one in _read(register.place) if not one.meets(patent_ids, ())])
