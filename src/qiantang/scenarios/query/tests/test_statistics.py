"""Statistics of a result: each figure opens as many patents as it says, and stands in the file as on the page."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest

from qiantang.scenarios.query.methods.sheets import sheet
from qiantang.scenarios.query.tests.test_views import text_of

pytestmark = pytest.mark.django_db


def statistics(client, *given, language="en", **more):
    asked = urlencode([*given, *more.items()])
    return client.get(f"/search/statistics?{asked}", headers={"accept-language": language})


def file(client, **given):
    response = client.get("/search/statistics.csv?" + urlencode(given), headers={"accept-language": "en"})
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    about = [line[0] for line in lines if line[0].startswith("# ")]
    return about, lines[len(about)], lines[len(about) + 1 :]


def total(client, url):
    return client.get(url).context["result"].total


@pytest.mark.feature("S3-18")
@pytest.mark.parametrize("given", [{}, {"q": "电池 OR cooling"}, {"q": "CC=CN", "f": 'NOT TY=="design"'}])
def test_every_figure_of_the_page_opens_as_many_patents(client, stocked, given):
    response = statistics(client, **given)
    told = response.context["told"]
    assert told.total == total(client, response.context["list_url"])
    for table in (response.context["years_table"], *response.context["tables"]):
        for row in (*table.rows, *([table.unknown] if table.unknown else [])):
            assert total(client, row.url) == row.count > 0, (table.key, row)
        counted = sum(row.count for row in table.rows) + (table.unknown.count if table.unknown else 0)
        assert counted >= told.total if table.several else counted == told.total
    for bar in response.context["years"].bars:
        assert total(client, bar.url) == bar.count


@pytest.mark.feature("S3-18")
@pytest.mark.parametrize("pair", [("PA", "AY"), ("AY", "IC"), ("CI", "LS")])
def test_every_cell_of_two_fields_opens_as_many_patents_and_is_in_the_file(client, stocked, pair):
    response = statistics(client, q="CC=CN", rows=pair[0], columns=pair[1])
    crossed = response.context["crossed"]
    for row in crossed.rows:
        assert total(client, row.head.url) == row.head.count
        for cell in row.cells:
            assert total(client, cell.url) == cell.count
    about, head, lines = file(client, q="CC=CN", rows=pair[0], columns=pair[1])
    assert about == ["# Query: CC=CN", f"# Patents: {crossed.total}", "# Snapshot: 1"]
    assert head[2:] == [one.label for one in crossed.columns]
    assert [[int(cell) for cell in line[1:]] for line in lines] == [
        [row.head.count, *(cell.count for cell in row.cells)] for row in crossed.rows
    ]


@pytest.mark.feature("S3-18")
@pytest.mark.parametrize("by", ["PA", "AY", "LS", "IN"])
def test_the_file_of_a_table_has_its_figures(client, stocked, by):
    response = statistics(client, q="电池")
    tables = {table.key: table for table in (response.context["years_table"], *response.context["tables"])}
    rows = [*tables[by].rows, *([tables[by].unknown] if tables[by].unknown else [])]
    _, _, lines = file(client, q="电池", by=by)
    assert lines == [[row.label, row.value, str(row.count)] for row in rows]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_found_a_slip_and_an_empty_register_are_pages(client, stocked, empty, settings, language):
    assert statistics(client, language=language).status_code == 200  # the home is an empty one now
    settings.QIANTANG_HOME = stocked
    assert statistics(client, q="甲乙丙丁", language=language).status_code == 200
    assert statistics(client, q="TI=(", language=language).status_code == 400
    for given in ({"rows": "TI", "columns": "AY"}, {"rows": "AY", "columns": "AY"}):
        assert statistics(client, language=language, **given).status_code == 422
    assert client.get("/search/statistics.csv?by=TI").status_code == 422
    told = statistics(client, q="TI=泵", language=language)
    assert "TI=泵" in text_of(told)


def test_no_cell_of_a_file_is_a_formula():
    text = sheet(["=about"], ["a"], [["=1+1"], ["@x"], ["-2"], [-2]])
    assert text.lstrip("\ufeff").split("\r\n") == ["# =about", "a", "'=1+1", "'@x", "'-2", "-2", ""]
