"""The rules of this room, as values: who is filed, which drafts may enter, what follows from breaches."""

from qiantang.scenarios.preexam.rules import cards as cards
from qiantang.scenarios.preexam.rules.credit import BREACHES, CREDIT, MEASURES, Breach, Measure
from qiantang.scenarios.preexam.rules.entry import ATTENTION, ENTRY
from qiantang.scenarios.preexam.rules.papers import FOLLOWS, NOTICE
from qiantang.scenarios.preexam.rules.subjects import DEFAULT, FACT_NAMES, FILE_FOR, NINGBO

__all__ = [
    "ATTENTION",
    "BREACHES",
    "CREDIT",
    "DEFAULT",
    "ENTRY",
    "FACT_NAMES",
    "FILE_FOR",
    "FOLLOWS",
    "MEASURES",
    "NINGBO",
    "NOTICE",
    "Breach",
    "Measure",
]
