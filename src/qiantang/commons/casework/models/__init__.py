"""Cases and what belongs to them. The state of a case is written by ``advance`` and, at a merge, by ``joining``; by nothing else."""

from __future__ import annotations

from qiantang.commons.casework.models.cases import (
    Absence,
    CalendarFeed,
    Case,
    CaseClock,
    CaseDecision,
    CaseEvent,
    CaseInterest,
    CaseLink,
    CaseObject,
    CaseParty,
    CasePause,
    CaseTask,
    Meeting,
    NumberSeries,
    SignOff,
)
from qiantang.commons.casework.models.entities import EntityFlag, VerifiedKey
from qiantang.commons.casework.models.old_files import CaseAlias, OldFileImport, OldFileRow
from qiantang.commons.casework.models.records import ArchivePackage, Disposal, LegalHold
from qiantang.commons.casework.models.redactions import Redaction

__all__ = [
    "Absence",
    "ArchivePackage",
    "CalendarFeed",
    "Case",
    "CaseAlias",
    "CaseClock",
    "CaseDecision",
    "CaseEvent",
    "CaseInterest",
    "CaseLink",
    "CaseObject",
    "CaseParty",
    "CasePause",
    "CaseTask",
    "Disposal",
    "EntityFlag",
    "LegalHold",
    "Meeting",
    "NumberSeries",
    "OldFileImport",
    "OldFileRow",
    "Redaction",
    "SignOff",
    "VerifiedKey",
]
