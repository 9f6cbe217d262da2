"""The years of a result as bars: a baseline of zero, no year left out between the first and the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_LEAST_HEIGHT = 2.0  # per cent: one patent beside thousands is still seen
_MOST_BARS = 120  # beyond, a slip in a date would make every bar a hair: the early years become one


@dataclass(frozen=True, slots=True)
class Span:
    """One year, or all early ones together: how many patents, and the height in per cent of the tallest."""

    low: int
    high: int
    count: int
    height: float


@dataclass(frozen=True, slots=True)
class YearBar:
    """A bar as it is drawn, and the search it stands for.

    late  whether the year is not complete: applications are published up to eighteen months after they were filed
    """

    label: str
    count: int
    height: float
    url: str
    late: bool
    low: int
    high: int

    @property
    def top(self) -> float:
        """Where the bar begins, from above, in per cent."""
        return round(100 - self.height, 2)


@dataclass(frozen=True, slots=True)
class YearsBlock:
    """The years of a result: which years, the bars, and the addresses of the other years and of a span to be filled in."""

    key: str
    label: str
    bars: tuple[YearBar, ...]
    other_label: str
    other_url: str
    span_url: str
    kept: tuple[tuple[str, str], ...]

    @property
    def last(self) -> YearBar:
        return self.bars[-1]

    @property
    def tallest(self) -> YearBar:
        return max(self.bars, key=lambda one: one.count)


def year_spans(counts: Mapping[int, int]) -> tuple[Span, ...]:
    """From the first year with a patent to the last; empty where no year is known."""
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    start = max(first, last - _MOST_BARS + 1)
    spans = [(year, year) for year in range(start, last + 1)]
    if first < start:
        spans[0] = (first, start)
    totals = [counts.get(low, 0) for low, _ in spans]
    totals[0] = sum(count for year, count in counts.items() if year <= start)
    tallest = max(totals)
    return tuple(
        Span(low, high, total, _height(total, tallest)) for (low, high), total in zip(spans, totals, strict=True)
    )


def _height(count: int, tallest: int) -> float:
    return max(_LEAST_HEIGHT, round(100 * count / tallest, 2)) if count else 0.0
