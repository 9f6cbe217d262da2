"""What follows from breaches: reminder, warning, suspension, cancellation. A rule that is not met proposes; a person decides.

Sources: published measures of several centres (suspension above half, cancellation above seven tenths or from two confirmed
abnormal filings, a bar of three years); the values are settings, none was compared with an order of this centre.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_rules
from qiantang.commons.rulebook.types import Example, Leaf, Op, Parameter, Rule, RuleSet, Setting

_SOURCE = _("Credit rules of protection centres; differs by city")
_OBJECT = _("Object within the limit of the ledger, with evidence")


class Measure(StrEnum):
    """What follows, from the mildest on."""

    REMINDER = "reminder"
    WARNING = "warning"
    SUSPENSION = "suspension"
    CANCELLATION = "cancellation"


# rule -> (measure, setting that holds its months; empty: it has no end of its own)
MEASURES: dict[str, tuple[Measure, str]] = {
    "CR-1": (Measure.REMINDER, ""),
    "CR-2": (Measure.WARNING, ""),
    "CR-3": (Measure.SUSPENSION, "suspension_months"),
    "CR-4": (Measure.CANCELLATION, "bar_months"),
    "CR-5": (Measure.CANCELLATION, "bar_months"),
    "CR-6": (Measure.SUSPENSION, "suspension_months"),
}


def _setting(key: str, title: str, value: int, unit: str = "") -> Setting:
    return Setting(key=key, title=title, value=value, unit=unit, source=_SOURCE, most=1000)


def _rule(code: str, text: str, refused: str, condition: Leaf, *examples: Example) -> Rule:
    return Rule(
        code=code,
        text=text,
        refused=refused,
        next_step=_OBJECT,
        source=_SOURCE,
        verified=False,
        condition=condition,
        examples=examples,
    )


CREDIT = declare_rules(
    RuleSet(
        key="preexam.credit",
        title=_("Credit of subjects and agencies"),
        settings=(
            _setting("suspend_percent", _("Suspended above this failure rate of a year"), 50, "%"),
            _setting("cancel_percent", _("Cancelled above this failure rate of a year"), 70, "%"),
            _setting("abnormal_filings", _("Cancelled from so many confirmed abnormal filings"), 2),
            _setting("agency_points", _("An agency is suspended from so many points"), 12),
            _setting("suspension_months", _("A suspension lasts"), 6, _("months")),
            _setting("bar_months", _("After a cancellation no new filing for"), 36, _("months")),
        ),
        rules=(
            _rule(
                "CR-1",
                _("No breach within a year"),
                _("A breach within a year: a reminder"),
                Leaf("breaches", Op.LE, 0),
                Example({"breaches": 0}, met=True),
                Example({"breaches": 1}, met=False),
            ),
            _rule(
                "CR-2",
                _("At most one breach within a year"),
                _("A second breach within a year: a warning"),
                Leaf("breaches", Op.LE, 1),
                Example({"breaches": 1}, met=True),
                Example({"breaches": 2}, met=False),
            ),
            _rule(
                "CR-3",
                _("At most half of the cases of a year fail"),
                _("More than half of the cases of a year failed: suspended"),
                Leaf("failed", Op.RATIO_LE, Parameter("suspend_percent"), of="closed"),
                Example({"failed": 5, "closed": 10}, met=True),
                Example({"failed": 6, "closed": 10}, met=False),
                Example({"failed": 0}, met=None),
            ),
            _rule(
                "CR-4",
                _("At most seven tenths of the cases of a year fail"),
                _("More than seven tenths of the cases of a year failed: cancelled"),
                Leaf("failed", Op.RATIO_LE, Parameter("cancel_percent"), of="closed"),
                Example({"failed": 7, "closed": 10}, met=True),
                Example({"failed": 8, "closed": 10}, met=False),
            ),
            _rule(
                "CR-5",
                _("Fewer confirmed abnormal filings than the limit"),
                _("Confirmed abnormal filings reach the limit: cancelled"),
                Leaf("abnormal", Op.LT, Parameter("abnormal_filings")),
                Example({"abnormal": 1}, met=True),
                Example({"abnormal": 2}, met=False),
            ),
            _rule(
                "CR-6",
                _("Points of an agency stay below the limit"),
                _("The points of the agency reach the limit: suspended"),
                Leaf("agency_points", Op.LT, Parameter("agency_points")),
                Example({"agency_points": 11}, met=True),
                Example({"agency_points": 12}, met=False),
            ),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Breach:
    """What somebody did; points that an agency gets for it."""

    title: str
    points: int
    abnormal: bool = False


# code of the domain file -> breach
BREACHES: dict[str, Breach] = {
    "BR-1": Breach(_("The filed text differs from the text that passed"), 3),
    "BR-2": Breach(_("Filed, paid or answered late"), 1),
    "BR-3": Breach(_("Voluntary amendment, priority or applicant changed after passing"), 2),
    "BR-4": Breach(_("Withdrawn after passing, or grant fee not paid, without reason"), 2),
    "BR-6": Breach(_("False documents, account lent, abnormal filing confirmed"), 6, abnormal=True),
    "UC-1": Breach(_("Changes of one's own that were not declared"), 1),
}
