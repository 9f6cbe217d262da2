"""Numbers that Word prints before paragraphs but does not write into them (ECMA-376 part 1, §17.9)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS: Final = "〇一二三四五六七八九"
_CHINESE: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting"}
)
_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERS: Final = 26
_TENS: Final = 10
_HUNDRED: Final = 100


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    custom: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # list -> level
    owners: dict[str, str] = field(default_factory=dict)  # list -> the definition whose counters it shares
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style -> (list, level)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def printed(self, number_id: str, level: int) -> str:
        """What stands before the next paragraph of this list, a blank at its end; empty for bullets and unknown lists."""
        levels = self.levels.get(number_id)
        if levels is None or level not in levels:
            return ""
        counts = self._counts[self.owners[number_id]]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if levels[level].form in {"bullet", "none"}:
            return ""
        text = levels[level].pattern
        for place in range(level + 1):
            one = levels.get(place)
            if one is not None:
                text = text.replace(f"%{place + 1}", _spelled(counts.get(place, one.start), one))
        return f"{text} " if text else ""


def numbering_of(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """From the parts numbering.xml and styles.xml; either may be missing."""
    found = Numbering()
    if numbering is None:
        return found
    definitions = {one.get(f"{W}abstractNumId", ""): _levels(one) for one in numbering.iter(f"{W}abstractNum")}
    for one in numbering.iter(f"{W}num"):
        key, of = one.get(f"{W}numId", ""), _value(one, "abstractNumId")
        levels = definitions.get(of, {})
        overrides = list(one.iter(f"{W}lvlOverride"))
        if overrides:
            levels = {level: _Level(kept.start, kept.form, kept.pattern, kept.custom) for level, kept in levels.items()}
            for override in overrides:
                level = int(override.get(f"{W}ilvl", "0"))
                start = _value(override, "startOverride")
                if level in levels and start.isdecimal():
                    levels[level].start = int(start)
        found.levels[key] = levels
        found.owners[key] = f"{of}/{key}" if overrides else of
    for style in styles.iter(f"{W}style") if styles is not None else ():
        reference = style.find(f"{W}pPr/{W}numPr")
        if reference is not None and (number_id := _value(reference, "numId")):
            found.styles[style.get(f"{W}styleId", "")] = (number_id, int(_value(reference, "ilvl") or 0))
    return found


def _levels(definition: etree._Element) -> dict[int, _Level]:
    levels = {}
    for one in definition.iter(f"{W}lvl"):
        form = one.find(f".//{W}numFmt")
        levels[int(one.get(f"{W}ilvl", "0"))] = _Level(
            int(_value(one, "start") or 1),
            form.get(f"{W}val", "decimal") if form is not None else "decimal",
            _value(one, "lvlText"),
            form.get(f"{W}format", "") if form is not None else "",
        )
    return levels


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _spelled(count: int, level: _Level) -> str:
    form = level.form
    if form == "custom":
        return str(count).zfill(len(level.custom.partition(",")[0].strip()))
    if form == "decimalZero":
        return str(count).zfill(2)
    if form in _CHINESE:
        return _chinese(count)
    if form in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (count - 1) % _LETTERS) * ((count - 1) // _LETTERS + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in {"lowerRoman", "upperRoman"}:
        rest, roman = count, ""
        for value, letters in _ROMAN:
            roman, rest = roman + letters * (rest // value), rest % value
        return roman.upper() if form == "upperRoman" else roman
    return str(count)


def _chinese(count: int) -> str:
    """Up to ninety-nine, as lists go; larger numbers digit by digit."""
    if count >= _HUNDRED:
        return "".join(_DIGITS[int(one)] for one in str(count))
    tens, ones = divmod(count, _TENS)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")
