"""Inventors who moved between applicants, as far as applications tell: at least so many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Dimension, Question
from qiantang.commons.ui.types import Chart, ChartKind, Link, Mark, Node, Series
from qiantang.corpus.measures.methods.moves import Sureness
from qiantang.scenarios.monitoring.rules import CITY, FEWEST_PEOPLE, FLOW_YEARS
from qiantang.scenarios.monitoring.rules.movement import MOVES
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.selectors.flows import city_name, told_by_register
from qiantang.scenarios.monitoring.selectors.movement import counted, hidden_cells
from qiantang.scenarios.monitoring.selectors.moving import Moved, MovedPeople, moved_people
from qiantang.scenarios.monitoring.selectors.waiting import waiting_panel
from qiantang.scenarios.monitoring.types import Asked, Figure, Panel, Sheet, SheetCell, Way

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.commons.metrics.types import Measurement
    from qiantang.kernel.actor import Actor

_UNKNOWN, _ROWS = "unknown", 50


def moves_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Who came, who went, and who moved within the city, in the last years; fewer than three people are not told."""
    told = moved_people(asked.snapshot)
    year = _last(asked)
    title = _("Inventors who moved, %(first)s to %(last)s") % {"first": year - FLOW_YEARS + 1, "last": year}
    if why := asking.nothing_loaded(asked):  # not known, which is not 0
        return Panel(title=title, notes=(why,))
    if told is None:
        return waiting_panel(title)
    inside = [one for one in told.moved if year - FLOW_YEARS < one.after.day.year <= year]
    sure = [one for one in inside if one.sureness is not Sureness.LOW]
    by_way = {way: asking.measured(_question(asked, key, year)) for key, way in MOVES.items()}
    words = {
        Way.CAME: _("Moved into the city"),
        Way.WENT: _("Moved out of the city"),
        Way.WITHIN: _("Within the city, to another applicant"),
    }
    figures = tuple(_figure(asked, way, word, by_way[way]) for way, word in words.items())
    return Panel(
        title=title,
        lead=_(
            "At least so many inventors stand first on applications of one applicant and later on those of another, in the company of a colleague of before. Who changes alone cannot be told from a namesake and is missing here."
        ),
        figures=(*figures, Figure(_("With two applicants by turns"), *_told(told.both), note=_("no move; all years"))),
        charts=(_flows(asked, sure), _years(asked, by_way, year)),
        sheets=(_sureness(inside),),
        notes=(
            _(
                "A move is told where two applications of a person that follow each other have no applicant in common; the city of an applicant is that of most patents on which it stands first. Renamed firms that are not yet one party, and firms of one group, look like moves."
            ),
            _("Numbers of fewer than three people are not shown."),
            *names_changed(told),
        ),
        as_of=asking.reached(asked),
    )


def names_changed(told: MovedPeople) -> tuple[str, ...]:
    """What is said while names of applicants have been joined or parted since."""
    if told.current:
        return ()
    return (_("Names of applicants have been joined or parted since; the page is counted anew in the background."),)


def _question(asked: Asked, metric: str, year: int) -> Question:
    return Question(metric=metric, region=CITY, last=year, by=(Dimension.YEAR,), snapshot=asked.snapshot)


def _last(asked: Asked) -> int:
    """The last year shown: the one asked for, else that to which the register reaches."""
    return asked.year or (asking.reached(asked) or asked.today).year


def _told(people: int) -> tuple[str, str]:
    """A number of people with its unit; too few are not told."""
    if 0 < people < FEWEST_PEOPLE:
        return "", _("fewer than three people: not shown")
    return (_("at least %(n)s") % {"n": asking.number(people)} if people else "0"), _("people")


def _figure(asked: Asked, way: Way, word: str, told: Measurement | None) -> Figure:
    """A number of the registry; too few people are not told."""
    if told is None or told.value is None:
        few = told is not None and told.reason == "too_few"
        why = _("fewer than three people: not shown") if few else asking.reason_of(told)
        return Figure(word, "", note=why, metric=told.metric.id if told else "")
    value, unit = _told(int(told.value))
    return Figure(word, value, unit, _url(asked, way) if told.value else "", metric=told.metric.id)


def _url(asked: Asked, way: Way, city: str = "", only: int | None = None) -> str:
    """The applications behind a number; ``only``: of one year."""
    year = only or asked.year
    parts = [("way", str(way)), ("city", city), ("year", str(year or "")), ("span", "1" if only else "")]
    parts.append(("snapshot", str(asked.snapshot or "")))
    return f"{reverse('monitoring:move-list')}?{urlencode([(name, value) for name, value in parts if value])}"


def _flows(asked: Asked, moved: Sequence[Moved]) -> Chart:
    """Between cities: on the left where people come from, on the right where they go."""
    pairs = Counter(
        (one.origin or _UNKNOWN, one.destination or _UNKNOWN) for one in moved if one.origin != one.destination
    )
    shown = sorted((item for item in pairs.items() if item[1] >= FEWEST_PEOPLE), key=lambda item: (-item[1], item[0]))
    sides = [sorted({pair[side] for pair, _n in shown}, key=lambda code: (code != CITY, code)) for side in (0, 1)]
    nodes = [
        Node(f"{prefix}-{code}", city_name(None if code == _UNKNOWN else code))
        for prefix, codes in zip(("from", "to"), sides, strict=True)
        for code in codes
    ]
    links = [
        Link(f"from-{a}", f"to-{b}", n, _url(asked, *((Way.CAME, a) if b == CITY else (Way.WENT, b))))
        for (a, b), n in shown
    ]
    return Chart(
        kind=ChartKind.SANKEY,
        key="moves",
        title=_("From which cities do inventors come, and where do they go?"),
        unit=_("people, at least"),
        nodes=tuple(nodes),
        links=tuple(links),
        citation=told_by_register(asked, _method()),
        empty=_("No three inventors moved between the same two cities in these years."),
    )


def _method() -> str:
    return _(
        "One person a name that shares a colleague, or the applicant with a class; moves with one shared colleague and no shared class are left out."
    )


def _years(asked: Asked, by_way: Mapping[Way, Measurement | None], year: int) -> Chart:
    ways = {Way.CAME: _("Came in"), Way.WENT: _("Went out"), Way.WITHIN: _("Moved within the city")}
    span = [str(one) for one in range(year - FLOW_YEARS + 1, year + 1)]
    cited = next((one for one in by_way.values() if one), None)

    def mark(way: Way, one: str) -> Mark:
        told = by_way[way]
        point = next((point for point in told.series if point.key == (one,)), None) if told else None
        if point is None or point.value is None:
            return Mark(None, note=_("not shown: few people") if point else "")
        return Mark(point.value, _url(asked, way, only=int(one)) if point.value else None)

    return Chart(
        kind=ChartKind.BAR,
        key="years",
        title=_("How many moved in each year?"),
        unit=_("people, at least"),
        label_head=_("Year of the first application at the new applicant"),
        labels=tuple(span),
        series=tuple(Series(word, tuple(mark(way, one) for one in span)) for way, word in ways.items()),
        citation=asking.citation(asked, cited, method=_method()),
    )


def _sureness(moved: Sequence[Moved]) -> Sheet:
    counts = Counter(one.sureness for one in moved)
    means = {
        Sureness.HIGH: (_("high"), _("two colleagues or more, before and after"), _("counted")),
        Sureness.FAIR: (_("fair"), _("one colleague, and a class of technology"), _("counted")),
        Sureness.LOW: (_("low"), _("one colleague alone"), _("not counted: may be two people of one name")),
    }
    hidden = hidden_cells({one: counts[one] for one in (Sureness.HIGH, Sureness.FAIR)})
    hidden |= hidden_cells({Sureness.LOW: counts[Sureness.LOW]})
    rows = []
    for sureness, (word, shared, use) in means.items():
        people = numerals.number(None if sureness in hidden else counts[sureness], unknown=_("not shown: few people"))
        rows.append((SheetCell(word), SheetCell(shared), SheetCell(use), people))
    head = (_("Sureness"), _("What is shared"), _("Use"), _("People"))
    return Sheet(_("How sure is it that both are one person?"), head, tuple(rows))


def moves_behind(asked: Asked, way: Way, city: str, span: int) -> Panel:
    """The applications behind a number of people: the last at the one and the first at the other applicant."""
    told = moved_people(asked.snapshot)
    year = _last(asked)
    title = {
        Way.CAME: _("Inventors who came into the city"),
        Way.WENT: _("Inventors who went out of the city"),
        Way.WITHIN: _("Inventors who moved within the city"),
    }[way]
    if told is None:
        return waiting_panel(title)
    found = [
        one
        for one in counted(told.moved, way, year - span + 1, year)
        if (not city or city == ((one.origin if way is Way.CAME else one.destination) or _UNKNOWN))
    ]
    few = 0 < len(found) < FEWEST_PEOPLE
    sentence = _("At least %(n)s people, %(first)s to %(last)s.") if found else _("Nobody, %(first)s to %(last)s.")
    lead = sentence % {"n": len(found), "first": year - span + 1, "last": year}
    return Panel(
        title=title if not city or way is Way.WITHIN else f"{title} · {city_name(None if city == _UNKNOWN else city)}",
        lead=_("Numbers of fewer than three people are not shown.") if few else lead,
        sheets=() if few else (_sheet(asked, found, {"way": str(way), "city": city, "span": str(span)}),),
    )


def _sheet(asked: Asked, moved: Sequence[Moved], named: dict[str, str]) -> Sheet:
    newest = sorted(moved, key=lambda one: (one.after.day, one.after.patent_id), reverse=True)
    rows = tuple(_row(one) for one in (newest if asked.whole else newest[asked.start : asked.start + _ROWS]))
    of_one = (_("Filing date"), _("Applicant"), _("Its city"))
    head = (_("Patent before"), *of_one, _("Patent afterwards"), *of_one)
    further = asked.start + _ROWS

    def url(start: int) -> str:
        kept = [(name, value) for name, value in asked.query if name != "from"]
        more = [(name, value) for name, value in named.items() if value] + ([("from", str(start))] if start else [])
        return f"{asked.path}?{urlencode([*kept, *more])}"

    return Sheet(
        _("The last application before and the first one after"),
        head,
        rows,
        _("One row a person; the inventors stand on the pages of the patents."),
        total=len(newest),
        next_url=url(further) if further < len(newest) else "",
        first_url=url(0) if asked.start else "",
    )


def _row(one: Moved) -> tuple[SheetCell, ...]:
    cells: list[SheetCell] = []
    for stand in (one.before, one.after):
        page = reverse("register:patent-page", args=(stand.patent_id,))
        cells += (
            SheetCell(stand.patent_id, page),
            SheetCell(stand.day.isoformat()),
            SheetCell(stand.firm),
            SheetCell(city_name(stand.city)),
        )
    return tuple(cells)
