"""Industry navigation, as the rest of the house knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario, SlotItem
from qiantang.kernel.actor import Actor
from qiantang.scenarios.navigation import policies

if TYPE_CHECKING:
    from collections.abc import Mapping


def _may_begin(context: Mapping[str, object]) -> bool:
    actor = context["actor"]
    return isinstance(actor, Actor) and bool(policies.may_keep_chains(actor)) and bool(context["total"])


SCENARIO = Scenario(
    key="navigation",
    name=_("Industry navigation"),
    summary=_("An industry from above and from inside: its chain, its key patents, where the city stands, what to do."),
    icon="compass",
    url_name="navigation:index",
    order=40,
    slots=(
        SlotItem(
            slot="search.actions",
            key="navigation-project",
            label=_("Begin a navigation project"),
            template="navigation/parts/from_result.html",
            order=50,
            when=_may_begin,
        ),
        SlotItem(
            slot="patent.panels",
            key="navigation-notes",
            label=_("Standards, court cases, industry reports"),
            template="navigation/parts/of_patent.html",
            order=40,
        ),
    ),
)
