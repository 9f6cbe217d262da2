"""The embedded similarity engine: faiss behind the similarity port."""

from qiantang.engines.similarity.faiss.index import FaissIndex

__all__ = ["FaissIndex"]
