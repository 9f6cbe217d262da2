"""Counting inspections: counts equal their records, and what is not known stays so beside what is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Seized(NamedTuple):
    """What of a record is counted. None: not known."""

    key: int
    kind: str
    month: str
    authority: int
    district: str
    outcome: str
    unit: str
    quantity: int | None
    value_yuan: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A group of records.

    quantities      unit -> sum over the records of which the number is known; units are never added to each other
    unknown         how many records have no known number
    value_yuan      sum over the records of which the value is known; None where it is known of none
    value_unknown   how many records have no known value
    """

    group: str
    records: int
    seizures: int
    quantities: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 0
    value_yuan: int | None = None
    value_unknown: int = 0


def counted(rows: Iterable[Seized], by: Callable[[Seized], str] | None = None) -> tuple[Counted, ...]:
    """The groups of records, the largest first, then by name; without ``by`` one group of all."""
    groups: dict[str, list[Seized]] = defaultdict(list)
    for row in rows:
        groups[by(row) if by else ""].append(row)
    if by is None:
        return (_group("", groups.get("", [])),)
    return tuple(sorted((_group(key, kept) for key, kept in groups.items()), key=lambda one: (-one.records, one.group)))


def _group(key: str, rows: list[Seized]) -> Counted:
    quantities: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.quantity is not None:
            quantities[row.unit] += row.quantity
    values = [row.value_yuan for row in rows if row.value_yuan is not None]
    return Counted(
        group=key,
        records=len(rows),
        seizures=sum(row.kind == "seizure" for row in rows),
        quantities=dict(sorted(quantities.items())),
        unknown=sum(row.quantity is None for row in rows),
        value_yuan=sum(values) if values else None,
        value_unknown=len(rows) - len(values),
    )
