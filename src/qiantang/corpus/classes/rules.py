"""The card of industries and fields."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, ModelCard

declare_card(
    ModelCard(
        key="classes.industries",
        title=_("Industries and fields of technology"),
        kind=CardKind.RULES,
        purpose=_("Gives an IPC symbol its WIPO field and its industries"),
        used_in=_("Figures by field and industry, high-value patents"),
        data=_("The concordance of WIPO and the tables of industries, with their source"),
        limits=_("Industries are told by classes alone, which name techniques and not firms"),
        owner=_("Analyst of statistics"),
        version="1",
        parts=("qiantang.corpus.classes",),
    )
)
