"""What the pages of the indicators show."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiantang.commons.metrics import api
from qiantang.commons.metrics.types import (
    REASONS,
    AddressOf,
    Boundaries,
    Dimension,
    Sharing,
    StatusBasis,
    TimeBasis,
)
from qiantang.commons.refdata import api as refdata
from qiantang.commons.refdata.methods.source_words import source_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import StrEnum

    from qiantang.commons.metrics.types import Frozen, Measurement, Metric, Number, Question
    from qiantang.corpus.register.types import PatentRecord

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WORDS: dict[object, Any] = {
    "regional": gettext_lazy("Regional benchmark"),
    "creation": gettext_lazy("Creation"),
    "use": gettext_lazy("Use"),
    "protection": gettext_lazy("Protection"),
    "movement": gettext_lazy("Movement between cities"),
    "register": gettext_lazy("The register and reference figures"),
    Dimension.YEAR: gettext_lazy("Year"),
    Dimension.MONTH: gettext_lazy("Month"),
    Dimension.REGION: gettext_lazy("City"),
    Dimension.DISTRICT: gettext_lazy("District"),
    Dimension.PARK: gettext_lazy("Park"),
    Dimension.TYPE: gettext_lazy("Type of patent"),
    Dimension.KIND: gettext_lazy("Kind code"),
    Dimension.FIELD: gettext_lazy("Field of technology"),
    Dimension.INDUSTRY: gettext_lazy("Industry"),
    Dimension.APPLICANT: gettext_lazy("Applicant"),
    Dimension.APPLICANT_KIND: gettext_lazy("Kind of applicant"),
    Dimension.OFFICE: gettext_lazy("Office"),
    Dimension.ORIGIN: gettext_lazy("Country of origin"),
    Dimension.STATUS: gettext_lazy("Legal status"),
    TimeBasis.FILING: gettext_lazy("by filing date"),
    TimeBasis.PUBLICATION: gettext_lazy("by first publication"),
    TimeBasis.GRANT: gettext_lazy("by date of grant"),
    TimeBasis.EVENT: gettext_lazy("by date of the event"),
    TimeBasis.STOCK: gettext_lazy("stock at the end of the period"),
    TimeBasis.TABLE: gettext_lazy("as the table states"),
    AddressOf.HOLDER: gettext_lazy("address of the holder"),
    AddressOf.APPLICANT: gettext_lazy("address of the applicant"),
    AddressOf.INVENTOR: gettext_lazy("address of the inventor"),
    Sharing.FIRST: gettext_lazy("first named only"),
    Sharing.WHOLE: gettext_lazy("whole for each"),
    Sharing.FRACTIONAL: gettext_lazy("in shares"),
    Boundaries.THEN: gettext_lazy("districts of the time"),
    Boundaries.TODAY: gettext_lazy("districts of today"),
    StatusBasis.EFFECT: gettext_lazy("lapses by the day of effect"),
    StatusBasis.GAZETTE: gettext_lazy("lapses by the day of the gazette"),
}
_CHANGES: dict[str, Any] = {
    "status_changed": gettext_lazy("its legal status is told otherwise"),
    "type_changed": gettext_lazy("its type is told otherwise"),
    "date_changed": gettext_lazy("one of its dates is told otherwise"),
    "region_changed": gettext_lazy("its region is told otherwise"),
    "family_changed": gettext_lazy("its family is told otherwise"),
    "snapshot_gone": gettext_lazy("the snapshot of then is no longer there"),
    "new_in_register": gettext_lazy("new in the register"),
    "left_register": gettext_lazy("left the register"),
    "other_facts": gettext_lazy("other facts, or another definition"),
}
_SCHEMES: dict[str, Any] = {
    "city": gettext_lazy("key industries of the city"),
    "sei": gettext_lazy("strategic emerging industries"),
}
_CHOICES: tuple[tuple[str, type[StrEnum]], ...] = (
    ("address", AddressOf),
    ("sharing", Sharing),
    ("boundaries", Boundaries),
    ("basis", StatusBasis),
)


def group_word(name: str) -> str:
    """What a list of indicators is called."""
    return str(_WORDS.get(name, name))


def dimension_word(name: Dimension) -> str:
    """What a dimension is called."""
    return str(_WORDS[name])


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in the dictionary."""

    id: str
    name: str
    definition: str
    unit: str
    how: str


def rows(metrics: Sequence[Metric], language: str) -> list[IndicatorRow]:
    """Indicators as the dictionary lists them."""
    return [
        IndicatorRow(
            one.id,
            one.name.told(language),
            one.definition.told(language),
            one.unit.told(language),
            str(_WORDS[one.rule.time]),
        )
        for one in metrics
    ]


def shown(value: Number | None, decimals: int) -> str:
    """A number for people; empty where it is not known."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{decimals or 2}f}"


def reason(key: str, language: str) -> str:
    """Why a number is not known; empty where it is."""
    return REASONS[key].told(language) if key else ""


def facts(told: Measurement, language: str) -> list[tuple[str, str]]:
    """What stands beside a number: place, time, day, rule, source."""
    one, asked = told.metric, told.question
    rule = [str(_WORDS[one.rule.time])]
    rule += [str(_WORDS[getattr(asked, name) or getattr(one.rule, name)]) for name, _kind in _CHOICES[:3]]
    period = "–".join(str(year) for year in dict.fromkeys((asked.first, asked.last)) if year) or _("all years")
    source = source_in(told.source, language) or one.source.told(language)
    if told.origin == "register" and not told.parts:
        source = one.source.told(language)
    return [
        (_("Region"), refdata.regions().name(asked.region, language) if asked.region else _("everything on record")),
        (_("Period"), str(asked.day or period)),
        (_("As of"), told.as_of.isoformat() if told.as_of else ""),
        (_("Counted"), ("；" if language.startswith("zh") else "; ").join(rule)),
        (_("Formula"), one.formula.told(language)),
        (_("Source"), source),
        (_("Snapshot"), str(told.snapshot or "")),
        (_("Version of the definition"), str(one.version)),
    ]


def parts(told: Measurement, language: str) -> list[tuple[str, str, str]]:
    """Conditions, numerator and denominator: name, number, why it is not known."""
    return [(part.name.told(language), shown(part.value, 2), reason(part.reason, language)) for part in told.parts]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One entry of a series: labels of its dimensions, number, why it is not known, marks, address of its records."""

    labels: tuple[str, ...]
    value: str
    reason: str
    provisional: bool
    at_least: bool


def series(told: Measurement, language: str) -> list[SeriesRow]:
    """The series as a table."""
    asked, one = told.question, told.metric
    return [
        SeriesRow(
            tuple(
                api.telling.label(one, name, key, asked, language)
                for name, key in zip(asked.by, point.key, strict=True)
            ),
            shown(point.value, one.decimals),
            reason(point.reason, language),
            point.provisional,
            point.at_least,
        )
        for point in told.series
    ]


def form(one: Metric, asked: Question) -> dict[str, Any]:
    """What can be chosen, and what is."""
    choices = []
    for name, kind in _CHOICES:
        held = getattr(asked, name) or getattr(one.rule, name)
        choices.append((name, [(str(value), str(_WORDS[value]), value is held) for value in kind]))
    by = [str(name) for name in asked.by]
    if {Dimension.FIELD, Dimension.INDUSTRY} & set(one.dimensions):
        held = asked.classes or one.rule.classes
        told = [(str(value), str(_WORDS[value]), value is held) for value in (Sharing.WHOLE, Sharing.FRACTIONAL)]
        choices.append(("classes", told))
        choices.append(("scheme", [(key, str(_SCHEMES[key]), key == asked.scheme) for key in _SCHEMES]))
    return {
        "region": asked.region or "",
        "first": asked.first or "",
        "last": asked.last or "",
        "by": [(str(name), dimension_word(name), str(name) in by) for name in one.dimensions],
        "choices": choices if one.dimensions else [],
    }


def address(asked: Question) -> str:
    """A question as the words of an address."""
    told = api.telling.question_told(asked)
    words = {"from": told.pop("first", None), "to": told.pop("last", None)}
    del told["metric"]
    words |= {"by": ",".join(told.pop("by", ())), "only": ",".join("=".join(pair) for pair in told.pop("only", ()))}
    return urlencode({name: value for name, value in (told | words).items() if value})


def frozen_name(kept: Frozen, language: str) -> str:
    """What a frozen number is of; of a metric that is no longer defined the id."""
    known = {one.id: one for one in api.metrics()}
    return known[kept.metric].name.told(language) if kept.metric in known else kept.metric


def frozen_value(kept: Frozen) -> str:
    """A frozen number for people, with the decimals of its metric."""
    known = {one.id: one for one in api.metrics()}
    return shown(kept.value, known[kept.metric].decimals if kept.metric in known else 2)


def change_word(why: str) -> str:
    """Why a record counts in only one of two measurements."""
    return str(_CHANGES.get(why, why))


def citation(told: Measurement, link: str, language: str) -> str:
    """The line by which a number is quoted."""
    named = dict(facts(told, language))
    told_words = (f"{told.metric.id} {told.metric.name.told(language)}", named[_("Region")], named[_("Period")])
    sample = (_("synthetic or sample data"),) if told.sample else ()
    snapshot = (_("snapshot %(number)s") % {"number": told.snapshot},) if told.snapshot else ()
    return "; ".join((_("Qiantang"), *told_words, *snapshot, *sample, link))


def series_file(told: Measurement, link: str, language: str) -> str:
    """The series as CSV with a byte order mark; no cell is taken for a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([f"# {citation(told, link, language)}"])
    unit = told.metric.unit.told(language)
    heads = [part for name in told.question.by for part in (str(name), dimension_word(name))]
    writer.writerow([*heads, f"{told.metric.id} ({unit})" if unit else told.metric.id, _("Not known because")])
    for row, point in zip(series(told, language), told.series, strict=True):
        keys = [part for key, label in zip(point.key, row.labels, strict=True) for part in (key or "", label)]
        writer.writerow([*map(_plain, keys), "" if point.value is None else point.value, row.reason])
    return "\ufeff" + written.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def record_row(record: PatentRecord) -> dict[str, Any]:
    """A patent in the list behind a number."""
    return {
        "patent_id": record.patent_id,
        "number": record.number_shown,
        "title": record.title,
        "filing_date": record.filing_date,
        "grant_date": record.grant_date,
        "status": record.status,
    }
