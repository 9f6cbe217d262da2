"""Titles, abstracts and claims of mapped rows: in which language they are, and whether a machine translated them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.register.types import Text

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from qiantang.corpus.ingest.methods.mapping import Mapping

_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]")
_NUMBERED = re.compile(r"\s*1\s*[.、．:：]")
_OF_OFFICE = {
    **dict.fromkeys(("CN", "TW", "HK", "MO"), "zh"),
    **dict.fromkeys(("US", "GB", "AU", "NZ", "IN", "IE", "SG", "ZA"), "en"),
    **dict.fromkeys(("DE", "AT"), "de"),
    **dict.fromkeys(("RU", "SU"), "ru"),
    **dict.fromkeys(("BR", "PT"), "pt"),
    **dict.fromkeys(("ES", "MX", "AR"), "es"),
    "JP": "ja",
    "KR": "ko",
    "FR": "fr",
    "IT": "it",
    "PL": "pl",
    "NL": "nl",
    "SE": "sv",
    "DK": "da",
    "FI": "fi",
    "EP": "en de fr",
    "CA": "en fr",
    "CH": "de fr it",
    "BE": "nl fr de",
    "WO": "ar de en es fr ja ko pt ru zh",
}
# field, part of the document, language where the field names it
_FIELDS = (
    ("title", "title", None),
    ("title_en", "title", "en"),
    ("abstract", "abstract", None),
    ("abstract_en", "abstract", "en"),
    ("claims", "claims", None),
    ("first_claim", "claims", None),
)


def texts(said: Table[str, str], mapping: Mapping, office: str, notes: list[str]) -> list[Text]:
    """The texts of a row. A first claim which stands alone is numbered and noted, as are texts which have lost characters."""
    found: list[Text] = []
    for field, part, named in _FIELDS:
        text = said.get(field)
        if text is None or (part == "claims" and any(one.part == part for one in found)):
            continue
        language = named or _language(text, mapping, office)
        if field == "first_claim":
            text = text if _NUMBERED.match(text) else f"1. {text}"
            notes.append("claims_first_only")
        if any(mark in text for mark in mapping.lost) and "text_damaged" not in notes:
            notes.append("text_damaged")
        machine = field in mapping.translated and language not in _OF_OFFICE.get(office, "").split()
        found.append(Text(part, language, text, machine))
    return found


def _language(text: str, mapping: Mapping, office: str) -> str:
    """By the script; Chinese characters alone are Japanese where the office is."""
    if _HANGUL.search(text):
        return "ko"
    if _KANA.search(text):
        return "ja"
    if _HAN.search(text):
        return "ja" if office == "JP" or (mapping.language == "ja" and office != "CN") else "zh"
    return mapping.latin_language or mapping.language
