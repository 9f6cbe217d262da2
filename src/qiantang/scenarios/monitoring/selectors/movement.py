"""What the registry of metrics asks of monitoring: transfers between cities, and inventors who moved."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from qiantang.commons.metrics.types import Change, Dimension, Measurement, Point
from qiantang.commons.refdata.api import regions
from qiantang.corpus.measures.methods.moves import Sureness
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid, Unavailable
from qiantang.scenarios.monitoring.rules import CITY, FEWEST_PEOPLE, FLOW_YEARS
from qiantang.scenarios.monitoring.rules.movement import FLOWS, MOVES
from qiantang.scenarios.monitoring.selectors.holdings import holdings
from qiantang.scenarios.monitoring.selectors.moving import moved_people
from qiantang.scenarios.monitoring.types import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qiantang.commons.metrics.types import Metric, Question
    from qiantang.commons.refdata.types import StatedFigure
    from qiantang.scenarios.monitoring.rules.movement import FlowRule
    from qiantang.scenarios.monitoring.selectors.holdings import Holdings, Transfer
    from qiantang.scenarios.monitoring.selectors.moving import Moved

K = TypeVar("K", int, Sureness)


class _Read(NamedTuple):
    """The snapshot that is read, what is kept of it (None: not there yet), the day to which publications in it reach."""

    number: int
    held: Holdings | None
    as_of: date | None
    synthetic: bool


class MovementMeter:
    """Counts dealings and people; both are told of the city as their parties are harmonised now."""

    def newest(self) -> int | None:
        """Number of the newest snapshot."""
        told = register.current_snapshot()
        return told.number if told else None

    def measure(self, metric: Metric, question: Question) -> Measurement:
        """One number, by year where asked."""
        read = _read(question)
        none = Measurement(metric=metric, question=question, value=None, origin="none")
        if read is None:
            return _because(none, "nothing_loaded")
        if question.region is None:
            return _because(none, "region_needed")
        if metric.id in MOVES:
            return _people(metric, question, read)
        return _dealings(metric, question, read) if _is_city(question.region) else _because(none, "out_of_range")

    def records(self, metric: Metric, question: Question) -> Sequence[str]:
        """The patents of the dealings, one for each; of people none are told."""
        if metric.id not in FLOWS:
            raise Invalid("metrics.no_records", metric=metric.id)
        read = _read(question)
        if read and read.held is None:
            raise Unavailable("monitoring.being_made")
        found = _found(metric, question, read.held) if read and read.held and question.region else ()
        return tuple(sorted(one.patent_id for one in found))

    def label(self, dimension: Dimension, value: str | None, question: Question, language: str) -> str:
        """Years stand for themselves."""
        del dimension, question, language
        return value or ""

    def stated(self, metric: Metric, region: str, year: int) -> StatedFigure | None:
        """Nobody else states them."""
        del metric, region, year
        return None

    def explain(
        self, metric: Metric, old: Question, new: Question, gone: Sequence[str], come: Sequence[str]
    ) -> Iterator[Change]:
        """A dealing is read from the events of a patent and the places of its parties: either may have been told anew."""
        del metric, old, new
        yield from (Change(one, came, "other_facts", {}) for ids, came in ((gone, False), (come, True)) for one in ids)

    def keep(self, snapshot: int, why: str) -> None:
        """Pin a snapshot."""
        register.upkeep.pin(register.register(), snapshot, why)


def _because(none: Measurement, reason: str) -> Measurement:
    return Measurement(metric=none.metric, question=none.question, value=None, reason=reason, origin="none")


def _read(question: Question) -> _Read | None:
    here = register.register()
    manifest = here.manifest() if question.snapshot is None else here.place.manifest(question.snapshot)
    if manifest is None:
        return None
    held = holdings(manifest.snapshot)
    return _Read(manifest.snapshot, held, held.reached if held else None, manifest.as_snapshot().synthetic)


def _is_city(code: str) -> bool:
    """Whether parties can be at home there as in a city."""
    own = regions().region(code) if code in regions() else None
    return own is not None and own.is_city


# --- dealings ---


def dealt(rule: FlowRule, moved: Iterable[Transfer], city: str) -> Iterator[Transfer]:
    """Those of the dealings that a rule counts for a city."""
    for one in moved:
        if one.kind is rule.kind and one.day is not None and city in {one.origin, one.destination}:
            here = one.origin == city, one.destination == city
            way = {(True, True): Way.WITHIN, (True, False): Way.WENT, (False, True): Way.CAME}[here]
            if rule.way in {None, way}:
                yield one


def _found(metric: Metric, question: Question, held: Holdings) -> list[Transfer]:
    first, last = question.first or 0, question.last or 9999
    every = dealt(FLOWS[metric.id], held.transfers, question.region or CITY)
    return [one for one in every if one.day and first <= one.day.year <= last]


def _dealings(metric: Metric, question: Question, read: _Read) -> Measurement:
    none = Measurement(metric=metric, question=question, value=None, origin="none")
    if read.held is None:
        return _because(none, "being_made")
    found = _found(metric, question, read.held)
    years = Counter(str(one.day.year) for one in found if one.day)
    series = tuple(Point((year,), years[year], years[year]) for year in sorted(years))
    return Measurement(
        metric=metric,
        question=question,
        value=len(found),
        records=len(found),
        series=series if Dimension.YEAR in question.by else (),
        as_of=read.as_of,
        snapshot=read.number,
        sample=read.synthetic,
    )


# --- people ---


def way_of(one: Moved) -> Way:
    """Into the city, out of it, or within."""
    if one.origin == one.destination:
        return Way.WITHIN
    return Way.CAME if one.destination == CITY else Way.WENT


def counted(moved: Iterable[Moved], way: Way, first: int, last: int) -> list[Moved]:
    """Moves of the years that are sure enough to be counted."""
    return [
        one
        for one in moved
        if one.sureness is not Sureness.LOW and way_of(one) is way and first <= one.after.day.year <= last
    ]


def hidden_cells(counts: dict[K, int]) -> set[K]:
    """Cells that are not told: those of too few people, and where that is one alone the next smallest, or the sum of all
    would give it away.
    """
    few = {key for key, people in counts.items() if 0 < people < FEWEST_PEOPLE}
    others = [key for key, people in counts.items() if people >= FEWEST_PEOPLE]
    if len(few) == 1 and others:
        few.add(min(others, key=lambda key: (counts[key], str(key))))
    return few


def _people(metric: Metric, question: Question, read: _Read) -> Measurement:
    """People of five years, each year of them where asked, or one year alone; nothing is told of any other span, of which
    the differences would tell of single persons.
    """
    none = Measurement(metric=metric, question=question, value=None, origin="none")
    people = moved_people(question.snapshot)
    if read.held is None or people is None:
        return _because(none, "being_made")
    last = question.last or (read.as_of.year if read.as_of else 0)
    first = question.first or last - FLOW_YEARS + 1
    if last - first + 1 not in {1, FLOW_YEARS}:
        return _because(none, "out_of_range")
    moved = people.moved
    begin = last - FLOW_YEARS + 1
    cells = {year: len(counted(moved, MOVES[metric.id], year, year)) for year in range(begin, last + 1)}
    hidden = hidden_cells(cells)
    total = cells[last] if first == last else sum(cells.values())
    few = last in hidden if first == last else 0 < total < FEWEST_PEOPLE
    points = tuple(
        Point(
            (str(year),),
            None if year in hidden else cells[year],
            reason="too_few" if year in hidden else "",
            at_least=True,
        )
        for year in range(first, last + 1)
    )
    return Measurement(
        metric=metric,
        question=question,
        value=None if few else total,
        reason="too_few" if few else "",
        at_least=not few,
        series=points if Dimension.YEAR in question.by else (),
        as_of=read.as_of,
        snapshot=read.number,
        sample=read.synthetic,
    )
