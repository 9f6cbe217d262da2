"""Codes of the code fields and the words that people say for them.

A word may stand for several codes (``LS=有效`` is every status in force); a code stands for itself. Office codes: WIPO
ST.3; kind codes: WIPO ST.16; states: ``kernel.legalstatus``; fields of technology: ``corpus.classes``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qiantang.corpus.classes.methods import FIELDS
from qiantang.corpus.register.methods.query_language.errors import Choices, choices
from qiantang.kernel.legalstatus import Bucket, Status, bucket
from qiantang.kernel.text import fold

_OFFICES = {
    "CN": ("中国", "china"),
    "US": ("美国", "united states", "usa"),
    "EP": ("欧洲", "欧洲专利局", "欧专局", "epo", "europe", "european patent office"),
    "WO": ("国际", "世界知识产权组织", "wipo", "pct", "世界知识产权组织(国际申请)", "wipo (international)"),
    "JP": ("日本", "japan"),
    "KR": ("韩国", "korea", "republic of korea"),
    "DE": ("德国", "germany"),
    "GB": ("英国", "united kingdom"),
    "FR": ("法国", "france"),
    "TW": ("台湾", "中国台湾", "taiwan", "taiwan, china"),
    "HK": ("香港", "中国香港", "hong kong", "hong kong, china"),
    "MO": ("澳门", "中国澳门", "macao", "macao, china"),
    "CA": ("加拿大", "canada"),
    "AU": ("澳大利亚", "australia"),
    "IN": ("印度", "india"),
    "RU": ("俄罗斯", "russia", "russian federation"),
}
_TYPES = {
    "invention": ("发明", "发明专利"),
    "utility_model": ("实用新型", "新型", "utility model"),
    "design": ("外观设计", "外观", "外观设计专利"),
    "plant": ("植物专利", "植物", "plant patent"),
    "other": ("其他",),
}
# the first word of each is the one an error proposes; those of the pages are among them
_STATES = {
    Status.FILED: ("已申请", "申请", "已申请,未公布", "filed, not yet published"),
    Status.PUBLISHED: ("公开", "公布", "已公布", "已公开"),
    Status.IN_EXAMINATION: ("实质审查", "实审", "实质审查中", "in examination"),
    Status.REFUSED_PENDING_REEXAM: ("驳回待复审", "已驳回,复审中", "refused, review pending"),
    Status.GRANTED: ("授权", "已授权"),
    Status.PARTIALLY_INVALIDATED: ("部分无效", "部分无效,其余有效", "in force in part"),
    Status.REFUSED: ("驳回", "已驳回", "rejected"),
    Status.WITHDRAWN: ("撤回", "主动撤回", "已撤回"),
    Status.DEEMED_WITHDRAWN: ("视为撤回", "视撤", "deemed withdrawn"),
    Status.DEEMED_ABANDONED_GRANT: ("视为放弃", "视为放弃取得专利权", "grant deemed abandoned"),
    Status.LAPSED_FEE: ("未缴年费", "因费用终止", "未缴年费终止", "lapsed", "lapsed: fee not paid"),
    Status.ABANDONED: ("放弃", "主动放弃", "已放弃", "surrendered"),
    Status.EXPIRED: ("期限届满", "届满"),
    Status.INVALIDATED: ("全部无效", "declared invalid"),
    Status.PRESUMED_LAPSED: ("状态待确认", "status to be confirmed"),
    Status.UNKNOWN: ("状态不明", "状态不详", "status not known"),
}
_BUCKETS = {
    Bucket.IN_FORCE: ("有效", "有效专利", "有权专利", "in force", "active", "valid", "alive"),
    Bucket.PENDING: ("审中", "在审", "未决", "审查中"),
    Bucket.DEAD: ("失效", "失效专利", "无效", "无权专利", "ended", "inactive"),
    Bucket.UNKNOWN: ("未知", "不明"),
}
MOST_WORDS = 5  # of a value: "electrical machinery apparatus energy" is a field of technology
GRANTED = "granted"  # of KD: a document of grant is known, whatever its kind code


@dataclass(frozen=True, slots=True)
class Codes:
    """The values of a code field.

    words   what people say, folded, to code or group
    groups  a name that stands for several codes where contained (``=``) is asked
    open    codes that need not be listed: any text of this pattern, in capitals
    told    what an error says could stand there
    """

    words: Mapping[str, str]
    told: Choices
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: re.Pattern[str] | None = None

    def code(self, text: str) -> str | None:
        """The code or the name of the group that a text stands for; None: none."""
        said = " ".join(fold(text).split())
        found = self.words.get(said) or self.words.get(said.replace("_", " ")) or self.words.get(said.replace(" ", "_"))
        if found is None and self.open is not None and self.open.fullmatch(said.upper()):
            return said.upper()
        return found

    def longest(self, words: Sequence[str]) -> int:
        """How many of the words are a value together; 1 where only the first is, or none."""
        return next((many for many in range(len(words), 1, -1) if self.code(" ".join(words[:many]))), 1)


def _words(*tables: Mapping[Any, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): str(code) for table in tables for code, words in table.items() for word in (code, *words)}


def _in(group: Bucket) -> tuple[str, ...]:
    return tuple(str(one) for one in Status if bucket(one) is group)


def _told(*tables: Mapping[Any, tuple[str, ...]]) -> Choices:
    """In English the codes, with blanks in them; in Chinese the first word of each."""
    words: dict[str, str] = {}
    for table in tables:
        for code, said in table.items():
            words.setdefault(str(code), said[0])
    return choices((code.replace("_", " ") for code in words), words.values())


CODES: Mapping[str, Codes] = {
    "CC": Codes(_words(_OFFICES), _told(_OFFICES), open=re.compile("[A-Z]{2}")),
    "KD": Codes(
        dict.fromkeys(("授权", "granted", "grant", "granted_patent"), GRANTED),
        choices(("A", "B", "B1", "U", "S", GRANTED), ("A", "B", "B1", "U", "S", "授权")),
        open=re.compile("[A-Z][0-9]?"),
    ),
    "TY": Codes(_words(_TYPES), _told(_TYPES)),
    "TF": Codes(
        _words({str(one.number): (one.name_zh, one.name_en) for one in FIELDS}),
        choices(
            (f'1–{len(FIELDS)}, or a name: "{FIELDS[0].name_en}" …',),
            (f"1–{len(FIELDS)}，或名称：{FIELDS[0].name_zh}……",),
        ),
    ),
    "LS": Codes(_words(_BUCKETS, _STATES), _told(_BUCKETS, _STATES), groups={str(one): _in(one) for one in Bucket}),
}
