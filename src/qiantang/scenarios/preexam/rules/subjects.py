"""Who may be filed as a subject of pre-examination: the rules of a centre by default, and those of Ningbo as of 2025.

Sources: CNIPA trial measures on pre-examination (2023), published practice of centres. Thresholds differ by city: they are
settings, and what was not compared with the promulgated text says so.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import MandateScope, declare_mandate_scope
from qiantang.commons.rulebook.bases import declare_rules
from qiantang.commons.rulebook.types import All, AnyOf, Example, Leaf, Not, Op, Parameter, Rule, RuleSet, Setting

FILE_FOR = declare_mandate_scope(MandateScope(key="preexam.file", title=_("File and conduct pre-examinations")))

_LOCAL = _("Published practice of protection centres; differs by city")
_MEASURES = _("CNIPA trial measures on pre-examination (2023), and practice of centres")
_NINGBO = _("Ningbo protection centre, measures of 2025, art. 8")
_2025 = date(2025, 1, 1)
_PATENTS = AnyOf(
    (
        Leaf("granted_inventions", Op.GE, Parameter("inventions")),
        Leaf("granted_models_and_designs", Op.GE, Parameter("models_and_designs")),
    )
)
_CLEAN = All((Leaf("abnormal_filings", Op.EQ, 0), Leaf("dishonest", Op.EQ, value=False)))
_FIELD = "classes_in_field"


def _patents(inventions: int, others: int, *, met: bool | None) -> Example:
    return Example({"granted_inventions": inventions, "granted_models_and_designs": others}, met=met)


_THRESHOLDS = (
    Setting(key="inventions", title=_("Granted inventions, at least"), value=1, unit="", source=_LOCAL, most=1000),
    Setting(
        key="models_and_designs",
        title=_("Or granted utility models and designs, at least"),
        value=3,
        unit="",
        source=_LOCAL,
        most=1000,
    ),
)

DEFAULT = declare_rules(
    RuleSet(
        key="preexam.subjects.default",
        title=_("Filing of innovation subjects: default profile"),
        settings=_THRESHOLDS,
        rules=(
            Rule(
                code="BA-1",
                text=_("A legal person registered in the centre's area and in existence"),
                refused=_("The organisation is not registered in the area of the centre, or no longer exists"),
                next_step=_("Ask the centre of the place of registration"),
                source=_LOCAL,
                condition=All((Leaf("region_code", Op.PREFIX, "3301"), Leaf("in_existence"))),
                examples=(
                    Example({"region_code": "330106", "in_existence": True}, met=True),
                    Example({"region_code": "330206", "in_existence": True}, met=False),
                    Example({"region_code": "330106"}, met=None),
                ),
            ),
            Rule(
                code="BA-2",
                text=_("Main business or research lies in an approved field"),
                refused=_("No application or project of the subject lies in an approved field"),
                next_step=_("Name an application or project with a class of the list"),
                source=_MEASURES,
                condition=Leaf(_FIELD, Op.GE, 1),
                examples=(Example({_FIELD: 1}, met=True), Example({_FIELD: 0}, met=False)),
            ),
            Rule(
                code="BA-3",
                text=_("Able to research or produce, with a contact for intellectual property and granted patents"),
                refused=_("No contact for intellectual property is named, or there are too few granted patents"),
                next_step=_("Name the contact; apply again when more patents are granted"),
                source=_LOCAL,
                verified=False,
                condition=All((Leaf("contact_named"), _PATENTS)),
                examples=(
                    Example({"contact_named": True, "granted_inventions": 1}, met=True),
                    Example(
                        {"contact_named": True, "granted_inventions": 0, "granted_models_and_designs": 2}, met=False
                    ),
                    Example({"contact_named": True, "granted_inventions": 0}, met=None),
                ),
            ),
            Rule(
                code="BA-4",
                text=_("Good credit: no abnormal filing and no serious dishonesty in the look-back"),
                refused=_("An abnormal filing or a listing for dishonesty stands in the look-back"),
                next_step=_("Apply again when it has been lifted, or object to the finding"),
                source=_("Rules on patent filing conduct (CNIPA order 77); IP credit rules of 2022"),
                condition=_CLEAN,
                examples=(
                    Example({"abnormal_filings": 0, "dishonest": False}, met=True),
                    Example({"abnormal_filings": 1, "dishonest": False}, met=False),
                    Example({"abnormal_filings": 0}, met=None),
                ),
            ),
            Rule(
                code="BA-5",
                text=_(
                    "A signed undertaking: truthful, no voluntary amendment, answers in time, no withdrawal to file anew"
                ),
                refused=_("The signed undertaking is missing"),
                next_step=_("Sign it and hand it in"),
                source=_LOCAL,
                condition=Leaf("undertaking_signed"),
                examples=(Example({"undertaking_signed": True}, met=True), Example({}, met=None)),
            ),
            Rule(
                code="BA-6",
                text=_("Mobile number and account for electronic filing are verified"),
                refused=_("Contact details are not verified"),
                next_step=_("Verify the mobile number and bind the account for electronic filing"),
                source=_LOCAL,
                condition=Not(Leaf("contact_verified", Op.EQ, value=False)),
                examples=(
                    Example({"contact_verified": True}, met=True),
                    Example({"contact_verified": False}, met=False),
                ),
            ),
        ),
    )
)

NINGBO = declare_rules(
    RuleSet(
        key="preexam.subjects.ningbo",
        title=_("Filing of innovation subjects: Ningbo, 2025"),
        settings=(
            *_THRESHOLDS,
            Setting(
                key="age_days", title=_("Since its foundation, at least"), value=365, unit=_("days"), source=_NINGBO
            ),
            Setting(key="staff", title=_("Insured staff, at least"), value=5, unit=_("people"), source=_NINGBO),
        ),
        rules=(
            Rule(
                code="NB-1",
                text=_("A legal person registered in the city"),
                refused=_("The organisation is not registered in the city"),
                next_step=_("Ask the centre of the place of registration"),
                source=_NINGBO,
                valid_from=_2025,
                verified=False,
                condition=Leaf("region_code", Op.PREFIX, "3302"),
                examples=(
                    Example({"region_code": "330203"}, met=True),
                    Example({"region_code": "330106"}, met=False),
                ),
            ),
            Rule(
                code="NB-2",
                text=_("Founded at least a year before"),
                refused=_("The organisation is too young"),
                next_step=_("Apply again after its first year"),
                source=_NINGBO,
                valid_from=_2025,
                verified=False,
                condition=Leaf("founded_on", Op.DAYS_GE, Parameter("age_days"), of="asked_on"),
                examples=(
                    Example({"founded_on": date(2024, 1, 1), "asked_on": date(2025, 1, 1)}, met=True),
                    Example({"founded_on": date(2024, 6, 1), "asked_on": date(2025, 1, 1)}, met=False),
                ),
            ),
            Rule(
                code="NB-3",
                text=_("At least five insured staff"),
                refused=_("There are too few insured staff"),
                next_step=_("Apply again with the certificate of social insurance"),
                source=_NINGBO,
                valid_from=_2025,
                verified=False,
                condition=Leaf("insured_staff", Op.GE, Parameter("staff")),
                examples=(Example({"insured_staff": 5}, met=True), Example({"insured_staff": 4}, met=False)),
            ),
            Rule(
                code="NB-4",
                text=_("Two years without dishonesty and abnormal filings"),
                refused=_("Dishonesty or an abnormal filing stands within two years"),
                next_step=_("Apply again when two years have passed, or object to the finding"),
                source=_NINGBO,
                valid_from=_2025,
                verified=False,
                condition=_CLEAN,
                examples=(
                    Example({"abnormal_filings": 0, "dishonest": False}, met=True),
                    Example({"abnormal_filings": 0, "dishonest": True}, met=False),
                ),
            ),
            Rule(
                code="NB-5",
                text=_(
                    "At least one granted invention, or three granted utility models or designs, as first applicant"
                ),
                refused=_("There are too few granted patents with the subject as first applicant"),
                next_step=_("Apply again when more patents are granted"),
                source=_NINGBO,
                valid_from=_2025,
                verified=False,
                condition=_PATENTS,
                examples=(
                    _patents(1, 0, met=True),
                    _patents(0, 3, met=True),
                    _patents(0, 2, met=False),
                ),
            ),
        ),
    )
)

# what a subject says of itself, and what the centre finds
FACT_NAMES = {
    "founded_on": _("Founded on"),
    "in_existence": _("Entered in the register and in existence"),
    "main_class": _("Main class of an application or project of yours"),
    "contact_name": _("Contact for intellectual property"),
    "insured_staff": _("Insured staff"),
    "granted_inventions": _("Granted inventions as first applicant"),
    "granted_models_and_designs": _("Granted utility models and designs as first applicant"),
    "undertaking_signed": _("Undertaking signed"),
    "contact_verified": _("Mobile number and account for electronic filing verified"),
    "abnormal_filings": _("Abnormal filings within two years"),
    "dishonest": _("Listed for serious dishonesty"),
}
