"""Protection, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario

SCENARIO = Scenario(
    key="protection",
    name=_("Rights protection"),
    summary=_(
        "One intake for every route: mediation, adjudication, court; and evidence that anybody can check without us."
    ),
    icon="shield-check",
    url_name="protection:first-page",
    order=60,
)
