"""Patents of several offices and sources meet: families, citations, events; the same register in any order of loads."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantang.corpus.register import api
from qiantang.corpus.register.selectors.digest import digest
from qiantang.corpus.register.selectors.records import statements_of
from qiantang.corpus.register.selectors.relations import citation_counts
from qiantang.corpus.register.types import Citation, Event, Medium, Priority, SearchRequest

from .shelf import File, seen, stock

FIRST, FIRST_NUMBER = "CN201710601862", "CN201710601862.3"


def first_filing(row=1):
    return seen(row, ("CN107000001", "A", "2018-01-12"), application_number=FIRST_NUMBER, filing_date=date(2017, 7, 21))


def follower(row, publication, office, priority, country="CN", **more):
    made = seen(row, publication, office=office, **more)
    made.priorities.append(Priority(priority, country, date(2017, 7, 21)))
    return made


def us_member(row=2):
    return follower(row, ("US10123456", "B2", "2018-11-13"), "US", "201710601862.3")


def ep_member(row=3):
    """The priority in another spelling, without check digit and with the country."""
    return follower(row, ("EP3234567", "A1", "2019-01-09"), "EP", "CN201710601862")


def ids_of(home_register):
    _, opened = home_register.current()
    rows = [row for batch in opened.scan("records") for row in batch.to_pylist()]
    return {row["patent_id"]: (row["simple_family_id"], row["extended_family_id"]) for row in rows}


@pytest.mark.feature("S3-06")
def test_members_of_one_family_meet_across_offices_and_spellings(home):
    opened = stock(home, File("a", [first_filing(), us_member(), ep_member()]), index=False)
    assert set(ids_of(opened).values()) == {(FIRST, FIRST)}
    assert {one.office for one in api.family(api.get(FIRST))} == {"CN", "US", "EP"}


@pytest.mark.feature("S3-06")
def test_a_member_that_arrives_later_changes_the_first_filing_and_nobody_else(home):
    stranger = seen(9, ("CN109000009", "A", "2019-01-11"), application_number="CN201811000001.1")
    stock(home, File("a", [first_filing(), stranger]), index=False)
    assert api.family(api.get(FIRST)) == ()
    opened = stock(home, File("b", [us_member()]), index=False)
    assert [one.number for one in api.family(api.get(FIRST))] == ["US10123456B2", "CN107000001A"][::-1]
    assert opened.manifest().touched == 2
    again = stock(home, File("c", [ep_member()]), index=False)
    assert again.manifest().touched == 1, "the others keep the name of their family and are not written again"


@pytest.mark.feature("S3-06")
def test_a_stated_family_and_a_derived_one_are_one(home):
    stated = seen(
        5, ("JP6123456", "B2", "2018-05-09"), office="JP", simple_family="docdb:55", extended_family="inpadoc:77"
    )
    both = us_member()
    both.simple_family = "docdb:55"
    opened = stock(home, File("a", [first_filing()]), File("b", [stated]), index=False)
    assert ids_of(opened)[FIRST] == (None, None)
    opened = stock(home, File("c", [both]), index=False)
    assert set(ids_of(opened).values()) == {("docdb:55", "inpadoc:77")}


def test_what_sources_said_of_an_old_member_stays_when_it_is_written_again(home):
    twice = first_filing()
    twice.parties.clear()
    twice.claim_count = 7
    stock(home, File("a", [first_filing()]), File("z", [twice], rank=5), index=False)
    said = [s.said["claim_count"] for s in statements_of(api.get(FIRST))]
    stock(home, File("b", [us_member()]), index=False)
    assert sorted(map(str, said)) == sorted(str(s.said["claim_count"]) for s in statements_of(api.get(FIRST)))
    assert api.get(FIRST).claim_count == 7


NUMBERS = {
    "CN201710601862": ("CN107000001", "CN201710601862.3"),
    "CN202210851408": ("CN106000002", "CN202210851408.4"),
    "CN201911032622": ("CN110000004", "CN201911032622.1"),
}


@st.composite
def rows(draw):
    """Rows of several sources and offices that claim, cite and state."""
    made = []
    for row in range(1, draw(st.integers(3, 7))):
        publication, application = draw(st.sampled_from(list(NUMBERS.values())))
        one = seen(
            row,
            (publication, draw(st.sampled_from("AB")), "2019-07-12"),
            application_number=draw(st.sampled_from([application, None])),
            as_of=date(2019, 1, row),
            names=(draw(st.sampled_from(["钱潮甲厂", "别家厂"])),),
        )
        claimed = draw(
            st.lists(st.sampled_from([a for _, a in NUMBERS.values()] + ["62/123,456"]), max_size=2, unique=True)
        )
        one.priorities += [Priority(number, "US" if "/" in number else "CN", None) for number in claimed]
        one.simple_family = draw(st.sampled_from([None, None, "docdb:1", "docdb:2"]))
        cited = draw(
            st.lists(
                st.sampled_from([*(p for p, _ in NUMBERS.values()), *(a for _, a in NUMBERS.values()), "CN101999999"]),
                max_size=3,
            )
        )
        one.citations += [
            Citation(number, draw(st.sampled_from([None, "examiner"])), None, None, None) for number in cited
        ]
        made.append(one)
    return made


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(told=rows(), seed=st.integers(0, 99))
@pytest.mark.feature("S3-06")
@pytest.mark.feature("S3-08")
def test_any_order_and_any_split_gives_one_digest_and_equal_citations(tmp_path_factory, settings, told, seed):
    digests = []
    shuffled = list(told)
    random.Random(seed).shuffle(shuffled)
    cut = seed % len(shuffled)
    for loads in ([told], [shuffled[:cut], shuffled[cut:], shuffled[:2]]):
        settings.QIANTANG_HOME = tmp_path_factory.mktemp("home")
        for part in loads:
            if part:
                files = [File(f"file {one.row}", [one], rank=1 + one.row % 3) for one in part]
                opened = stock(settings.QIANTANG_HOME, *files, index=False)
        digests.append(digest())
        in_balance(opened)
    assert digests[0] == digests[1]


def in_balance(opened):
    """For each pair of patents both pages tell of the citation; the sums over the register are equal."""
    _, shown = opened.current()
    pairs: Counter[tuple[str, str]] = Counter()
    sums = [0, 0]
    for one in [row for batch in shown.scan("records", ["patent_id"]) for row in batch.column(0).to_pylist()]:
        record = api.get(one)
        backward, forward = api.citations(record, "backward"), api.citations(record, "forward")
        pairs.update((one, link.patent_id) for link in backward if link.patent_id)
        pairs.subtract((link.patent_id, one) for link in forward)
        counts = citation_counts(record)
        assert (counts.backward + counts.backward_unknown, counts.forward) == (len(backward), len(forward))
        sums[0] += counts.backward
        sums[1] += counts.forward
    assert not +pairs
    assert not -pairs
    assert sums[0] == sums[1]


@pytest.mark.feature("S3-08")
def test_a_document_cited_by_any_of_its_numbers_is_the_same_patent(home):
    citing = seen(2, ("CN111000005", "A", "2020-05-15"), names=("别家厂",))
    citing.citations += [
        Citation("CN107000001", "applicant", None, None, None),
        Citation(FIRST_NUMBER, "examiner", "X", None, None),
        Citation("CN101999999", "examiner", "Y", None, None),
        Citation(None, "examiner", "A", None, "电池热管理综述，2015"),
    ]
    own = seen(3, ("CN112000006", "A", "2021-01-15"))
    own.citations.append(Citation("ZL 2017 1 0601862.3", None, None, None, None))
    opened = stock(home, File("a", [first_filing(), citing, own]), index=False)
    told = api.citations(api.get("CN111000005A"), "backward")
    assert [(one.patent_id, one.category, one.self_citation) for one in told] == [
        (FIRST, "X", False),
        (None, "Y", None),
        (None, "A", None),
    ]
    assert [(one.patent_id, one.self_citation) for one in api.citations(api.get(FIRST), "forward")] == [
        ("CN-P112000006", True),
        ("CN-P111000005", False),
    ]
    assert citation_counts(api.get("CN111000005A")) == (1, 2, 0)
    in_balance(opened)


@pytest.mark.feature("S3-08")
def test_what_cites_a_patent_or_claims_its_priority_is_found_by_any_of_its_numbers(home):
    """A patent on record is meant with all its numbers; a document that is not on record by its own alone."""
    citing = seen(4, ("CN111000005", "A", "2020-05-15"))
    citing.citations += [
        Citation(FIRST_NUMBER, "examiner", "X", None, None),
        Citation("US9000001", None, None, None, None),
    ]
    stock(home, File("a", [first_filing(), us_member(), ep_member(), citing]))

    def found(text):
        return {hit.patent_id for hit in api.search(SearchRequest(text)).hits}

    for number in ("CN107000001A", FIRST_NUMBER, "ZL 2017 1 0601862.3"):
        assert found(f"CT={number}") == {"CN-P111000005"}
        assert found(f"PR={number}") == {"US-P10123456", "EP-P3234567"}
    assert found("CT=(US9000001B2, CN101999999A)") == {"CN-P111000005"}
    assert found("CT=CN101999999A") == set()
    assert found(f"PR={FIRST_NUMBER} AND CC=US") == {"US-P10123456"}
    assert found(f"CC=CN NOT CT={FIRST_NUMBER}") == {FIRST}


@pytest.mark.feature("S3-07")
def test_one_event_told_by_gazette_and_vendor_stands_once(home):
    gazette, vendor = first_filing(), first_filing()
    gazette.events += [
        Event("GR01", None, date(2020, 7, 10), "授权"),
        Event("CF01", date(2024, 7, 21), date(2025, 3, 4), None),
        Event("TR01", date(2021, 5, 6), date(2021, 5, 18), "甲转乙"),
        Event("TR01", date(2021, 5, 7), date(2021, 5, 18), "乙转丙"),
    ]
    vendor.events += [
        Event("授权", date(2020, 7, 10), None, None),
        Event("未缴年费专利权终止", None, date(2025, 3, 4), "未缴年费"),
        Event("专利权的转移", None, date(2021, 5, 18), None),
        Event("专利权的转移", None, date(2021, 5, 18), None),
        Event("专利权的质押", None, date(2021, 6, 1), None),
    ]
    stock(home, File("gazette", [gazette]), File("vendor", [vendor], rank=4), index=False)
    events = api.get(FIRST).events
    assert [(e.code, e.date, e.gazette_date, e.text) for e in events] == [
        ("GR01", date(2020, 7, 10), date(2020, 7, 10), "授权"),
        ("CF01", date(2024, 7, 21), date(2025, 3, 4), "未缴年费"),
        ("TR01", date(2021, 5, 6), date(2021, 5, 18), "甲转乙"),
        ("TR01", date(2021, 5, 7), date(2021, 5, 18), "乙转丙"),
        ("专利权的质押", None, date(2021, 6, 1), None),
    ]
    assert "events" not in api.get(FIRST).disputed


@pytest.mark.feature("S3-07")
def test_figures_of_two_sources_are_joined_by_content_and_by_place(home):
    one, other = first_filing(), first_filing()
    one.media += [Medium("figure", 1, "a/1.png", "d1", None), Medium("figure", 2, "a/2.png", None, None)]
    other.media += [Medium("figure", 7, "b/1.tif", "d1", "CC BY 4.0"), Medium("figure", 2, "b/2.tif", "d2", None)]
    stock(home, File("a", [one]), File("b", [other], rank=4), index=False)
    assert api.get(FIRST).media == (
        Medium("figure", 1, "a/1.png", "d1", "CC BY 4.0"),
        Medium("figure", 2, "a/2.png", "d2", None),
    )


def test_names_that_differ_in_width_and_traditional_signs_are_no_dispute(home):
    one, other, third = first_filing(), first_filing(), first_filing()
    one.parties[0] = one.parties[0]._replace(name="钱潮（甲）厂")
    other.parties[0] = other.parties[0]._replace(name="錢潮(甲) 廠")
    third.parties[0] = third.parties[0]._replace(name="钱潮乙厂")
    stock(home, File("a", [one]), File("b", [other], rank=4), index=False)
    assert api.get(FIRST).disputed == ()
    stock(home, File("c", [third], rank=5), index=False)
    assert api.get(FIRST).disputed == ("applicant",)
