"""The query language of the register: text to tree, tree to text, tree to the query of the search port.

A new construct is a token in ``lexer``, a node in ``nodes``, one place in ``parser``, one case in ``canonical`` and one in
``compiling``.
"""

from qiantang.corpus.register.methods.query_language.canonical import canonical, quoted
from qiantang.corpus.register.methods.query_language.compiling import compile_query, terms_to_mark, whole_value
from qiantang.corpus.register.methods.query_language.fields import (
    BY_KEY,
    DEFAULT,
    FACETS,
    QUERY_FIELDS,
    SORTS,
    Kind,
    QueryField,
    field_named,
)
from qiantang.corpus.register.methods.query_language.nodes import Node
from qiantang.corpus.register.methods.query_language.parser import parse

__all__ = [
    "BY_KEY",
    "DEFAULT",
    "FACETS",
    "QUERY_FIELDS",
    "SORTS",
    "Kind",
    "Node",
    "QueryField",
    "canonical",
    "compile_query",
    "field_named",
    "parse",
    "quoted",
    "terms_to_mark",
    "whole_value",
]
