"""People and disputes for the tests of protection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import new, sha256

from qiantang.commons.casework.tests.permits import person
from qiantang.commons.evidence import api as evidence
from qiantang.scenarios.protection.models import Mediator
from qiantang.scenarios.protection.services import disputes, mediators
from qiantang.scenarios.protection.types import Intake

TOLD = Intake(
    right_kind="invention",
    right_number="ZL202010000001.0",
    right_title="一种阀门",
    right_in_force=True,
    matter="infringement",
    respondent="钱塘阀门厂",
    place="杭州市",
    happened_on=date(2026, 3, 1),
    known_on=date(2026, 3, 10),
    goods="阀门",
    description="在展会上销售相同产品",
    wanted="停止销售并赔偿",
    stop_wanted=True,
    damages_yuan=100_000,
)


def deposited(actor, name="photo.jpg", content=b"a photo of a valve"):
    told = {"sha256": sha256(content).hexdigest(), "sm3": new("sm3", content).hexdigest()}
    return evidence.deposit(actor=actor, asked=evidence.Asked(name=name, digests=told, size_bytes=len(content)))


def filed(actor, **more):
    """The number of a dispute that is filed, with one exhibit."""
    opened = disputes.open_dispute(actor=actor)
    disputes.save_intake(actor=actor, number=opened.number, told=replace(TOLD, **more))
    disputes.add_exhibit(actor=actor, number=opened.number, deposit=deposited(actor), shows="the goods")
    disputes.file_dispute(actor=actor, number=opened.number)
    return opened.number


TABLE = """body,kind,name,fields,languages,most_open,username,ties,source
知识产权人民调解委员会,people,陈调解,invention;infringement,zh;en,1,chen,,名册2026
知识产权人民调解委员会,people,周调解,trade_mark,zh,5,zhou,,名册2026
商会调解中心,industry,吴调解,invention,zh,5,wu,钱塘阀门厂,名册2026
商会调解中心,industry,郑调解,invention,zh,5,,,名册2026
"""


def key_of(name):
    return Mediator.objects.get(name=name).pk


def begun(cast, name="陈调解", username="chen"):
    for side in ("lin", "he"):
        mediators.name_mediator(actor=cast[side], number=cast["number"], mediator_id=key_of(name))
    mediators.accept_appointment(actor=cast[username], number=cast["number"])


__all__ = ["TABLE", "TOLD", "begun", "deposited", "filed", "key_of", "person"]
