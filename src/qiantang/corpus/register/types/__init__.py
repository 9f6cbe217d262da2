"""The shape of the register: what a source may say of a patent, and what the register holds of it.

Every column states its unit and what null means; unknown is null, never 0, "-" or "2.02E+12". Dates are calendar days.
Sources of the terms: WIPO ST.9 (INID codes in brackets), ST.16 (kind codes), ST.3 (offices).
"""

from __future__ import annotations

from qiantang.corpus.register.types.answers import (
    CitationCounts,
    CitationLink,
    Coverage,
    CoverageRow,
    Disagreement,
    FacetValue,
    FamilyMember,
    FormatCoverage,
    Mark,
    PatentCard,
    ResultScan,
    ScanBatch,
    SearchRequest,
    SearchResult,
    SnapshotInfo,
    SourceInfo,
)
from qiantang.corpus.register.types.observed import (
    Citation,
    Classification,
    Event,
    Medium,
    Observation,
    Part,
    Party,
    PatentType,
    Priority,
    Publication,
    Role,
    SourceRank,
    Text,
)
from qiantang.corpus.register.types.record import (
    PatentRecord,
    SourceRow,
)
from qiantang.corpus.register.types.refusals import REFUSALS
from qiantang.corpus.register.types.shapes import (
    LIST_FIELDS,
    OBSERVATION_SCHEMA,
    OBSERVED,
    RECORD_SCHEMA,
    SCHEMA_VERSION,
    SINGLE_FIELDS,
)
from qiantang.corpus.register.types.upkeep import Compacted, Erased, Exported, ExportedFile, Pruned

__all__ = [
    "LIST_FIELDS",
    "OBSERVATION_SCHEMA",
    "OBSERVED",
    "RECORD_SCHEMA",
    "REFUSALS",
    "SCHEMA_VERSION",
    "SINGLE_FIELDS",
    "Citation",
    "CitationCounts",
    "CitationLink",
    "Classification",
    "Compacted",
    "Coverage",
    "CoverageRow",
    "Disagreement",
    "Erased",
    "Event",
    "Exported",
    "ExportedFile",
    "FacetValue",
    "FamilyMember",
    "FormatCoverage",
    "Mark",
    "Medium",
    "Observation",
    "Part",
    "Party",
    "PatentCard",
    "PatentRecord",
    "PatentType",
    "Priority",
    "Pruned",
    "Publication",
    "ResultScan",
    "Role",
    "ScanBatch",
    "SearchRequest",
    "SearchResult",
    "SnapshotInfo",
    "SourceInfo",
    "SourceRank",
    "SourceRow",
    "Text",
]
