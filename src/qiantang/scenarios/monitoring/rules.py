"""What monitoring shows and promises, as data."""

from __future__ import annotations

from typing import Final

CITY: Final = "330100"
"""GB/T 2260 of the city; its districts are those of ``commons.refdata`` on the day asked for."""

APPLICATIONS, GRANTS, IN_FORCE, PCT = "C-01", "RB-05", "RB-01", "RB-04"
IN_FORCE_PER_10K, HIGH_VALUE_PER_10K = "RB-02", "RB-03"
HEADLINE: Final = (APPLICATIONS, GRANTS, IN_FORCE, PCT)
"""What the city panel and the cockpit show first; each is a metric of the registry."""

BENCHMARKED: Final = (GRANTS, IN_FORCE, APPLICATIONS, PCT, IN_FORCE_PER_10K, HIGH_VALUE_PER_10K)
RANKABLE: Final = (GRANTS, IN_FORCE, APPLICATIONS)

PROMISED_DAYS: Final = 45
"""How old the figures may be: publications of a month and what comes after it."""

MONTHS_SHOWN: Final = 36
YEARS_SHOWN: Final = 10
ROWS_SHOWN: Final = 50
"""Rows of a ranking on a page; the file has them all."""

LEAST_CELL: Final = 10
"""Below, no specialisation is told; source: navigation-monitoring, M12."""

INNER: Final = (119.98, 30.13, 120.42, 30.45)
"""West, south, east and north of the inner districts of Hangzhou, which a map shows a second time, larger."""
