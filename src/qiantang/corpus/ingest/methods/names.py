"""Names of people and firms as tables write them: lists taken apart, layout taken off, the country beside the name."""

from __future__ import annotations

import re

from qiantang.corpus.ingest.methods.shapes import name_parts

# What is left of a firm's name behind a comma: it belongs to the part before (``Idemitsu Kosan Co., Ltd.``).
_LEGAL_FORM = re.compile(
    r"(?:(?:inc|incorporated|ltd|limited|llc|llp|lp|plc|co|corp|corporation|company|gmbh|ag|kg|kgaa|se|nv|bv|ab|oy|as|sa|sas"
    r"|sarl|spa|srl|pty|pte|sdn bhd|k\.?k|n\.?v|b\.?v|s\.?a|s\.?p\.?a|s\.?r\.?l|s\.?a\.?s|l\.?l\.?c|l\.?p|a/s)\.?[\s,]*)+",
    re.IGNORECASE,
)
# Two characters set apart to fill the width of three: a matter of type-setting, not of the name.
_SPREAD_PAIR = re.compile(r"([\u4e00-\u9fff\u3400-\u4dbf])\s+([\u4e00-\u9fff\u3400-\u4dbf])")
_COUNTRY_BEHIND = re.compile(r"(.*\S)(?:\s*\[([A-Z]{2})\]|\s{3,}([A-Z]{2}))", re.DOTALL)
_AGENCY_CODE = re.compile(r"\s*\d{5}$")


def listed_names(text: str, separator: str | None) -> list[str]:
    """The names of a cell; without a separator they are parted by semicolons. A legal form behind a comma stays with its firm."""
    if separator is None:
        return name_parts(text)
    parts = [part.strip() for part in text.split(separator)]
    if "," not in separator:
        return [part for part in parts if part]
    names: list[str] = []
    for part in parts:
        if names and _LEGAL_FORM.fullmatch(part):
            names[-1] += separator + part
        elif part:
            names.append(part)
    return names


def name_and_country(text: str) -> tuple[str, str | None]:
    """A name without the layout around it, and the country (ST.3) where the cell has it: ``ROE JANE [US]``, ``ROE JANE    US``."""
    found = _COUNTRY_BEHIND.fullmatch(text)
    name, country = (found[1], found[2] or found[3]) if found else (text, None)
    return _SPREAD_PAIR.sub(r"\1\2", name) if _SPREAD_PAIR.fullmatch(name) else name, country


def agency_name(text: str) -> str:
    """The name of a patent agency without its five-digit code."""
    return _AGENCY_CODE.sub("", text)
