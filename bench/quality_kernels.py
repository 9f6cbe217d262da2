"""The quality indicators of every patent: passes over flat lists beside the same definition as SQL on the embedded engine.

Both read the same Parquet files and give the same table, which is compared row by row. What the passes need besides (cohorts,
flat lists, the citing side of the citations) is made within their time; the statement finds its cohorts made. Citations follow
a copying model, so few patents are cited much. Machine code is compiled before: an installation does that once.
Sizes: QIANTANG_BENCH_PATENTS, numbers parted by commas, in place of 100,000, 300,000 and 1,000,000. Beyond a million the passes
run alone: the statement takes minutes at three million, and more memory than this machine has at ten.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import harness
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.corpus.measures.methods.quality.cohorts import cohorts_of
from qiantang.corpus.measures.methods.quality.graphs import citation_graph, lists_of
from qiantang.corpus.measures.methods.quality.indicators import QualityFacts, quality
from qiantang.corpus.measures.methods.quality.statement import QUALITY, cohort_tables
from qiantang.engines.lake.compiling import compiled

SEED, DATA_END, CLASSES, FIELDS, OFFICES = 42, 2024, 640, 35, 14
SECTORS = {field: (field - 1) // 8 for field in range(1, FIELDS + 1)}
CITED, CODES = 7, 3  # of a patent, on average
RUNS = 3
GOAL = 2.5
ASKED = 1_000_000  # the largest size at which the statement is asked


def world(folder: Path, n: int) -> None:
    """Parquet files of ``n`` patents, numbered by age; codes by patent, citations by citing patent."""
    draws = np.random.default_rng([SEED, n])
    year = (1995 + 29 * np.sqrt(np.arange(n) / n)).astype(np.int32)  # more in each year than in the one before
    lag = draws.integers(300, 2_500, n).astype(np.int32)
    main = np.minimum(draws.zipf(1.3, n) - 1, CLASSES - 1).astype(np.int32)
    field = (main * 7 % FIELDS + 1).astype(np.int32)
    citing, cited = _citations(draws, n)
    refs = np.bincount(citing, minlength=n) + draws.integers(0, 3, n)
    family = np.cumsum(draws.random(n) < 0.8).astype(np.int32)
    family -= family[0]
    cohorts = cohorts_of(np.zeros(n), field, year, SECTORS)
    columns: dict[str, Any] = {
        "id": np.arange(n, dtype=np.int32),
        "family": family,
        "published": np.minimum(year + 1 + draws.integers(0, 2, n), DATA_END + 1).astype(np.int32),
        "claims": pa.array((1 + draws.poisson(8, n)).astype(np.int32), mask=draws.random(n) < 0.1),
        "lag": pa.array(lag, mask=draws.random(n) < 0.4),
        "refs": refs.astype(np.int32),
        "literature": draws.poisson(0.7, n).astype(np.int32),
        "field": field,
        "year": year,
        "cohort": cohorts.of,
    }
    _write(folder / "patents.parquet", pa.table(columns))
    _write(folder / "citations.parquet", pa.table({"citing": citing, "cited": cited}))
    many = 1 + draws.poisson(CODES - 1, n)
    owners = np.repeat(np.arange(n, dtype=np.int32), many)
    other = np.minimum(draws.zipf(1.3, len(owners)) - 1, CLASSES - 1).astype(np.int32)
    classes = np.where(draws.random(len(owners)) < 0.6, main[owners], other).astype(np.int32)
    _write(folder / "codes.parquet", pa.table({"id": owners, "class": classes}))
    homes = np.concatenate([np.arange(family[-1] + 1), draws.integers(0, family[-1] + 1, n // 3)]).astype(np.int32)
    places = draws.integers(0, OFFICES, len(homes)).astype(np.int32)
    pairs = np.unique(homes.astype(np.int64) * OFFICES + places)
    offices = {"family": (pairs // OFFICES).astype(np.int32), "office": (pairs % OFFICES).astype(np.int32)}
    _write(folder / "offices.parquet", pa.table(offices))
    for name, table in cohort_tables(cohorts).items():
        _write(folder / f"{name}.parquet", table)


def _citations(draws: np.random.Generator, n: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Half of what a patent cites is any older one, half is what that one would cite: few are cited much."""
    citing = np.repeat(np.arange(1, n, dtype=np.int64), CITED)
    cited = (draws.random(len(citing)) * citing).astype(np.int64)
    for _ in range(3):
        copy = draws.random(len(citing)) < 0.5
        cited[copy] = (cited[copy] * draws.beta(1, 2, int(copy.sum()))).astype(np.int64)
    pairs = np.unique(citing * n + cited)
    return (pairs // n).astype(np.int32), (pairs % n).astype(np.int32)


def _write(path: Path, table: pa.Table) -> None:
    pq.write_table(table, path, compression="zstd", store_schema=False, row_group_size=500_000)


def by_passes(folder: Path) -> pa.Table:
    def read(name: str) -> dict[str, Any]:
        table = pq.read_table(folder / f"{name}.parquet")
        return {one: table[one].fill_null(-1).to_numpy() for one in table.column_names if one != "cohort"}

    patents, citations, codes, offices = (read(name) for name in ("patents", "citations", "codes", "offices"))
    n = len(patents["id"])
    facts = QualityFacts(
        graph=citation_graph(n, citations["citing"], citations["cited"]),
        classes=lists_of(n, codes["id"], codes["class"], CLASSES),
        families=patents["family"],
        offices=lists_of(int(patents["family"].max()) + 1, offices["family"], offices["office"], OFFICES),
        published=patents["published"],
        claims=patents["claims"],
        lag=patents["lag"],
        references=patents["refs"],
        literature=patents["literature"],
        cohorts=cohorts_of(np.zeros(n), patents["field"], patents["year"], SECTORS),
        data_end=DATA_END,
    )
    found = quality(facts)
    return pa.table({name: _known(values) for name, values in found.items()})


def _known(values: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(values, mask=np.isnan(values) if values.dtype.kind == "f" else values < 0)


def by_statement(folder: Path) -> pa.Table:
    with duckdb.connect(config={"threads": os.cpu_count() or 1}) as connection:
        for name in ("patents", "citations", "codes", "offices", "compared", "cohorts"):
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder / name}.parquet')")  # noqa: S608 own names
        return connection.sql(compiled(QUALITY, "duckdb", {}).sql, params={"data_end": DATA_END}).to_arrow_table()


def rows_that_differ(found: pa.Table, expected: pa.Table) -> int:
    """Rows in which any column differs: whole numbers and nulls exactly, fractions by more than 1e-9."""
    wrong = np.zeros(len(found), dtype=bool)
    for name in found.column_names:
        ours, theirs = (one[name].cast(pa.float64()).to_numpy() for one in (found, expected))
        wrong |= ~((np.abs(ours - theirs) <= 1e-9) | (np.isnan(ours) & np.isnan(theirs)))
    return int(wrong.sum())


def measured(folder: Path, n: int) -> dict[str, Any]:
    """The passes, and in turn with them the statement where it is asked; the best of each, the last answers compared."""
    world(folder, n)
    ways = {"passes": by_passes} | ({"statement": by_statement} if n <= ASKED else {})
    spent: dict[str, list[harness.Spent]] = {name: [] for name in ways}
    answers: dict[str, pa.Table] = {}
    for _ in range(RUNS):
        for name, work in ways.items():
            one, answers[name] = harness.timed(work, folder)
            spent[name].append(one)
    best = {name: harness.Spent(min(s.wall for s in some), min(s.cpu for s in some)) for name, some in spent.items()}
    citations = pq.read_metadata(folder / "citations.parquet").num_rows
    told = {"patents": n, "citations": citations, **{name: one.told() for name, one in best.items()}}
    if "statement" not in best:
        return told
    return told | {
        "times_faster_cpu": round(best["statement"].cpu / best["passes"].cpu, 2),
        "times_faster_wall": round(best["statement"].wall / best["passes"].wall, 2),
        "rows_that_differ": rows_that_differ(answers["passes"], answers["statement"]),
    }


def _growth(rows: list[dict[str, Any]], way: str) -> dict[str, float]:
    """From the smallest size to the largest at which this way was taken: patents, and CPU time."""
    some = [row for row in rows if way in row]
    spent = [max(0.01, row[way]["cpu_s"]) for row in some]
    return {"patents": some[-1]["patents"] / some[0]["patents"], "cpu": round(spent[-1] / spent[0], 1)}


def main() -> None:
    wanted = harness.asked()
    told = os.environ.get("QIANTANG_BENCH_PATENTS", "100000,300000,1000000")
    sizes = [5_000, 10_000] if wanted.smoke else [int(one) for one in told.split(",")]
    with tempfile.TemporaryDirectory(prefix="qiantang-quality-") as folder:
        world(Path(folder), 2_000)
        by_passes(Path(folder))  # compiles
        rows = [measured(Path(folder), n) for n in sizes]
    growth = {way: _growth(rows, way) for way in ("passes", "statement")}
    compared = [row for row in rows if "statement" in row]
    wrong = sum(row["rows_that_differ"] for row in compared)
    if wrong:
        raise AssertionError(f"{wrong} rows differ")
    result = {
        "goal": f"at least {GOAL} times faster than the statement, equal row by row; ten times the patents at most 40 times the time",
        "sizes": rows,
        "growth": growth,
    }
    quick = all(row["times_faster_cpu"] >= GOAL and row["times_faster_wall"] >= GOAL for row in compared)
    met = quick and growth["passes"]["cpu"] <= 4 * growth["passes"]["patents"]
    harness.tell("quality_kernels", wanted, result, met=met)


if __name__ == "__main__":
    main()
