"""Reads: sets of rules, the values of a day, judgements, simulations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.rulebook import policies
from qiantang.commons.rulebook.methods.judging import judge, simulate, values_of, version_of
from qiantang.commons.rulebook.methods.versions import digest_of
from qiantang.commons.rulebook.models import ParameterValue
from qiantang.commons.rulebook.types import RULE_SETS
from qiantang.commons.rulebook.types.cards import CARDS
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qiantang.commons.rulebook.types import Facts, Judgement, RuleSet, Simulation
    from qiantang.commons.rulebook.types.cards import ModelCard
    from qiantang.kernel.actor import Actor


def rule_set(key: str) -> RuleSet:
    """A declared set. errors: NotFound ``rulebook.set_unknown``"""
    if key not in RULE_SETS:
        raise NotFound("rulebook.set_unknown", key=key[:80])
    return RULE_SETS[key]


def values_on(rules: RuleSet, day: date) -> Mapping[str, int]:
    """The value of every parameter on a day: what was entered last for it, else as declared."""
    rows = ParameterValue.objects.filter(rule_set=rules.key, valid_from__lte=day).order_by("valid_from", "pk")
    return values_of(rules, dict(rows.values_list("key", "value")))  # of each key the last stays


def judgement(actor: Actor, key: str, facts: Facts, day: date | None = None) -> Judgement:
    """What the rules of a set say to the facts of one subject on a day, default today.

    The room that asks answers for the facts; nothing of them is kept here.
    errors  NotFound ``rulebook.set_unknown``
    """
    del actor
    rules = rule_set(key)
    on = day or timezone.localdate()
    return judge(rules, facts, on, values_on(rules, on))


def simulation(actor: Actor, key: str, year: int, other: Mapping[str, int]) -> Simulation:
    """Whom the rules would have met in a year with other values: judged by the rules at the end of that year.

    errors  NotFound · NotPermitted ``rulebook.simulating_refused`` · Invalid ``rulebook.nothing_to_simulate``,
            ``rulebook.parameter_unknown``
    """
    decision = policies.may_simulate(actor)
    if not decision:
        raise NotPermitted(decision.code)
    rules = rule_set(key)
    if rules.population is None:
        raise Invalid("rulebook.nothing_to_simulate")
    known = [one.key for one in rules.settings]
    for name in other:
        if name not in known:
            raise Invalid("rulebook.parameter_unknown", key=name[:60], known=", ".join(known))
    day = date(year, 12, 31)
    return simulate(rules, rules.population(actor, year), day, values_on(rules, day), other)


def entered_values(rules: RuleSet) -> tuple[ParameterValue, ...]:
    """What was entered for a set, newest day first."""
    rows = ParameterValue.objects.filter(rule_set=rules.key).select_related("entered_by")
    return tuple(rows.order_by("-valid_from", "-pk"))


def cards() -> tuple[ModelCard, ...]:
    """The cards of all rules and models, in the order of their keys."""
    return tuple(sorted(CARDS, key=lambda one: one.key))


def card(key: str) -> ModelCard:
    """One card. errors: NotFound ``rulebook.card_unknown``"""
    if key not in CARDS:
        raise NotFound("rulebook.card_unknown", key=key[:80])
    return CARDS[key]


def version_today(told: ModelCard) -> str:
    """The version of a thing as it judges today: of rules their text and values of the day, else what it is made of."""
    if told.key in RULE_SETS:
        rules, today = RULE_SETS[told.key], timezone.localdate()
        return version_of(rules, today, values_on(rules, today)).rpartition("@")[2]
    return told.current() if told.current is not None else f"{told.version}+{digest_of(told.parts)}"


def model_versions(keys: Iterable[str]) -> dict[str, str]:
    """Key of a card -> version today, for a decision that keeps them. errors: KeyError for one without a card"""
    return {key: version_today(CARDS[key]) for key in keys}
