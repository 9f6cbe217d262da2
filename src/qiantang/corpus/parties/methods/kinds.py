"""Person or organisation, read off the name alone, with how sure that is."""

from __future__ import annotations

import re

from qiantang.corpus.parties.methods.forms import LATIN_FORMS, LATIN_ORGANISATION, ORGANISATION_WORDS
from qiantang.corpus.parties.methods.spelling import latin_words, plain
from qiantang.corpus.parties.types import PartyKind

_HAN_NAME = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]{2,4}")
_DOTTED = re.compile(r"[^\d()]{1,40}[·•・.．][^\d()]{1,40}")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def kind_of(name: str) -> tuple[PartyKind, float]:
    """What a name names, and how sure that is from 0 to 1.

    Two to four Chinese characters without a word for a body are a person's; so is a foreign name with a point in it.
    A Latin name needs a legal form or a word for a body to be an organisation's; without, nothing is known.
    """
    text = plain(name)
    if not text:
        return PartyKind.UNKNOWN, 0.0
    if _HAN.search(text):
        return _han_kind(text)
    words = latin_words(name)
    if any(one in LATIN_FORMS for one in words[1:]):
        return PartyKind.ORGANISATION, 0.97
    if any(one in LATIN_ORGANISATION for one in words):
        return PartyKind.ORGANISATION, 0.9
    if ORGANISATION_WORDS.search(text):
        return PartyKind.ORGANISATION, 0.9
    return PartyKind.UNKNOWN, 0.5


def _han_kind(text: str) -> tuple[PartyKind, float]:
    bare = text.replace(" ", "")
    if _DOTTED.fullmatch(bare) and not ORGANISATION_WORDS.search(bare):
        return PartyKind.PERSON, 0.95
    if ORGANISATION_WORDS.search(re.sub(r"\([^()]*\)$", "", bare)) or ORGANISATION_WORDS.search(bare):
        return PartyKind.ORGANISATION, 0.98 if len(bare) > 5 else 0.9  # noqa: PLR2004 - longer than any Chinese name
    if _HAN_NAME.fullmatch(bare):
        return PartyKind.PERSON, 0.95 if len(bare) < 4 else 0.8  # noqa: PLR2004 - four characters are rarer
    return PartyKind.UNKNOWN, 0.5
