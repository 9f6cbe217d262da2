"""Tables of pre-examination. State, parties and story of a matter stand in its case."""

from qiantang.scenarios.preexam.models.drafts import (
    Conclusion,
    DefectItem,
    DraftPaper,
    DraftRequest,
    DraftVersion,
    ExaminerField,
    FilingAttempt,
    LookAlike,
    NationalEvent,
    SecondReading,
)
from qiantang.scenarios.preexam.models.ledgers import (
    Agency,
    AgencyList,
    AgencyListed,
    CreditAppeal,
    CreditEntry,
    QuotaEntry,
)
from qiantang.scenarios.preexam.models.prior_art import CitedDocument, PriorArtSearch
from qiantang.scenarios.preexam.models.subjects import SubjectFiling, WrongFinding

__all__ = [
    "Agency",
    "AgencyList",
    "AgencyListed",
    "CitedDocument",
    "Conclusion",
    "CreditAppeal",
    "CreditEntry",
    "DefectItem",
    "DraftPaper",
    "DraftRequest",
    "DraftVersion",
    "ExaminerField",
    "FilingAttempt",
    "LookAlike",
    "NationalEvent",
    "PriorArtSearch",
    "QuotaEntry",
    "SecondReading",
    "SubjectFiling",
    "WrongFinding",
]
