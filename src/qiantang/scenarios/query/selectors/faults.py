"""A syntax error of the query language in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext

from qiantang.corpus.register.methods.query_language.errors import Choices, Sentence

if TYPE_CHECKING:
    from qiantang.kernel.errors import Invalid


def words_of(error: Invalid) -> dict[str, str]:
    """``message``, ``expected`` and ``hint`` of an error, "" where it has none; the code where there is no message."""
    told = {name: in_words(error.facts.get(name)) for name in ("message", "expected", "hint")}
    return told | {"message": told["message"] or error.code}


def in_words(text: object) -> str:
    """A text of an error as people read it; what is no sentence of the language, such as a list of keys, stays as it is."""
    if not text:
        return ""
    if isinstance(text, Choices):
        return text.chinese if (get_language() or "zh").startswith("zh") else str(text)
    return gettext(text.template) % text.values if isinstance(text, Sentence) else gettext(str(text))
