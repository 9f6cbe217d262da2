"""Bringing records in, for ``corpus.ingest`` alone: a load, and the search index that follows it."""

from qiantang.corpus.register.services.index import advance_index
from qiantang.corpus.register.services.load import Load, begin_load

__all__ = ["Load", "advance_index", "begin_load"]
