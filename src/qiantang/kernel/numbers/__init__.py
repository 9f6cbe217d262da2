"""Patent numbers: every spelling that people and sources use, one reading, one display spelling, one identity key.

Offices: CN, US, EP, WO (PCT), JP, KR, DE, TW; the rules and their sources stand in the module of each office. All others
are read as worldwide data write them: ``elsewhere``.
"""

from __future__ import annotations

from qiantang.kernel.numbers.cn import cn_check_character, cn_kind_stage
from qiantang.kernel.numbers.model import JOINT_OFFICES, CheckDigit, NumberRole, PatentNumber, PatentType
from qiantang.kernel.numbers.reading import candidates, canonical_kind, parse
from qiantang.kernel.numbers.telling import describe

__all__ = [
    "JOINT_OFFICES",
    "CheckDigit",
    "NumberRole",
    "PatentNumber",
    "PatentType",
    "candidates",
    "canonical_kind",
    "cn_check_character",
    "cn_kind_stage",
    "describe",
    "parse",
]
