"""The cards of what judges here: rules, screens, draws."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_card, rules_card
from qiantang.commons.rulebook.types.cards import CardKind, Evaluation, ModelCard
from qiantang.scenarios.preexam.methods.checks import rules_version
from qiantang.scenarios.preexam.rules.credit import CREDIT
from qiantang.scenarios.preexam.rules.entry import ATTENTION, ENTRY
from qiantang.scenarios.preexam.rules.subjects import DEFAULT, NINGBO
from qiantang.scenarios.preexam.types import Wanted


def _checks() -> str:
    return rules_version(Wanted(timezone.localdate()))


_FILED = _("Whether a subject is filed for pre-examination")
_WRITTEN = _("Written by people after the sources named in each rule; fitted to no data")
_LOCAL = _(
    "Values of the city are not verified against the official text; a fact that is not known is never taken as not met"
)
_OWNER = _("Supervisor of pre-examination")
_REVIEWED = _("An examiner reviews, a supervisor sends it on")
_ACCEPTED = _("Whether a draft is accepted")
_EXAMINER = _("The examiner, and another person who confirms")
rules_card(
    DEFAULT,
    purpose=_("Tells which conditions of the filing are met, not met or not known, each with its evidence"),
    used_in=_FILED,
    data=_WRITTEN,
    limits=_LOCAL,
    owner=_OWNER,
    person_decides=_REVIEWED,
)
rules_card(
    NINGBO,
    purpose=_("The same conditions with the published values of Ningbo, 2025"),
    used_in=_FILED,
    data=_WRITTEN,
    limits=_LOCAL,
    owner=_OWNER,
    person_decides=_REVIEWED,
)
rules_card(
    CREDIT,
    purpose=_("Proposes a measure from breaches that people have noted"),
    used_in=_("Measures of credit: warning, halved quota, suspension"),
    data=_WRITTEN,
    limits=_LOCAL,
    owner=_OWNER,
    person_decides=_("A supervisor takes the measure; another one decides on an appeal"),
)
rules_card(
    ENTRY,
    purpose=_("Tells at once everything that keeps a draft from entering"),
    used_in=_ACCEPTED,
    data=_WRITTEN,
    limits=_LOCAL,
    owner=_OWNER,
    person_decides=_EXAMINER,
)
rules_card(
    ATTENTION,
    purpose=_("Points the examiner to what needs a look"),
    used_in=_("Nothing by itself; shown beside the draft"),
    data=_WRITTEN,
    limits=_LOCAL,
    owner=_OWNER,
    person_decides=_EXAMINER,
)
declare_card(
    ModelCard(
        key="preexam.checks",
        title=_("Checks of a draft"),
        kind=CardKind.RULES,
        purpose=_("Finds formal defects of a draft, each with place, source and suggestion"),
        used_in=_("Requests for amendment and conclusions of pre-examination"),
        data=_WRITTEN,
        limits=_(
            "What needs a drawing to be read is told as not checked; precision on drafts that people really hand in is not known"
        ),
        owner=_OWNER,
        person_decides=_EXAMINER,
        current=_checks,
        evaluation=(
            Evaluation(
                measure=_("Recall on defects planted into thirteen drafts"),
                figure="0.979",
                sample="3318",
                source="bench/results/check_quality.json",
            ),
            Evaluation(
                measure=_("Precision on the same drafts"),
                figure="0.999",
                sample="3318",
                source="bench/results/check_quality.json",
            ),
            Evaluation(
                measure=_("Findings of severity E against granted claim sets, all right"),
                figure="one",
                sample="19",
                source="docs/explanation/pre-examination-checks.md",
            ),
        ),
    )
)
declare_card(
    ModelCard(
        key="preexam.field_gate",
        title=_("Field gate"),
        kind=CardKind.RULES,
        purpose=_("Tells whether the main class lies in the list approved for the centre"),
        used_in=_ACCEPTED,
        data=_("The list approved for the centre, as published"),
        limits=_("The list is an example until the official one is entered"),
        owner=_OWNER,
        person_decides=_EXAMINER,
        version="1",
        parts=("qiantang.scenarios.preexam.methods.field_gate",),
    )
)
declare_card(
    ModelCard(
        key="preexam.alike",
        title=_("Similarity screen of drafts"),
        kind=CardKind.SCORED,
        purpose=_("Finds near duplicates among the drafts of a subject, its agency and its inventors by keyed MinHash"),
        used_in=_("Nothing by itself; a person judges whether a filing is abnormal"),
        data=_("A list of synonyms written by people; fitted to no data"),
        limits=_("An estimate with a standard error below 0.05; claims alone are compared"),
        owner=_OWNER,
        person_decides=_EXAMINER,
        version="1",
        parts=("qiantang.scenarios.preexam.methods.alike",),
    )
)
declare_card(
    ModelCard(
        key="preexam.changes",
        title=_("Changes between versions"),
        kind=CardKind.RULES,
        purpose=_("Shows which changes answer an item, which are declared, and which nobody asked for"),
        used_in=_("Conclusions of pre-examination"),
        data=_WRITTEN,
        limits=_("Compares paragraph by paragraph: a paragraph that moved counts as changed"),
        owner=_OWNER,
        person_decides=_EXAMINER,
        version="1",
        parts=("qiantang.scenarios.preexam.methods.changes",),
    )
)
declare_card(
    ModelCard(
        key="preexam.assigning",
        title=_("Assignment of examiners"),
        kind=CardKind.RULES,
        purpose=_("Proposes the examiner by class, interest and load"),
        used_in=_("Who examines a draft"),
        data=_WRITTEN,
        limits=_("Knows only interests that are declared or found in the case system"),
        owner=_OWNER,
        person_decides=_("A supervisor"),
        version="1",
        parts=("qiantang.scenarios.preexam.methods.assigning",),
    )
)
declare_card(
    ModelCard(
        key="preexam.sampling",
        title=_("Draw of second readings"),
        kind=CardKind.SCORED,
        purpose=_("Draws proposed passes by a keyed digest, so that nobody steers or foresees it"),
        used_in=_("Which cases are read a second time"),
        data=_("Formulas of the literature named in the documentation; fitted to no data"),
        limits=_("Draws a share on average; of few cases none may be drawn"),
        owner=_OWNER,
        person_decides=_("The second reader"),
        version="1",
        parts=("qiantang.scenarios.preexam.methods.sampling",),
    )
)
declare_card(
    ModelCard(
        key="preexam.quota",
        title=_("Quota of subjects"),
        kind=CardKind.RULES,
        purpose=_("Computes the yearly quota from what passed and was accepted the year before"),
        used_in=_("How many drafts a subject may hand in"),
        data=_WRITTEN,
        limits=_LOCAL,
        owner=_OWNER,
        person_decides=_("A supervisor grants increments"),
        version="1",
        parts=("qiantang.scenarios.preexam.methods.quota",),
    )
)
