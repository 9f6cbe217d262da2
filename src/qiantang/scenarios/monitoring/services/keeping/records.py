"""The Chinese patents of a snapshot as columns: read once, for the rights that are kept and for the inventors who moved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from qiantang.corpus.measures.methods.holders import holder_kind
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.dealings import DealingRole, dealings
from qiantang.corpus.register.types import Event
from qiantang.disk import whole
from qiantang.kernel.legalstatus import EventKind, event_kind
from qiantang.scenarios.monitoring.methods import columns
from qiantang.scenarios.monitoring.selectors import kept
from qiantang.scenarios.monitoring.selectors.holdings import Transfer, place_code, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pc: Any = pyarrow.compute  # its stubs refuse scalars beside columns, and know no lists of structs
_COLUMNS: Final = (
    "patent_id", "office", "type", "filing_date", "grant_date", "expiry_date", "status", "region_code",
    "first_publication_date", "parties", "events", "classifications",
)  # fmt: skip
_GROUP = 50_000  # rows of a row group: those of a city stand together, others are not read
_TEXT, _SUBCLASS = pa.string(), 4
_DEALT: Final = frozenset({EventKind.TRANSFER, EventKind.LICENCE_ON})
_SIDES: Final = ((DealingRole.FROM, DealingRole.LICENSOR), (DealingRole.TO, DealingRole.LICENSEE))
_EVENT: Final[dict[str, pa.DataType]] = {"code": _TEXT, "date": pa.date32(), "gazette_date": pa.date32()}
_KINDS: Final[dict[str, pa.DataType]] = {
    "patent_id": _TEXT,
    "type": _TEXT,
    "filing_date": pa.date32(),
    "published": pa.date32(),
    "grant_date": pa.date32(),
    "expiry_date": pa.date32(),
    "status": _TEXT,
    "city": _TEXT,
    "district": _TEXT,
    "applicants": pa.list_(_TEXT),
    "holders": pa.list_(_TEXT),
    "events": pa.list_(pa.struct(list(_EVENT.items()))),
    "first": _TEXT,
    "unpaid": pa.date32(),
    "people": pa.list_(_TEXT),
    "classes": pa.list_(_TEXT),
}
_SCHEMA: Final = pa.schema(_KINDS)
_NOT_KEPT: Final = ("first", "people", "classes")  # names of people are compared and forgotten
_DEALINGS: Final = pa.schema({name: pa.date32() if name == "day" else _TEXT for name in Transfer._fields})
Progress = Callable[[str, int, int], None]


class Dealt(NamedTuple):
    """A dealing whose parties have no city yet."""

    patent_id: str
    day: date | None
    kind: EventKind
    giver: str
    taker: str


class Records(NamedTuple):
    """What was read: in the order of the register, with the cities filled in, and where each party is at home."""

    table: pa.Table
    dealt: list[Dealt]
    homes: dict[str, str]


def read_records(snapshot: int, progress: Progress) -> Records:
    """All Chinese patents of a snapshot."""
    tables, done = [_SCHEMA.empty_table()], 0
    dealt: list[Dealt] = []
    total = register.register().place.manifest(snapshot).patents
    with closing(register.register().open_snapshot(snapshot)) as view:
        for batch in view.scan("records", list(_COLUMNS)):
            done += batch.num_rows
            rows = batch.filter(pc.equal(batch.column("office"), pa.scalar("CN")))
            if rows.num_rows:
                tables.append(_told(rows))
                dealt += _dealt(rows)
            progress("records", done, total)
    table = pa.concat_tables(tables).combine_chunks()
    first, city = (columns.whole(table[name]) for name in ("first", "city"))
    homes = columns.homes_of(first, city)
    filled = pc.coalesce(city, columns.mapped(first, homes))
    return Records(table.set_column(table.schema.get_field_index("city"), "city", filled), dealt, homes)


def _told(rows: pa.RecordBatch) -> pa.Table:
    """Facts of some records; the place is that of the first holder, before the grant of the first applicant.

    A holder is often printed without an address: then it is that under which the same name applied.
    """
    parties, events = rows.column("parties"), rows.column("events")
    named = {role: columns.named(parties, role) for role in ("applicant", "holder", "inventor")}
    first = pc.coalesce(columns.firsts(named["holder"]), columns.firsts(named["applicant"]))
    code = _codes(rows, first)
    told: dict[str, Any] = {name: rows.column(name) for name in _SCHEMA.names if name in rows.schema.names}
    told["published"] = rows.column("first_publication_date")
    told["city"] = columns.told_once(code, lambda one: places_of(one)[0], _TEXT)
    told["district"] = columns.told_once(code, lambda one: places_of(one)[1], _TEXT)
    told |= {"applicants": named["applicant"], "holders": named["holder"], "people": named["inventor"], "first": first}
    told["events"] = columns.without_text(events)
    told["unpaid"] = columns.first_days(events, _codes_of(events, frozenset({EventKind.FEE_LAPSE})))
    told["classes"] = _subclasses(rows.column("classifications"))
    arrays = [told[name].cast(_SCHEMA.field(name).type) for name in _SCHEMA.names]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def _codes(rows: pa.RecordBatch, first: Any) -> Any:
    """The region of each record, else the one that the address of its first party tells: these are read one by one."""
    code = rows.column("region_code")
    parties = rows.column("parties")
    owner, address, postcode = columns.entries_of(parties, "address", "postcode")
    some = owner.filter(pc.or_(pc.greater(_length(address), 0), pc.greater(_length(postcode), 0)))
    addressed = pc.is_in(pa.array(range(rows.num_rows), owner.type), value_set=some)
    places = pc.indices_nonzero(pc.and_(pc.is_null(code), addressed))
    if not len(places):
        return code
    found: list[str | None] = [None] * rows.num_rows
    days = pc.coalesce(rows.column("grant_date"), rows.column("filing_date"))
    for place in places.to_pylist():
        name = first[place].as_py()
        told = next(
            (
                (one["address"], one["postcode"])
                for one in parties[place].as_py()
                if name and one["name"] == name and (one["address"] or one["postcode"])
            ),
            None,
        )
        found[place] = place_code(*told, days[place].as_py()) if told else None
    return pc.coalesce(code, pa.array(found, _TEXT))


def _length(texts: Any) -> Any:
    return pc.fill_null(pc.utf8_length(texts), 0)


def _codes_of(events: Any, kinds: frozenset[EventKind]) -> list[str]:
    """The codes among some events that are of these kinds."""
    (_owner, codes) = columns.entries_of(events, "code")
    return [one for one in pc.unique(codes).to_pylist() if one is not None and event_kind("CN", one) in kinds]


def _subclasses(classifications: Any) -> Any:
    owner, scheme, symbol = columns.entries_of(classifications, "scheme", "symbol")
    wanted = pc.fill_null(pc.equal(scheme, pa.scalar("ipc")), fill_value=False)
    cut = pc.utf8_slice_codeunits(symbol.filter(wanted), 0, _SUBCLASS)
    return columns.listed(owner.filter(wanted), cut, len(classifications))


def _dealt(rows: pa.RecordBatch) -> Iterator[Dealt]:
    """Transfers and licences: their parties are read from the texts of the few patents that have any."""
    events = rows.column("events")
    owner, codes = columns.entries_of(events, "code")
    some = pc.is_in(codes, value_set=pa.array(_codes_of(events, _DEALT), _TEXT))
    places = pc.unique(owner.filter(some))
    ids: list[Any] = rows.column("patent_id").take(places).to_pylist()
    told_of: list[Any] = events.take(places).to_pylist()
    for patent_id, told in zip(ids, told_of, strict=True):
        for one in dealings("CN", (Event(**{key: event[key] for key in Event._fields}) for event in told)):
            if one.kind in _DEALT:
                giver, taker = (next((name for role, name in one.parties if role in side), "") for side in _SIDES)
                yield Dealt(patent_id, one.day, one.kind, giver, taker)


def write_rights(read: Records, state: kept.KeptState) -> None:
    """Rights and transfers; the rights last: where they are, all is there."""
    days = [pc.max(read.table[name]).as_py() for name in ("published", "grant_date")]
    reached = max((day for day in days if day is not None), default=None)
    state = replace(state, reached=reached.isoformat() if reached else "", parties="")
    dealt = sorted(read.dealt, key=lambda one: one.patent_id)
    rows = [(*one, read.homes.get(one.giver), read.homes.get(one.taker)) for one in dealt]
    values = list(zip(*rows, strict=True)) or [()] * len(_DEALINGS)
    arrays = [
        pa.array(map(str, one) if name == "kind" else one, kind)
        for one, (name, kind) in zip(values, zip(_DEALINGS.names, _DEALINGS.types, strict=True), strict=True)
    ]
    _write(kept.kept_path("transfers", state.snapshot), pa.Table.from_arrays(arrays, schema=_DEALINGS), state)
    first = columns.whole(read.table["first"])
    group = pc.fill_null(columns.told_once(first, lambda one: str(holder_kind(one)), _TEXT), "unknown")
    table = read.table.drop_columns(list(_NOT_KEPT)).append_column("group", group)
    ordered = table.sort_by([("city", "ascending"), ("patent_id", "ascending")])
    _write(kept.kept_path("rights", state.snapshot), ordered, state)


def _write(path: Path, table: pa.Table, state: kept.KeptState) -> None:
    told = table.replace_schema_metadata({kept.MADE_OF: orjson.dumps(asdict(state))})
    with whole(path) as beside:
        pq.write_table(told, beside, compression="zstd", row_group_size=_GROUP)
