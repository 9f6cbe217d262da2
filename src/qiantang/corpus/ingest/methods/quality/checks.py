"""The rules that one row can break, for a whole batch at once: Arrow columns to numpy masks."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.ingest.methods.quality.rules import FIRST_DAY, FIRST_DAYS, KINDS_OF_DIGIT, MONTHS_TO_PUBLICATION

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

_NUMBER = r"^CN(?:(?P<year>(?:19|20)\d{2})(?P<digit>\d)\d{7}|(?P<short>\d{2})(?P<old>\d)\d{5})(?:\.|$)"
_CENTURY = 1900  # the two-digit years of Chinese numbers are those from 1985 to 2003
_TURN = 85
_NEVER = np.datetime64("9999-12-31")


def entries(column: Any) -> tuple[npt.NDArray[np.int64], Any]:
    """Of a list column: the row that each entry belongs to, and the entries themselves."""
    lists = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.list_parent_indices(lists).to_numpy(zero_copy_only=False).astype(np.int64), pc.list_flatten(lists)


def is_said(column: Any, word: str) -> Mask:
    """Where a text column says exactly this."""
    same: Any = pc.is_in(column, value_set=pa.array([str(word)]))
    said: Mask = same.to_numpy(zero_copy_only=False)
    return said


def list_lengths(column: Any) -> npt.NDArray[np.int64]:
    """How many entries each row of a list column has; none where it is null."""
    lengths: Any = pc.list_value_length(column).to_numpy(zero_copy_only=False)
    counted: npt.NDArray[np.int64] = np.nan_to_num(np.asarray(lengths, float)).astype(np.int64)
    return counted


def days_of(column: Any) -> Days:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype="datetime64[D]")


def _first(count: int, owners: npt.NDArray[np.int64], days: Days) -> Days:
    """The earliest of the days of each row; NaT where it has none."""
    known = ~np.isnat(days)
    found = np.full(count, _NEVER)
    np.minimum.at(found, owners[known], days[known])
    found[found == _NEVER] = np.datetime64("NaT")
    return found


def _any(count: int, owners: npt.NDArray[np.int64], broken: Mask) -> Mask:
    mask = np.zeros(count, dtype=bool)
    mask[owners[broken]] = True
    return mask


def broken_rules(batch: pa.RecordBatch, day: date) -> dict[str, Mask]:
    """For each rule the rows of a batch (OBSERVATION_SCHEMA) that break it. Comparisons with what is unknown find nothing."""
    count = batch.num_rows
    filed = days_of(batch.column("filing_date"))
    owners, printed = entries(batch.column("publications"))
    printed_days = days_of(pc.struct_field(printed, "date"))
    letters = np.asarray([(kind or " ")[0] for kind in pc.struct_field(printed, "kind").to_pylist()], dtype="U1")
    published = _first(count, owners, printed_days)
    laid_open = _first(count, owners[letters == "A"], printed_days[letters == "A"])
    granted = np.isin(letters, ["B", "C"])
    grant = _first(count, owners[granted], printed_days[granted])
    claims_owner, claimed = entries(batch.column("priorities"))
    has_priority = np.isin(np.arange(count), claims_owner)
    offices = np.asarray(batch.column("office").to_pylist(), dtype=object)
    late = filed.astype("datetime64[M]") + MONTHS_TO_PUBLICATION < laid_open.astype("datetime64[M]")
    return {
        **_number_rules(batch, filed, owners, letters),
        "DQ-04": (published < filed) | (grant < laid_open),
        "DQ-05": late & ~has_priority & (offices == "CN"),
        "DQ-07": np.asarray(["classification_damaged" in (n or ()) for n in batch.column("notes").to_pylist()], bool),
        "DQ-08": _any(count, claims_owner, days_of(pc.struct_field(claimed, "date")) > filed[claims_owner]),
        "DQ-09": _newer_cited(batch, published),
        **_impossible(batch, day, offices, filed, (owners, printed_days)),
    }


def _number_rules(
    batch: pa.RecordBatch, filed: Days, owners: npt.NDArray[np.int64], letters: npt.NDArray[np.str_]
) -> dict[str, Mask]:
    parts = pc.extract_regex(batch.column("application_number"), _NUMBER)
    long, short = (pc.struct_field(parts, name).to_pylist() for name in ("year", "short"))
    years = np.asarray([_year(one, other) for one, other in zip(long, short, strict=True)], float)
    digits = [
        one or other or ""
        for one, other in zip(*(pc.struct_field(parts, n).to_pylist() for n in ("digit", "old")), strict=True)
    ]
    filed_years = np.where(np.isnat(filed), np.nan, filed.astype("datetime64[Y]").astype(float) + 1970)
    with np.errstate(invalid="ignore"):
        other_year = np.abs(years - filed_years) > 1
    wrong = [
        letter.isalpha() and digits[owner] in KINDS_OF_DIGIT and letter not in KINDS_OF_DIGIT[digits[owner]]
        for owner, letter in zip(owners.tolist(), letters.tolist(), strict=True)
    ]
    return {"DQ-02": other_year, "DQ-03": _any(batch.num_rows, owners, np.asarray(wrong, bool))}


def _year(long: str | None, short: str | None) -> float:
    if long:
        return float(long)
    if short:
        return float(_CENTURY + int(short) + (0 if int(short) >= _TURN else 100))
    return float("nan")


def _newer_cited(batch: pa.RecordBatch, published: Days) -> Mask:
    owners, cited = entries(batch.column("citations"))
    if not len(owners):
        return np.zeros(batch.num_rows, dtype=bool)
    allowed = [bool({"E", "P"} & set(text or "")) for text in pc.struct_field(cited, "category").to_pylist()]
    newer = days_of(pc.struct_field(cited, "date")) > published[owners]
    return _any(batch.num_rows, owners, newer & ~np.asarray(allowed, bool))


def _impossible(
    batch: pa.RecordBatch, day: date, offices: Any, filed: Days, printed: tuple[npt.NDArray[np.int64], Days]
) -> dict[str, Mask]:
    """Dates after the day of the load, and before the office took filings."""
    count, today = batch.num_rows, np.datetime64(day)
    first = np.full(count, FIRST_DAY, "datetime64[D]")
    for office in set(offices.tolist()) & FIRST_DAYS.keys():
        first[offices == office] = FIRST_DAYS[office]
    owners, days = printed
    event_owners, events = entries(batch.column("events"))
    event_days = days_of(pc.struct_field(events, "gazette_date"))
    later = (filed > today) | _any(count, owners, days > today) | _any(count, event_owners, event_days > today)
    return {"DQ-11": later, "DQ-12": (filed < first) | _any(count, owners, days < first[owners])}
