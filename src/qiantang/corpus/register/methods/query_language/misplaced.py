"""What cannot stand where it stands, and names that are no field: the error, and the change that would mend it."""

from __future__ import annotations

from difflib import get_close_matches

from qiantang.corpus.register.methods.query_language.errors import Mend, sentence, syntax_error
from qiantang.corpus.register.methods.query_language.fields import BY_KEY, BY_NAME, ELSEWHERE, QueryField, field_named
from qiantang.corpus.register.methods.query_language.lexer import T, Token
from qiantang.kernel.errors import Invalid
from qiantang.kernel.text import fold

_JOINING = (T.AND, T.OR, T.NOT, T.XOR, T.NEAR)  # one that nothing follows can go
_SUPERFLUOUS = (T.AND, T.OR, T.XOR, T.CLOSE)
_SHORT = 2  # letters: of a key so short half is like half of the others


def field_of_token(token: Token) -> QueryField:
    """The field that a token names.

    errors  ``query.syntax``: there is none of that name, or it is not asked here
    """
    found = field_named(token.text)
    if found is not None:
        return found
    if told := ELSEWHERE.get(fold(token.text)):
        raise syntax_error(token.at, told[0], expected="a field that is searched", hint=told[1])
    name = token.text.casefold()
    if len(name) <= _SHORT and name.isascii():
        near = [one for one in BY_NAME if sorted(one) == sorted(name)]  # IT for TI, and nothing else is likely
    else:
        near = get_close_matches(name, BY_NAME, n=3, cutoff=0.5)
    keys = dict.fromkeys(BY_NAME[one].key for one in near)
    raise syntax_error(
        token.at,
        sentence("There is no field %(given)r.", given=token.text),
        expected=", ".join(BY_KEY),
        hint=sentence("Did you mean %(near)s?", near=" / ".join(keys))
        if keys
        else "To search for the text itself, quote it.",
        mend=Mend(token.at, token.end, next(iter(keys))) if keys else None,
    )


def misplaced(token: Token, before: Token | None, expected: str) -> Invalid:
    """The error of a token that cannot stand where it stands; ``before``: the one before it."""
    if token.kind == T.END:
        return syntax_error(
            token.at,
            "The query ends too early.",
            expected=expected,
            hint="Write what is missing, or take the last sign away.",
            mend=_without(before) if before and before.kind in _JOINING else None,
        )
    return syntax_error(
        token.at,
        sentence("%(given)r cannot stand here.", given=token.text),
        expected=expected,
        hint=_quote_hint(token) or "Take it away, or write what is expected before it.",
        mend=_without(token) if token.kind in _SUPERFLUOUS else None,
    )


def _without(token: Token) -> Mend:
    return Mend(token.at, token.end, "")


def _quote_hint(token: Token) -> str | None:
    if token.kind in (T.AND, T.OR, T.NOT, T.XOR, T.NEAR, T.HISTORY) and token.text.isalpha():
        return sentence('To search for the word itself, quote it: "%(given)s"', given=token.text)
    return None
