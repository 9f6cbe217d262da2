"""One record by any number at a million patents, beside a plain SQLite table of the same rows.

Claim: p95 under 15 ms, warm.

Ours is ``register.api.get``: read the number (with and without check digit or kind code, with and without CN), find the
patent, fetch its packed row, make the record; random patents, none twice. The peer is one SQLite table: the primary key is
the publication number as it is stored, so that there is nothing to read or to choose, the value the same packed row as
JSON, which is parsed. In turn, in one process, after a warm-up. CPU time of the process, threads of the lake included, is what the goal is held
against; wall time, which other work on the machine lengthens, stands beside it. The patents are copies of one synthetic
city, renumbered, with all texts, names and classes, without events and citations.
"""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import duckdb
import orjson
from harness import HOME, Spent, asked, both_percentiles, tell, timed
from registers import tiled_register

from qiantang.corpus.register.api import get, register

GOAL_P95_MS = 15.0


class Wanted(NamedTuple):
    """A way of writing the number of a patent, and what the peer is asked."""

    style: str
    typed: str
    patent_id: str
    stored: str


def styles(row: dict[str, Any]) -> dict[str, str]:
    """The ways in which the numbers of a patent may be typed."""
    application = row["application_number"]
    printed = row["publications"][0]
    return {
        "application": application,
        "application, bare digits": application.removeprefix("CN").replace(".", ""),
        "application without check digit": application.partition(".")[0],
        "patent number (ZL)": application.replace("CN", "ZL"),
        "publication with kind": f"{printed['number']}{printed['kind']}",
        "publication without kind": printed["number"],
    }


def drawn(patents: int, count: int) -> list[Wanted]:
    """Random patents, each asked for in one style."""
    _, view = register().current()
    rng = random.Random(5)  # noqa: S311 no secret
    places = rng.sample(range(patents), count)
    rows: list[dict[str, Any]] = []
    for start in range(0, count, 50):
        columns = ["patent_id", "application_number", "publications"]
        rows += view.lookup("records", places[start : start + 50], columns).to_pylist()
    rng.shuffle(rows)
    found = []
    for turn, row in enumerate(rows):
        ways = list(styles(row).items())
        style, typed = ways[turn % len(ways)]
        found.append(Wanted(style, typed, row["patent_id"], row["publications"][0]["number"]))
    return found


def peer(path: Path) -> sqlite3.Connection:
    """The peer's table: every packed row of the register under its publication number."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE patents (number TEXT PRIMARY KEY, row TEXT NOT NULL)")
    here = register().place
    manifest = here.latest()
    for name in manifest.layers if manifest else ():
        for rows in _packed(here.layers / name / "records.parquet"):
            connection.executemany("INSERT INTO patents VALUES (?, ?)", rows)
    connection.commit()
    connection.execute("PRAGMA mmap_size = 8000000000")
    return connection


def _packed(records: Path) -> Iterator[Sequence[tuple[str, str]]]:
    """(number, packed row as JSON), by number, as a table loaded in order is the best its kind can be."""
    with duckdb.connect() as lake:
        asking = lake.execute(
            "SELECT publications[1].number, to_json(r) FROM read_parquet(?) r ORDER BY 1", [str(records)]
        )
        while rows := asking.fetchmany(10_000):
            yield rows


def measure(numbers: Sequence[Wanted], table: sqlite3.Connection) -> tuple[dict[str, list[Spent]], list[Spent]]:
    """What each look-up cost: ours by style, the peer's."""
    own: dict[str, list[Spent]] = defaultdict(list)
    other: list[Spent] = []
    for one in numbers:
        spent, record = timed(get, one.typed)
        own[one.style].append(spent)
        spent, row = timed(by_peer, table, one.stored)
        other.append(spent)
        if not one.patent_id == record.patent_id == row["patent_id"]:
            raise AssertionError(f"{one} gave {record.patent_id} and {row['patent_id']}")
    return own, other


def by_peer(table: sqlite3.Connection, number: str) -> Any:
    (row,) = table.execute("SELECT row FROM patents WHERE number = ?", (number,)).fetchone()
    return orjson.loads(row)


def run(home: Path, patents: int, calls: int, warm_up: int) -> tuple[dict[str, object], bool]:
    loading, _ = timed(tiled_register, home.with_name("city"), patents)
    table = peer(home.with_name("peer.sqlite3"))
    numbers = drawn(patents, warm_up + calls)
    measure(numbers[:warm_up], table)
    own, other = measure(numbers[warm_up:], table)
    every = [one for each in own.values() for one in each]
    ours = both_percentiles(every)
    result = {
        "patents": patents,
        "look_ups": len(every),
        "goal_p95_ms": GOAL_P95_MS,
        "ours": ours,
        "sqlite": both_percentiles(other),
        "ours_to_sqlite_cpu": round(median(s.cpu for s in every) / median(s.cpu for s in other), 1),
        "ours_by_style": {style: both_percentiles(each)["cpu"] for style, each in own.items()},
        "loading": {**loading.told(), "patents_per_cpu_second": round(patents / loading.cpu)},
    }
    table.close()
    return result, ours["cpu"]["p95_ms"] < GOAL_P95_MS


def main() -> None:
    wanted = asked()
    result, met = run(HOME, wanted.size(1_000_000, 3_000), wanted.size(3_000, 60), wanted.size(200, 10))
    tell("lookup", wanted, result, met=met)


if __name__ == "__main__":
    main()
