"""A mapping file checked against the language."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qiantang.corpus.ingest.methods.mapping.language import (
    FIELDS,
    NUMBER_FIELDS,
    SECTIONS,
    SETTINGS,
    Form,
    Section,
    Setting,
)
from qiantang.corpus.register.types import PatentType, SourceRank
from qiantang.kernel.errors import Invalid

_RANKS = {rank.name.lower(): rank for rank in SourceRank}


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, checked. ``columns`` is header to fields; ``language`` says what the rest means."""

    name: str
    version: int
    rank: SourceRank
    office: str
    columns: Table[str, tuple[str, ...]]
    language: str = "zh"
    latin_language: str | None = None
    as_of: date | None = None
    date_forms: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int = 1
    absent: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    translated: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
    unordered: tuple[str, ...] = ()
    numberless: bool = False
    separators: Table[str, str] = field(default_factory=dict)
    constants: Table[str, str] = field(default_factory=dict)
    types: Table[str, str] = field(default_factory=dict)
    between: Table[str, tuple[str, str]] = field(default_factory=dict)
    endings: Table[str, tuple[str, ...]] = field(default_factory=dict)
    events: Table[str, str] = field(default_factory=dict)
    recognise: Table[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        """The canonical fields that the table feeds."""
        return frozenset(name for names in self.columns.values() for name in names)


def load_mapping(text: str) -> Mapping:
    """Read a mapping file.

    errors  ``Invalid``: mapping.not_toml · mapping.section_unknown · mapping.setting_missing · mapping.setting_unknown ·
            mapping.setting_wrong · mapping.field_unknown · mapping.field_unfit · mapping.field_twice ·
            mapping.between_missing · mapping.column_unplaced · mapping.number_missing · mapping.type_unknown; facts name the
            place, as ``[columns] "申请号"``
    """
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Invalid("mapping.not_toml", said=str(problem)) from problem
    for section in read:
        if (section not in SECTIONS and section != "mapping") or not isinstance(read[section], dict):
            raise Invalid("mapping.section_unknown", place=f"[{section}]", known=["mapping", *SECTIONS])
    settings = _settings(read.get("mapping", {}))
    sections: dict[str, Any] = {name: _section(name, section, read.get(name, {})) for name, section in SECTIONS.items()}
    mapping = Mapping(**settings, **sections)
    _check_columns(mapping)
    return mapping


def _settings(given: dict[str, Any]) -> dict[str, Any]:
    for name, setting in SETTINGS.items():
        if setting.required and name not in given:
            raise Invalid("mapping.setting_missing", place=f"[mapping] {name}")
    checked = {}
    for name, value in given.items():
        if name not in SETTINGS:
            raise Invalid("mapping.setting_unknown", place=f"[mapping] {name}", known=list(SETTINGS))
        checked[name] = _setting(SETTINGS[name], value, f"[mapping] {name}")
    checked["rank"] = _RANKS[checked["rank"]]
    return checked


def _setting(setting: Setting, value: Any, place: str) -> Any:
    checked = _value(setting.form, value, place, setting.choices)
    if setting.form is Form.WHOLE_NUMBER and checked < setting.least:
        raise Invalid("mapping.setting_wrong", place=place, given=str(value), known=[f">= {setting.least}"])
    if setting.form is Form.FIELDS:
        fitting = [name for name, one in FIELDS.items() if one.group in setting.groups]
        for name in checked:
            if name not in fitting:
                raise Invalid("mapping.field_unfit", place=place, given=name, known=fitting)
    return checked


def _section(name: str, section: Section, given: dict[str, Any]) -> dict[str, Any]:
    checked = {}
    for key, value in given.items():
        place = f"[{name}] {key}" if section.keys == "field" else f'[{name}] "{key}"'
        if section.keys == "field":
            _known(key, place)
        if name == "types" and isinstance(value, str) and value not in section.choices:
            raise Invalid("mapping.type_unknown", place=place, given=value, known=sorted(PatentType))
        checked[key] = _value(section.form, value, place, section.choices)
    return checked


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _whole_number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _yes_or_no(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: Any) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(one, str) and one for one in value) else None


def _pair(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, list) or [type(one) for one in value] != [str, str] or not any(value):
        return None
    return value[0], value[1]


def _field_or_fields(value: Any) -> tuple[str, ...] | None:
    return _texts([value] if isinstance(value, str) else value) or None


_READ: Table[Form, Callable[[Any], Any]] = {
    Form.TEXT: _text,
    Form.CHOICE: _text,
    Form.WHOLE_NUMBER: _whole_number,
    Form.DAY: _day,
    Form.YES_OR_NO: _yes_or_no,
    Form.TEXTS: _texts,
    Form.FIELDS: _texts,
    Form.PAIR: _pair,
    Form.FIELD_OR_FIELDS: _field_or_fields,
}


def _value(form: Form, value: Any, place: str, choices: tuple[str, ...]) -> Any:
    checked = _READ[form](value)
    if checked is None or (form is Form.CHOICE and checked not in choices):
        raise Invalid("mapping.setting_wrong", place=place, given=str(value), known=list(choices) or [form.value])
    if form is Form.FIELD_OR_FIELDS:
        for name in checked:
            _known(name, place)
    return checked


def _known(name: str, place: str) -> None:
    if name not in FIELDS:
        raise Invalid("mapping.field_unknown", place=place, given=name, known=sorted(FIELDS))


def _check_columns(mapping: Mapping) -> None:
    """The columns as a whole: each field once unless it takes several values, a number, places where there are no headers."""
    fed = Counter(name for names in mapping.columns.values() for name in names)
    doubled = sorted(name for name, times in fed.items() if times > 1 and not FIELDS[name].several)
    if doubled:
        raise Invalid("mapping.field_twice", place="[columns]", fields=doubled)
    for header, names in mapping.columns.items():
        apart = [name for name in names if name not in mapping.between] if len(names) > 1 else []
        if apart:
            raise Invalid("mapping.between_missing", place=f'[columns] "{header}"', fields=apart)
    if not mapping.header_row:
        for header in (*mapping.columns, *mapping.recognise):
            if not (header.isascii() and header.isdigit() and int(header)):
                raise Invalid("mapping.column_unplaced", place=f'[columns] "{header}"', given=header)
    if not mapping.numberless and not fed.keys() & set(NUMBER_FIELDS):
        raise Invalid("mapping.number_missing", place="[columns]", one_of=list(NUMBER_FIELDS))
