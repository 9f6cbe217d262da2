"""The front door of the measures: the pure methods."""

from qiantang.corpus.measures import methods

__all__ = ["methods"]
