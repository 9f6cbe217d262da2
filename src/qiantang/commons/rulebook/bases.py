"""Declaring sets of rules."""

from __future__ import annotations

from qiantang.commons.rulebook.methods.judging import defects
from qiantang.commons.rulebook.types import RULE_SETS, RuleSet


def declare_rules(rules: RuleSet) -> RuleSet:
    """Make a set of rules known. errors: ValueError for one declared twice, or with defects: an example that fails"""
    if found := defects(rules):
        raise ValueError(f"{rules.key}: {'; '.join(found)}")
    return RULE_SETS.register(rules.key, rules)
