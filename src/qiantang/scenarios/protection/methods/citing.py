"""Sources as the tables write them, in the names that Chinese readers know: ``CPL art. 205`` is 《民事诉讼法》第205条."""

from __future__ import annotations

import re

_LAWS = {
    "AL": "仲裁法",
    "APL": "行政处罚法",
    "CPL": "民事诉讼法",
    "E-commerce Law": "电子商务法",
    "IR": "专利法实施细则",
    "JC11": "最高人民法院关于人民调解协议司法确认程序的若干规定",
    "OMR": "人民法院在线调解规则",
    "PD25": "专利纠纷行政裁决和调解办法",
    "PL": "专利法",
    "PML": "人民调解法",
    "SPC rules on invited mediation 2016": "最高人民法院关于人民法院特邀调解的规定",
    "TML": "商标法",
    "ZJP": "浙江省专利条例",
    "measures of 2015": "专利行政执法办法（2015）",
}
_ARTICLES = re.compile(r"^(?P<law>.+?)(?: art\. (?P<articles>\d+(?: and \d+)*))?$")


def cited_in_chinese(source: str) -> str:
    """A source with its parts in Chinese; a part that is not known stays as it is."""
    return "；".join(_part(one.strip()) for one in source.split(";"))


def _part(text: str) -> str:
    found = _ARTICLES.match(text)
    if found is None or found["law"] not in _LAWS:
        return text
    articles = "、".join(f"第{one}条" for one in (found["articles"] or "").split(" and ") if one)
    return f"《{_LAWS[found['law']]}》{articles}"
