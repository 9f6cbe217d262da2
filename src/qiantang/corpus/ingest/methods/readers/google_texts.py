"""Title, abstract, description and claims of a page of Google Patents, in the original and as a machine translated them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.languages import language_of
from qiantang.corpus.ingest.methods.whole_files import said
from qiantang.corpus.register.types import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_SOURCE = "google-src-text"
_CLAIM_NUMBER = re.compile(r"\s*(\d{1,4})\s*[.、．]\s*")
_PARAGRAPHS = ("description-paragraph", "description-line", "abstract")


def texts(article: HtmlElement) -> list[Text]:
    """Every text of the page. It is taken apart on the way: read nothing of its sections afterwards."""
    found: list[Text] = []
    for part in ("abstract", "description", "claims"):
        for section in article.xpath(".//section[@itemprop=$part]/*[@itemprop='content']", part=part):
            found += _section(section, part)
    title = said(next(iter(article.xpath("./*[@itemprop='title']")), None))
    return [*_title(title, found), *found] if title else found


def _title(title: str, others: list[Text]) -> Iterator[Text]:
    """A title stands in the language of its page: that of the other texts, of a machine's where there are such."""
    translated = next((text for text in others if text.machine), None)
    told = translated or (others[0] if others else None)
    yield Text("title", told.language if told else language_of(title), title, machine=translated is not None)


def _section(section: HtmlElement, part: str) -> Iterator[Text]:
    stated = next((one.get("lang", "").casefold()[:2] for one in section.iter() if one.get("lang")), "")
    sources = section.find_class(_SOURCE)
    original = "\n".join(filter(None, map(said, sources)))
    for source in sources:
        source.drop_tree()
    lines = _claims(section) if part == "claims" else _paragraphs(section)
    text = "\n".join(filter(None, lines)) or said(section)
    if text:
        yield Text(part, _language(stated, text), text, machine=bool(sources))
    if original:
        yield Text(part, language_of(original), original)


def _language(stated: str, text: str) -> str:
    """The language of the text itself where its script tells, else the one that the section states."""
    told = language_of(text)
    return stated if stated and told not in {"zh", "ja", "ko", "ru"} else told


def _paragraphs(section: HtmlElement) -> Iterator[str]:
    for element in section.iter():
        if element.tag == "heading" or set(element.classes) & set(_PARAGRAPHS):
            yield said(element)


def _claims(section: HtmlElement) -> Iterator[str]:
    """``1. `` and the claim, a line for each of its parts; the number printed in the text is not said twice."""
    for place, claim in enumerate(section.xpath(".//*[@num][contains(concat(' ', @class, ' '), ' claim ')]"), 1):
        counted = claim.get("num", "")
        number = int(counted) if counted.isdecimal() else place
        lines = list(filter(None, map(_own, claim.find_class("claim-text")))) or [said(claim)]
        printed = _CLAIM_NUMBER.match(lines[0])
        if printed and int(printed[1]) == number:
            lines[0] = lines[0][printed.end() :]
        yield f"{number}. " + "\n".join(lines)


def _own(element: HtmlElement) -> str:
    """The text of one part of a claim, the parts inside it apart."""
    parts = [element.text or ""]
    for child in element:
        if "claim-text" not in child.classes:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())
