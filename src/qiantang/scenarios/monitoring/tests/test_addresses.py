"""What an address must say, what it may not name, and what stays of it from one page to the next."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.monitoring.forms import question_of
from qiantang.scenarios.monitoring.rules import CITY
from qiantang.scenarios.monitoring.selectors.flows import flows_panel
from qiantang.scenarios.monitoring.selectors.holdings import places_of
from qiantang.scenarios.monitoring.selectors.peers import all_cities
from qiantang.scenarios.monitoring.types import Asked

SHANGHAI, ZHEJIANG = "310000", "330000"


def text_of(answer):
    return unescape(answer.content.decode())


@pytest.mark.feature("S2-18")
@pytest.mark.parametrize(
    ("address", "says", "there"),
    [
        ("/monitoring/records", "which indicator", "/indicators"),
        ("/monitoring/records?metric=", "which indicator", "/indicators"),
        ("/monitoring/flows/list", "origin, destination is missing", "/monitoring/flows"),
        ("/monitoring/flows/list?origin=330100", ": destination is missing", "/monitoring/flows"),
        ("/monitoring/moves/list", "which inventors are listed", "/monitoring/moves"),
    ],
)
def test_an_address_that_names_nothing_says_what_is_missing_and_leads_there(nothing, client, address, says, there):
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert f'<a class="btn btn-primary" href="{there}">' in text_of(answer)
    assert client.get(there).status_code == 200
    zh = text_of(client.get(address, headers={"accept-language": "zh-hans"}))
    assert "网址没有写明" in re.search("<h1>(.*?)</h1>", zh)[1]


def test_the_problem_of_a_list_without_indicator_has_its_code():
    with pytest.raises(Invalid, match=r"monitoring\.indicator_wanted"):
        question_of(QueryDict("region=330100"))


@pytest.mark.feature("S2-04")
@pytest.mark.parametrize(
    "address",
    [
        "/monitoring?region={}",
        "/monitoring/benchmark?peer={}",
        "/monitoring/flows/list?origin={}&destination=330100",
        "/monitoring/moves/list?way=came&city={}",
    ],
)
def test_a_municipality_is_a_city_and_another_province_is_none(nothing, client, address):
    assert client.get(address.format(SHANGHAI)).status_code == 200
    answer = client.get(address.format(ZHEJIANG), headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Zhejiang (330000) is no city" in text_of(answer)
    assert client.get(address.format("999999")).status_code == 422


@pytest.mark.feature("S2-16")
def test_a_party_of_which_only_the_province_is_known_is_in_no_city():
    assert places_of(SHANGHAI) == (SHANGHAI, None)
    assert places_of("310115") == (SHANGHAI, "310115")
    assert places_of("330106") == (CITY, "330106")
    assert places_of(ZHEJIANG) == (None, None)
    assert places_of("429004") == (None, "429004")  # Xiantao stands right below its province


def test_the_cities_of_the_choice_hold_the_four_municipalities_and_no_other_province():
    assert {code for code in all_cities() if code.endswith("0000")} == {"110000", "120000", "310000", "500000"}


@pytest.mark.feature("S2-16")
def test_the_bands_and_the_tabs_stay_with_the_snapshot_that_was_chosen(city, client):
    chosen = Asked(region=CITY, today=date(2026, 11, 26), path="/monitoring/flows", snapshot=1)
    links = flows_panel(Actor.system("test"), chosen).charts[0].links
    assert {tuple(parse_qs(urlsplit(one.url).query)["snapshot"]) for one in links} == {("1",)}
    html = text_of(client.get("/monitoring/flows?snapshot=1"))
    tabs = re.search('<ul class="qt-tabs qt-panel-tabs">(.*?)</ul>', html)[1]
    assert all(one.endswith("?snapshot=1") for one in re.findall('href="([^"]+)"', tabs))
    newest = text_of(client.get("/monitoring/flows"))
    assert "snapshot=" not in re.search('<ul class="qt-tabs qt-panel-tabs">(.*?)</ul>', newest)[1]


@pytest.mark.feature("S2-18")
def test_each_cell_of_a_table_says_its_head_for_a_phone(city, client):
    for page in ("benchmark", "flows", "network", "rankings"):
        html = text_of(client.get(f"/monitoring/{page}", headers={"accept-language": "en"}))
        for table in re.findall('<table class="qt-table qt-table-cards qt-sheet">(.*?)</table>', html, re.DOTALL):
            heads = re.findall('<th scope="col"[^>]*>(.*?)</th>', table)
            for row in re.findall('<tr>(<th scope="row">.*?)</tr>', table, re.DOTALL):
                assert re.findall('<td data-label="([^"]*)"', row) == heads[1:]


@pytest.mark.feature("S2-17")
@pytest.mark.parametrize("page", ["network", "outlook", "moves"])
def test_where_nothing_is_loaded_nothing_is_known_which_is_not_0(nothing, client, page):
    html = client.get(f"/monitoring/{page}", headers={"accept-language": "en"}).content.decode()
    assert "No patents are loaded yet." in html
    assert "qt-stat-value" not in html
