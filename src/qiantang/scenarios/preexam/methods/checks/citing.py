"""What a rule rests on, as the law was numbered on the day whose rules hold.

Rules cite in short: PL (Patent Law), IR (Implementing Regulations, numbers of 2023), GL (Guidelines, part/chapter). The
numbers of 2010 stand in ``values.toml``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from qiantang.scenarios.preexam.methods.checks.lists import values

_ARTICLES: Final = re.compile(r"IR (\d+[(\w)–]*(?:, \d+[(\w)–]*)*)")
_NUMBER: Final = re.compile(r"(?<![(\w])\d+")


def edition(as_of: date) -> str:
    """``ir2023`` from the day on which it came into force, ``ir2010`` before."""
    return "ir2023" if as_of >= values("articles")["from"] else "ir2010"


def cited(source: str, as_of: date) -> str:
    """The source with the article numbers of its day; where the older number is not known, the edition is named."""
    if edition(as_of) == "ir2023":
        return source
    return _ARTICLES.sub(_older, source)


def _older(found: re.Match[str]) -> str:
    """The articles of 2010; where one has no known counterpart, all keep their numbers of 2023, and say so."""
    former = values("articles")["former"]
    if any(number not in former for number in _NUMBER.findall(found[1])):
        return f"IR (2023) {found[1]}"
    return "IR " + _NUMBER.sub(lambda one: str(former[one[0]]), found[1])


_PART: Final = {"I": "一", "II": "二", "III": "三", "IV": "四", "V": "五", "VI": "六"}
_CHAPTER: Final = "零一二三四五六七八九十"
_LAW: Final = re.compile(r"\b(PL|IR)( \(2023\))? (\d+(?:[(–,)\w ]*\))?(?:, \d+[()\w]*)*)")
_GUIDELINES: Final = re.compile(r"GL ([IV]+)/(\d+)(?: \(2023\))?( ?§[\d.]+(?:, §[\d.]+)*)?")
_ARTICLE_ZH: Final = re.compile(r"(\d+)((?:\(\w+\))*(?:–(?:\(\w+\))+)?)")
_PLAIN: Final = {
    "CNIPA fee schedule": "专利收费标准",
    "request form, note 3": "请求书填表说明",
    "WIPO ST.26": "WIPO ST.26 标准",
}


def in_chinese(source: str) -> str:
    """A source as a Chinese notice cites it: 专利法实施细则第25条(2)、审查指南第二部分第二章3.2.2."""
    for english, chinese in _PLAIN.items():
        source = source.replace(english, chinese)
    source = _LAW.sub(_law, source)
    return _GUIDELINES.sub(_guideline, source).replace("; ", "；")


def _law(found: re.Match[str]) -> str:
    name = "专利法" if found[1] == "PL" else "专利法实施细则"
    articles = "、".join(f"第{one[1]}条{one[2]}" for one in _ARTICLE_ZH.finditer(found[3]))
    return f"{name}{'（2023）' if found[2] else ''}{articles}"


def _guideline(found: re.Match[str]) -> str:
    sections = (found[3] or "").replace("§", "").replace(", ", "、").strip()
    return f"审查指南第{_PART[found[1]]}部分第{_CHAPTER[int(found[2])]}章{sections}"
