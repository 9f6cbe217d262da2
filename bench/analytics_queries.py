"""The seventeen questions of the analytical engine over a synthetic world, beside SQL by hand, PostgreSQL and pandas.

Sizes: QIANTANG_BENCH_PATENTS, one or several with commas (1000000,3000000,10000000); citations: QIANTANG_BENCH_CITED a
patent (7). Each size runs in a process of its own, so that memory is told apart. What is kept is the CPU time of the
process and the wall time, best of some rounds; of PostgreSQL the wall time alone, as it works in processes of its own.
Every answer of a peer is held against ours. Growth from the smallest size to the largest is printed where there are several.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from harness import Asked, Spent, asked, tell, timed
from peers.analytics import Pandas, Postgres
from questions import BY_HAND, GIVEN, QUESTIONS
from world import World, folder_bytes, write_layer

from qiantang.corpus.register.api import register

_HEAVY = ("08", "09", "10", "10b", "13", "14", "16")
_ONE = "--one-size"


def main() -> None:
    if _ONE in sys.argv:
        sys.argv.remove(_ONE)
        print(json.dumps(_measured(int(sys.argv.pop()), asked())))
        return
    wanted = asked()
    told = os.environ.get("QIANTANG_BENCH_PATENTS", str(wanted.size(1_000_000, 5_000)))
    sizes = [int(one) for one in told.split(",")]
    results = {str(size): _apart(size, wanted) for size in sizes}
    growth = _growth(results[str(min(sizes))], results[str(max(sizes))]) if len(sizes) > 1 else {}
    most = max(growth.values(), default=0.0)
    by_hand = [row["of_hand"] for row in results[str(sizes[0])]["questions"].values() if "of_hand" in row]
    result = {"sizes": results, "growth": growth, "most_growth": most, "of_hand": by_hand}
    tell("analytics_queries", wanted, result, met=most <= 20)


def _apart(size: int, wanted: Asked) -> dict[str, Any]:
    smoke = ["--smoke"] if wanted.smoke else []
    command = [sys.executable, __file__, *smoke, _ONE, str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=_without_home())
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _without_home() -> dict[str, str]:
    """Each size has a home of its own."""
    return {name: value for name, value in os.environ.items() if name != "QIANTANG_BENCH_HOME"}


def _growth(small: dict[str, Any], large: dict[str, Any]) -> dict[str, float]:
    pairs = {key: (row["cpu_ms"], large["questions"][key]["cpu_ms"]) for key, row in small["questions"].items()}
    return {key: round(after / before, 1) for key, (before, after) in pairs.items() if before}


def _measured(patents: int, wanted: Asked) -> dict[str, Any]:
    cited = float(os.environ.get("QIANTANG_BENCH_CITED", "7"))
    written, _ = timed(write_layer, World(patents, cited=cited), "000001")
    opened, frames = timed(register().frames)
    peers: list[Any] = [kind(frames) for kind in (Postgres, Pandas) if kind.at_hand(patents)]
    rows: dict[str, dict[str, Any]] = {}
    for key, (indicator, parameters) in QUESTIONS.items():
        given = {name: GIVEN[name] for name in indicator.given}
        rounds = wanted.size(3 if key in _HEAVY else 7, 1)
        frames.run(indicator, parameters, **given)  # compiles, and warms what is read
        spent, answer = _best(lambda: frames.run(indicator, parameters, **given), rounds)  # noqa: B023 at once
        rows[key] = {"rows": answer.num_rows, "cpu_ms": _ms(spent.cpu), "wall_ms": _ms(spent.wall)}
        if key in BY_HAND:
            hand, told = _best(lambda: _by_hand(frames, key), rounds)  # noqa: B023 at once
            _same(key, "by hand", told, answer.to_pylist())
            rows[key] |= {"hand_cpu_ms": _ms(hand.cpu), "of_hand": round(spent.cpu / max(hand.cpu, 1e-9), 2)}
        for peer in peers:
            if (ask := peer.question(key)) is not None:
                theirs, told = _best(ask, rounds)
                _same(key, peer.name, told, answer.to_pylist())
                rows[key][f"{peer.name}_wall_ms"] = _ms(theirs.wall)
    for peer in peers:
        peer.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sizes = {"parquet": folder_bytes(register().place.layers), "frames": folder_bytes(register().place.frames)}
    links = int(frames._connection.execute("SELECT count(*) FROM links").fetchone()[0])  # noqa: SLF001 - the raw engine is the peer
    made = {"written": written.told(), "frames": opened.told(), "peers": [peer.name for peer in peers]}
    return {"patents": patents, "links": links, **made, "questions": rows, "peak_gib": round(peak, 2), "bytes": sizes}


def _best(work: Callable[[], Any], rounds: int) -> tuple[Spent, Any]:
    runs = [timed(work) for _ in range(rounds)]
    return Spent(min(one.wall for one, _ in runs), min(one.cpu for one, _ in runs)), runs[0][1]


def _ms(seconds: float) -> float:
    return round(seconds * 1e3, 1)


def _by_hand(frames: Any, key: str) -> list[dict[str, Any]]:
    cursor = frames._connection.cursor()  # noqa: SLF001 the peer works in the same database
    for name in QUESTIONS[key][0].given:
        cursor.register(name, GIVEN[name])
    told: list[dict[str, Any]] = cursor.sql(BY_HAND[key]).to_arrow_table().to_pylist()
    cursor.close()
    return told


def _same(key: str, name: str, told: list[dict[str, Any]], ours: list[dict[str, Any]]) -> None:
    def plain(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return [tuple(round(v, 7) if isinstance(v, float) else v for v in row.values()) for row in rows]

    if plain(told) != plain(ours):
        raise AssertionError(f"question {key}: {name} says otherwise")


if __name__ == "__main__":
    main()
