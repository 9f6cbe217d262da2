"""The catalogue of services as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Text(NamedTuple):
    """The same in Chinese and English."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that a service asks for.

    form    original, copy, electronic, form (a form of ours)
    source  ``applicant``, or ``platform``: read from public data and not asked again (Zhejiang provisions art. 7)
    when    fact -> values for which it is needed; empty: always
    """

    key: str
    name: Text
    form: str
    source: str
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One thing of the hall.

    code        four digits: group and number
    steps       what is done, by whom, in order
    tolerated   keys of materials without which it is taken in, to be handed in later (容缺)
    stages      promised days: parallel parts in a stage, stages one after the other; empty: none is promised
    unit        workday or day
    beyond      time that is not ours to promise; None: there is none
    legal_days  the limit of law in ``unit``; None: the law sets none
    start       named address where it begins; empty: with the form of the hall
    words       everyday words by which people look for it
    """

    code: str
    key: str
    group: str
    name: Text
    goal: Text
    for_whom: Text
    steps: tuple[Text, ...]
    materials: tuple[str, ...]
    tolerated: frozenset[str]
    stages: tuple[tuple[int, ...], ...]
    unit: str
    beyond: Text | None
    legal_days: int | None
    fee: Text
    channels: tuple[str, ...]
    result: Text
    basis: tuple[Text, ...]
    remedy: Text
    visits: int
    words: tuple[str, ...]
    start: str

    @property
    def promised_days(self) -> int | None:
        """All stages together; None where no time is promised."""
        return sum(max(stage) for stage in self.stages) if self.stages else None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All services of a day. ``groups`` by key, in order."""

    valid_from: date
    note: Text
    groups: Mapping[str, Text]
    services: tuple[Service, ...]
    materials: Mapping[str, Material]

    def service(self, code: str) -> Service | None:
        return next((one for one in self.services if one.code == code), None)


class Lack(NamedTuple):
    """What is wrong with an entry: where, by which rule, and the words it is about."""

    where: str
    rule: str
    said: str
