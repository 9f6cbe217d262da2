"""Lives of rights and what is due of them, from columns of rights: filing_date, grant_date, expiry_date, status, unpaid, group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute

from qiantang.corpus.measures.methods.survival import Due, Observed

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

pc: Any = pyarrow.compute  # its stubs refuse scalars beside columns, and know no lists of structs
_MONTHS, _YEAR_DAYS = 12, 365.25
_DAY: Final = pa.date32()


def lives(rights: pa.Table, today: date, living: Collection[str]) -> pa.Table:
    """The rights that were ever under observation, from the grant to the day the fee was not paid, or to today, with their
    ``age`` and the age at which they ``entered`` in years, and whether they ``ended``; those whose days contradict are left out.

    living  states of a right that may still lapse
    """
    table: Any = rights.filter(pc.and_(pc.is_valid(rights["filing_date"]), pc.is_valid(rights["grant_date"])))
    now = pa.scalar(today, _DAY)
    alive = pc.is_in(table["status"], value_set=pa.array(list(living), pa.string()))
    end = pc.coalesce(table["unpaid"], pc.if_else(alive, now, pc.coalesce(table["expiry_date"], now)))
    filed = _days(table["filing_date"])
    age = (np.minimum(_days(end), _days(pa.chunked_array([[today]], _DAY))[0]) - filed) / _YEAR_DAYS
    entered = np.maximum(0.0, (_days(table["grant_date"]) - filed) / _YEAR_DAYS)
    table = table.append_column("age", pa.array(age)).append_column("entered", pa.array(entered))
    found: pa.Table = table.append_column("ended", pc.is_valid(table["unpaid"])).filter(pa.array(age > entered))
    return found


def _days(column: Any) -> Any:
    return column.cast(pa.int32()).to_numpy().astype(np.int64)


def observed_of(told: pa.Table) -> Observed:
    """Lives as the methods of survival take them."""
    group: Any = told["group"].combine_chunks().dictionary_encode()
    group = group.combine_chunks() if isinstance(group, pa.ChunkedArray) else group
    return Observed(
        tuple(group.dictionary.to_pylist()),
        group.indices.to_numpy().astype(np.int64),
        told["age"].to_numpy(),
        told["ended"].to_numpy(),
        told["entered"].to_numpy(),
    )


def with_dues(rights: pa.Table, today: date) -> pa.Table:
    """Rights with their next annual fee, on the anniversary of the filing, and the months until their term ends:

    due_month, due_age   months from now, and the age in years on that day
    ends_month           months from now, 0 where it is past; null where no end is known
    """
    table: Any = rights.filter(pc.is_valid(rights["filing_date"]))
    filed = pc.month(table["filing_date"]).to_numpy()
    month = (filed - today.month) % _MONTHS
    year = today.year + (today.month + month > _MONTHS)
    age = year - pc.year(table["filing_date"]).to_numpy()
    ends = table["expiry_date"]
    left: Any = pc.add(
        pc.multiply(pc.subtract(pc.year(ends), today.year), _MONTHS), pc.subtract(pc.month(ends), today.month)
    )
    told = {
        "due_month": pa.array(month),
        "due_age": pa.array(age),
        "ends_month": pc.max_element_wise(left, 0, skip_nulls=False),
    }
    found: pa.Table = table
    for name, column in told.items():
        found = found.append_column(name, column)
    return found


def dues(told: pa.Table) -> dict[Due, int]:
    """How many rights have the same before them."""
    by = ["due_month", "due_age", "ends_month", "group"]
    counted = told.group_by(by).aggregate([([], "count_all")])
    rows = zip(*(counted[name].to_pylist() for name in (*by, "count_all")), strict=True)
    return {Due(month, age, ends, group): times for month, age, ends, group, times in rows}
