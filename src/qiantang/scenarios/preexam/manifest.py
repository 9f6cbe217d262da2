"""Patent pre-examination, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario

SCENARIO = Scenario(
    key="preexam",
    name=_("Patent pre-examination"),
    summary=_("Check a draft against the rules before it is filed: findings with place, source and suggestion."),
    icon="file-check",
    url_name="preexam:first-page",
    order=10,
)
