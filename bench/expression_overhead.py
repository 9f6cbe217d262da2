"""What it costs to ask an indicator: the kept text of an expression against the same SQL written by hand.

One database, the same answers, in turn; CPU time of the process. The claim: at most 1.15 times. Compiling and the import of
Ibis are told apart: they are paid once a state of the code, not once a question.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from harness import Spent, asked, tell, timed
from questions import BY_HAND, GIVEN, QUESTIONS
from world import World, write_layer

from qiantang.corpus.register.api import register
from qiantang.corpus.register.methods.frames import FRAMES
from qiantang.engines.lake.compiling import compiled


def main() -> None:
    wanted = asked()
    patents = int(os.environ.get("QIANTANG_BENCH_PATENTS", str(wanted.size(1_000_000, 20_000))))
    write_layer(World(patents, cited=2), "000001")
    frames: Any = register().frames()
    compiling = {key: timed(compiled, one, "duckdb", FRAMES.schemas())[0].cpu for key, (one, _) in QUESTIONS.items()}
    rows = {}
    for key, sql in BY_HAND.items():
        indicator, parameters = QUESTIONS[key]
        given = {name: GIVEN[name] for name in indicator.given}

        def by_hand(sql: str = sql, given: dict[str, pa.Table] = given) -> pa.Table:
            cursor = frames._connection.cursor()  # noqa: SLF001 the peer works in the same database
            for name, table in given.items():
                cursor.register(name, table)
            told: pa.Table = cursor.sql(sql).to_arrow_table()
            cursor.close()
            return told

        def kept(one: Any = indicator, asked: Any = parameters, given: dict[str, pa.Table] = given) -> pa.Table:
            told: pa.Table = frames.run(one, asked, **given)
            return told

        if by_hand().to_pydict() != kept().to_pydict():
            raise AssertionError(f"question {key}: the two answers differ")
        rows[key] = _compared(kept, by_hand, wanted.size(15, 2))
    ratios = [row["ratio"] for row in rows.values()]
    mean = round(statistics.geometric_mean(ratios), 3)
    told = {"patents": patents, "questions": rows, "geometric_mean": mean, "most": max(ratios)}
    first = {"compiled_cpu_s": round(sum(compiling.values()), 2), "of_questions": len(compiling)}
    tell("expression_overhead", wanted, {**told, "once": first}, met=mean <= 1.15)


def _compared(one: Callable[[], Any], other: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Medians in turn."""
    spent: list[tuple[Spent, Spent]] = [(timed(one)[0], timed(other)[0]) for _ in range(rounds)]
    kept, hand = (statistics.median(pair[i].cpu for pair in spent) for i in (0, 1))
    wall = statistics.median(pair[0].wall for pair in spent)
    return {
        "kept_cpu_ms": round(kept * 1e3, 2),
        "hand_cpu_ms": round(hand * 1e3, 2),
        "kept_wall_ms": round(wall * 1e3, 2),
        "ratio": round(kept / hand, 3),
    }


if __name__ == "__main__":
    main()
