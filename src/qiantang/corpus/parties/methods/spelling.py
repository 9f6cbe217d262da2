"""The standard spelling of a name: what differs in width, case, script, blanks or points only is one spelling.

Source of the rule: WIPO Handbook on Patent Information, name standardisation as practised by EPO and OECD (HAN).
"""

from __future__ import annotations

import html
import re

from qiantang.kernel.text import fold

_COUNTRY = re.compile(r"\(([A-Z]{2})\)$")
_REMARK = re.compile(r"\((?:一家|在)?[^()]*(?:注册|登记|成立)(?:的公司)?\)$")
_SIGNS = re.compile(r"[^\w()&+]|_")
_BLANKS = re.compile(r"\s+")
_LATIN_SIGNS = re.compile(r"[^A-Z0-9&+()]+")
_INITIALS = re.compile(r"\b(?:[A-Z]\.\s?){2,}|\b(?:[A-Z] ){1,2}[A-Z]\b(?=$|\s*\()")


def plain(text: str) -> str:
    """NFKC, simplified, upper case; entities of mark-up resolved; the country and remarks on registration taken off."""
    folded = fold(html.unescape(text)).upper()
    folded = _BLANKS.sub(" ", folded.replace("（", "(").replace("）", ")")).strip()
    return _REMARK.sub("", _COUNTRY.sub("", folded)).strip(" .．,;、") or folded


def country(text: str) -> str | None:
    """The ST.3 code some databases put in brackets behind a name."""
    found = _COUNTRY.search(fold(text).upper().strip())
    return found[1] if found else None


def standard(text: str) -> str:
    """One spelling a name: no blanks and points; brackets and ``&`` stay, they tell names apart."""
    return _SIGNS.sub("", plain(text)).replace("()", "")


def latin_words(text: str) -> list[str]:
    """Words of a name in Latin script, initials such as ``G. K.`` drawn together, ``AND`` as ``&``."""
    joined = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", plain(text))
    joined = re.sub(r"\bN\.?\s?V\b", "NV", re.sub(r"\bB\.?\s?V\b", "BV", joined.replace("'", "")))
    joined = joined.replace("(", " ").replace(")", " ").replace("&AMP", "&").replace(".", "")
    return ["&" if one == "AND" else one for one in _LATIN_SIGNS.split(joined) if one]
