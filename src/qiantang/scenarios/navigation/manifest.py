"""Industry navigation, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario

SCENARIO = Scenario(
    key="navigation",
    name=_("Industry navigation"),
    summary=_("An industry from above and from inside: its chain, its key patents, where the city stands, what to do."),
    icon="compass",
    url_name="navigation:index",
    order=40,
)
