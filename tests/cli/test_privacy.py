"""Streets of private persons leave by no door; only the district is told."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qiantang.cli.main import main
from qiantang.corpus.register import api
from qiantang.corpus.register.methods.privacy import may_show_address
from qiantang.corpus.register.selectors.records import statements_of
from qiantang.corpus.register.tests.conftest import home
from qiantang.corpus.register.tests.shelf import File, seen, stock
from qiantang.corpus.register.types import Event, Party, SearchRequest

__all__ = ["home"]  # the fixture of an empty home

STREET, POSTCODE, MOVED = "隐秘巷99号", "310099", "无名里"
ID = "CN201710601862"


def private_patent(row=1, claims=None):
    made = seen(
        row,
        ("CN107000001", "A", "2018-01-12"),
        title="一种泵",
        names=(),
        application_number="CN201710601862.3",
        filing_date=date(2017, 7, 21),
        claim_count=claims,
    )
    address = f"浙江省杭州市西湖区{STREET}"
    made.parties += [
        Party("applicant", 1, "章湖墅", None, address, POSTCODE),
        Party("applicant", 2, "钱潮甲有限公司", None, "浙江省杭州市滨江区大路1号", "310051"),
        Party("inventor", 1, "沈文晖公司", None, address, POSTCODE),
    ]
    made.events.append(Event("CP02", date(2021, 5, 6), date(2021, 5, 6), f"变更前地址：{MOVED}3号"))
    return made


@pytest.mark.feature("X-31")
@pytest.mark.parametrize(
    ("role", "name", "shown"),
    [
        ("applicant", "钱潮甲有限公司", True),
        ("applicant", "西溪理工大学(滨江)", True),
        ("holder", "Qianchao Works Co., Ltd.", True),
        ("applicant", "章湖墅", False),
        ("applicant", "Zhang Hushu", False),
        ("applicant", "钱潮", False),
        ("inventor", "钱潮甲有限公司", False),
    ],
)
def test_only_who_is_surely_a_body_has_an_address_to_show(role, name, shown):
    assert may_show_address(role, name) is shown


@pytest.fixture
def private(home):
    """One patent that two sources tell of, so that what each said is kept as well."""
    return stock(home, File("a", [private_patent()]), File("b", [private_patent(claims=3)], rank=4))


@pytest.mark.feature("X-31")
@pytest.mark.django_db
def test_no_door_tells_a_street_of_a_private_person(private, client, capsys):
    record = api.get(ID)
    pages = (f"/patents/{ID}", f"/patents/{ID}?on=2022-01-01", "/search?q=泵", "/coverage")
    commands = (["patent", ID, "--json"], ["patent", ID], ["search", "泵", "--json"])
    told = [str(record), str(api.get_many([ID])), str(statements_of(record)), str(api.search(SearchRequest("泵")))]
    told += [client.get(address).content.decode() for address in pages]
    for words in commands:
        main(words)
        told.append(capsys.readouterr().out)
    for text in told:
        assert len(text) > 50  # a door that says nothing proves nothing
        assert not [word for word in (STREET, POSTCODE, MOVED) if word in text]
    assert api.search(SearchRequest(STREET)).total == 0
    assert json.loads(told[-len(commands)])["region"]["code"] == "330106"


@pytest.mark.feature("X-31")
def test_a_body_keeps_its_address_and_a_person_the_district(private):
    record = api.get(ID)
    assert [(p.name, p.address, p.postcode) for p in record.parties if p.role == "applicant"] == [
        ("章湖墅", None, None),
        ("钱潮甲有限公司", "浙江省杭州市滨江区大路1号", "310051"),
    ]
    assert (record.region_code, record.region_rule) == ("330106", "district")


@pytest.mark.feature("X-31")
def test_the_register_still_knows_where_a_person_lives(private):
    """Places are worked out again whenever another source arrives: what is hidden is not lost."""
    _, opened = private.current()
    held = [row for batch in opened.scan("records", ["parties"]) for row in batch.column(0).to_pylist()]
    assert STREET in str(held)
