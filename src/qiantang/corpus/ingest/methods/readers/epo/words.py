"""Texts of European documents: languages, paragraphs, claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.trees import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qiantang.corpus.ingest.methods.trees import Node
    from qiantang.corpus.register.types import Text

UNKNOWN_LANGUAGE = "und"
_LANGUAGE = re.compile(r"[a-z]{2}").fullmatch
# DOCDB writes "ol" (other language) where it does not know the language.
_NO_LANGUAGES = frozenset({"ol"})
_CLAIM_NUMBER = re.compile(r"\s*(\d{1,4})\s*[.)]\s*")
UNREADABLE = frozenset({"maths", "math", "chemistry", "img"})
# Stands for a line of the text itself; a line feed is one of the file. No XML document can hold it.
_LINE = "\v"
_PROSE = Wording(UNREADABLE, lined=frozenset({"row", "li", "br"}), spaced=frozenset({"entry"}), line=_LINE)
_CLAIM = Wording(UNREADABLE, lined=frozenset({"claim-text", "li", "br"}), spaced=frozenset({"entry"}), line=_LINE)


def language_of(text: str | None, otherwise: str | None = None) -> str:
    """ISO 639-1, small; ``und`` where nobody says it."""
    for said in (text, otherwise):
        folded = (said or "").strip().lower()
        if _LANGUAGE(folded) and folded not in _NO_LANGUAGES:
            return folded
    return UNKNOWN_LANGUAGE


def original_first(texts: Iterable[Text], language: str) -> list[Text]:
    """Texts with those in the language of the proceedings first: the first title is the one a record is shown by."""
    return sorted(texts, key=lambda text: text.language != language)


def prose(element: Node) -> str:
    """The text of an element, a line for each of its own lines; formulae and images are left out."""
    return _tidied(element.flat(_PROSE))


def _tidied(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split(_LINE))
    return "\n".join(line for line in lines if line)


def flowing(element: Node) -> str:
    """The text of an element whose line breaks are those of the file and mean nothing."""
    return " ".join(element.flat(_PROSE).split())


def claims_text(claims: Iterable[str]) -> tuple[str, int]:
    """Claims as the register holds them, each beginning with its number and a full stop, and how many there are.

    A number printed at the beginning of a claim is not said twice; what does not begin with the next number goes on.
    """
    whole: list[str] = []
    for claim in claims:
        printed = _CLAIM_NUMBER.match(claim)
        body = claim[printed.end() :] if printed and int(printed[1]) == len(whole) + 1 else claim
        if body.strip():
            whole.append(f"{len(whole) + 1}. {body.strip()}")
    return "\n".join(whole), len(whole)


def claim_prose(claim: Node) -> str:
    return _tidied(claim.flat(_CLAIM))


def numbered_lines(lines: Sequence[str]) -> list[str]:
    """Claims of an answer that gives them as lines: a line that does not begin with the next number belongs to the claim
    before it, and what stands before the first claim is a heading; without any number each line is a claim.
    """
    first = next((place for place, line in enumerate(lines) if _begins(line, 1)), None)
    if first is None:
        return list(lines)
    found: list[str] = []
    for line in lines[first:]:
        if found and not _begins(line, len(found) + 1):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def _begins(line: str, number: int) -> bool:
    printed = _CLAIM_NUMBER.match(line)
    return printed is not None and int(printed[1]) == number
