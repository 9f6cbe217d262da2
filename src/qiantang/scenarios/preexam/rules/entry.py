"""Which drafts may enter pre-examination: EL-rules that keep a draft back, and those that want the examiner's eye."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_rules
from qiantang.commons.rulebook.types import All, AnyOf, Example, Leaf, Node, Op, Rule, RuleSet

_LOCAL = _("Published practice of protection centres; differs by city")
_MEASURES = _("CNIPA trial measures on pre-examination (2023), and practice of centres")
_ASK = _("File it by the ordinary route, which is always open")
_CORRECT = _("Correct what you stated, or file it by the ordinary route")


def _no(fact: str) -> Leaf:
    return Leaf(fact, Op.EQ, value=False)


def _rule(code: str, text: str, refused: str, condition: Node, *examples: Example, **more: str) -> Rule:
    return Rule(
        code=code,
        text=text,
        refused=refused,
        condition=condition,
        examples=examples,
        next_step=more.get("next_step", _ASK),
        source=more.get("source", _MEASURES),
        verified=more.get("verified", "yes") == "yes",
    )


def _stated(code: str, text: str, refused: str, fact: str, source: str = _MEASURES) -> Rule:
    """A rule that a yes breaks."""
    examples = (Example({fact: False}, met=True), Example({fact: True}, met=False), Example({}, met=None))
    return _rule(code, text, refused, _no(fact), *examples, source=source)


ENTRY = declare_rules(
    RuleSet(
        key="preexam.entry",
        title=_("Which drafts may enter pre-examination"),
        rules=(
            _rule(
                "EL-1",
                _("The applicant holds an active filing as a subject"),
                _("The applicant holds no active filing as a subject"),
                Leaf("subject_active"),
                Example({"subject_active": True}, met=True),
                Example({"subject_active": False}, met=False),
                next_step=_("Have the organisation filed as a subject first"),
            ),
            _rule(
                "EL-2",
                _("The main class lies in the approved list"),
                _("The main class lies outside the approved list"),
                Leaf("class_in_field"),
                Example({"class_in_field": True}, met=True),
                Example({"class_in_field": False}, met=False),
                Example({}, met=None),
            ),
            _stated(
                "EL-3",
                _("Neither an international application nor the entry of one"),
                _("International applications and their entries are not pre-examined"),
                "international",
            ),
            _stated(
                "EL-4", _("No divisional application"), _("Divisional applications are not pre-examined"), "divisional"
            ),
            _stated(
                "EL-5",
                _("No secrecy examination is needed"),
                _("An application that needs a secrecy examination is not pre-examined"),
                "secret",
            ),
            _stated(
                "EL-6",
                _("Neither filed at CNIPA nor published before"),
                _("What was filed or published before is not pre-examined"),
                "filed_already",
            ),
            _rule(
                "EL-9",
                _("Filed electronically, with all requests and fees on the filing day"),
                _("Only electronic filings with all requests and fees on the filing day are pre-examined"),
                Leaf("electronic"),
                Example({"electronic": True}, met=True),
                Example({"electronic": False}, met=False),
                source=_LOCAL,
                next_step=_CORRECT,
            ),
            _stated(
                "EL-10",
                _("No deferred examination is requested"),
                _("A request for deferred examination does not go with the fast track"),
                "deferred",
                _LOCAL,
            ),
            _rule(
                "EL-14",
                _("The applicant waives voluntary amendments"),
                _("Without the waiver of voluntary amendments a draft is not pre-examined"),
                Leaf("waives_amendment"),
                Example({"waives_amendment": True}, met=True),
                Example({"waives_amendment": False}, met=False),
                source=_LOCAL,
                next_step=_CORRECT,
            ),
            _rule(
                "EL-15",
                _("The agency, if any, is listed, not suspended, and has a power of attorney"),
                _("The agency is not listed, is suspended, or has no power of attorney"),
                AnyOf(
                    (_no("by_agency"), All((Leaf("agency_listed"), _no("agency_suspended"), Leaf("power_of_attorney"))))
                ),
                Example({"by_agency": False}, met=True),
                Example(
                    {"by_agency": True, "agency_listed": True, "agency_suspended": False, "power_of_attorney": True},
                    met=True,
                ),
                Example({"by_agency": True, "agency_listed": False}, met=False),
                next_step=_("The applicant can hand it in directly"),
            ),
        ),
    )
)

ATTENTION = declare_rules(
    RuleSet(
        key="preexam.entry.attention",
        title=_("What an examiner looks at when a draft enters"),
        rules=(
            _stated(
                "EL-7",
                _("The same invention is not filed as a utility model on the same day"),
                _("The same invention is filed as a utility model on the same day"),
                "twin",
                _LOCAL,
            ),
            _stated("EL-8", _("No priority is claimed"), _("Priority is claimed"), "priority", _LOCAL),
            _rule(
                "EL-11",
                _("No earlier draft of the subject, its agency or its inventors is nearly the same"),
                _("An earlier draft of the subject, its agency or its inventors is nearly the same"),
                Leaf("look_alikes", Op.EQ, 0),
                Example({"look_alikes": 0}, met=True),
                Example({"look_alikes": 1}, met=False),
                source=_("Implementing Regulations art. 11; CNIPA order 77"),
                next_step=_("A person compares the two"),
            ),
            _stated(
                "EL-12",
                _("Neither genetic resources nor deposits nor sequence listings"),
                _("Genetic resources, a deposit or a sequence listing: further documents are needed"),
                "special_material",
                _LOCAL,
            ),
            _rule(
                "EL-13",
                _("The quota of the subject is not used up"),
                _("The quota of the subject is used up"),
                Leaf("quota_left", Op.GE, 1),
                Example({"quota_left": 1}, met=True),
                Example({"quota_left": 0}, met=False),
                Example({}, met=None),
                source=_LOCAL,
                next_step=_("Ask for an increment once, or wait for the next year"),
            ),
        ),
    )
)
