"""Claim charts: taken apart, filled, and judged by the all-elements rule."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.protection.methods.charting import Covered, Verdict, covered, elements_of
from qiantang.scenarios.protection.models import ChartElement, Exhibit
from qiantang.scenarios.protection.selectors.charts import charts
from qiantang.scenarios.protection.services import charts as writes
from qiantang.scenarios.protection.tests.people import filed, person

CLAIM = "一种阀门，其特征在于，包括：阀体；设于阀体内的阀芯；以及驱动阀芯的电机。"
pytestmark = pytest.mark.feature("S7B-09")


def test_a_claim_is_taken_apart_and_one_without_signs_stays_whole():
    assert elements_of(CLAIM) == ("一种阀门", "阀体", "设于阀体内的阀芯", "驱动阀芯的电机")
    assert elements_of("甲乙丙") == ("甲乙丙",)
    assert elements_of("  ") == ()


@given(st.lists(st.sampled_from(Verdict), max_size=8))
def test_the_all_elements_rule(verdicts):
    found = covered(verdicts)
    assert (found is Covered.NOT) == (Verdict.ABSENT in verdicts)
    if found in (Covered.LITERALLY, Covered.BY_EQUIVALENTS):
        assert verdicts
        assert set(verdicts) <= {Verdict.SAME, Verdict.EQUIVALENT}
        assert (found is Covered.LITERALLY) == (set(verdicts) == {Verdict.SAME})


@pytest.mark.django_db
def test_cells_carry_evidence_of_the_dispute_and_the_chart_is_judged(client, settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    lin = person("lin")
    number = filed(lin)
    client.force_login(get_user_model().objects.get(pk=lin.person_id))
    client.cookies["qiantang_language"] = "en"
    page = f"/protection/disputes/{number}/charts"
    told = {"do": "draw", "claim_number": "1", "claim_text": CLAIM, "product": "阀门 A"}
    assert client.post(page, {**told, "claim_text": " "}).status_code == 422
    assert client.post(page, told).status_code == 302
    deposit = Exhibit.objects.get().number
    elements = list(ChartElement.objects.order_by("place"))
    for one in elements[:-1]:
        cell = {"do": "fill", "element": one.pk, "feature": "as claimed", "verdict": "same", "deposits": deposit}
        assert client.post(page, cell).status_code == 302
    (chart,) = charts(lin, number)
    assert (chart["decided"], chart["count"], chart["result"][:9]) == (3, 4, "Undecided")
    writes.fill_cell(actor=lin, number=number, element=elements[-1].pk, feature="by hand", verdict="absent")
    assert "not covered" in client.get(page).content.decode()
    with pytest.raises(Invalid, match="exhibit_unknown"):
        writes.fill_cell(
            actor=lin, number=number, element=elements[0].pk, feature="", verdict="same", deposits=["QT-0"]
        )
    with pytest.raises(NotFound):
        writes.draw_chart(actor=person("stranger"), number=number, claim_number=1, claim_text=CLAIM, product="x")
