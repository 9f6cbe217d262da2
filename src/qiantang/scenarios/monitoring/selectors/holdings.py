"""Patents with their parties and events, read once a snapshot: for what is told of rights one by one, not of their number."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.commons.refdata.api import Level, regions
from qiantang.corpus.places import api as places
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.dealings import Dealing, DealingRole, dealings
from qiantang.corpus.register.types import Event
from qiantang.kernel.lately import OfSnapshots, SnapshotKey
from qiantang.kernel.legalstatus import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COLUMNS = (
    "patent_id", "office", "type", "filing_date", "grant_date", "expiry_date", "status", "region_code",
    "first_publication_date", "parties", "events",
)  # fmt: skip


class Right(NamedTuple):
    """A patent. ``applicants`` and ``holders`` in their order; ``city`` of the first that counts, None: not known."""

    patent_id: str
    type: str | None
    filing_date: date | None
    published: date | None
    grant_date: date | None
    expiry_date: date | None
    status: str
    city: str | None
    district: str | None
    applicants: tuple[str, ...]
    holders: tuple[str, ...]
    events: tuple[Event, ...]

    @property
    def first(self) -> str:
        """The first holder, else the first applicant; empty: not known."""
        return next(iter(self.holders or self.applicants), "")

    def dealings(self) -> list[Dealing]:
        return dealings("CN", self.events)


class Transfer(NamedTuple):
    """A right that went from one city to another; None: not known."""

    patent_id: str
    day: date | None
    kind: EventKind
    giver: str
    taker: str
    origin: str | None
    destination: str | None


def rights(snapshot: int | None) -> tuple[Right, ...]:
    """The Chinese patents of a snapshot, by id; none where nothing is loaded.

    errors  NotFound ``register.snapshot_unknown``
    """
    here = register.register()
    manifest = here.manifest() if snapshot is None else here.place.manifest(snapshot)
    if manifest is None:
        return ()
    number = manifest.snapshot
    key = SnapshotKey(str(here.place.root), number, manifest.layers)
    return _HELD.get(key, lambda: _Held(_rights(number))).rights


class _Held:
    """The rights of a snapshot, and what is made of all of them."""

    def __init__(self, rights: tuple[Right, ...]) -> None:
        self.rights = rights

    @cached_property
    def homes(self) -> dict[str, str]:
        return _homes(self.rights)

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        return _transfers(self.rights)


_HELD: OfSnapshots[_Held] = OfSnapshots()


def _rights(snapshot: int) -> tuple[Right, ...]:
    view = register.register().open_snapshot(snapshot)
    batches = list(view.scan("records", list(_COLUMNS)))
    if not batches:
        return ()
    table = pa.Table.from_batches(batches)
    table = table.filter(pc.equal(table["office"], pa.scalar("CN")))
    told = [_right(row) for row in table.to_pylist()]
    homes = _homes(told)
    placed = (one if one.city or not one.first else one._replace(city=homes.get(one.first)) for one in told)
    return tuple(sorted(placed, key=lambda one: one.patent_id))


def _right(row: dict[str, Any]) -> Right:
    """A row of the register; the place is that of the first holder, before the grant of the first applicant.

    A holder is often printed without an address: then it is that under which the same name applied.
    """
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    addresses: dict[str, tuple[str | None, str | None]] = {}
    for party in row["parties"] or ():
        if party["name"]:
            named[party["role"]].append((party["position"] or 0, party["name"]))
            if party["address"] or party["postcode"]:
                addresses.setdefault(party["name"], (party["address"], party["postcode"]))
    applicants, holders = (tuple(name for _place, name in sorted(named[role])) for role in ("applicant", "holder"))
    first = next(iter(holders or applicants), "")
    day = row["grant_date"] or row["filing_date"]
    code = row["region_code"] or (place_code(*addresses[first], day) if first in addresses else None)
    city, district = places_of(code)
    events = tuple(Event(**{key: one[key] for key in Event._fields}) for one in row["events"] or ())
    return Right(
        row["patent_id"], row["type"], row["filing_date"], row["first_publication_date"], row["grant_date"],
        row["expiry_date"], row["status"], city, district, applicants, holders, events,
    )  # fmt: skip


@lru_cache(maxsize=65_536)
def place_code(address: str | None, postcode: str | None, day: date | None) -> str | None:
    """The most precise code that an address tells."""
    return places.resolve(address, postcode, "CN", day).code


@lru_cache(maxsize=4096)
def places_of(code: str | None) -> tuple[str | None, str | None]:
    """City (a municipality for itself) and district of a region's code; no city for a province, nor for a county right
    below one.
    """
    table = regions()
    if code is None or code not in table:
        return None, None
    own = table.region(code)
    chain = (code, *table.ancestors(code))
    district = code if own and own.level is Level.COUNTY else None
    return next((one for one in chain if (row := table.region(one)) and row.is_city), None), district


def homes(held: tuple[Right, ...]) -> Mapping[str, str]:
    """Where a party is at home: the city of most patents whose first party it is. Kept with the rights of a snapshot."""
    return next((one.homes for one in _HELD.values() if one.rights is held), None) or _homes(held)


def _homes(held: Iterable[Right]) -> dict[str, str]:
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for right in held:
        if right.first and right.city:
            seen[right.first][right.city] += 1
    return {name: min(cities, key=lambda city: (-cities[city], city)) for name, cities in seen.items()}


def transfers(held: tuple[Right, ...]) -> tuple[Transfer, ...]:
    """Every transfer and licence that was published with its parties, with their cities where these are known.

    Those of all rights of a snapshot are kept with them.
    """
    return next((one.transfers for one in _HELD.values() if one.rights is held), None) or _transfers(held)


def _transfers(held: tuple[Right, ...]) -> tuple[Transfer, ...]:
    at_home = homes(held)
    found = []
    for right in held:
        for one in right.dealings():
            if one.kind not in {EventKind.TRANSFER, EventKind.LICENCE_ON}:
                continue
            sides = ((DealingRole.FROM, DealingRole.LICENSOR), (DealingRole.TO, DealingRole.LICENSEE))
            giver, taker = (next((name for role, name in one.parties if role in side), "") for side in sides)
            found.append(
                Transfer(right.patent_id, one.day, one.kind, giver, taker, at_home.get(giver), at_home.get(taker))
            )
    return tuple(found)
