"""The figures of the white paper, and what few cases say."""

from __future__ import annotations

from decimal import ROUND_HALF_UP

import pytest
from django.contrib.auth import get_user_model

from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.scenarios.protection.methods.outcomes import Closed, Statistics, figures, per_case, percent
from qiantang.scenarios.protection.models import ImportedOutcome
from qiantang.scenarios.protection.selectors.figures import route_figures
from qiantang.scenarios.protection.services.outcomes import import_outcomes
from qiantang.scenarios.protection.tests.people import person
from qiantang.scenarios.protection.types import Route


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


@pytest.mark.django_db
@pytest.mark.feature("S7B-07")
def test_judgments_come_in_as_figures_once_and_name_nobody(client):
    gu = person("gu", "case_officer")
    head = "route,reference,success,days,amount_yuan,cost_yuan,source\n"
    rows = "".join(
        f"court,(2025)浙01民初{n}号,{'yes' if n else 'no'},{100 + n},{n * 1000},,公开裁判\n" for n in range(5)
    )
    assert import_outcomes(actor=gu, table=head + rows) == 5
    assert import_outcomes(actor=gu, table=head + rows) == 0
    found = route_figures(gu)[Route.COURT]
    assert (found.success_rate, found.median_days, found.median_amount_yuan) == ("80.00", 102, 2000)
    assert (found.median_cost_yuan, found.cost_sample) == (None, 0)
    assert "浙01" not in str(list(ImportedOutcome.objects.values()))
    with pytest.raises(Invalid) as refused:
        import_outcomes(actor=gu, table=head + "court,1,maybe,,,,x\n")
    assert refused.value.facts["place"] == 2
    with pytest.raises(NotPermitted, match="office_only"):
        import_outcomes(actor=person("lin"), table=head + rows)
    client.force_login(get_user_model().objects.get(pk=gu.person_id))
    assert client.post("/protection/statistics", {"table": "a\n1"}).status_code == 422
    assert client.post("/protection/statistics", {"table": head + "court,n1,,,,,x\n"}).status_code == 200
    assert ImportedOutcome.objects.count() == 6
