"""A business register of invented firms: for demonstrations and tests. What is contested lies in a folder, a file each."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from qiantang.engines.business_register.port import Company

if TYPE_CHECKING:
    from pathlib import Path

_FIRMS = (
    Company(
        uscc="913301067996550582",
        name="钱塘泵业有限公司（虚构）",
        legal_representative="钱演示",
        address="杭州市西湖区示范路1号（虚构）",
        small=True,
        as_of=date(2026, 1, 1),
    ),
    Company(
        uscc="91330108MA27XYAE1D",
        name="滨江示例阀门有限公司（虚构）",
        legal_representative="江示例",
        address="杭州市滨江区示例街2号（虚构）",
        small=False,
        as_of=date(2026, 1, 1),
    ),
)


class SimulatedRegister:
    """Knows two firms that do not exist."""

    title = ("企业登记信息（模拟）", "Business register (simulated)")
    synthetic = True

    def __init__(self, *, folder: Path) -> None:
        self._folder = folder

    def company(self, uscc: str) -> Company | None:
        return next((one for one in _FIRMS if one.uscc == uscc), None)

    def contest(self, *, reference: str, uscc: str, field: str, value: str, said: str, why: str) -> str:
        receipt = f"SIM-{sha256(reference.encode()).hexdigest()[:10].upper()}"
        self._folder.mkdir(parents=True, exist_ok=True)
        place = self._folder / f"{receipt}.json"
        if not place.exists():
            told = {"reference": reference, "uscc": uscc, "field": field, "value": value, "said": said, "why": why}
            place.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return receipt
