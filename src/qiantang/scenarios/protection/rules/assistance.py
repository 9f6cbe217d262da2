"""Assistance as data: who is helped, what is offered, how an opinion is built, and what to know of disputes abroad."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_rules
from qiantang.commons.rulebook.types import AnyOf, Example, Leaf, Op, Rule, RuleSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.rulebook.types import Node

_LOCAL = _("Published practice of protection centres; differs by city, to be verified")
_ASK = _("Ask the office, which may still help with reasons, or choose another route")

APPLICANT_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "person": _("Natural person"),
        "small": _("Small or medium enterprise"),
        "research": _("University or research institute"),
        "large": _("Large enterprise"),
    }
)
SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "advice": _("Legal advice"),
        "opinion": _("Opinion of an expert"),
        "evidence": _("Guidance on evidence"),
        "overseas": _("Guidance on a dispute abroad"),
        "lawyer": _("Finding a lawyer or an agent"),
        "fees": _("Support with fees"),
    }
)


def _rule(code: str, text: str, refused: str, condition: Node, *examples: Example) -> Rule:
    return Rule(
        code=code,
        text=text,
        refused=refused,
        next_step=_ASK,
        source=_LOCAL,
        condition=condition,
        examples=examples,
        verified=False,
    )


ELIGIBILITY = declare_rules(
    RuleSet(
        key="protection.assistance",
        title=_("Who is assisted by the centre"),
        rules=(
            _rule(
                "AE-1",
                _("The right was in force on the day of the act, or help is asked for by who is accused"),
                _("The right was not in force on the day of the act"),
                AnyOf((Leaf("right_in_force"), Leaf("accused"))),
                Example({"right_in_force": True, "accused": False}, met=True),
                Example({"right_in_force": False, "accused": True}, met=True),
                Example({"right_in_force": False, "accused": False}, met=False),
                Example({"accused": False}, met=None),
            ),
            _rule(
                "AE-2",
                _("A natural person, a small or medium enterprise, a university or institute, or a dispute abroad"),
                _("Large enterprises are helped only in disputes abroad"),
                AnyOf((Leaf("kind", Op.IN, ("person", "small", "research")), Leaf("overseas"))),
                Example({"kind": "small", "overseas": False}, met=True),
                Example({"kind": "large", "overseas": True}, met=True),
                Example({"kind": "large", "overseas": False}, met=False),
            ),
            _rule(
                "AE-3",
                _("The seat or home is in the city, or the act was done there"),
                _("Neither the seat nor the act is in the city"),
                AnyOf((Leaf("seat_in_city"), Leaf("act_in_city"))),
                Example({"seat_in_city": True}, met=True),
                Example({"seat_in_city": False, "act_in_city": False}, met=False),
                Example({"seat_in_city": False}, met=None),
            ),
            _rule(
                "AE-4",
                _("The time to sue has not run out"),
                _("The three years to sue have run out"),
                Leaf("barred", Op.EQ, value=False),
                Example({"barred": False}, met=True),
                Example({"barred": True}, met=False),
                Example({}, met=None),
            ),
        ),
    )
)

# kind of opinion -> (its title, parts by key with what belongs into each)
OPINION_KINDS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "infringement": (
            _("Opinion on infringement"),
            MappingProxyType(
                {
                    "basis": _("Claim or mark held against the product, and the papers seen"),
                    "comparison": _("Comparison, element by element"),
                    "conclusion": _("Conclusion"),
                    "open": _("What stays open, and what evidence would settle it"),
                }
            ),
        ),
        "validity": (
            _("Opinion on validity"),
            MappingProxyType(
                {
                    "basis": _("The right, and the prior art or earlier rights seen"),
                    "comparison": _("Novelty, inventive step or distinctiveness, point by point"),
                    "conclusion": _("Conclusion"),
                    "open": _("What stays open"),
                }
            ),
        ),
        "evidence": (
            _("Opinion on evidence"),
            MappingProxyType(
                {
                    "basis": _("The evidence seen"),
                    "comparison": _("What each piece shows, and what it does not"),
                    "conclusion": _("Conclusion"),
                    "open": _("What is still to be collected, and how"),
                }
            ),
        ),
        "overseas": (
            _("Opinion on a dispute abroad"),
            MappingProxyType(
                {
                    "basis": _("Country, forum and law"),
                    "comparison": _("Steps, limits and costs"),
                    "conclusion": _("Conclusion"),
                    "open": _("What a local lawyer has to confirm"),
                }
            ),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Abroad:
    """What to know first of a forum abroad. ``as_of`` the year the source was looked at; all to be verified by a local lawyer."""

    country: str
    forum: str
    first_limit: str
    source: str
    as_of: int = 2024


ABROAD: tuple[Abroad, ...] = (
    Abroad(
        _("United States"),
        _("Federal district court"),
        _("Answer within 21 days of service"),
        "Fed. R. Civ. P. 12(a)(1)(A)",
    ),
    Abroad(
        _("United States"),
        _("International Trade Commission, section 337"),
        _("Response within 20 days of service of the complaint"),
        "19 CFR 210.13(a)",
    ),
    Abroad(
        _("European Union"),
        _("Unified Patent Court"),
        _("Preliminary objection within 1 month, statement of defence within 3 months"),
        "UPC Rules of Procedure, rules 19, 23",
    ),
    Abroad(
        _("European Union"),
        _("Customs: detained goods"),
        _("Object to destruction within 10 working days (3 for perishable goods)"),
        "Regulation (EU) No 608/2013, art. 23",
    ),
    Abroad(
        _("Germany"),
        _("Regional court, written preliminary proceedings"),
        _("Tell within 2 weeks that the claim is defended"),
        "ZPO § 276",
    ),
    Abroad(
        _("United Kingdom"),
        _("High Court"),
        _("Acknowledge within 14 days of service of the particulars"),
        "CPR 10.3",
    ),
    Abroad(
        _("World Intellectual Property Organization"),
        _("Domain names: UDRP"),
        _("Response within 20 days"),
        "UDRP Rules, para. 5(a)",
    ),
)
