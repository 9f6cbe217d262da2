"""The card of deadlines."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, ModelCard

declare_card(
    ModelCard(
        key="deadlines.computing",
        title=_("Days on which something is due"),
        kind=CardKind.RULES,
        purpose=_("Computes fees, priority, PCT and other days of a patent"),
        used_in=_("The calendar of a firm"),
        data=_("Written by people after the sources named in each rule; fitted to no data"),
        limits=_("Days of years without a table of holidays are provisional"),
        owner=_("Operator of the register"),
        version="1",
        parts=("qiantang.portal.deadlines.methods.computing",),
    )
)
