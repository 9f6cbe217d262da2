"""The values of dimensions for people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import override

from qiantang.commons.metrics.types import Boundaries, Dimension, Question, Text
from qiantang.commons.refdata import api as refdata
from qiantang.commons.ui.api import word_for
from qiantang.corpus.classes.api import FIELDS, industry_table
from qiantang.corpus.parties import api as parties
from qiantang.corpus.places import api as places
from qiantang.kernel.errors import NotFound

_NOT_KNOWN = Text("不详", "not known")
_NONE = {
    Dimension.PARK: Text("地址未写明园区", "no park named"),
    Dimension.FIELD: Text("未分类", "not classified"),
    Dimension.INDUSTRY: Text("其他", "none of them"),
}
_WORDS = {Dimension.TYPE: "type", Dimension.OFFICE: "office", Dimension.ORIGIN: "office", Dimension.STATUS: "status"}


_HOLDERS = {
    "enterprise": Text("企业", "enterprise"),
    "university": Text("高校", "university"),
    "institute": Text("科研院所", "research institute"),
    "hospital": Text("医院", "hospital"),
    "government": Text("机关团体", "government body"),
    "person": Text("个人", "individual"),
    "unknown": Text("类别不详", "kind not known"),
}


def label(dimension: Dimension, value: str | None, question: Question, language: str) -> str:
    """The name of a value of a dimension."""
    if value is None:
        return _NONE.get(dimension, _NOT_KNOWN).told(language)
    if dimension in _WORDS:
        with override(language):
            return word_for(_WORDS[dimension], value)
    return _NAMES[dimension](value, question, language) if dimension in _NAMES else value


def _place(value: str, question: Question, language: str) -> str:
    """The name on the day for which the question counts, where it counts on the boundaries of the time."""
    table = refdata.regions()
    then = question.boundaries is not Boundaries.TODAY and question.last
    return (
        table.name(value, language, date(question.last, 12, 31) if then and question.last else None)
        if value in table
        else value
    )


def _park(value: str, question: Question, language: str) -> str:  # noqa: ARG001 the shape of all
    return places.parks().name(value, language)


def _field(value: str, question: Question, language: str) -> str:  # noqa: ARG001 the shape of all
    return FIELDS[int(value) - 1].name(language)


def _industry(value: str, question: Question, language: str) -> str:
    industry = industry_table(question.scheme).get(value)
    return industry.name(language) if industry else value


def _kind(value: str, question: Question, language: str) -> str:  # noqa: ARG001 the shape of all
    return _HOLDERS[value].told(language)


def _applicant(value: str, question: Question, language: str) -> str:  # noqa: ARG001 the shape of all
    return _party(value) if value[:1] == "P" and value[1:].isdecimal() else value


_NAMES: dict[Dimension, Callable[[str, Question, str], str]] = {
    Dimension.REGION: _place,
    Dimension.DISTRICT: _place,
    Dimension.PARK: _park,
    Dimension.FIELD: _field,
    Dimension.INDUSTRY: _industry,
    Dimension.APPLICANT_KIND: _kind,
    Dimension.APPLICANT: _applicant,
}


def _party(value: str) -> str:
    try:
        return parties.party_card(int(value[1:])).name
    except NotFound:
        return value
