"""What the sources of the shipped figures are called in Chinese. Tables that somebody imports keep the words they came with."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_SOURCES: Final = MappingProxyType(
    {
        "CNIPA statistical yearbook 2009, patents in force by region": "国家知识产权局《2009年专利统计年报》各地区有效专利",
        "CNIPA statistical yearbook 2023, table 6-4": "国家知识产权局《2023年知识产权统计年报》表6-4",
        "CNIPA monthly statistics, March 2016, table 5": "国家知识产权局《专利业务工作及综合管理统计月报》2016年3月，表5",
        "CNIPA as quoted in press": "国家知识产权局数据，据媒体转引",
        "Zhejiang Administration for Market Regulation, notice of 2024-02-27, annex 1": "浙江省市场监督管理局2024-02-27通报，附件1",
        "Zhejiang market regulator notice of 2024-02-27, annex 1": "浙江省市场监督管理局2024-02-27通报，附件1",
        "Zhejiang 2024 statistical bulletin, copied page": "浙江省2024年统计公报，转载页面",
        "recalled, not looked up: to be checked against the bulletin of the city": "凭记忆录入，未查证：须与该市公报核对",
        "Hangzhou bulletin of the Seventh National Population Census": "杭州市第七次全国人口普查公报",
        "Hangzhou 7th census bulletin, copied by several pages": "杭州市第七次全国人口普查公报，多个页面转载",
        "Hangzhou bulletin of main population figures of 2023, quoted by several pages": "《2023年杭州市人口主要数据公报》，多个页面转引",
        "Hangzhou bulletin of main population figures of 2024, quoted by several pages": "《2024年杭州市人口主要数据公报》，多个页面转引",
        "page quoting the Hangzhou statistics bureau": "转引杭州市统计局数据的页面",
        "page quoting the yearbook": "转引年鉴的页面",
        "page quoting the district bulletin": "转引区县公报的页面",
        "page quoting the bulletin": "转引公报的页面",
        "the city's own announcement of 2021 (rounded; +25.2 % on 2019)": "该市2021年发布的数据（取整；比2019年增长25.2%）",
        "the city's own announcement of 2021": "该市2021年发布的数据",
        "State Council press conference 2024-01-16 (mainland)": "国务院新闻办公室2024-01-16新闻发布会（不含港澳台）",
        "State Council press conference 2025-07-17 as quoted in press": "国务院新闻办公室2025-07-17新闻发布会，据媒体转引",
        "public science-planning text of the city": "该市公开的科技规划文本",
        "derived: Binjiang 38,688 is 25.24 % of the city (hhtz.gov.cn 2024-04-29); about ±30": "推算：滨江区38,688件占全市25.24%（hhtz.gov.cn 2024-04-29），误差约±30",
        "derived: Binjiang 730.0 is 5.9 times the city (hhtz.gov.cn)": "推算：滨江区730.0为全市的5.9倍（hhtz.gov.cn）",
        "news item citing the Hangzhou market regulator (rounded)": "引用杭州市市场监督管理局数据的新闻（取整）",
        "news article (2.186 trillion, +4.7 %)": "新闻报道（2.186万亿元，增长4.7%）",
        "same news item": "同一则新闻",
        "Global Innovation Index 2020, clusters, as announced": "《2020年全球创新指数》科技集群，按发布口径",
        "NBS bulletin 2023 as quoted in public data": "国家统计局2023年公报，据公开数据转引",
        "NBS bulletin 2025 as quoted in public data": "国家统计局2025年公报，据公开数据转引",
        "general knowledge; 73297 / 1036.0 (10,000s) = 70.75 as announced": "常识；73297 ÷ 1036.0（万）= 70.75，与发布一致",
        "the patent register of this platform, snapshot": "本平台专利登记库，快照",
        "the patent register of this platform": "本平台专利登记库",
    }
)
_EVIDENCE: Final = MappingProxyType(
    {
        "official": "官方发布",
        "copied page": "转载页面",
        "quoted by several pages": "多个页面转引",
        "copied by several pages": "多个页面转载",
        "derived": "推算",
        "recalled": "凭记忆录入",
        "published, to verify": "已发布，待核实",
        "sample": "示例",
        "imported": "导入",
    }
)
_SERIES: Final = MappingProxyType(
    {
        "population": "常住人口",
        "population_census": "普查常住人口",
        "gdp": "地区生产总值",
        "effective_inventions": "有效发明专利",
        "effective_inventions_rounded": "有效发明专利（取整）",
    }
)
_WHOLE: Final = re.compile("|".join(re.escape(one) for one in sorted(_SOURCES, key=len, reverse=True)))
_HELD: Final = re.compile(
    rf" ?\((?P<evidence>{'|'.join(map(re.escape, _EVIDENCE))})(?:; (?P<there>\w+) in the place of (?P<wanted>\w+))?\)"
)
_COUNTED: Final = re.compile(rf"(?P<series>{'|'.join(sorted(_SERIES, key=len, reverse=True))}) (?P<period>[\d-]+): ")


def source_in(text: str, language: str) -> str:
    """A source as the reader is told it; ``text``: one or several, as figures and measurements keep them."""
    if not language.startswith("zh"):
        return text
    if text == "same":
        return "同上"
    told = _WHOLE.sub(lambda found: _SOURCES[found[0]], text)
    told = _HELD.sub(_held, told)
    told = _COUNTED.sub(lambda found: f"{_SERIES[found['series']]}（{found['period']}）：", told)
    return told if told == text else told.replace("; ", "；")


def _held(found: re.Match[str]) -> str:
    """How sure the figure is, and which series stands in for which."""
    told = _EVIDENCE[found["evidence"]]
    if found["there"]:
        there, wanted = (_SERIES.get(found[name], found[name]) for name in ("there", "wanted"))
        told += f"；以{there}代替{wanted}"
    return f"（{told}）"


def known_sources() -> frozenset[str]:
    """The sources that have Chinese words."""
    return frozenset(
        {*_SOURCES, "same", "scjgj.nantong.gov.cn", "hhtz.gov.cn 2024-04-29", "tjj.hangzhou.gov.cn 2017-02-23"}
    )
