"""Regional innovation monitoring, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario

SCENARIO = Scenario(
    key="monitoring",
    name=_("Innovation monitoring"),
    summary=_("Where the city stands, district by district and beside its peers; every number opens its patents."),
    icon="chart-infographic",
    url_name="monitoring:city",
    order=20,
)
