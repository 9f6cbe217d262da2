"""The index schema in OpenSearch's terms: settings, mapping, and the shape by which a stale index is known."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from qiantang.engines.search.port import FieldKind, IndexField, IndexSchema

ID, CARD = "@id", "@card"
LAYOUT = 1  # of what this adapter writes; a change makes old indexes stale
WINDOW = 10_000  # hits of one answer with all before them; what lies further down is walked to
_BLANKS = "blanks"
_LONGEST = 32_000  # bytes of a token or value; Lucene takes 32,766
_HEAD = 7_900  # characters kept of a longer one


def shape(schema: IndexSchema) -> str:
    """What must be equal for an index to be usable: our layout, the version, each field."""
    fields = [f"{one.name}:{one.kind}{':facet' * one.facet}{':sort' * one.sortable}" for one in schema.fields]
    return f"opensearch layout {LAYOUT} version {schema.version} " + " ".join(fields)


def settings(shards: int, replicas: int) -> dict[str, Any]:
    """Nothing is shown before it is asked for (``refresh_interval``), every answer is safe on disk (``request``), and no
    query gets into a slow log.
    """
    blanks = {"type": "whitespace", "max_token_length": _LONGEST + 1}
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "translog.durability": "request",
        "max_result_window": WINDOW,
        "max_regex_length": 100_000,
        "search.slowlog.threshold": {"query.warn": "-1", "query.info": "-1", "fetch.warn": "-1", "fetch.info": "-1"},
        "analysis": {
            "tokenizer": {_BLANKS: blanks},
            "analyzer": {_BLANKS: {"type": "custom", "tokenizer": _BLANKS}},
        },
    }


def mapping(schema: IndexSchema, meta: dict[str, Any]) -> dict[str, Any]:
    """Only the card is kept as it was given: the register holds the rest, and an index is always built from it."""
    fields = {one.name: _field(one) for one in schema.fields}
    own = {ID: {"type": "keyword"}, CARD: {"type": "keyword", "index": False, "doc_values": False}}
    return {"dynamic": "strict", "_meta": meta, "_source": {"includes": [CARD]}, "properties": own | fields}


def _field(field: IndexField) -> dict[str, Any]:
    match field.kind:
        case FieldKind.TEXT:
            return {"type": "text", "analyzer": _BLANKS}
        case FieldKind.CHARS:
            return {"type": "text", "analyzer": _BLANKS, "index_options": "docs", "norms": False}
        case FieldKind.KEYWORD:
            return {"type": "keyword", "doc_values": field.facet}
        case FieldKind.INTEGER:
            return {"type": "long"}


def fitting(value: str) -> str:
    """A token or value as the index holds it: one too long for Lucene by its beginning and a digest of all of it."""
    if 4 * len(value) <= _LONGEST or len(value.encode()) <= _LONGEST:
        return value
    return value[:_HEAD] + "\ufffd" + sha256(value.encode()).hexdigest()


def fitting_text(text: str) -> str:
    """The same for each token of a text."""
    if 4 * len(text) <= _LONGEST or max(map(len, text.split(" "))) * 4 <= _LONGEST:
        return text
    return " ".join([fitting(one) for one in text.split(" ")])
