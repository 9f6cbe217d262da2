"""Quality of one patent: the worked examples with exactly their numbers."""

from __future__ import annotations

import pytest

from qiantang.corpus.measures.methods.quality import formulas as one

CITED = [
    "B60K1/00",
    "B60K3/00",
    "B60K5/00",
    "B60K6/00",
    "B60L1/00",
    "B60L3/00",
    "B60L5/00",
    "H02J1/00",
    "H02J3/00",
    "G06F1/00",
]
COMPUTER = ["G06F3/01", "G06F17/30", "H04L29/06"]


def test_citations_in_five_and_seven_years():
    years = {2015: 1, 2016: 2, 2017: 3, 2018: 2, 2019: 4, 2020: 1, 2021: 5, 2022: 2}
    citing = [year for year, times in years.items() for _ in range(times)]
    assert one.citations_within(2015, citing, 5, 2022) == 13
    assert one.citations_within(2015, citing, 7, 2022) == 20
    assert one.normalised(13, 26) == 0.5
    assert one.citations_within(2018, citing, 5, 2022) is None
    assert one.citations_within(None, citing, 5, 2022) is None


def test_sizes():
    assert one.family_size(["CN", "US", "EP", "JP", "WO", "CN"]) == 4
    assert one.normalised(4, 16) == 0.25
    assert one.normalised(18, 60) == 0.30
    assert one.scope(COMPUTER) == 2
    assert one.normalised(2, 8) == 0.25
    assert one.scope([]) is None
    assert one.normalised(12, 48) == 0.25
    assert one.normalised(3, 0) == 0
    assert one.normalised(90, 60) == 1
    assert one.normalised(None, 3) is one.normalised(3, None) is None


def test_generality():
    assert one.generality([COMPUTER, ["A61B5/00"]]) == pytest.approx(0.611111, abs=5e-7)
    assert one.generality([COMPUTER, ["A61B5/00"], []]) == pytest.approx(0.611111, abs=5e-7)
    assert one.generality([]) is one.generality([[]]) is None
    single = one.spread({"a": 2, "b": 1, "c": 1})
    assert single == 0.625
    assert one.corrected(single, 4) == pytest.approx(0.833333, abs=5e-7)
    assert one.corrected(0.0, 1) is None


def test_originality_and_radicalness():
    assert one.originality(CITED) == pytest.approx(0.70)
    assert one.radicalness(["B60K7/00"], CITED) == pytest.approx(0.60)
    assert one.originality([]) is one.radicalness(["B60K7/00"], []) is one.radicalness([], CITED) is None


def test_grant_lag():
    assert one.grant_lag(730, 2190) == pytest.approx(0.666667, abs=5e-7)
    assert one.grant_lag(None, 2190) is None


def test_ten_of_a_thousand_break_through():
    cohort = list(range(1000))
    assert sum(one.is_breakthrough(value, cohort) for value in cohort) == 10
    tied = [0] * 985 + [5] * 15
    assert sum(one.is_breakthrough(value, tied) for value in tied) == 0
    assert one.is_breakthrough(None, cohort) is None


def test_composites():
    four = (0.5, 0.25, 0.30, 0.611111)
    assert one.composite(four) == pytest.approx(0.415278, abs=5e-7)
    assert one.composite((*four, 0.25, 0.666667)) == pytest.approx(0.429630, abs=5e-7)
    assert one.composite((*four, None, 0.666667)) is None
    assert one.composite([]) is None


def test_places_in_a_cohort():
    assert one.percentile(2, [1, 2, 2, 3]) == 0.5
    assert one.percentile(None, [1]) is None
    assert one.cap_of([0, 10], 0.98) == pytest.approx(9.8)
    assert one.cap_of([]) is None


@pytest.mark.parametrize(("counts", "h"), [([], 0), ([0, 0], 0), ([9], 1), ([5, 4, 4, 3, 1], 3), ([4, 4, 4, 4], 4)])
def test_h_index(counts, h):
    assert one.h_index(counts) == h
