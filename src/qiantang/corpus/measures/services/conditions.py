"""Import of a list of patents that meet a condition of high value, with a report of every row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext_noop as _  # kept as it is here, told in the language of the reader

from qiantang.commons.audit import api as audit
from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import FigureReport, RefusedRow
from qiantang.corpus.measures import policies
from qiantang.corpus.measures.models import ConditionList, ListedPatent
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.corpus.measures.types import Listed
    from qiantang.kernel.actor import Actor

_COLUMNS = ("number", "day", "reference")
_MOST, _LONGEST = 20_000, 200
_LARGEST = Decimal(10) ** 13  # CNY


class _Row(NamedTuple):
    patent_id: str
    day: date
    reference: str
    amount: Decimal | None


def import_condition_list(
    *, actor: Actor, condition: Listed, content: bytes, title: str, source: str, as_of: date, sample: bool = False
) -> FigureReport:
    """Keep a CSV list: columns number (of a patent), day, reference, and amount where there is one (CNY).

    Whose amount is relatively high, the body that hands in the list decides: CNIPA's threshold is not public. Every
    patent on a list counts from its day on.

    content   UTF-8; the same bytes again change nothing
    as_of     day up to which the list is complete
    errors    NotPermitted ``metrics.operators_only`` · Invalid ``metrics.table_unreadable`` · ``metrics.table_head``
    """
    decision = policies.may_import_list(actor)
    if not decision:
        raise NotPermitted(decision.code)
    digest = sha256(content).hexdigest()
    if (known := ConditionList.objects.filter(condition=condition, digest=digest).first()) is not None:
        refused_before = tuple(RefusedRow(**one) for one in known.refused)
        return FigureReport(known.title, known.read, known.kept, refused_before, already=True)
    kept, refused = _sorted_out(content, as_of)
    with transaction.atomic():
        sheet = ConditionList.objects.create(
            condition=condition,
            title=title[:200],
            source=source[:500],
            as_of=as_of,
            sample=sample,
            digest=digest,
            read=len(kept) + len(refused),
            kept=len(kept),
            refused=[one._asdict() for one in refused],
            imported_by=actor.name,
        )
        ListedPatent.objects.bulk_create(ListedPatent(sheet=sheet, **one._asdict()) for one in kept)
        facts: dict[str, object] = {"condition": str(condition), "digest": digest, "kept": len(kept), "sample": sample}
        audit.record(actor=actor, verb="measures.conditions.import", subject=f"condition-list:{sheet.pk}", facts=facts)
    return FigureReport(title, len(kept) + len(refused), len(kept), tuple(refused))


def _sorted_out(content: bytes, as_of: date) -> tuple[list[_Row], list[RefusedRow]]:
    kept: dict[tuple[str, str], _Row] = {}
    refused: list[RefusedRow] = []
    for number, told in metrics.table_rows(content, _COLUMNS):
        row = _understood(told, as_of) if len(kept) < _MOST else _("too many rows")
        if isinstance(row, str):
            refused.append(RefusedRow(number, row))
        elif (row.patent_id, row.reference) in kept:
            refused.append(RefusedRow(number, _("said before in this list")))
        else:
            kept[row.patent_id, row.reference] = row
    return list(kept.values()), refused


def _understood(told: dict[str, str], as_of: date) -> _Row | str:
    """A row of the list, or why it cannot be kept."""
    reference = told["reference"]
    try:
        day, amount = date.fromisoformat(told["day"]), _amount(told.get("amount", ""))
    except ValueError:
        return _("day or amount cannot be read: a day like 2025-06-30, an amount in yuan like 5000000")
    if day > as_of:
        return _("the day lies after the day of the list")
    if not reference or len(reference) > _LONGEST:
        return _("the reference is missing or too long")
    try:
        patent_id = register.get(told["number"]).patent_id
    except (Invalid, NotFound):
        return _("no patent of this number is on record")
    return _Row(patent_id, day, reference, amount)


def _amount(text: str) -> Decimal | None:
    """A sum of money; None where none is stated. errors: ValueError"""
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not (amount.is_finite() and 0 < amount < _LARGEST):
        raise ValueError(text)
    return amount
