"""The passes over all patents against their definition as an expression, row by row, on the embedded engine."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from qiantang.corpus.measures.methods.quality.indicators import QualityFacts, quality
from qiantang.corpus.measures.methods.quality.statement import QUALITY, statement_tables
from qiantang.corpus.measures.tests.worlds import DATA_END, random_world
from qiantang.engines.lake.compiling import compiled


def by_statement(facts: QualityFacts) -> pa.Table:
    with duckdb.connect() as connection:
        for name, table in statement_tables(facts).items():
            connection.register(name, table)
        asked = compiled(QUALITY, "duckdb", {})
        return connection.sql(asked.sql, params={"data_end": DATA_END}).to_arrow_table()


def numbers(column: pa.ChunkedArray) -> np.ndarray:
    """Unknown is NaN."""
    return column.cast(pa.float64()).to_numpy()


@pytest.mark.parametrize(("seed", "n", "least"), [(1, 500, 30), (2, 60, 10), (3, 1, 1), (4, 400, 1), (5, 900, 200)])
def test_every_row_is_equal(seed: int, n: int, least: int) -> None:
    facts = random_world(seed, n).facts(least)
    found, expected = quality(facts), by_statement(facts)
    assert expected["id"].to_pylist() == list(range(n))
    assert set(found) <= set(expected.column_names)
    for name, values in found.items():
        told = np.where(values == -1, np.nan, values.astype(np.float64))
        np.testing.assert_allclose(told, numbers(expected[name]), rtol=0, atol=1e-9, err_msg=name)


def test_the_worlds_have_every_kind_of_answer() -> None:
    widths = set()
    for seed, n, least in ((1, 500, 30), (2, 60, 10)):
        found = quality(random_world(seed, n).facts(least))
        widths |= set(found["cohort_width"].tolist())
        for name in found.keys() - {"forward", "family"}:
            unknown = (found[name] == -1) | np.isnan(found[name].astype(np.float64))
            assert unknown.any(), name
            assert not unknown.all(), name
    assert widths == {-1, 0, 1, 2}
