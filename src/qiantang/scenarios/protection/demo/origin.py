"""A geographical indication of the demo city after West Lake Longjing: users, plots and codes are invented, and marked so."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.kernel.actor import Actor
from qiantang.scenarios.protection.models import Indication
from qiantang.scenarios.protection.services.origin import checking, issuing, keeping

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOURCE = "演示数据"
_USERS = (("演示梅家坞茶叶合作社", "演示授权-001"), ("演示翁家山茶厂", "演示授权-002"))
_PLOTS = (
    ("演示-MJW-01", "梅家坞", "3.20", 0),
    ("演示-MJW-02", "梅家坞", "1.75", 0),
    ("演示-WJS-01", "翁家山", "2.40", 1),
)
_PACKAGES, _GRAMS = 40, 250


def furnish_origin(people: Mapping[str, Actor]) -> None:
    """Once; the office keeps the indication. The codes of the demo are known to nobody: they are drawn at random."""
    if Indication.objects.exists():
        return
    office, today = people["supervisor"], timezone.localdate()
    key = keeping.add_indication(
        actor=office,
        name="西湖龙井（演示）",
        name_en="West Lake Longjing (demonstration)",
        product="茶叶",
        number="演示-GI-0001",
        source=_SOURCE,
    )
    Indication.objects.filter(pk=key).update(synthetic=True)
    keeping.enter_rate(
        actor=office, key=key, from_year=today.year - 1, grams_per_mu=12_000, source="演示数据（虚构单产）"
    )
    ends = today + timedelta(days=700)
    users = [
        keeping.authorise_user(actor=office, key=key, name=name, number=number, valid_from=today, valid_until=ends)
        for name, number in _USERS
    ]
    plots = [
        keeping.add_plot(
            actor=office,
            key=key,
            number=number,
            district="330106",
            village=village,
            area_mu=Decimal(area),
            source=_SOURCE,
            user=users[user],
        )
        for number, village, area, user in _PLOTS
    ]
    _looks_and_reports(people, key, plots)


def _looks_and_reports(people: Mapping[str, Actor], key: int, plots: list[int]) -> None:
    """Codes for every plot; one of them looked at so often that it is flagged, a report that stays open and one that became a clue."""
    anybody, code = Actor.public(), ""
    for plot in plots:
        (code, *_rest) = issuing.issue_codes(
            actor=people["supervisor"],
            key=key,
            plot=plot,
            year=timezone.localdate().year,
            package_grams=_GRAMS,
            packages=_PACKAGES,
        )
    for _look in range(5):
        checking.check_code(actor=anybody, code=code, address="192.0.2.1")
    checking.report_fake(
        actor=anybody,
        indication=key,
        address="192.0.2.1",
        district="330106",
        code=code,
        place="演示茶叶市场二楼",
        description="封签颜色偏黄，溯源码已被多次查验。（虚构）",
    )
    made = checking.report_fake(
        actor=anybody,
        indication=key,
        address="192.0.2.1",
        place="演示网店",
        seller="演示某茶行",
        description="标注西湖龙井，无溯源码。（虚构）",
    )
    checking.make_clue(actor=people["officer"], key=made)
