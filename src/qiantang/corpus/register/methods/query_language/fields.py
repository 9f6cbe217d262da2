"""The fields of the query language: one table. Keys, names in Chinese and English, and the index fields behind each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from qiantang.corpus.register.methods.query_language.errors import sentence
from qiantang.kernel.text import fold


class Kind(StrEnum):
    """What a value of a field is, and so how it is read.

    TEXT    words and phrases; ``=`` contains, ``==`` is the whole value
    CODE    one of a list, or a word that stands for one or several
    CLASS   a classification symbol; ``=`` is the symbol and all below it
    NUMBER  a patent number in any spelling
    DAY     a day, a month or a year; compared and ranged
    YEAR    a year; compared and ranged
    REGION  a region code or name; ``=`` is the region and all inside it
    KEY     an identifier, as it is
    SET     a set of patents under its name: a number list, a folder of somebody's; who knows the name may ask for it
    FAMILY  the id of a family, by which its members are found
    PARTY   a harmonised party by any of its names; ``=`` takes its parts and subsidiaries with it, ``==`` does not
    TIE     a patent number; found are the patents tied to it: those that cite it, those that claim its priority
    """

    TEXT = "text"
    CODE = "code"
    CLASS = "class"
    NUMBER = "number"
    DAY = "day"
    YEAR = "year"
    REGION = "region"
    KEY = "key"
    SET = "set"
    FAMILY = "family"
    PARTY = "party"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class QueryField:
    """A field of the query language.

    index    index fields searched; for TEXT each has a twin ``<name>_characters`` for single characters
    whole    the KEYWORD index field with whole values; None where there is none
    facet    the index field counted; its values go back into a query as ``KEY==value``
    sort     whether results can be put in the order of the (single, INTEGER) index field
    """

    key: str
    kind: Kind
    names: tuple[str, ...]
    index: tuple[str, ...]
    whole: str | None = None
    facet: str | None = None
    sort: bool = False


DEFAULT = "TAC"
_T = Kind.TEXT
QUERY_FIELDS: tuple[QueryField, ...] = (
    QueryField(
        "TAC",
        _T,
        ("标题摘要权利要求", "全文", "text", "关键词", "keyword", "keywords", "KW", "TIABC"),
        ("title", "abstract", "claims"),
    ),
    QueryField("TA", _T, ("标题摘要", "名称摘要", "TIAB"), ("title", "abstract")),
    QueryField("TI", _T, ("标题", "名称", "发明名称", "title", "TTL"), ("title",), whole="title_whole"),
    QueryField("AB", _T, ("摘要", "abstract", "ABST", "ABS"), ("abstract",)),
    QueryField("CL", _T, ("权利要求", "权利要求书", "claims", "claim", "CLM", "CLMS"), ("claims",)),
    QueryField(
        "PA",
        _T,
        (
            "申请人",
            "申请(专利权)人",
            "专利权人",
            "原始申请人",
            "applicant",
            "applicants",
            "applicant.name",
            "assignee",
            "patentee",
            "AP",
        ),
        ("applicant",),
        whole="applicant_whole",
        facet="applicant_whole",
    ),
    QueryField(
        "AH",
        Kind.PARTY,
        ("申请人归一", "标准申请人", "harmonised_applicant", "harmonized_applicant", "ANS"),
        ("applicant",),
        whole="applicant_whole",
    ),
    QueryField(
        "AW",
        _T,
        ("权利人", "当前权利人", "当前申请(专利权)人", "holder", "owner", "owner_all.name", "current_owner", "ANCS"),
        ("holder",),
        whole="holder_whole",
    ),
    QueryField(
        "IN",
        _T,
        ("发明人", "设计人", "inventor", "inventors", "inventor.name", "INV"),
        ("inventor",),
        whole="inventor_whole",
        facet="inventor_whole",
    ),
    QueryField("AG", _T, ("代理机构", "专利代理机构", "agency", "AGC"), ("agency",), whole="agency_whole"),
    QueryField(
        "IC",
        Kind.CLASS,
        ("分类号", "国际专利分类", "IPC", "IPCR", "IPC分类号", "class_ipcr.symbol"),
        ("ipc",),
        facet="ipc_subclass",
    ),
    QueryField("CPC", Kind.CLASS, ("联合专利分类", "CPC分类号", "class_cpc.symbol"), ("cpc",)),
    QueryField("LOC", Kind.CLASS, ("洛迦诺分类", "外观分类", "locarno"), ("locarno",)),
    QueryField(
        "PN",
        Kind.NUMBER,
        ("公开号", "公告号", "公开公告号", "公开(公告)号", "publication_number", "pub_number"),
        ("number",),
    ),
    QueryField("AN", Kind.NUMBER, ("申请号", "专利号", "application_number", "APN", "APNO"), ("number",)),
    QueryField("AD", Kind.DAY, ("申请日", "申请日期", "filing_date", "APD"), ("filing_day",), sort=True),
    QueryField(
        "PD",
        Kind.DAY,
        ("公开日", "公布日", "公开公告日", "公开(公告)日", "publication_date", "pub_date", "date_published", "PBD"),
        ("publication_day",),
        sort=True,
    ),
    QueryField("GD", Kind.DAY, ("授权日", "授权公告日", "grant_date", "ISD"), ("grant_day",), sort=True),
    QueryField(
        "AY", Kind.YEAR, ("申请年", "申请年份", "filing_year"), ("filing_year",), facet="filing_year", sort=True
    ),
    QueryField(
        "PY",
        Kind.YEAR,
        ("公开年", "公开年份", "publication_year", "year_published"),
        ("publication_year",),
        facet="publication_year",
        sort=True,
    ),
    QueryField(
        "CC",
        Kind.CODE,
        (
            "国家",
            "国别",
            "公开国家",
            "受理国",
            "专利局",
            "受理局",
            "office",
            "country",
            "jurisdiction",
            "authority",
            "PNC",
        ),
        ("office",),
        facet="office",
    ),
    QueryField(
        "KD", Kind.CODE, ("文献种类", "文献种类代码", "kind", "kind_code", "publication_type"), ("kind",), facet="kind"
    ),
    QueryField("TY", Kind.CODE, ("类型", "专利类型", "type", "patent_type"), ("type",), facet="type"),
    QueryField(
        "LS",
        Kind.CODE,
        (
            "法律状态",
            "当前法律状态",
            "状态",
            "有效性",
            "专利有效性",
            "status",
            "legal_status",
            "patent_status",
            "legal_status.patent_status",
        ),
        ("status",),
        facet="status",
    ),
    QueryField("SD", Kind.DAY, ("状态日", "法律状态日", "status_date"), ("status_day",), sort=True),
    QueryField(
        "SY", Kind.YEAR, ("状态年", "法律状态年", "status_year"), ("status_year",), facet="status_year", sort=True
    ),
    QueryField("TF", Kind.CODE, ("技术领域", "technology_field", "tech_field"), ("field",), facet="field"),
    QueryField(
        "CI",
        Kind.REGION,
        ("城市", "地区", "区域", "省", "省份", "省市", "city", "province", "region", "district"),
        ("region",),
        facet="region",
    ),
    QueryField("FM", Kind.KEY, ("同族", "专利族", "family"), ("family",)),
    QueryField("SF", Kind.FAMILY, ("简单同族", "simple_family"), ("simple_family_number",)),
    QueryField("EF", Kind.FAMILY, ("扩展同族", "extended_family"), ("extended_family_number",)),
    QueryField("CT", Kind.TIE, ("引用", "引证", "引证文献", "cites"), ("id",)),
    QueryField("PR", Kind.TIE, ("优先权", "优先权号", "priority", "priority_number"), ("id",)),
    QueryField("ID", Kind.KEY, ("标识", "patent_id"), ("id",)),
    QueryField("SET", Kind.SET, ("清单", "集合", "set"), ("id",)),
)
BY_KEY: Mapping[str, QueryField] = {one.key: one for one in QUERY_FIELDS}
FACETS: Mapping[str, QueryField] = {one.key: one for one in QUERY_FIELDS if one.facet}
SORTS: Mapping[str, QueryField] = {one.key: one for one in QUERY_FIELDS if one.sort}

# KEYWORD index field: what is known of a document: index names of text fields, and keys of the query fields below
KNOWN = "known"
KNOWN_KEYS = ("CPC", "LOC", "PN", "AN", "FM")
CHARACTERS = "_characters"
REVERSED = "number_reversed"  # identity keys, the number from its last sign to its first


def _all_names() -> Iterator[tuple[str, QueryField]]:
    for one in QUERY_FIELDS:
        for name in (one.key, *one.names):
            yield fold(name), one
            yield fold(name).replace("_", ""), one


BY_NAME: Mapping[str, QueryField] = dict(_all_names())

# what people look for elsewhere and is not asked here: name -> the reason, and what to do instead
_DESCRIPTION = (
    sentence("Descriptions are shown, but not searched."),
    sentence("TAC asks title, abstract and claims; Read the text marks the words in the description, too."),
)
_CITATIONS = (
    sentence("How often a patent is cited is counted when it is shown, and not searched."),
    sentence("CT=CN110083831A finds what cites a patent; the result can be put in the order of citations."),
)
_ADDRESS = (
    sentence("Addresses are not searched."),
    sentence("CI finds patents by the city or district of the address: CI=西湖区"),
)
ELSEWHERE: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("de", "des", "desc", "description", "spec", "tacd", "full", "full_text", "ftxt", "说明书", "全文检索"),
        _DESCRIPTION,
    ),
    **dict.fromkeys(
        (
            *("nc", "ctn", "cited", "fctc", "citing_count", "cited_by.patent_count", "cited_by_count"),
            *("被引次数", "被引证次数", "被引用次数", "引用次数"),
        ),
        _CITATIONS,
    ),
    **dict.fromkeys(("地址", "申请人地址", "address", "applicant.address", "ap-add"), _ADDRESS),
}


def field_named(name: str) -> QueryField | None:
    """The field of a key or a name, in any case and width, simplified or traditional."""
    folded = fold(name)
    return BY_NAME.get(folded) or BY_NAME.get(folded.replace("_", ""))
