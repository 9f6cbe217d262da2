"""Chains with their versions, projects with their stages, samples, editions."""

from qiantang.scenarios.navigation.models.chains import ChainVersion
from qiantang.scenarios.navigation.models.editions import AnalystText, Edition, EditionNode, TopicLabel
from qiantang.scenarios.navigation.models.marks import PatentMark
from qiantang.scenarios.navigation.models.projects import Member, Opinion, Project, Recommendation, StageRecord
from qiantang.scenarios.navigation.models.samples import Sample, SampleItem
from qiantang.scenarios.navigation.models.seeds import Expansion

__all__ = [
    "AnalystText",
    "ChainVersion",
    "Edition",
    "EditionNode",
    "Expansion",
    "Member",
    "Opinion",
    "PatentMark",
    "Project",
    "Recommendation",
    "Sample",
    "SampleItem",
    "StageRecord",
    "TopicLabel",
]
