"""What is made of a chart: the contract that the script draws from, the tables beside it, and lines of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qiantang.commons.ui.types import Chart, ChartKind, Mark, Node
from qiantang.kernel.text import inert

CONTRACT_VERSION = 1


class Cell(NamedTuple):
    """``value`` of a number, or ``text``; both empty: not known."""

    text: str = ""
    value: float | None = None
    url: str | None = None
    numeric: bool = False
    provisional: bool = False
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart as a table: the first cell of a row heads it."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def lines(self) -> tuple[tuple[tuple[Cell, str], ...], ...]:
        """Each row with the head of every cell: on a phone a row is a card, and the head stands beside its cell."""
        return tuple(tuple(zip(row, self.head, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Heads:
    """Words for columns that a chart has no name for, in the reader's language."""

    label: str
    value: str
    size: str
    group: str
    origin: str
    destination: str


def contract(chart: Chart, words: Mapping[str, str]) -> dict[str, object]:
    """The one JSON form of a chart; ``frontend/charts.js`` draws nothing that is not in it.

    words  what the script says: ``provisional``, ``unknown``, ``more``, ``less`` …
    """
    return {
        "version": CONTRACT_VERSION,
        "kind": chart.kind.value,
        "key": chart.key,
        "title": chart.title,
        "unit": chart.unit,
        "decimals": chart.decimals,
        "labels": list(chart.labels),
        "label_head": chart.label_head,
        "series": [{"name": one.name, "marks": [_mark(mark) for mark in one.marks]} for one in chart.series],
        "points": [point._asdict() for point in chart.points],
        "nodes": [node._asdict() for node in chart.nodes],
        "links": [link._asdict() for link in chart.links],
        "regions": [{**region._asdict(), "parts": list(region.parts or (region.code,))} for region in chart.regions],
        "x": {"name": chart.x_name, "line": chart.x_line},
        "y": {"name": chart.y_name, "line": chart.y_line},
        "outline": chart.outline,
        "inset": chart.inset._asdict() if chart.inset else None,
        "note": chart.note,
        "words": dict(words),
    }


def _mark(mark: Mark) -> dict[str, object]:
    """What is empty is left out: most marks are a value and an address."""
    told: dict[str, object] = {"value": mark.value}
    if mark.url:
        told["url"] = mark.url
    if mark.provisional:
        told["provisional"] = True
    if mark.low is not None and mark.high is not None:
        told |= {"low": mark.low, "high": mark.high}
    if mark.note:
        told["note"] = mark.note
    return told


def tables(chart: Chart, heads: Heads) -> list[Table]:
    """The figures of a chart: one table, or for a network two (nodes, links)."""
    value = _with_unit(chart.value_head or heads.value, chart.unit)
    label = chart.label_head or heads.label
    if chart.kind is ChartKind.SCATTER:
        return [_points(chart, label, heads)]
    if chart.kind in {ChartKind.SANKEY, ChartKind.NETWORK, ChartKind.PATH}:
        links = Table((heads.origin, heads.destination, value), tuple(_links(chart)))
        return [links] if chart.kind is ChartKind.SANKEY else [_nodes(chart, label, heads), links]
    if chart.kind is ChartKind.MAP:
        regions = tuple((Cell(one.label, url=one.url), _number(one.value, one.url)) for one in chart.regions)
        arcs = [Table((heads.origin, heads.destination, value), tuple(_links(chart)))] if chart.links else []
        return [Table((label, value), regions), *arcs]
    if chart.kind is ChartKind.HEAT:
        rows = tuple((Cell(one.name), *(_cell(mark) for mark in one.marks)) for one in chart.series)
        return [Table((label, *chart.labels), rows)]
    names = tuple(_with_unit(one.name or value, chart.unit if one.name else "") for one in chart.series)
    rows = tuple(
        (Cell(name), *(_cell(one.marks[place]) for one in chart.series)) for place, name in enumerate(chart.labels)
    )
    return [Table((label, *names), rows)]


def _with_unit(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _number(value: float | None, url: str | None = None) -> Cell:
    return Cell(value=value, url=url, numeric=True)


def _cell(mark: Mark) -> Cell:
    return Cell("", mark.value, mark.url, True, mark.provisional, mark.low, mark.high, mark.note)  # noqa: FBT003 - a cell has these places


def _points(chart: Chart, label: str, heads: Heads) -> Table:
    sized = any(point.size is not None for point in chart.points)
    grouped = any(point.group for point in chart.points)
    head = [label, chart.x_name, chart.y_name, *([chart.value_head or heads.size] if sized else [])]
    rows = [
        (
            Cell(point.label, url=point.url),
            _number(point.x),
            _number(point.y),
            *([_number(point.size)] if sized else []),
            *([Cell(point.group)] if grouped else []),
        )
        for point in chart.points
    ]
    return Table((*head, *([heads.group] if grouped else [])), tuple(rows))


def _nodes(chart: Chart, label: str, heads: Heads) -> Table:
    grouped = any(node.group for node in chart.nodes)
    timed = chart.kind is ChartKind.PATH
    rows = [
        (
            Cell(node.label, url=node.url),
            *([Cell(chart.labels[int(node.x or 0)])] if timed else []),
            _number(node.size),
            *([Cell(node.group)] if grouped else []),
        )
        for node in chart.nodes
    ]
    times = [chart.x_name] if timed else []
    return Table((label, *times, heads.size, *([heads.group] if grouped else [])), tuple(rows))


def _links(chart: Chart) -> Iterator[tuple[Cell, ...]]:
    nodes: dict[str, Node] = {node.key: node for node in chart.nodes}
    regions = {region.code: region.label for region in chart.regions}
    for link in chart.links:
        ends = [
            Cell(nodes[key].label, url=nodes[key].url) if key in nodes else Cell(regions.get(key, key))
            for key in (link.source, link.target)
        ]
        yield (*ends, _number(link.value, link.url))


def csv_text(parts: Sequence[Table], remarks: Iterable[tuple[str, str]], words: Mapping[str, str]) -> str:
    """The tables as one CSV file: what it is stands above in lines of ``#``; not known is an empty cell.

    A column ``provisional`` (and a band, where there is one) follows each column that has such marks.
    source  RFC 4180; W3C, Model for Tabular Data, 8
    """
    told = io.StringIO()
    writer = csv.writer(told)
    for name, value in remarks:
        writer.writerow([f"# {name}: {' '.join(value.split())}"])
    for place, table in enumerate(parts):
        if place:
            writer.writerow([])
        extras = [_extras(table, column) for column in range(len(table.head))]
        writer.writerow(
            [
                inert(name)
                for column, head in enumerate(table.head)
                for name in (head, *(f"{head}: {words[extra]}" for extra in extras[column]))
            ]
        )
        for row in table.rows:
            writer.writerow([one for column, cell in enumerate(row) for one in _values(cell, extras[column])])
    return told.getvalue()


def _extras(table: Table, column: int) -> tuple[str, ...]:
    cells = [row[column] for row in table.rows]
    found = (
        ("provisional", any(cell.provisional for cell in cells)),
        ("low", any(cell.low is not None for cell in cells)),
        ("high", any(cell.high is not None for cell in cells)),
    )
    return tuple(name for name, there in found if there)


def _values(cell: Cell, extras: Sequence[str]) -> Iterator[object]:
    yield ("" if cell.value is None else cell.value) if cell.numeric else inert(cell.text)
    for extra in extras:
        value = getattr(cell, extra)
        yield "" if value is None else int(value) if isinstance(value, bool) else value
