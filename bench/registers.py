"""Registers of synthetic patents in a home of a bench's own: the demo city as it comes, and a million quickly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import harness  # noqa: F401 - the settings must stand before anything of the platform is imported
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.ingest.services.loading import stage_sources
from qiantang.corpus.register.api import intake, register
from qiantang.corpus.register.types import OBSERVATION_SCHEMA, SourceRank

DAY = date(2026, 1, 1)
SEED = 7
# The city begins at application serial 9,900,000 and publication CN?99000000; a copy moves both on by its number times
# the step. Starting the applications at 9,000,000 leaves both room for twenty copies.
_STEP, _COPIES, _BACK = 50_000, 20, 900_000
_LEFT_OUT = ("events", "citations", "simple_family", "extended_family")


def city_register(folder: Path, patents: int) -> None:
    """The demo city of so many patents, generated into ``folder`` and loaded as one snapshot; no index yet."""
    truth = generate(folder, patents=patents, seed=SEED)
    here = register()
    with intake.begin_load(here.place, here.lake, day=DAY) as load:
        stage_sources(load, [folder / part.name for part in truth.parts])
        load.publish()
    _held(patents, exactly=False)


def tiled_register(folder: Path, patents: int) -> None:
    """So many Chinese patents, loaded as one snapshot: one city over and over, each copy with numbers of its own.

    Texts, names and classes are the city's; events and citations are left out, as they would take most of the loading
    time, and families, as they would join the copies.

    patents   at most 1,000,000
    """
    here = register()
    with intake.begin_load(here.place, here.lake, day=DAY) as load:
        load.begin_source(
            name="tiled",
            digest="0" * 64,
            size_bytes=0,
            reader="bench",
            reader_version=1,
            rank=SourceRank.OFFICE_DATA_SERVICE,
            synthetic=True,
        )
        for batch in _tiled(folder, patents):
            load.staging.add(batch)
        load.staging.finish()
        load.publish()
    _held(patents, exactly=True)


def _held(patents: int, *, exactly: bool) -> None:
    manifest = register().manifest()
    held = manifest.patents if manifest else 0
    if (held != patents) if exactly else not 0.99 * patents <= held <= patents:
        raise AssertionError(f"{patents} patents were made, the register holds {held}")


def _tiled(folder: Path, patents: int) -> Iterator[pa.RecordBatch]:
    """Batches of the copies, all together as long as asked for."""
    wanted = -(-patents // _COPIES)
    truth = generate(folder, patents=max(1_000, wanted * 4 // 3), seed=SEED)
    parts = [pa.ipc.open_stream(str(folder / part.name)).read_all() for part in truth.parts]
    city = pa.concat_tables(parts).replace_schema_metadata(None)
    city = city.filter(pc.and_(pc.equal(city["office"], "CN"), pc.is_valid(city["application_number"])))
    base = city.slice(0, wanted).combine_chunks().to_batches()[0]
    left = patents
    for copy in range(_COPIES):
        for start in range(0, min(base.num_rows, left), 5_000):
            yield _renumbered(base.slice(start, min(5_000, left - start)), copy, copy * base.num_rows + start)
        left -= base.num_rows
        if left <= 0:
            return


def _renumbered(rows: pa.RecordBatch, copy: int, first_row: int) -> pa.RecordBatch:
    """The rows with the numbers of a copy, in all the places where a number stands."""
    moved: dict[str, Any] = {name: rows.column(name) for name in rows.schema.names}
    moved["row"] = pa.array(range(first_row + 1, first_row + 1 + rows.num_rows), pa.int64())
    moved["digest"] = pc.binary_join_element_wise(f"{copy:02d}", pc.utf8_slice_codeunits(rows.column("digest"), 2), "")
    keys = rows.column("keys")
    moved["keys"] = pa.ListArray.from_arrays(_offsets(keys), _moved_keys(keys.flatten(), copy))
    moved["application_number"] = _applications(rows.column("application_number"), copy)
    printed = rows.column("publications")
    entries = printed.flatten()
    numbers = _shifted(entries.field("number"), "CN", copy * _STEP)
    children = [numbers, entries.field("kind"), entries.field("date")]
    struct = pa.StructArray.from_arrays(children, fields=list(printed.type.value_type))
    moved["publications"] = pa.ListArray.from_arrays(_offsets(printed), struct)
    for name in _LEFT_OUT:
        kind = OBSERVATION_SCHEMA.field(name).type
        moved[name] = pa.array([[] if pa.types.is_list(kind) else None] * rows.num_rows, kind)
    return pa.RecordBatch.from_arrays([moved[name] for name in OBSERVATION_SCHEMA.names], schema=OBSERVATION_SCHEMA)


def _offsets(lists: pa.ListArray) -> pa.Array:
    """Where each list begins, counted from 0 also in a slice."""
    ends = pc.cumulative_sum(pc.list_value_length(lists))
    return pa.concat_arrays([pa.array([0], pa.int32()), ends])


def _shifted(numbers: pa.Array, prefix: str, by: int) -> pa.Array:
    """``prefix`` and digits, the digits raised."""
    digits = pc.utf8_slice_codeunits(numbers, len(prefix)).cast(pa.int64())
    return pc.binary_join_element_wise(prefix, pc.add(digits, by).cast(pa.string()), "")


def _moved_keys(keys: pa.Array, copy: int) -> pa.Array:
    """``a:CN…`` is an application, ``p:CN…`` a publication."""
    application = pc.starts_with(keys, "a:")
    by = pc.if_else(application, copy * _STEP - _BACK, copy * _STEP)
    digits = pc.add(pc.utf8_slice_codeunits(keys, 4).cast(pa.int64()), by).cast(pa.string())
    return pc.binary_join_element_wise(pc.utf8_slice_codeunits(keys, 0, 4), digits, "")


def _applications(numbers: pa.Array, copy: int) -> pa.Array:
    """``CN`` + twelve digits + ``.`` + check digit (ZC 0006: weights 2 to 9, 2 to 5, modulo 11, ten is X)."""
    body = _shifted(pc.utf8_slice_codeunits(numbers, 0, 14), "CN", copy * _STEP - _BACK)
    weighted = pa.array([0] * len(body), pa.int64())
    for place, weight in enumerate((2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), 2):
        digit = pc.utf8_slice_codeunits(body, place, place + 1).cast(pa.int64())
        weighted = pc.add(weighted, pc.multiply(digit, weight))
    rest = pc.subtract(weighted, pc.multiply(pc.divide(weighted, 11), 11))
    return pc.binary_join_element_wise(body, pa.array(list("0123456789X")).take(rest), ".")
