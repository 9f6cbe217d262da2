"""What a person types into a row as a list of values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qiantang.corpus.register.methods.query_language.fields import BY_KEY, Kind
from qiantang.scenarios.query.types.asking import How

_WORDS, _CODES, _NAMES = " \t\n\r\u3000;；、，", ";；、，,", ";；"
_JOINS = {_WORDS: " ", _CODES: "、", _NAMES: "；"}
_OFFERED: Mapping[Kind, tuple[How, ...]] = {
    Kind.TEXT: (How.ALL, How.ANY, How.IS, How.KNOWN),
    Kind.CLASS: (How.ANY, How.ALL, How.KNOWN),
    Kind.CODE: (How.ANY, How.KNOWN),
    Kind.NUMBER: (How.ANY, How.KNOWN),
    Kind.DAY: (How.BETWEEN, How.KNOWN),
    Kind.YEAR: (How.BETWEEN, How.KNOWN),
    Kind.REGION: (How.ANY, How.IS, How.KNOWN),
    Kind.KEY: (How.ANY, How.KNOWN),
    Kind.SET: (How.ANY,),
    Kind.TIE: (How.ANY,),
    Kind.FAMILY: (How.ANY, How.KNOWN),
    Kind.PARTY: (How.ANY, How.IS),
}


def hows_of(key: str) -> tuple[How, ...]:
    """In which ways a field can be asked, the usual one first; of the empty key only as text of the language."""
    if not key:
        return (How.TEXT,)
    field = BY_KEY[key]
    offered = (*_OFFERED[field.kind], How.IS) if key == "KD" else _OFFERED[field.kind]
    return tuple(how for how in offered if how is not How.IS or field.kind is not Kind.TEXT or field.whole)


def _signs(key: str, how: How) -> str:
    """What parts one value from the next: names hold blanks and commas, symbols and numbers hold blanks."""
    kind = BY_KEY[key].kind
    if kind is Kind.TEXT and how is not How.IS:
        return _WORDS
    return _CODES if kind in (Kind.CLASS, Kind.CODE, Kind.NUMBER, Kind.TIE) else _NAMES


def split(text: str, key: str, how: How) -> tuple[str, ...]:
    """The values of what was typed, each as it would be typed alone: one in quotation marks keeps them.

    Blanks around a value go; a quotation mark that is never closed takes the rest.
    """
    signs, found, value = _signs(key, how), list[str](), ""
    place = 0
    while place < len(text):
        if text[place] == '"' and not value.strip():
            end = _closing(text, place)
            value, place = text[place:end], end
        elif text[place] in signs:
            found.append(value)
            value, place = "", place + 1
        else:
            value, place = value + text[place], place + 1
    return tuple(one for value in (*found, value) if (one := value.strip()))


def _closing(text: str, start: int) -> int:
    place = start + 1
    while place < len(text) and text[place] != '"':
        place += 2 if text[place] == "\\" else 1
    return min(place + 1, len(text))


def joined(values: Iterable[str], key: str, how: How) -> str:
    """The values as one text that ``split`` takes apart again."""
    return _JOINS[_signs(key, how)].join(values)


def bare(value: str) -> tuple[str, bool]:
    """The value without its quotation marks and escapes, and whether it had them."""
    if len(value) < 2 or value[0] != '"' or _closing(value, 0) != len(value) or value[-1] != '"':  # noqa: PLR2004 - two quotation marks
        return value, False
    said, place = "", 1
    while place < len(value) - 1:
        place += value[place] == "\\"
        said += value[place]
        place += 1
    return said, True


def typed(value: str, key: str, how: How) -> str:
    """A value as a person types it into the row: in quotation marks where it would be read as something else."""
    wild = set("*?#") & set(value)
    if value and value == value.strip() and value[0] != '"' and not wild and split(value, key, how) == (value,):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
