"""What a load of 20,000 changes costs the cubes, on registers of two sizes: it should follow the change, not the register.

CPU time of making the frame tables and of making the cubes, apart; then all cubes against a count over all rows.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from harness import asked, tell, timed
from world import World, write_layer

from qiantang.corpus.measures.api import advance_cubes, cubes
from qiantang.corpus.measures.methods.cubes import CUBES, given_tables
from qiantang.corpus.register.api import register
from qiantang.corpus.register.types import Indicator

LIMIT_S = 0.2


def main() -> None:
    wanted = asked()
    patents = int(os.environ.get("QIANTANG_BENCH_PATENTS", str(wanted.size(1_000_000, 20_000))))
    changes = wanted.size(20_000, 500)
    write_layer(World(patents, cited=0.2), "000001")
    here = register()
    whole, _ = timed(here.frames)
    counted, _ = timed(advance_cubes)
    turns = []
    for turn in range(wanted.size(3, 1)):
        dice = np.random.default_rng(turn)
        revised = np.unique(dice.integers(0, patents, changes))
        # another seed: the same patents with other dates, classes, owners and states
        write_layer(
            World(patents, cited=0.2, seed=100 + turn, first=patents + turn * changes), f"{turn + 2:06d}", revised
        )
        seal, _ = timed(here.lake.seal, here.place.layers / f"{turn + 2:06d}")
        if turn == 0:  # the row files of the first layer, which a load would have made
            here.lake.seal(here.place.layers / "000001")
        follow, _ = timed(here.frames)
        advance, _ = timed(advance_cubes)
        turns.append(
            {"changes": len(revised), "row_files": seal.told(), "frames": follow.told(), "cubes": advance.told()}
        )
        _held()
    worst = max(turn["cubes"]["cpu_s"] for turn in turns)
    told = {"patents": patents, "first": {"frames": whole.told(), "cubes": counted.told()}, "loads": turns}
    tell("cube_refresh", wanted, {**told, "limit_cpu_s": LIMIT_S}, met=worst <= LIMIT_S)


def _held() -> None:
    """The cubes equal a count over all rows; AssertionError where one does not."""
    frames: Any = register().frames()
    given = given_tables()
    for cube in CUBES:
        cells = Indicator(f"cells.{cube.name}", lambda t, _, name=cube.name: getattr(t, name))
        facts = Indicator(f"all.{cube.name}", cube.rows, given=cube.given)
        names = list(cube.dimensions)
        sums = [(name, "sum") for name in cube.measures] + [(name, "count_distinct") for name in cube.distinct.values()]
        rows = frames.run(facts, **given).group_by(names).aggregate([([], "count_all"), *sums])
        counted = {
            (
                *(row[name] for name in names),
                row["count_all"],
                *(row[f"{name}_sum"] or 0 for name in cube.measures),
                *(row[f"{name}_count_distinct"] for name in cube.distinct.values()),
            )
            for row in rows.to_pylist()
        }
        held = {tuple(row.values()) for row in cubes().run(cells).to_pylist()}
        if held != counted:
            raise AssertionError(f"{cube.name}: {len(held - counted)} cells differ")


if __name__ == "__main__":
    main()
