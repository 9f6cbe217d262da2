"""Inspections and seizures: each as its authority, its right holder and the office see it; counted; as rows of a table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import Role
from qiantang.commons.refdata.api import regions
from qiantang.commons.ui.api import bars
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.seizures import Seized, counted
from qiantang.scenarios.protection.models import Inspection
from qiantang.scenarios.protection.rules.marks import GOODS_WORDS, INSPECTION_WORDS, SEIZED_OUTCOME_WORDS
from qiantang.scenarios.protection.selectors.sheets import authority_rows, holder_name, region_word, sheets_of
from qiantang.scenarios.protection.selectors.telling import right_word
from qiantang.scenarios.protection.types.marks import GoodsVerdict, InspectionKind, InspectionOutcome

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor

DIMENSIONS = ("month", "authority", "district", "outcome", "kind")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHOWN = 200


class Asked(NamedTuple):
    """Which records: of a year, and of one group of a dimension where ``by`` and ``group`` are given."""

    year: int
    by: str = "district"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class InspectionOpen:
    """A record as somebody may see it. ``ours``: of their authority; ``mine``: against their right."""

    row: Inspection
    ours: bool
    mine: bool


def visible(actor: Actor) -> QuerySet[Inspection]:
    """The records of one's authorities and against one's rights; for the office and the auditor all of them."""
    rows = Inspection.objects.select_related("authority", "sheet").order_by("-happened_on", "-pk")
    if policies.is_office(actor) or actor.has_role(Role.AUDITOR):
        return rows
    if actor.person_id is None:
        return rows.none()
    mine = [one.pk for one in policies.authorities_of(actor)]
    return rows.filter(Q(authority_id__in=mine) | Q(sheet__in=sheets_of(actor)))


def inspection_opened(actor: Actor, key: int) -> InspectionOpen:
    """One record. errors: NotFound ``protection.inspection_unknown``"""
    row = visible(actor).filter(pk=key).first()
    if row is None:
        raise NotFound("protection.inspection_unknown")
    ours = any(one.pk == row.authority_id for one in policies.authorities_of(actor))
    return InspectionOpen(row, ours, row.sheet is not None and policies.holds_sheet(actor, row.sheet))


def inspection_shown(actor: Actor, key: int) -> dict[str, Any]:
    """All of a record's page. errors: NotFound"""
    opened = inspection_opened(actor, key)
    row = opened.row
    (line,) = _lines([row])
    words = row.words.order_by("said_at", "pk")
    return {
        **line,
        "ours": opened.ours,
        "mine": opened.mine,
        "holder": holder_name(row.sheet) if row.sheet else "",
        "words": [
            {"word": one, "verdict": gettext(GOODS_WORDS[GoodsVerdict(one.verdict)]) if one.verdict else ""}
            for one in words
        ],
        "outcomes": [(str(one), gettext(word)) for one, word in SEIZED_OUTCOME_WORDS.items() if one != "open"],
        "verdicts": [(str(one), gettext(word)) for one, word in GOODS_WORDS.items()],
    }


def inspections_shown(actor: Actor, asked: Asked) -> dict[str, Any]:
    """The records of a year, counted by a dimension; each count opens its records."""
    of_year = list(visible(actor).filter(happened_on__year=asked.year))
    lines = _lines(of_year)
    facts = [_fact(row) for row in of_year]
    words = _group_words(asked.by)
    (total,) = counted(facts)
    groups = counted(facts, lambda one: _group_of(one, asked.by))
    kept = [
        line
        for line, fact in zip(lines, facts, strict=True)
        if asked.group is None or _group_of(fact, asked.by) == asked.group
    ]
    named = [(one, words.get(one.group) or one.group or gettext("not known")) for one in groups]
    behind = f"?year={asked.year}&by={asked.by}&group="
    return {
        "total": total,
        "groups": [{"told": one, "word": word, "url": behind + one.group} for one, word in named],
        "bars": bars([(word, one.records, behind + one.group) for one, word in named]),
        "rows": kept[:_SHOWN],
        "kept": len(kept),
        "group_word": None if asked.group is None else words.get(asked.group) or asked.group or gettext("not known"),
        "synthetic": any(row.synthetic for row in of_year),
    }


def inspection_lines(actor: Actor, year: int) -> list[dict[str, Any]]:
    """The records of a year that somebody may see, newest first, each with its authority."""
    return _lines(list(visible(actor).filter(happened_on__year=year)))


def inspections_table(actor: Actor, asked: Asked) -> str:
    """The same records as CSV, an empty cell where something is not known; UTF-8 with a byte order mark."""
    rows = list(visible(actor).filter(happened_on__year=asked.year))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for line, row in zip(_lines(rows), rows, strict=True):
        if asked.group is not None and _group_of(_fact(row), asked.by) != asked.group:
            continue
        cells = [
            row.pk, line["who"], row.kind, row.happened_on.isoformat(), row.district, row.place, row.right_kind,
            row.right_number, row.goods, row.quantity, row.unit, row.value_yuan, row.outcome,
            row.outcome_on.isoformat() if row.outcome_on else None, "yes" if row.synthetic else "no",
        ]  # fmt: skip
        writer.writerow([_plain(cell) for cell in cells])
    return "\ufeff" + written.getvalue()


_HEAD = [
    "record",
    "authority",
    "kind",
    "day",
    "district",
    "place",
    "right_kind",
    "right_number",
    "goods",
    "quantity",
    "unit",
    "value_yuan",
    "outcome",
    "outcome_day",
    "synthetic",
]


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _fact(row: Inspection) -> Seized:
    return Seized(
        row.pk,
        row.kind,
        f"{row.happened_on:%Y-%m}",
        row.authority_id,
        row.district,
        row.outcome,
        row.unit,
        row.quantity,
        row.value_yuan,
    )


def _group_of(fact: Seized, by: str) -> str:
    return str(getattr(fact, by))


def _group_words(by: str) -> dict[str, str]:
    if by == "authority":
        return {str(one["key"]): one["name"] for one in authority_rows()}
    if by == "outcome":
        return {str(one): gettext(word) for one, word in SEIZED_OUTCOME_WORDS.items()}
    if by == "kind":
        return {str(one): gettext(word) for one, word in INSPECTION_WORDS.items()}
    return {code: region_word(code) for code in regions().children(settings.CITY_CODE)} if by == "district" else {}


def _lines(rows: list[Inspection]) -> list[dict[str, Any]]:
    names = {one["key"]: one["name"] for one in authority_rows()}
    return [
        {
            "row": row,
            "who": names.get(row.authority_id, ""),
            "kind": gettext(INSPECTION_WORDS[InspectionKind(row.kind)]),
            "outcome": gettext(SEIZED_OUTCOME_WORDS[InspectionOutcome(row.outcome)]),
            "district": region_word(row.district),
            "right": right_word(row.right_kind),
        }
        for row in rows
    ]


def record_choices(actor: Actor) -> dict[str, Any]:
    """What an officer chooses from when recording: authorities, sheets shared with them, districts of the city."""
    mine = policies.authorities_of(actor)
    names = {one["key"]: one["name"] for one in authority_rows()}
    shared = {
        one.sheet_id: one.sheet
        for row in mine
        for one in row.shares.filter(withdrawn_at__isnull=True).select_related("sheet")
    }
    return {
        "authorities": [(one.pk, names[one.pk]) for one in mine],
        "sheets": [(key, f"{one.product} · {one.right_number}") for key, one in shared.items()],
        "districts": [
            (code, region_word(code)) for code in regions().children(settings.CITY_CODE, timezone.localdate())
        ],
        "kinds": [(str(one), gettext(word)) for one, word in INSPECTION_WORDS.items()],
    }


def dimension_words() -> list[tuple[str, str]]:
    words = {
        "month": gettext("Month"),
        "authority": gettext("Authority"),
        "district": gettext("District"),
        "outcome": gettext("Outcome"),
        "kind": gettext("Kind"),
    }
    return [(key, words[key]) for key in DIMENSIONS]
