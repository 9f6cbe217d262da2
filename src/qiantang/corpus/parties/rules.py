"""What names of parties are used for."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Basis, Purpose, declare
from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, Evaluation, ModelCard

HARMONISING = declare(
    Purpose(
        code="parties.harmonising",
        title=_("Find the names that are one applicant"),
        basis=Basis.PUBLISHED,
        source=_("Personal Information Protection Law, art. 13 (1) no. 6 and art. 27; Patent Law, art. 21"),
        personal=_("Names of applicants, inventors and agencies as the offices published them"),
        retention=_("Names of organisations for good; names and addresses of persons only as digests"),
    )
)

declare_card(
    ModelCard(
        key="parties.matcher",
        title=_("Party matcher"),
        kind=CardKind.RULES,
        purpose=_("Takes spellings, legal forms and former names of one organisation as one party"),
        used_in=_("Figures by applicant, rankings, the current owner"),
        data=_("Rules made on one half of 503 labelled pairs of real names"),
        limits=_(
            "No commercial register was at hand; companies of one group with the same core and form cannot be told apart"
        ),
        owner=_("Operator of the register"),
        person_decides=_("Doubtful pairs are judged by an operator, who also takes merges back"),
        version="1",
        parts=("qiantang.corpus.parties.methods",),
        evaluation=(
            Evaluation(
                measure=_("Precision of merging by rule, held-out half"),
                figure="100.0 %",
                sample="67/67",
                source="docs/explanation/parties.md",
                interval=("94.6", "100.0 %"),
            ),
            Evaluation(
                measure=_("Recall of merging by rule, held-out half"),
                figure="71.3 %",
                sample="67/94",
                source="docs/explanation/parties.md",
                interval=("61.4", "79.4 %"),
            ),
            Evaluation(
                measure=_("Recall with the queue, held-out half"),
                figure="95.7 %",
                sample="90/94",
                source="docs/explanation/parties.md",
                interval=("89.6", "98.3 %"),
            ),
        ),
    )
)
