"""The front door of rules: judge by them, change a value from a day on, try other values."""

from __future__ import annotations

from qiantang.commons.rulebook.bases import declare_rules
from qiantang.commons.rulebook.selectors import (
    card,
    cards,
    judgement,
    model_versions,
    rule_set,
    simulation,
    values_on,
    version_today,
)
from qiantang.commons.rulebook.services import set_value
from qiantang.commons.rulebook.types import Fact, Judgement, Rule, RuleSet, Setting

__all__ = [
    "Fact",
    "Judgement",
    "Rule",
    "RuleSet",
    "Setting",
    "card",
    "cards",
    "declare_rules",
    "judgement",
    "model_versions",
    "rule_set",
    "set_value",
    "simulation",
    "values_on",
    "version_today",
]
