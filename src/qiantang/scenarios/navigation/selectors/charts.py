"""Charts of an edition: every mark opens its patents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qiantang.commons.ui.api import Chart, word_for
from qiantang.commons.ui.types import ChartKind, Citation, Link, Mark, Node, Point, Region, Series
from qiantang.kernel.numbers import JOINT_OFFICES
from qiantang.scenarios.navigation.methods.drawing import placed
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.selectors.editions import Book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.scenarios.navigation.models import Edition
    from qiantang.scenarios.navigation.selectors.editions import FigureShown
    from qiantang.scenarios.navigation.types import Chain

_WORLD = "vendor/maps/world.zh.json"
_SHOWN = 12


def cited(row: Edition, method: str, code: str = "") -> Citation:
    """Where the figures of a node come from; its page is their permanent address, since an edition never changes."""
    page = reverse("navigation:edition-page", args=[row.pk])
    return Citation(
        source=_("Patent register of this platform"),
        as_of=row.as_of,
        today=timezone.localdate(),
        snapshot=row.snapshot,
        method=method,
        synthetic=bool(row.synthetic),
        permalink=f"{page}?node={code}" if code else page,
    )


def whole(_row: Edition) -> str:
    return _("Patents are counted whole, one for each application; a patent may stand at several nodes.")


def families(_row: Edition) -> str:
    return _("Families are counted; the patents shown are the first of each family.")


def mark(figure: FigureShown, *, provisional: bool = False) -> Mark:
    return Mark(figure.value, figure.url, provisional=provisional)


def trend(row: Edition, book: Book) -> Chart:
    rows = book.rows("situation")
    marks = tuple(mark(one["figures"][0], provisional=one["note"] == "partial") for one in rows)
    return Chart(
        kind=ChartKind.STACKED,
        key="trend",
        title=_("Is it growing?"),
        unit=_("patents"),
        label_head=_("Filing year"),
        labels=tuple(one["label"] for one in rows),
        series=(Series(_("Filed"), marks),),
        note=_("The pale last years are not complete: an application is published up to eighteen months after filing."),
        citation=cited(row, whole(row), book.node.code),
    )


def ranked(row: Edition, book: Book, analysis: str, title: str, head: str, vocabulary: str = "") -> Chart:
    """A bar list of an analysis with one count a row."""
    rows = book.rows(analysis)[:_SHOWN]
    return Chart(
        kind=ChartKind.BAR,
        key=analysis.replace("_", "-"),
        title=title,
        unit=_("patents"),
        label_head=head,
        labels=tuple(word_for(vocabulary, one["value"]) if vocabulary else one["label"] for one in rows),
        series=(Series("", tuple(mark(one["figures"][0]) for one in rows)),),
        citation=cited(row, whole(row), book.node.code),
    )


def applicants(row: Edition, book: Book) -> Chart:
    chart = ranked(row, book, "applicants", _("Who leads?"), _("Owner"))
    return replace(chart, unit=_("families"), citation=cited(row, families(row), book.node.code))


def branches(row: Edition, book: Book, chain: Chain) -> Chart:
    rows = book.rows("branches")
    return Chart(
        kind=ChartKind.BAR,
        key="branches",
        title=_("Which branches carry it?"),
        unit=_("patents"),
        label_head=_("Node"),
        labels=tuple(f"{one['value']} {words.node_name(chain, one['value'])}" for one in rows),
        series=(Series("", tuple(mark(one["figures"][0]) for one in rows)),),
        citation=cited(row, whole(row), book.node.code),
    )


def layout(row: Edition, book: Book, *, keys: bool = False, most: int | None = None) -> Chart:
    """From where to where: arcs between countries; offices without a country stand in the table below.

    keys    of the families of key patents alone
    most    of the flows, the strongest first; None: all
    """
    rows = [(*one["value"].split(">"), one["figures"][int(keys)]) for one in book.rows("layout")[:most]]
    rows = [one for one in rows if one[2].value]
    on_map = [one for one in rows if not ({one[0], one[1]} & JOINT_OFFICES) and one[0]]
    reached: dict[str, float] = {}
    for _origin, office, figure in on_map:
        reached[office] = reached.get(office, 0) + (figure.value or 0)
    for origin, *_rest in on_map:
        reached.setdefault(origin, 0)
    return Chart(
        kind=ChartKind.MAP,
        key="layout",
        title=_("Where are the key patents protected?") if keys else _("From where to where is it protected?"),
        unit=_("families"),
        label_head=_("Office"),
        value_head=_("Families protected there"),
        regions=tuple(Region(code, word_for("office", code), value) for code, value in sorted(reached.items())),
        links=tuple(
            Link(origin, office, figure.value or 0, figure.url) for origin, office, figure in on_map if origin != office
        ),
        outline=_WORLD,
        note=_("International and regional offices have no place on a map; they stand in the table of the flows."),
        citation=replace(cited(row, families(row), book.node.code), map_review=_map_review()),
    )


def _map_review() -> str:
    return str(settings.MAP_REVIEW_NUMBER or "") or _("not set by the operator")


def strongest_ties(book: Book, kind: str = "owners") -> list[dict[str, Any]]:
    """Pairs of those who stand together, both of whom are drawn; most patents first."""
    rows = book.rows("networks" if kind == "owners" else "people")
    known = {one["value"] for one in rows if "\t" not in one["value"]}
    ties = [one for one in rows if "\t" in one["value"] and set(one["value"].split("\t")) <= known]
    return sorted(ties, key=lambda one: (-(one["figures"][0].value or 0), one["value"]))


def network(row: Edition, book: Book, kind: str, labels: dict[str, str], most: int | None = None) -> Chart:
    """Who stands together.

    labels  what the nodes are called where that is not their value
    most    of the ties, the strongest first; None: all
    """
    nodes = [one for one in book.rows("networks" if kind == "owners" else "people") if "\t" not in one["value"]]
    every = strongest_ties(book, kind)
    ties = every[:most]
    tied = {end for one in ties for end in one["value"].split("\t")}
    alone = len(nodes) - len({end for one in every for end in one["value"].split("\t")})
    places = placed({one["value"]: one["note"] for one in nodes if one["value"] in tied})
    return Chart(
        kind=ChartKind.NETWORK,
        key=f"network-{kind}",
        title=_("Who works together?") if kind == "owners" else _("Which inventors work together?"),
        unit=_("patents"),
        label_head=_("Owner") if kind == "owners" else _("Inventor"),
        nodes=tuple(
            Node(
                one["value"],
                labels.get(one["value"], one["value"]),
                one["figures"][0].value or 1,
                _("Group %(number)s") % {"number": one["note"]} if one["note"] != "0" else _("Alone"),
                one["figures"][0].url,
                *places[one["value"]],
            )
            for one in nodes
            if one["value"] in tied
        ),
        links=tuple(_tie(one) for one in ties),
        note=_("A colour is a community: those who stand together more often than with others.")
        + (" " + _("%(number)s more that stand alone are not drawn.") % {"number": alone} if alone else "")
        + (" " + _("Only the strongest ties are drawn: those of the table.") if len(ties) < len(every) else ""),
        citation=cited(row, whole(row), book.node.code),
    )


def _tie(row: dict[str, Any]) -> Link:
    one, other = str(row["value"]).split("\t")
    return Link(one, other, row["figures"][0].value or 0, row["figures"][0].url)


def standing(row: Edition, books: Sequence[Book], chain: Chain) -> Chart:
    """Where the city stands: growth against specialisation, a point a node."""
    points = []
    for one in books:
        rta, rate, count = one["rta"], one["city_growth"], one["city"]
        gap = words.GAPS.get(int(one.value("gap") or 0))
        growth = None if rate.value is None else 100 * rate.value
        points.append(
            Point(words.node_name(chain, one.node.code), growth, rta.value, count.value, str(gap or ""), count.url)
        )
    return Chart(
        kind=ChartKind.SCATTER,
        key="standing",
        title=_("Where is the city strong, and where does it grow?"),
        label_head=_("Node"),
        value_head=_("Patents of the city"),
        points=tuple(points),
        x_name=_("Growth of the city, %"),
        y_name=_("Specialisation (RTA)"),
        x_line=0,
        y_line=1,
        decimals=2,
        note=_("Nodes with fewer than ten patents of the city have no specialisation; they stand in the table."),
        citation=cited(
            row, _("Chinese patents with a known region; growth of three complete years on the three before.")
        ),
    )


def matrix(row: Edition, book: Book, chain: Chain) -> Chart:
    rows = book.rows("matrix")
    names = {one.zh: one.name(words.language()) for one in (*chain.effects, *chain.means)}
    return Chart(
        kind=ChartKind.HEAT,
        key="matrix",
        title=_("Which means for which effect?"),
        unit=_("patents"),
        label_head=_("Effect"),
        labels=tuple(one.name(words.language()) for one in chain.means) if rows else (),
        series=tuple(Series(names.get(one["label"], one["label"]), tuple(map(mark, one["figures"]))) for one in rows),
        note=_("A patent may speak of several. Whether a thin cell is a chance or makes no sense, an expert must say."),
        citation=cited(row, whole(row), book.node.code),
    )


def topics(row: Edition, book: Book, labels: dict[str, str]) -> Chart:
    rows = book.rows("topics")
    return Chart(
        kind=ChartKind.BAR,
        key="topics",
        title=_("What is it about?"),
        unit=_("patents"),
        label_head=_("Topic"),
        labels=tuple(labels.get(one["value"]) or _first_words(one) for one in rows),
        series=(Series("", tuple(mark(one["figures"][0]) for one in rows)),),
        note=_("Computed from the words of titles, the same on every run; names given by a person are kept."),
        citation=cited(row, whole(row), book.node.code),
    )


def _first_words(row: dict[str, Any]) -> str:
    return " · ".join(str(row["label"]).split()[:4])
