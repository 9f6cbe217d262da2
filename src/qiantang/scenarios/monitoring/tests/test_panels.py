"""Panels: parts make the whole, numbers open as many records as they say, ranks say what they depend on."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.utils import translation

from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import Boundaries
from qiantang.kernel.actor import Actor
from qiantang.scenarios.monitoring.api import benchmark_panel, district_panel, ranked_panel
from qiantang.scenarios.monitoring.selectors.districts import map_chart
from qiantang.scenarios.monitoring.selectors.structure import structure_panel
from qiantang.scenarios.monitoring.types import Asked, Ranked

TODAY = date(2026, 11, 26)
READER = Actor.system("test")


def asked(**more):
    return Asked(region="330100", today=TODAY, path="/monitoring", **more)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.feature("S2-01")
def test_every_number_of_the_panel_opens_as_many_patents_as_it_says(city, client):
    html = client.get("/monitoring", headers={"accept-language": "en"}).content.decode()
    opened = re.findall(r'href="(/monitoring/records\?[^"]+)">([\d,]+)</a>', html)
    assert len(opened) > 20
    for url, shown in [*opened[:4], *opened[4::9]]:
        answer = client.get(unescape(url))
        total = re.search(r'data-total="(\d+)"', answer.content.decode())
        assert total is not None
        assert int(total[1]) == int(shown.replace(",", ""))


@pytest.mark.feature("S2-01")
def test_inventions_in_force_by_month_open_as_many_patents_as_each_month_says(city, client):
    told = client.get("/monitoring?chart=stock-months&as=json").json()
    marks = dict(zip(told["labels"], told["series"][0]["marks"], strict=True))
    assert 12 < len(marks) <= 24
    assert list(marks) == sorted(marks)
    for month in (*[*marks][:: max(1, len(marks) // 5)], [*marks][-1]):
        answer = client.get(marks[month]["url"])
        total = re.search(r'data-total="(\d+)"', answer.content.decode())
        assert total is not None
        assert int(total[1]) == marks[month]["value"] > 0, month
    yearly = client.get("/monitoring?chart=stock&as=json").json()
    ends = dict(zip(yearly["labels"], yearly["series"][0]["marks"], strict=True))
    for month in (one for one in marks if one.endswith("-12")):
        assert marks[month]["value"] == ends[month[:4]]["value"]
    loaded = metrics.measure(metrics.question_from({"metric": "RB-05", "region": "330100"})).as_of
    known = {month: bool(mark.get("provisional")) for month, mark in marks.items()}
    assert {known[month] for month in marks if month < f"{loaded:%Y-%m}"} == {False}
    assert {known[month] for month in marks if month > f"{loaded:%Y-%m}"} == {True}  # grants since then are not loaded


@pytest.mark.feature("S2-01")
def test_the_list_of_records_ends_and_holds_each_once(city, client):
    seen: list[str] = []
    url = "/monitoring/records?metric=RB-05&region=330100"
    while url:
        html = client.get(url).content.decode()
        seen += re.findall(r'<th scope="row"><a href="/patents/([^"]+)"', html)
        total = re.search(r'data-total="(\d+)"', html)
        following = re.search(r'href="(\?[^"]*cursor=[^"]+)"', html)
        url = f"/monitoring/records{unescape(following[1])}" if following else ""
    assert total is not None
    assert len(seen) == len(set(seen)) == int(total[1]) > 50


@pytest.mark.feature("S2-02")
@pytest.mark.parametrize("boundaries", list(Boundaries))
@pytest.mark.parametrize("year", [2019, 2020, 2021, 2023])
def test_districts_and_not_known_make_the_city_under_both_switches(city, boundaries, year):
    panel = district_panel(READER, asked(year=year, boundaries=boundaries))
    rows = panel.sheets[0].rows
    *parts, whole = [int((row[1].text or "0").replace(",", "")) for row in rows]
    assert sum(parts) == whole > 0
    assert panel.notes[0].startswith("The districts and")


@pytest.mark.feature("S2-02")
def test_old_districts_are_drawn_only_where_todays_make_them_up(city):
    then = district_panel(READER, asked(year=2020)).charts[0]
    outlined = {region.code: region.parts for region in then.regions}
    assert outlined["330110"] == ("330110", "330113")
    assert outlined["330103"] == ()
    today = district_panel(READER, asked(year=2020, boundaries=Boundaries.TODAY))
    assert {region.parts for region in today.charts[0].regions} == {
        (region.code,) for region in today.charts[0].regions
    }
    assert len(today.charts[0].regions) == 13
    assert today.tiles == ()
    assert district_panel(READER, asked(year=2020)).tiles != ()


@pytest.mark.feature("S2-02")
def test_a_map_prints_its_review_number(city, client, settings):
    settings.MAP_REVIEW_NUMBER = "GS(2026)0001号"
    html = client.get("/monitoring/districts?year=2023").content.decode()
    assert "GS(2026)0001号" in html
    found = re.search(r'"outline": "([^"]+)"', html)
    assert found is not None
    outlines = client.get(found[1]).json()
    assert len(outlines["features"]) == 13
    assert client.get("/monitoring/outlines/../x.json").status_code in {404, 422}
    assert map_chart is not None


@pytest.mark.feature("S2-03")
def test_each_panel_says_source_day_and_age_and_warns(city, client):
    html = client.get("/monitoring", headers={"accept-language": "en"}).content.decode()
    for figure in re.findall(r"<figure.*?</figure>", html, re.DOTALL):
        assert "Source: " in figure
        assert "as of " in figure
    assert "Older than the promised 45 days" in html


def test_a_figure_of_a_year_that_is_over_is_not_called_late(city, client):
    html = client.get("/monitoring?year=2021", headers={"accept-language": "en"}).content.decode()
    past = [one for one in re.findall(r"<figure.*?</figure>", html, re.DOTALL) if "as of 2021-12-31" in one]
    assert past
    assert not any("Older than the promised" in one for one in past)


@pytest.mark.feature("S2-04")
def test_the_city_stands_beside_twelve_peers_with_rank_gap_and_source(city):
    panel = benchmark_panel(READER, asked(year=2022))
    rows = [[cell.text for cell in row] for row in panel.sheets[0].rows]
    assert len(rows) == 13
    ours = next(row for row in rows if row[0] == "Hangzhou")
    assert ours[1] == "1"
    assert all("sample data" in row[-1] for row in rows if row[2])
    values = [int(row[2].replace(",", "")) for row in rows if row[2]]
    assert rows[0][3] == "–"  # nobody is before the first, which is not the same as not known
    gaps = [int(row[3].replace(",", "")) for row in rows[1 : len(values)]]
    assert gaps == [min(better for better in values if better > one) - one for one in values[1:]]
    assert "under every rule" in panel.lead or "depending on the rule" in panel.lead


@pytest.mark.feature("S2-04")
def test_any_peers_can_be_picked(city, client):
    html = client.get(
        "/monitoring/benchmark?peer=330200&peer=310000&year=2022", headers={"accept-language": "en"}
    ).content.decode()
    assert "beside 2 cities" in html
    assert client.get("/monitoring/benchmark?peer=nowhere").status_code == 422


@pytest.mark.parametrize("ranked", [Ranked.DISTRICT, Ranked.FIELD, Ranked.APPLICANT])
def test_ties_share_a_rank_and_the_method_stands_beside(city, ranked):
    panel = ranked_panel(READER, asked(year=2022, ranked=ranked))
    assert panel.lead
    rows = panel.sheets[0].rows
    assert rows
    places: dict[str, set[str]] = {}
    for row in rows:
        places.setdefault(row[1].text, set()).add(row[2].text)
    assert all(len(values) == 1 for values in places.values())
    assert all(place.endswith("=") for place in places if sum(row[1].text == place for row in rows) > 1)


@pytest.mark.feature("S2-08")
def test_specialisation_and_spread_are_told(city, client):
    panel = structure_panel(READER, asked(year=2023))
    for row in panel.sheets[0].rows[:2]:
        total = re.search(r'data-total="(\d+)"', client.get(row[1].url).content.decode())
        assert total is not None
        assert int(total[1]) == row[1].value
    assert [figure.name for figure in panel.figures][:2] == ["Ten largest applicants", "HHI"]
    assert all(figure.value for figure in panel.figures)
    heat = next(chart for chart in panel.charts if chart.key == "specialisation")
    values = [mark.value for one in heat.series for mark in one.marks if mark.value is not None]
    assert all(value > 0 for value in values)
    assert panel.sheets[0].rows


@pytest.mark.feature("S2-18")
def test_a_chart_is_a_file_from_its_permanent_link(city, client):
    html = client.get("/monitoring", headers={"accept-language": "en"}).content.decode()
    link = unescape(re.search(r'href="([^"]+chart=months&amp;as=csv)"', html)[1])
    assert "snapshot=1" in link
    answer = client.get(link)
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0].startswith("# ")
    assert any("RB-05" in row[0] for row in rows[:3])
    assert client.get(link).content == answer.content


def test_before_the_first_load_it_says_so(nothing, client):
    for page in ("", "/districts", "/benchmark", "/rankings", "/structure"):
        answer = client.get(f"/monitoring{page}", headers={"accept-language": "en"})
        assert answer.status_code == 200, page
        assert "No patents are loaded yet" in answer.content.decode(), page


@pytest.mark.parametrize(
    "query", ["region=abc", "year=12", "year=x", "boundaries=old", "field=99", "snapshot=0", "ranked=people"]
)
def test_a_broken_address_is_refused_with_a_next_step(city, client, query):
    assert client.get(f"/monitoring/rankings?{query}").status_code == 422
