"""The analyses of a node on facts whose answers are known."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from math import exp, log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.scenarios.navigation.methods import (
    analysing,
    drawing,
    key_patents,
    life,
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
    found = life.life([fact(1, year=None)], AS_OF)
    told = {one.key: one for one in found.figures}
    assert told["curve_ceiling"].value is None
    assert told["curve_ceiling"].why == "few_years"
    assert told["life_stage"].value is None
    assert told["cycle_time"].value is None
    nothing = situation.situation([], AS_OF)
    assert values(nothing)["total"] == 0
    assert values(nothing)["export_ratio"] is None


@pytest.mark.feature("S4-05")
def test_the_curve_is_found_again_with_the_bounds_of_its_ceiling():
    """The worked example of the curve: K 1000, turning point 2015, ten years from 10 % to 90 %."""
    sofar, facts = 0, []
    for year in range(2000, 2024):
        until = round(1_000 / (1 + exp(-log(81) / 10 * (year - 2015))))
        facts += [fact(n, year=year) for n in range(sofar, until)]
        sofar = until
    found = life.life(facts, AS_OF)
    told = values(found)
    assert told["curve_ceiling"] == pytest.approx(1_000, abs=2)
    assert (round(told["curve_middle"]), round(told["curve_span"])) == (2015, 10)
    assert told["curve_low"] <= told["curve_ceiling"] <= told["curve_high"] < 1_010
    assert told["curve_phase"] == life.PHASES["saturation"]
    assert [told[f"sofar.{year}"] for year in (2012, 2015, 2018, 2020)] == [211, 500, 789, 900]
    assert told["curve.2018"] == pytest.approx(788.9045, abs=1)
    assert found.rows[-1].value == "2023"  # what is not complete is not fitted


@pytest.mark.feature("S4-05")
def test_the_indicator_set_of_the_worked_example_and_the_age_of_what_is_cited():
    facts = [fact(n, year=2019 + n // 70) for n in range(280)] + [fact(n, year=2023) for n in range(280, 400)]
    facts += [fact(n, year=2023, type="utility_model") for n in range(400, 460)]
    facts += [fact(n, year=2023, type="design", owners=("乙", "丙")) for n in range(460, 480)]
    told = values(life.life(facts, AS_OF))
    row = [told[f"{one}.2023"] for one in ("growth", "maturity", "decay", "novelty")]
    assert row == [0.30, 0.666667, 0.90, 0.731057]
    assert (told["active.2023"], told["active.2022"]) == (3, 1)
    cited = [fact(1, year=2010, citing=("CN002", "CN003", "CN009")), fact(2, year=2013), fact(3, year=2020)]
    assert values(life.life(cited, AS_OF))["cycle_time"] == 6.5


@pytest.mark.feature("S4-05")
def test_branches_by_year():
    facts = [fact(n, year=2020 + n % 3) for n in range(9)]
    below = {"1": frozenset({"CN000", "CN001", "CN003"}), "2": frozenset({"CN002"})}
    found = analysing.branch_years(facts, below, AS_OF)
    told = values(found)
    assert (told["by.1.2020"], told["by.1.2021"], told["by.1.2022"], told["by.2.2022"]) == (2, 1, 0, 1)
    assert {len(row.cells) for row in found.rows} == {analysing.BRANCH_YEARS}
    assert members(found, "by.1.2020") == (0, 3)


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
    facts[15], facts[16] = fact(15, marks=("standard",)), fact(16, marks=("litigation",))
    listed, told_rows = key_patents.key_patents(facts, means, standards=True)
    told = {row["id"]: set(row["reasons"]) for row in told_rows}
    assert "standard" in told["CN015"]
    assert "litigated" in told["CN016"]
    assert all(row["missing"] == [] for row in told_rows)
    assert (values(listed)["marked.standard"], values(listed)["marked.litigation"]) == (1, 1)
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
    assert [values(found)[f"role.{one}"] for one in ("leader", "follower", "newcomer")] == [2, 1, 1]
    many = [fact(n, owners=(f"大{n % 40}",), year=2012) for n in range(120)] + [fact(900, owners=("新",), year=2024)]
    assert owners.applicants(many, AS_OF).rows[-1].value == "新"  # too small for the ranking, told all the same
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
    abroad = [*facts, fact(5, region="", country="US", owners=("Outer",)), fact(6, region="", country="CN")]
    told = values(owners.risk(abroad, "330100", AS_OF))
    assert (told["risk.outside"], told["risk.abroad"], told["risk.unplaced"]) == (2, 1, 2)


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
    facts = [fact(n, year=2022) for n in range(40)]
    terms = {"e1": range(20), "e2": range(20, 40), "m1": range(20), "m2": [*range(20, 40), 0]}
    spoken = {name: frozenset(f"CN{n:03d}" for n in ids) for name, ids in terms.items()}
    found = matrix.matrix(facts, ["e1", "e2"], ["m1", "m2"], spoken, AS_OF)
    told = values(found)
    assert [told[f"cell.{i}.{j}"] for i in range(2) for j in range(2)] == [20, 1, 0, 20]
    assert [row.note for row in found.rows] == ["1", "0"]
    waning = [
        *(fact(n, year=2019) for n in range(20)),
        *facts[20:],
    ]  # the first effect and the first means no longer grow
    found = matrix.matrix(waning, ["e1", "e2"], ["m1", "m2"], spoken, AS_OF)
    assert [row.note for row in found.rows] == ["", ""]


@pytest.mark.feature("S4-09")
def test_the_main_path_is_that_of_the_worked_example():
    arcs = ["A>C", "B>C", "B>D", "C>E", "C>F", "D>F", "E>G", "F>G", "F>H"]
    citing = {name: tuple(a[2] for a in arcs if a[0] == name) for name in "ABCDEFGH"}
    facts = [fact(n, patent_id=name, citing=citing[name], family=name) for n, name in enumerate("ABCDEFGH")]
    found, drawing_ = main_path.main_path_of(facts)
    assert [row.value for row in found.rows] == ["A C F G", "A C F H", "B C F G", "B C F H"]
    arrows = {tuple(row.value.split("\t")): row for row in drawing_.rows if "\t" in row.value}
    weights = {ends: values(drawing_)[row.cells[0]] for ends, row in arrows.items()}
    assert weights == {
        ("A", "C"): 3,
        ("B", "C"): 3,
        ("C", "F"): 4,
        ("F", "G"): 3,
        ("F", "H"): 3,
    }  # SPC of the module M8
    assert {ends for ends, row in arrows.items() if "key" in row.note} >= {("C", "F")}
    nodes = [row for row in drawing_.rows if "\t" not in row.value]
    assert {row.value for row in nodes} == set("ABCFGH")
    assert all(row.note == "path" for row in nodes)


@pytest.mark.feature("S4-09")
def test_patents_that_cite_each_other_in_a_circle_are_drawn_as_one_that_says_so():
    citing = {"A": ("B",), "B": ("C",), "C": ("B", "D"), "D": ()}
    years = {"A": 2010, "B": 2012, "C": 2012, "D": 2015}
    facts = [fact(n, patent_id=one, citing=citing[one], family=one, year=years[one]) for n, one in enumerate("ABCD")]
    drawn = main_path.main_path_of(facts).drawing
    nodes = {row.value: row for row in drawn.rows if "\t" not in row.value}
    assert {name: (row.label, row.note) for name, row in nodes.items()} == {
        "A": ("2010", "path"),
        "B": ("2012", "path circle"),
        "D": ("2015", "path"),
    }
    assert members(drawn, nodes["B"].cells[0]) == (1, 2)  # opens both
    family = [one._replace(family="BC") if one.patent_id in "BC" else one for one in facts]
    told = {row.value: row.note for row in main_path.main_path_of(family).drawing.rows if "\t" not in row.value}
    assert told["B"] == "path"  # a family is one anyhow


@pytest.mark.feature("S4-09")
def test_what_is_drawn_over_time_has_places_of_its_own():
    places = {"a": 0, "b": 1, "c": 1, "d": 1, "e": 2}
    found = drawing.lanes(places, ["d"])
    assert found["d"] == found["a"] == found["e"] == 0  # the main path stands in the middle
    assert len({(places[one], lane) for one, lane in found.items()}) == len(places)


@pytest.mark.feature("S4-09")
def test_that_there_are_more_paths_than_are_told_is_told():
    layers = [[f"{name}{n}" for n in range(3)] for name in "ABC"]
    citing = {one: tuple(after) for layer, after in pairwise(layers) for one in layer}
    names = [one for layer in layers for one in layer]
    facts = [fact(n, patent_id=name, family=name, citing=citing.get(name, ())) for n, name in enumerate(names)]
    told = values(main_path.main_path_of(facts).paths)
    assert (told["path_ties"], told["path_more"]) == (8, 1)  # of 27


@pytest.mark.feature("S4-10")
def test_a_community_has_a_place_of_its_own():
    groups = {"甲": "1", "乙": "1", "丙": "2", "丁": "3", "戊": "1"}
    found = drawing.placed(groups)
    assert found == drawing.placed(dict(groups))
    assert len(set(found.values())) == 5
    assert all(0 < x < 1 and 0 < y < 1 for x, y in found.values())
    near = max(abs(found[a][0] - found[b][0]) for a in "甲乙戊" for b in "甲乙戊")
    assert near < 0.33
    assert drawing.placed({}) == {}


_ANEW = """
from qiantang.scenarios.navigation.methods import owners, topics
from qiantang.scenarios.navigation.tests.facts import fact
words = ["电池", "冷却", "正极", "材料", "隔膜", "抗体", "肿瘤", "检测", "试剂盒", "药物", "片剂", "缓释"]
facts = [fact(n, title="".join(words[(n * k) % 12] for k in (1, 2, 5)), owners=(f"甲{n % 7}", f"乙{n % 5}")) for n in range(90)]
print(topics.topics_of(facts), owners.networks(facts, "owners"))
"""


@pytest.mark.feature("S4-14")
@pytest.mark.feature("S4-10")
def test_another_process_with_another_order_of_sets_finds_the_same_topics_and_communities():
    told = {
        subprocess.run(
            [sys.executable, "-c", _ANEW],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop()) > 1_000
