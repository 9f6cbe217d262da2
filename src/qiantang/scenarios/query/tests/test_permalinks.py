"""Permanent links: what a query gave then, told for good; what is new and gone since, told as far as it is known."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from io import BytesIO
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from qiantang.corpus.register import api as register
from qiantang.corpus.register.api import upkeep
from qiantang.corpus.register.tests.shelf import File, everything, seen, stock
from qiantang.scenarios.query.selectors import permalinks
from qiantang.scenarios.query.selectors.permalinks import Pinned
from qiantang.scenarios.query.tests.test_views import text_of
from qiantang.scenarios.query.types import DeskRequest

pytestmark = pytest.mark.django_db


def link_of(client, **given):
    made = client.get("/search/permalink/new?" + urlencode(given, doseq=True))
    assert made.status_code == 302
    return made["Location"]


def opened(client, link):
    return client.get(link, headers={"accept-language": "en"})


def part(link, name):
    return link.replace("/search/permalink?", f"/search/permalink/{name}?")


def later():
    return File(
        "later",
        [
            seen(2, ("CN106000002", "A", "2017-01-04"), title="一种散热板", filing_date=date(2016, 6, 1)),
            seen(9, ("CN112000009", "A", "2021-05-15"), title="液冷板", filing_date=date(2020, 9, 9)),
        ],
        rank=1,
    )


@pytest.mark.feature("S3-17")
def test_a_link_says_what_was_and_after_a_load_what_is_new_and_gone(client, empty):
    stock(empty, *everything())
    link = link_of(client, q="液冷板", f=['CC=="CN"'])
    page = opened(client, link)
    assert page.context["same"]
    assert page.context["statement"].total == 1
    assert page.context["link"] == f"http://testserver{link}"
    stock(empty, later())
    page = opened(client, link)
    assert (page.context["statement"].total, page.context["found"].now.snapshot) == (1, 2)
    assert page.context["exact"]
    assert not page.context["same"]
    assert [one for one, _ in page.context["new"].shown] == ["CN-P112000009"]
    assert [one for one, _ in page.context["gone"].shown] == ["CN202210851408"]
    assert "The list of then was found again exactly" in text_of(page)
    assert client.get(page.context["search_url"]).context["result"].total == page.context["found"].now.total


@pytest.mark.feature("S3-17")
def test_the_list_has_the_digest_of_the_statement_also_after_a_load(client, empty):
    stock(empty, *everything())
    link = link_of(client, q="冷却 OR 液冷板")
    before = client.get(part(link, "list")).content
    statement = client.get(part(link, "statement")).json()
    assert sha256(before).hexdigest() == statement["ids_sha256"]
    assert len(before.splitlines()) == statement["total"] > 2
    assert statement["canonical"] == "冷却 OR 液冷板"
    stock(empty, later())
    assert client.get(part(link, "list")).content == before


@pytest.mark.feature("S3-17")
def test_where_the_snapshot_is_gone_the_statement_stands_and_a_kept_list_tells_the_difference(client, empty):
    stock(empty, *everything())
    link = link_of(client, q="液冷板 OR 泵")
    kept = client.get(part(link, "list")).content
    stock(empty, later())
    upkeep.prune(register.register(), keep=1)
    page = opened(client, link)
    assert "The snapshot of then is no longer kept" in text_of(page)
    assert (page.context["exact"], page.context["new"]) == (False, None)
    assert client.get(part(link, "list")).status_code == 422
    compared = client.post(link, {"list": _file(kept)}, headers={"accept-language": "en"})
    assert [one for one, _ in compared.context["new"].shown] == ["CN-P112000009"]
    assert [one for one, _ in compared.context["gone"].shown] == ["CN202210851408"]
    wrong = client.post(link, {"list": _file(kept + b"X\n")}, headers={"accept-language": "en"})
    assert wrong.status_code == 422
    assert "This is not the list of this link" in text_of(wrong)
    assert client.post(link).status_code == 422


def _file(content):
    file = BytesIO(content)
    file.name = "list.txt"
    return file


@pytest.mark.feature("S3-17")
def test_a_statement_that_was_changed_is_refused(client, stocked):
    link = link_of(client, q="电池")
    word = parse_qs(urlsplit(link).query)["c"][0]
    for damaged in ("", "x", word[:-1], word.replace(word[5], "A" if word[5] != "A" else "B", 1)):
        for name in ("", "/list", "/statement"):
            response = client.get(f"/search/permalink{name}?" + urlencode({"c": damaged}))
            assert response.status_code == 422
    assert client.get("/search/permalink/new?q=TI%3D%28").status_code == 422
    assert client.get("/search/permalink/new?f=x").status_code == 422


def test_a_query_for_a_party_says_that_its_names_are_those_of_today(client, stocked):
    assert not opened(client, link_of(client, q='PA=钱潮甲厂 AND "AH=x"')).context["names_of_today"]
    for text in ("AH=钱潮甲厂", "泵 OR NOT (申请人归一==x AND 电池)"):
        assert permalinks.names_of_today(Pinned(DeskRequest(text), 1, 0, "", ""))
