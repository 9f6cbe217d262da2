"""Sheets, authorities, inspections and a geographical indication of the demo city: all invented, and marked so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.scenarios.protection.models import Authority, ProductSheet
from qiantang.scenarios.protection.services import alerts, applications, authorities, inspections, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.actor import Actor

_AUTHORITIES = (
    ("11330100DEM0000017", "演示市西湖区市场监督管理局", "market", "330106"),
    ("11330100DEM000002A", "演示海关", "customs", ""),
)
_SOURCE = "演示数据"
# kind, days ago, how many, value, district
_FOUND = (
    ("seizure", 9, 1200, 24_000, "330106"),
    ("seizure", 15, None, None, "330106"),
    ("seizure", 21, 300, None, "330102"),
    ("inspection", 28, 0, 0, "330105"),
    ("inspection", 33, 45, 900, ""),
)


def furnish_marks(people: Mapping[str, Actor], settler: Actor) -> None:
    """Once, after the disputes. ``settler`` grants mandates."""
    if Authority.objects.exists():
        return
    keys = [
        authorities.add_authority(
            actor=people["supervisor"], uscc=uscc, name=name, kind=kind, source=_SOURCE, district=district
        )
        for uscc, name, kind, district in _AUTHORITIES
    ]
    enforcer = replace(people["enforcer"])
    for key in keys:
        _mandate(enforcer, settler, Authority.objects.get(pk=key).organisation_id, "protection.enforce")
    sheet = _sheet(people["party"], enforcer, keys)
    _inspections(people["party"], enforcer, keys[0], sheet)


def _mandate(actor: Actor, settler: Actor, organisation: int, scope: str) -> None:
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor,
        organisation_id=organisation,
        scopes=[scope],
        start_date=today,
        end_date=today + timedelta(days=360),
        evidence="演示授权书",
    )
    mandates.settle_mandate(actor=settler, mandate_id=asked.id, grant=True)


def _sheet(party: Actor, enforcer: Actor, keys: list[int]) -> int:
    sheet = sheets.make_sheet(
        actor=party,
        product="演示牌西湖龙井礼盒",
        right_kind="geographical",
        right_number="演示-G0001",
        right_title="西湖龙井（演示）",
        parts={
            "genuine_marks": "每盒一枚溯源码，专用标志印在盒盖左下角。（虚构）",
            "fake_marks": "专用标志位置偏右、颜色偏黄，无溯源码。（虚构）",
            "genuine_packaging": "硬纸盒，封签有暗纹。（虚构）",
            "fake_packaging": "纸张较薄，封签无暗纹。（虚构）",
            "logistics": "由演示市发往各地，随附产地凭证。（虚构）",
            "contact": "演示联系人，工作日当日答复。（虚构）",
        },
    )
    ProductSheet.objects.filter(pk=sheet).update(synthetic=True)
    for key in keys:
        sheets.share_sheet(actor=party, key=sheet, authority=key)
    sheets.note_read(actor=enforcer, key=sheet)
    alert = alerts.send_alert(
        actor=party,
        key=sheet,
        kind="new_fake",
        text="近期出现封签颜色偏黄的礼盒，请留意。（虚构）",
        authorities=keys[:1],
        district="330106",
    )
    alerts.answer_alert(actor=enforcer, key=sheet, alert=alert, answer="已列入本月检查。（虚构）")
    for key in keys:
        made = applications.file_application(actor=party, key=sheet, authority=key)
        if key == keys[0]:
            applications.decide_application(actor=enforcer, application=made, granted=True, reference="演示保护2026-1")
    return sheet


def _inspections(party: Actor, enforcer: Actor, authority: int, sheet: int) -> None:
    """Five invented records; of one the number is not known, of one the district."""
    today = timezone.localdate()
    keys = [
        inspections.record_inspection(
            actor=enforcer,
            authority=authority,
            found=inspections.Found(
                kind=kind,
                happened_on=today - timedelta(days=days),
                goods="仿冒包装盒（虚构）",
                unit="个",
                quantity=quantity,
                value_yuan=value,
                district=district,
                place="演示市场",
                sheet=sheet,
            ),
        )
        for kind, days, quantity, value, district in _FOUND
    ]
    inspections.say(actor=enforcer, key=keys[0], text="请鉴别随附照片所示包装。（虚构）")
    inspections.say(actor=party, key=keys[0], text="标志位置与封签均不符。（虚构）", verdict="fake")
    inspections.note_outcome(actor=enforcer, key=keys[0], outcome="confiscated", day=today - timedelta(days=2))
    inspections.note_outcome(actor=enforcer, key=keys[3], outcome="nothing", day=today - timedelta(days=20))
