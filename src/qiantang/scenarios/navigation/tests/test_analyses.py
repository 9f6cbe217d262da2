"""The analyses of a node on facts whose answers are known."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.scenarios.navigation.methods import (
    key_patents,
    main_path,
    matrix,
    owners,
    position,
    situation,
    topics,
)
from qiantang.scenarios.navigation.methods.position import Margins

from .facts import AS_OF, fact, members, values


@pytest.mark.feature("S4-05")
def test_the_situation_by_year_with_growth_and_what_is_not_complete():
    facts = [fact(n, year=2018) for n in range(100)] + [fact(n, year=2023) for n in range(100, 300)]
    facts += [fact(300, year=2025), fact(301, year=None, bucket="unknown", office="US", origin="JP")]
    found = situation.situation(facts, AS_OF)
    told = values(found)
    assert (told["total"], told["families"], told["year_unknown"], told["state_unknown"]) == (302, 302, 1, 1)
    assert (told["year.2018"], told["year.2019"], told["year.2023"], told["year.2025"]) == (100, 0, 200, 1)
    assert told["cagr"] == pytest.approx(2 ** (1 / 5) - 1, abs=1e-6)
    assert told["change.2025"] is None
    assert [row.value for row in found.rows if row.note] == ["2024", "2025"]
    assert members(found, "year.2018") == tuple(range(100))
    offices = situation.by_value(facts, "offices")
    assert [(row.value, values(offices)[row.cells[0]]) for row in offices.rows] == [("CN", 301), ("US", 1)]


@pytest.mark.feature("S4-05")
def test_what_cannot_be_told_says_why():
    found = situation.situation([fact(1, year=None)], AS_OF)
    told = {one.key: one for one in found.figures}
    assert told["curve_ceiling"].value is None
    assert told["curve_ceiling"].why == "few_years"
    assert told["life_stage"].value is None
    nothing = situation.situation([], AS_OF)
    assert values(nothing)["total"] == 0
    assert values(nothing)["export_ratio"] is None


@pytest.mark.feature("S4-06")
def test_each_key_patent_has_its_reasons():
    facts = [fact(n, cited=n % 3, cited5=n % 3, claims=n % 9) for n in range(60)]
    facts[7] = fact(7, cited=90, cited5=40)
    facts[8] = fact(8, cited5=9, cited=9, field=13, year=2010)  # the only one of its field and year
    facts[9] = fact(9, cited5=30, cited=30, field=13, year=2011)
    facts[10] = fact(10, cited5=1, cited=1, field=13, year=2011)
    facts[11] = fact(11, offices=("CN", "EP", "JP", "US", "WO"))
    facts[12] = fact(12, kept_years=19)
    facts[13] = fact(13, flags=("pledged",))
    facts[14] = fact(14, disputes=2, survived=True)
    means = key_patents.cohorts(facts)
    assert means[13, 2011] == 15.5
    assert key_patents.normalised(facts[9], means) == pytest.approx(30 / 15.5)
    assert key_patents.normalised(fact(1, year=None), means) is None
    found, rows = key_patents.key_patents(facts, means)
    reasons = {row["id"]: set(row["reasons"]) for row in rows}
    assert {"most_cited", "cited_raw", "cited_normalised"} <= reasons["CN007"]
    assert "cited_normalised" in reasons["CN009"]
    assert {"largest_family", "family_large"} <= reasons["CN011"]
    assert "kept_longest" in reasons["CN012"]
    assert "pledged" in reasons["CN013"]
    assert {"disputed", "survived_invalidation"} <= reasons["CN014"]
    assert all(row["reasons"] and row["missing"] == ["standard"] for row in rows)
    assert values(found)["key_patents"] == len(rows) >= 20
    for reason in {one for each in reasons.values() for one in each}:
        assert values(found)[f"key.{reason}"] == sum(reason in each for each in reasons.values())


@pytest.mark.feature("S4-07")
def test_the_layout_counts_families_from_where_to_where():
    facts = [
        fact(1, family="a", offices=("CN", "US")),
        fact(2, family="a", office="US", offices=("CN", "US")),
        fact(3, family="b", origin="JP", offices=("CN", "JP")),
        fact(4),
    ]
    found = key_patents.layout(facts, ["CN002", "CN003"])
    told = values(found)
    assert (told["flow.CN>CN"], told["flow.CN>US"], told["flow.JP>CN"], told["flow.JP>JP"]) == (2, 1, 1, 1)
    assert (told["keyflow.CN>US"], told["keyflow.JP>CN"], told["keyflow.CN>CN"]) == (1, 1, 1)
    assert members(found, "flow.CN>US") == (0,)


@pytest.mark.feature("S4-10")
def test_leaders_followers_newcomers_and_who_stands_together():
    facts = [fact(n, owners=("甲", "乙") if n < 3 else ("甲",), year=2010 + n) for n in range(12)]
    facts += [fact(20, owners=("丙",), year=2012), fact(21, owners=("丁",), year=2024)]
    found = owners.applicants(facts, AS_OF)
    roles = {row.value: row.note for row in found.rows}
    assert roles == {"甲": "leader", "乙": "leader", "丙": "follower", "丁": "newcomer"}
    assert values(found)["owners"] == 4
    network = owners.networks(facts, "owners")
    tie = next(row for row in network.rows if "\t" in row.value)
    assert (tie.value, values(network)[tie.cells[0]]) == ("乙\t甲", 3)
    assert values(network)["owners.joint"] == 3
    assert values(network)["owners.density"] == pytest.approx(1 / 6, abs=1e-6)


@pytest.mark.feature("S4-10")
def test_no_name_of_an_inventor_is_kept_and_few_are_not_shown():
    facts = [fact(n, people=("张三", "李四") if n < 4 else ("王五",)) for n in range(6)]
    found = owners.networks(facts, "people")
    assert {row.value for row in found.rows} == {"CN000#0", "CN000#1", "CN000#0\tCN000#1"}
    told = {one.key: one for one in owners.talent(facts[4:], "330100").figures}
    assert (told["people"].value, told["people"].why) == (None, "too_few_people")


@pytest.mark.feature("S4-12")
def test_people_here_and_elsewhere_and_those_who_went_to_another_owner():
    facts = [fact(n, people=(f"张{n}", f"李{n}"), year=2010) for n in range(4)]
    facts += [fact(n + 10, people=(f"张{n}", f"李{n}"), year=2015, owners=("乙",), region="320106") for n in range(2)]
    told = {one.key: one for one in owners.talent(facts, "330100").figures}
    assert (told["people"].value, told["people_local"].value) == (12, 8)
    assert told["moves"].value == 4  # two pairs, each in the company of the other
    alone = [*facts, fact(30, people=("张3",), year=2020, owners=("丙",))]
    assert values(owners.talent(alone, "330100"))["moves"] == 4
    few = {one.key: one for one in owners.talent([facts[0], facts[4]], "330100").figures}
    assert (few["moves"].value, few["moves"].why) == (None, "too_few_people")


@pytest.mark.feature("S4-11")
def test_the_place_of_the_city_with_the_worked_example():
    here, there = [fact(n) for n in range(300)], [fact(n, region="320106") for n in range(300, 3_000)]
    told = values(position.position(here + there, Margins("330100", 2_000, 40_000), AS_OF))
    assert (told["city"], told["node_placed"], told["city_share"]) == (300, 3_000, 0.1)
    assert (told["rta"], told["rpa"], told["gap"]) == (2.0, 60.0, 3)
    few = values(position.position(here[:5] + there, Margins("330100", 2_000, 40_000), AS_OF))
    assert (few["rta"], few["gap"]) == (None, 1)
    nothing = values(position.position([fact(1, region="")], Margins("330100", 2_000, 40_000), AS_OF))
    assert (nothing["city_share"], nothing["gap"], nothing["node_unplaced"]) == (None, None, 1)


@pytest.mark.feature("S4-13")
def test_risk_is_told_where_the_city_is_active():
    facts = [
        fact(1),
        fact(2, region="320106", owners=("外",)),
        fact(3, region="320106", bucket="dead"),
        fact(4, region=""),
    ]
    told = values(owners.risk(facts, "330100", AS_OF))
    assert (told["risk.outside"], told["risk.unplaced"], told["risk.0.long"]) == (1, 1, 1)
    assert values(owners.risk(facts[1:], "330100", AS_OF))["risk.outside"] == 0


_WORDS = ["电池", "冷却", "正极", "材料", "隔膜", "抗体", "肿瘤", "检测", "试剂盒", "药物", "片剂", "缓释"]


@pytest.mark.feature("S4-14")
@settings(max_examples=15)
@given(st.lists(st.sets(st.sampled_from(_WORDS), min_size=1, max_size=4), min_size=20, max_size=60), st.randoms())
def test_topics_are_equal_on_every_run(titles, chance):
    facts = [fact(n, title="".join(sorted(words))) for n, words in enumerate(titles)]
    one, other = topics.topics_of(facts), topics.topics_of(facts)
    assert one == other
    mixed = list(facts)
    Random(chance.random()).shuffle(mixed)
    assert topics.make_topics([topics.terms_of(f.title) for f in mixed]) == topics.make_topics(
        [topics.terms_of(f.title) for f in facts]
    )
    told = values(one)
    assert told["topics_total"] + told["topics_none"] == len(facts)
    assert sum(told[row.cells[0]] for row in one.rows) == told["topics_total"]


@pytest.mark.feature("S4-14")
def test_topics_part_what_has_nothing_in_common():
    battery = [
        fact(n, title=t) for n, t in enumerate(["电池冷却正极", "电池冷却材料", "正极材料电池", "冷却正极材料"] * 5)
    ]
    drug = [
        fact(n + 50, title=t)
        for n, t in enumerate(["肿瘤抗体药物", "抗体药物片剂", "肿瘤药物片剂", "肿瘤抗体片剂"] * 5)
    ]
    found = topics.topics_of([*battery, *drug, *(fact(n, title="") for n in range(100, 180))])
    assert [values(found)[row.cells[0]] for row in found.rows] == [20, 20]
    assert len({row.value for row in found.rows}) == 2
    assert values(found)["topics_stability"] == 1.0


@pytest.mark.feature("S4-08")
def test_thin_cells_of_the_matrix_are_candidates():
    facts = [fact(n) for n in range(40)]
    terms = {"e1": range(20), "e2": range(20, 40), "m1": range(20), "m2": [*range(20, 40), 0]}
    spoken = {name: frozenset(f"CN{n:03d}" for n in ids) for name, ids in terms.items()}
    found = matrix.matrix(facts, ["e1", "e2"], ["m1", "m2"], spoken)
    told = values(found)
    assert [told[f"cell.{i}.{j}"] for i in range(2) for j in range(2)] == [20, 1, 0, 20]
    assert [row.note for row in found.rows] == ["1", "0"]


@pytest.mark.feature("S4-09")
def test_the_main_path_is_that_of_the_worked_example():
    arcs = ["A>C", "B>C", "B>D", "C>E", "C>F", "D>F", "E>G", "F>G", "F>H"]
    citing = {name: tuple(a[2] for a in arcs if a[0] == name) for name in "ABCDEFGH"}
    facts = [fact(n, patent_id=name, citing=citing[name], family=name) for n, name in enumerate("ABCDEFGH")]
    found = main_path.main_path_of(facts)
    assert [row.value for row in found.rows] == ["A C F G", "A C F H", "B C F G", "B C F H"]
