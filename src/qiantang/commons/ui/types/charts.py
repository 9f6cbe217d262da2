"""One chart as a value: the same for the picture, the table beside it, the files made of it, and the test.

Words in it are in the reader's language already; numbers are raw. Unknown is None, is drawn as a gap and read "not known".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class ChartKind(StrEnum):
    """What is drawn, and which part of the chart it is drawn from."""

    LINE = "line"
    """``series`` over ``labels``; the band of a mark (low to high) is drawn around its line."""
    BAR = "bar"
    """``series`` over ``labels``, lying, zero baseline: rankings."""
    STACKED = "stacked"
    """``series`` over ``labels``, standing, one upon the other; one series: plain columns."""
    HEAT = "heat"
    """``series`` are rows, ``labels`` are columns."""
    SCATTER = "scatter"
    """``points``; ``x_line`` and ``y_line`` part them into quadrants."""
    SANKEY = "sankey"
    """``nodes`` and ``links``; no way may lead back to where it came from."""
    NETWORK = "network"
    """``nodes`` and ``links``; where nodes have a place it is kept, else they stand in a circle."""
    PATH = "path"
    """``nodes`` over ``labels`` (time) and ``links`` between them as arrows; ``x`` of a node is its place among the labels,
    ``y`` its lane, 0 in the middle."""
    MAP = "map"
    """``regions`` on the ``outline``; ``links`` between regions are arcs."""


class Mark(NamedTuple):
    """One value of a series.

    value        None: not known
    url          opens the records behind it
    provisional  from months that are not complete yet: drawn apart
    low, high    where the settled value is expected to lie; None: no band
    note         said in the table beside the value
    """

    value: float | None
    url: str | None = None
    provisional: bool = False
    low: float | None = None
    high: float | None = None
    note: str = ""


class Series(NamedTuple):
    """Marks in the order of the chart's labels; ``name`` is the direct label."""

    name: str
    marks: tuple[Mark, ...]


class Point(NamedTuple):
    """One thing with two measures, and a third as its size."""

    label: str
    x: float | None
    y: float | None
    size: float | None = None
    group: str = ""
    url: str | None = None


class Node(NamedTuple):
    """An end of links. ``x`` and ``y`` from 0 to 1, y downwards; None: no place was computed."""

    key: str
    label: str
    size: float = 1
    group: str = ""
    url: str | None = None
    x: float | None = None
    y: float | None = None


class Link(NamedTuple):
    """From one node, or region of a map, to another, by key. ``strong``: drawn so that it stands out."""

    source: str
    target: str
    value: float
    url: str | None = None
    strong: bool = False


class Region(NamedTuple):
    """A region of a map, by the ``code``, ``adcode`` or ``iso_a2`` of its outline.

    parts  the outlines that make it up, where it is not one of them itself
    """

    code: str
    label: str
    value: float | None
    url: str | None = None
    parts: tuple[str, ...] = ()


class Inset(NamedTuple):
    """The part of a map that is drawn a second time, larger, where small regions lie close together (degrees)."""

    west: float
    south: float
    east: float
    north: float
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the figures come from.

    metric, metric_url  name of the metric and its definition
    source              who measured or published
    as_of               day of the data; None: not known
    today               day on which the page is read; with ``as_of`` it makes the age
    promised_days       how old the data may be; None: nothing is promised
    snapshot            number of the register's snapshot; None: not from the register
    permalink           address of this chart from the same snapshot
    address             the same with host, for paper and files
    method              counting rule, one sentence
    synthetic           made of invented data
    map_review          review number of the outlines, printed on a map
    """

    metric: str = ""
    metric_url: str = ""
    source: str = ""
    as_of: date | None = None
    today: date | None = None
    promised_days: int | None = None
    snapshot: int | None = None
    permalink: str = ""
    address: str = ""
    method: str = ""
    synthetic: bool = False
    map_review: str = ""

    @property
    def age_days(self) -> int | None:
        return (self.today - self.as_of).days if self.today and self.as_of else None

    @property
    def stale(self) -> bool:
        """Older than promised."""
        return self.promised_days is not None and self.age_days is not None and self.age_days > self.promised_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One question and its answer.

    key         names the chart on its page: letters, digits, hyphens
    title       the question
    unit        of all values; empty: none
    label_head  what the labels, points, nodes or regions are
    value_head  what the value of points' size, links or regions is
    decimals    places shown
    x_name, y_name  of a scatter
    outline     address of the map's GeoJSON, or name of a static file that holds it
    note        one sentence that must be read with the figures
    empty       why there is nothing to see, where that is known
    failed      what went wrong; the chart is not drawn
    """

    kind: ChartKind
    key: str
    title: str
    unit: str = ""
    label_head: str = ""
    value_head: str = ""
    labels: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    points: tuple[Point, ...] = ()
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    regions: tuple[Region, ...] = ()
    x_name: str = ""
    y_name: str = ""
    x_line: float | None = None
    y_line: float | None = None
    decimals: int = 0
    outline: str = ""
    inset: Inset | None = None
    note: str = ""
    empty: str = ""
    failed: str = ""
    citation: Citation = Citation()

    def __post_init__(self) -> None:
        if any(len(one.marks) != len(self.labels) for one in self.series):
            raise ValueError(f"chart {self.key!r}: each series has one mark a label")
        if self.kind is not ChartKind.MAP:
            known = {node.key for node in self.nodes}
            strange = {end for link in self.links for end in (link.source, link.target)} - known
            if strange:
                raise ValueError(f"chart {self.key!r}: links name no node: {sorted(strange)[:3]}")

    @property
    def is_empty(self) -> bool:
        """Nothing is known, so nothing is drawn."""
        values = [mark.value for one in self.series for mark in one.marks]
        values += [region.value for region in self.regions] + [point.y for point in self.points]
        values += [link.value for link in self.links]
        return all(value is None for value in values) and not self.nodes
