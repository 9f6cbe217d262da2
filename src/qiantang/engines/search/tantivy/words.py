"""Which words of the index a pattern or a beginning stands for, and queries made of them where they are few.

A query by a pattern costs about 0.3 ms before it looks at the index: tantivy makes an automaton that reads UTF-8. The words
it would find are known in microseconds, so where they are few it is asked for these instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import tantivy
from tantivy import Occur

from qiantang.engines.search.port import MOST_EXPANSIONS, How, wild_regex
from qiantang.kernel.errors import Limited
from qiantang.kernel.text import Wildcards

_FEW = 64
_SIGNS = re.compile("[*?#]")
_ANYTHING = "(?s:.)*"
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$#&\-~]")


def literal(text: str) -> str:
    """The regular expression that is this text."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def pattern(text: str, how: How) -> str:
    """The regular expression of the words that are met so."""
    if how is How.WILD:
        return wild_regex(text, literal)
    return literal(text) + (_ANYTHING if how is How.BEGINS else "")


class Words:
    """The words of one committed state. A pattern that stands for too many is refused whenever it is used.

    errors  Limited ``search.too_many_words``
    """

    def __init__(self, searcher: tantivy.Searcher, native: tantivy.Schema) -> None:
        self._searcher = searcher
        self._native = native
        self._held: dict[tuple[str, str | int], int] = {}  # asked more than once of a word in an OR

    @property
    def documents(self) -> int:
        return self._searcher.num_docs

    def holding(self, field: str, word: str | int) -> int:
        """In how many documents the word stands, or the number."""
        asked = field, word
        held = self._held.get(asked)
        if held is None:
            self._held[asked] = held = self._searcher.doc_freq(field, word)
        return held

    def few(self, field: str, text: str, how: How) -> Sequence[str] | None:
        """The words, or None where they are more than a few."""
        if how is How.WILD:
            found = self._matching(field, text)
        else:
            found = [word for word, _ in self._searcher.terms_with_prefix(field, text, limit=_FEW + 1)]
        return found if len(found) <= _FEW else None

    def allow(self, field: str, text: str) -> None:
        """That a pattern stands for no more words than an engine may look at."""
        self._matching(field, text)

    def _matching(self, field: str, text: str) -> list[str]:
        begins = _SIGNS.split(text, maxsplit=1)[0]
        found = [word for word, _ in self._searcher.terms_with_prefix(field, begins)]
        if text[len(begins) :] != "*":
            fits = Wildcards(text).fits
            found = [word for word in found if fits(word)]
        if len(found) > MOST_EXPANSIONS:
            raise Limited("search.too_many_words", pattern=text, limit=MOST_EXPANSIONS)
        return found

    def query(self, field: str, text: str, how: How) -> tantivy.Query:
        """Documents that hold any of the words; it does not score."""
        words = self.few(field, text, how)
        if words is None:
            found = tantivy.Query.regex_query(self._native, field, pattern(text, how))
        else:
            found = tantivy.Query.boolean_query(
                [(Occur.Should, tantivy.Query.term_query(self._native, field, word)) for word in words]
            )
        return tantivy.Query.const_score_query(found, 0.0)
