"""Trend, concentration, inequality, specialisation, samples and ranks: the worked examples, and what always holds."""

from __future__ import annotations

from datetime import date
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.measures.methods import concentration as con
from qiantang.corpus.measures.methods import growth, inequality, rankings, sampling
from qiantang.corpus.measures.methods import specialisation as spec

counts = st.lists(st.integers(0, 10_000), min_size=1, max_size=20).filter(any)


# --- trend ---


def test_growth_from_100_to_200_in_three_years():
    assert growth.cagr(100, 200, 3) == pytest.approx(0.259921, abs=5e-7)
    assert growth.cagr(0, 200, 3) is None
    assert growth.cagr(None, 200, 3) is None
    assert growth.cagr(100, 200, 0) is None


def test_the_last_eighteen_months_are_not_complete_and_stay_out_of_growth():
    values = {2018: 100, 2019: 150, 2020: 200, 2021: 120}
    points = growth.trend_by_year(values, as_of=date(2022, 7, 1))
    assert [one.complete for one in points] == [
        True,
        True,
        True,
        False,
    ]  # the end of 2020 is 18 months before July 2022
    assert growth.trend_by_year(values, as_of=date(2022, 6, 30))[2].complete is False
    assert [one.change for one in points] == [None, 0.5, pytest.approx(1 / 3), -0.4]
    assert points[2].average == 150
    assert growth.cagr_of(points) == pytest.approx(2**0.5 - 1)


def test_a_year_that_is_not_there_is_not_known():
    points = growth.trend_by_year({2018: 5, 2020: 7})
    assert [(one.year, one.value, one.change) for one in points] == [
        (2018, 5, None),
        (2019, None, None),
        (2020, 7, None),
    ]
    assert growth.trend_by_year({}) == ()


def test_months_compare_with_the_same_month_of_the_year_before():
    months = {(2020, month): float(month) for month in range(1, 13)} | {(2021, 1): 3.0, (2021, 2): None}
    points = growth.trend_by_month(months, as_of=date(2022, 3, 1))
    assert points[12] == growth.TrendPoint(2021, 1, 3.0, 2.0, pytest.approx(26 / 3), complete=False)
    assert points[13].value is points[13].change is points[13].average is None
    assert [one.month for one in points if one.complete] == list(range(1, 9))
    assert growth.trend_by_month({(2020, 1): 100.0, (2020, 7): 121.0})[-1].month == 7
    assert growth.cagr_of(growth.trend_by_month({(2020, 1): 100.0, (2020, 7): 110.0})) == pytest.approx(0.21)


# --- concentration ---


@pytest.mark.feature("S2-08")
def test_concentration_of_four():
    values = [4, 3, 2, 1]
    assert con.hhi(values) == pytest.approx(3000)
    assert con.cr(values, 2) == pytest.approx(0.70)
    found = con.concentration(values)
    assert found.normalised == pytest.approx(0.066667, abs=5e-7)
    assert found.effective == pytest.approx(3.3333, abs=5e-5)
    assert found.band == "high"


def test_nothing_is_not_zero_concentration():
    assert con.hhi([]) is con.cr([0, 0], 4) is con.concentration([]) is None
    assert con.concentration([7]).normalised is None
    with pytest.raises(ValueError, match="below zero"):
        con.hhi([-1, 2])


@given(counts)
def test_concentration_lies_between_equality_and_monopoly(values):
    found = con.concentration(values)
    n = sum(1 for one in values if one)
    assert 10_000 / n <= found.hhi * (1 + 1e-9)
    assert found.hhi <= 10_000 * (1 + 1e-9)
    assert con.cr(values, n) == pytest.approx(1)
    assert con.hhi([one * 3 for one in values]) == pytest.approx(found.hhi)
    assert all(con.cr(values, k) <= con.cr(values, k + 1) + 1e-12 for k in range(1, n))


def test_who_is_new():
    rows = con.new_entrants([("a", 2019), ("b", 2019), ("a", 2020), ("c", 2020), ("c", 2020), ("d", 2022), ("a", 2022)])
    assert rows == ((2019, 2, 2, None), (2020, 1, 2, 0.5), (2022, 1, 2, 0.5))


def test_the_top_holds_all_that_tie_with_the_last():
    assert con.top([("c", 1), ("b", 2), ("a", 2), ("d", 3)], 2) == (("d", 3), ("a", 2), ("b", 2))


# --- inequality and variety ---


def test_inequality_and_diversity_of_the_examples():
    assert inequality.gini([1, 2, 3, 4, 10]) == pytest.approx(0.40)
    assert inequality.shannon([0.5, 0.3, 0.2]) == pytest.approx(1.029653, abs=5e-7)
    assert inequality.evenness([0.5, 0.3, 0.2]) == pytest.approx(0.937231, abs=5e-7)
    assert inequality.gini([0, 0]) is inequality.shannon([]) is inequality.evenness([3]) is None
    assert inequality.shannon([3]) == 0


@pytest.mark.feature("S2-08")
@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.integers(0, 50), min_size=1, max_size=6), min_size=1))
def test_theil_is_the_sum_of_its_parts(groups):
    found = inequality.theil(groups)
    everyone = [one for values in groups.values() for one in values]
    if not sum(everyone):
        assert found is None
        return
    mean = sum(everyone) / len(everyone)
    direct = sum(one / mean * log(one / mean) for one in everyone if one) / len(everyone)
    assert found.total == pytest.approx(direct, abs=1e-9)
    assert min(found.between, found.within) >= -1e-9
    assert found.total <= log(len(everyone)) + 1e-9


@pytest.mark.feature("S2-08")
@given(st.dictionaries(st.sampled_from(["A1", "A2", "A3", "B1", "B2", "C1"]), st.integers(0, 50)))
def test_variety_between_and_within_groups_is_the_whole_entropy(classes):
    found = inequality.related_variety(classes, {name: name[0] for name in classes})
    whole = inequality.shannon(classes.values())
    assert (found is None) == (whole is None)
    if found is not None:
        assert found.total == pytest.approx(whole, abs=1e-9)


# --- specialisation ---


@pytest.mark.feature("S2-08")
def test_a_city_with_300_of_2000_where_the_nation_has_3000_of_40000():
    found = spec.specialisation(300, 2000, 3000, 40_000)
    assert found == (pytest.approx(2.0), pytest.approx(0.333333, abs=5e-7), pytest.approx(60.0), False)


def test_few_patents_say_nothing_about_specialisation():
    assert spec.specialisation(9, 20, 3000, 40_000) == (None, None, None, True)
    assert spec.specialisation(10, 20, 3000, 40_000).rta is not None
    assert spec.rta(1, 0, 1, 1) is None
    assert (spec.rsi(0.0), spec.rpa(0.0)) == (-1, -100)


@given(st.lists(st.lists(st.integers(1, 99), min_size=3, max_size=3), min_size=2, max_size=5))
def test_rta_weighted_by_what_is_expected_is_one(rows):
    table = np.array(rows, dtype=float)
    found = spec.rta_table(table)
    weights = table.sum(0) / table.sum()
    assert (found * weights).sum(1) == pytest.approx(np.ones(len(rows)))
    one = spec.rta(table[0, 0], table[0].sum(), table[:, 0].sum(), table.sum())
    assert found[0, 0] == pytest.approx(one)
    assert np.isnan(spec.rta_table(table, least=100)).all()


def test_relatedness_of_three_fields():
    # Fields 0 and 1 are specialities of the same two regions, field 2 of one of these and another.
    table = [[2, 2, 2], [2, 2, 0], [0, 0, 2]]
    near = spec.proximity(table)
    assert near == pytest.approx(np.array([[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1]]))
    density = spec.relatedness_density(table)
    assert density[1] == pytest.approx([2 / 2.5, 2 / 2.5, 0.5])
    assert spec.relatedness_density(table, with_itself=False)[1] == pytest.approx([1 / 1.5, 1 / 1.5, 1])
    assert np.isnan(spec.relatedness_density([[0, 0], [0, 0]])).all()


def test_four_quadrants():
    fields = {"a": (0.5, 2.0), "b": (0.4, 0.5), "c": (0.1, 3.0), "d": (0.0, 0.2), "e": (None, 2.0), "f": (0.2, None)}
    assert spec.quadrants(fields) == {
        "a": "star",
        "b": "potential",
        "c": "traditional",
        "d": "weak",
        "e": None,
        "f": None,
    }


# --- samples ---


def test_recall_92_of_100_and_precision_180_of_200():
    recall = sampling.recall_check(92, 100)
    assert (recall.share, recall.accepted) == (0.92, True)
    precision = sampling.precision_check(180, 200)
    assert precision.share == 0.90
    assert (round(precision.low, 3), round(precision.high, 3)) == (0.851, 0.934)
    assert precision.accepted
    assert sampling.recall_check(85, 100).accepted is False
    assert sampling.recall_check(85, 100, sampling.RECALL_OF_BRANCH).accepted


def test_without_a_sample_nothing_is_known():
    assert sampling.precision_check(0, 0) == (0, 0, None, 0, 1, 0.85, None)
    with pytest.raises(ValueError, match="between"):
        sampling.recall_check(5, 4)


# --- ranks and composites ---


def test_composites_of_the_examples():
    assert rankings.min_max({"a": 20, "hz": 70.75, "b": 120})["hz"] == pytest.approx(0.5075)
    found = rankings.z_scores({"a": 10, "b": 20, "c": 30})
    assert list(found.values()) == [pytest.approx(-1.224745, abs=5e-7), 0, pytest.approx(1.224745, abs=5e-7)]
    assert rankings.min_max({"a": 3, "b": 3, "c": None}) == rankings.z_scores({"a": 3, "b": 3, "c": None})


def test_ties_share_a_rank_and_the_next_is_skipped():
    rows = rankings.ranking({"d": 1, "b": 5, "a": 9, "c": 5, "e": None})
    assert [(one.unit, one.rank, one.tied, one.gap) for one in rows] == [
        ("a", 1, 0, None),
        ("b", 2, 1, 4),
        ("c", 2, 1, 4),
        ("d", 4, 0, 4),
        ("e", None, 0, None),
    ]
    assert rankings.ranks({"a": 25, "b": 14}, lower_is_better=True) == {"b": 1, "a": 2}


def test_third_to_fifth_depending_on_the_rule():
    rules = {
        "first applicant": {"hz": 30, "bj": 50, "sh": 40, "gz": 20, "nj": 10},
        "fractional": {"hz": 25, "bj": 50, "sh": 40, "gz": 28, "nj": 26},
        "inventor": {"hz": 33, "bj": 50, "sh": 40, "gz": 34},
    }
    found = {one.unit: one for one in rankings.rank_ranges(rules)}
    assert (found["hz"].best, found["hz"].worst, found["hz"].robust) == (3, 5, False)
    assert found["bj"].robust
    assert found["nj"].robust is None
    assert found["nj"].by_rule["inventor"] is None
    assert [one.unit for one in rankings.rank_ranges(rules)] == ["bj", "sh", "gz", "hz", "nj"]


def test_places_won_and_lost():
    assert rankings.rank_moves({"a": 3, "b": 1}, {"a": 1, "b": None, "c": 2}) == {"a": 2, "b": None, "c": None}


def test_a_missing_indicator_is_left_out_and_told():
    rows = rankings.composites(
        {"x": {"a": 0, "b": 10, "c": 5}, "rank": {"a": 1, "b": 3, "c": None}},
        {"x": 0.25, "rank": 0.75},
        lower_is_better=["rank"],
    )
    assert rows == (("a", 0.75, ()), ("b", 0.25, ()), ("c", 0.5, ("rank",)))
    with pytest.raises(ValueError, match="sum to 1"):
        rankings.composites({"x": {"a": 1}}, {"x": 0.9})


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 5), max_size=12))
def test_a_rank_is_one_more_than_how_many_are_better(values):
    for one in rankings.ranking(values):
        assert one.rank == 1 + sum(other > one.value for other in values.values())
        assert one.tied == sum(other == one.value for other in values.values()) - 1
