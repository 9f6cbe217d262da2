"""Values of the code fields: a code, or a word that stands for one."""

from __future__ import annotations

from difflib import get_close_matches

from qiantang.corpus.register.methods.query_language.canonical import quoted
from qiantang.corpus.register.methods.query_language.codes import CODES
from qiantang.corpus.register.methods.query_language.errors import sentence, syntax_error
from qiantang.corpus.register.methods.query_language.nodes import Match
from qiantang.corpus.register.methods.query_language.said import Said
from qiantang.kernel.text import fold

UNKNOWN = "unknown"
_LIKE = {"TF": 0.7}  # names of two characters, of which one is the same, are of other fields


def code(said: Said) -> Match:
    codes = CODES[said.field.key]
    found = codes.code(said.text)
    if found is None:
        near = get_close_matches(fold(said.text), codes.words, n=3, cutoff=_LIKE.get(said.field.key, 0.5))
        raise syntax_error(
            said.at,
            sentence("%(given)r is no value of %(field)s.", given=said.text, field=said.field.key),
            expected=codes.told,
            hint=sentence("Did you mean %(near)s?", near=" / ".join(near))
            if near
            else "Choose among the values of the facet, beside a result.",
            mend=said.instead(quoted(near[0])) if near else None,
        )
    whole = said.operator == "==" and ((said.field.key == "KD" and len(found) == 1) or found == UNKNOWN)
    return Match(said.field.key, found, whole, said.at)
