"""A firm at a glance: its place in the chains, its rivals, its patents that count; every number is a search."""

from __future__ import annotations

import pytest
from django.utils import translation

from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Limited, NotFound
from qiantang.scenarios.navigation.selectors import chains, firm

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S4-18")]


def asked(url):
    from urllib.parse import parse_qs, urlsplit

    return chains.count_of(parse_qs(urlsplit(url).query)["q"][0])


def test_a_firm_sees_where_it_stands_and_every_number_is_a_search(land, monkeypatch):
    with translation.override("zh-hans"):
        page = firm.firm_page(Actor.public(), "钱潮药业")
    assert (page.total.count, page.snapshot) == (10, 1)
    assert page.in_force.count == asked(page.in_force.url)
    names = {one.name: one for one in page.nodes}
    assert names["免疫分析"].own.count == 2
    for node in page.nodes:
        assert (asked(node.own.url), asked(node.all.url)) == (node.own.count, node.all.count)
        assert all(asked(one.url) == one.count for one in node.rivals)
        assert "钱潮药业" not in {one.label for one in node.rivals}
    assert sum(one.count for one in page.years) == 10
    assert all(asked(one.url) == one.count for one in page.years)
    assert all(row["reasons"] for row in page.keys)
    assert {one.label for one in page.citing} <= {"西溪生物", "金陵药业", "石城制药", "西溪大学"}
    assert page.citing
    monkeypatch.setattr("qiantang.scenarios.navigation.selectors.firm.MOST_FIRM", 5)
    with pytest.raises(Limited, match="firm_large"):
        firm.firm_page(Actor.public(), "钱潮药业")
    with pytest.raises(NotFound, match="firm_unknown"):
        firm.firm_page(Actor.public(), "没有这家")


def test_the_page_asks_answers_and_refuses(land, client):
    assert client.get("/navigation/firm").status_code == 200
    page = client.get("/navigation/firm?name=钱潮药业", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Who else is there" in page.content.decode()
    unknown = client.get("/navigation/firm?name=没有这家", headers={"accept-language": "en"})
    assert unknown.status_code == 404
    assert "没有这家" in unknown.content.decode()
