"""The figures of the white paper, and what few cases say."""

from __future__ import annotations

from decimal import ROUND_HALF_UP

import pytest

from qiantang.scenarios.protection.methods.outcomes import Closed, Statistics, figures, per_case, percent


@pytest.mark.feature("S7B-07")
def test_the_worked_figures_of_the_white_paper():
    year = Statistics(accepted=6216, completed=4303, successful=1395, pending_start=0, amount_yuan=841_000_000)
    assert year.success_rate == "32.42" == percent(1395, 4303, ROUND_HALF_UP)
    assert percent(1395, 6216) == "22.44"  # what it is not
    assert (year.completion_rate, year.pending_end) == ("69.22", 1913)
    assert (per_case(841_000_000, 6216), per_case(841_000_000, 4303)) == (135_296, 195_445)


def test_of_nothing_no_rate_is_told():
    assert Statistics(0, 0, 0, 0, None).success_rate is None
    assert per_case(5, 0) is None


@pytest.mark.feature("S7B-07")
def test_with_too_few_closed_cases_nothing_is_told_but_how_many():
    few = figures([Closed(success=True, days=20, amount_yuan=1000, cost_yuan=0)] * 4, 5)
    assert (few.closed, few.enough, few.success_rate, few.median_days) == (4, False, None, None)


def test_each_figure_rests_on_the_cases_of_which_it_is_known():
    closed = [Closed(success=n < 2, days=n, amount_yuan=n * 100 if n < 5 else None, cost_yuan=None) for n in range(6)]
    found = figures(closed, 5)
    assert (found.success_rate, found.median_days) == ("33.33", 2)
    assert (found.median_amount_yuan, found.amount_sample) == (200, 5)
    assert (found.median_cost_yuan, found.cost_sample) == (None, 0)  # no case says: not known
