"""The definition of the quality indicators as SQL: the witness of the passes, and the form for a cluster.

Tables it reads, whole numbers throughout, null where not known:

patents      id, family, published (year), claims, lag (days), refs (patents cited), literature, cohort
citations    citing, cited; each pair once, no patent itself
codes        id, class; one row for each full symbol
offices      family, office; without WO
compared     cohort, other; with which narrow cohorts each is compared, itself among them
cohorts      cohort, size, width

``{data_end}`` is the last year that publications cover whole. The answer has one row a patent, by id.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from qiantang.corpus.measures.methods.quality.cohorts import Cohorts
from qiantang.corpus.measures.methods.quality.graphs import Lists
from qiantang.corpus.measures.methods.quality.indicators import QualityFacts

_CITED = """
WITH per_class AS (SELECT id, class, COUNT(*) AS k FROM codes GROUP BY id, class),
per_patent AS (SELECT id, SUM(k) AS t, COUNT(*) AS scope FROM per_class GROUP BY id),
edges AS (
  SELECT c.cited AS id, s.family, s.published - t.published AS lag
  FROM citations AS c JOIN patents AS s ON s.id = c.citing JOIN patents AS t ON t.id = c.cited),
ahead AS (
  SELECT id, COUNT(DISTINCT family) AS forward,
    COUNT(DISTINCT CASE WHEN lag BETWEEN 0 AND 5 THEN family END) AS five,
    COUNT(DISTINCT CASE WHEN lag BETWEEN 0 AND 7 THEN family END) AS seven
  FROM edges GROUP BY id),
shares AS (
  SELECT c.cited AS id, p.class, SUM(p.k * 1.0E0 / t.t) AS share
  FROM citations AS c JOIN per_class AS p ON p.id = c.citing JOIN per_patent AS t ON t.id = c.citing
  GROUP BY c.cited, p.class),
knowing AS (
  SELECT c.cited AS id, COUNT(*) AS n FROM citations AS c JOIN per_patent AS t ON t.id = c.citing GROUP BY c.cited),
general AS (
  SELECT s.id, 1 - SUM((s.share / k.n) * (s.share / k.n)) AS generality
  FROM shares AS s JOIN knowing AS k ON k.id = s.id GROUP BY s.id),
cited AS (
  SELECT c.citing AS id, p.class, SUM(p.k) AS k
  FROM citations AS c JOIN per_class AS p ON p.id = c.cited GROUP BY c.citing, p.class),
back AS (
  SELECT c.id, 1 - SUM(c.k * c.k) * 1.0E0 / (SUM(c.k) * SUM(c.k)) AS originality,
    SUM(CASE WHEN o.id IS NULL THEN c.k ELSE 0 END) * 1.0E0 / SUM(c.k) AS outside
  FROM cited AS c LEFT JOIN per_class AS o ON o.id = c.id AND o.class = c.class GROUP BY c.id),
sizes AS (SELECT family, COUNT(DISTINCT office) AS offices FROM offices GROUP BY family),
plain AS (
  SELECT p.id, p.cohort, COALESCE(a.forward, 0) AS forward,
    CASE WHEN p.published + 5 <= {data_end} THEN COALESCE(a.five, 0) END AS cit5,
    CASE WHEN p.published + 7 <= {data_end} THEN COALESCE(a.seven, 0) END AS cit7,
    g.generality, b.originality, CASE WHEN t.id IS NOT NULL THEN b.outside END AS radicalness,
    t.scope, COALESCE(f.offices, 0) AS family, p.claims,
    CASE WHEN p.refs + p.literature > 0 THEN p.refs END AS backward,
    CASE WHEN p.refs + p.literature > 0 THEN p.literature END AS literature, p.lag AS lag_days
  FROM patents AS p LEFT JOIN ahead AS a ON a.id = p.id LEFT JOIN general AS g ON g.id = p.id
  LEFT JOIN back AS b ON b.id = p.id LEFT JOIN per_patent AS t ON t.id = p.id LEFT JOIN sizes AS f ON f.family = p.family)"""

# Values with how often they stand in a cohort; percentiles, caps and tops follow from these few rows.
_STAND = """,
counted_{name} AS (
  SELECT cohort, {name} AS v, COUNT(*) AS k FROM plain WHERE {name} IS NOT NULL AND cohort IS NOT NULL GROUP BY cohort, {name}),
wide_{name} AS (
  SELECT r.cohort, c.v, SUM(c.k) AS k FROM compared AS r JOIN counted_{name} AS c ON c.cohort = r.other GROUP BY r.cohort, c.v),
run_{name} AS (
  SELECT cohort, v, k, SUM(k) OVER (PARTITION BY cohort ORDER BY v ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto,
    SUM(k) OVER (PARTITION BY cohort) AS n FROM wide_{name}),
cap_{name} AS (
  SELECT cohort, low + (spot - FLOOR(spot)) * (high - low) AS cap FROM (
    SELECT cohort, (MAX(n) - 1) * 0.98E0 AS spot,
      MIN(CASE WHEN upto > FLOOR((n - 1) * 0.98E0) THEN v END) AS low,
      COALESCE(MIN(CASE WHEN upto > FLOOR((n - 1) * 0.98E0) + 1 THEN v END), MAX(v)) AS high
    FROM run_{name} GROUP BY cohort) AS q)"""

_LONGEST = """,
longest AS (
  SELECT r.cohort, MAX(p.lag_days) AS days FROM compared AS r
  JOIN (SELECT cohort, MAX(lag_days) AS lag_days FROM plain GROUP BY cohort) AS p ON p.cohort = r.other GROUP BY r.cohort),
placed AS (
  SELECT p.*, {places},
    CASE WHEN r0.n IS NOT NULL THEN CASE WHEN (r0.n - r0.upto + r0.k) * 100 <= r0.n THEN 1 ELSE 0 END END AS breakthrough,
    CASE WHEN l.days > 0 THEN 1 - p.lag_days * 1.0E0 / l.days END AS grant_lag, s.size AS cohort_size, s.width AS cohort_width
  FROM plain AS p LEFT JOIN longest AS l ON l.cohort = p.cohort LEFT JOIN cohorts AS s ON s.cohort = p.cohort {joins})
SELECT *, (cit5_norm + family_norm + claims_norm + generality) / 4 AS q4,
  (cit5_norm + family_norm + claims_norm + generality + backward_norm + grant_lag) / 6 AS q6
FROM placed ORDER BY id"""

_PLACE = """(r{n}.upto - r{n}.k + r{n}.k / 2.0E0) / r{n}.n AS {name}_percentile,
    CASE WHEN p.{name} IS NULL OR c{n}.cap IS NULL THEN NULL WHEN c{n}.cap = 0 THEN 0
      WHEN p.{name} > c{n}.cap THEN 1 ELSE p.{name} / c{n}.cap END AS {name}_norm"""
_JOIN = """
  LEFT JOIN run_{name} AS r{n} ON r{n}.cohort = p.cohort AND r{n}.v = p.{name}
  LEFT JOIN cap_{name} AS c{n} ON c{n}.cohort = p.cohort"""

_CAPPED = ("cit5", "family", "claims", "backward")
_NAMED = tuple({"n": n, "name": name} for n, name in enumerate(_CAPPED))


def quality_sql(data_end: int) -> str:
    """The statement for data whose last whole year is ``data_end``."""
    return (
        _CITED.format(data_end=data_end)
        + "".join(_STAND.format(name=name) for name in _CAPPED)
        + _LONGEST.format(
            places=",\n    ".join(_PLACE.format(**one) for one in _NAMED),
            joins="".join(_JOIN.format(**one) for one in _NAMED),
        )
    )


def statement_tables(facts: QualityFacts) -> dict[str, pa.Table]:
    """The tables that the statement reads, of the facts that the passes read."""
    n = facts.graph.n
    plain = {
        "published": facts.published,
        "claims": facts.claims,
        "lag": facts.lag,
        "cohort": facts.cohorts.of,
    }
    counted = {"family": facts.families, "refs": facts.references, "literature": facts.literature}
    columns: dict[str, Any] = {"id": pa.array(np.arange(n, dtype=np.int32))}
    columns |= {name: pa.array(values) for name, values in counted.items()}
    columns |= {name: pa.array(values, mask=values < 0) for name, values in plain.items()}
    return {
        "patents": pa.table(columns),
        "citations": _pairs(facts.graph.cited, "citing", "cited"),
        "codes": _pairs(facts.classes, "id", "class"),
        "offices": _pairs(facts.offices, "family", "office"),
        **cohort_tables(facts.cohorts),
    }


def cohort_tables(cohorts: Cohorts) -> dict[str, pa.Table]:
    """``compared`` and ``cohorts``."""
    numbers = np.arange(len(cohorts.size), dtype=np.int32)
    return {
        "compared": _pairs(cohorts.bases, "cohort", "other"),
        "cohorts": pa.table({"cohort": numbers, "size": cohorts.size, "width": cohorts.width}),
    }


def _pairs(lists: Lists, owner: str, entry: str) -> pa.Table:
    owners: NDArray[np.int32] = np.repeat(np.arange(len(lists), dtype=np.int32), lists.lengths)
    return pa.table({owner: owners, entry: lists.entries})
