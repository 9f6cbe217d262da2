"""Sheets, applications and codes of origin as data: words, dated values, mandates, notices."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import MandateScope, declare_mandate_scope
from qiantang.commons.notices.types import NoticeKind, declare_kind
from qiantang.commons.rulebook.bases import declare_rules
from qiantang.commons.rulebook.types import Example, Leaf, Op, Parameter, Rule, RuleSet, Setting
from qiantang.scenarios.protection.types.marks import (
    AlertKind,
    ApplicationState,
    AuthorityKind,
    GoodsVerdict,
    InspectionKind,
    InspectionOutcome,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ENFORCE = declare_mandate_scope(
    MandateScope(
        key="protection.enforce", title=_("Enforce rights for an authority: read shared sheets, record seizures")
    )
)
ORIGIN = declare_mandate_scope(
    MandateScope(key="protection.origin", title=_("Keep a geographical indication: users, plots, codes of origin"))
)

_CUSTOMS = _("Regulations on the customs protection of intellectual property, art. 10; to be verified")
_MARKET = _("Value of the house until the authority names its own; to be verified")
_HOUSE = _("Value of the house; differs by city")

MARKS = declare_rules(
    RuleSet(
        key="protection.marks",
        title=_("Applications for action and codes of origin"),
        rules=(
            Rule(
                code="OC-1",
                text=_("A code is looked at no oftener than one package is likely to be"),
                refused=_("The code was looked at oftener: it may have been copied"),
                next_step=_("Compare the package with what the page says, and report it if it differs"),
                source=_HOUSE,
                condition=Leaf("scans", Op.LE, Parameter("scans_told")),
                examples=(
                    Example({"scans": 1}, met=True),
                    Example({"scans": 3}, met=True),
                    Example({"scans": 4}, met=False),
                    Example({}, met=None),
                ),
                verified=False,
            ),
        ),
        settings=(
            Setting(
                key="customs_months",
                title=_("Term of a recordal with the customs"),
                value=120,
                unit=_("months"),
                source=_CUSTOMS,
                least=1,
                most=600,
            ),
            Setting(
                key="customs_window_months",
                title=_("Renewed no earlier than"),
                value=6,
                unit=_("months"),
                source=_CUSTOMS,
                least=1,
                most=60,
            ),
            Setting(
                key="other_months",
                title=_("Term of an application to another authority"),
                value=12,
                unit=_("months"),
                source=_MARKET,
                least=1,
                most=600,
            ),
            Setting(
                key="other_window_months",
                title=_("Renewed no earlier than, there"),
                value=1,
                unit=_("months"),
                source=_MARKET,
                least=1,
                most=60,
            ),
            Setting(
                key="scans_told",
                title=_("Looks at a code before it is flagged as a possible copy"),
                value=3,
                unit="",
                source=_HOUSE,
                least=1,
                most=1000,
            ),
            Setting(
                key="checks_an_hour",
                title=_("Codes one network address may check in an hour"),
                value=60,
                unit="",
                source=_HOUSE,
                least=1,
                most=10_000,
            ),
            Setting(
                key="reports_an_hour",
                title=_("Fakes one network address may report in an hour"),
                value=5,
                unit="",
                source=_HOUSE,
                least=1,
                most=1000,
            ),
        ),
    )
)

SHEET_PARTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "genuine_marks": (_("Marks on genuine goods"), _("Form, place, colour, security features")),
        "fake_marks": (_("Marks on fakes seen so far"), _("What differs, and how it is seen without tools")),
        "genuine_packaging": (_("Packaging of genuine goods"), _("Material, print, seals, codes, sizes")),
        "fake_packaging": (_("Packaging of fakes"), _("What differs")),
        "logistics": (_("How genuine goods travel"), _("Places of make, routes, carriers, usual documents")),
        "sellers": (_("Authorised sellers and makers"), _("And how they prove it")),
        "fake_routes": (_("How fakes travel"), _("Places, routes, carriers, prices")),
        "contact": (_("Contact for enforcers"), _("Who answers, in which languages, how soon")),
    }
)
AUTHORITY_WORDS = {
    AuthorityKind.MARKET: _("Market supervision"),
    AuthorityKind.CUSTOMS: _("Customs"),
    AuthorityKind.CULTURE: _("Cultural market enforcement"),
    AuthorityKind.AGRICULTURE: _("Agricultural enforcement"),
    AuthorityKind.POLICE: _("Police"),
}
ALERT_WORDS = {
    AlertKind.CONSIGNMENT: _("A consignment of fakes is expected"),
    AlertKind.NEW_FAKE: _("Fakes of a new make"),
    AlertKind.PLACE: _("A place where fakes are made, kept or sold"),
}
APPLICATION_WORDS = {
    ApplicationState.FILED: _("Filed, to be decided"),
    ApplicationState.GRANTED: _("In force"),
    ApplicationState.REFUSED: _("Refused"),
    ApplicationState.WITHDRAWN: _("Withdrawn"),
}
INSPECTION_WORDS = {
    InspectionKind.INSPECTION: _("Inspection"),
    InspectionKind.SEIZURE: _("Seizure"),
}
SEIZED_OUTCOME_WORDS = {
    InspectionOutcome.OPEN: _("Still open"),
    InspectionOutcome.NOTHING: _("No infringement found"),
    InspectionOutcome.RELEASED: _("Goods released"),
    InspectionOutcome.CONFISCATED: _("Goods confiscated"),
    InspectionOutcome.DESTROYED: _("Goods destroyed"),
    InspectionOutcome.FINED: _("Penalty decided"),
    InspectionOutcome.POLICE: _("Transferred to the police"),
}
GOODS_WORDS = {
    GoodsVerdict.FAKE: _("Says that they are fakes"),
    GoodsVerdict.GENUINE: _("Says that they are genuine"),
    GoodsVerdict.UNCERTAIN: _("Cannot tell from this"),
}

ALERTED = declare_kind(
    NoticeKind(
        code="protection.alerted",
        label=_("A right holder alerts your authority"),
        title=_("Alert of a right holder: %(product)s"),
        happened=_("A right holder alerts your authority to fakes of %(product)s."),
        advice=_("Read the alert with the sheet of the product, and answer it."),
        link_label=_("Open the alert"),
    )
)
RENEW = declare_kind(
    NoticeKind(
        code="protection.renew",
        label=_("An application for action can be renewed"),
        title=_("Renew the application for action: %(product)s"),
        happened=_("The application for action for %(product)s with %(authority)s runs out."),
        advice=_("Renew it on the page of the sheet."),
        deadline=_("It ends on %(due)s."),
        follows=_("After its last day it has to be filed anew."),
        link_label=_("Open the sheet"),
    )
)
DECIDED = declare_kind(
    NoticeKind(
        code="protection.application_decided",
        label=_("An authority decided on your application for action"),
        title=_("Decided: application for action for %(product)s"),
        happened=_("%(authority)s decided on your application for action."),
        advice=_("Read the decision on the page of the sheet."),
        link_label=_("Open the sheet"),
    )
)
INSPECTED = declare_kind(
    NoticeKind(
        code="protection.inspected",
        label=_("An authority tells of goods that were found"),
        title=_("Goods found: %(product)s"),
        happened=_("%(authority)s recorded an inspection or seizure against your right, or wrote to you about it."),
        advice=_("Read it, and say whether the goods are genuine."),
        link_label=_("Open the record"),
    )
)
ANSWERED = declare_kind(
    NoticeKind(
        code="protection.goods_answered",
        label=_("A right holder answers on goods that were found"),
        title=_("Answer of the right holder: %(product)s"),
        happened=_("The right holder wrote to your authority about goods that were found."),
        link_label=_("Open the record"),
    )
)
