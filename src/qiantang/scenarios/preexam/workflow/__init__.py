"""The kinds of cases of this room."""

from qiantang.scenarios.preexam.workflow.drafts import DRAFT_KINDS, DRAFTS
from qiantang.scenarios.preexam.workflow.keeping import KEEPING
from qiantang.scenarios.preexam.workflow.subjects import SUBJECT, SUBJECT_FILING

__all__ = ["DRAFTS", "DRAFT_KINDS", "KEEPING", "SUBJECT", "SUBJECT_FILING"]
