"""Patent pre-examination, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.casework.types.sight import Sight, declare_sight
from qiantang.commons.catalogue.api import Scenario
from qiantang.scenarios.preexam.policies import handed_in
from qiantang.scenarios.preexam.types import DraftType

SCENARIO = Scenario(
    key="preexam",
    name=_("Patent pre-examination"),
    summary=_("Check a draft against the rules before it is filed: findings with place, source and suggestion."),
    icon="file-check",
    url_name="preexam:first-page",
    order=10,
)

SIGHTS = [declare_sight(Sight(f"preexam.{kind.value}", handed_in)) for kind in DraftType]
