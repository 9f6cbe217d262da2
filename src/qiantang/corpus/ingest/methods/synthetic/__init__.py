"""The demo city: synthetic patents from a seed, their ground truth, and the reader of their files."""

from __future__ import annotations

from qiantang.corpus.ingest.methods.synthetic.generate import DEFAULT_PATENTS, DEFAULT_SEED, generate
from qiantang.corpus.ingest.methods.synthetic.reader import SyntheticReader
from qiantang.corpus.ingest.methods.synthetic.truth import PartFile, Truth

__all__ = ["DEFAULT_PATENTS", "DEFAULT_SEED", "PartFile", "SyntheticReader", "Truth", "generate"]
