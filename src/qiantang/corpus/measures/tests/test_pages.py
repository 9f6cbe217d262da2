"""The pages of the indicators."""

from __future__ import annotations

import csv
import io
import re

import pytest

from qiantang.commons.metrics import api
from qiantang.commons.metrics.types import Question


def text(response):
    return response.content.decode()


def test_the_dictionary_lists_every_indicator_once_with_a_link(client, counted):
    page = text(client.get("/indicators"))
    links = re.findall(r'href="/indicators/([^"]+)"', page)
    assert sorted(links) == sorted(one.id for one in api.metrics())


@pytest.mark.feature("S2-05")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_of_an_indicator_shows_definition_value_series_and_opens_as_many_records(client, counted, language):
    one = api.metric("RB-01")
    page = text(client.get("/indicators/RB-01?region=330100&to=2018", headers={"accept-language": language}))
    assert one.definition.told(language).split("。")[0].split("’")[0][:40] in page.replace("&#x27;", "'")
    assert one.formula.told(language) in page
    assert one.source.told(language) in page
    found = re.search(r'href="(/indicators/RB-01/records\?[^"]+)"', page)
    records = text(client.get(found[1].replace("&amp;", "&")))
    assert (
        len(set(re.findall(r'href="/patents/([^"]+)"', records)))
        == api.measure(Question(metric="RB-01", region="330100", last=2018)).value
        == 3
    )


def test_what_is_not_known_says_why_and_shows_no_zero(client, counted):
    page = text(client.get("/indicators/RB-13?region=330100", headers={"accept-language": "en"}))
    assert api.telling.measurement(api.measure(Question(metric="RB-13", region="330100")))["reason_text"] in page
    assert 'data-testid="reason"' in page


def test_the_file_has_a_line_to_quote_it_and_a_link_to_its_snapshot(client, counted):
    answer = client.get(
        "/indicators/C-01/series.csv?region=330100&by=district&snapshot=1", headers={"accept-language": "en"}
    )
    rows = list(csv.reader(io.StringIO(text(answer).lstrip("\ufeff"))))
    assert "snapshot=1" in rows[0][0]
    assert "C-01" in rows[0][0]
    assert ["330106", "Xihu", "4", ""] in rows


def test_every_page_opens_for_every_indicator(client, counted):
    for one in api.metrics():
        assert client.get(f"/indicators/{one.id}").status_code == 200


def test_an_unknown_indicator_or_word_is_refused(client, counted):
    assert client.get("/indicators/X-1").status_code == 404
    assert client.get("/indicators/RB-01?by=colour").status_code == 422


@pytest.mark.feature("S2-07")
def test_the_way_to_count_classes_and_the_table_of_industries_are_chosen_on_the_page(client, counted):
    page = text(client.get("/indicators/PAT-01?by=industry&classes=fractional&scheme=sei"))
    for name, value in (("classes", "fractional"), ("scheme", "sei")):
        chosen = re.search(rf'<select[^>]* name="{name}">(.*?)</select>', page, re.DOTALL)[1]
        assert re.findall(r'value="(\w+)" selected', chosen) == [value]
    assert 'name="classes"' not in text(client.get("/indicators/RB-02"))
