"""The search index of the register as data: its fields, and which of them a query, a facet or an order uses."""

from __future__ import annotations

from qiantang.corpus.register.methods.query_language import BY_KEY, DEFAULT, FACETS, QUERY_FIELDS, SORTS
from qiantang.engines.search.port import FieldKind, IndexField, IndexSchema

__all__ = ["BY_KEY", "DEFAULT", "FACETS", "INDEX", "QUERY_FIELDS", "SORTS"]

_TEXTS = (
    "title",
    "abstract",
    "claims",
    "applicant",
    "holder",
    "inventor",
    "agency",
)  # each with a twin of single characters
_KEYWORDS = (
    "title_whole",
    "holder_whole",
    "agency_whole",
    "ipc",
    "cpc",
    "locarno",
    "number",
    "number_reversed",
    "family",
    "id",
    "known",
    "script",
)
_COUNTED = ("applicant_whole", "inventor_whole", "ipc_subclass", "field", "office", "kind", "type", "status", "region")

INDEX = IndexSchema(
    version=5,  # raise it whenever ``methods.documents`` writes something else into the same fields
    fields=(
        *(IndexField(name, FieldKind.TEXT) for name in _TEXTS),
        *(IndexField(f"{name}_characters", FieldKind.CHARS) for name in _TEXTS),
        *(IndexField(name, FieldKind.KEYWORD) for name in _KEYWORDS),
        *(IndexField(name, FieldKind.KEYWORD, facet=True) for name in _COUNTED),
        *(
            IndexField(name, FieldKind.INTEGER, sortable=True)
            for name in (
                "filing_day",
                "publication_day",
                "grant_day",
                "status_day",
                "simple_family_number",
                "extended_family_number",
            )
        ),
        *(
            IndexField(name, FieldKind.INTEGER, facet=True, sortable=True)
            for name in ("filing_year", "publication_year", "status_year")
        ),
    ),
)
