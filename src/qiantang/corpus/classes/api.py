"""The front door of the classes: what a symbol means, and which field of technology it belongs to."""

from __future__ import annotations

from qiantang.corpus.classes.methods import FIELDS, field_of
from qiantang.corpus.classes.selectors import titles

__all__ = ["FIELDS", "field_of", "titles"]
