"""Folding and tokens: one place for the index, the query and the highlighter, so that they never disagree."""

from __future__ import annotations

from qiantang.kernel.text.bodies import surely_a_body
from qiantang.kernel.text.folding import fold, fold_with_places, is_simple
from qiantang.kernel.text.sheets import inert
from qiantang.kernel.text.tokens import (
    WORD_CHARACTER,
    PhraseTokens,
    Plain,
    characters,
    index_text,
    is_pair,
    phrase,
    plainness,
    runs,
    tokens,
)
from qiantang.kernel.text.wild import Wildcards

__all__ = [
    "WORD_CHARACTER",
    "PhraseTokens",
    "Plain",
    "Wildcards",
    "characters",
    "fold",
    "fold_with_places",
    "index_text",
    "inert",
    "is_pair",
    "is_simple",
    "phrase",
    "plainness",
    "runs",
    "surely_a_body",
    "tokens",
]
