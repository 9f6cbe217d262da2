"""One index that grows from one to three to ten million patents: its size, what building costs, memory, and latencies.

No claim of a ratio: it is told how each grows. The patents are those of ``search_peers``, with title and abstract; the
writer goes on where it stood, commits at each size and waits for its merges, so the CPU of a size is that of the patents
added since the one before. Each size is asked in a process of its own, by the same questions; of each the best time of
some rounds counts. Memory is what that process holds in the end, pages of the index that the system keeps for it
included. A run whose home is named by QIANTANG_BENCH_HOME keeps every size and goes on where one before it ended; sizes
that were never reached are told as such.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from harness import HOME, Asked, asked, percentiles, tell
from peers.bare import Bare
from peers.corpus import VERSION, Corpus
from peers.ours import SCHEMA, Ours, build
from peers.parts import Answer, Ask, Peer, folder_bytes, memory_mb
from peers.questions import questions

from qiantang.engines.search.tantivy import TantivyEngine

SIZES, SMOKE = (1_000_000, 3_000_000, 10_000_000), (10_000, 20_000, 40_000)
PLACE = HOME.with_name(f"growth-v{VERSION}")
_GROWING = "growing"


def kept(place: Path, size: int) -> Path:
    return place / f"at-{size}"


def grow(place: Path, sizes: Sequence[int]) -> None:
    """Make the index of each size that is not there yet; links keep the files of the smaller ones."""
    corpus = Corpus()
    engine = TantivyEngine(SCHEMA, place / _GROWING)
    held = 0
    for size in sizes:
        told = kept(place, size).with_suffix(".json")
        if not told.exists():
            built = build(engine, corpus, held, size)
            built = built._replace(disk_bytes=folder_bytes(place / _GROWING))
            shutil.rmtree(kept(place, size), ignore_errors=True)
            shutil.copytree(place / _GROWING, kept(place, size), copy_function=os.link)
            told.write_text(json.dumps(built._asdict()))
            print(f"{size} patents: {built}", file=sys.stderr, flush=True)
        held = size


def measured(folder: Path, given: Mapping[str, Sequence[Ask]], rounds: int) -> dict[str, Any]:
    """Latencies of each kind of question, through the port and by the bare engine, in this process alone."""
    peers: tuple[Peer, ...] = (Ours(folder), Bare(folder))
    before = memory_mb()
    kinds: dict[str, Any] = {}
    for kind, asks in given.items():
        for peer in peers:
            best: list[Answer] = []
            for _ in range(rounds):
                try:
                    answers = peer.round(kind, asks, 3)
                except KeyError:
                    break
                best = [min(pair) for pair in zip(best or answers, answers, strict=True)]
            if best:
                hits = sorted(one.total for one in best)[len(best) // 2]
                told = percentiles([one.seconds for one in best])
                kinds.setdefault(kind, {"hits_median": hits})[peer.name] = told
    return {"kinds": kinds, "memory_mb": {"before": before, "after": memory_mb()}}


def apart(folder: Path, given: Mapping[str, Sequence[Ask]], rounds: int) -> dict[str, Any]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
        return one.submit(measured, folder, given, rounds).result()


def run(wanted: Asked) -> dict[str, Any]:
    sizes = SMOKE if wanted.smoke else SIZES
    if wanted.smoke or "QIANTANG_BENCH_HOME" not in os.environ:
        grow(PLACE, sizes)
    given = questions(Corpus())
    found: dict[str, Any] = {}
    for size in sizes:
        told = kept(PLACE, size).with_suffix(".json")
        if not told.exists():
            found[str(size)] = "not reached"
            continue
        built = json.loads(told.read_text())
        found[str(size)] = {
            "index_gb": round(built["disk_bytes"] / 1e9, 2),
            "added_cpu_s": round(built["cpu_s"]),
            "added_wall_s": round(built["wall_s"]),
            "writer_memory_mb": built["memory_mb"],
            **apart(kept(PLACE, size), given, wanted.size(8, 1)),
        }
    return {"sizes": found, "reached": [size for size in sizes if isinstance(found[str(size)], dict)]}


def main() -> None:
    wanted = asked()
    result = run(wanted)
    tell("search_growth", wanted, result, met=len(result["reached"]) == len(SIZES))


if __name__ == "__main__":
    main()
