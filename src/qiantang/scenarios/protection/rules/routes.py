"""The thirteen rules by which a dispute finds its route. They hold or do not hold; what follows stands in ``EFFECTS``.

A rule that holds offers and closes routes; it decides nothing. The person chooses.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from qiantang.commons.rulebook.bases import declare_rules
from qiantang.commons.rulebook.types import All, AnyOf, Example, Leaf, Op, Parameter, Rule, RuleSet, Setting
from qiantang.scenarios.protection.methods.routing import Effect
from qiantang.scenarios.protection.types import Matter, RightKind, Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.rulebook.types import Node, Value

_NOT_SO = _("This does not hold for the dispute")
_NOTHING = _("Nothing follows from it")
_PATENT = Leaf("right_kind", Op.IN, (RightKind.INVENTION, RightKind.UTILITY_MODEL, RightKind.DESIGN))
_INFRINGED = Leaf("matter", Op.EQ, Matter.INFRINGEMENT)
_OWN = (Matter.OWNERSHIP, Matter.INVENTORSHIP, Matter.REMUNERATION)
_MARKS = (RightKind.TRADE_MARK, RightKind.GEOGRAPHICAL)


def _holds(**facts: Value) -> Example:
    return Example(facts, met=True)


def _fails(**facts: Value) -> Example:
    return Example(facts, met=False)


def _unknown(**facts: Value) -> Example:
    return Example(facts, met=None)


def _rule(code: str, text: str, source: str, condition: Node, *examples: Example, verified: bool = True) -> Rule:
    return Rule(
        code=code,
        text=text,
        refused=_NOT_SO,
        next_step=_NOTHING,
        source=source,
        condition=condition,
        examples=examples,
        verified=verified,
    )


_PATENT_CASE: dict[str, Value] = {"right_kind": "invention", "matter": "infringement"}

ROUTES = declare_rules(
    RuleSet(
        key="protection.routes",
        title=_("Routes of a dispute"),
        settings=(
            Setting(
                key="crime_yuan",
                title=_("Counterfeits from which a crime is suspected"),
                value=50_000,
                unit=_("yuan"),
                source=_("Judicial interpretations on crimes against intellectual property; to be verified"),
                most=100_000_000,
            ),
            Setting(
                key="notice_days",
                title=_("Days after which a public notice counts as served"),
                value=30,
                unit=_("days"),
                source=_("CPL art. 95; to be verified for adjudications"),
                least=1,
                most=365,
            ),
            Setting(
                key="bid_rounds",
                title=_("Rounds of blind bids in a mediation, at most"),
                value=3,
                unit="",
                source=_("Our own: more would let a side feel its way to the other's limit"),
                least=1,
                most=10,
            ),
            Setting(
                key="least_closed",
                title=_("Closed proceedings from which figures are told, at least"),
                value=5,
                unit="",
                source=_("Our own: fewer could tell who they were"),
                least=3,
                most=1000,
            ),
        ),
        rules=(
            _rule(
                "R1",
                _("A crime is suspected: counterfeits of a large amount, or done by an organised group"),
                _("Provisions on the transfer of suspected crimes by administrative organs; TML art. 61"),
                AnyOf((Leaf("counterfeit_yuan", Op.GE, Parameter("crime_yuan")), Leaf("organised"))),
                _holds(counterfeit_yuan=50_000, organised=False),
                _holds(organised=True),
                _fails(counterfeit_yuan=49_999, organised=False),
                _unknown(counterfeit_yuan=49_999),
                verified=False,
            ),
            _rule(
                "R2",
                _("A valid written arbitration agreement exists"),
                _("Arbitration Law art. 5"),
                Leaf("arbitration_agreement"),
                _holds(arbitration_agreement=True),
                _fails(arbitration_agreement=False),
                _unknown(),
            ),
            _rule(
                "R3",
                _("A patent is infringed, clearly; it is to stop, and no damages are asked for"),
                _("PL art. 65"),
                All(
                    (
                        _PATENT,
                        _INFRINGED,
                        Leaf("clear"),
                        Leaf("stop_wanted"),
                        Leaf("damages_wanted", Op.EQ, value=False),
                    )
                ),
                _holds(**_PATENT_CASE, clear=True, stop_wanted=True, damages_wanted=False),
                _fails(**_PATENT_CASE, clear=True, stop_wanted=True, damages_wanted=True),
                _unknown(**_PATENT_CASE, stop_wanted=True, damages_wanted=False),
            ),
            _rule(
                "R4",
                _("A patent is infringed, and damages are asked for; the administration only mediates on damages"),
                _("PL art. 65"),
                All((_PATENT, _INFRINGED, Leaf("damages_wanted"))),
                _holds(**_PATENT_CASE, damages_wanted=True),
                _fails(right_kind="trade_mark", matter="infringement", damages_wanted=True),
                _unknown(**_PATENT_CASE),
            ),
            _rule(
                "R5",
                _("Something is passed off as patented"),
                _("PL art. 68; IR art. 101"),
                Leaf("matter", Op.EQ, Matter.PASSING_OFF),
                _holds(matter="passing_off"),
                _fails(matter="infringement"),
            ),
            _rule(
                "R6",
                _("A trade mark is counterfeited or infringed, or a geographical indication misused"),
                _("TML art. 60 and 61"),
                AnyOf(
                    (
                        Leaf("matter", Op.IN, (Matter.COUNTERFEIT, Matter.GI_MISUSE)),
                        All((Leaf("right_kind", Op.IN, _MARKS), _INFRINGED)),
                    )
                ),
                _holds(right_kind="geographical", matter="gi_misuse"),
                _holds(right_kind="trade_mark", matter="infringement"),
                _fails(right_kind="design", matter="infringement"),
            ),
            _rule(
                "R7",
                _("Who owns the right, who invented, or what the inventor is paid is disputed"),
                _("IR art. 102"),
                Leaf("matter", Op.IN, _OWN),
                _holds(matter="remuneration"),
                _fails(matter="infringement"),
            ),
            _rule(
                "R8",
                _("It is urgent, and the harm could not be made good"),
                _("PL art. 72 and 73; TML art. 65 and 66"),
                Leaf("urgent"),
                _holds(urgent=True),
                _fails(urgent=False),
            ),
            _rule(
                "R9",
                _("The goods are offered online"),
                _("E-commerce Law art. 42; to be verified"),
                Leaf("online"),
                _holds(online=True),
                _fails(online=False),
                verified=False,
            ),
            _rule(
                "R10",
                _("Both sides agree to mediate"),
                _("CPL art. 205; PML art. 33"),
                Leaf("both_agree"),
                _holds(both_agree=True),
                _unknown(),
            ),
            _rule(
                "R11",
                _("A side or a fact is foreign"),
                _("Practice of commercial mediation and arbitration"),
                Leaf("foreign"),
                _holds(foreign=True),
                _fails(foreign=False),
            ),
            _rule(
                "R12",
                _(
                    "Whether the patent is valid is in doubt: invalidity is asked for at CNIPA, and an adjudication may wait for it"
                ),
                _("PL art. 45; IR art. 98"),
                All((_PATENT, Leaf("validity_doubt"))),
                _holds(right_kind="utility_model", validity_doubt=True),
                _fails(right_kind="trade_mark", validity_doubt=True),
            ),
            _rule(
                "R13",
                _("It is an infringement of great weight in the whole country"),
                _("PL art. 70; IR art. 96"),
                All((_PATENT, _INFRINGED, Leaf("nationwide"))),
                _holds(**_PATENT_CASE, nationwide=True),
                _fails(**_PATENT_CASE, nationwide=False),
            ),
        ),
    )
)

EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "R1": Effect(recommend=(Route.POLICE, Route.ENFORCEMENT), exclude=(Route.ARBITRATION,)),
        "R2": Effect(recommend=(Route.ARBITRATION,), exclude=(Route.COURT,)),
        "R3": Effect(recommend=(Route.ADJUDICATION, Route.MEDIATION)),
        "R4": Effect(recommend=(Route.MEDIATION, Route.COURT, Route.ADJUDICATION)),
        "R5": Effect(recommend=(Route.ENFORCEMENT,), exclude=(Route.ADJUDICATION,)),
        "R6": Effect(recommend=(Route.ENFORCEMENT, Route.COURT, Route.MEDIATION)),
        "R7": Effect(recommend=(Route.MEDIATION, Route.COURT), exclude=(Route.ADJUDICATION,)),
        "R8": Effect(recommend=(Route.COURT,)),
        "R9": Effect(recommend=(Route.PLATFORM,), first=True),
        "R10": Effect(recommend=(Route.MEDIATION,)),
        "R11": Effect(recommend=(Route.MEDIATION, Route.ARBITRATION, Route.ASSISTANCE)),
        "R12": Effect(),
        "R13": Effect(recommend=(Route.NATIONAL,)),
    }
)
