"""The registry of event schemas: what may be said, whether a change breaks its readers, and whether an event fits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from qiantang.kernel.canonical import canonical_json

PREFIX = "cn.qiantang"
_VERSION = re.compile(r"([1-9][0-9]*)\.([0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIGURE = frozenset({"metric", "version", "value", "reason", "as_of", "records"})
_LONGEST = 300
# What never stands in an event: it would be content, or a person.
CONTENT = frozenset({"name", "title", "text", "note", "person", "people", "parties", "by", "office", "phone", "email", "address", "why", "facts"})  # fmt: skip

_JSON: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string", "maxLength": _LONGEST},
    "whole": {"type": "integer"},
    "truth": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "texts": {"type": "array", "items": {"type": "string", "maxLength": _LONGEST}},
    "figures": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "metric": {"type": "string"},
                "version": {"type": "integer"},
                "value": {"type": ["string", "null"], "description": "Decimal number; null: not known."},
                "reason": {"type": ["string", "null"], "description": "Why it is not known."},
                "as_of": {"type": ["string", "null"], "format": "date"},
                "records": {"type": ["integer", "null"]},
            },
            "required": sorted(_FIGURE),
        },
    },
}


@dataclass(frozen=True, slots=True)
class EventSchema:
    """One version of what a type of event says.

    fields  name -> kind, ``?`` at its end: may be null. Every field is always there.
    """

    type: str
    version: str
    told: str
    fields: Mapping[str, str]
    digest: str

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])

    @property
    def event_type(self) -> str:
        """As it stands in an envelope: another major version is another type."""
        return f"{PREFIX}.{self.type}.v{self.major}"

    @property
    def true_digest(self) -> str:
        told = {"type": self.type, "version": self.version, "fields": dict(self.fields)}
        return sha256(canonical_json(told)).hexdigest()[:16]

    def json_schema(self) -> dict[str, Any]:
        """As JSON Schema, draft 2020-12. Readers pass over what they do not know."""
        found: dict[str, Any] = {}
        for name, kind in self.fields.items():
            one = dict(_JSON[kind.rstrip("?")])
            found[name] = {**one, "type": [one["type"], "null"]} if kind.endswith("?") else one
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{self.event_type} {self.version}",
            "description": self.told,
            "type": "object",
            "properties": found,
            "required": sorted(found),
        }


@lru_cache(maxsize=1)
def registry() -> tuple[EventSchema, ...]:
    """Every version that is out, as shipped."""
    told = tomllib.loads(Path(__file__).with_name("event_schemas.toml").read_text(encoding="utf-8"))
    return tuple(EventSchema(**one) for one in told["schema"])


def newest(type_: str) -> EventSchema:
    """The version in which events of a type are written now. errors: KeyError"""
    found = [one for one in registry() if one.type == type_]
    if not found:
        raise KeyError(type_)
    return max(found, key=lambda one: _ordered(one.version))


def types() -> tuple[str, ...]:
    """The types there are, in the order of the registry."""
    return tuple(dict.fromkeys(one.type for one in registry()))


def breaking_changes(old: EventSchema, new: EventSchema) -> tuple[str, ...]:
    """What a reader of ``old`` would stumble over in ``new``."""
    found = []
    for name, kind in old.fields.items():
        now = new.fields.get(name)
        if now is None:
            found.append(f"{name} is gone")
        elif now.rstrip("?") != kind.rstrip("?"):
            found.append(f"{name} was {kind} and is {now}")
        elif now.endswith("?") and not kind.endswith("?"):
            found.append(f"{name} may be null")
    return tuple(found)


def registry_defects(schemas: Sequence[EventSchema]) -> tuple[str, ...]:
    """What keeps a registry from being shipped: a breaking change, a changed version, content in an event, a version twice."""
    found = [fault for one in schemas for fault in _defects_of(one)]
    for _type, versions in groupby(
        sorted(schemas, key=lambda one: (one.type, _ordered(one.version))), lambda o: o.type
    ):
        for old, new in pairwise(versions):
            where = f"{new.type} {new.version}"
            if old.version == new.version:
                found.append(f"{where} stands twice")
            elif old.major == new.major:
                found.extend(f"{where} breaks readers of {old.version}: {one}" for one in breaking_changes(old, new))
    return tuple(found)


def _defects_of(one: EventSchema) -> list[str]:
    where = f"{one.type} {one.version}"
    if not _VERSION.fullmatch(one.version):
        return [f"{where}: a version is like 1.0"]
    found = [f"{where}: {name} would be content" for name in one.fields if name in CONTENT]
    found += [
        f"{where}: {name} is of no known kind" for name, kind in one.fields.items() if kind.rstrip("?") not in _JSON
    ]
    if one.digest != one.true_digest:
        found.append(f"{where} was changed after it was out (digest {one.true_digest})")
    return found


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in version.split("."))


def data_faults(schema: EventSchema, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Why an event does not fit its schema; a field that is not declared is a fault, so that nothing slips out."""
    found = [f"{name} is not declared" for name in data if name not in schema.fields]
    for name, kind in schema.fields.items():
        if name not in data:
            found.append(f"{name} is missing")
        elif not (data[name] is None and kind.endswith("?")) and not _fits(kind.rstrip("?"), data[name]):
            found.append(f"{name} is no {kind}")
    return tuple(found)


def _fits(kind: str, value: Any) -> bool:
    if kind == "whole":
        return type(value) is int
    if kind == "truth":
        return type(value) is bool
    if kind == "texts":
        return isinstance(value, list) and all(_is_text(one) for one in value)
    if kind == "figures":
        return isinstance(value, list) and all(isinstance(one, dict) and set(one) == _FIGURE for one in value)
    return _is_text(value) and (kind != "day" or bool(_DAY.fullmatch(value)))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST
