"""The completeness linter: an entry from which nobody could tell what to bring, by when, or why, is not published.

CL-01  a field is missing or empty
CL-02  a text is missing in Chinese or in English
CL-03  a vague word: "other materials", "as required", "and so on"
CL-04  it names something the file does not define (a material, a law, a fee, a remedy, a group)
CL-05  no time is promised and nothing says why
CL-06  what is promised is longer than the law allows
CL-07  a code that is not the group's, or twice
CL-08  a tolerated paper that is not asked for
CL-09  a law without its name or number
CL-10  no everyday words by which it could be found
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from qiantang.portal.hall.types.items import Lack

_TEXTS = ("name", "goal", "for_whom", "result")
_LISTS = ("steps", "materials", "channels", "basis", "words")
_KEYED = {"fee": "fees", "remedy": "remedies", "group": "groups"}
CHANNELS = frozenset({"online", "window", "post"})
FORMS = frozenset({"original", "copy", "electronic", "form"})
GROUP_CODES = {"01": "creation", "02": "use", "03": "protection", "04": "management"}
_VAGUE = re.compile(
    r"其他|其它|相关(材料|资料|文件|证明|规定)|有关(材料|部门|规定)|等材料|等资料|等文件|视情况|按需|按要求|必要的?材料|法律法规规定的|另行通知|详见|待定"
    r"|\bother (materials|documents|papers|proofs?)\b|\brelevant (materials|documents|laws)\b|\bas (required|needed)\b"
    r"|\betc\b|\band so on\b|\bto be (announced|determined)\b|\bif necessary\b|\bwhere applicable\b",
    re.IGNORECASE,
)
_NAMED_LAW = re.compile(r"《[^》]+》|GB/T ?\d+|〔\d{4}〕")


def lacks(told: Mapping[str, Any]) -> list[Lack]:
    """Everything that is wrong with a catalogue as it was read; an empty list means that it can be published."""
    found = [*_of_tables(told), *_of_codes(told)]
    for entry in told.get("items", []):
        where = f"{entry.get('code', '?')} {_zh(entry.get('name'))}"
        found += [Lack(where, rule, said) for rule, said in _of_item(entry, told)]
    return found


def _zh(text: object) -> str:
    return str(text[0]) if isinstance(text, list) and text else ""


def _of_tables(told: Mapping[str, Any]) -> Iterator[Lack]:
    for table in ("groups", "fees", "remedies", "laws", "materials"):
        if not isinstance(told.get(table), dict):
            yield Lack(table, "CL-01", table)
            continue
        for key, value in told[table].items():
            text = value.get("name") if isinstance(value, dict) else value
            yield from (Lack(f"{table}.{key}", rule, said) for rule, said in _of_text(table, text))
            if table == "materials" and (
                value.get("form") not in FORMS or value.get("source") not in {"applicant", "platform"}
            ):
                yield Lack(f"{table}.{key}", "CL-01", "form, source")
            if table == "laws" and not _NAMED_LAW.search(_zh(text)):
                yield Lack(f"{table}.{key}", "CL-09", _zh(text))


def _of_codes(told: Mapping[str, Any]) -> Iterator[Lack]:
    codes = [str(one.get("code", "")) for one in told.get("items", [])]
    for code, times in Counter(codes).items():
        if times > 1:
            yield Lack(code, "CL-07", f"{code} × {times}")
    for one in told.get("items", []):
        code = str(one.get("code", ""))
        if not re.fullmatch(r"\d{4}", code) or GROUP_CODES.get(code[:2]) != one.get("group"):
            yield Lack(code or "?", "CL-07", str(one.get("group", "")))


def _two(text: object) -> bool:
    return isinstance(text, list) and len(text) == 2 and all(isinstance(one, str) and one.strip() for one in text)  # noqa: PLR2004 - two languages


def _of_text(field: str, text: object) -> Iterator[tuple[str, str]]:
    if text is None:
        yield "CL-01", field
    elif not _two(text):
        yield "CL-02", field
    else:
        assert isinstance(text, list)
        yield from (("CL-03", f"{field}: {found[0]}") for one in text if (found := _VAGUE.search(one)))


def _of_item(entry: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in _TEXTS:
        yield from _of_text(field, entry.get(field))
    for field in _LISTS:
        if not entry.get(field):
            yield ("CL-10" if field == "words" else "CL-01"), field
    for step in entry.get("steps", []):
        yield from _of_text("steps", step)
    for field, table in _KEYED.items():
        if entry.get(field) not in told.get(table, {}):
            yield "CL-04", f"{field}: {entry.get(field)}"
    for field, table in (("materials", "materials"), ("basis", "laws")):
        yield from (("CL-04", f"{field}: {key}") for key in entry.get(field, []) if key not in told.get(table, {}))
    yield from (("CL-04", f"channels: {one}") for one in entry.get("channels", []) if one not in CHANNELS)
    asked = set(entry.get("materials", []))
    yield from (("CL-08", key) for key in entry.get("tolerated", []) if key not in asked)
    yield from _of_time(entry)


def _of_time(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    stages, beyond, legal = entry.get("promised"), entry.get("beyond"), entry.get("legal_days")
    if stages is None or (not stages and beyond is None):
        yield "CL-05", "promised"
    if beyond is not None:
        yield from _of_text("beyond", beyond)
    if any(not stage or any(not isinstance(day, int) or day < 0 for day in stage) for stage in stages or []):
        yield "CL-05", "promised"
    elif stages and legal is not None and sum(max(stage) for stage in stages) > legal:
        yield "CL-06", f"{sum(max(stage) for stage in stages)} > {legal}"
    if not isinstance(entry.get("visits"), int):
        yield "CL-01", "visits"
    if entry.get("unit") not in {"workday", "day"}:
        yield "CL-01", "unit"
