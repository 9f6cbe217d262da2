"""Dealings with a right as published, the panel on the patent page, and how rights ended."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register import api
from qiantang.corpus.register.methods.dealings import DEALING_KINDS, dealings
from qiantang.corpus.register.selectors.desk.endings import protected_elsewhere
from qiantang.corpus.register.tests.shelf import File, battery, seen, stock
from qiantang.corpus.register.types import Event
from qiantang.kernel.legalstatus import Bucket, EventKind, Status, bucket

K = EventKind


@pytest.mark.feature("S3-22")
@pytest.mark.parametrize(
    ("office", "code", "text", "kind", "parties", "number"),
    [
        (
            "CN",
            "TR01",
            "专利权的转移；登记生效日：2020.01.02；变更前权利人：钱潮甲厂；变更后权利人：西溪乙厂",
            K.TRANSFER,
            [("from", "钱潮甲厂"), ("to", "西溪乙厂")],
            None,
        ),
        (
            "CN",
            "专利权的转移",
            "专利权的转移\n登记生效日:20170206\n变更事项:专利权人\n变更前:甲\n变更后:乙\n变更事项:地址\n变更前:丙路1号\n变更后:丁路2号",
            K.TRANSFER,
            [("from", "甲"), ("to", "乙")],
            None,
        ),
        (
            "CN",
            "EE01",
            "专利实施许可合同备案的生效；合同备案号：X2019990000001；让与人：甲；受让人：乙；许可种类：普通许可",
            K.LICENCE_ON,
            [("licensor", "甲"), ("licensee", "乙")],
            "X2019990000001",
        ),
        (
            "CN",
            "PE01",
            "专利权质押合同登记的生效；登记号：Y2020990000001；出质人：甲；质权人：某银行股份有限公司",
            K.PLEDGE_ON,
            [("pledgor", "甲"), ("pledgee", "某银行股份有限公司")],
            "Y2020990000001",
        ),
        ("CN", "PC01", "CANCELLATION OF THE REGISTRATION OF THE CONTRACT FOR PLEDGE", K.PLEDGE_OFF, [], None),
        ("CN", "OL01", None, K.OPEN_LICENCE_ON, [], None),
        ("CN", "PP01", "专利权的保全；登记生效日：2019.12.23", K.PRESERVATION_ON, [], None),
        (
            "US",
            "ASSIGNMENT OF ASSIGNORS INTEREST",
            "reel 032861, frame 0806: ALPHA, JOE; BETA, JEFF -> GAMMA LLC",
            K.TRANSFER,
            [("from", "ALPHA, JOE"), ("from", "BETA, JEFF"), ("to", "GAMMA LLC")],
            None,
        ),
        (
            "US",
            "SECURITY INTEREST",
            "reel 057434, frame 0429: GAMMA LLC -> A BANK, FSB",
            K.PLEDGE_ON,
            [("pledgor", "GAMMA LLC"), ("pledgee", "A BANK, FSB")],
            None,
        ),
        (
            "US",
            "TERMINATION AND RELEASE OF PATENT SECURITY AGREEMENT",
            "reel/frame 049109/0610: A BANK -> GAMMA LLC",
            K.PLEDGE_OFF,
            [("pledgee", "A BANK"), ("pledgor", "GAMMA LLC")],
            None,
        ),
    ],
)
def test_what_a_published_dealing_says(office, code, text, kind, parties, number):
    (found,) = dealings(office, [Event(code, date(2020, 1, 2), date(2020, 2, 3), text)])
    assert (found.kind, [(str(role), name) for role, name in found.parties], found.number) == (kind, parties, number)
    assert found.day == date(2020, 1, 2)


@pytest.mark.parametrize(
    ("office", "code", "text"),
    [
        ("CN", "CF01", "未缴年费专利权终止"),
        ("CN", "CP01", "专利权人的姓名或者名称的变更；变更前：甲；变更后：乙"),
        ("US", "INCD", "Notice Mailed--Application Incomplete--Filing Date Assigned"),
        ("US", "ASSIGNMENT OF ASSIGNORS INTEREST", None),
        ("EP", "RIC1", "INFORMATION PROVIDED ON IPC CODE ASSIGNED BEFORE GRANT"),
    ],
)
def test_what_is_no_dealing(office, code, text):
    assert dealings(office, [Event(code, None, None, text)]) == []


@given(st.lists(st.tuples(st.sampled_from(["TR01", "EE01", "CF01", "OL01"]), st.dates() | st.none()), max_size=6))
def test_every_dealing_is_told_once_the_newest_first_and_the_undated_last(told):
    found = dealings("CN", [Event(code, day) for code, day in told])
    assert len(found) == sum(code != "CF01" for code, _ in told)
    days = [one.day for one in found]
    known = [day for day in days if day]
    assert days == sorted(known, reverse=True) + [None] * (len(days) - len(known))
    assert {one.kind for one in found} <= DEALING_KINDS


# --- the panel ---


@pytest.fixture(scope="module")
def dealt_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("dealt")
    one = battery()
    one.events += [
        Event(
            "TR01", date(2021, 3, 4), date(2021, 3, 20), "专利权的转移；变更前权利人：钱潮甲厂；变更后权利人：西溪乙厂"
        ),
        Event("PE01", date(2022, 5, 6), None, None),
    ]
    twin = seen(
        2, ("CN208000007", "U", "2018-10-26"), type="utility_model", title="泵", filing_date=date(2018, 3, 9),
        application_number="CN201820000001.2",
    )  # fmt: skip
    twin.events.append(Event("AV01", date(2020, 7, 10), date(2020, 7, 10), "避免重复授予专利权"))
    abroad = seen(
        3, ("US10123456", "B2", "2018-11-13"), office="US", title="Battery cooling", simple_family="F1",
        extended_family="X1",
    )  # fmt: skip
    stock(place, File("gazette.csv", [one, twin, abroad]), index=False)
    return place


@pytest.fixture
def dealt(dealt_home, settings):
    settings.QIANTANG_HOME = dealt_home


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.django_db
@pytest.mark.feature("S3-22")
@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Transfer", "Pledge registered")), ("zh-hans", ("转移", "质押"))]
)
def test_the_patent_page_lists_dealings_with_parties_day_and_source(client, dealt, language, words):
    response = client.get("/patents/CN201710601862", headers={"accept-language": language})
    pledge, transfer = response.context["dealings"]
    assert (pledge.dealing.parties, pledge.dealing.day) == ((), date(2022, 5, 6))
    assert [name for _, name in transfer.dealing.parties] == ["钱潮甲厂", "西溪乙厂"]
    assert transfer.sources == ("gazette.csv (2020-07-10)",)
    told = text_of(response)
    assert all(word in told for word in (*words, "西溪乙厂", "2021-03-04"))
    assert 'id="dealings"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.feature("S3-22")
def test_where_nothing_is_on_record_that_says_nothing(client, dealt):
    patent = api.get("CN208000007U")
    told = text_of(client.get(f"/patents/{patent.patent_id}", headers={"accept-language": "en"}))
    assert "No transfer, licence, pledge, preservation or open licence is on record. That does not say" in told


# --- endings ---


@pytest.mark.feature("S3-23")
def test_an_ending_has_its_event_its_days_and_its_sources(dealt):
    found = api.desk.endings(["CN201710601862", "CN201820000001", "US10123456", "nobody"])
    lapsed = found["CN201710601862"]
    assert (lapsed.status, lapsed.kind, lapsed.code) == ("lapsed_fee", "fee_lapse", "CF01")
    assert (lapsed.since, lapsed.announced) == (date(2024, 7, 21), date(2025, 3, 4))
    assert lapsed.sources == ("gazette.csv",)
    assert (lapsed.elsewhere, [one.office for one in lapsed.members]) == (True, ["US"])
    twin = found["CN201820000001"]
    assert (twin.status, twin.text, twin.elsewhere, twin.members) == ("abandoned", "避免重复授予专利权", None, ())
    assert "nobody" not in found


@pytest.mark.feature("S3-23")
def test_an_ending_by_a_date_has_no_event(tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    old = seen(1, ("CN1000001", "A", "1996-01-12"), ("CN1000001", "C", "1999-01-12"), filing_date=date(1995, 2, 3))
    stock(tmp_path, File("a", [old]), index=False)
    (told,) = api.desk.endings([api.get("CN1000001A").patent_id]).values()
    assert (told.status, told.kind, told.code, told.sources) == ("expired", None, None, ())
    assert told.since == date(2015, 2, 3)


@pytest.mark.feature("S3-23")
@given(st.lists(st.sampled_from(list(Status)), max_size=5))
def test_protection_elsewhere_has_three_values(states):
    told = protected_elsewhere([str(one) for one in states])
    groups = {bucket(one) for one in states}
    if groups & {Bucket.IN_FORCE, Bucket.PENDING}:
        assert told is True
    elif Bucket.UNKNOWN in groups or not groups:
        assert told is None
    else:
        assert told is False
