"""What the screen shows and the feed tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qiantang.commons.ui.types import Chart
from qiantang.scenarios.monitoring.types import Figure


class Grant(NamedTuple):
    """One of the latest grants."""

    patent_id: str
    number: str
    title: str
    applicant: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Everything on the wall screen. Each chart has its table, source and file as everywhere."""

    tiles: tuple[Figure, ...]
    flow: Chart | None
    fields: Chart | None
    city_map: Chart | None
    districts: Chart | None
    peers: Chart | None
    applicants: Chart | None
    grants: tuple[Grant, ...]
    snapshot: int | None


# code -> (sentence, next step)
REFUSALS = {
    "cockpit.nonce": (
        "The nonce must have 8 to 64 letters, digits, hyphens or underscores.",
        "Send another one, or none.",
    ),
}
