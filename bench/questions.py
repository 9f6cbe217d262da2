"""The seventeen questions of the conformance suite for benches, and some of them in SQL written by hand.

The SQL runs on DuckDB and on PostgreSQL as it is; ``links``, ``patents`` and so on are the tables of ``methods/frames``.
"""

# ruff: noqa: S608 - the SQL is made of constants of the suite

from __future__ import annotations

import sys

from harness import ROOT

sys.path.insert(0, str(ROOT))

from tests.conformance.frames.questions import GIVEN, PEERS, QUESTIONS

__all__ = ["BY_HAND", "GIVEN", "QUESTIONS"]
_PEERS = ", ".join(f"'{one}'" for one in PEERS)
BY_HAND = {
    "01": """
WITH a AS (SELECT left(region_code, 4) AS city, filing_year, type, count(*) AS n FROM patents
 WHERE region_code IS NOT NULL AND filing_year >= 2010 GROUP BY 1, 2, 3)
SELECT x.city, x.filing_year, x.type, x.n, y.n AS before, (x.n - y.n) * 1.0E0 / y.n AS growth FROM a AS x
 JOIN a AS y ON x.city = y.city AND x.type = y.type AND x.filing_year = y.filing_year + 1 ORDER BY 1, 2, 3""",
    "02": """
SELECT p.region_code, p.filing_year, coalesce(i.industry, '') AS industry, p.status, count(*) AS n,
 count(p.grant_date) AS granted, CAST(coalesce(sum(p.claim_count), 0) AS BIGINT) AS claims
FROM patents AS p LEFT JOIN industries AS i ON i.subclass = left(p.main_ipc, 4)
WHERE left(p.region_code, 4) = '3301' AND p.filing_year >= 2016 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""",
    "03": """
SELECT left(region_code, 4) AS city, count(*) AS n, rank() OVER (ORDER BY count(*) DESC) AS rank FROM patents
WHERE region_code IS NOT NULL AND type = 'invention' AND grant_date >= DATE '2021-01-01'
GROUP BY 1 ORDER BY n DESC, city LIMIT 50""",
    "05": f"""
WITH c AS (SELECT left(p.region_code, 4) AS city, f.field, count(*) AS n FROM patents AS p
 JOIN fields AS f ON f.subclass = left(p.main_ipc, 4)
 WHERE p.region_code IS NOT NULL AND p.type = 'invention' AND p.filing_year >= 2015 GROUP BY 1, 2),
w AS (SELECT city, field, n, sum(n) OVER (PARTITION BY city) AS a, sum(n) OVER (PARTITION BY field) AS b,
 sum(n) OVER () AS t FROM c)
SELECT city, field, n, (n * 1.0E0 / CAST(a AS DOUBLE PRECISION)) / (CAST(b AS DOUBLE PRECISION) / CAST(t AS DOUBLE PRECISION)) AS rta FROM w
WHERE city IN ({_PEERS}) ORDER BY 1, 2""",
    "08": """
WITH f AS (SELECT cited, count(*) AS n FROM links GROUP BY cited)
SELECT p.patent_id, p.region_code, p.applicant, p.main_ipc, f.n FROM f JOIN patents AS p ON p.patent = f.cited
ORDER BY f.n DESC, p.patent_id LIMIT 100""",
    "09": """
WITH f AS (SELECT cited, count(*) AS n FROM links GROUP BY cited),
r AS (SELECT p.applicant, f.n, row_number() OVER (PARTITION BY p.applicant ORDER BY f.n DESC) AS place
 FROM f JOIN patents AS p ON p.patent = f.cited WHERE p.applicant IS NOT NULL)
SELECT applicant, CAST(sum(CASE WHEN n >= place THEN 1 ELSE 0 END) AS BIGINT) AS h FROM r
GROUP BY applicant ORDER BY h DESC, applicant LIMIT 100""",
    "11": """
SELECT simple_family_id, count(*) AS n, count(DISTINCT office) AS offices, min(patent_id) AS first FROM patents
WHERE simple_family_id IS NOT NULL GROUP BY 1 ORDER BY n DESC, offices DESC, simple_family_id LIMIT 100""",
    "12": """
SELECT p.office, p.filing_year, count(*) AS n FROM patents AS p
WHERE p.simple_family_id IN (SELECT simple_family_id FROM patents WHERE left(region_code, 4) = '3301')
GROUP BY 1, 2 ORDER BY 1, 2""",
    "15": """
SELECT f.field, p.filing_year, count(*) AS n, count(DISTINCT p.applicant) AS applicants FROM patents AS p
JOIN fields AS f ON f.subclass = left(p.main_ipc, 4) GROUP BY 1, 2 ORDER BY 1, 2""",
}
