"""The world, other rights, published tables, and rankings by kind of applicant: what other bodies state beside what we count."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from qiantang.commons.accounts.api import create_account
from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.api import measure
from qiantang.commons.metrics.types import Dimension, Question
from qiantang.corpus.measures.methods.holders import HolderKind, holder_kind
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor, Channel
from qiantang.scenarios.monitoring.api import ranked_panel
from qiantang.scenarios.monitoring.rules import CITY
from qiantang.scenarios.monitoring.selectors.other_rights import other_rights_panel
from qiantang.scenarios.monitoring.selectors.reconciliation import reconciliation_panel
from qiantang.scenarios.monitoring.selectors.world import world_panel
from qiantang.scenarios.monitoring.types import Asked, Ranked

TODAY = date(2026, 11, 26)
READER = Actor.system("test", Channel.COMMAND)
SHEET = (
    "series,region,period,value,unit\n"
    "geographical_indications,330100,2022,21,件\ngeographical_indications,330100,2023,24,件\n"
    "geographical_indications,nowhere,2023,1,件\n"
)


def asked(**more):
    return Asked(region=CITY, today=TODAY, path="/monitoring", **more)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.feature("S2-09")
def test_an_industry_in_the_world_adds_up_and_knows_the_citys_part(city):
    panel = world_panel(READER, asked())
    chosen = next(choice.value for choice in panel.controls[0].choices if choice.chosen)
    only = ((Dimension.INDUSTRY, chosen),)
    world, ours = (measure(Question(metric="PAT-01", only=only, region=region)).value for region in (None, CITY))
    told = {figure.name: figure.value for figure in panel.figures}
    assert told["Patents in the register"] == f"{world:,}"
    assert told["Of these of the city"] == f"{ours:,}"
    assert told["Share of the city"] == f"{ours / world:.2%}"
    offices = next(chart for chart in panel.charts if chart.key == "offices")
    assert sum(region.value for region in offices.regions) == world
    assert len(panel.controls[0].choices) >= 6


@pytest.mark.feature("S2-10")
@pytest.mark.parametrize(
    ("ranked", "kind"), [(Ranked.COMPANY, HolderKind.ENTERPRISE), (Ranked.UNIVERSITY, HolderKind.UNIVERSITY)]
)
def test_rankings_of_companies_and_universities_hold_no_others(city, ranked, kind):
    panel = ranked_panel(READER, asked(year=2022, ranked=ranked))
    rows = panel.sheets[0].rows
    assert rows
    named = [holder_kind(row[0].text) for row in rows if row[0].text.isascii() is False]
    assert named.count(kind) >= 0.8 * len(named)  # a joint application counts for every applicant of it
    assert "harmonised" in panel.lead


@pytest.mark.feature("S2-10")
def test_industries_are_ranked_and_a_ranking_narrows_to_a_field(city):
    assert len(ranked_panel(READER, asked(year=2022, ranked=Ranked.INDUSTRY)).sheets[0].rows) >= 5
    every = ranked_panel(READER, asked(year=2022, ranked=Ranked.DISTRICT)).sheets[0].rows
    narrow = ranked_panel(READER, asked(year=2022, ranked=Ranked.DISTRICT, only_field="6")).sheets[0].rows
    assert sum(int(row[2].text) for row in narrow) < sum(int(row[2].text) for row in every)


@pytest.mark.feature("S2-10")
def test_parks_are_ranked_by_the_addresses_that_name_them(city, client):
    """Every number is that of the addresses, and opens its patents; those that name no park are told."""
    ask = asked(year=2022, ranked=Ranked.PARK, metric="C-01")
    panel = ranked_panel(READER, ask)
    rows = panel.sheets[0].rows
    assert len(rows) >= 3
    assert any(row[0].text == "Future Sci-Tech City" for row in rows)
    told = metrics.measure(
        metrics.question_from({"metric": "C-01", "region": CITY, "from": "2022", "to": "2022", "by": "park"})
    )
    assert told.value == sum(point.value for point in told.series)
    bare = next(point.value for point in told.series if point.key == (None,))
    assert f"{bare} patents name none" in panel.lead
    records = register.get_many(metrics.records(told.question, size=200, cursor=None).ids).values()
    future = [one for one in records if any("未来科技城" in (party.address or "") for party in first_of(one))]
    named = {row[0].text: (int(row[2].text), row[2].url) for row in rows}
    assert named["Future Sci-Tech City"][0] == len(future) > 0
    opened = client.get(named["Future Sci-Tech City"][1]).content.decode()
    assert f'data-total="{len(future)}"' in opened


def first_of(record):
    """The first applicant."""
    found = sorted((one for one in record.parties if one.role == "applicant"), key=lambda one: one.position)
    return found[:1]


@pytest.mark.feature("S2-23")
def test_an_input_sheet_stands_on_the_time_axis_with_its_source(city, client):
    create_account(actor=READER, username="op", display_name="op", password="long-enough-secret", roles=["operator"])
    sheet = {
        "sheet": SimpleUploadedFile("gi.csv", SHEET.encode()),
        "title": "Indications",
        "source": "Bureau",
        "as_of": "2024-02-01",
    }
    refused = client.post("/monitoring/other-rights/sheets", sheet)
    assert refused.status_code in {302, 403}
    client.login(username="op", password="long-enough-secret")
    keys = {chart.key for chart in other_rights_panel(READER, asked()).charts}
    assert "rb-14-gi" not in keys  # asked before, and not remembered as not known
    sheet["sheet"] = SimpleUploadedFile("gi.csv", SHEET.encode())
    assert client.post("/monitoring/other-rights/sheets", sheet).status_code == 302
    panel = other_rights_panel(READER, asked())
    chart = next(chart for chart in panel.charts if chart.key == "rb-14-gi")
    told = dict(zip(chart.labels, chart.series[0].marks, strict=True))
    assert told["2023"].value == 24
    assert told["2022"].value == 21
    assert told["2021"].value is None
    assert [cell.text for cell in panel.sheets[0].rows[0]][:5] == ["Indications", "Bureau", "2024-02-01", "2", "1"]
    assert client.post("/monitoring/other-rights/sheets", {"title": "x"}).status_code == 422


@pytest.mark.feature("S2-06")
def test_a_list_of_awarded_patents_is_handed_in_on_the_page_and_counts_from_then_on(city, client):
    create_account(actor=READER, username="op", display_name="op", password="long-enough-secret", roles=["operator"])
    ask = {"metric": "RB-01", "region": CITY, "to": "2023"}
    chosen = metrics.all_records(metrics.question_from(ask))[0]
    number = register.get_many([chosen])[chosen].number_shown
    lines = f"number,day,reference\n{number},2023-06-30,China Patent Award (Gold)\n"
    sheet = {"title": "Awards", "source": "CNIPA", "as_of": "2023-12-31", "holds": "award"}
    client.login(username="op", password="long-enough-secret")
    assert "award" in client.get("/monitoring/other-rights?year=2012").content.decode()
    before = metrics.measure(metrics.question_from(ask | {"metric": "HV.award"}))
    assert (before.value, before.reason) == (None, "not_kept")
    given = sheet | {"sheet": SimpleUploadedFile("a.csv", lines.encode())}
    assert client.post("/monitoring/other-rights/sheets", given).status_code == 302
    told = metrics.measure(metrics.question_from(ask | {"metric": "HV.award"}))
    assert (told.value, told.at_least) == (1, False)
    assert list(metrics.all_records(told.question)) == [chosen]
    rows = [[cell.text for cell in row] for row in other_rights_panel(READER, asked(year=2012)).sheets[0].rows]
    (shown,) = [row for row in rows if row[0].startswith("Awards · ")]
    assert shown[1:5] == ["CNIPA", "2023-12-31", "1", "0"]
    more = "number,day,reference\nCN999999999A,2023-06-30,x\n"
    given = sheet | {"sheet": SimpleUploadedFile("b.csv", more.encode())}
    answer = client.post("/monitoring/other-rights/sheets", given, follow=True, headers={"accept-language": "zh-hans"})
    assert "库中没有此号专利" in answer.content.decode()
    wrong = sheet | {"holds": "prize", "sheet": SimpleUploadedFile("a.csv", lines.encode())}
    assert client.post("/monitoring/other-rights/sheets", wrong).status_code == 422


@pytest.mark.feature("S2-20")
def test_published_tables_stand_beside_ours_with_the_rule_that_explains(city, client):
    panel = reconciliation_panel(READER, asked())
    rows = panel.sheets[0].rows
    assert len(rows) == 13 * 4
    for row in rows:
        stated, ours, difference = (cell.text.replace(",", "") for cell in row[2:5])
        assert int(difference) == int(ours) - int(stated)
        assert row[5].text
    assert "synthetic" in rows[0][5].text
    counted = [row[3] for row in rows if row[3].value]
    assert all(cell.url for cell in counted)
    for cell in counted[::20]:
        total = re.search(r'data-total="(\d+)"', client.get(cell.url).content.decode())
        assert int(total[1]) == cell.value
    assert client.get("/monitoring/reconciliation", headers={"accept-language": "en"}).status_code == 200
