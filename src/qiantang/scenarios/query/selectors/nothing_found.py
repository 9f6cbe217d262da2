"""Why nothing was found, and what may help."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.meaning.words import words_of
from qiantang.corpus.register.methods.query_language.fields import BY_KEY, DEFAULT, Kind
from qiantang.corpus.register.methods.query_language.nodes import (
    AllOf,
    AnyOf,
    Begins,
    Known,
    Loose,
    Match,
    Near,
    Node,
    Span,
    Wild,
)
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.selectors.desk import address, whole_query
from qiantang.scenarios.query.types import DeskRequest

_LONGEST = 200  # characters of a text that is taken apart into words
_MOST_WORDS = 8
_SENTENCE = 8  # characters from which on a text may be a question in plain words


def zero_reason(asked: DeskRequest) -> dict[str, Any]:
    """Why nothing was found: a field that no loaded file fills, else the query; and what may help."""
    steps: list[dict[str, str]] = []
    if asked.refinements and _count(DeskRequest(text=asked.text)):
        steps.append({"text": _("Take the refinements away"), "url": address(asked, ())})
    if asked.text and not asked.refinements and _count(DeskRequest(text=_as_applicant(asked.text))):
        as_applicant = DeskRequest(text=_as_applicant(asked.text))
        steps.append({"text": _("Look for it among the applicants"), "url": address(as_applicant, ())})
    words = () if asked.refinements else _by_words(asked.text)
    if words:
        by_words = DeskRequest(text=" AND ".join(words))
        steps.append(
            {"text": _("All of these words, wherever they stand:"), "code": by_words.text, "url": address(by_words, ())}
        )
    steps.append({"text": _("See what is loaded"), "url": "/coverage"})
    plain = asked.text if _is_plain(asked.text) else ""
    if _is_lacking(register.parse(whole_query(asked))):
        text = _("The files loaded so far do not carry this field.")
        return {"kind": "coverage", "text": text, "steps": steps, "plain": plain}
    snapshot = register.current_snapshot()
    patents = f"{snapshot.patents:,}" if snapshot else "0"
    text = _("All %(patents)s patents on record were searched; none fits.") % {"patents": patents}
    return {"kind": "query", "text": text, "steps": steps, "plain": plain}


def _is_lacking(node: Node) -> bool:
    """Whether the query can find nothing because it asks for a field of which no value is on record."""
    match node:
        case AllOf(parts):
            return any(map(_is_lacking, parts))
        case Near(left, right):
            return _is_lacking(left) or _is_lacking(right)
        case AnyOf(parts):
            return all(map(_is_lacking, parts))
        case Match(field) if BY_KEY[field].kind in (Kind.SET, Kind.TIE):
            return False
        case Match(field) | Begins(field) | Span(field) | Known(field) | Wild(field) | Loose(field):
            return not _count(DeskRequest(text=f"{field}:*"))
        case _:
            return False


def _as_applicant(text: str) -> str:
    return f'PA="{text}"' if '"' not in text and "=" not in text else ""


def _count(asked: DeskRequest) -> int:
    if not asked.text:
        return 0
    try:
        return register.search(SearchRequest(query=asked.text, size=1)).total
    except Invalid:
        return 0


def _is_plain(text: str) -> bool:
    """Whether a text may be a question: words and nothing else, and not too few."""
    return _SENTENCE <= len(text) <= _LONGEST and _is_words(text)


def _is_words(text: str) -> bool:
    """Whether a text is words and phrases alone: no field, no operator but AND."""
    node = register.parse(text)
    parts = node.parts if isinstance(node, AllOf) else (node,)
    return all(isinstance(one, Match) and one.field == DEFAULT for one in parts)


def _by_words(text: str) -> tuple[str, ...]:
    """The words of a text that stands nowhere as it is, but of which some stand together somewhere: as many as do, the rarest
    given up first. A Chinese text is found as one piece, and few write it as the patents do.
    """
    if not text or len(text) > _LONGEST or not _is_words(text):
        return ()
    often = {one: _count(DeskRequest(text=f'"{one}"')) for one in list(dict.fromkeys(words_of(text)))[:_MOST_WORDS]}
    words = [one for one, count in often.items() if count]
    if len(words) > 1 and _count(DeskRequest(text=" AND ".join(words))):
        return tuple(words)
    while len(words) > 2:  # noqa: PLR2004 - one word is the text itself, or says too little of it
        rarest = sorted(words, key=lambda one: often[one])
        for less in ([one for one in words if one != given_up] for given_up in rarest):
            if _count(DeskRequest(text=" AND ".join(less))):
                return tuple(less)
        words.remove(rarest[0])
    return ()
