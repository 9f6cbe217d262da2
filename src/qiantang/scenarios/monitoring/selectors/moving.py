"""Inventors of the city who went from one applicant to another, read from a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.measures.methods.holders import HolderKind, holder_kind
from qiantang.corpus.measures.methods.moves import Filing, Move, inventor_moves
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register import api as register
from qiantang.kernel.lately import Lately, OfSnapshots, SnapshotKey
from qiantang.scenarios.monitoring.rules import CITY
from qiantang.scenarios.monitoring.selectors.holdings import homes, rights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_COLUMNS: Final = ("patent_id", "office", "filing_date", "parties", "classifications")
_SUBCLASS = 4


class Moved(NamedTuple):
    """A move with its two applicants and their cities; None: not known."""

    move: Move
    giver: str
    taker: str
    origin: str | None
    destination: str | None


class MovedPeople(NamedTuple):
    """Moves that begin or end in the city, how many people stand with two applicants by turns, and the pairs of
    applicants that people have in common, once a person, of which one at least is at home in the city.
    """

    moved: tuple[Moved, ...]
    both: int
    shared: tuple[tuple[str, str], ...] = ()
    called: Mapping[str, str] = MappingProxyType({})


class _Raw(NamedTuple):
    """An application as it is printed."""

    patent_id: str
    day: date
    firms: tuple[str, ...]
    people: tuple[str, ...]
    classes: frozenset[str]


_RAW: OfSnapshots[tuple[_Raw, ...]] = OfSnapshots()
_MOVED: Lately[tuple[SnapshotKey, Any], MovedPeople] = Lately(
    50_000, lambda told: 1 + len(told.moved) + len(told.shared)
)


def moved_people(snapshot: int | None) -> MovedPeople:
    """The moves of a snapshot, the newest unless named, with applicants as they are harmonised now.

    errors  NotFound ``register.snapshot_unknown``
    """
    here = register.register()
    manifest = here.manifest() if snapshot is None else here.place.manifest(snapshot)
    if manifest is None:
        return MovedPeople((), 0)
    number = manifest.snapshot
    key = SnapshotKey(str(here.place.root), number, manifest.layers)
    return _MOVED.get((key, parties.state()), lambda: _moved(number, _RAW.get(key, lambda: tuple(_read(number)))))


def _read(snapshot: int) -> Iterator[_Raw]:
    """Chinese applications with a body as applicant that share an inventor's name with one of the city."""
    batches = list(register.register().open_snapshot(snapshot).scan("records", list(_COLUMNS)))
    if not batches:
        return
    table = pa.Table.from_batches(batches)
    table = table.filter(pc.equal(table["office"], pa.scalar("CN")))
    told = [one for row in table.to_pylist() if (one := _raw(row)) is not None]
    at_home = homes(rights(snapshot))
    here = {name for one in told if at_home.get(one.firms[0]) == CITY for name in one.people}
    yield from (one for one in told if here.intersection(one.people))


def _raw(row: Mapping[str, Any]) -> _Raw | None:
    named: dict[str, list[tuple[int, str]]] = {"applicant": [], "inventor": []}
    for party in row["parties"] or ():
        if party["name"] and party["role"] in named:
            named[party["role"]].append((party["position"] or 0, party["name"]))
    names, people = (tuple(name for _place, name in sorted(named[role])) for role in ("applicant", "inventor"))
    firms = tuple(name for name in names if holder_kind(name) is not HolderKind.PERSON)
    if not firms or not people or row["filing_date"] is None:
        return None
    classes = frozenset(one["symbol"][:_SUBCLASS] for one in row["classifications"] or () if one["scheme"] == "ipc")
    return _Raw(row["patent_id"], row["filing_date"], firms, people, classes)


def _moved(snapshot: int, raw: tuple[_Raw, ...]) -> MovedPeople:
    known = parties.parties_of({name for one in raw for name in one.firms})
    called: dict[str, str] = {}
    filings = []
    for one in raw:
        keys = tuple(dict.fromkeys(f"P{known[name]}" if name in known else name for name in one.firms))
        for name in one.firms:
            called.setdefault(f"P{known[name]}" if name in known else name, name)
        filings.append(Filing(one.patent_id, one.day, keys, one.people, one.classes))
    at_home = homes(rights(snapshot))
    found = inventor_moves(filings)
    moved = (_placed(one, called, at_home) for one in found.moves)
    shared = tuple(firms for firms in found.shared if CITY in {at_home.get(called[firm]) for firm in firms})
    return MovedPeople(
        tuple(one for one in moved if CITY in {one.origin, one.destination}),
        found.both,
        shared,
        {firm: called[firm] for firms in shared for firm in firms},
    )


def _placed(move: Move, called: Mapping[str, str], at_home: Mapping[str, str]) -> Moved:
    giver, taker = (called[one.firms[0]] for one in (move.before, move.after))
    return Moved(move, giver, taker, at_home.get(giver), at_home.get(taker))
