"""Names of the events of other offices, for people: what the office's code says, in our own words.

They name an event and decide nothing: what an event does to a right is its kind (``events``). Sources: EPO, list of legal
event codes, edition 2024/17, and the steps and states of the European Patent Register; USPTO, event and document codes as
the Open Data Portal gives them with their descriptions, November 2026. A code that is not here keeps the name of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from qiantang.kernel.legalstatus.events import EVENT_NAMES, EventKind, EventName

_N = EventName
_REQUESTED = _N("已提出审查请求", "Examination requested")
_REPORT = _N("首次审查意见已发出", "First examination report sent")
_INTENDED = _N("拟授权通知已发出", "Intention to grant sent")
_EXPECTED = _N("授权（预期）", "Grant (expected)")
_UNOPPOSED = _N("期限内无人提出异议", "No opposition within the time limit")
_GRANT_FEE = _N("授权费已缴", "Grant fee paid")
_LAPSED_THERE = _N("在缔约国终止", "Lapsed in a contracting state")
_TITLE = _N("发明名称变更", "Title changed")
_AGENT = _N("代理人变更", "Representative changed")
_APPLICANT = _N("申请人信息变更或申请权转让", "Applicant changed or application transferred")
_OWNER = _N("专利权人信息变更或专利权转让", "Owner changed or patent transferred")

_EP: Mapping[str, EventName] = {
    "AK": _N("指定的缔约国", "Contracting states designated"),
    "AX": _N("请求延伸或生效的国家", "Extension or validation requested"),
    "AKX": _N("指定费已缴", "Designation fees paid"),
    "STAA": _N("申请或专利的状态", "Status of the application or patent"),
    "17P": _REQUESTED,
    "GRAG": _INTENDED,
    "GRAH": _INTENDED,
    "GRAP": _INTENDED,
    "INTG": _N("拟授权已公告", "Intention to grant announced"),
    "GRAS": _GRANT_FEE,
    "GRAA": _EXPECTED,
    "26N": _UNOPPOSED,
    "PLBE": _UNOPPOSED,
    "PUAI": _N("国际申请进入欧洲阶段", "International application entered the European phase"),
    "REF": _N("对应的国家编号", "Corresponding national number"),
    "RIC1": _N("授权前的分类信息", "Classification given before grant"),
    "RAP1": _APPLICANT,
    "RAP2": _OWNER,
    "RAP3": _APPLICANT,
    "RAP4": _OWNER,
    "TPAC": _N("第三方提交意见", "Observations by third parties filed"),
    "TPAB": _N("第三方意见的记录已删除", "Record of third-party observations deleted"),
    "EN": _N("法国：未提交译文", "France: translation not filed"),
    "BECN": _N("比利时：权利人名称变更", "Belgium: name of the holder changed"),
    "BERE": _N("比利时：专利终止", "Belgium: patent lapsed"),
    "GBPC": _N("英国：未缴年费终止", "United Kingdom: ceased, renewal fee not paid"),
    "0008199IPCL": _N("分类变更", "Classification changed"),
    "0009012": _N("欧洲专利公报公布", "Published in the European Patent Bulletin"),
    "0009171": _REQUESTED,
    "0009185": _REPORT,
    "0009199APPR": _N("申请人变更", "Applicant changed"),
    "0009199FREP": _AGENT,
    "0009199TIDE": _TITLE,
    "0009199TIEN": _TITLE,
    "0009199TIFR": _TITLE,
    "0009210": _EXPECTED,
    "0009250": _LAPSED_THERE,
    "0009261": _UNOPPOSED,
    "EPIDOS ABEX": _N("申请人修改", "Amended by the applicant"),
    "EPIDOS FREP": _AGENT,
    "EPIDOSCEXR2": _N("审查意见的发文或期限更改", "Examination report: dispatch or time limit changed"),
    "EPIDOSNEXP2": _N("延伸国费用已缴", "Extension fee paid"),
    "EPIDOSNEXR2": _N("审查意见已发出并指定期限", "Examination report sent, with a time limit"),
    "EPIDOSNEXR3": _N("对审查意见的答复", "Reply to the examination report"),
    "EPIDOSNIGR1": _INTENDED,
    "EPIDOSNIGR3": _GRANT_FEE,
    "EPIDOSNIGR5": _N("公布印刷费已缴", "Publishing fee paid"),
    "EPIDOSNIGR7": _N("权利要求译文已收到", "Translation of the claims received"),
    "EPIDOSNRFE2": _N("维持费已缴", "Renewal fee paid"),
    "STATUS 7": _UNOPPOSED,
    "STATUS 8": _N("专利已授权", "Patent granted"),
    "STATUS 12": _N("拟授权", "Grant intended"),
    "STATUS 14": _N("审查中", "Examination in progress"),
    "REQUEST-FOR-EXAMINATION": _REQUESTED,
    "FIRST-EXAMINATION-REPORT-DESPATCHED": _REPORT,
    "OPPOSITION-NOT-FILED": _UNOPPOSED,
}
# A first word behind which the state stands, and the state's own code.
_EP_OF_A_STATE: Mapping[str, EventName] = {
    "PG25": _LAPSED_THERE,
    "LAPSED": _LAPSED_THERE,
    "PGFP": _N("已向国家局缴纳年费", "Annual fee paid to a national office"),
    "REG": _N("国家登记簿的记录", "Entry in a national register"),
}

_ALLOWED = _N("授权通知书", "Notice of allowance")
_PETITION = _N("请愿", "Petition")
_DECIDED = _N("请愿决定", "Decision on a petition")
_DISCLOSED = _N("提交信息披露声明", "Information disclosure statement filed")
_GRANTED_ONLINE = _N("电子专利证书通知", "Notice of the electronic grant")
_ISSUED = _N("颁证公告通知", "Issue notification")
_MAILED = _N("电子邮件通知", "Notice by e-mail")
_RECEIPT = _N("申请受理通知", "Filing receipt")

_US: Mapping[str, EventName] = {
    "1449": _N("申请人引用、审查员已考虑的文献", "References cited by the applicant and considered"),
    "A.PE": _N("主动修改", "Preliminary amendment"),
    "ADS": _N("申请数据表", "Application data sheet"),
    "APP.FILE.REC": _RECEIPT,
    "APPEAL DECISION": _N("上诉决定", "Decision on appeal"),
    "BIB": _N("著录数据表", "Bibliographic data sheet"),
    "BIG.": _N("实体类别：不享受减免", "Entity status: undiscounted"),
    "C/N=": _N("更正的授权通知书", "Corrected notice of allowance"),
    "CLM": _N("权利要求书", "Claims"),
    "COMP": _N("申请文件已齐备", "Application complete"),
    "CTNF": _N("审查意见（非最终）", "Non-final rejection"),
    "D1935": _N("转送数据采集", "Dispatched to data capture"),
    "DOCK": _N("分配审查员", "Docketed to an examiner"),
    "EGRANT.NTF": _GRANTED_ONLINE,
    "EGRANT.PDF": _N("电子专利证书", "Electronic patent grant"),
    "ELC_RVW": _N("电子查阅", "Electronic review"),
    "EML_NTF": _MAILED,
    "EML_NTR": _MAILED,
    "EPG/": _N("电子专利证书登记", "Electronic grant recorded"),
    "EPG_NTF": _GRANTED_ONLINE,
    "FLFEE": _N("补缴申请费", "Additional filing fee paid"),
    "FLRCPT.O": _RECEIPT,
    "FLRCPT.U": _N("更新的申请受理通知", "Filing receipt, updated"),
    "IDS": _DISCLOSED,
    "IDSC": _N("信息披露声明已考虑", "Information disclosure statement considered"),
    "IEXX": _N("初审", "Initial examination"),
    "IFEE": _N("颁证费已收到", "Issue fee received"),
    "INCD": _N("申请不完整通知", "Notice of an incomplete application"),
    "INTERFERENCE DECISION": _N("抵触程序决定", "Decision in an interference"),
    "IPR DECISION": _N("双方复审决定", "Decision in an inter partes review"),
    "ISSUE.NTF": _ISSUED,
    "M844": _DISCLOSED,
    "MC/N=": _N("更正的授权通知书已寄出", "Corrected notice of allowance mailed"),
    "MEPG_NTF": _GRANTED_ONLINE,
    "MN/=.": _N("授权通知书已寄出", "Notice of allowance mailed"),
    "MOPPT": _DECIDED,
    "MPTDI": _N("请愿驳回", "Petition dismissed"),
    "N/=.": _ALLOWED,
    "N084": _N("颁证费已核实", "Issue fee verified"),
    "N417": _N("电子申请回执", "Receipt of an electronic filing"),
    "N417.PYMT": _N("电子缴费回执", "Receipt of an electronic payment"),
    "NOA": _ALLOWED,
    "NTC.PUB": _N("公布通知", "Notice of publication"),
    "OIPE": _N("初审部门已转出", "Dispatched from initial examination"),
    "OPPT": _DECIDED,
    "PEFR": _N("对形式通知的答复", "Reply to a notice on formalities"),
    "PET.": _PETITION,
    "PET.OP": _PETITION,
    "PETDEC": _DECIDED,
    "PG-ISSUE": _N("申请公布通知", "Notice of pre-grant publication"),
    "PGM/": _N("专利授权登记", "Grant recorded"),
    "PGR": _N("授权后复审", "Post-grant review"),
    "PILS": _N("具备颁证条件", "Ready for issue"),
    "PTA": _N("专利期限调整", "Patent term adjustment"),
    "PTAC": _N("期限调整所用的颁证日", "Issue date used for the term adjustment"),
    "PTDI": _N("请愿驳回", "Petition dismissed"),
    "REM": _N("申请人意见陈述", "Remarks of the applicant"),
    "SMAL": _N("声明为小型实体", "Small entity status claimed"),
    "SPEC": _N("说明书", "Specification"),
    "TRAN.LET": _N("传送函", "Transmittal letter"),
    "WFEE": _N("费用计算表", "Fee worksheet"),
    "WIDS": _DISCLOSED,
    "WPIR": _ISSUED,
}
_US_OF_A_KIND: Mapping[str, EventName] = {"PETITION": _PETITION}

_NAMED = {"EP": (_EP, _EP_OF_A_STATE), "US": (_US, _US_OF_A_KIND)}


def event_name(office: str, kind: EventKind, code: str) -> EventName:
    """The name of an event: of its kind; where no kind is known, of its office's code, with what stands behind the code."""
    whole, first_words = _NAMED.get(office, ({}, {}))
    word, _, rest = code.strip().upper().partition(" ")
    if kind is not EventKind.OTHER:
        return EVENT_NAMES[kind]
    found = whole.get(f"{word} {rest}".rstrip())
    if found is not None:
        return found
    named = first_words.get(word)
    if named is None:
        return EVENT_NAMES[kind]
    return EventName(f"{named.zh}（{rest}）", f"{named.en} ({rest})") if rest else named
