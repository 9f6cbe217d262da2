"""The language of a text that does not say it: by its script, and among Latin ones by their commonest words.

Source of the words: the articles, conjunctions and prepositions of each language's grammar.
"""

from __future__ import annotations

import re

UNDETERMINED = "und"  # ISO 639-2, where ISO 639-1 has no code

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_COMMONEST = (
    ("en", "the of and a an in to is for with which from by said wherein that has are on at"),
    ("de", "der die das und ein eine einer eines zur zum mit für von ist im den dem sowie wird durch"),
    ("fr", "le la les et un une des du de pour avec dans est par en au aux dont sur ou"),
    ("es", "el la los las y un una de del para con en que por se al es su como o"),
)
_WORDS = {language: frozenset(words.split()) for language, words in _COMMONEST}
_LATIN_WORD = re.compile(r"[^\W\d_]+")
_MOST = 0.2


def language_of(text: str) -> str:
    """The ISO 639-1 code; ``und`` where nothing tells.

    A fifth of kana make a text Japanese and of Hangul Korean, however many Chinese characters stand beside them.
    """
    letters = sum(map(str.isalpha, text))
    for language, script in _SCRIPTS:
        if len(script.findall(text)) > _MOST * letters:
            return language
    words = _LATIN_WORD.findall(text.casefold())
    told = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    best, second, *_ = sorted(told.values(), reverse=True)
    return max(told, key=lambda language: told[language]) if best > second else UNDETERMINED
