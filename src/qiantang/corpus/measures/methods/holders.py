"""What sort of body a name names. Words of the house, after the kinds of national statistics; what no word tells is a person or unknown."""

from __future__ import annotations

import re
from enum import StrEnum

from qiantang.kernel.text import surely_a_body


class HolderKind(StrEnum):
    """Kinds of applicants as statistics tell them apart."""

    ENTERPRISE = "enterprise"
    UNIVERSITY = "university"
    INSTITUTE = "institute"
    HOSPITAL = "hospital"
    GOVERNMENT = "government"
    PERSON = "person"
    UNKNOWN = "unknown"


# The first that fits: a company's name may hold 研究院, a hospital's 大学.
_PATTERNS = (
    (
        HolderKind.ENTERPRISE,
        (
            r"公司|企业|集团|工厂|厂$|合作社|商行|"
            r"\b(?:co|corp|inc|ltd|llc|gmbh|ag|sa|plc|kk|company|corporation|limited)\b"
        ),
    ),
    (HolderKind.HOSPITAL, r"医院|卫生院|\bhospital\b"),
    (HolderKind.UNIVERSITY, r"大学|学院|学校|\b(?:university|college|universit\w+|polytechnic)\b"),
    (HolderKind.INSTITUTE, r"研究院|研究所|研究中心|科学院|实验室|设计院|\b(?:institute|academy|laborator\w+)\b"),
    (
        HolderKind.GOVERNMENT,
        r"[省市县区]人民政府|管理局|委员会|检测中心|监测站|局$|站$|\b(?:ministry|department|administration)\b",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_LONGEST_CHINESE_PERSON = 4


def holder_kind(name: str) -> HolderKind:
    """The kind of a holder by its name."""
    for kind, pattern in _COMPILED:
        if pattern.search(name):
            return kind
    if surely_a_body(name):
        return HolderKind.UNKNOWN
    chinese = not name.isascii()
    return HolderKind.PERSON if not chinese or len(name) <= _LONGEST_CHINESE_PERSON else HolderKind.UNKNOWN
