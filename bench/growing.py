"""A register that grows to ten million synthetic patents in minutes, with its index: layers are written directly.

One demo city over and over, each copy with numbers of its own in all the places where a number stands. Layers have the
form of every load; reading, staging and joining are left out, as nothing could be joined. Records carry title, parties,
addresses, classes, events' outcome and numbers; abstracts, claims and citations are left out, as they would take most of
the time. Documents of the index hold title, numbers, status, office and year of filing only: what an update costs there
follows how many documents there are and how many it replaces, and feeding ten million whole ones would take an hour.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from registers import DAY, SEED

from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.places import api as places
from qiantang.corpus.register.api import register
from qiantang.corpus.register.methods.documents import documents
from qiantang.corpus.register.methods.singles import packed_singles
from qiantang.corpus.register.selectors.manifests import Manifest
from qiantang.corpus.register.services.layer import LayerWriter, sync
from qiantang.corpus.register.types import OBSERVATION_SCHEMA, RECORD_SCHEMA, SourceInfo
from qiantang.disk import write_atomically
from qiantang.engines.search.port import Document

CITY = 30_000  # patents of the city that is copied
COPIES_A_LAYER = 20
_FIRST_APPLICATION, _FIRST_PUBLICATION = 9_900_000, 99_000_000  # serials where the city begins
_LEFT_OUT = ("events", "citations", "priorities", "simple_family", "extended_family")
_AT_ONCE = 10_000
_INDEXED = ("title", "title_characters", "status", "office", "filing_year")


class City(NamedTuple):
    """The records that are copied, and by how much serials of applications and publications rise from copy to copy."""

    records: pa.RecordBatch
    application_step: int
    publication_step: int


def city(folder: Path, patents: int = CITY) -> City:
    """The Chinese patents of a city that have an application number, cut to what the bench keeps."""
    truth = generate(folder, patents=patents * 4 // 3, seed=SEED)
    parts = [pa.ipc.open_stream(str(folder / part.name)).read_all() for part in truth.parts]
    whole = pa.concat_tables(parts).replace_schema_metadata(None)
    long = pc.equal(pc.utf8_length(whole["application_number"]), len("CN201599000001.1"))  # in the form of 2003
    kept = whole.filter(pc.and_(pc.equal(whole["office"], "CN"), pc.fill_null(long, fill_value=False)))
    rows = _cut(kept.slice(0, patents).combine_chunks().to_batches()[0])
    resolve = lru_cache(65_536)(places.resolve)
    records = packed_singles(rows, "0" * 64, "bench", 3, DAY, resolve)
    serials = pc.utf8_slice_codeunits(rows.column("application_number"), 7, 14).cast(pa.int64())
    printed: Any = rows.column("publications")
    published = pc.utf8_slice_codeunits(printed.flatten().field("number"), 3).cast(pa.int64())
    return City(records, _beyond(serials) - _FIRST_APPLICATION, _beyond(published) - _FIRST_PUBLICATION)


def _beyond(serials: Any) -> int:
    return int(pc.max(serials).as_py()) + 1


def _cut(rows: pa.RecordBatch) -> pa.RecordBatch:
    columns: dict[str, Any] = dict(zip(rows.schema.names, rows.columns, strict=True))
    for name in _LEFT_OUT:
        kind = OBSERVATION_SCHEMA.field(name).type
        columns[name] = pa.array([[] if pa.types.is_list(kind) else None] * rows.num_rows, kind)
    titles = [[one for one in texts if one["part"] == "title"] for texts in columns["texts"].to_pylist()]
    columns["texts"] = pa.array(titles, OBSERVATION_SCHEMA.field("texts").type)
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=OBSERVATION_SCHEMA)


def copied(city: City, copy: int, start: int = 0, rows: int | None = None) -> pa.RecordBatch:
    """Records of one copy of the city: every number moved on."""
    base = city.records.slice(start, rows)
    moved: dict[str, Any] = dict(zip(base.schema.names, base.columns, strict=True))
    by, printed_by = copy * city.application_step, copy * city.publication_step
    ids = _shifted(base.column("patent_id"), 7, by - _FIRST_APPLICATION, 7)
    moved["patent_id"] = ids
    moved["application_number"] = _checked(ids)
    moved["keys"] = _in_lists(base.column("keys"), _keys(base.column("keys").flatten(), by, printed_by))
    printed: Any = base.column("publications")
    entries = printed.flatten()
    numbers = _shifted(entries.field("number"), 3, printed_by - _FIRST_PUBLICATION, 8)
    struct = pa.StructArray.from_arrays(
        [numbers, entries.field("kind"), entries.field("date")], fields=list(printed.type.value_type)
    )
    moved["publications"] = _in_lists(printed, struct)
    return pa.RecordBatch.from_arrays([moved[name] for name in RECORD_SCHEMA.names], schema=RECORD_SCHEMA)


def _in_lists(lists: Any, values: Any) -> pa.ListArray[Any]:
    ends = pc.cumulative_sum(pc.list_value_length(lists))
    return pa.ListArray.from_arrays(pa.concat_arrays([pa.array([0], pa.int32()), ends]), values)


def _shifted(numbers: Any, head: int, by: int, width: int) -> Any:
    """Numbers with their last digits, those after ``head`` signs, moved; as many digits as before."""
    serials = pc.add(pc.utf8_slice_codeunits(numbers, head).cast(pa.int64()), by)
    padded = pc.utf8_lpad(serials.cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(pc.utf8_slice_codeunits(numbers, 0, head), padded, "")


def _keys(keys: Any, by: int, printed_by: int) -> Any:
    """``a:CN201599…`` is an application, ``p:CN199…`` a publication."""
    application = pc.starts_with(keys, "a:")
    first = _shifted(pc.if_else(application, keys, "a:CN20001" + "0" * 7), 9, by - _FIRST_APPLICATION, 7)
    second = _shifted(pc.if_else(application, "p:CN1" + "9" * 8, keys), 5, printed_by - _FIRST_PUBLICATION, 8)
    return pc.if_else(application, first, second)


def _checked(stems: Any) -> Any:
    """``CN`` + twelve digits + ``.`` + check digit (ZC 0006: weights 2 to 9, 2 to 5, modulo 11, ten is X)."""
    weighted = pa.array([0] * len(stems), pa.int64())
    for place, weight in enumerate((2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), 2):
        digit = pc.utf8_slice_codeunits(stems, place, place + 1).cast(pa.int64())
        weighted = pc.add(weighted, pc.multiply(digit, weight))
    rest = pc.subtract(weighted, pc.multiply(pc.divide(weighted, 11), 11))
    return pc.binary_join_element_wise(stems, pa.array(list("0123456789X")).take(rest), ".")


def grow(city: City, patents: int) -> None:
    """Make the register of this home, and its index, so many patents large; it keeps what it holds."""
    gc.disable()  # as every load does
    here = register()
    manifest = here.manifest()
    held = manifest.patents if manifest else 0
    size = city.records.num_rows
    while held // size < patents // size:  # whole copies only: the last may not fit
        copies = range(held // size, min(held // size + COPIES_A_LAYER, patents // size))
        manifest = _layer(city, copies, manifest)
        held = manifest.patents
    _index(city, patents // size)


def _layer(city: City, copies: range, before: Manifest | None) -> Manifest:
    here = register()
    snapshot = before.snapshot + 1 if before else 1
    name, size = f"{snapshot:06d}", city.records.num_rows
    staging = here.place.root / "staging-bench"
    staging.parent.mkdir(parents=True, exist_ok=True)
    writer = LayerWriter(staging, first_place=before.next_place if before else 0)
    for copy in copies:
        writer.write(copied(city, copy))
    files = writer.seal(here.lake)
    here.place.layers.mkdir(exist_ok=True)
    staging.rename(here.place.layers / name)
    sync(here.place.layers)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    rows = len(copies) * size
    source = SourceInfo(
        digest=f"{snapshot:064d}", name=f"copies {copies}", format="bench", reader_version=1, synthetic=True,
        size_bytes=0, loaded_at=now, load=snapshot, read=rows, kept=rows, merged=0, refused=0, reasons={},
    )  # fmt: skip
    manifest = Manifest(
        snapshot=snapshot,
        parent=before.snapshot if before else None,
        published_at=now,
        layers=(*(before.layers if before else ()), name),
        patents=(before.patents if before else 0) + rows,
        touched=rows,
        next_place=writer.next_place,
        loads=(*(before.loads if before else ()), snapshot),
        sources=(*(before.sources if before else ()), source),
        files={name: files},
    )
    write_atomically(here.place.manifest_path(snapshot), manifest.to_bytes())
    return manifest


def _index(city: City, copies: int) -> None:
    """Documents are made once and renumbered: making them anew would take most of the time."""
    here = register()
    manifest = here.manifest()
    assert manifest is not None
    done = here.search.state().documents // city.records.num_rows if here.search.state().stamp else 0
    texts = [_thin(one) for one in documents(city.records)]
    with here.search.writer(fresh=not done) as writer:
        for copy in range(done, copies):
            writer.add(_renumbered(texts, copied(city, copy)))
        writer.commit(manifest.snapshot)


def _thin(whole: Document) -> Document:
    return Document(whole.id, {name: whole.fields[name] for name in _INDEXED if name in whole.fields}, whole.card)


def _renumbered(texts: Sequence[Document], records: pa.RecordBatch) -> Iterator[Document]:
    ids, keys = records.column("patent_id").to_pylist(), records.column("keys").to_pylist()
    for text, patent_id, own in zip(texts, ids, keys, strict=True):
        yield Document(patent_id, {**text.fields, "id": [patent_id], "number": own}, text.card)
