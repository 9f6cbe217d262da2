"""Claim charts: drawn from the text of a claim, filled cell by cell, with evidence of the dispute pinned to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.charting import Verdict, elements_of
from qiantang.scenarios.protection.models import ChartElement, ClaimChart, Exhibit
from qiantang.scenarios.protection.selectors.disputes import dispute_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.models import Dispute


@transaction.atomic
def draw_chart(*, actor: Actor, number: str, claim_number: int, claim_text: str, product: str) -> int:
    """Take a claim apart and lay its elements out; returns the key of the chart.

    errors  NotFound · NotPermitted ``protection.not_yours`` · Invalid ``protection.claim_empty``
    """
    row = _charted(actor, number)
    elements = elements_of(claim_text)
    if not elements or not product.strip():
        raise Invalid("protection.claim_empty")
    chart = ClaimChart.objects.create(
        dispute=row,
        claim_number=claim_number,
        claim_text=claim_text.strip(),
        product=" ".join(product.split())[:200],
        made_by_id=actor.person_id,
        made_at=timezone.now(),
    )
    ChartElement.objects.bulk_create(
        ChartElement(chart=chart, place=place, text=text) for place, text in enumerate(elements, 1)
    )
    audit.record(actor=actor, verb="protection.chart.draw", subject=f"dispute:{row.pk}", facts={"chart": chart.pk})
    return chart.pk


@transaction.atomic
def fill_cell(
    *, actor: Actor, number: str, element: int, feature: str, verdict: str, deposits: Sequence[str] = ()
) -> None:
    """Say what the product has of an element, and pin evidence of the dispute to it.

    errors  NotFound ``protection.element_unknown`` · NotPermitted · Invalid ``protection.exhibit_unknown``,
            ``protection.step_unknown``
    """
    row = _charted(actor, number)
    found = ChartElement.objects.select_for_update().filter(pk=element, chart__dispute=row).first()
    if found is None:
        raise NotFound("protection.element_unknown")
    if verdict not in set(Verdict):
        raise Invalid("protection.step_unknown", given=verdict[:40])
    known = set(Exhibit.objects.filter(dispute=row).values_list("number", flat=True))
    strange = [one for one in deposits if one not in known]
    if strange:
        raise Invalid("protection.exhibit_unknown", number=strange[0][:40])
    found.feature, found.verdict, found.deposits = feature.strip()[:4_000], verdict, list(deposits)
    found.saved_at = timezone.now()
    found.save(update_fields=["feature", "verdict", "deposits", "saved_at"])
    facts = {"chart": found.chart_id, "place": found.place, "verdict": verdict}
    audit.record(actor=actor, verb="protection.chart.fill", subject=f"dispute:{row.pk}", facts=facts)


def _charted(actor: Actor, number: str) -> Dispute:
    """Who brought the dispute fills its charts, and the office may too."""
    row = dispute_row(actor, number)
    if not policies.may_conduct(actor, row) and not policies.is_office(actor):
        raise NotPermitted("protection.not_yours")
    return row
