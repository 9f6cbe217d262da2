"""The card of the place matcher."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, Evaluation, ModelCard

declare_card(
    ModelCard(
        key="places.resolver",
        title=_("Place matcher"),
        kind=CardKind.RULES,
        purpose=_("Reads an address as region of its day and of today"),
        used_in=_("Figures by city and district"),
        data=_(
            "Tables of regions, townships, postcodes and parks; rules mended on the development half of labelled addresses"
        ),
        limits=_("Streets give no district; townships outside Hangzhou are not in the tables"),
        owner=_("Operator of the register"),
        version="1",
        parts=("qiantang.corpus.places",),
        evaluation=(
            Evaluation(
                measure=_("City right, held-out half"),
                figure="277",
                sample="278",
                source="src/qiantang/corpus/places/README.md",
                interval=("98.0%", "99.9%"),
            ),
            Evaluation(
                measure=_("District right, held-out half; the rest not known"),
                figure="235",
                sample="252",
                source="src/qiantang/corpus/places/README.md",
                interval=("89.5%", "95.7%"),
            ),
        ),
    )
)
