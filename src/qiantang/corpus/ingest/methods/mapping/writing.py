"""A mapping written as the TOML that ``load_mapping`` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping as Table
from collections.abc import Sequence
from datetime import date

Value = str | int | date | Sequence[str]


def to_toml(sections: Table[str, Table[str, Value]]) -> str:
    """Sections as TOML, in their order; sections without any line are left out."""
    parts = []
    for name, lines in sections.items():
        if lines:
            parts.append("\n".join([f"[{name}]", *(f"{_text(key)} = {_value(value)}" for key, value in lines.items())]))
    return "\n\n".join(parts) + "\n"


def _text(text: str) -> str:
    # The escapes of JSON are those of TOML; only DEL may stand in JSON as it is, and not in TOML.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"[{', '.join(map(_text, value))}]"
