"""Industries, projects and editions as values."""

from __future__ import annotations

from qiantang.scenarios.navigation.types.chains import Chain, Node, Place, RuleRef, Vocabulary
from qiantang.scenarios.navigation.types.figures import Figure, FigureKind, Findings, Row
from qiantang.scenarios.navigation.types.projects import (
    Decision,
    Duty,
    EditionState,
    Gap,
    MarkKind,
    ProjectType,
    Reach,
    SampleKind,
    Verdict,
    View,
)
from qiantang.scenarios.navigation.types.refusals import REFUSALS

__all__ = [
    "REFUSALS",
    "Chain",
    "Decision",
    "Duty",
    "EditionState",
    "Figure",
    "FigureKind",
    "Findings",
    "Gap",
    "MarkKind",
    "Node",
    "Place",
    "ProjectType",
    "Reach",
    "Row",
    "RuleRef",
    "SampleKind",
    "Verdict",
    "View",
    "Vocabulary",
]
