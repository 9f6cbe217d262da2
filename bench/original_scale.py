"""The original's scale once: 150 million patents and 300 million citations, in the register's form, counted and asked.

Written without texts by ``world``, straight into Parquet; then the tables for indicators, the cubes, and tiles from them. No
layer is searched or looked up, so no row files and no index are made. Takes about an hour and wants 40 GB of free disk below
the home (QIANTANG_BENCH_HOME, which keeps what was written, and the tables, for a run that goes on from there; else the system's
temporary folder): with less it says so and does nothing. ``--smoke`` writes twenty thousand. QIANTANG_BENCH_PATENTS: another size;
QIANTANG_BENCH_LINKS=0: leave the pairs of citations out; QIANTANG_BENCH_MEMORY: what the embedded engine may use (10GB). Not
part of ``.ci/run`` at its full size.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cube_tiles import CITY, SINCE, TILES
from harness import HOME, asked, percentiles, tell, timed
from world import World, folder_bytes, write_layer

from qiantang.corpus.measures.api import advance_cubes, cubes
from qiantang.corpus.register.api import register
from qiantang.corpus.register.methods.frames import FRAMES
from qiantang.corpus.register.types import Indicator
from qiantang.engines.lake.duckdb import DuckdbFrames

PATENTS, CITED = 150_000_000, 2.0
FREE_BYTES = 40 * 2**30


def main() -> None:
    wanted = asked()
    patents = int(os.environ.get("QIANTANG_BENCH_PATENTS", str(wanted.size(PATENTS, 20_000))))
    HOME.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(HOME).free
    if patents >= PATENTS and free < FREE_BYTES and not (HOME / f"written-{patents}.json").exists():
        print(
            f"original_scale: 40 GB must be free below {HOME}, {free / 2**30:.0f} GB are; nothing was done",
            file=sys.stderr,
        )
        return
    here = register()
    spec = FRAMES if os.environ.get("QIANTANG_BENCH_LINKS", "1") == "1" else replace(FRAMES, links="")
    options = {"threads": 2, "memory": os.environ.get("QIANTANG_BENCH_MEMORY", "10GB")}
    here.analysis = DuckdbFrames(spec=spec, lake=here.lake, place=here.place.frames, options=options)
    steps = {"written": _kept("written", patents, lambda: write_layer(World(patents, cited=CITED), "000001"))}
    steps["frames"] = _kept("frames", patents, here.frames)
    steps["cubes"] = timed(advance_cubes)[0].told()
    held: Any = cubes()
    tiles = {name: _tile(name, build, held, wanted.size(20, 2)) for name, (build, _) in TILES.items()}
    parts = {"parquet": here.place.layers, "frames_and_cubes": here.place.frames}
    sizes = {name: round(folder_bytes(folder) / 2**30, 2) for name, folder in parts.items()}
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)
    hour = sum(step["wall_s"] for step in steps.values()) <= 3_600
    small = sum(sizes.values()) <= 25
    quick = all(tile["wall"]["p95_ms"] < 100 for tile in tiles.values())
    told = {
        "patents": patents,
        "links": bool(spec.links),
        "steps": steps,
        "tiles": tiles,
        "gib": sizes,
        "peak_gib": peak,
    }
    claims = {"within_60_minutes": hour, "within_25_gib": small, "tiles_under_100_ms": quick}
    tell("original_scale", wanted, {**told, "claims": claims}, met=hour and small and quick)


def _kept(step: str, patents: int, work: Callable[[], Any]) -> dict[str, Any]:
    """Do a step and keep in the home what it took; of one that an earlier run has done, what it took then."""
    told = HOME / f"{step}-{patents}.json"
    if not told.exists():
        told.write_text(json.dumps(timed(work)[0].told()))
    spent: dict[str, Any] = json.loads(told.read_text())
    return spent


def _tile(name: str, build: Any, held: Any, rounds: int) -> dict[str, Any]:
    tile = Indicator(f"tile.{name}", build, {"city": "string", "since": "int64"})
    spent = [timed(held.run, tile, {"city": CITY, "since": SINCE})[0] for _ in range(rounds)]
    return {"cpu": percentiles([one.cpu for one in spent]), "wall": percentiles([one.wall for one in spent])}


if __name__ == "__main__":
    main()
