"""The query tree and the index schema in tantivy's terms.

Only TEXT terms and phrases score (BM25); all else narrows and scores nothing, so a filter never changes the order.
"""

from __future__ import annotations

from importlib.metadata import version
from itertools import chain

import tantivy
from tantivy import FieldType, Occur

from qiantang.engines.search.port import (
    And,
    Everything,
    Exists,
    FieldKind,
    How,
    IndexSchema,
    Leaf,
    Not,
    Or,
    Phrase,
    Places,
    Prefix,
    Query,
    Range,
    Slot,
    Term,
    Weighted,
    Wild,
    check,
)
from qiantang.engines.search.tantivy.nearness import gathered
from qiantang.engines.search.tantivy.seeking import Sought, covers_most, scores_nothing, sought
from qiantang.engines.search.tantivy.skipping import phrase
from qiantang.engines.search.tantivy.words import Words, literal, pattern

ID, CARD = "_id", "_card"
_SPLIT, _KEPT_ONLY = "split_at_blanks", "kept_only"
_RELEASE = version("tantivy").rpartition(".")[0]
LAYOUT = 1  # of what this adapter writes; a change makes old indexes stale


def native_schema(schema: IndexSchema) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(CARD, stored=True, tokenizer_name=_KEPT_ONLY, index_option="basic")
    for one in schema.fields:
        match one.kind:
            case FieldKind.TEXT:
                builder.add_text_field(one.name, tokenizer_name=_SPLIT, index_option="position")
            case FieldKind.CHARS:
                builder.add_text_field(one.name, tokenizer_name=_SPLIT, index_option="basic")
            case FieldKind.KEYWORD:
                builder.add_text_field(one.name, fast=one.facet, tokenizer_name="raw", index_option="basic")
            case FieldKind.INTEGER:
                builder.add_integer_field(one.name, indexed=True, fast=True)
    return builder.build()


def prepare(index: tantivy.Index) -> tantivy.Index:
    """Tokenizers are not kept in the index: they are named again at every opening."""
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    nothing = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.remove_long(1)).build()
    index.register_tokenizer(_SPLIT, blanks)
    index.register_tokenizer(_KEPT_ONLY, nothing)
    index.config_reader("manual")
    return index


def shape(schema: IndexSchema) -> str:
    """What must be equal for an index to be usable: our layout, the version, each field."""
    told = [f"{one.name}:{one.kind}{':facet' * one.facet}{':sort' * one.sortable}" for one in schema.fields]
    return f"tantivy {_RELEASE} layout {LAYOUT} version {schema.version} " + " ".join(told)


_TEXT = FieldKind.TEXT


def _silent(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


class Translator:
    """From the port's query tree to tantivy's, for one schema and the words of one committed state."""

    def __init__(self, schema: IndexSchema, native: tantivy.Schema, words: Words) -> None:
        self._schema = schema
        self._native = native
        self._words = words

    def __call__(self, query: Query) -> tantivy.Query:
        """The query for tantivy.

        errors  KeyError, ValueError where it does not fit the schema; Limited where a pattern stands for too many words
        """
        check(query, self._schema)
        return self._tree(query)

    def _tree(self, query: Query) -> tantivy.Query:  # noqa: PLR0911 - one a kind of query
        match query:
            case Term() | Phrase():
                return self._leaf(query)
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return self._any_of(parts)
            case Everything():
                return _silent(tantivy.Query.all_query())
            case Not():
                return self._all_of((query,))
            case Weighted(part, weight):
                return tantivy.Query.boost_query(self._tree(part), weight)
            case _:
                return self._leaf(query)

    def _all_of(self, parts: tuple[Query, ...]) -> tantivy.Query:
        if (found := sought(parts, self._words)) is not None:
            return self._sought(found)
        clauses = [
            (Occur.MustNot, self._tree(part.part)) if isinstance(part, Not) else (Occur.Must, self._tree(part))
            for part in parts
        ]
        if all(isinstance(part, Not) for part in parts):  # tantivy subtracts only from something
            clauses.append((Occur.Must, self._tree(Everything())))
        return tantivy.Query.boolean_query(clauses)

    def _sought(self, asked: Sought) -> tantivy.Query:
        clauses = [(Occur.Must, self._tree(part)) for part in asked.needed]
        for either in asked.broad:
            # of the documents all around, or only of the rare ones where those without are far between
            among = asked.rarest if covers_most(either, self._words) else Everything()
            none = [(Occur.Must, self._tree(among)), *((Occur.MustNot, self._tree(one)) for one in either)]
            clauses.append((Occur.MustNot, _silent(tantivy.Query.boolean_query(none))))
        clauses += [(Occur.MustNot, self._tree(part)) for part in asked.refused]
        found = tantivy.Query.boolean_query(clauses)
        if all(scores_nothing(part, self._schema) for part in asked.needed):
            found = _silent(found)
        for one in chain(*asked.broad):
            if not scores_nothing(one, self._schema):
                found = tantivy.Query.boolean_query([(Occur.Must, found), (Occur.Should, self._tree(one))])
        return found

    def _any_of(self, parts: tuple[Query, ...]) -> tantivy.Query:
        if Places not in map(type, parts):
            return tantivy.Query.boolean_query([(Occur.Should, self._tree(part)) for part in parts])
        rest, spans = gathered(parts)
        found = [self._tree(part) for part in rest]
        found += [tantivy.Query.phrase_query(self._native, one.field, *one.as_phrase()) for one in spans]
        return tantivy.Query.boolean_query([(Occur.Should, one) for one in found])

    def _leaf(self, query: Leaf) -> tantivy.Query:  # noqa: PLR0911 - one return a kind of query
        native = self._native
        match query:
            case Term(field, value):
                found = tantivy.Query.term_query(native, field, value)
                return found if self._schema[field].kind is _TEXT else _silent(found)
            case Phrase(field, tokens, open_end):
                if not open_end:
                    return phrase(native, self._words, field, tokens)
                # phrase_prefix_query looks at 50 words and says nothing of the rest; this one refuses beyond its bound
                *whole, last = tokens
                whole = [literal(one) for one in whole]
                return tantivy.Query.regex_phrase_query(native, field, [*whole, pattern(last, How.BEGINS)])
            case Places(field, slots):
                return self._places(field, slots)
            case Wild(field, text):
                return self._words.query(field, text, How.WILD)
            case Prefix(field, start):
                return self._words.query(field, start, How.BEGINS)
            case Range(field, None, None) | Exists(field):
                return _silent(tantivy.Query.exists_query(field))
            case Range(field, low, high):
                return _silent(tantivy.Query.range_query(native, field, FieldType.Integer, low, high))

    def _places(self, field: str, slots: tuple[Slot, ...]) -> tantivy.Query:
        first = slots[0]
        exact = all(slot.how is How.EXACT for slot in slots)
        if len(slots) == 1:
            if exact:
                return tantivy.Query.term_query(self._native, field, first.text)
            return self._words.query(field, first.text, first.how)
        if exact:
            return tantivy.Query.phrase_query(self._native, field, [(slot.offset, slot.text) for slot in slots])
        for slot in slots:
            if slot.how is How.WILD:
                self._words.allow(field, slot.text)
        placed: list[str | tuple[int, str]] = [(slot.offset, pattern(slot.text, slot.how)) for slot in slots]
        return tantivy.Query.regex_phrase_query(self._native, field, placed)
