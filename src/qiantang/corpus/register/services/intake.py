"""Bringing records in, for ``corpus.ingest`` alone: a load, and what follows it: the search index, words and vectors."""

from qiantang.corpus.register.services.index import advance_index
from qiantang.corpus.register.services.load import Load, begin_load
from qiantang.corpus.register.services.meaning import forget_meaning, prepare_meaning

__all__ = ["Load", "advance_index", "begin_load", "forget_meaning", "prepare_meaning"]
