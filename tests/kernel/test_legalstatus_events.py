"""Events: codes of the gazette and kinds of published documents, understood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.legalstatus import (
    EVENT_NAMES,
    Basis,
    Bucket,
    EventKind,
    LegalEvent,
    Status,
    bucket,
    event_kind,
    event_name,
    events_from_publications,
    status_asof,
)
from qiantang.kernel.legalstatus.publications import publication_kind

pytestmark = pytest.mark.feature("S3-07")
K = EventKind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("PB01", K.PUBLICATION),
        ("SE01", K.EXAMINATION),
        ("GR01", K.GRANT),
        (" gr01 ", K.GRANT),
        ("CF01", K.FEE_LAPSE),
        ("CX01", K.EXPIRY),
        ("IW01", K.INVALIDATED),
        ("IP01", K.PARTIALLY_INVALIDATED),
        ("RR01", K.RESTORED),
        ("TA01", K.TRANSFER),
        ("TR01", K.TRANSFER),
        ("PP01", K.PRESERVATION_ON),
        ("PD01", K.PRESERVATION_OFF),
        ("OL01", K.OPEN_LICENCE_ON),
        ("CP03", K.NAME_AND_ADDRESS_CHANGED),
        ("未缴年费专利权终止", K.FEE_LAPSE),
        ("授权", K.GRANT),
        ("专利权的转移", K.TRANSFER),
        ("避免重复授予专利权", K.ABANDONED),
        ("专利权的终止", K.OTHER),  # fee or term? it does not say
        ("XX99", K.OTHER),
        ("", K.OTHER),
    ],
)
def test_codes_and_titles_of_the_gazette(code, kind):
    assert event_kind("CN", code) is kind


def test_codes_of_other_offices_are_not_guessed():
    assert event_kind("EP", "PG25") is K.OTHER
    assert event_kind("US", "GR01") is K.OTHER


@pytest.mark.parametrize(
    ("office", "code", "kind"),
    [
        ("EP", "17Q ", K.EXAMINATION),
        ("EP", "18D", K.DEEMED_WITHDRAWAL),
        ("EP", "D18D", K.RESTORED),
        ("EP", "27W", K.INVALIDATED),
        ("EP", "26N", K.OTHER),
        ("EP", "PG25 NL", K.OTHER),  # the lapse in one state ends no European patent
        ("DE", "R071", K.EXPIRY),
        ("DE", "R119", K.OTHER),  # deemed withdrawn before grant, lapsed after it: the code does not say which
        ("FR", "18D", K.OTHER),
    ],
)
def test_codes_of_inpadoc_whose_meaning_is_sure(office, code, kind):
    assert event_kind(office, code) is kind


def test_a_withdrawal_that_was_deleted_leaves_the_application_pending():
    events = [
        LegalEvent(event_kind("EP", code), date(2016, 6, day), date(2016, 6, day), code)
        for day, code in ((1, "17Q"), (10, "18D"), (20, "D18D"))
    ]

    def status(day):
        return status_asof(
            patent_type="invention", filing_date=None, events=events, day=day, basis=Basis.EFFECT, office="EP"
        ).value

    assert status(date(2016, 6, 15)) is Status.DEEMED_WITHDRAWN
    assert status(date(2016, 6, 25)) is Status.IN_EXAMINATION


def test_every_kind_has_its_names():
    assert set(EVENT_NAMES) == set(EventKind)
    assert all(name.en.isascii() and not name.zh.isascii() for name in EVENT_NAMES.values())


@pytest.mark.parametrize(
    ("office", "kind", "day", "meaning"),
    [
        ("CN", "A", (2012, 1, 4), K.PUBLICATION),
        ("CN", "B", (2012, 1, 4), K.GRANT),
        ("CN", "C", (2005, 1, 5), K.GRANT),
        ("CN", "C", (2010, 3, 31), K.GRANT),
        ("CN", "C1", (2010, 4, 7), K.PARTIALLY_INVALIDATED),
        ("CN", "C2", (2019, 4, 5), K.PARTIALLY_INVALIDATED),
        ("CN", "U", (2012, 1, 4), K.GRANT),
        ("CN", "Y", (2009, 1, 7), K.GRANT),
        ("CN", "Y1", (2016, 1, 6), K.PARTIALLY_INVALIDATED),
        ("CN", "S", (2012, 1, 4), K.GRANT),
        ("CN", "D", (2009, 1, 7), K.GRANT),
        ("CN", "D1", (2016, 1, 6), K.PARTIALLY_INVALIDATED),
        ("CN", "A8", (2016, 1, 6), K.CORRECTION),
        ("CN", "B9", (2016, 1, 6), K.CORRECTION),
        ("CN", "C1", None, K.PARTIALLY_INVALIDATED),
        ("CN", "C", None, K.GRANT),
        ("CN", None, (2016, 1, 6), K.OTHER),
        ("CN", "Z", (2016, 1, 6), K.OTHER),
        ("US", "A", (1999, 5, 4), K.GRANT),
        ("US", "A1", (2002, 5, 2), K.PUBLICATION),
        ("US", "B1", (2002, 5, 7), K.GRANT),
        ("US", "B2", (2002, 5, 7), K.GRANT),
        ("US", "S1", (2002, 5, 7), K.GRANT),
        ("US", "E1", (2002, 5, 7), K.GRANT),
        ("US", "P1", (2002, 5, 2), K.PUBLICATION),
        ("US", "P2", (2002, 5, 7), K.GRANT),
        ("EP", "A1", (2002, 5, 7), K.PUBLICATION),
        ("EP", "A3", (2002, 9, 7), K.OTHER),
        ("EP", "B1", (2005, 5, 7), K.GRANT),
        ("EP", "B2", (2007, 5, 7), K.PARTIALLY_INVALIDATED),
        ("WO", "A1", (2002, 5, 7), K.PUBLICATION),
        ("JP", "B2", (2002, 5, 7), K.GRANT),
        ("DE", "U1", (2002, 5, 7), K.GRANT),
        ("DE", "T2", (2002, 5, 7), K.OTHER),
        ("FR", "B1", (2002, 5, 7), K.GRANT),
    ],
)
def test_kinds_of_documents(office, kind, day, meaning):
    assert publication_kind(office, kind, date(*day) if day else None) is meaning


def test_publications_become_events_of_their_day():
    published, granted = date(2016, 6, 15), date(2018, 6, 15)
    events = events_from_publications(
        "CN", "invention", [("B", granted), ("A", published), ("B", None), (None, granted)]
    )
    assert events == [
        LegalEvent(K.GRANT, granted, granted, "B"),
        LegalEvent(K.PUBLICATION, published, published, "A"),
    ]
    found = status_asof(
        patent_type="invention", filing_date=date(2015, 3, 10), events=events, day=date(2020, 1, 1), basis=Basis.GAZETTE
    )
    assert (found.value, found.since) == (Status.GRANTED, granted)


def test_a_chinese_utility_model_has_no_published_application():
    assert events_from_publications("CN", "utility_model", [("A", date(2016, 6, 15))]) == []
    assert len(events_from_publications("CN", None, [("A", date(2016, 6, 15))])) == 1


@given(
    st.sampled_from(["CN", "US", "EP", "JP", "KR", "DE", "XX"]),
    st.text("ABCDEPSTUY12389", max_size=3),
    st.dates(date(1985, 1, 1), date(2030, 1, 1)),
)
def test_a_publication_never_ends_a_right(office, kind, day):
    events = events_from_publications(office, "invention", [(kind, day)])
    found = status_asof(patent_type="invention", filing_date=None, events=events, day=day, basis=Basis.EFFECT)
    assert bucket(found.value) is not Bucket.DEAD


@pytest.mark.parametrize(
    ("office", "code", "zh", "en"),
    [
        ("EP", "26N", "期限内无人提出异议", "No opposition within the time limit"),
        ("EP", "PG25 NL", "在缔约国终止（NL）", "Lapsed in a contracting state (NL)"),
        ("EP", "lapsed HU", "在缔约国终止（HU）", "Lapsed in a contracting state (HU)"),
        ("EP", "REG GB FG4D", "国家登记簿的记录（GB FG4D）", "Entry in a national register (GB FG4D)"),
        ("EP", "REG", "国家登记簿的记录", "Entry in a national register"),
        ("EP", "EPIDOS FREP", "代理人变更", "Representative changed"),
        ("EP", "17Q", "实质审查的生效", "Entry into substantive examination"),  # its kind is known
        ("US", "NOA", "授权通知书", "Notice of allowance"),
        ("US", "IPR Decision", "双方复审决定", "Decision in an inter partes review"),
        ("US", "Petition 652 C", "请愿（652 C）", "Petition (652 C)"),
        ("EP", "ZZ99", "其他事务", "Other event"),
        ("JP", "26N", "其他事务", "Other event"),
    ],
)
def test_events_of_other_offices_have_names(office: str, code: str, zh: str, en: str):
    assert event_name(office, event_kind(office, code), code) == (zh, en)


def test_a_name_decides_nothing():
    """What a code does to a right is told by its kind alone: a named code without one stays without."""
    assert {event_kind("EP", code) for code in ("PG25 NL", "GRAA", "status 8")} == {K.OTHER}
