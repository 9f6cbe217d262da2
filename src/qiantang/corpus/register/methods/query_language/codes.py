"""Codes of the code fields and the words that people say for them.

A word may stand for several codes (``LS=有效`` is every status in force); a code stands for itself. Office codes: WIPO
ST.3; kind codes: WIPO ST.16; states: ``kernel.legalstatus``; fields of technology: ``corpus.classes``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qiantang.corpus.classes.methods import FIELDS
from qiantang.kernel.legalstatus import Bucket, Status, bucket
from qiantang.kernel.text import fold

_OFFICES = {
    "CN": ("中国", "china"),
    "US": ("美国", "united states", "usa"),
    "EP": ("欧洲", "欧洲专利局", "欧专局", "epo", "europe"),
    "WO": ("国际", "世界知识产权组织", "wipo", "pct"),
    "JP": ("日本", "japan"),
    "KR": ("韩国", "korea"),
    "DE": ("德国", "germany"),
    "GB": ("英国", "united kingdom"),
    "FR": ("法国", "france"),
    "TW": ("台湾", "中国台湾", "taiwan"),
    "HK": ("香港", "中国香港", "hong kong"),
    "MO": ("澳门", "中国澳门", "macao"),
    "CA": ("加拿大", "canada"),
    "AU": ("澳大利亚", "australia"),
    "IN": ("印度", "india"),
    "RU": ("俄罗斯", "russia"),
}
_TYPES = {
    "invention": ("发明", "发明专利"),
    "utility_model": ("实用新型", "新型", "utility model"),
    "design": ("外观设计", "外观", "外观设计专利"),
    "plant": ("植物", "植物专利"),
    "other": ("其他",),
}
_STATES = {
    Status.FILED: ("已申请", "申请"),
    Status.PUBLISHED: ("公开", "公布"),
    Status.IN_EXAMINATION: ("实质审查", "实审"),
    Status.REFUSED_PENDING_REEXAM: ("驳回待复审",),
    Status.GRANTED: ("授权", "已授权"),
    Status.PARTIALLY_INVALIDATED: ("部分无效",),
    Status.REFUSED: ("驳回",),
    Status.WITHDRAWN: ("撤回", "主动撤回"),
    Status.DEEMED_WITHDRAWN: ("视为撤回",),
    Status.DEEMED_ABANDONED_GRANT: ("视为放弃",),
    Status.LAPSED_FEE: ("未缴年费", "因费用终止"),
    Status.ABANDONED: ("放弃", "主动放弃"),
    Status.EXPIRED: ("期限届满", "届满"),
    Status.INVALIDATED: ("全部无效",),
    Status.PRESUMED_LAPSED: ("状态待确认",),
    Status.UNKNOWN: ("状态不明",),
}
_BUCKETS = {
    Bucket.PENDING: ("审中", "在审", "未决"),
    Bucket.IN_FORCE: ("有效", "in force", "active"),
    Bucket.DEAD: ("失效", "无效", "inactive"),
    Bucket.UNKNOWN: ("未知", "不明"),
}
GRANTED = "granted"  # of KD: a document of grant is known, whatever its kind code


@dataclass(frozen=True, slots=True)
class Codes:
    """The values of a code field.

    words   what people say, folded, to code or group
    groups  a name that stands for several codes where contained (``=``) is asked
    open    codes that need not be listed: any text of this pattern, in capitals
    """

    words: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: re.Pattern[str] | None = None

    def code(self, text: str) -> str | None:
        """The code or the name of the group that a text stands for; None: none."""
        said = " ".join(fold(text).split())
        found = self.words.get(said) or self.words.get(said.replace("_", " "))
        if found is None and self.open is not None and self.open.fullmatch(said.upper()):
            return said.upper()
        return found


def _words(*tables: Mapping[Any, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): str(code) for table in tables for code, words in table.items() for word in (code, *words)}


def _in(group: Bucket) -> tuple[str, ...]:
    return tuple(str(one) for one in Status if bucket(one) is group)


CODES: Mapping[str, Codes] = {
    "CC": Codes(_words(_OFFICES), open=re.compile("[A-Z]{2}")),
    "KD": Codes({"授权": GRANTED, "granted": GRANTED, "grant": GRANTED}, open=re.compile("[A-Z][0-9]?")),
    "TY": Codes(_words(_TYPES)),
    "TF": Codes(_words({str(one.number): (one.name_zh, one.name_en) for one in FIELDS})),
    "LS": Codes(_words(_STATES, _BUCKETS), groups={str(one): _in(one) for one in Bucket}),
}
