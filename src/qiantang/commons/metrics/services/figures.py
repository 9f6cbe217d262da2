"""Import of a table of figures, with a report of every row."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _  # kept as it is here, told in the language of the reader

from qiantang.commons.audit import api as audit
from qiantang.commons.metrics import policies
from qiantang.commons.metrics.models import ImportedFigure, ImportedTable
from qiantang.commons.metrics.types import FigureReport, RefusedRow
from qiantang.commons.refdata import api as refdata
from qiantang.kernel.errors import Invalid, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qiantang.kernel.actor import Actor

_COLUMNS = ("series", "region", "period", "value")
_PERIOD = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]|Q[1-4]))?")
_SERIES = re.compile(r"[a-z][a-z0-9_]{1,58}")
_NATION = "100000"
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class _Row:
    series: str
    region: str
    period: str
    value: float
    unit: str


def import_figures(
    *, actor: Actor, content: bytes, title: str, source: str, as_of: date, sample: bool = False
) -> FigureReport:
    """Keep the figures of a CSV table: columns series, region (code or name), period, value, and unit where there is one.

    content     UTF-8; the same bytes again change nothing
    as_of       the day for which the body states it
    sample      whether the figures are invented
    errors      NotPermitted ``metrics.operators_only`` · Invalid ``metrics.table_unreadable`` · ``metrics.table_head``
    """
    decision = policies.may_write(actor)
    if not decision:
        raise NotPermitted(decision.code)
    digest = sha256(content).hexdigest()
    if (known := ImportedTable.objects.filter(digest=digest).first()) is not None:
        return FigureReport(
            known.title, known.read, known.kept, tuple(RefusedRow(**r) for r in known.refused), already=True
        )
    read, kept, refused = _sorted_out(content)
    with transaction.atomic():
        table = ImportedTable.objects.create(
            title=title[:200],
            source=source[:500],
            as_of=as_of,
            sample=sample,
            digest=digest,
            read=read,
            kept=len(kept),
            refused=[one._asdict() for one in refused],
            imported_by=actor.name,
        )
        ImportedFigure.objects.bulk_create(
            ImportedFigure(
                table=table, series=row.series, region=row.region, period=row.period, value=row.value, unit=row.unit
            )
            for row in kept.values()
        )
        facts: dict[str, object] = {"digest": digest, "read": read, "kept": len(kept), "sample": sample}
        audit.record(actor=actor, verb="metrics.figures.import", subject=f"metrics:table:{table.pk}", facts=facts)
    return FigureReport(title, read, len(kept), tuple(refused))


def _sorted_out(content: bytes) -> tuple[int, dict[tuple[str, str, str], _Row], list[RefusedRow]]:
    """How many rows there are, those that are kept, and the others with their reason."""
    kept: dict[tuple[str, str, str], _Row] = {}
    refused: list[RefusedRow] = []
    for number, told in table_rows(content, _COLUMNS):
        row = _understood(told)
        if isinstance(row, str):
            refused.append(RefusedRow(number, row))
        elif (row.series, row.region, row.period) in kept:
            refused.append(RefusedRow(number, _("said before in this table")))
        else:
            kept[row.series, row.region, row.period] = row
    return len(kept) + len(refused), kept, refused


def table_rows(content: bytes, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV in UTF-8, each with the number of its line; values without spaces around them.

    columns  those that the head must name
    errors   Invalid ``metrics.table_unreadable`` · ``metrics.table_head``
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("metrics.table_unreadable") from None
    if "\x00" in text:
        raise Invalid("metrics.table_unreadable")
    lines = csv.DictReader(io.StringIO(text, newline=""))
    for name in columns:
        if name not in (lines.fieldnames or ()):
            raise Invalid("metrics.table_head", missing=name, wanted=", ".join(columns))
    try:
        for row in lines:
            yield lines.line_num, {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    except csv.Error:
        raise Invalid("metrics.table_unreadable") from None


def _understood(told: dict[str, str]) -> _Row | str:
    """A row of the table, or why it cannot be kept."""
    series, region, period, value = (told[name] for name in _COLUMNS)
    table = refdata.regions()
    code = region if region in table or region == _NATION else table.codes_by_name().get(region)
    if not _SERIES.fullmatch(series):
        return _("the series is no name in small letters")
    if code is None:
        return _("the region is not known")
    if not _PERIOD.fullmatch(period):
        return _("the period is none of 2020, 2020-06, 2020-Q2")
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        return _("the value is no number")
    if not math.isfinite(number):
        return _("the value is no number")
    return _Row(series, code, period, number, told.get("unit", "")[:_LONGEST])
