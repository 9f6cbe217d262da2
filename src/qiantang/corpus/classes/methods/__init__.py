"""Fields of technology and titles of classes: pure."""

from qiantang.corpus.classes.methods.concordance import FIELDS
from qiantang.corpus.classes.methods.fields import field_of
from qiantang.corpus.classes.methods.titles import TitleTable

__all__ = ["FIELDS", "TitleTable", "field_of"]
