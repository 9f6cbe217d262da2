"""Reading a patent out of a result: every hit of every term, counted as it stands there, and the way on."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from qiantang.corpus.register.methods.highlight import marks
from qiantang.scenarios.query.tests.test_views import page, text_of

pytestmark = pytest.mark.django_db
BATTERY = "CN201710601862"


def read(client, number=BATTERY, language="en", **given):
    return client.get(f"/search/read/{number}?{urlencode(given)}", headers={"accept-language": language})


@pytest.mark.feature("S3-12")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_whole_text_is_there_with_each_term_counted_and_in_its_colour(client, stocked, language):
    response = read(client, q="壳体 OR 装置 OR 不在其中", language=language)
    reading, record = response.context["reading"], response.context["patent"]
    content = response.content.decode()
    for place, one in enumerate(reading.terms):
        counted = sum(len(marks(text.text, (one.term,))) for text in record.texts)
        assert one.count == counted
        assert len(re.findall(rf'data-begins="(?:\d+ )*{place}(?: \d+)*"', content)) == counted
        assert (f'href="#{one.first}"' in content and f'id="{one.first}"' in content) == bool(counted)
    assert [one.count for one in reading.terms] == [3, 4, 0]
    assert reading.hits == sum(section.hits for section in reading.sections) == 7
    assert [section.key for section in reading.sections] == ["title", "abstract", "claims", "description"]
    for text in record.texts:
        for line in text.text.splitlines():
            assert "".join(line.split()) in "".join(text_of(response).split())
    if language == "en":
        assert "No source gave this part." in text_of(response)  # nobody gave the description


@pytest.mark.feature("S3-12")
@pytest.mark.parametrize("sort", ["relevance", "-AD"])
def test_from_the_list_into_the_text_and_on_to_the_next(client, stocked, sort):
    rows = page(client, ("q", "CC=CN"), ("f", 'TY=="invention"'), ("sort", sort)).context["rows"]
    for place, row in enumerate(rows):
        context = client.get(row.read_url).context
        assert (context["place"], context["around"].total) == (place + 1, len(rows))
        assert context["before_url"] == (rows[place - 1].read_url if place else None)
        assert context["after_url"] == (rows[place + 1].read_url if place + 1 < len(rows) else None)


def test_a_place_that_is_another_s_by_now_is_said_and_the_text_is_still_read(client, stocked):
    for given in ({"q": "CC=US", "at": "0"}, {"q": "CC=CN", "at": "999999"}, {"q": "TI=(", "at": "0"}):
        response = read(client, **given)
        assert response.status_code == 200
        assert response.context["moved"]
        assert "stands elsewhere in it or no more" in text_of(response)
    for at in ("x", "-1", "²", "9" * 30):
        assert read(client, q="CC=CN", at=at).context["around"] is None


def test_any_number_leads_to_the_one_address_and_markup_stays_text(client, stocked):
    assert read(client, "CN107000001A", q="电池")["Location"] == f"/search/read/{BATTERY}?q=%E7%94%B5%E6%B1%A0"
    assert read(client, "US9876543B2").status_code == 404
    assert "<script>x" not in read(client, q='"><script>x</script>').content.decode()
