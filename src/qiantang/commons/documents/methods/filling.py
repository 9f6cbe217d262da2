"""Facts held against the fields of a template: what is missing, strange or of another kind; and their one plain spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

from qiantang.commons.documents.types import Facts, Field, FieldKind, Template

Plain: TypeAlias = "str | int | bool | list[str] | list[list[str]]"


@dataclass(frozen=True, slots=True)
class Filled:
    """Facts in their one spelling, as they are kept and digested; and what stands in the way of printing them.

    missing     keys of required fields without a value
    strange     keys that the template does not have
    wrong       keys whose value is of another kind
    """

    plain: Mapping[str, Plain]
    missing: tuple[str, ...]
    strange: tuple[str, ...]
    wrong: tuple[str, ...]


def filled(template: Template, facts: Facts) -> Filled:
    """Every field of the template from the facts. An empty text or list counts as missing; False and 0 do not."""
    plain: dict[str, Plain] = {}
    missing, wrong = [], []
    for field in template.fields:
        value = facts.get(field.key)
        if _is_nothing(value):
            if field.required:
                missing.append(field.key)
            continue
        spelt = _plain(field, value)
        if spelt is None:
            wrong.append(field.key)
        else:
            plain[field.key] = spelt
    known = {field.key for field in template.fields}
    return Filled(plain, tuple(missing), tuple(sorted(set(facts) - known)), tuple(wrong))


def _is_nothing(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple) and not value)


def _plain(field: Field, value: object) -> Plain | None:
    """The value as kept; None where it is of another kind."""
    found: Plain | None = None
    match field.kind, value:
        case FieldKind.FLAG, bool():
            found = value
        case (FieldKind.TEXT, str()):
            found = " ".join(value.split())
        case (FieldKind.PARAGRAPHS, str()):
            found = "\n".join(line.rstrip() for line in value.strip().splitlines())
        case FieldKind.MOMENT, datetime() if value.tzinfo is not None:
            found = value.astimezone(UTC).isoformat(timespec="seconds")
        case FieldKind.DAY, date() if not isinstance(value, datetime):
            found = value.isoformat()
        case FieldKind.COUNT, int() if not isinstance(value, bool):
            found = value
        case FieldKind.AMOUNT, Decimal() if value.is_finite():
            found = f"{value:f}"
        case FieldKind.LINES, list() | tuple():
            found = _texts(value)
        case FieldKind.ROWS, list() | tuple():
            found = _rows(field, value)
    return found


def _texts(value: Sequence[object]) -> list[str] | None:
    return [one for one in value if isinstance(one, str)] if all(isinstance(one, str) for one in value) else None


def _rows(field: Field, value: Sequence[object]) -> list[list[str]] | None:
    found = []
    for row in value:
        texts = _texts(row) if isinstance(row, list | tuple) else None
        if texts is None or len(texts) != len(field.columns):
            return None
        found.append(texts)
    return found
