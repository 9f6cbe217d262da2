"""Patents with their parties and events, for what is told of rights one by one, not of their number: read from what is kept."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qiantang.commons.refdata.api import Level, regions
from qiantang.corpus.places import api as places
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Event
from qiantang.kernel.lately import OfSnapshots, SnapshotKey
from qiantang.kernel.legalstatus import EventKind
from qiantang.scenarios.monitoring.rules import CITY
from qiantang.scenarios.monitoring.selectors import kept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


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


class Transfer(NamedTuple):
    """A right that went from one city to another; None: not known."""

    patent_id: str
    day: date | None
    kind: EventKind
    giver: str
    taker: str
    origin: str | None
    destination: str | None


class Holdings:
    """The Chinese patents of a snapshot as they are kept. Columns are those of ``Right``, and

    unpaid   the first day on which a fee was told unpaid
    group    the kind of the first holder, else of the first applicant
    """

    def __init__(self, snapshot: int, state: kept.KeptState) -> None:
        self._snapshot = snapshot
        self.reached = date.fromisoformat(state.reached) if state.reached else None

    @cached_property
    def here(self) -> pa.Table:
        """Those of the city, by id."""
        return self._read(pc.field("city") == CITY)

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        """Every transfer and licence that was published with its parties, with their cities where these are known."""
        table = pq.read_table(kept.kept_path("transfers", self._snapshot))
        rows = zip(*(table[name].to_pylist() for name in Transfer._fields), strict=True)
        return tuple(Transfer(*row)._replace(kind=EventKind(row[2])) for row in rows)

    def of(self, patent_ids: Collection[str]) -> pa.Table:
        """Those of some ids, by id: nearly all are of the city, and the others are looked for only where there are some."""
        wanted = pa.array(patent_ids, pa.string())
        found = self.here.filter(pc.is_in(self.here["patent_id"], value_set=wanted))
        if len(found) == len(set(patent_ids)):
            return found
        others = self._read(pc.field("patent_id").isin(wanted))
        return others.sort_by("patent_id")

    def everywhere(self) -> Iterator[Right]:
        """All of them, by id: for jobs."""
        return rights_of(self._read(None))

    def _read(self, wanted: Any) -> pa.Table:
        found = pq.read_table(kept.kept_path("rights", self._snapshot), filters=wanted, memory_map=True)
        return found.sort_by("patent_id")


_HELD: OfSnapshots[Holdings] = OfSnapshots()


def holdings(snapshot: int | None) -> Holdings | None:
    """The rights of a snapshot, the newest unless named; None where nothing is loaded, or while they are not there yet.

    errors  NotFound ``register.snapshot_unknown``
    """
    number = kept.snapshot_of(snapshot)
    state = kept.table_state(kept.kept_path("rights", number)) if number is not None else None
    if number is None or state is None:
        return None
    here = register.register()
    layers = (*here.place.manifest(number).layers, state.removals)
    return _HELD.get(SnapshotKey(str(here.place.root), number, layers), lambda: Holdings(number, state))


def rights_of(table: pa.Table) -> Iterator[Right]:
    """Rows of the kept table one by one."""
    for row in table.select(list(Right._fields)).to_pylist():
        row["applicants"], row["holders"] = tuple(row["applicants"]), tuple(row["holders"])
        row["events"] = tuple(Event(**one) for one in row["events"])
        yield Right(**row)


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
