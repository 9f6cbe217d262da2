"""Tiles of a dashboard from the cubes: against the count over all rows, and against reading one column of it.

The same number both ways, or the bench stops. The claims: under 50 ms of the clock where at most 2,000 rows come back, and
cheaper than the count. A column scan (the sum of a 64-bit column of as many rows in memory) is told as the bound that any
count over rows has. Size: QIANTANG_BENCH_PATENTS.
"""

from __future__ import annotations

import os
import statistics
from typing import Any

import numpy as np
from harness import asked, percentiles, tell, timed
from world import World, folder_bytes, write_layer

from qiantang.corpus.measures.api import advance_cubes, cubes
from qiantang.corpus.measures.methods.cubes import given_tables
from qiantang.corpus.register.api import register
from qiantang.corpus.register.types import Indicator

CITY, SINCE = "3301", 2010


def _state_tile(t: Any, q: Any) -> Any:
    c = t.city_states.filter(t.city_states.city == q.city)
    return c.group_by("status").agg(n=c.n.sum(), granted=c.granted.sum()).order_by("status")


def _trend_tile(t: Any, q: Any) -> Any:
    c = t.city_states.filter(t.city_states.city == q.city, t.city_states.filing_year >= q.since)
    return c.group_by("filing_year", "type").agg(n=c.n.sum()).order_by("filing_year", "type")


def _rank_tile(t: Any, _: Any) -> Any:
    c = t.city_grants.filter(t.city_grants.type == "invention", t.city_grants.city.notnull())
    return c.group_by("city").agg(n=c.n.sum()).order_by("city")


def _district_tile(t: Any, q: Any) -> Any:
    c = t.district_states
    c = c.filter(c.region_code.left(4) == q.city, c.filing_year >= q.since)
    return (
        c.group_by("region_code", "filing_year", "status")
        .agg(n=c.n.sum())
        .order_by("region_code", "filing_year", "status")
    )


def _field_tile(t: Any, q: Any) -> Any:
    c = t.city_fields.filter(t.city_fields.city == q.city, t.city_fields.field.notnull())
    return c.select("field", "n", "applicants").order_by("field")


TILES = {
    "state": (_state_tile, """SELECT status, count(*) AS n, count(grant_date) AS granted FROM patents
 WHERE left(region_code, 4) = '3301' GROUP BY 1 ORDER BY 1"""),
    "trend": (_trend_tile, """SELECT filing_year, type, count(*) AS n FROM patents
 WHERE left(region_code, 4) = '3301' AND filing_year >= 2010 GROUP BY 1, 2 ORDER BY 1, 2"""),
    "rank": (_rank_tile, """SELECT left(region_code, 4) AS city, count(*) AS n FROM patents
 WHERE type = 'invention' AND grant_date IS NOT NULL AND region_code IS NOT NULL GROUP BY 1 ORDER BY 1"""),
    "districts": (_district_tile, """SELECT region_code, filing_year, status, count(*) AS n FROM patents
 WHERE left(region_code, 4) = '3301' AND filing_year >= 2010 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""),
    "fields": (_field_tile, """SELECT coalesce(w.field, g.field) AS field, count(*) AS n, count(DISTINCT p.applicant) AS applicants
 FROM patents AS p LEFT JOIN fields AS w ON w.symbol = left(p.main_ipc, 4)
 LEFT JOIN fields AS g ON g.symbol = split_part(p.main_ipc, '/', 1)
 WHERE left(p.region_code, 4) = '3301' AND coalesce(w.field, g.field) IS NOT NULL GROUP BY 1 ORDER BY 1"""),
}  # fmt: skip


def main() -> None:
    wanted = asked()
    patents = int(os.environ.get("QIANTANG_BENCH_PATENTS", str(wanted.size(1_000_000, 20_000))))
    write_layer(World(patents, cited=0.2), "000001")
    opened, frames = timed(register().frames)
    made, _ = timed(advance_cubes)
    held: Any = cubes()
    rows, rounds = {}, wanted.size(30, 3)
    for name, (build, sql) in TILES.items():
        indicator = Indicator(f"tile.{name}", build, {"city": "string", "since": "int64"})
        rows[name] = _tile(indicator, sql, held, frames, rounds)
    column = np.ones(patents, np.int64)
    scan = statistics.median(timed(column.sum)[0].cpu for _ in range(rounds))
    for row in rows.values():
        row["of_a_column_scan"] = round(row["cube"]["cpu"]["p50_ms"] / max(scan * 1e3, 1e-6), 2)
    sizes = {"frames": folder_bytes(register().place.frames) - folder_bytes(register().place.frames / "cubes")}
    sizes["cubes"] = folder_bytes(register().place.frames / "cubes")
    slow = max(row["cube"]["wall"]["p95_ms"] for row in rows.values() if row["rows"] <= 2_000)
    told = {"patents": patents, "tiles": rows, "column_scan_ms": round(scan * 1e3, 3), "bytes": sizes}
    once = {"frames": opened.told(), "cubes": made.told()}
    tell("cube_tiles", wanted, {**told, "made": once, "slowest_p95_ms": slow}, met=slow < 50)


def _tile(indicator: Indicator, sql: str, held: Any, frames: Any, rounds: int) -> dict[str, Any]:
    asked_for = {"city": CITY, "since": SINCE}
    cursor = frames._connection.cursor()  # noqa: SLF001 the count over all rows, in the same database
    for name, table in given_tables().items():
        cursor.register(name, table)
    counted = cursor.sql(sql).to_arrow_table().to_pylist()
    answer = held.run(indicator, asked_for).to_pylist()
    if counted != answer:
        raise AssertionError(f"{indicator.name}: the cube says {answer[:3]}, the count {counted[:3]}")
    spent = [
        (timed(held.run, indicator, asked_for)[0], timed(lambda: cursor.sql(sql).to_arrow_table())[0])
        for _ in range(rounds)
    ]
    sides = [[pair[i] for pair in spent] for i in (0, 1)]
    both = [{"cpu": percentiles([s.cpu for s in side]), "wall": percentiles([s.wall for s in side])} for side in sides]
    ratio = both[0]["cpu"]["p50_ms"] / both[1]["cpu"]["p50_ms"]
    return {"rows": len(answer), "cube": both[0], "count": both[1], "ratio": round(ratio, 3)}


if __name__ == "__main__":
    main()
