"""The cards of what judges here: rules of routes and assistance, choices, checks."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_card, rules_card
from qiantang.commons.rulebook.types.cards import CardKind, ModelCard
from qiantang.scenarios.protection.rules.assistance import ELIGIBILITY
from qiantang.scenarios.protection.rules.marks import MARKS
from qiantang.scenarios.protection.rules.routes import ROUTES

_WRITTEN = _("Written by people after the sources named in each rule; fitted to no data")
_OWNER = _("Supervisor of rights protection")
rules_card(
    ROUTES,
    purpose=_("Offers the routes that are open for a dispute, each with reason, time and cost"),
    used_in=_("Which routes a person is offered"),
    data=_WRITTEN,
    limits=_("What the person has not told is not known, and closes no route"),
    owner=_OWNER,
    person_decides=_("The person chooses"),
)
rules_card(
    ELIGIBILITY,
    purpose=_("Tells whether the conditions of assistance are met"),
    used_in=_("Whether assistance is given"),
    data=_WRITTEN,
    limits=_(
        "Values of the city are not verified against the official text; a fact that is not known is never taken as not met"
    ),
    owner=_OWNER,
    person_decides=_("The case officer"),
)
declare_card(
    ModelCard(
        key="protection.mediators",
        title=_("Choice of mediators"),
        kind=CardKind.RULES,
        purpose=_("Lists who may mediate by field, load and ties to a side"),
        used_in=_("Who is named as mediator"),
        data=_WRITTEN,
        limits=_("Knows ties that were disclosed or stand in the case system only"),
        owner=_OWNER,
        person_decides=_("The sides, or the office after them"),
        version="1",
        parts=("qiantang.scenarios.protection.methods.mediators",),
    )
)
declare_card(
    ModelCard(
        key="protection.charting",
        title=_("Claim chart"),
        kind=CardKind.RULES,
        purpose=_("Tells what follows from the elements that a person has compared, by the all-elements rule"),
        used_in=_("Opinions on infringement"),
        data=_WRITTEN,
        limits=_("Equivalents are a person's judgement; the validity of the right is not looked at"),
        owner=_OWNER,
        person_decides=_("Two readers and the expert"),
        version="1",
        parts=("qiantang.scenarios.protection.methods.charting",),
    )
)
declare_card(
    ModelCard(
        key="protection.anonymous",
        title=_("Check for names in published cases"),
        kind=CardKind.RULES,
        purpose=_("Finds names and numbers by which people are known before a case is published"),
        used_in=_("Whether a text may be published without names"),
        data=_WRITTEN,
        limits=_(
            "Knows names that were given and shapes of numbers; a description that gives somebody away it does not see"
        ),
        owner=_OWNER,
        person_decides=_("Who publishes"),
        version="1",
        parts=("qiantang.scenarios.protection.methods.anonymous",),
    )
)
rules_card(
    MARKS,
    purpose=_(
        "Tells when a code of origin was looked at oftener than one package is, and from when a recordal is renewed"
    ),
    used_in=_("Hints that goods may be false; reminders of recordals"),
    data=_WRITTEN,
    limits=_("Values are of the house until the authority names its own; many looks can be one curious buyer"),
    owner=_OWNER,
    person_decides=_("The authority that inspects the goods"),
)
