"""The check engine: what the rules of a day say of a draft."""

from qiantang.scenarios.preexam.methods.checks.engine import Hit, Rule, check, rulebook, rules_version

__all__ = ["Hit", "Rule", "check", "rulebook", "rules_version"]
