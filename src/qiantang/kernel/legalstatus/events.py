"""Legal events: the office's codes and the kinds the register understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class EventKind(StrEnum):
    """What an event does. Events of one day are read in the order of this list: what opens a state before what ends
    it, the end of a charge before a new one, restoration after the loss, invalidation last.
    """

    PUBLICATION = "publication"
    EXAMINATION = "examination"
    REFUSAL = "refusal"
    REEXAMINATION = "reexamination"
    WITHDRAWAL = "withdrawal"
    DEEMED_WITHDRAWAL = "deemed_withdrawal"
    DEEMED_ABANDONED = "deemed_abandoned"
    GRANT = "grant"
    TERM_ADJUSTED = "term_adjusted"
    TRANSFER = "transfer"
    NAME_CHANGED = "name_changed"
    ADDRESS_CHANGED = "address_changed"
    NAME_AND_ADDRESS_CHANGED = "name_and_address_changed"
    DETAILS_CHANGED = "details_changed"
    CORRECTION = "correction"
    LICENCE_OFF = "licence_off"
    LICENCE_CHANGED = "licence_changed"
    LICENCE_ON = "licence_on"
    PLEDGE_OFF = "pledge_off"
    PLEDGE_CHANGED = "pledge_changed"
    PLEDGE_ON = "pledge_on"
    PRESERVATION_OFF = "preservation_off"
    PRESERVATION_ON = "preservation_on"
    SUSPENSION_OFF = "suspension_off"
    SUSPENSION_ON = "suspension_on"
    OPEN_LICENCE_OFF = "open_licence_off"
    OPEN_LICENCE_ON = "open_licence_on"
    PARTIALLY_INVALIDATED = "partially_invalidated"
    FEE_LAPSE = "fee_lapse"
    ABANDONED = "abandoned"
    EXPIRY = "expiry"
    RESTORED = "restored"
    INVALIDATED = "invalidated"
    OTHER = "other"


class EventName(NamedTuple):
    """The name of an event for people, in the words of the gazette and in English."""

    zh: str
    en: str


_K = EventKind

EVENT_NAMES: Mapping[EventKind, EventName] = {
    _K.PUBLICATION: EventName("公布", "Publication"),
    _K.EXAMINATION: EventName("实质审查的生效", "Entry into substantive examination"),
    _K.REFUSAL: EventName("驳回", "Refusal"),
    _K.REEXAMINATION: EventName("复审请求", "Request for re-examination"),
    _K.WITHDRAWAL: EventName("撤回", "Withdrawal"),
    _K.DEEMED_WITHDRAWAL: EventName("视为撤回", "Deemed withdrawal"),
    _K.DEEMED_ABANDONED: EventName("视为放弃取得专利权", "Right to the grant deemed abandoned"),
    _K.GRANT: EventName("授权", "Grant"),
    _K.TERM_ADJUSTED: EventName("专利权期限补偿", "Compensation of the patent term"),
    _K.TRANSFER: EventName("专利申请权、专利权的转移", "Transfer"),
    _K.NAME_CHANGED: EventName("姓名或者名称的变更", "Change of name"),
    _K.ADDRESS_CHANGED: EventName("地址的变更", "Change of address"),
    _K.NAME_AND_ADDRESS_CHANGED: EventName("姓名或者名称、地址的变更", "Change of name and address"),
    _K.DETAILS_CHANGED: EventName("著录事项变更", "Change of bibliographic particulars"),
    _K.CORRECTION: EventName("更正", "Correction"),
    _K.LICENCE_OFF: EventName("专利实施许可合同备案的注销", "Recorded licence cancelled"),
    _K.LICENCE_CHANGED: EventName("专利实施许可合同备案的变更", "Recorded licence changed"),
    _K.LICENCE_ON: EventName("专利实施许可合同备案的生效", "Licence recorded"),
    _K.PLEDGE_OFF: EventName("专利权质押合同登记的注销", "Registered pledge cancelled"),
    _K.PLEDGE_CHANGED: EventName("专利权质押合同登记的变更", "Registered pledge changed"),
    _K.PLEDGE_ON: EventName("专利权质押合同登记的生效", "Pledge registered"),
    _K.PRESERVATION_OFF: EventName("专利权保全的解除", "Preservation lifted"),
    _K.PRESERVATION_ON: EventName("专利权的保全", "Preservation"),
    _K.SUSPENSION_OFF: EventName("中止的解除", "Suspension lifted"),
    _K.SUSPENSION_ON: EventName("中止", "Suspension of proceedings"),
    _K.OPEN_LICENCE_OFF: EventName("专利开放许可声明的撤回", "Open licence withdrawn"),
    _K.OPEN_LICENCE_ON: EventName("专利开放许可的声明", "Open licence declared"),
    _K.PARTIALLY_INVALIDATED: EventName("专利权部分无效", "Invalidation in part"),
    _K.FEE_LAPSE: EventName("未缴年费专利权终止", "Lapse for unpaid annuity"),
    _K.ABANDONED: EventName("专利权的放弃", "Abandonment of the patent"),
    _K.EXPIRY: EventName("专利权有效期届满", "Expiry of the term"),
    _K.RESTORED: EventName("权利的恢复", "Restoration of right"),
    _K.INVALIDATED: EventName("专利权全部无效", "Invalidation in full"),
    _K.OTHER: EventName("其他事务", "Other event"),
}

# Codes and titles of the legal events of the CNIPA gazette, as worldwide legal-event data carry them. Source: the
# project's reference table of CNIPA gazette events; those marked there as seen in public data are certain, the others
# (PB01, SE01, RJ01, WD01, WW01, AD01, CB02, CI02, CI03, TA01, OL01, OR01) are to be verified against the office.
_CN: Mapping[str, tuple[EventKind, str]] = {
    "PB01": (_K.PUBLICATION, "公布"),
    "SE01": (_K.EXAMINATION, "实质审查的生效"),
    "GR01": (_K.GRANT, "授权"),
    "RJ01": (_K.REFUSAL, "发明专利申请公布后的驳回"),
    "WD01": (_K.DEEMED_WITHDRAWAL, "发明专利申请公布后的视为撤回"),
    "WW01": (_K.WITHDRAWAL, "发明专利申请公布后的撤回"),
    "AD01": (_K.DEEMED_ABANDONED, "视为放弃取得专利权"),
    "AV01": (_K.ABANDONED, "专利权的主动放弃"),
    "CB02": (_K.DETAILS_CHANGED, "申请人信息变更"),
    "CB03": (_K.DETAILS_CHANGED, "著录事项变更"),
    "CD02": (_K.CORRECTION, "外观设计专利公报更正"),
    "CI02": (_K.CORRECTION, "发明专利申请更正"),
    "CI03": (_K.CORRECTION, "发明专利更正"),
    "CF01": (_K.FEE_LAPSE, "未缴年费专利权终止"),
    "CX01": (_K.EXPIRY, "专利权有效期届满"),
    "CP01": (_K.NAME_CHANGED, "专利权人的姓名或者名称的变更"),
    "CP02": (_K.ADDRESS_CHANGED, "专利权人的地址的变更"),
    "CP03": (_K.NAME_AND_ADDRESS_CHANGED, "专利权人的姓名或者名称、地址的变更"),
    "DD01": (_K.OTHER, "文件的公告送达"),
    "EC01": (_K.LICENCE_OFF, "专利实施许可合同备案的注销"),
    "EE01": (_K.LICENCE_ON, "专利实施许可合同备案的生效"),
    "EM01": (_K.LICENCE_CHANGED, "专利实施许可合同备案的变更"),
    "IP01": (_K.PARTIALLY_INVALIDATED, "专利权部分无效"),
    "IW01": (_K.INVALIDATED, "专利权全部无效"),
    "PC01": (_K.PLEDGE_OFF, "专利权质押合同登记的注销"),
    "PE01": (_K.PLEDGE_ON, "专利权质押合同登记的生效"),
    "PM01": (_K.PLEDGE_CHANGED, "专利权质押合同登记的变更"),
    "PD01": (_K.PRESERVATION_OFF, "专利权保全的解除"),
    "PP01": (_K.PRESERVATION_ON, "专利权的保全"),
    "RR01": (_K.RESTORED, "权利的恢复"),
    "TA01": (_K.TRANSFER, "专利申请权的转移"),
    "TR01": (_K.TRANSFER, "专利权的转移"),
    "OL01": (_K.OPEN_LICENCE_ON, "专利开放许可的声明"),
    "OR01": (_K.OPEN_LICENCE_OFF, "专利开放许可声明的撤回"),
}
_CN_WORDS: Mapping[str, EventKind] = {
    **{title: kind for kind, title in _CN.values()},
    **{name.zh: kind for kind, name in EVENT_NAMES.items()},
    "避免重复授予专利权": _K.ABANDONED,
}

# Codes of other offices as INPADOC carries them, with the titles of EPO's list of legal event codes (edition 2024/17). Only
# those whose title leaves no doubt what became of the whole right are here: lapses in one state (PG25), codes that mean one
# thing before grant and another after it (DE R119), and announcements of what is still to come (INTG, R018) are not.
_ELSEWHERE: Mapping[str, Mapping[str, EventKind]] = {
    "EP": {
        "17Q": _K.EXAMINATION,  # first examination report despatched
        "18D": _K.DEEMED_WITHDRAWAL,  # application deemed to be withdrawn
        "18R": _K.REFUSAL,  # application refused
        "18RR": _K.RESTORED,  # decision to grant the request for re-establishment of rights before grant
        "18W": _K.WITHDRAWAL,  # application withdrawn
        "27A": _K.PARTIALLY_INVALIDATED,  # patent maintained in amended form
        "27W": _K.INVALIDATED,  # patent revoked
        "28": _K.RESTORED,  # rights re-established after grant
        "D18D": _K.RESTORED,  # application deemed to be withdrawn (deleted)
        "D18R": _K.RESTORED,  # application refused (deleted)
        "D18W": _K.RESTORED,  # application withdrawn (deleted)
        "R18D": _K.DEEMED_WITHDRAWAL,  # the same, corrected
        "R18R": _K.REFUSAL,
        "R18W": _K.WITHDRAWAL,
    },
    "DE": {
        "R003": _K.REFUSAL,  # refusal decision now final
        "R005": _K.DEEMED_WITHDRAWAL,  # application deemed withdrawn due to failure to request examination
        "R020": _K.GRANT,  # patent grant now final
        "R037": _K.INVALIDATED,  # decision revoking patent now final
        "R042": _K.INVALIDATED,  # patent's revocation in full now final
        "R043": _K.PARTIALLY_INVALIDATED,  # patent's revocation in part now final
        "R071": _K.EXPIRY,  # expiry of right
    },
}


def event_kind(office: str, code: str) -> EventKind:
    """The kind of an event from the office (ST.3) and its code, or the gazette's own title where there is no code.

    A code that is not known gives OTHER, as does 专利权的终止, which does not say whether fee or term ended the right.
    """
    if office != "CN":
        return _ELSEWHERE.get(office, {}).get(code.strip().upper(), EventKind.OTHER)
    word = code.strip().upper()
    known = _CN.get(word)
    return known[0] if known else _CN_WORDS.get(word, EventKind.OTHER)


@dataclass(frozen=True, slots=True)
class LegalEvent:
    """One event, understood.

    effective_date  the day it took effect; None: not said
    gazette_date    the day it was announced; None: not known
    code            as published
    days            days added to the term, of a TERM_ADJUSTED event
    """

    kind: EventKind
    effective_date: date | None = None
    gazette_date: date | None = None
    code: str = ""
    text: str | None = None
    days: int | None = None
