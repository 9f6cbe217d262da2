"""Sheets of right holders: written, shared with one authority by a choice, closed at once, every read on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Authority, ProductSheet, SheetRead, SheetShare
from qiantang.scenarios.protection.rules.marks import SHEET_PARTS
from qiantang.scenarios.protection.selectors.sheets import sheet_opened
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import RightKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qiantang.kernel.actor import Actor

_LONGEST = 4000


@transaction.atomic
def make_sheet(
    *,
    actor: Actor,
    product: str,
    right_kind: str,
    right_number: str,
    parts: Mapping[str, str],
    right_title: str = "",
    right_until: date | None = None,
) -> int:
    """Write a sheet, for oneself or the organisation one acts for. Nobody else sees it until it is shared. Returns its key.

    errors  NotPermitted ``protection.sign_in_first``, ``accounts.mandate_missing`` · Invalid ``protection.sheet_empty``
    """
    ensure(policies.may_bring(actor))
    told = _told(product, right_kind, right_number, right_title, right_until, parts)
    now = timezone.now()
    row = ProductSheet.objects.create(
        person_id=None if actor.organisation_id else actor.person_id,
        organisation_id=actor.organisation_id,
        made_at=now,
        saved_at=now,
        **told,
    )
    noted(actor, row, "make", {})
    return row.pk


@transaction.atomic
def save_sheet(
    *,
    actor: Actor,
    key: int,
    product: str,
    right_kind: str,
    right_number: str,
    parts: Mapping[str, str],
    right_title: str = "",
    right_until: date | None = None,
) -> int:
    """Write a sheet anew; returns its version, which each read tells. errors: as ``make_sheet`` · NotFound"""
    row = own_sheet(actor, key)
    told = _told(product, right_kind, right_number, right_title, right_until, parts)
    if all(getattr(row, name) == value for name, value in told.items()):
        return row.version
    for name, value in told.items():
        setattr(row, name, value)
    row.version, row.saved_at = row.version + 1, timezone.now()
    row.save(update_fields=[*told, "version", "saved_at"])
    noted(actor, row, "save", {"version": row.version})
    return row.version


def _told(
    product: str,
    right_kind: str,
    right_number: str,
    right_title: str,
    right_until: date | None,
    parts: Mapping[str, str],
) -> dict[str, Any]:
    kept = {key: str(parts.get(key) or "").strip()[:_LONGEST] for key in SHEET_PARTS}
    tells = any(text for key, text in kept.items() if key != "contact")
    kind = right_kind if right_kind in set(map(str, RightKind)) else ""
    if not (product.strip() and kind and right_number.strip() and tells):
        raise Invalid("protection.sheet_empty")
    return {
        "product": product.strip()[:200],
        "right_kind": kind,
        "right_number": right_number.strip()[:80],
        "right_title": right_title.strip()[:200],
        "right_until": right_until,
        "parts": {key: text for key, text in kept.items() if text},
    }


@transaction.atomic
def share_sheet(*, actor: Actor, key: int, authority: int) -> None:
    """Open a sheet to one authority. errors: NotFound ``protection.sheet_unknown``, ``protection.authority_unknown`` ·
    Conflict ``protection.shared_already``
    """
    row = own_sheet(actor, key)
    if not Authority.objects.filter(pk=authority, active=True).exists():
        raise NotFound("protection.authority_unknown")
    try:
        with transaction.atomic():
            SheetShare.objects.create(sheet=row, authority_id=authority, shared_at=timezone.now())
    except IntegrityError:
        raise Conflict("protection.shared_already") from None
    noted(actor, row, "share", {"authority": authority})


@transaction.atomic
def withdraw_sheet(*, actor: Actor, key: int, authority: int) -> None:
    """Close a sheet to an authority, from now on, with its alerts. errors: NotFound · Conflict ``protection.not_shared``"""
    row = own_sheet(actor, key)
    shares = row.shares.filter(authority_id=authority, withdrawn_at__isnull=True)
    if not shares.update(withdrawn_at=timezone.now()):
        raise Conflict("protection.not_shared")
    noted(actor, row, "withdraw", {"authority": authority})


@transaction.atomic
def note_read(*, actor: Actor, key: int) -> None:
    """Put on record that somebody other than the right holder reads a sheet, before it is shown. errors: NotFound"""
    opened = sheet_opened(actor, key)
    if opened.mine:
        return
    SheetRead.objects.create(
        sheet=opened.row, authority=opened.authority, version=opened.row.version, read_at=timezone.now()
    )
    facts = {"version": opened.row.version, "authority": opened.authority.pk if opened.authority else None}
    noted(actor, opened.row, "read", facts)


def own_sheet(actor: Actor, key: int) -> ProductSheet:
    """A sheet of the actor's own, locked. errors: NotFound ``protection.sheet_unknown``"""
    row = ProductSheet.objects.select_for_update().filter(pk=key).first()
    if row is None or not policies.may_change_sheet(actor, row):
        raise NotFound("protection.sheet_unknown")
    return row


def noted(actor: Actor, row: ProductSheet, act: str, facts: Mapping[str, str | int | None]) -> None:
    """An entry of the journal upon a sheet."""
    audit.record(actor=actor, verb=f"protection.sheet.{act}", subject=f"sheet:{row.pk}", facts=dict(facts))
