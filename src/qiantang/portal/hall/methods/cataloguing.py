"""A catalogue out of its file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from qiantang.kernel.errors import Invalid
from qiantang.portal.hall.methods.completeness import lacks
from qiantang.portal.hall.types.items import Catalogue, Lack, Material, Service, Text


def raw_catalogue(text: str) -> dict[str, Any]:
    """errors: Invalid ``hall.catalogue_unreadable``"""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Invalid("hall.catalogue_unreadable", said=str(fault)[:200]) from fault


def linted(text: str) -> list[Lack]:
    """What keeps a catalogue from being published. errors: Invalid ``hall.catalogue_unreadable``"""
    return lacks(raw_catalogue(text))


def read_catalogue(text: str) -> Catalogue:
    """A catalogue that can be published.

    errors  Invalid ``hall.catalogue_unreadable`` · ``hall.catalogue_incomplete`` with the count and the first lack
    """
    told = raw_catalogue(text)
    if found := lacks(told):
        first = found[0]
        raise Invalid("hall.catalogue_incomplete", count=len(found), first=f"{first.where}: {first.rule} {first.said}")
    return Catalogue(
        valid_from=told["valid_from"],
        note=Text(*told["note"]),
        groups={key: Text(*one) for key, one in told["groups"].items()},
        services=tuple(sorted((_service(one, told) for one in told["items"]), key=lambda one: one.code)),
        materials={key: _material(key, one) for key, one in told["materials"].items()},
    )


def _material(key: str, told: Mapping[str, Any]) -> Material:
    when = {fact: tuple(values) for fact, values in told.get("when", {}).items()}
    return Material(key, Text(*told["name"]), told["form"], told["source"], when)


def _service(told: Mapping[str, Any], whole: Mapping[str, Any]) -> Service:
    return Service(
        code=told["code"],
        key=told["key"],
        group=told["group"],
        name=Text(*told["name"]),
        goal=Text(*told["goal"]),
        for_whom=Text(*told["for_whom"]),
        steps=tuple(Text(*one) for one in told["steps"]),
        materials=tuple(told["materials"]),
        tolerated=frozenset(told["tolerated"]),
        stages=tuple(tuple(one) for one in told["promised"]),
        unit=told["unit"],
        beyond=Text(*told["beyond"]) if "beyond" in told else None,
        legal_days=told.get("legal_days"),
        fee=Text(*whole["fees"][told["fee"]]),
        channels=tuple(told["channels"]),
        result=Text(*told["result"]),
        basis=tuple(Text(*whole["laws"][one]) for one in told["basis"]),
        remedy=Text(*whole["remedies"][told["remedy"]]),
        visits=told["visits"],
        words=tuple(told["words"]),
        start=told.get("start", ""),
    )
