"""The values of dimensions for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.metrics.types import Dimension
from qiantang.commons.refdata import api as refdata
from qiantang.commons.ui.api import word_for
from qiantang.corpus.classes.api import FIELDS
from qiantang.corpus.parties import api as parties
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from qiantang.commons.metrics.types import Question

_UNKNOWN = {True: "不详", False: "not known"}
_WORDS = {Dimension.TYPE: "type", Dimension.OFFICE: "office", Dimension.STATUS: "status"}


def label(dimension: Dimension, value: str | None, question: Question, language: str) -> str:  # noqa: ARG001 names of regions may depend on the day
    """The name of a value of a dimension."""
    chinese = language.startswith("zh")
    if value is None:
        return _UNKNOWN[chinese]
    if dimension in (Dimension.REGION, Dimension.DISTRICT):
        return refdata.regions().name(value, language) if value in refdata.regions() else value
    if dimension is Dimension.FIELD:
        field = FIELDS[int(value) - 1]
        return field.name_zh if chinese else field.name_en
    if dimension is Dimension.APPLICANT and value[:1] == "P" and value[1:].isdecimal():
        return _party(value)
    if dimension in _WORDS:
        return word_for(_WORDS[dimension], value)
    return value


def _party(value: str) -> str:
    try:
        return parties.party_card(int(value[1:])).name
    except NotFound:
        return value
