"""What a column of an unknown table may be: suggested by the words of its header, else by the shapes of its values.

A suggestion is a beginning for a person, who sees the values and a preview; nothing is loaded by a suggestion alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from qiantang.corpus.ingest.methods.days import DayRefused, parse_day, parse_day_as
from qiantang.corpus.ingest.methods.mapping.language import DATE_FIELDS, FIELDS, SEVERAL
from qiantang.corpus.ingest.methods.shapes import Shape, shape_of
from qiantang.corpus.register.types import PatentType

# field -> header words, folded (lower case, no blanks, brackets and their content left out), the usual ones first
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "application_number": ("申请号", "专利申请号", "applicationnumber", "applicationno", "appno", "applicationid"),
    "publication_number": (
        "公开号",
        "公告号",
        "公开公告号",
        "授权公告号",
        "专利号",
        "publicationnumber",
        "publicationno",
        "pubno",
    ),
    "publication_numbers": ("公开号列表", "publicationnumbers"),
    "kind": ("文献种类", "文献类型代码", "kind", "kindcode"),
    "filing_date": ("申请日", "申请日期", "filingdate", "applicationdate", "appdate"),
    "publication_date": ("公开日", "公告日", "公开公告日", "公开日期", "publicationdate", "pubdate"),
    "grant_date": ("授权日", "授权公告日", "授权日期", "grantdate"),
    "title": ("标题", "名称", "发明名称", "专利名称", "title"),
    "title_en": ("英文标题", "英文名称", "titleenglish", "englishtitle"),
    "abstract": ("摘要", "abstract"),
    "abstract_en": ("英文摘要", "abstractenglish", "englishabstract"),
    "claims": ("权利要求", "权利要求书", "claims"),
    "first_claim": ("首项权利要求", "主权项", "firstclaim"),
    "applicants": ("申请人", "原始申请人", "applicant", "applicants"),
    "holders": ("专利权人", "当前专利权人", "权利人", "assignee", "currentassignee", "patentee"),
    "inventors": ("发明人", "设计人", "发明设计人", "inventor", "inventors"),
    "agency": ("代理机构", "专利代理机构", "agency"),
    "agents": ("代理人", "代理师", "agent", "agents", "attorney"),
    "address": ("地址", "申请人地址", "address", "applicantaddress"),
    "postcode": ("邮编", "邮政编码", "postcode", "zipcode"),
    "country": ("国家", "国别", "申请人国家", "country"),
    "type": ("专利类型", "专利类别", "专利种类", "类型", "类别", "patenttype", "type"),
    "ipc": ("ipc", "ipc分类号", "分类号", "国际分类号", "国际专利分类", "ipcs"),
    "ipc_main": ("主分类号", "ipc主分类号", "mainipc"),
    "cpc": ("cpc", "cpc分类号", "cpcs"),
    "locarno": ("洛迦诺分类号", "外观设计分类号", "locarno"),
    "page_count": ("页数", "文献页数", "pages", "pagecount"),
    "priorities": ("优先权", "优先权号", "priority", "priorities"),
    "cited_patents": ("引用专利", "引证专利", "citedpatents", "references"),
}
# A header that begins with one of these says it, whatever stands behind: 发明人名册, 申请号码.
_BEGINNING: Final = 3  # characters
_COUNTED: Final = (Shape.SERIAL, Shape.DAY)  # 发明人数, 申请人代码: figures about the field, not the field
_FIELD_OF: Final = {word: field for field, words in _WORDS.items() for word in words}
_BY_SHAPE: Final[Mapping[Shape, tuple[str, ...]]] = {
    Shape.PUBLICATION: ("publication_number", "publication_numbers"),
    Shape.APPLICATION: ("application_number",),
    Shape.DAY: DATE_FIELDS,
    Shape.SYMBOL: ("ipc", "ipc_main", "cpc", "locarno"),
    Shape.ORGANISATION: ("applicants", "holders", "agency"),
    Shape.PERSON: ("inventors", "applicants", "holders", "agents"),
    Shape.ADDRESS: ("address",),
}
_GUESSED: Final = (Shape.PUBLICATION, Shape.APPLICATION, Shape.SYMBOL, Shape.ORGANISATION, Shape.PERSON, Shape.ADDRESS)
_SEPARATORS: Final = ("；", ";", "|", "、", "\n", ",")
DATE_FORMS: Final = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%b %d, %Y", "%d %b %Y", "%Y.%m.%d", "%y.%m.%d")
_TYPE_WORDS: Final = (
    ("实用新型", PatentType.UTILITY_MODEL),
    ("utility", PatentType.UTILITY_MODEL),
    ("外观", PatentType.DESIGN),
    ("design", PatentType.DESIGN),
    ("发明", PatentType.INVENTION),
    ("invention", PatentType.INVENTION),
    ("plant", PatentType.PLANT),
)
_MOST = 0.6


def folded_header(text: str) -> str:
    """A header as headers are compared: lower case, without blanks and punctuation, bracketed remarks left out."""
    bare = re.sub(r"[(（\[【][^)）\]】]*[)）\]】]", "", text) or text
    return re.sub(r"[\W_]+", "", bare).lower()


def _main_shape(cells: Sequence[str]) -> Shape | None:
    shapes = Counter(shape_of(cell) for cell in cells)
    del shapes[Shape.EMPTY]
    if not shapes:
        return None
    shape, count = shapes.most_common(1)[0]
    return shape if count >= _MOST * shapes.total() else None


def suggested_fields(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """For each column a field, or empty where neither its header nor its values say enough. A field at most once.

    A header whose word is known is believed unless its values are plainly those of another kind of field.
    """
    columns = [[row[place] for row in rows if place < len(row)] for place in range(len(headers))]
    found = [""] * len(headers)
    shapes = [_main_shape(cells) for cells in columns]
    for place, header in enumerate(headers):
        field = _FIELD_OF.get(folded_header(header), "")
        shape = shapes[place]
        contradicted = (
            shape in _GUESSED and any(field in _BY_SHAPE[s] for s in _GUESSED) and field not in _BY_SHAPE[shape]
        )
        if field and field not in found and not contradicted:
            found[place] = field
    for place, shape in enumerate(shapes):
        if not found[place] and shape in _GUESSED:
            found[place] = next((one for one in _BY_SHAPE[shape][:1] if one not in found), "")
    for place, header in enumerate(headers):
        field = _begun(folded_header(header))
        if not found[place] and field not in found and shapes[place] not in _COUNTED:
            found[place] = field
    return found


def _begun(header: str) -> str:
    """The field whose Chinese word a header begins with, the longest one; empty where there is none."""
    words = [word for word in _FIELD_OF if len(word) >= _BEGINNING and not word.isascii() and header.startswith(word)]
    return _FIELD_OF[max(words, key=len)] if words else ""


def suggested_separator(field: str, cells: Sequence[str]) -> str:
    """What parts several values in the cells of a field that takes several: the sign that stands in most of them, else empty."""
    if field not in SEVERAL:
        return ""
    signs = [sign for sign in _SEPARATORS if sign not in ",、" or FIELDS[field].group != "party"]
    counted = [(sum(sign in cell for cell in cells), -place, sign) for place, sign in enumerate(signs)]
    most = max(counted, default=(0, 0, ""))
    return most[2] if most[0] else ""


def suggested_date_form(cells: Sequence[str]) -> str:
    """The ``strptime`` form that reads every filled cell; empty where they are written year first, or where none does."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled or _reads(filled, ()):
        return ""
    return next((form for form in DATE_FORMS if _reads(filled, (form,))), "")


def _reads(cells: Sequence[str], forms: tuple[str, ...]) -> bool:
    try:
        for cell in cells:
            _ = parse_day_as(cell, forms) if forms else parse_day(cell)
    except DayRefused:
        return False
    return True


def suggested_type(word: str) -> str:
    """The type of patent that a word of the type column means; empty where it says none."""
    return next((str(kind) for part, kind in _TYPE_WORDS if part in word.lower()), "")
