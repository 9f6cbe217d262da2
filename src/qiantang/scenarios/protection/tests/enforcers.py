"""Right holders, authorities and their officers for the tests of sheets, inspections and codes of origin."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.kernel.actor import Actor
from qiantang.kernel.identifiers import parse_credit_code
from qiantang.scenarios.protection.services import authorities, sheets
from qiantang.scenarios.protection.tests.people import person

SYSTEM = Actor.system("test")
PARTS = {"genuine_marks": "防伪线在左下角", "fake_marks": "无防伪线", "contact": "张三 0571"}
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(place):
    """A credit code of its own, with the check character that fits."""
    stem = f"1133010000000{place:04d}"
    for sign in SIGNS:
        try:
            return parse_credit_code(stem + sign).text
        except Exception:  # noqa: BLE001 - the next sign
            continue
    raise AssertionError


def mandate(actor, settler, organisation, scope):
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor,
        organisation_id=organisation,
        scopes=[scope],
        start_date=today,
        end_date=today + timedelta(days=300),
        evidence="委托书",
    )
    mandates.settle_mandate(actor=settler, mandate_id=asked.id, grant=True)


def authority(supervisor, officer, place=1, kind="market", name="西湖区市场监督管理局"):
    """An authority in the register, with an officer who enforces for it; returns its key."""
    from qiantang.scenarios.protection.models import Authority

    key = authorities.add_authority(
        actor=supervisor, uscc=uscc(place), name=name, kind=kind, source="名录", district="330106"
    )
    mandate(
        officer, person(f"op{place}", "operator"), Authority.objects.get(pk=key).organisation_id, "protection.enforce"
    )
    return key


def sheet(holder, **more):
    told = {"product": "龙井茶礼盒", "right_kind": "trade_mark", "right_number": "G12345", "parts": PARTS, **more}
    return sheets.make_sheet(actor=holder, **told)
