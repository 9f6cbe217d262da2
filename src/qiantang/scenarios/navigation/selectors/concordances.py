"""Rules of official concordances as queries: the part of them that the chains name.

The WIPO fields are the register's own. Of the tables of CNIPA only the classes are held, as read by a second hand from the
published tables (to verify): the product keywords that narrow some of their rules are not.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.corpus.classes import api as classes
from qiantang.scenarios.navigation.selectors import words

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.types import RuleRef
_FILE = Path(__file__).parent.parent / "concordances.toml"


@lru_cache(maxsize=1)
def _held() -> dict[str, dict[str, tuple[str, str]]]:
    """System -> number -> (Chinese name, query of its classes)."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        system: {
            code: (rule["zh"], " OR ".join(f"IC={one}" for one in rule["classes"]))
            for code, rule in table["rules"].items()
        }
        for system, table in told.items()
        if isinstance(table, dict)
    }


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule for people: its system, number and name; ``query`` finds what its classes cover, empty: classes not held here."""

    system: str
    code: str
    name: str
    query: str


def rule_shown(rule: RuleRef) -> RuleShown:
    system = str(words.SYSTEMS.get(rule.system, rule.system))
    if rule.system == "wipo35" and rule.code.isdecimal():
        field = next((one for one in classes.FIELDS if one.number == int(rule.code)), None)
        name = field.name(words.language()) if field else rule.code
        return RuleShown(system, rule.code, name, f"TF=={rule.code}" if field else "")
    known = _held().get(rule.system, {}).get(rule.code)
    if known is None:
        return RuleShown(system, rule.code, "", "")
    return RuleShown(system, rule.code, *known)
