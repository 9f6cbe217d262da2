"""Cities beside each other: from the register, from tables, in every set; and what a table of a page is as a file."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.utils import translation

from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import Dimension, Question
from qiantang.commons.refdata.api import regions
from qiantang.corpus.register.tests.factories import Bench
from qiantang.corpus.register.types import Event, Observation, Party, Publication
from qiantang.kernel.actor import Actor
from qiantang.scenarios.monitoring.api import benchmark_panel, city_panel, district_panel, ranked_panel
from qiantang.scenarios.monitoring.rules import CITY, PER_HEAD
from qiantang.scenarios.monitoring.selectors import beside
from qiantang.scenarios.monitoring.selectors.flows import flows_panel
from qiantang.scenarios.monitoring.selectors.outlook import outlook_panel
from qiantang.scenarios.monitoring.selectors.peers import compared
from qiantang.scenarios.monitoring.selectors.world import world_panel
from qiantang.scenarios.monitoring.types import Asked, CitySet, Ranked

TODAY = date(2026, 11, 26)
READER = Actor.system("test")


def asked(**more):
    return Asked(region=CITY, today=TODAY, path="/monitoring", **more)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def granted_in_hangzhou(row):
    told = Observation(row=row, office="CN", as_of=date(2024, 6, 1), type="invention")
    told.filing_date = date(2021, 1, row)
    told.publications.append(Publication(f"CN1100{row:05d}", "B", date(2023, 5, 1)))
    told.events.append(Event("GR01", date(2023, 5, 1), date(2023, 5, 1), None))
    told.parties.append(Party("applicant", 1, "杭州甲公司", "CN", "浙江省杭州市西湖区文三路1号", None))
    return told


@pytest.mark.feature("S2-04")
def test_a_city_that_the_register_does_not_hold_has_the_number_of_a_table_and_never_zero(tmp_path, settings, db):
    """A house that loads only its own patents would else lead every comparison against zeros."""
    settings.QIANTANG_HOME = tmp_path
    Bench(tmp_path).load(("first", [granted_in_hangzhou(row) for row in (1, 2, 3)]))
    table = "series,region,period,value,unit\ngrants_invention,310000,2023,4,件\n"
    operator = Actor(person_id=None, name="lu", roles=frozenset({"operator"}))
    metrics.import_figures(actor=operator, content=table.encode(), title="t", source="s", as_of=date(2024, 2, 1))
    told = beside.cities_of(asked(), "RB-05", 2023, (CITY, "310000", "320500"))
    assert {code: (one.value, one.origin) for code, one in told.cities.items()} == {
        CITY: (3, "register"),
        "310000": (4, "table"),
        "320500": (None, "none"),
    }
    assert told.cities["320500"].reason == "not_covered"
    under = beside.values_by_rule(asked(), "RB-05", 2023, told)
    assert set(under) == {"first", "whole", "fractional", "filed"}
    assert all(values == {CITY: 3, "310000": 4, "320500": None} for values in under.values())
    panel = benchmark_panel(READER, asked(year=2023, peers=("310000", "320500")))
    rows = {row[0].text: [cell.text for cell in row] for row in panel.sheets[0].rows}
    assert rows["Shanghai"][1:3] == ["1", "4"]
    assert rows["Shanghai"][-1] == "imported table · 2024-02-01"
    assert rows["Hangzhou"][1:4] == ["2", "3", "1"]
    assert rows["Suzhou"][1:3] == ["", ""]
    assert any("Suzhou" in note and "without a rank" in note for note in panel.notes)


@pytest.mark.feature("S2-04")
def test_per_head_growth_and_places_gained_stand_beside_each_count(city):
    panel = benchmark_panel(READER, asked(year=2021, metric="RB-05"))
    head = panel.sheets[0].head
    rows = {row[0].text: dict(zip(head, (cell.text for cell in row), strict=True)) for row in panel.sheets[0].rows}
    ours = rows["Hangzhou"]
    grants = metrics.measure(Question(metric="RB-05", region=CITY, first=2021, last=2021)).value
    people = metrics.figures.stated("population", CITY, 2020).value
    assert ours["Per 10,000 people"] == f"{grants / people * 10_000:.2f}"
    assert re.fullmatch(r"[+-]\d+|0", ours["Places gained"])
    assert any("residents at the end of 2020" in note and "census" in note for note in panel.notes)
    known = {one.id for one in metrics.metrics()}
    assert set(PER_HEAD) | set(PER_HEAD.values()) <= known


@pytest.mark.feature("S2-04")
def test_a_rank_is_told_in_every_set_of_cities(city, client):
    sizes = {among: len(compared((), among)) for among in CitySet}
    assert sizes == {CitySet.PICKED: 13, CitySet.CAPITALS: 27, CitySet.SUB_PROVINCIAL: 15, CitySet.PROVINCE: 11}
    assert all(code in regions() for among in CitySet for code in compared((), among))
    panel = benchmark_panel(READER, asked(year=2022, among=CitySet.PROVINCE))
    assert {row[0].text for row in panel.sheets[0].rows} >= {"Hangzhou", "Ningbo", "Wenzhou"}
    assert len(panel.sheets[0].rows) == 11
    standing = {row[0].text: row for row in panel.sheets[1].rows}
    ours = next(row for row in panel.sheets[0].rows if row[0].text == "Hangzhou")
    assert standing["cities of the province"][1].text == ours[1].text == "1"
    assert standing["provincial capitals"][4].text == "27"
    html = client.get("/monitoring/benchmark?among=capitals", headers={"accept-language": "en"}).content.decode()
    assert "beside 26 cities" in html
    assert client.get("/monitoring/benchmark?among=x").status_code == 422


@pytest.mark.feature("S2-09")
def test_origins_of_an_industry_add_up_to_the_world(city):
    panel = world_panel(READER, asked())
    chosen = next(choice.value for choice in panel.controls[0].choices if choice.chosen)
    told = metrics.measure(Question(metric="PAT-01", only=((Dimension.INDUSTRY, chosen),), by=(Dimension.ORIGIN,)))
    assert sum(point.value for point in told.series) == told.value
    chart = next(one for one in panel.charts if one.key == "origins")
    assert len(chart.labels) >= 3
    assert "China" in chart.labels
    assert not {"WO", "EP"} & {point.key[0] for point in told.series}


@pytest.mark.feature("S2-10")
def test_a_ranking_narrows_to_a_key_industry(city, client):
    chosen = ranked_panel(READER, asked(year=2022)).controls[3].choices[1].value
    narrow = ranked_panel(READER, asked(year=2022, ranked=Ranked.COMPANY, industry=chosen))
    every = ranked_panel(READER, asked(year=2022, ranked=Ranked.COMPANY))
    total = [sum(int(row[2].text) for row in one.sheets[0].rows) for one in (narrow, every)]
    assert 0 < total[0] < total[1]
    opened = client.get(narrow.sheets[0].rows[0][2].url).content.decode()
    assert f'data-total="{narrow.sheets[0].rows[0][2].text}"' in opened
    assert client.get("/monitoring/rankings?industry=x").status_code == 422


@pytest.mark.feature("S2-02")
def test_districts_a_head_are_no_parts_of_the_city(city):
    panel = district_panel(READER, asked(metric="RB-02"))
    assert panel.title.endswith("2021")  # the one year before which a census tells the people of every district
    assert panel.sheets[0].head == ("District", "Effective inventions per 10,000 inhabitants", "On the year before")
    value = next(row[1].text for row in panel.sheets[0].rows if row[0].text == "Xihu")
    stock = metrics.measure(Question(metric="RB-01", region="330106", last=2021)).value
    assert value == f"{stock / 1_112_992 * 10_000:.2f}"
    assert "add up" not in panel.notes[0]


@pytest.mark.feature("S2-01")
def test_region_and_year_are_chosen_on_the_page(city):
    region, year = city_panel(READER, asked(year=2022)).controls
    assert [one.value for one in region.choices][:2] == [CITY, "330102"]
    assert len(region.choices) == 14
    assert [one.value for one in year.choices if one.chosen] == ["2022"]


@pytest.mark.feature("S2-18")
def test_every_table_is_a_file_with_all_its_rows(city, client, monkeypatch):
    monkeypatch.setattr("qiantang.scenarios.monitoring.selectors.ranked.ROWS_SHOWN", 5)
    html = client.get(
        "/monitoring/rankings?ranked=applicant&year=2022", headers={"accept-language": "en"}
    ).content.decode()
    link = unescape(re.search(r'href="([^"]*sheet=1&amp;[^"]*)"', html)[1])
    assert "snapshot=1" in link
    answer = client.get(link, headers={"accept-language": "en"})
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0].startswith("# Cite as: Rankings, 2022")
    data = [row for row in rows if not row[0].startswith("#")]
    assert data[0] == ["Applicant", "Rank", "Invention grants", "Behind the next"]
    applicants = metrics.measure(
        Question(metric="RB-05", region=CITY, first=2022, last=2022, by=(Dimension.APPLICANT,))
    )
    assert len(data) - 1 == len([one for one in applicants.series if one.key[0]]) > 10
    assert html.count('<th scope="row">') >= 5  # of the page; the twin of the chart beside it
    assert all(row[2].isdecimal() for row in data[1:])


@pytest.mark.feature("S2-18")
def test_the_file_of_a_list_is_of_what_the_list_is_of(city, client):
    chart = flows_panel(READER, asked()).charts[0]
    page = client.get(chart.links[0].url, headers={"accept-language": "en"}).content.decode()
    link = unescape(re.search(r'href="([^"]*sheet=1&amp;as=csv)"', page)[1])
    rows = list(csv.reader(io.StringIO(client.get(link).content.decode("utf-8-sig"))))
    assert len([row for row in rows if row and not row[0].startswith("#")]) - 1 == chart.links[0].value > 0


@pytest.mark.feature("S2-15")
def test_an_outlook_that_is_linked_looks_ahead_from_the_same_day(city, client):
    first = outlook_panel(READER, asked())
    link = first.charts[0].citation.permalink
    assert "day=2026-11-26" in link
    later = outlook_panel(READER, Asked(region=CITY, today=date(2027, 6, 1), day=TODAY, path="/monitoring"))
    assert later.charts[0].labels == first.charts[0].labels
    assert later.charts[0].series == first.charts[0].series
    assert later.charts[1].series == first.charts[1].series
    assert client.get("/monitoring/outlook?day=soon").status_code == 422
