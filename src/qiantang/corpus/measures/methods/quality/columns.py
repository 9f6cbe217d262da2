"""The columns that are kept of every patent: what each is, and how rows become values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

VERSION = 1  # raised whenever a definition changes: what was kept by another one is made anew


@dataclass(frozen=True, slots=True)
class PatentQuality:
    """The quality indicators of one patent in one snapshot; None: not known.

    forward, cit5, cit7     citing families on record: at all, and published within five and seven years; None while these run
    generality, originality, radicalness   0 to 1
    scope                   classes (four characters)
    family                  offices of its simple family on record, WO left out
    claims, lag_days        claims; days from filing to grant
    backward, literature    patents and other things it refers to; None where no reference at all is on record
    …_percentile            place in the cohort, 0 to 1
    …_norm                  value over the cohort's 98th percentile, at most 1
    grant_lag               1 - lag over the longest of the cohort
    breakthrough            whether it is among the hundredth of the cohort with most cit5
    q4, q6                  composites of four and of six
    cohort_size             patents of kind, field and year it is compared with
    cohort_width            0 these, 1 with the years beside, 2 the sector in the year
    page_rank               share of all rank in the citation graph times the number of patents: 1 is the average
    """

    patent_id: str
    forward: int | None
    cit5: int | None
    cit7: int | None
    generality: float | None
    originality: float | None
    radicalness: float | None
    scope: int | None
    family: int | None
    claims: int | None
    lag_days: int | None
    backward: int | None
    literature: int | None
    cit5_percentile: float | None
    family_percentile: float | None
    claims_percentile: float | None
    backward_percentile: float | None
    cit5_norm: float | None
    family_norm: float | None
    claims_norm: float | None
    backward_norm: float | None
    grant_lag: float | None
    breakthrough: bool | None
    q4: float | None
    q6: float | None
    cohort_size: int | None
    cohort_width: int | None
    page_rank: float | None


COLUMNS = tuple(one.name for one in fields(PatentQuality))


def quality_table(patent_ids: pa.Array[Any], found: Mapping[str, NDArray[Any]]) -> pa.Table:
    """What the passes found as a table with nulls, columns as declared.

    errors   KeyError where a column is missing
    """
    columns: dict[str, Any] = {"patent_id": patent_ids}
    for name in COLUMNS[1:]:
        values = found[name]
        unknown = np.isnan(values) if values.dtype.kind == "f" else values < 0
        if name == "breakthrough":
            values = values == 1
        columns[name] = pa.array(values, mask=unknown)
    return pa.table(columns)


def rows_of(table: pa.Table) -> dict[str, PatentQuality]:
    """Patent id -> its indicators."""
    return {row["patent_id"]: PatentQuality(**row) for row in table.select(list(COLUMNS)).to_pylist()}
