"""A day's update into a register of 1, 3 and 10 million patents, end to end: searchable and counted.

Claim: 20,000 changed rows within 60 s at ten million patents, at a cost that follows the update and not the register;
memory under 2 GB.

Each row is a gazette's word that a known patent, anywhere in the register, now has another title and a lapse. Timed are
reading the rows into a load, joining them with what is known, the new layer and snapshot, the index, a search that must
find all 20,000 by a word of the new titles, and the count by status. Every size is updated in a process of its own, whose
peak memory is told: ``peak_rss_mib`` with pages of mapped files, which the system takes back when it wants them,
``peak_own_mib`` without. That they can be taken back is shown at the last size: one more update, with files that are not in
memory any more, in a control group that has 2 GB for everything (``within_limit``; "not tried" where none can be made). The
register grows from size to size, see ``growing``; a layer of 600,000 is as one of a register that is compacted.

    ./run bench daily_update            1, 3 and 10 million
    python bench/daily_update.py --sizes 100000,300000
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from growing import city as city_of
from growing import copied
from growing import grow as grow_to
from harness import HOME, Asked, tell, timed
from memory import MemoryWatch, control_group, forget_pages
from registers import DAY

from qiantang.corpus.register.api import intake, register, search
from qiantang.corpus.register.methods.batches import to_arrow
from qiantang.corpus.register.types import Event, Observation, SearchRequest, Text

ROWS, SECONDS, MEMORY_MIB = 20_000, 60, 2_048
SIZES, SMOKE_SIZES, SMOKE_ROWS = (1_000_000, 3_000_000, 10_000_000), (3_000, 9_000), 300
WORD = "更新标记"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--smoke", action="store_true", help="run small, keep no result")
    parser.add_argument("--sizes", help="numbers of patents, rising, parted by commas")
    parser.add_argument("--step", nargs=3, metavar=("CITY", "PATENTS", "ROWS"), help=argparse.SUPPRESS)
    parser.add_argument("--grow", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--again", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def _city_size(patents: int) -> int:
    return min(30_000, patents // 3)


def _step(city: Path, patents: int, rows: int, *, grow: bool, again: int = 0) -> dict[str, Any]:
    """One process of its own: the register grows, or takes the update; ``again`` is another update of the same size."""
    copies_of = city_of(city, int(city.name))
    size = copies_of.records.num_rows
    if grow:
        spent, _ = timed(grow_to, copies_of, patents)
        return {"patents": patents // size * size, **spent.told()}
    chosen = Random(patents + again)  # noqa: S311 a sample, no secret
    places = sorted(chosen.sample(range(patents // size * size), rows))
    known = []
    for copy in sorted({place // size for place in places}):
        ids = copied(copies_of, copy).column("patent_id").to_pylist()
        known += [ids[place % size] for place in places if place // size == copy]
    return _updated(known, patents - again)  # a day later: see _row


def _updated(patent_ids: list[str], size: int) -> dict[str, Any]:

    here = register()
    here.current()
    with MemoryWatch() as watch:
        loading, _ = timed(_load, patent_ids, size)
        indexing, _ = timed(intake.advance_index, here)
        counting, found = timed(search, SearchRequest(query=f"TI={WORD}{size}", facets=("LS",)))
    counted = {one.value: one.count for one in found.facets["LS"]}
    if found.total != len(patent_ids) or counted != {"lapsed_fee": len(patent_ids)} or found.stale:
        raise AssertionError(f"{found.total} found, by status {counted}")
    return {
        "wall_s": round(loading.wall + indexing.wall + counting.wall, 2),
        "cpu_s": round(loading.cpu + indexing.cpu + counting.cpu, 2),
        "loading": loading.told(),
        "indexing": indexing.told(),
        "counting": counting.told(),
        **watch.told(),
    }


def _load(patent_ids: list[str], size: int) -> None:

    here = register()
    with intake.begin_load(here.place, here.lake, day=DAY) as load:
        load.begin_source(
            name="update", digest=f"{time.time_ns():064d}", size_bytes=0, reader="bench", reader_version=1, rank=2,
            synthetic=True,
        )  # fmt: skip
        for start in range(0, len(patent_ids), 5_000):
            rows = [_row(start + place, one, size) for place, one in enumerate(patent_ids[start : start + 5_000], 1)]
            load.staging.add(to_arrow(rows, [[f"a:{one.application_number[:14]}"] for one in rows]))
        load.staging.finish()
        load.publish()
        told = load.staging.sources[0]
    if told.kept != len(patent_ids):
        raise AssertionError(f"kept {told.kept} of {len(patent_ids)}")


def _row(row: int, patent_id: str, size: int) -> Any:

    day = DAY - timedelta(days=size % 89)  # each size has a day and a word of its own: some patents are drawn twice
    made = Observation(row=row, office="CN", as_of=day, application_number=patent_id)
    made.texts.append(Text("title", "zh", f"一种{WORD}{size}的装置{row}"))
    made.events += [Event("GR01", day, day, "授权"), Event("CF01", day, day, "未缴年费专利权终止")]
    return made


def _within_limit(home: Path, city: Path, patents: int, rows: int) -> dict[str, Any] | str:
    """One more update that has so much memory for everything, files read from the disk anew."""
    group = control_group(f"qiantang-bench-{os.getpid()}", MEMORY_MIB * 2**20)
    if group is None:
        return "not tried: no control group can be made here"
    forget_pages(home)
    try:
        return _in_own_process(home, city, patents, rows, again=1, group=group)
    except subprocess.CalledProcessError as error:
        return f"ended with {error.returncode}"
    finally:
        group.rmdir()


def _in_own_process(
    home: Path, city: Path, patents: int, rows: int, *, grow: bool = False, again: int = 0, group: Path | None = None
) -> dict[str, Any]:
    words = [sys.executable, __file__, "--step", str(city), str(patents), str(rows), "--again", str(again)]
    words += ["--grow"] if grow else []
    environment = {**os.environ, "QIANTANG_BENCH_HOME": str(home)}
    if group:  # the shell enters the group and becomes the step
        words = ["/bin/sh", "-c", 'echo $$ > "$0" && exec "$@"', str(group / "cgroup.procs"), *words]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def main() -> None:
    asked = _asked()
    if asked.step:
        city, patents, rows = asked.step
        print(json.dumps(_step(Path(city), int(patents), int(rows), grow=asked.grow, again=asked.again)))
        return
    wanted = Asked(smoke=asked.smoke or bool(asked.sizes))
    sizes = [int(one) for one in asked.sizes.split(",")] if asked.sizes else SMOKE_SIZES if asked.smoke else SIZES
    rows = SMOKE_ROWS if asked.smoke else min(ROWS, min(sizes) // 5)
    steps = []
    city = HOME.with_name(str(_city_size(min(sizes))))
    city.mkdir()
    for size in sizes:
        grown = _in_own_process(HOME, city, size, rows, grow=True)
        steps.append({"grown": grown, "update": _in_own_process(HOME, city, size, rows)})
        print(json.dumps(steps[-1]), file=sys.stderr, flush=True)
    first, last = steps[0]["update"], steps[-1]["update"]
    limited = _within_limit(HOME, city, sizes[-1], rows)
    ratio = round(last["cpu_s"] / first["cpu_s"], 2)
    result = {
        "rows": rows,
        "steps": steps,
        "goal_s": SECONDS,
        "cpu_last_to_first": ratio,
        "goal_memory_mib": MEMORY_MIB,
        "within_limit": limited,
    }
    held = last["peak_own_mib"] < MEMORY_MIB and not isinstance(limited, str)
    tell("daily_update", wanted, result, met=last["wall_s"] <= SECONDS and held)


if __name__ == "__main__":
    main()
