"""One cell with several applicants: where one name ends and the next begins."""

from __future__ import annotations

import re

from qiantang.corpus.parties.methods.forms import HAN_FORM_AT_END, LATIN_FORMS
from qiantang.corpus.parties.methods.kinds import kind_of
from qiantang.corpus.parties.types import PartyKind

_SURE = re.compile(r"\s*(?:[;；|]|\?\?)\s*")
_LISTED = re.compile(r"[^,]+\([A-Z]{2}\)(?:\s*,[^,]+\([A-Z]{2}\))+")
_COMMA = re.compile(r"\s*[,，、]\s*")


def split_names(cell: str) -> tuple[str, ...]:
    """The names of a cell, in order. Semicolons and bars always part; commas only where both sides are names of their own.

    ``HANBEAM CO., LTD.`` and ``惠普发展公司,有限责任合伙企业`` are one name each: what follows the comma is a legal form.
    """
    return tuple(name for piece in _SURE.split(cell) if piece for name in _by_commas(piece.strip()))


def _by_commas(text: str) -> list[str]:
    if _LISTED.fullmatch(text):  # each with its country: SODICK CO LTD (JP),TANAKA KEN (JP)
        return [one.strip() for one in re.split(r"(?<=\([A-Z]{2}\))\s*,", text)]
    parts: list[str] = []
    for piece in _COMMA.split(text):
        if parts and _is_form(piece):
            parts[-1] = f"{parts[-1]}, {piece}"
        elif piece:
            parts.append(piece)
    if len(parts) == 1 or not all(_is_name(part) for part in parts):
        return [text] if text else []
    return parts


def _is_form(text: str) -> bool:
    words = re.sub(r"\([A-Z]{2}\)$", "", text.upper().strip()).replace(".", "").split()
    if words and all(word in LATIN_FORMS for word in words):
        return True
    return HAN_FORM_AT_END.fullmatch(text) is not None or text in ("有限责任合伙企业", "有限合伙企业")


def _is_name(text: str) -> bool:
    return kind_of(text)[0] is not PartyKind.UNKNOWN
