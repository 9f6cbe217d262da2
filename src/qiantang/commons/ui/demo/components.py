"""Every component in every state: what the gallery shows, the tests render and axe looks at. All of it is invented."""

from __future__ import annotations

from datetime import date

from qiantang.commons.ui.types import Bar, Case, Tone

_EVENTS = [
    {
        "date": date(2024, 3, 15),
        "title": "授权",
        "tone": Tone.GOOD,
        "raw": "授权",
        "status": "granted",
        "source": "gazette.csv, 3312",
    },
    {"date": None, "title": "著录事项变更", "tone": Tone.PLAIN, "raw": "", "status": None, "source": ""},
]
_VALUES = [
    {"value": "H01M", "label": "H01M", "count": 1234, "url": "?ic=H01M", "selected": True},
    {"value": "B60L", "label": "B60L", "count": 7, "url": "?ic=B60L", "selected": False},
]
_FOUND = {"url": "/patents/CN202210851408", "title": "一种电池冷却板", "number": "CN115223840B"}
_WRONG = {"given": "3", "expected": "4", "right_url": "/search?q=202210851408.4", "right_number": "202210851408.4"}
_NOT_HELD = {"given": "EP3456789A1", "office": "EP", "canonical": "EP3456789A1", "coverage_url": "/coverage"}
_BARS = [Bar("中国", 90000, 100.0, "/search"), Bar("United States", 9000, 10.0), Bar("WIPO", 0, 0.0)]

COMPONENT_CASES: tuple[Case, ...] = (
    Case("page-header", "title alone", {"title": "收录范围"}),
    Case("page-header", "with trail, lead and slot", {"title": "导入", "trail": "数据", "lead": "逐行读取。"}, "→"),
    Case("card", "with heading and note", {"title": "摘要", "note": "2 种语言", "id": "case-card"}, "内容"),
    Case("card", "without heading", {}, "内容"),
    Case("way", "a way in", {"title": "专利检索", "href": "/search", "icon": "search", "text": "一个框全能查。"}),
    *(Case("pill", tone.value, {"word": "有效", "tone": tone}) for tone in Tone),
    Case("chips", "two filters", {"label": "已选条件", "chips": [{"label": "发明", "remove_url": "?"}] * 2}),
    Case("empty", "with next step", {"title": "还没有导入", "icon": "file-import", "level": 3}, "选择文件，按“导入”。"),
    Case("note", "plain", {"title": "说明", "level": 3}, "正在建立索引。"),
    Case("note", "good", {"title": "已完成", "tone": Tone.GOOD, "level": 3}, "全部收录。"),
    Case("note", "wait", {"title": "请稍候", "tone": Tone.WAIT, "level": 3}, "几分钟后可见。"),
    Case("note", "harm", {"title": "已停止", "tone": Tone.HARM, "level": 3}, "文件在第 31 行中断。"),
    Case("error-summary", "one error", {"title": "请先改正", "errors": [{"text": "请选择文件", "href": "#main"}]}),
    Case("facet-list", "one value chosen", {"label": "主分类", "values": _VALUES}),
    Case("pager", "first page", {"label": "翻页一", "next_url": "?cursor=a", "shown": 20, "total": 1234}),
    Case("pager", "last page", {"label": "翻页二", "first_url": "?", "shown": 14, "total": 1234}),
    Case("progress", "with a total", {"label": "正在读取", "done": 31000, "total": 100000, "detail": "第 31 批"}),
    Case("progress", "without a total", {"label": "等待中", "done": 0}),
    Case("stat", "opens its records", {"name": "收录专利", "value": "100,000", "unit": "件", "href": "/search"}),
    Case("stat", "not known", {"name": "收录专利", "note": "尚未导入"}),
    Case("timeline", "two events, one without a day", {"entries": _EVENTS}),
    Case("dl.row", "with a value", {"term": "申请日", "inid": "22"}, "2022-07-19", inside="dl"),
    Case("dl.row", "without a value", {"term": "授权公告日", "inid": "45"}, inside="dl"),
    Case("bars", "ranked", {"question": "记录来自哪里？", "rows": _BARS, "unit": "件", "head": "国家或地区"}),
    Case("table-twin", "closed", {"title": "记录来自哪里？", "rows": _BARS, "head": "国家或地区", "unit": "件"}),
    Case("number-box", "found", {"given": "202210851408.4", "found": _FOUND}),
    Case("number-box", "wrong check digit, record held", {"given": "202210851408.3", "found": _FOUND, "wrong": _WRONG}),
    Case("number-box", "wrong check digit, no record", {"given": "202210851408.3", "wrong": _WRONG}),
    Case("number-box", "sound, not held", _NOT_HELD),
)
