"""The disputes of the demo city stand at their stages, are marked as invented, and give the figures of a route."""

from __future__ import annotations

import pytest

from qiantang.kernel.actor import Actor
from qiantang.scenarios.protection.demo import furnish
from qiantang.scenarios.protection.models import (
    ActionApplication,
    Dispute,
    Inspection,
    LibraryCase,
    Opinion,
    Proceeding,
    ProductSheet,
    RegisterEntry,
)
from qiantang.scenarios.protection.selectors.figures import route_figures
from qiantang.scenarios.protection.types import Route


@pytest.mark.django_db
def test_the_demo_is_furnished_once_and_marked(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    furnish("a-long-password")
    count = Dispute.objects.count()
    furnish("a-long-password")
    assert Dispute.objects.count() == count
    assert not Dispute.objects.filter(synthetic=False, filed_at__isnull=False).exists()
    states = set(Proceeding.objects.values_list("case__state", flat=True))
    assert {"settled", "failed", "signing", "exchange", "sent"} <= states
    assert {"proposed", "noticed", "accepted"} <= states | set(
        RegisterEntry.objects.values_list("case__state", flat=True)
    )
    assert not RegisterEntry.objects.filter(synthetic=False).exists()
    opinions = Opinion.objects.order_by("pk").values_list("handed_in_at", flat=True)
    assert [one is None for one in opinions] == [False, True]
    assert [one.published_at is None for one in LibraryCase.objects.order_by("pk")] == [False, True]
    figures = route_figures(Actor.public())[Route.MEDIATION]
    assert (figures.closed, figures.success_rate, figures.median_amount_yuan) == (6, "83.33", None)
    assert not ProductSheet.objects.filter(synthetic=False).exists()
    assert set(ActionApplication.objects.values_list("state", flat=True)) == {"filed", "granted"}
    assert (Inspection.objects.filter(synthetic=True).count(), Inspection.objects.count()) == (5, 5)
