"""Life cycle: the worked examples, and curves that are found again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.corpus.measures.methods import lifecycle as life


def test_the_indicator_set_of_the_example():
    found = life.indicator_set(120, 400, 60, 20)
    assert found.growth == pytest.approx(0.30)
    assert found.maturity == pytest.approx(0.666667, abs=5e-7)
    assert found.decay == pytest.approx(0.90)
    assert found.novelty == pytest.approx(0.731057, abs=5e-7)


def test_what_is_not_known_makes_the_set_not_known():
    assert life.indicator_set(120, None, 60, None) == (None, pytest.approx(2 / 3), None, None)
    assert life.indicator_set(0, 0, 0, 0) == (None, None, None, None)


def test_growth_needs_five_years_on_record():
    found = life.life_cycle({2016: 10, 2020: 30}, {2020: 10}, {}, first_known=2016)
    assert list(found) == [2016, 2017, 2018, 2019, 2020]
    assert found[2019].growth is None
    assert found[2020] == (0.75, 0.75, 1.0, pytest.approx(0.75 * 2**0.5))
    assert found[2018].maturity is None


def test_stages_are_read_from_the_direction_of_the_indicators():
    def sets(*rows):
        return [life.indicator_set(*row) for row in rows]

    growing = sets((10, 100, 10, 0), (20, 110, 10, 0), (40, 140, 10, 0))
    assert life.life_stage(growing, [10, 20, 40]) == "growth"
    ripe = sets((40, 150, 10, 0), (38, 180, 20, 0), (37, 190, 40, 0))
    assert life.life_stage(ripe, [40, 38, 37]) == "maturity"
    declining = sets((40, 150, 10, 0), (20, 180, 10, 10), (8, 190, 10, 30))
    assert life.life_stage(declining, [40, 20, 8]) == "decline"
    assert life.life_stage([], []) is None
    assert life.life_stage(sets((None, None, None, None)), [3]) is None


def test_cycle_time_is_the_median_age_of_what_is_cited():
    assert life.cycle_time([(2020, 2010), (2020, 2018), (2020, 2015), (2020, 2021)]) == 5
    assert life.cycle_time([]) is None


@pytest.mark.parametrize(
    ("year", "families"),
    [(2010, 100), (2012, 211.0955), (2015, 500), (2018, 788.9045), (2020, 900), (2025, 987.8049)],
)
def test_the_logistic_curve_of_the_example(year, families):
    assert life.logistic(year, 1000, 2015, 10) == pytest.approx(families, abs=5e-5)


def test_the_rate_of_the_example():
    assert np.log(81) / 10 == pytest.approx(0.439445, abs=5e-7)


@settings(max_examples=10, deadline=None)
@given(st.integers(200, 20_000), st.integers(2005, 2015), st.integers(5, 20))
def test_a_curve_is_found_again(ceiling, middle, span):
    years = list(range(2000, 2021))
    fit = life.fit_logistic(years, [life.logistic(year, ceiling, middle, span) for year in years])
    assert fit.ceiling == pytest.approx(ceiling, rel=0.01)
    assert fit.middle == pytest.approx(middle, abs=0.1)
    assert fit.span == pytest.approx(span, rel=0.02)
    assert fit.r_squared > 0.9999
    assert fit.identifiable
    assert fit.phase == life.phase_of(fit.share)
    assert fit.interval[0] <= fit.ceiling <= fit.interval[1]


def test_the_interval_holds_a_noisy_ceiling_about_as_often_as_it_says():
    years = list(range(2000, 2021))
    random = np.random.default_rng(7)
    held = 0
    for _ in range(25):
        seen = [
            life.logistic(year, 1000, 2012, 10) + draw
            for year, draw in zip(years, random.normal(0, 8, 21), strict=True)
        ]
        fit = life.fit_logistic(years, seen)
        held += fit.interval[0] <= 1000 <= fit.interval[1]
        assert fit.interval[0] >= max(seen)
    assert held >= 21  # of 25, where 95 of a hundred are promised: fewer would be one run in a hundred


def test_before_the_turn_saturation_cannot_be_told():
    years = list(range(2000, 2012))
    fit = life.fit_logistic(years, [10 * 1.3**at for at in range(len(years))])
    assert not fit.identifiable
    assert fit.phase is None


def test_few_years_or_no_growth_are_not_fitted():
    assert life.fit_logistic([2000, 2001, 2002, 2003], [1, 2, 3, 4]) is None
    assert life.fit_logistic(list(range(2000, 2010)), [5] * 10) is None
    with pytest.raises(ValueError, match="rising"):
        life.fit_logistic([2001, 2000], [1, 2])


@pytest.mark.parametrize(
    ("share", "phase"), [(0.09, "emerging"), (0.1, "growth"), (0.5, "maturity"), (0.9, "saturation")]
)
def test_phases(share, phase):
    assert life.phase_of(share) == phase
