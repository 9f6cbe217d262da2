"""Clusters of inventive activity, after the method of the Global Innovation Index, on the districts of all cities."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Dimension, Question
from qiantang.commons.refdata.api import regions
from qiantang.commons.ui.types import Chart, ChartKind, Point
from qiantang.corpus.measures.methods.geoclusters import GeoParameters, GeoPoint, find_clusters
from qiantang.corpus.places import api as places
from qiantang.scenarios.monitoring.rules import CITY, CLUSTERS, GRANTS
from qiantang.scenarios.monitoring.selectors import asking, cluster_runs, numerals
from qiantang.scenarios.monitoring.types import Asked, Figure, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Measurement
    from qiantang.corpus.measures.methods.geoclusters import GeoClusters
    from qiantang.kernel.actor import Actor


class Run(NamedTuple):
    """The clusters of one snapshot as they come out, with what they were made of.

    told    the grants by district · spots: the middle of each district with its weight, by code
    """

    year: int
    told: Measurement
    spots: dict[str, GeoPoint]
    found: GeoClusters

    @property
    def total(self) -> float:
        return sum(spot.weight for spot in self.spots.values())

    def parameters(self) -> dict[str, object]:
        """Everything but the patents that the result depends on, by name."""
        return {
            "method": "dbscan-sphere-weighted/1",
            "radius_km": self.found.parameters.radius_km,
            "least_share": CLUSTERS.least_share,
            "years": CLUSTERS.years,
            "earth_km": self.found.parameters.earth_km,
            "metric": self.told.metric.id,
            "metric_version": self.told.metric.version,
        }

    def places(self) -> list[list[object]]:
        """The places with their weights: what went in."""
        return [
            [code, round(one.latitude, 6), round(one.longitude, 6), round(one.weight, 6)]
            for code, one in self.spots.items()
        ]

    def clusters(self) -> list[dict[str, object]]:
        """The clusters as they are kept."""
        members: dict[int, list[str]] = defaultdict(list)
        for code, number in zip(self.spots, self.found.labels, strict=True):
            members[number].append(code)
        return [
            {
                "districts": members[one.number],
                "weight": round(one.weight, 6),
                "middle": [round(one.latitude, 6), round(one.longitude, 6)],
            }
            for one in self.found.clusters
        ]


def cluster_run(asked: Asked) -> Run | None:
    """The clusters computed now; None where no grants are known."""
    year = asking.last_year(asked, GRANTS)
    told = _grants(asked, year)
    if told is None or told.value is None:
        return None
    spots = _spots({point.key[0]: point.value or 0 for point in told.series if point.key[0]})
    total = sum(spot.weight for spot in spots.values())
    parameters = GeoParameters(CLUSTERS.radius_km, max(1.0, CLUSTERS.least_share * total))
    return Run(year, told, spots, find_clusters(list(spots.values()), parameters))


def _grants(asked: Asked, year: int) -> Measurement | None:
    first = year - CLUSTERS.years + 1
    return asking.measured(
        Question(metric=GRANTS, first=first, last=year, by=(Dimension.DISTRICT,), snapshot=asked.snapshot)
    )


def clusters_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Dense places that hang together; the same on every run, with the parameters beside and the runs that were kept."""
    run = cluster_run(asked)
    year = run.year if run else asking.last_year(asked, GRANTS)
    title = _("Innovation clusters, %(first)s to %(last)s") % {"first": year - CLUSTERS.years + 1, "last": year}
    if run is None:
        return Panel(title=title, notes=(asking.reason_of(_grants(asked, year)),))
    told, spots, found, total = run.told, run.spots, run.found, run.total
    kept = cluster_runs.kept_sheet(year)
    return Panel(
        title=title,
        lead=_(
            "GII-like: dense places within %(km)s km that hang together, on the middles of districts, weighted by invention grants; the index itself counts PCT applications by inventors' addresses and articles."
        )
        % {"km": CLUSTERS.radius_km},
        figures=_figures(spots, found),
        charts=(_chart(asked, told, spots, found),),
        sheets=(_sheet(spots, found, total), *([kept] if kept else [])),
        notes=(_parameters((told.value or 0) - total), cluster_runs.compared(run)),
        as_of=told.as_of,
    )


def _spots(weights: dict[str, float]) -> dict[str, GeoPoint]:
    """The middle of each district that has an outline, with its weight, by code."""
    features = places.outlines(tuple(sorted(weights)))["features"]
    told = {one["properties"]["code"]: one["properties"]["label_point"] for one in features}
    return {code: GeoPoint(north, east, weights[code]) for code, (east, north) in sorted(told.items())}


def _figures(spots: dict[str, GeoPoint], found: GeoClusters) -> tuple[Figure, ...]:
    ours = {number for code, number in zip(spots, found.labels, strict=True) if _city(code) == CITY} - {0}
    share = _("%(share)s of all") % {"share": f"{CLUSTERS.least_share:.1%}"}
    return (
        Figure(_("Clusters"), asking.number(len(found.clusters))),
        Figure(_("Rank of ours"), asking.number(min(ours)) if ours else "", note=_("by weight")),
        Figure(_("Radius"), asking.number(found.parameters.radius_km), "km"),
        Figure(_("Least weight in the ball"), asking.number(found.parameters.least_weight), _("grants"), note=share),
    )


def _parameters(unknown: float) -> str:
    return _(
        "Parameters: radius %(km)s km, weight in the ball at least %(least)s of all grants, %(years)s years, Earth radius 6371 km. Grants whose district is not known: %(unknown)s."
    ) % {
        "km": CLUSTERS.radius_km,
        "least": f"{CLUSTERS.least_share:.1%}",
        "years": CLUSTERS.years,
        "unknown": asking.number(unknown),
    }


def _city(code: str) -> str:
    return next(iter(regions().ancestors(code)), code)


def _chart(asked: Asked, told: Measurement, spots: dict[str, GeoPoint], found: GeoClusters) -> Chart:
    words = {number: _("Cluster %(n)s") % {"n": number} for number in range(1, 6)}
    counted = {point.key[0]: point for point in told.series}
    shown = tuple(
        Point(
            regions().name(code, asking.language()),
            point.longitude,
            point.latitude,
            point.weight,
            words.get(found.labels[place], _("other clusters") if found.labels[place] else _("outside")),
            asking.records_url(told, counted[code]),
        )
        for place, (code, point) in sorted(
            enumerate(spots.items()), key=lambda one: (found.labels[one[0]] or len(spots) + 1, one[0])
        )
    )
    return Chart(
        kind=ChartKind.SCATTER,
        key="clusters",
        title=_("Where does inventive activity cluster?"),
        label_head=_("District"),
        value_head=_("Grants"),
        points=shown,
        x_name=_("degrees east"),
        y_name=_("degrees north"),
        decimals=2,
        citation=asking.citation(
            asked,
            told,
            method=_("DBSCAN on the sphere with weights; source: Global Innovation Index, cluster chapters."),
        ),
    )


def _sheet(spots: dict[str, GeoPoint], found: GeoClusters, total: float) -> Sheet:
    rows = []
    for cluster in found.clusters:
        cities = Counter[str]()
        for place, (code, spot) in enumerate(spots.items()):
            if found.labels[place] == cluster.number:
                cities[_city(code)] += int(spot.weight)
        names = "、".join(regions().name(code, asking.language()) for code, _weight in cities.most_common(4))
        rows.append(
            (
                SheetCell(f"{cluster.number}. {names}"),
                numerals.number(cluster.weight),
                numerals.share(cluster.weight / total),
                numerals.number(cluster.points),
                SheetCell(f"{cluster.latitude:.3f}, {cluster.longitude:.3f}", right=True),
            )
        )
    head = (_("Cluster"), _("Grants"), _("Share"), _("Districts"), _("Middle (north, east)"))
    note = _(
        "The grants of a cluster are the sum of those of its districts; each point of the chart opens those of its district."
    )
    return Sheet(_("The clusters by weight"), head, tuple(rows), note)
