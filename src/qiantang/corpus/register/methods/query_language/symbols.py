"""Values of the class fields: symbols of the IPC, CPC and Locarno classifications, and beginnings of them."""

from __future__ import annotations

import re

from qiantang.corpus.register.methods.query_language.errors import Mend, sentence, syntax_error
from qiantang.corpus.register.methods.query_language.nodes import Begins, Match
from qiantang.corpus.register.methods.query_language.said import Said
from qiantang.kernel import classification
from qiantang.kernel.classification import Scheme
from qiantang.kernel.errors import Invalid
from qiantang.kernel.text import fold

_SCHEMES = {"IC": Scheme.IPC, "CPC": Scheme.CPC, "LOC": Scheme.LOCARNO}
_SYMBOL_START = re.compile(r"[0-9A-Z]{1,4}(?:-[0-9]*|[0-9]{0,4}(?:/[0-9]*)?)").fullmatch


def symbol(said: Said) -> Match | Begins:
    bare = said.text.replace("\\", "")  # Lens wants H01M10\/0525
    text = "".join(fold(bare).upper().split())
    if not said.quoted and text.endswith("*"):
        start = text[:-1]
        if not _SYMBOL_START(start):
            raise syntax_error(
                said.at,
                sentence("%(given)r is no beginning of a symbol.", given=said.text),
                expected="such as G06F16/3*",
                hint="A symbol by itself stands for all below it: G06F16",
            )
        return Begins(said.field.key, start, said.at)
    spelled = bare
    if text.endswith("/LOW"):
        spelled = _with_lower(said, text.removesuffix("/LOW"))
    try:
        found = classification.parse(spelled, _SCHEMES[said.field.key])
    except Invalid as error:
        raise syntax_error(
            said.at,
            sentence("%(given)r is no symbol of this classification.", given=said.text),
            expected="such as 14-02" if said.field.key == "LOC" else "such as G06F or G06F16/35",
            hint="The builder finds a class by a word.",
            mend=_of_low(said, text),
        ) from error
    return Match(said.field.key, found.canonical, at=said.at)


def _with_lower(said: Said, text: str) -> str:
    """``G06F16/00/low``: a main group with all groups below it, which is ``G06F16``."""
    stem, _, group = text.partition("/")
    if group.strip("0"):
        raise syntax_error(
            said.at,
            "Which groups lie below a subgroup is not known here.",
            expected="such as G06F16/00/low",
            hint=sentence("All symbols that begin like it: %(near)s", near=f"{stem}/{group.rstrip('0') or group}*"),
            mend=said.instead(f"{stem}/{group.rstrip('0') or group}*"),
        )
    return stem


def _of_low(said: Said, text: str) -> Mend | None:
    """Espacenet writes ``cpc=/low H01M10/0525``: a symbol stands for all below it here, as far as that is known."""
    if not text.startswith("/LOW"):
        return None
    return said.instead(text.removeprefix("/LOW"))
