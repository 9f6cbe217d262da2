"""Words that say what sort of body a name names: legal forms, institutions, parts of a body.

Chinese company forms: Company Law, art. 7 and 8; sorts of branches: art. 13. A 分公司 is no legal person of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# ending of a Chinese name -> legal form in one spelling; longest first where one ends with another
HAN_FORMS: Mapping[str, str] = {
    "有限责任合伙企业": "有限合伙",
    "有限合伙企业": "有限合伙",
    "简化股份公司": "股份公司",
    "有限责任总公司": "有限责任公司",
    "股份有限责任公司": "股份有限公司",
    "两合股份有限公司": "两合公司",
    "股份有限两合公司": "两合公司",
    "有限两合公司": "两合公司",
    "两合公司": "两合公司",
    "股份有限公司": "股份有限公司",
    "股份两合公司": "两合公司",
    "有限责任公司": "有限责任公司",
    "私人有限公司": "有限公司",
    "有限总公司": "有限公司",
    "有限公司": "有限责任公司",
    "股份公司": "股份有限公司",
    "控股公司": "公司",
    "总公司": "公司",
    "公司": "公司",
    "株式会社": "株式会社",
    "会社": "株式会社",
    "合伙企业": "合伙企业",
}
HAN_FORM_AT_END = re.compile("(?:" + "|".join(HAN_FORMS) + ")$")
KK_FIRST = re.compile("^(?:株式会社|有限会社|合同会社)")

# Latin words that stand at the end of a name and say its legal form -> one spelling
LATIN_FORMS: Mapping[str, str] = {
    "CO": "CO",
    "COMPANY": "CO",
    "LTD": "LTD",
    "LIMITED": "LTD",
    "INC": "INC",
    "INCORPORATED": "INC",
    "CORP": "CORP",
    "CORPORATION": "CORP",
    "LLC": "LLC",
    "LLP": "LLP",
    "LP": "LP",
    "PLC": "PLC",
    "GMBH": "GMBH",
    "KG": "KG",
    "KGAA": "KGAA",
    "AG": "AG",
    "SE": "SE",
    "SA": "SA",
    "SAS": "SAS",
    "SARL": "SARL",
    "SPA": "SPA",
    "SRL": "SRL",
    "BV": "BV",
    "NV": "NV",
    "AB": "AB",
    "OY": "OY",
    "OYJ": "OY",
    "AS": "AS",
    "APS": "APS",
    "KK": "KK",
    "GK": "GK",
    "KABUSHIKI": "KK",
    "KAISHA": "KK",
    "PTE": "PTE",
    "PTY": "PTY",
    "PVT": "PVT",
}
# What the 30 characters of an exchange format leave of a form. Single letters count only where the name is long enough to
# have been cut, or behind another form (``CO L``).
LATIN_STUMPS: Mapping[str, str] = {
    "LT": "LTD",
    "IN": "INC",
    "COR": "CORP",
    "CORPORATIO": "CORP",
    "LL": "LLC",
    "GMB": "GMBH",
    "L": "LTD",
    "N": "NV",
    "C": "CO",
}

# legal form -> a country whose law knows it; forms of one law can follow each other
LAW_OF_FORM: Mapping[str, str] = {
    **dict.fromkeys(("有限责任公司", "股份有限公司", "有限合伙", "合伙企业"), "CN"),
    **dict.fromkeys(("INC", "CORP", "COINC", "LLC", "COLLC", "LP", "LLP"), "US"),
    **dict.fromkeys(("CO", "LTD", "COLTD", "CORPLTD", "PLC", "PTELTD", "PVTLTD", "PTYLTD"), "GB"),
    **dict.fromkeys(("GMBH", "AG", "KG", "GMBHCOKG", "GMBHKG", "KGAA", "SE"), "DE"),
    **dict.fromkeys(("KK", "GK", "株式会社"), "JP"),
    **dict.fromkeys(("BV", "NV"), "NL"),
    **dict.fromkeys(("SA", "SAS", "SARL"), "FR"),
    **dict.fromkeys(("大学", "学院", "学校"), "school"),
}

INSTITUTION = re.compile(
    "(?:大学|学院|学校|研究生院|研究院|研究所|研究中心|科学院|设计院|勘察院|医院|卫生院|中心|实验室|基金会|协会|学会|委员会|局|厅|合作社|事务所|"
    "工厂|总厂|厂|集团|站|所|院|社|部|场|馆|队)$"
)
# What may be a part of the body named before it; one that is a company of its own is none
_HEAD = "大学|研究院|科学院|工程院|研究与发展中心|研究所|医院|有限公司|有限责任公司|总公司|公司|学院"
UNIT = re.compile(
    rf"^(?P<owner>.{{2,}}?(?:{_HEAD}))[-—－]?(?P<unit>.*(?:分公司|[^有限股份]{{1,6}}公司|分厂|分院|分局|局|研究生院|研究院|研究所|研究中心|"
    r"中心|学院|医院|北院|校区|基地|实验室|事业部|分部|所|系|部))$"
)
OWN_COMPANY = re.compile("(?:有限公司|有限责任公司|股份公司|股份有限公司)$")
# Institutions that change their sort and stay the same body: a college becomes a university, an institute a company.
RENAMED_SORTS = frozenset({"大学", "学院", "学校"})

ORGANISATION_WORDS = re.compile(
    "公司|大学|学院|学校|中学|小学|研究|设计院|科学院|工厂|医院|集团|株式会社|会社|法人|合伙|企业|基金会|协会|学会|委员会|实验室|中心|事务所|"
    "合作社|财团|联盟|总厂|分院|分局|支队|部队|经营部|商行|대학|주식회사|.{3}(?:厂|局|店|院)$|.{4}(?:所|部|站|队|社|场|馆|处|厅|行)$"  # shorter ones may be given names: 杨某行
)
LATIN_ORGANISATION = frozenset(
    [
        "UNIV",
        "UNIVERSITY",
        "UNIVERSITAT",
        "UNIVERSITE",
        "COLLEGE",
        "INST",
        "INSTITUTE",
        "INSTITUT",
        "INSTITUTION",
        "FOUNDATION",
        "CENTER",
        "CENTRE",
        "CENTRAL",
        "LAB",
        "LABS",
        "LABORATORY",
        "LABORATORIES",
        "ACADEMY",
        "HOSPITAL",
        "SCHOOL",
        "GROUP",
        "HOLDING",
        "HOLDINGS",
        "INTERNATIONAL",
        "ENTERPRISES",
        "INDUSTRIES",
        "INDUSTRIAL",
        "INDUSTRY",
        "IND",
        "TECHNOLOGY",
        "TECHNOLOGIES",
        "TECH",
        "ELECTRONICS",
        "ELECTRONIC",
        "ELECTRIC",
        "ELEC",
        "ELECTRO",
        "MECH",
        "MECHANICS",
        "SEMICONDUCTOR",
        "SEMICONDUCTORS",
        "SYSTEMS",
        "OPTOELECTRONICS",
        "OPTOELECTRONIC",
        "LIGHTING",
        "PHARMACEUTICALS",
        "CHEMICAL",
        "MATERIALS",
        "INSTRUMENTS",
        "MOTORS",
        "MOTOR",
        "SOLUTIONS",
        "PRODUCTS",
        "SOFTWARE",
        "NETWORKS",
        "COMMUNICATIONS",
        "MANUFACTURING",
        "MFG",
        "WORKS",
        "ENG",
        "ENGINEERING",
        "RES",
        "RESEARCH",
        "MINISTRY",
        "AGENCY",
        "COMMISSION",
        "COUNCIL",
        "GOVERNMENT",
        "NAT",
        "NATIONAL",
        "TRADING",
        "VENTURES",
        "PARTNERS",
        "KOKYO",
        "DAIGAKU",
    ]
)
