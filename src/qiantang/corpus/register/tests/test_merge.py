"""Many statements, one record: the outcome is a function of the set."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qiantang.corpus.register.methods.batches import content_digest
from qiantang.corpus.register.methods.identity import patent_id_of, patents_of
from qiantang.corpus.register.methods.merge import Statement, disagreements, merge, slots_of, unite
from qiantang.corpus.register.types import (
    OBSERVED,
    Classification,
    Observation,
    Party,
    Publication,
    SourceRow,
    Text,
)


def statement(observation: Observation, *keys: str, source: str = "s1", rank: int = 2) -> Statement:
    said = {}
    for name, _ in OBSERVED:
        value = getattr(observation, name)
        said[name] = [item._asdict() for item in value] if isinstance(value, list) else value
    digest = content_digest(observation)
    row = SourceRow(source, observation.row, "test", rank, observation.as_of, digest)
    return Statement(said, keys, (), (row,))


def seen(number="CN199000001", title="一种钱塘装置", names=("钱潮甲厂",), *, row=1, as_of=date(2019, 7, 12), **more):
    return Observation(
        row=row,
        office="CN",
        as_of=as_of,
        publications=[Publication(number, "A", date(2019, 7, 12))],
        texts=[Text("title", "zh", title)],
        parties=[Party("applicant", i, name) for i, name in enumerate(names, 1)],
        **more,
    )


def test_a_single_statement_is_its_own_record():
    one = statement(seen(filing_date=date(2018, 1, 5)), "p:CN199000001")
    record = merge([one])
    for name, _ in OBSERVED:
        assert record[name] == one.said[name], name
    assert record["disputed"] == []


def test_an_empty_field_is_filled_by_whoever_knows_it():
    title_only = statement(seen(), "p:CN199000001", rank=2)
    dated = statement(Observation(row=9, office="CN", filing_date=date(2018, 1, 5)), "p:CN199000001", rank=5)
    assert merge([dated, title_only])["filing_date"] == date(2018, 1, 5)
    assert merge([dated, title_only])["disputed"] == []


def test_the_better_source_wins_and_the_loser_stays_visible():
    official = statement(seen(title="一种装置"), "p:CN199000001", source="official", rank=1)
    crawl = statement(seen(title="一种裝置及方法"), "p:CN199000001", source="crawl", rank=5)
    record = merge([crawl, official])
    assert [t["text"] for t in record["texts"]] == ["一种装置"]
    assert record["disputed"] == ["title"]
    voices = disagreements([crawl, official])
    assert [(v.field, v.value["text"], v.held) for v in voices] == [
        ("title", "一种装置", True),
        ("title", "一种裝置及方法", False),
    ]


def test_a_newer_word_of_the_same_rank_is_an_update_not_a_dispute():
    old = statement(seen(names=("旧名厂",), as_of=date(2019, 7, 12)), "p:CN199000001")
    new = statement(seen(names=("新名厂",), as_of=date(2021, 7, 12)), "p:CN199000001")
    record = merge([old, new])
    assert [p["name"] for p in record["parties"]] == ["新名厂"]
    assert record["disputed"] == []


def test_the_same_words_from_two_files_are_one_statement_with_two_sources():
    first = statement(seen(row=3), "p:CN199000001", source="a")
    second = statement(seen(row=8), "p:CN199000001", source="b")
    assert [s.source for s in unite([second, first])[0].sources] == ["a", "b"]


def test_lists_are_taken_whole_from_one_source():
    a = statement(seen(names=("甲厂", "乙厂")), "p:CN199000001", rank=2)
    b = statement(seen(names=("丙厂",)), "p:CN199000001", rank=3)
    assert [p["name"] for p in merge([b, a])["parties"]] == ["甲厂", "乙厂"]


titles = st.sampled_from(["一种甲", "一种乙", "一种丙"])
observations = st.builds(
    lambda title, names, row, year, filing, symbols: seen(
        title=title,
        names=tuple(names),
        row=row,
        as_of=date(year, 7, 12) if year else None,
        filing_date=date(filing, 1, 5) if filing else None,
        classifications=[Classification("ipc", s, None, i == 0) for i, s in enumerate(symbols)],
    ),
    titles,
    st.lists(st.sampled_from(["甲厂", "乙厂"]), max_size=2),
    st.integers(1, 3),
    st.sampled_from([None, 2019, 2020]),
    st.sampled_from([None, 2017, 2018]),
    st.lists(st.sampled_from(["G06F16/35", "H01M10/00"]), unique=True, max_size=2),
)
statements = st.lists(st.tuples(observations, st.sampled_from(["s1", "s2"]), st.integers(1, 3)), min_size=1, max_size=4)


@given(statements)
@example([(seen(row=3), "s1", 1), (seen(row=3), "s1", 3)])
def test_the_order_of_statements_does_not_matter(told):
    made = [statement(o, "p:CN199000001", source=s, rank=r) for o, s, r in told]
    outcomes = {repr(merge(order)) for order in permutations(made)}
    assert len(outcomes) == 1


@given(statements)
def test_merging_in_steps_loses_no_slot(told):
    made = [statement(o, "p:CN199000001", source=s, rank=r) for o, s, r in told]
    merged = merge(made)
    assert slots_of(merged) == frozenset().union(*(slots_of(m.said) for m in made))


# --- identity ------------------------------------------------------------------------------------------------------


def test_identity_prefers_the_application():
    assert patent_id_of(["p:CN199000001", "a:CN201899000011"]) == "CN201899000011"
    assert patent_id_of(["p:CN199000001"]) == "CN-P199000001"


def test_a_publication_claimed_by_two_applications_ties_nothing_together():
    right = statement(seen("CN199000001"), "a:CN201899000011", "p:CN199000001", rank=1)
    mixed = statement(seen("CN199000001", title="混入"), "a:CN201899000022", "p:CN199000001", rank=5)
    other = statement(seen("CN199000002", title="另一件"), "a:CN201899000022", "p:CN199000002", rank=2)
    for order in permutations([right, mixed, other]):
        members = patents_of(order)
        assert set(members) == {"CN201899000011", "CN201899000022"}
        assert members["CN201899000022"].disputed_keys == {"p:CN199000001"}
        record = merge(members["CN201899000022"].statements, members["CN201899000022"].disputed_keys)
        assert [p["number"] for p in record["publications"]] == ["CN199000002"]
        assert "publications" in record["disputed"]
        assert record["keys"] == ["a:CN201899000022", "p:CN199000002"]


@pytest.mark.parametrize("rank", [1, 5])
def test_a_row_with_only_the_disputed_publication_goes_to_its_owner(rank):
    right = statement(seen("CN199000001"), "a:CN201899000011", "p:CN199000001", rank=1)
    mixed = statement(seen("CN199000001", title="混入"), "a:CN201899000022", "p:CN199000001", rank=5)
    bare = statement(seen("CN199000001", title="仅公开号"), "p:CN199000001", rank=rank)
    members = patents_of([right, mixed, bare])
    assert len(members["CN201899000011"].statements) == 2
