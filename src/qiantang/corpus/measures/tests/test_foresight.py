"""Survival, outlook, nowcast and detectors: published examples, exact small ones, and what always holds."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.measures.methods import detectors, nowcast
from qiantang.corpus.measures.methods import survival as sur
from qiantang.corpus.measures.methods.survival import Due, Life

# --- survival ---

# Remission times of the 21 treated patients of Freireich et al. (1963), the textbook case of Kaplan and Meier's estimate.
TREATED = [
    (6, 1),
    (6, 1),
    (6, 1),
    (6, 0),
    (7, 1),
    (9, 0),
    (10, 1),
    (10, 0),
    (11, 0),
    (13, 1),
    (16, 1),
    (17, 0),
    (19, 0),
    (20, 0),
]
TREATED += [(22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]


def test_the_curve_of_the_textbook():
    steps = sur.survival_curve(Life(age, bool(ended)) for age, ended in TREATED)
    assert [(one.age, one.at_risk, one.ended) for one in steps] == [
        (6, 21, 3),
        (7, 17, 1),
        (10, 15, 1),
        (13, 12, 1),
        (16, 11, 1),
        (22, 7, 1),
        (23, 6, 1),
    ]
    found = [round(one.survival, 4) for one in steps]
    assert found == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert (round(steps[0].low, 3), round(steps[0].high, 3)) == (0.620, 0.952)
    assert sur.median_life(steps) == 23
    assert sur.survival_at(steps, 5.9) == 1
    assert sur.survival_at(steps, 22.5) == pytest.approx(0.5378, abs=5e-5)


def test_a_right_is_at_risk_from_its_grant_only():
    steps = sur.survival_curve([Life(5, True), Life(9, True, entered=6), Life(10, False, entered=2)])
    assert [(one.age, one.at_risk, one.survival) for one in steps] == [(5, 2, 0.5), (9, 2, 0.25)]
    late = sur.survival_curve([Life(5, True), Life(9, True, entered=5), Life(7, False)])
    assert [(one.age, one.at_risk) for one in late] == [(5, 2), (9, 1)]
    with pytest.raises(ValueError, match="entry"):
        sur.survival_curve([Life(3, True, entered=3)])


@given(st.lists(st.tuples(st.integers(1, 20), st.booleans()), max_size=30))
def test_without_late_entry_and_censoring_survival_is_the_share_left(rows):
    steps = sur.survival_curve(Life(age, True) for age, _ in rows)
    for step in steps:
        assert step.survival == pytest.approx(sum(age > step.age for age, _ in rows) / len(rows))
    mixed = sur.survival_curve(Life(age, ended) for age, ended in rows)
    values = [1.0, *(one.survival for one in mixed)]
    assert values == sorted(values, reverse=True)
    assert all(one.low is None or 0 <= one.low <= one.survival <= one.high <= 1 for one in mixed)


def test_curves_by_holder():
    lives = [("university", Life(4, True)), ("enterprise", Life(9, False)), ("university", Life(8, False))]
    curves = sur.curves_by_group(lives)
    assert list(curves) == ["enterprise", "university"]
    assert curves["enterprise"] == ()
    assert curves["university"][0].survival == 0.5


def test_the_outlook_knows_expiry_and_expects_lapses():
    # Four fees of the fifth year were due in the past, one was not paid.
    hazards = sur.fee_hazards(
        [
            ("firm", Life(5, True, 3)),
            ("firm", Life(5.5, False, 3)),
            ("firm", Life(6, False, 3)),
            ("firm", Life(5, False, 4.5)),
        ]
    )
    assert hazards.rate("firm", 5) == 0.25
    assert hazards.rate("firm", 4) == 0
    assert hazards.rate("university", 5) is None
    rights = [Due(0, 5, None, "firm")] * 8 + [
        Due(0, 20, 0, "firm"),
        Due(3, 5, None, "university"),
        Due(None, None, 2, "firm"),
    ]
    months = sur.outlook(rights, hazards)
    assert len(months) == 12
    assert months[0][:4] == (0, 1, 8, pytest.approx(2.0))
    assert months[0].low == pytest.approx(0.0)
    assert months[0].high == pytest.approx(2 + 1.959964 * 1.5**0.5)
    assert months[2] == (2, 1, 0, 0.0, 0.0, 0.0, 0)
    assert months[3] == (3, 0, 1, None, None, None, 1)


@given(
    st.lists(
        st.builds(
            Due,
            st.none() | st.integers(0, 11),
            st.integers(1, 6),
            st.none() | st.integers(0, 30),
            st.sampled_from("ab"),
        )
    )
)
def test_every_right_is_counted_once_at_most(rights):
    hazards = sur.FeeHazards({("a", age): (10, age) for age in range(1, 7)})
    months = sur.outlook(rights, hazards)
    assert sum(one.expiring for one in months) == sum(
        one.expires_month is not None and one.expires_month < 12 for one in rights
    )
    assert sum(one.expiring + one.due for one in months) <= len(rights)
    assert all(one.unknown or 0 <= one.low <= one.lapsing <= one.high <= one.due for one in months)


# --- nowcast ---

# The triangle of Taylor and Ashe (1983) with Mack's results of 1993.
CLAIMS = """357848 1124788 1735330 2218270 2745596 3319994 3466336 3606286 3833515 3901463
352118 1236139 2170033 3353322 3799067 4120063 4647867 4914039 5339085
290507 1292306 2218525 3235179 3985995 4132918 4628910 4909315
310608 1418858 2195047 3757447 4029929 4381982 4588268
443160 1136350 2128333 2897821 3402672 3873311
396132 1333217 2180715 2985752 3691712
440832 1288463 2419861 3483130
359480 1421128 2864498
376686 1363294
344014"""
STILL_TO_COME = [0, 94634, 469511, 709638, 984889, 1419459, 2177641, 3920301, 4278972, 4625811]
ERRORS = [0, 75535, 121699, 133549, 261406, 411010, 558317, 875328, 971258, 1363155]


def test_the_estimate_and_its_error_are_those_of_the_publication():
    rows = [[float(one) for one in line.split()] for line in CLAIMS.splitlines()]
    table = np.array([row + [np.nan] * (10 - len(row)) for row in rows])
    points = nowcast.nowcast(table, least_share=0)
    assert [round(one.estimate - one.observed) for one in points] == pytest.approx(STILL_TO_COME, abs=1)
    assert [round(one.error) for one in points] == pytest.approx(ERRORS, abs=1)
    assert [one.settled for one in points] == [True] + [False] * 9
    assert all(one.low >= one.observed for one in points)
    young = nowcast.nowcast(table)  # of the youngest year 7 % are known
    assert young[-1].estimate is None
    assert young[-1].reported == pytest.approx(344014 / (344014 + 4625811))


def test_a_table_is_counted_from_filings():
    filings = [(0, 1), (0, 1), (0, 9), (1, 1), (2, 2), (2, 5), (-1, 0), (3, 2)]
    table = nowcast.triangle(filings, first=0, today=3, lags=2)
    assert table[0].tolist() == [0, 2, 2]
    assert table[1].tolist() == [1, 1, 1]
    assert table[2][:2].tolist() == [1, 1]
    assert np.isnan(table[2][2])
    assert np.isnan(table[3][1:]).all()


@given(st.lists(st.integers(1, 40), min_size=8, max_size=14))
def test_where_every_month_is_published_alike_the_estimate_is_exact(tens):
    shares = np.array([0.1, 0.4, 0.8, 1.0])
    final = np.array(tens) * 10
    table = final[:, None] * shares
    ages = len(final) - 1 - np.arange(len(final))
    table[np.arange(4)[None, :] > ages[:, None]] = np.nan
    points = nowcast.nowcast(table)
    assert [one.estimate for one in points] == pytest.approx(final.tolist())
    assert [one.reported for one in points[-3:]] == pytest.approx([0.8, 0.4, 0.1])
    assert all(one.error == pytest.approx(0, abs=1e-6) for one in points)


def test_a_month_of_which_nothing_is_public_is_not_estimated():
    table = np.array([[0.0, 5, 10], [0, 4, 8], [0, 6, np.nan], [0, np.nan, np.nan]])
    points = nowcast.nowcast(table)
    assert points[2].estimate == pytest.approx(12)
    assert points[3] == (0, None, None, None, None, None, False)


# --- detectors ---


def test_a_drop_of_more_than_half():
    assert detectors.drop(49, 100) == (49, 100, 50, True)
    assert detectors.drop(50, 100).fired is False
    assert detectors.drop(None, 100).fired is None
    assert detectors.drop(0, 0).fired is None


def test_a_wave_is_two_deviations_above_two_years():
    history = [10.0, 14.0] * 12
    bound = 12 + 2 * (24 * 4 / 23) ** 0.5
    assert detectors.wave(history, 17) == (17, 12, pytest.approx(bound), True)
    assert detectors.wave(history, 16).fired is False
    assert detectors.wave([99.0, *history], 17).fired
    assert detectors.wave(history[1:], 17).fired is None
    assert detectors.wave([*history[:-1], None], 17).fired is None


def test_a_burst_is_much_and_many_times_the_usual():
    assert detectors.burst([1.0] * 12, 9).fired is False
    assert detectors.burst([1.0] * 12, 10).fired
    assert detectors.burst([4.0] * 12, 12).fired is False
    assert detectors.burst([4.0] * 11, 90).fired is None


def test_an_alert_is_told_again_after_it_has_cooled():
    days = [date(2021, 4, day) for day in (20, 1, 5, 9, 8)]
    assert detectors.cooled(days, 7) == (date(2021, 4, 1), date(2021, 4, 9), date(2021, 4, 20))
