"""The wall screen: the same panels as the pages of monitoring, drawn large."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from qiantang.commons.refdata.api import regions
from qiantang.portal.cockpit.rules import GRANTS_SHOWN, TILES
from qiantang.portal.cockpit.types import Grant, Screen
from qiantang.scenarios.monitoring import api as monitoring
from qiantang.scenarios.monitoring.types import Asked, Ranked

if TYPE_CHECKING:
    from qiantang.commons.ui.types import Chart
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.monitoring.types import Panel

_APPLICANTS = 8


def screen(actor: Actor, city: str, snapshot: int | None, today: date) -> Screen:
    """What the screen shows of a city.

    city      GB/T 2260
    snapshot  None: the newest
    """
    asked = Asked(region=city, snapshot=snapshot, today=today)
    at = {
        name: replace(asked, path=reverse(f"monitoring:{name}"))
        for name in ("city", "districts", "benchmark", "rankings")
    }
    districts = monitoring.district_panel(actor, at["districts"])
    peers = monitoring.benchmark_panel(actor, at["benchmark"])
    ranked_by = replace(at["rankings"], ranked=Ranked.APPLICANT, query=(("ranked", Ranked.APPLICANT.value),))
    panel = monitoring.city_panel(actor, at["city"])
    charts = {chart.key: chart for chart in panel.charts}
    leaders = _first(monitoring.ranked_panel(actor, ranked_by), "ranking")
    told = charts.get("months")
    return Screen(
        tiles=tuple(monitoring.headline(at["city"], one, monitoring.last_year(at["city"])) for one in TILES),
        flow=told,
        fields=charts.get("fields"),
        city_map=_first(districts, "map"),
        districts=_first(districts, "ranked"),
        peers=_first(peers, "cities"),
        applicants=shortened(leaders, _APPLICANTS) if leaders else None,
        grants=tuple(
            Grant(row.patent_id, row.number, row.title, "、".join(row.applicants), row.grant_date)
            for row in monitoring.latest_grants(asked, GRANTS_SHOWN)
        ),
        snapshot=told.citation.snapshot if told else None,
    )


def _first(panel: Panel, key: str) -> Chart | None:
    return next((chart for chart in panel.charts if chart.key == key), None)


def shortened(chart: Chart, rows: int) -> Chart:
    """The first rows of a ranking: what a screen has room for; the page behind it has the rest."""
    series = tuple(one._replace(marks=one.marks[:rows]) for one in chart.series)
    return replace(chart, labels=chart.labels[:rows], series=series)


def city_of(code: str, language: str) -> str:
    """The name of the city."""
    return regions().name(code, language)
