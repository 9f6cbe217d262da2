"""Numbers of an edition: each knows its patents, or the numbers it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FigureKind(StrEnum):
    """COUNT of patents: its list is as long as it says · RATE made of counts · INDEX of a method, with its own scale."""

    COUNT = "count"
    RATE = "rate"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number.

    key         stable within the node: ``year.2019``
    value       None: not known, ``why`` says in a code why
    members     places of its patents in the sorted ids of the node; of a rate: empty
    made_of     keys of the counts a rate is made of
    """

    key: str
    value: float | int | None
    kind: FigureKind = FigureKind.COUNT
    members: tuple[int, ...] = ()
    made_of: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of an edition: what it is about, how it is called, and its cells as keys of figures."""

    value: str
    label: str
    cells: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What an analysis found: figures by key, and its rows in their order."""

    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
