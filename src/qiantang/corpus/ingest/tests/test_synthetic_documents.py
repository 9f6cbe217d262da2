"""The demo city's documents: numbers, days, citations, families, texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest

from qiantang.corpus.ingest.methods.synthetic.days import anniversary, day, gazette_day
from qiantang.corpus.ingest.methods.synthetic.numbering import check_digits
from qiantang.corpus.ingest.methods.synthetic.words import BRANCHES
from qiantang.corpus.ingest.tests.test_synthetic import (
    SIZE,
    _chinese,
    _rows,
    _text,
    _truth,
)
from qiantang.kernel.claims import claim_tree, parse_claims
from qiantang.kernel.numbers import NumberRole, parse

pytestmark = pytest.mark.feature("X-32")

LAST_DAY = date(2025, 12, 31)


def test_numbers_are_well_formed_and_none_that_an_office_issues() -> None:
    for row, _ in _chinese():
        number = parse(row["application_number"])
        assert number.valid
        assert number.canonical == row["application_number"]
        assert number.year == row["filing_date"].year
        assert number.type == row["type"]
        assert int(number.serial[5:]) >= 9_900_000
        for publication in row["publications"]:
            first = {"invention": "CN199", "utility_model": "CN299", "design": "CN399"}[row["type"]]
            assert publication["number"].startswith(first)
            assert publication["kind"] in {"invention": "AB", "utility_model": "U", "design": "S"}[row["type"]]


def test_keys_are_those_of_the_kernel_and_name_one_patent_each() -> None:
    owners: dict[str, int] = {}
    for place, row in enumerate(_rows()):
        keys = {parse(p["number"] + p["kind"]).key for p in row["publications"]}
        application = parse(row["application_number"])
        assert application.role is NumberRole.APPLICATION
        assert {application.key, *keys} == set(row["keys"]), row["application_number"]
        assert {key[2:4] for key in row["keys"]} == {row["office"]}
        for key in row["keys"]:
            assert owners.setdefault(key, place) == place


def test_a_and_b_of_one_case_share_their_number() -> None:
    granted = [row for row, _ in _chinese() if len(row["publications"]) == 2]
    assert granted
    for row in granted:
        (first, second) = row["publications"]
        assert (first["number"], first["kind"], second["kind"]) == (second["number"], "A", "B")


def test_check_digits_of_the_domain_text() -> None:
    bodies = np.array([201710601862, 202110413456, 202120413456, 202080012345, 202110000004])
    assert check_digits(bodies).tolist() == [3, 0, 6, 2, 10]


def test_nothing_is_published_before_it_is_filed_or_after_the_last_day() -> None:
    for row in _rows():
        days = [p["date"] for p in row["publications"]] + [e["gazette_date"] for e in row["events"]]
        assert row["filing_date"] < min(days)
        assert max(days) <= LAST_DAY
        assert [p["date"] for p in row["publications"]] == sorted(p["date"] for p in row["publications"])
        assert all(e["date"] <= e["gazette_date"] for e in row["events"])


def test_filings_grow_and_the_last_eighteen_months_are_thin() -> None:
    years = Counter(row["filing_date"].year for row, _ in _chinese())
    assert min(years) == 2005
    assert years[2022] > 2 * years[2011] > 0
    assert years[2025] < years[2023] / 2


def test_gazette_days_are_tuesdays_and_fridays_and_anniversaries_stay_in_their_month() -> None:
    days = np.arange(day(2020, 2, 20), day(2020, 3, 20))
    found = gazette_day(days)
    assert set(((found + 3) % 7).tolist()) == {1, 4}
    assert ((found - days >= 0) & (found - days <= 3)).all()
    assert anniversary(np.array([day(2020, 2, 29)]), np.array([1])).tolist() == [day(2021, 2, 28)]
    assert anniversary(np.array([day(2020, 2, 29)]), np.array([4])).tolist() == [day(2024, 2, 29)]


def test_no_citation_looks_into_the_future_or_into_the_own_family() -> None:
    by_number = {p["number"]: row for row in _rows() for p in row["publications"][:1]}
    for row in _rows():
        for citation in row["citations"]:
            if citation["cited"] is None:
                assert citation["text"]
                continue
            cited = by_number[citation["cited"]]
            assert cited["publications"][0]["date"] == citation["date"] < row["filing_date"]
            assert cited["simple_family"] != row["simple_family"]
            assert parse(citation["cited"]).stem == citation["cited"]


def test_citations_are_counted_both_ways_in_the_truth() -> None:
    forward = Counter(c["cited"] for row in _rows() for c in row["citations"] if c["cited"])
    backward = 0
    for row, truth in zip(_rows(), _truth("patents"), strict=True):
        assert truth["forward_citations"] == forward[truth["publication_number"]]
        assert truth["backward_citations"] == sum(1 for c in row["citations"] if c["cited"])
        assert truth["other_citations"] == sum(1 for c in row["citations"] if not c["cited"])
        backward += truth["backward_citations"]
    assert 2 < backward / SIZE < 5  # about four in a city of full size: in a small one less has gone before
    assert max(forward.values()) > 8 * backward / SIZE  # a few gather many


def test_a_simple_family_shares_its_priorities_and_an_extended_one_is_linked_by_them() -> None:
    claims: dict[str, set[frozenset[str]]] = defaultdict(set)
    links: dict[str, set[str]] = defaultdict(set)
    for row in _rows():
        own = row["application_number"].removeprefix("CN")
        priorities = frozenset(p["number"] for p in row["priorities"]) or frozenset([own])
        claims[row["simple_family"]].add(priorities)
        for priority in priorities:
            links[priority].add(row["extended_family"])
        assert all(p["date"] <= row["filing_date"] for p in row["priorities"])
    assert all(len(sets) == 1 for sets in claims.values())
    assert len({next(iter(sets)) for sets in claims.values()}) == len(claims)
    assert all(len(families) == 1 for families in links.values())
    assert any(len(next(iter(sets))) == 2 for sets in claims.values())


def test_members_abroad_are_a_fifth_and_speak_of_the_same_thing() -> None:
    offices = Counter(row["office"] for row in _rows())
    assert offices["CN"] / SIZE == pytest.approx(0.78, abs=0.001)
    assert {"US", "EP", "WO", "JP", "KR", "DE"} < set(offices)
    titles: dict[str, set[str | None]] = defaultdict(set)
    for row in _rows():
        if row["type"] == "invention":
            titles[row["simple_family"]].add(_text(row, "title", "en"))
    assert all(len(found) == 1 for found in titles.values())


def test_texts_have_the_length_and_the_parts_of_their_kind() -> None:
    lengths = defaultdict(list)
    for row in _rows():
        for text in row["texts"]:
            assert "{" not in text["text"]
            lengths[text["part"], text["language"]].append(len(text["text"]))
        if row["office"] == "CN" and row["type"] != "design":
            assert _text(row, "abstract", "zh")
        elif row["office"] == "CN":
            assert [t["part"] for t in row["texts"]] == ["title"]
        if row["type"] == "invention":
            assert _text(row, "abstract", "en")
    means = {key: sum(found) / len(found) for key, found in lengths.items()}
    assert 90 < means["abstract", "zh"] < 130
    assert 150 < means["claims", "zh"] < 220
    assert max(lengths["title", "zh"]) <= 40


def test_claims_form_a_tree_and_are_counted() -> None:
    for row, _ in _chinese():
        text = _text(row, "claims", "zh")
        if text is None:
            assert row["claim_count"] is None
            continue
        claims = parse_claims(text)
        assert [c.number for c in claims] == list(range(1, row["claim_count"] + 1))
        assert 3 <= len(claims) <= 5
        assert claim_tree(claims)


def test_texts_are_various_and_topics_gather() -> None:
    abstracts = [_text(row, "abstract", "zh") for row, truth in _chinese() if truth["topic"] is not None]
    assert len(set(abstracts)) > 0.99 * len(abstracts)
    topics = Counter(truth["topic"] for _, truth in _chinese() if truth["topic"] is not None)
    assert len(topics) > 400
    assert topics.most_common(1)[0][1] >= 8


def test_words_are_complete() -> None:
    assert len({b.code for b in BRANCHES}) == len(BRANCHES) > 40
    assert {field for b in BRANCHES for field in b.wipo} == set(range(1, 36))
    for b in BRANCHES:
        counts = tuple(len(words) for words in (b.ipc, b.wipo, b.things, b.parts, b.means, b.effects, b.faults, b.uses))
        assert counts == (6, 6, 6, 8, 5, 4, 3, 3), b.code
        assert all(
            zh and en.isascii()
            for words in (b.things, b.parts, b.means, b.effects, b.faults, b.uses)
            for zh, en in words
        )
