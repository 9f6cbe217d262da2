"""The index writer of the house, against a bare tantivy writer fed the same documents ready made.

Claim: at least 0.85 of the documents per CPU second of the bare writer.

Ours is the way of the service: ``engine.writer(fresh=True)``, ``add`` of ready ``Document`` in the batches in which the
register gives them, ``commit``, and the end of the merges. The bare writer has the same schema, memory and threads, gets
each document as the JSON it takes, and neither replaces nor removes any. Each batch is made just before it is written, for
both, as it is in the service, and that time is left out. Both in turn, each into an empty folder; median of the ratios.
Told beside it, without a goal: how fast records become documents, and ``advance_index`` as a whole on a register that has
no index. CPU time of the whole process, threads of tantivy included.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import orjson
import pyarrow as pa
import tantivy
from harness import HOME, Asked, Spent, asked, tell, timed
from registers import city_register

from qiantang.corpus.register.api import intake, register
from qiantang.corpus.register.methods.documents import documents
from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.engines.search.tantivy import TantivyEngine
from qiantang.engines.search.tantivy.translate import CARD, ID, native_schema, prepare

SHARE = 0.85
MEMORY_BYTES, THREADS = 256_000_000, 1

Rows = Sequence[pa.RecordBatch]


def written(
    rows: Rows, make: Callable[[pa.RecordBatch], Sequence[Any]], write: Callable[[Sequence[Any]], None]
) -> float:
    """Make and write each batch; the CPU seconds of this thread that making took."""
    making = 0.0
    for batch in rows:
        began = time.thread_time()
        ready = make(batch)
        making += time.thread_time() - began
        write(ready)
    return making


def ours(rows: Rows, folder: Path) -> Spent:
    shutil.rmtree(folder, ignore_errors=True)
    engine = TantivyEngine(INDEX, folder, writer_memory_bytes=MEMORY_BYTES, writer_threads=THREADS)

    def write() -> float:
        with engine.writer(fresh=True) as writer:
            making = written(rows, documents, writer.add)
            writer.commit(1)
        return making

    spent, making = timed(write)
    expect(engine.state().documents, sum(map(len, rows)))
    return Spent(spent.wall - making, spent.cpu - making)


def bare(rows: Rows, folder: Path) -> Spent:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    index = prepare(tantivy.Index(native_schema(INDEX), str(folder)))

    def write() -> float:
        writer = index.writer(MEMORY_BYTES, THREADS)

        def add(batch: Sequence[str]) -> None:
            for one in batch:
                writer.add_json(one)

        making = written(rows, ready_made, add)
        writer.commit()
        writer.wait_merging_threads()
        return making

    spent, making = timed(write)
    index.reload()
    expect(index.searcher().num_docs, sum(map(len, rows)))
    return Spent(spent.wall - making, spent.cpu - making)


def expect(found: int, wanted: int) -> None:
    if found != wanted:
        raise AssertionError(f"{found} documents in the index instead of {wanted}")


def ready_made(batch: pa.RecordBatch) -> list[str]:
    """Each document as the JSON that tantivy takes, unknown values left out."""
    return [
        orjson.dumps({ID: one.id, CARD: one.card, **{k: v for k, v in one.fields.items() if v is not None}}).decode()
        for one in documents(batch)
    ]


def measure(home: Path, wanted: Asked) -> tuple[dict[str, object], bool]:
    city_register(home.with_name("city"), wanted.size(30_000, 1_000))
    _, view = register().current()
    rows = list(view.scan("records", RECORD_SCHEMA.names))
    building, _ = timed(lambda: [len(documents(batch)) for batch in rows])
    whole, _ = timed(intake.advance_index, register())
    one, other = home.with_name("ours"), home.with_name("bare")
    pairs = [(ours(rows, one), bare(rows, other)) for _ in range(wanted.size(9, 1))]
    share = median(raw.cpu / own.cpu for own, raw in pairs)
    count = sum(map(len, rows))
    size = sum(len(text.encode()) for batch in rows for text in ready_made(batch))
    result = {
        "documents": count,
        "kilobytes_a_document": round(size / count / 1e3, 1),
        "repeats": len(pairs),
        "share_of_bare": round(share, 3),
        "goal_share_of_bare": SHARE,
        "share_of_bare_each": [round(raw.cpu / own.cpu, 3) for own, raw in pairs],
        "per_cpu_second": {
            "our_writer": round(count / median(own.cpu for own, _ in pairs)),
            "bare_writer": round(count / median(raw.cpu for _, raw in pairs)),
            "records_to_documents": round(count / building.cpu),
            "advance_index": round(count / whole.cpu),
        },
        "wall_s": {
            "our_writer": round(median(own.wall for own, _ in pairs), 2),
            "bare_writer": round(median(raw.wall for _, raw in pairs), 2),
            "advance_index": round(whole.wall, 2),
        },
    }
    return result, share >= SHARE


def main() -> None:
    wanted = asked()
    result, met = measure(HOME, wanted)
    tell("index_rate", wanted, result, met=met)


if __name__ == "__main__":
    main()
