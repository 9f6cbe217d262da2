"""What is counted, as columns: one snapshot of the register read once and kept while it is asked.

A patent is a *row*; rows stand in the order of ``patent_id``. Days are days since 1970; ``NEVER`` where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.kernel.lately import Lately, OfSnapshots, SnapshotKey

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from qiantang.engines.lake.port import LakeView

T = TypeVar("T")
Column = Any  # of Arrow: its stubs know less than it does
Ints = np.ndarray[Any, np.dtype[np.integer[Any]]]
NEVER = np.int32(2_000_000)
EPOCH = date(1970, 1, 1).toordinal()
_SINGLE = (
    "patent_id",
    "office",
    "type",
    "filing_date",
    "first_publication_date",
    "grant_date",
    "expiry_date",
    "status",
    "status_as_of",
    "region_code",
    "region_today",
    "extended_family_id",
)
_WORD = 60  # bytes of a text beside its letters
_LATELY_BYTES = 300_000_000  # of places of all patents on some day, and the like: some 16 bytes a patent each


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words as numbers: ``codes`` into ``words``, -1 where there is none."""

    codes: Ints
    words: tuple[str, ...]

    def where(self, wanted: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which rows have one of the words."""
        numbers = [i for i, word in enumerate(self.words) if word in wanted]
        return np.isin(self.codes, numbers)


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of a list column: the row of each, and their own columns as Arrow, in the order of rows and places."""

    rows: Ints
    columns: dict[str, Column]


@dataclass(eq=False)
class Facts:
    """One snapshot. Columns that are dear are made when first asked for."""

    snapshot: int
    synthetic: bool
    table: pa.Table
    order: Ints
    view: LakeView
    _made: dict[object, Any] = field(default_factory=dict)
    _lately: Lately[object, Any] = field(default_factory=lambda: Lately(_LATELY_BYTES, bytes_of))
    _lock: RLock = field(default_factory=RLock)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @cached_property
    def ids(self) -> Column:
        return self.table["patent_id"]

    def days(self, column: str) -> Ints:
        """A column of days as numbers."""
        told: Column = self.table[column].cast(pa.int32())
        numbers = told.fill_null(int(NEVER)).to_numpy()
        return np.asarray(numbers, np.int32)

    @cached_property
    def filed(self) -> Ints:
        return self.days("filing_date")

    @cached_property
    def published(self) -> Ints:
        return self.days("first_publication_date")

    @cached_property
    def granted(self) -> Ints:
        return self.days("grant_date")

    @cached_property
    def office(self) -> Coded:
        return coded(self.table["office"])

    @cached_property
    def type(self) -> Coded:
        return coded(self.table["type"])

    @cached_property
    def status(self) -> Coded:
        return coded(self.table["status"])

    @cached_property
    def family(self) -> Coded:
        return coded(self.table["extended_family_id"])

    def flagged(self, flag: str) -> Any:
        """Which rows have a flag on the day of the register."""

        def read() -> Any:
            batches = list(self.view.scan("records", ["patent_id", "flags"]))
            mask = np.zeros(len(self), bool)
            if batches:
                told: Column = pa.Table.from_batches(batches)["flags"].combine_chunks()
                lists = told.take(pa.array(self.order))
                owners = np.asarray(pc.list_parent_indices(lists).to_numpy(), np.int64)
                found: Any = pc.equal(lists.flatten(), pa.scalar(flag))
                mask[owners[found.to_numpy(zero_copy_only=False)]] = True
            return mask

        return self.kept(("flag", flag), read)

    @cached_property
    def as_of(self) -> date | None:
        """The day for which the register last told the status of patents."""
        told: date | None = pc.max(self.table["status_as_of"]).as_py()
        return told

    def entries(self, column: str, fields: Sequence[str]) -> Entries:
        """Some columns of a list column of the records, entry by entry."""
        return self.kept((column, tuple(fields)), lambda: self._exploded(column, fields))

    def kept_lately(self, key: Hashable, make: Callable[[], T]) -> T:
        """The same for what is large and of which there are many: only what was asked for lately stays."""
        with self._lock:
            found: T = self._lately.get(key, make)
            return found

    def kept(self, key: object, make: Callable[[], T]) -> T:
        """What was made once of these facts, under a key."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            found: T = self._made[key]
            return found

    def _exploded(self, column: str, fields: Sequence[str]) -> Entries:
        batches = list(self.view.scan("records", ["patent_id", column]))
        if not batches:
            return Entries(np.empty(0, np.int64), {name: pa.array([], pa.string()) for name in fields})
        whole: Column = pa.Table.from_batches(batches)[column].combine_chunks()
        lists = whole.take(pa.array(self.order))
        flat, rows = lists.flatten(), pc.list_parent_indices(lists).to_numpy()
        return Entries(np.asarray(rows, np.int64), {name: pc.struct_field(flat, name) for name in fields})


def coded(column: Column) -> Coded:
    """A column of words as numbers."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    packed = whole.dictionary_encode()
    codes = packed.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False)
    return Coded(np.asarray(codes, np.int32), tuple(str(word) for word in packed.dictionary.to_pylist()))


def _read(snapshot: int, view: LakeView, *, synthetic: bool) -> Facts:
    batches = list(view.scan("records", list(_SINGLE)))
    schema = pa.schema([RECORD_SCHEMA.field(name) for name in _SINGLE])
    table = pa.Table.from_batches(batches) if batches else schema.empty_table()
    order = pc.sort_indices(table, [("patent_id", "ascending")])
    return Facts(snapshot, synthetic, table.take(order).combine_chunks(), np.asarray(order), view)


def bytes_of(value: object) -> int:
    """What arrays, Arrow columns and words take in memory, also inside values and tuples; other things count as nothing."""
    if isinstance(value, str):
        return _WORD + len(value)
    if isinstance(value, list | tuple):
        return sum(map(bytes_of, value))
    if is_dataclass(value):
        return sum(bytes_of(getattr(value, one.name)) for one in fields(value))
    return int(getattr(value, "nbytes", 0))


_READ: OfSnapshots[Facts] = OfSnapshots()


def facts_of(snapshot: int | None = None) -> Facts | None:
    """One snapshot, the newest unless one is named; None where nothing was ever loaded.

    errors  NotFound ``register.snapshot_unknown``
    """
    here = register.register()
    manifest = here.manifest() if snapshot is None else here.place.manifest(snapshot)
    if manifest is None:
        return None
    number, synthetic = manifest.snapshot, manifest.as_snapshot().synthetic
    key = SnapshotKey(str(here.place.root), number, manifest.layers)
    return _READ.get(key, lambda: _read(number, here.open_snapshot(number), synthetic=synthetic))


def day_number(day: date) -> int:
    """A calendar day as days since 1970."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """The calendar day of a number."""
    return date.fromordinal(int(number) + EPOCH)


def years_of(days: Ints) -> Ints:
    """Calendar years of days; 0 for ``NEVER``."""
    years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    return np.where(days == NEVER, 0, years).astype(np.int32)
