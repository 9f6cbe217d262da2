"""Protection, as the rest of the house knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from qiantang.commons.casework.types.graph import Hanging, Splitter, declare_hanging, declare_splitter
from qiantang.commons.catalogue.api import Scenario
from qiantang.scenarios.protection.selectors.hanging import exhibits_hung
from qiantang.scenarios.protection.workflow import DISPUTE

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

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

EXHIBITS = declare_hanging(
    Hanging(
        key="exhibit",
        title=gettext_noop("Evidence in a dispute"),
        told=gettext_noop("Evidence added: %(title)s"),
        read=exhibits_hung,
    )
)


def _split(actor: Actor, case_id: int, new_id: int) -> None:
    from qiantang.scenarios.protection.services.disputes import split_dispute  # noqa: PLC0415 - brings what no start may

    split_dispute(actor, case_id, new_id)


declare_splitter(Splitter(DISPUTE.key, _split))
