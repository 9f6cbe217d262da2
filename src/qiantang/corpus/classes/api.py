"""The front door of the classes: what a symbol means, which field of technology and which industries it belongs to."""

from __future__ import annotations

from qiantang.corpus.classes.methods import FIELDS, IndustryTable, field_of
from qiantang.corpus.classes.selectors import SCHEMES, industry_table, titles

__all__ = ["FIELDS", "SCHEMES", "IndustryTable", "field_of", "industry_table", "titles"]
