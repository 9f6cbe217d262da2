"""The search engine for a cluster: OpenSearch behind the search port."""

from qiantang.engines.search.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
