"""The cards of what figures are made of."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, ModelCard

_FORMULA = _("Formulas of the literature named in the documentation; fitted to no data")
_OWNER = _("Analyst of statistics")
declare_card(
    ModelCard(
        key="measures.quality",
        title=_("Quality indicators of patents"),
        kind=CardKind.SCORED,
        purpose=_("Computes indicators of each patent within its cohort"),
        used_in=_("Quality columns, key patents"),
        data=_FORMULA,
        limits=_("What is not on record is not known; young patents have had little time to be cited"),
        owner=_OWNER,
        version="1",
        parts=("qiantang.corpus.measures.methods.quality",),
    )
)
declare_card(
    ModelCard(
        key="measures.nowcast",
        title=_("Estimate of recent months"),
        kind=CardKind.SCORED,
        purpose=_("Estimates months of which not all is public, with a band"),
        used_in=_("Trends, drawn apart from what is settled"),
        data=_FORMULA,
        limits=_("Assumes that the office publishes as before"),
        owner=_OWNER,
        version="1",
        parts=("qiantang.corpus.measures.methods.nowcast",),
    )
)
declare_card(
    ModelCard(
        key="measures.lifecycle",
        title=_("Life cycle of a technology"),
        kind=CardKind.SCORED,
        purpose=_("Fits a logistic curve to cumulative families and names the phase"),
        used_in=_("Phase of an industry or node"),
        data=_FORMULA,
        limits=_("The interval is too narrow rather than too wide; late middles give no phase"),
        owner=_OWNER,
        version="1",
        parts=("qiantang.corpus.measures.methods.lifecycle",),
    )
)
declare_card(
    ModelCard(
        key="measures.places",
        title=_("Measures of places"),
        kind=CardKind.SCORED,
        purpose=_("Specialisation, concentration, clusters and ranks of places"),
        used_in=_("Panels of monitoring, the cockpit"),
        data=_FORMULA,
        limits=_("Few patents say nothing: below the least cell there is no figure"),
        owner=_OWNER,
        version="1",
        parts=(
            "qiantang.corpus.measures.methods.specialisation",
            "qiantang.corpus.measures.methods.concentration",
            "qiantang.corpus.measures.methods.inequality",
            "qiantang.corpus.measures.methods.geoclusters",
            "qiantang.corpus.measures.methods.rankings",
        ),
    )
)
declare_card(
    ModelCard(
        key="measures.detectors",
        title=_("Detectors of alerts"),
        kind=CardKind.SCORED,
        purpose=_("Finds drops, bursts and waves of lapses, each with the bound that was passed"),
        used_in=_("Alerts of monitoring"),
        data=_FORMULA,
        limits=_("Chance alone passes a bound now and then"),
        owner=_OWNER,
        version="1",
        parts=("qiantang.corpus.measures.methods.detectors",),
    )
)
declare_card(
    ModelCard(
        key="measures.survival",
        title=_("How long rights are kept"),
        kind=CardKind.SCORED,
        purpose=_("Survival of rights by age, and what will lapse in the months ahead"),
        used_in=_("Outlook of expiries and lapses"),
        data=_FORMULA,
        limits=_("The band covers chance only, not a change of mind"),
        owner=_OWNER,
        version="1",
        parts=("qiantang.corpus.measures.methods.survival",),
    )
)
declare_card(
    ModelCard(
        key="measures.topics",
        title=_("Ties and main paths"),
        kind=CardKind.SCORED,
        purpose=_("Groups patents by ties and citations"),
        used_in=_("Maps of a technology"),
        data=_FORMULA,
        limits=_("Groups are a view, not a class; other settings give others"),
        owner=_OWNER,
        version="1",
        parts=(
            "qiantang.corpus.measures.methods.cooccurrence",
            "qiantang.corpus.measures.methods.mainpath",
        ),
    )
)
