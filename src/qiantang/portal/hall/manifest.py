"""The hall, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario

SCENARIO = Scenario(
    key="hall",
    name=_("Services"),
    summary=_(
        "What can be done here, in everyday words; what to bring, how long it takes, and where your matter stands."
    ),
    icon="building-community",
    url_name="hall:service-list",
    order=5,
)
