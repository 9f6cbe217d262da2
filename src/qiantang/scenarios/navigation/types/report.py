"""A report as a value: the same for the page, the DOCX and the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from qiantang.commons.ui.types import Chart


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, and the address of the patents it counts; empty: it counts none."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more.

    author  empty: computed from the numbers named in ``refs``; else the person who wrote it
    refs    each number of a computed sentence: its place in the annex and the address of its patents
    """

    text: str
    author: str = ""
    refs: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def lines(self) -> tuple[tuple[tuple[Cell, str], ...], ...]:
        """Each row with the head of every cell: on a phone a row is a card, and the head stands beside its cell."""
        return tuple(tuple(zip(row, self.head, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart of the numbers of the table that follows it; ``number`` counts the figures of a report."""

    number: int
    chart: Chart


Block: TypeAlias = Paragraph | Figure | Table


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Annexed:
    """A line of the data annex: number, node, key, name, value, what it is made of, where its patents are, what it is
    told in, and how it came to be.
    """

    number: int
    node: str
    key: str
    name: str
    value: str
    made_of: tuple[int, ...]
    url: str
    unit: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """``facts`` stand on the title page; ``digest`` is that of the edition's numbers."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    annex: tuple[Annexed, ...]
    digest: str
    synthetic: bool
    view: str

    def figures(self) -> tuple[Figure, ...]:
        return tuple(one for section in self.sections for one in section.blocks if isinstance(one, Figure))
