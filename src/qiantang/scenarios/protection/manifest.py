"""Protection, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario

SCENARIO = Scenario(
    key="protection",
    name=_("Evidence deposits"),
    summary=_("Deposit files by their digests, with timestamps and packages that anybody can check without us."),
    icon="shield-check",
    url_name="protection:deposit-list",
    order=60,
)
