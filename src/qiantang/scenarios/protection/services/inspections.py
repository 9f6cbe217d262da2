"""Inspections and seizures, recorded by authorities; words to the right holder and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Inspection, InspectionWord, ProductSheet
from qiantang.scenarios.protection.rules.marks import ANSWERED, INSPECTED
from qiantang.scenarios.protection.selectors.inspections import inspection_opened
from qiantang.scenarios.protection.selectors.sheets import authority_name
from qiantang.scenarios.protection.services.alerts import tell_people
from qiantang.scenarios.protection.services.applications import people_of_sheet
from qiantang.scenarios.protection.services.authorities import ensure_region
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import RightKind
from qiantang.scenarios.protection.types.marks import GoodsVerdict, InspectionKind, InspectionOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.models import Authority

_LONGEST = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an officer records. ``sheet`` 0: the right stands in no sheet shared with the authority. None: not known."""

    kind: str
    happened_on: date
    goods: str
    unit: str
    quantity: int | None = None
    value_yuan: int | None = None
    district: str = ""
    place: str = ""
    sheet: int = 0
    right_kind: str = ""
    right_number: str = ""
    right_title: str = ""


@transaction.atomic
def record_inspection(*, actor: Actor, found: Found, authority: int | None = None) -> int:
    """Record an inspection or seizure for one's authority; the right holder is told where a sheet is named. Returns its key.

    authority   one of those for which the actor enforces; None: the first, which is the one it acts for now
    errors      NotPermitted ``protection.enforcers_only`` · NotFound ``protection.authority_unknown``,
                ``protection.sheet_unknown`` · Invalid ``protection.inspection_facts``, ``protection.authority_district``
    """
    ensure(policies.may_enforce(actor))
    mine = policies.authorities_of(actor)
    acting = next((one for one in mine if authority in (None, one.pk)), None)
    if acting is None:
        raise NotFound("protection.authority_unknown")
    ensure_region(found.district)
    right, sheet = _right(found, acting)
    sound = found.goods.strip() and found.unit.strip() and found.happened_on <= timezone.localdate()
    if not sound or found.kind not in set(map(str, InspectionKind)) or not right["right_number"]:
        raise Invalid("protection.inspection_facts")
    row = Inspection.objects.create(
        authority=acting,
        sheet=sheet,
        kind=found.kind,
        happened_on=found.happened_on,
        goods=found.goods.strip()[:200],
        quantity=found.quantity,
        unit=found.unit.strip()[:20],
        value_yuan=found.value_yuan,
        district=found.district,
        place=found.place.strip()[:200],
        outcome=InspectionOutcome.OPEN,
        recorded_by_id=actor.person_id,
        recorded_at=timezone.now(),
        synthetic=bool(sheet and sheet.synthetic),
        **right,
    )
    _noted(actor, row, "record", {"kind": row.kind, "authority": acting.pk})
    _tell_holder(row, f"inspection:{row.pk}")
    return row.pk


def _right(found: Found, acting: Authority) -> tuple[dict[str, str], ProductSheet | None]:
    if not found.sheet:
        kind = found.right_kind if found.right_kind in set(map(str, RightKind)) else ""
        number = found.right_number.strip()[:80] if kind else ""
        return {"right_kind": kind, "right_number": number, "right_title": found.right_title.strip()[:200]}, None
    shared = acting.shares.filter(sheet_id=found.sheet, withdrawn_at__isnull=True).select_related("sheet").first()
    if shared is None:
        raise NotFound("protection.sheet_unknown")
    sheet = shared.sheet
    names = ("right_kind", "right_number", "right_title")
    return {name: getattr(sheet, name) for name in names}, sheet


@transaction.atomic
def note_outcome(*, actor: Actor, key: int, outcome: str, day: date) -> None:
    """Note what came of it, or what came later; the journal keeps what stood before. The authority that recorded it.

    errors  NotFound ``protection.inspection_unknown`` · Invalid ``protection.inspection_outcome``
    """
    row = _ours(actor, key)
    ends = set(map(str, InspectionOutcome)) - {InspectionOutcome.OPEN}
    if outcome not in ends or not row.happened_on <= day <= timezone.localdate():
        raise Invalid("protection.inspection_outcome")
    before = row.outcome
    row.outcome, row.outcome_on = outcome, day
    row.save(update_fields=["outcome", "outcome_on"])
    _noted(actor, row, "outcome", {"before": before, "now": outcome})
    _tell_holder(row, f"inspection:{row.pk}:{outcome}:{day}")


@transaction.atomic
def correct_quantity(*, actor: Actor, key: int, quantity: int | None, value_yuan: int | None) -> None:
    """Put number and value right, also back to not known. The journal keeps what stood before. errors: NotFound"""
    row = _ours(actor, key)
    before = {"quantity": row.quantity, "value_yuan": row.value_yuan}
    row.quantity, row.value_yuan = quantity, value_yuan
    row.save(update_fields=["quantity", "value_yuan"])
    _noted(actor, row, "correct", {**before, "quantity_now": quantity, "value_now": value_yuan})


@transaction.atomic
def say(*, actor: Actor, key: int, text: str = "", verdict: str = "") -> None:
    """A word of the officer to the right holder, or of the right holder back, who may also say what the goods are.

    errors  NotFound ``protection.inspection_unknown`` · Conflict ``protection.no_sheet`` · Invalid ``protection.word_empty``
    """
    opened = inspection_opened(actor, key)
    if not (opened.ours or opened.mine):
        raise NotFound("protection.inspection_unknown")
    row = opened.row
    if row.sheet is None:
        raise Conflict("protection.no_sheet")
    judged = verdict if opened.mine and verdict in set(map(str, GoodsVerdict)) else ""
    if not text.strip() and not judged:
        raise Invalid("protection.word_empty")
    word = InspectionWord.objects.create(
        inspection=row,
        holder=opened.mine,
        verdict=judged,
        text=text.strip()[:_LONGEST],
        author_id=actor.person_id,
        said_at=timezone.now(),
    )
    _noted(actor, row, "say", {"word": word.pk, "verdict": judged})
    if not opened.mine:
        _tell_holder(row, f"word:{word.pk}")
        return
    tell_people(
        organisations.persons_acting_for(row.authority.organisation_id, policies.ENFORCE),
        kind=ANSWERED.code,
        key=f"word:{word.pk}",
        subject=f"inspection:{row.pk}",
        link=f"/protection/inspections/{row.pk}",
        facts={"product": row.sheet.product[:80]},
    )


def _ours(actor: Actor, key: int) -> Inspection:
    opened = inspection_opened(actor, key)
    if not opened.ours:
        raise NotFound("protection.inspection_unknown")
    return Inspection.objects.select_for_update().get(pk=opened.row.pk)


def _tell_holder(row: Inspection, key: str) -> None:
    if row.sheet is None:
        return
    tell_people(
        people_of_sheet(row.sheet),
        kind=INSPECTED.code,
        key=key,
        subject=f"inspection:{row.pk}",
        link=f"/protection/inspections/{row.pk}",
        facts={"product": row.sheet.product[:80], "authority": authority_name(row.authority)},
    )


def _noted(actor: Actor, row: Inspection, act: str, facts: Mapping[str, str | int | None]) -> None:
    audit.record(actor=actor, verb=f"protection.inspection.{act}", subject=f"inspection:{row.pk}", facts=dict(facts))
