"""Declaring sets of rules, and cards of rules and models."""

from __future__ import annotations

from typing import Any

from qiantang.commons.rulebook.methods.judging import defects
from qiantang.commons.rulebook.types import RULE_SETS, RuleSet
from qiantang.commons.rulebook.types.cards import CARDS, CardKind, ModelCard


def declare_rules(rules: RuleSet) -> RuleSet:
    """Make a set of rules known. errors: ValueError for one declared twice, or with defects: an example that fails"""
    if found := defects(rules):
        raise ValueError(f"{rules.key}: {'; '.join(found)}")
    return RULE_SETS.register(rules.key, rules)


def declare_card(card: ModelCard) -> ModelCard:
    """Make the card of a model or a set of rules known. errors: ValueError for one declared twice, or with gaps"""
    if found := card.defects():
        raise ValueError(f"{card.key}: {'; '.join(found)}")
    return CARDS.register(card.key, card)


def rules_card(rules: RuleSet, **told: Any) -> ModelCard:
    """The card of a set of rules: title and version are those of the set. ``told``: the other fields of ``ModelCard``"""
    return declare_card(
        ModelCard(
            key=rules.key,
            title=rules.title,
            kind=CardKind.RULES,
            version="rulebook",
            parts=("qiantang.commons.rulebook.methods.judging",),
            **told,
        )
    )
