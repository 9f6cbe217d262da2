"""What was done with a right, as published events tell: transfers, licences, pledges, preservation, open licences.

The parties are read from the labels of the gazette's own text (变更前权利人, 让与人, 出质人 …) and from the arrow between the two
sides of an assignment recorded at the USPTO. What no label names is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qiantang.corpus.register.types import Event
from qiantang.corpus.register.types.observed import Day
from qiantang.kernel.legalstatus import EventKind, event_kind


class DealingRole(StrEnum):
    """On which side of a dealing a party stands."""

    FROM = "from"
    TO = "to"
    LICENSOR = "licensor"
    LICENSEE = "licensee"
    PLEDGOR = "pledgor"
    PLEDGEE = "pledgee"


@dataclass(frozen=True, slots=True)
class Dealing:
    """One dealing as published.

    kind     an ``EventKind``: ``transfer``, ``licence_on``, ``pledge_off`` …
    parties  (role, name as published); empty: the event names none
    number   of the recorded contract; None: not said
    """

    kind: EventKind
    event: Event
    parties: tuple[tuple[DealingRole, str], ...]
    number: str | None

    @property
    def day(self) -> Day | None:
        return self.event.date or self.event.gazette_date


_K: Final = EventKind
DEALING_KINDS: Final = frozenset(
    {
        *(
            _K.TRANSFER,
            _K.LICENCE_ON,
            _K.LICENCE_CHANGED,
            _K.LICENCE_OFF,
            _K.PLEDGE_ON,
            _K.PLEDGE_CHANGED,
            _K.PLEDGE_OFF,
        ),
        *(_K.PRESERVATION_ON, _K.PRESERVATION_OFF, _K.OPEN_LICENCE_ON, _K.OPEN_LICENCE_OFF),
    }
)
_R: Final = DealingRole
_LABELS: Final[Mapping[str, DealingRole]] = {
    "变更前": _R.FROM, "变更前权利人": _R.FROM, "变更前专利权人": _R.FROM, "变更前申请人": _R.FROM,
    "变更后": _R.TO, "变更后权利人": _R.TO, "变更后专利权人": _R.TO, "变更后申请人": _R.TO,
    "让与人": _R.LICENSOR, "许可人": _R.LICENSOR, "受让人": _R.LICENSEE, "被许可人": _R.LICENSEE,
    "出质人": _R.PLEDGOR, "质权人": _R.PLEDGEE,
}  # fmt: skip
_LABELLED: Final = re.compile(r"([\u4e00-\u9fff]{2,8})\s*[:：]\s*([^；;\n]*)")
_NUMBERS: Final = frozenset({"合同备案号", "备案号", "登记号", "专利权质押登记号"})
_OWNERS: Final = re.compile(
    "权利人|专利权人|申请人|共同"
)  # what a change may be of, where it concerns who holds the right
# What the USPTO records is told by the title of the paper.
_US: Final[tuple[tuple[re.Pattern[str], EventKind], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\b(?:release|terminat|discharge)", _K.PLEDGE_OFF),
        (r"\bsecurity (?:interest|agreement)|\bpledge|\blien\b", _K.PLEDGE_ON),
        (r"\blicen[sc]e", _K.LICENCE_ON),
        (r"\bassignment|\bmerger\b", _K.TRANSFER),
    )
)
_US_SIDES: Final = re.compile(r"^reel[ /][^:]*:\s*(?P<before>.*?)\s*->\s*(?P<after>.*)$", re.IGNORECASE | re.DOTALL)
_US_ROLES: Final = {_K.PLEDGE_ON: (_R.PLEDGOR, _R.PLEDGEE), _K.PLEDGE_OFF: (_R.PLEDGEE, _R.PLEDGOR)}
_US_LICENCE: Final = (_R.LICENSOR, _R.LICENSEE)


def dealings(office: str, events: Iterable[Event]) -> list[Dealing]:
    """The dealings among the events of a patent, the newest first; an undated one last."""
    found = [made for event in events if (made := _dealing(office, event)) is not None]
    return sorted(found, key=lambda one: (one.day is not None, one.day or 0), reverse=True)


def _dealing(office: str, event: Event) -> Dealing | None:
    kind = event_kind(office, event.code)
    if kind in DEALING_KINDS:
        return Dealing(kind, event, tuple(dict.fromkeys(_named(kind, event.text or ""))), _number(event.text or ""))
    sides = _US_SIDES.match(event.text or "") if office == "US" else None
    recorded = next((meant for title, meant in _US if title.search(event.code)), None) if sides else None
    if sides is None or recorded is None:
        return None
    roles = _US_ROLES.get(recorded, _US_LICENCE if recorded is _K.LICENCE_ON else (_R.FROM, _R.TO))
    parties = [
        (role, name.strip())
        for role, side in zip(roles, (sides["before"], sides["after"]), strict=True)
        for name in side.split(";")
        if name.strip()
    ]
    return Dealing(recorded, event, tuple(parties), None)


def _named(kind: EventKind, text: str) -> Iterator[tuple[DealingRole, str]]:
    """Names behind labels; of a change only those of who holds the right, not of agents or addresses."""
    concerns_owner = True
    for label, value in _LABELLED.findall(text):
        if label == "变更事项":
            concerns_owner = _OWNERS.search(value) is not None and "地址" not in value
            continue
        role = _LABELS.get(label)
        if role is None or not value.strip() or (role in (_R.FROM, _R.TO) and not concerns_owner):
            continue
        if role in (_R.LICENSOR, _R.LICENSEE) and kind is _K.TRANSFER:
            role = _R.FROM if role is _R.LICENSOR else _R.TO
        yield role, value.strip()


def _number(text: str) -> str | None:
    return next(
        (value.strip() for label, value in _LABELLED.findall(text) if label in _NUMBERS and value.strip()), None
    )
