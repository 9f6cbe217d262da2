"""PageRank, h-index and search path counts against their definition as SQL, row by row, on the embedded engine."""

from __future__ import annotations

from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from qiantang.corpus.measures.methods import mainpath
from qiantang.corpus.measures.methods.quality.graphs import citation_graph, lists_of
from qiantang.corpus.measures.methods.quality.indicators import h_indices, page_rank
from qiantang.corpus.measures.tests.worlds import random_world

ROUNDS, DAMPING = 30, 0.85


def pairs_table(pairs: list[tuple[int, int]]) -> pa.Table:
    return pa.table(
        {"citing": [a for a, _ in pairs], "cited": [b for _, b in pairs]},
        pa.schema({"citing": pa.int64(), "cited": pa.int64()}),
    )


def ranks_by_statement(n: int, pairs: list[tuple[int, int]]) -> list[float]:
    """One statement a round: what a patent is given by those that cite it, and its part of what has nowhere to go."""
    with duckdb.connect() as connection:
        connection.register("given", pairs_table(pairs))
        connection.execute("CREATE TABLE arcs AS SELECT DISTINCT citing, cited FROM given WHERE citing <> cited")
        connection.execute("CREATE TABLE fan AS SELECT citing, count(*) AS n FROM arcs GROUP BY citing")
        connection.execute(
            "CREATE TABLE ranks AS SELECT i AS id, 1.0::DOUBLE / $n AS r FROM range($n) AS t(i)", {"n": n}
        )
        for _ in range(ROUNDS):
            connection.execute(
                """
                CREATE OR REPLACE TABLE ranks AS
                WITH lost AS (SELECT coalesce(sum(r), 0) AS r FROM ranks ANTI JOIN fan ON ranks.id = fan.citing),
                flow AS (SELECT cited AS id, sum(ranks.r / fan.n) AS r
                         FROM arcs JOIN fan USING (citing) JOIN ranks ON ranks.id = arcs.citing GROUP BY cited)
                SELECT ranks.id, (1 - $d) / $n + $d * (coalesce(flow.r, 0) + lost.r / $n) AS r
                FROM ranks LEFT JOIN flow USING (id), lost
                """,
                {"d": DAMPING, "n": n},
            )
        return [r for (r,) in connection.sql("SELECT r FROM ranks ORDER BY id").fetchall()]


@pytest.mark.parametrize(("seed", "n"), [(1, 300), (2, 40), (7, 1)])
def test_page_rank_is_that_of_the_statement(seed: int, n: int) -> None:
    pairs = random_world(seed, n).citations
    found = page_rank(citation_graph(n, [a for a, _ in pairs], [b for _, b in pairs]), rounds=ROUNDS, damping=DAMPING)
    np.testing.assert_allclose(found, ranks_by_statement(n, pairs), rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", [3, 4])
def test_h_index_is_that_of_the_statement(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    owners, counts = drawn.integers(0, 40, 600), drawn.integers(-1, 25, 600).astype(np.int32)
    found = h_indices(lists_of(40, owners.tolist(), list(range(600)), 600), counts)
    with duckdb.connect() as connection:
        connection.register("held", pa.table({"owner": owners, "n": counts}))
        expected = connection.sql(
            """
            SELECT i, coalesce(max(h), 0) FROM range(40) AS t(i) LEFT JOIN (
                SELECT owner, row_number() OVER (PARTITION BY owner ORDER BY n DESC) AS h, n FROM held
            ) AS placed ON owner = i AND n >= h GROUP BY i ORDER BY i
            """
        ).fetchall()
    assert list(enumerate(found.tolist())) == expected
    assert max(found) > 5


PATHS = """
WITH RECURSIVE ends AS (
    SELECT DISTINCT a AS node FROM arcs WHERE a NOT IN (SELECT b FROM arcs)
), ways AS (
    SELECT [node] AS way, node FROM ends
    UNION ALL
    SELECT list_append(way, b), b FROM ways JOIN arcs ON a = node
), whole AS (
    SELECT way FROM ways WHERE node NOT IN (SELECT a FROM arcs)
)
SELECT arcs.a, arcs.b, count(*) AS n FROM whole, arcs
WHERE list_position(way, arcs.a) > 0 AND list_extract(way, list_position(way, arcs.a) + 1) = arcs.b
GROUP BY ALL ORDER BY ALL
"""


@pytest.mark.parametrize("seed", [5, 6, 8])
def test_search_path_counts_are_those_of_the_statement(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    ends = {tuple(sorted(pair)) for pair in drawn.integers(0, 14, (26, 2)).tolist()}
    arcs = sorted((f"p{u:02}", f"p{v:02}") for u, v in ends if u != v)
    with duckdb.connect() as connection:
        connection.register("arcs", pa.table({"a": [u for u, _ in arcs], "b": [v for _, v in arcs]}))
        expected = {(u, v): n for u, v, n in connection.sql(PATHS).fetchall()}
    found = mainpath.main_path(mainpath.citation_network(arcs))
    assert found.counts == expected
    best = max(sum(expected[arc] for arc in pairwise(path)) for path in found.paths)
    assert found.total == best > 0
