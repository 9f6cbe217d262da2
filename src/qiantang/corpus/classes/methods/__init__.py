"""Fields of technology and titles of classes: pure."""

from qiantang.corpus.classes.methods.concordance import FIELDS
from qiantang.corpus.classes.methods.fields import field_of
from qiantang.corpus.classes.methods.industries import IndustryTable
from qiantang.corpus.classes.methods.titles import TitleTable

__all__ = ["FIELDS", "IndustryTable", "TitleTable", "field_of"]
