"""Drafts: how files and texts become one tree of parts, paragraphs and figures."""

from qiantang.scenarios.preexam.methods.documents.building import Line, draft_of, merged
from qiantang.scenarios.preexam.methods.documents.opening import read_draft, read_text
from qiantang.scenarios.preexam.methods.documents.tree import Draft, Figure, Paragraph, Section, View

__all__ = [
    "Draft",
    "Figure",
    "Line",
    "Paragraph",
    "Section",
    "View",
    "draft_of",
    "merged",
    "read_draft",
    "read_text",
]
