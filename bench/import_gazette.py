"""Gazette rows end to end into a snapshot, against a bare parse-and-write of the same file.

Claim: at least 12,000 rows per CPU second, and at least 0.10 of a loop that only decodes, parses and writes Parquet.

Ours recognises the file, checks numbers, dates and columns, joins rows by number, derives the legal status, writes every
canonical table with aliases and provenance, and seals the lake file. The search index is another bench. CPU time of the
whole process; each repetition takes a fresh register and a file with other rows, so that little is remembered from the
one before; medians of the repetitions. A run in which any row is refused is broken off.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from gazette_rows import write_gazette
from harness import HOME, Spent, asked, tell, timed
from registers import DAY

from qiantang.corpus.ingest.services.loading import stage_sources
from qiantang.corpus.register.api import intake, register

ROWS_A_SECOND, SHARE = 12_000, 0.10


class Pair(NamedTuple):
    reading: Spent
    publishing: Spent
    bare: Spent

    @property
    def own(self) -> float:
        return self.reading.cpu + self.publishing.cpu


def bare(source: Path, target: Path) -> None:
    """Decode, parse, write the columns as they stand."""
    rows = csv.reader(io.StringIO(source.read_bytes().decode("gb18030")))
    header = next(rows)
    columns = zip(*rows, strict=True)
    table = pa.table({name: pa.array(column, pa.string()) for name, column in zip(header, columns, strict=True)})
    pq.write_table(table, target, compression="zstd", compression_level=1)


def ours(source: Path) -> tuple[Spent, Spent]:
    """What reading into the load and publishing cost, into an empty register."""
    here = register()
    shutil.rmtree(here.place.root, ignore_errors=True)
    with intake.begin_load(here.place, here.lake, day=DAY) as load:
        reading, _ = timed(stage_sources, load, [source])
        publishing, _ = timed(load.publish)
        (told,) = load.staging.sources
    if told.refusal or told.refused:
        raise AssertionError(f"refused: {told.refusal or told.reasons}")
    return reading, publishing


def report(rows: int, pairs: Sequence[Pair]) -> tuple[dict[str, object], bool]:
    speed = rows / median(pair.own for pair in pairs)
    share = median(pair.bare.cpu / pair.own for pair in pairs)
    result = {
        "rows": rows,
        "repeats": len(pairs),
        "rows_per_cpu_second": round(speed),
        "goal_rows_per_cpu_second": ROWS_A_SECOND,
        "bare_rows_per_cpu_second": round(rows / median(pair.bare.cpu for pair in pairs)),
        "share_of_bare": round(share, 3),
        "goal_share_of_bare": SHARE,
        "share_of_bare_each": [round(pair.bare.cpu / pair.own, 3) for pair in pairs],
        "reading_cpu_s": round(median(pair.reading.cpu for pair in pairs), 2),
        "publishing_cpu_s": round(median(pair.publishing.cpu for pair in pairs), 2),
    }
    return result, speed >= ROWS_A_SECOND and share >= SHARE


def main() -> None:
    wanted = asked()
    rows, repeats = wanted.size(60_000, 3_000), wanted.size(5, 1)
    pairs = []
    source, target = HOME.with_name("gazette.csv"), HOME.with_name("bare.parquet")
    for seed in range(repeats):
        write_gazette(source, rows, seed)
        reading, publishing = ours(source)
        pairs.append(Pair(reading, publishing, timed(bare, source, target)[0]))
    result, met = report(rows, pairs)
    tell("import_gazette", wanted, result, met=met)


if __name__ == "__main__":
    main()
