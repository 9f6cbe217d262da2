"""Records of the register as columns: who stands on them in which role, what of their events matters, where a party is at home.

Arrays in, arrays out: a register is read whole here, so nothing is done row by row that can be done by column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

pc: Any = pyarrow.compute  # its stubs refuse scalars beside columns, and know no lists of structs
Column = Any  # pyarrow's stubs know no list of structs
_TEXT = pa.string()


def entries_of(lists: Column, *names: str) -> tuple[Column, ...]:
    """The rows to which the entries of a column of lists belong, and the named fields of all entries."""
    entries = lists.flatten()
    return pc.list_parent_indices(lists), *(pc.struct_field(entries, name) for name in names)


def listed(owners: Column, values: Column, rows: int) -> Column:
    """A column of lists from values whose owners stand in order."""
    sizes = np.bincount(owners.to_numpy(zero_copy_only=False), minlength=rows)
    return pa.ListArray.from_arrays(pa.array(np.r_[0, np.cumsum(sizes)], pa.int32()), values)


def named(parties: Column, role: str) -> Column:
    """The names of a role on each record, by position, then by name."""
    owner, roles, name, position = entries_of(parties, "role", "name", "position")
    wanted = pc.fill_null(
        pc.and_kleene(pc.equal(roles, pa.scalar(role)), pc.greater(pc.utf8_length(name), 0)), fill_value=False
    )
    found = pa.table({"owner": owner, "position": pc.fill_null(position, 0), "name": name}).filter(wanted)
    found = found.sort_by([("owner", "ascending"), ("position", "ascending"), ("name", "ascending")]).combine_chunks()
    return listed(whole(found["owner"]), whole(found["name"]), len(parties))


def whole(column: Any) -> Column:
    """A column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def firsts(lists: Column) -> Column:
    """The first entry of each list; null of an empty one."""
    starts = np.asarray(lists.offsets)[:-1].astype(np.int64)
    some = np.diff(np.asarray(lists.offsets)) > 0
    return lists.values.take(pa.array(np.where(some, starts, 0), mask=~some))


def told_once(values: Column, tell: Callable[[str], Any], kind: pa.DataType) -> Column:
    """What is told of each value, asked once of each that differs; null of null."""
    coded = pc.dictionary_encode(values)
    answers = pa.array([tell(one) for one in coded.dictionary.to_pylist()], kind)
    return answers.take(coded.indices)


def kept_entries(lists: Column, wanted: Column) -> Column:
    """Each list with those of its entries for which ``wanted`` is true."""
    owner = pc.list_parent_indices(lists)
    return listed(owner.filter(wanted), lists.flatten().filter(wanted), len(lists))


def without_text(events: Column) -> Column:
    """Events as lists of code, date and date of the gazette: what they say at length is read where it is needed."""
    owner, code, day, printed = entries_of(events, "code", "date", "gazette_date")
    told = pa.StructArray.from_arrays([code, day, printed], names=["code", "date", "gazette_date"])
    return listed(owner, told, len(events))


def first_days(events: Column, codes: Iterable[str]) -> Column:
    """The first day on which one of these codes is told of a record; null where none is."""
    owner, code, day, printed = entries_of(events, "code", "date", "gazette_date")
    wanted = pc.is_in(code, value_set=pa.array(list(codes), _TEXT))
    days = pc.coalesce(day, printed)
    found = pa.table({"owner": owner, "day": days}).filter(pc.and_(wanted, pc.is_valid(days)))
    least = found.group_by("owner").aggregate([("day", "min")])
    place = pc.index_in(pa.array(range(len(events)), pa.int64()), value_set=whole(least["owner"]).cast(pa.int64()))
    return whole(least["day_min"]).take(place)


def homes_of(first: Column, city: Column) -> dict[str, str]:
    """Where a party is at home: the city of most patents whose first party it is; of two with as many the smaller code."""
    table = pa.table({"first": first, "city": city}).drop_null()
    counted = table.group_by(["first", "city"]).aggregate([([], "count_all")])
    ordered: Any = counted.sort_by([("first", "ascending"), ("count_all", "descending"), ("city", "ascending")])
    found: dict[str, str] = {}
    for name, code in zip(ordered["first"].to_pylist(), ordered["city"].to_pylist(), strict=True):
        found.setdefault(name, code)
    return found


def mapped(values: Column, known: Mapping[str, str]) -> Column:
    """What is known of each value by a table; null where nothing is."""
    return told_once(values, known.get, _TEXT)
