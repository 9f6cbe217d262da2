"""The embedded search engine: tantivy behind the search port."""

from qiantang.engines.search.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
