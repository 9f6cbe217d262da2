"""The catalogue as pages show it, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiantang.kernel.errors import NotFound
from qiantang.portal.hall.methods.cataloguing import linted, read_catalogue
from qiantang.portal.hall.methods.searching import found
from qiantang.portal.hall.selectors.wording import CHANNELS, FORMS, LINT_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.portal.hall.types.items import Catalogue, Material, Service, Text

_FILE = Path(__file__).resolve().parent.parent / "service_items.toml"


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue in force. A file with a vague entry stops the house from showing any: it was never published."""
    return read_catalogue(_FILE.read_text(encoding="utf-8"))


def said(text: Text | None) -> str:
    """A text in the reader's language; empty for none."""
    return text.said(get_language() or "zh-hans") if text is not None else ""


@dataclass(frozen=True, slots=True)
class Card:
    """A service in a list."""

    code: str
    name: str
    goal: str
    group: str
    time: str
    visits: int
    url: str


@dataclass(frozen=True, slots=True)
class MaterialShown:
    """A paper as it is read. ``note``: what is special about it."""

    name: str
    form: str
    note: str


@dataclass(frozen=True, slots=True)
class ServiceShown:
    """All that the page of a service tells."""

    card: Card
    for_whom: str
    steps: tuple[str, ...]
    materials: tuple[MaterialShown, ...]
    legal: str
    beyond: str
    fee: str
    channels: tuple[str, ...]
    result: str
    basis: tuple[str, ...]
    remedy: str
    start_url: str
    valid_from: str
    note: str


def service_by_code(code: str) -> Service:
    """errors: NotFound ``hall.service_unknown``"""
    service = catalogue().service(code)
    if service is None:
        raise NotFound("hall.service_unknown", service=code[:20])
    return service


def card_of(service: Service) -> Card:
    return Card(
        service.code,
        said(service.name),
        said(service.goal),
        said(catalogue().groups[service.group]),
        time_of(service),
        service.visits,
        reverse("hall:service-show", args=[service.code]),
    )


def cards_by_group() -> list[tuple[str, str, list[Card]]]:
    """Key and name of each group with its services."""
    whole = catalogue()
    return [
        (key, said(name), [card_of(one) for one in whole.services if one.group == key])
        for key, name in whole.groups.items()
    ]


def found_services(question: str, most: int = 12) -> list[Card]:
    """Services for everyday words, best first."""
    return [card_of(one) for one in found(question, catalogue().services)[:most]]


def time_of(service: Service) -> str:
    """What is promised, in words."""
    days = service.promised_days
    if days is None:
        return said(service.beyond)
    if days == 0:
        return _("at once")
    told = _("%(days)s working days") if service.unit == "workday" else _("%(days)s days")
    return told % {"days": days}


def _limit_of_law(service: Service) -> str:
    if service.legal_days is None:
        return _("The law sets none")
    told = _("%(days)s working days") if service.unit == "workday" else _("%(days)s days")
    return told % {"days": service.legal_days}


def material_shown(material: Material, *, tolerated: bool = False) -> MaterialShown:
    note = ""
    if material.source == "platform":
        note = _("read from public data, you need not bring it")
    elif tolerated:
        note = _("may follow later")
    return MaterialShown(said(material.name), str(FORMS[material.form]), note)


def service_shown(code: str) -> ServiceShown:
    """errors: NotFound ``hall.service_unknown``"""
    service, whole = service_by_code(code), catalogue()
    return ServiceShown(
        card=card_of(service),
        for_whom=said(service.for_whom),
        steps=tuple(said(one) for one in service.steps),
        materials=tuple(
            material_shown(whole.materials[key], tolerated=key in service.tolerated) for key in service.materials
        ),
        legal=_limit_of_law(service),
        beyond=said(service.beyond),
        fee=said(service.fee),
        channels=tuple(str(CHANNELS[one]) for one in service.channels),
        result=said(service.result),
        basis=tuple(said(one) for one in service.basis),
        remedy=said(service.remedy),
        start_url=start_url(service),
        valid_from=whole.valid_from.isoformat(),
        note=said(whole.note),
    )


def start_url(service: Service) -> str:
    """Where the service begins: the page of its room, or the form of the hall; empty where neither is there yet."""
    for name, arguments in ((service.start, []), ("hall:matter-new", [service.code])):
        try:
            if name:
                return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""


def lint_rows(text: str) -> list[dict[str, object]]:
    """What is wrong with a draft of the catalogue. errors: Invalid ``hall.catalogue_unreadable``"""
    return [
        {"where": one.where, "rule": one.rule, "said": one.said, "word": LINT_RULES[one.rule]} for one in linted(text)
    ]


def shown_materials(materials: Iterable[Material]) -> list[MaterialShown]:
    return [material_shown(one) for one in materials]
