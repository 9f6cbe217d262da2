"""Alerts of dossiers: how its patents stand now, compared with how they stood when they were put in or last told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from qiantang.commons.notices import api as notices
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import NotPermitted
from qiantang.scenarios.query import policies
from qiantang.scenarios.query.methods.differences import Change, Standing, differences
from qiantang.scenarios.query.models import Dossier, DossierChange
from qiantang.scenarios.query.rules import DOSSIER_ALERT
from qiantang.scenarios.query.selectors.standings import standings_now
from qiantang.scenarios.query.services.dossiers import remember_standings

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.query.methods.differences import Difference

_WATCHED = Q(watch_status=True) | Q(watch_owner=True)


def check_dossiers(*, actor: Actor) -> int:
    """Check every watched dossier that was not checked on the newest snapshot; returns how many notices went out."""
    manifest = register.register().manifest()
    if manifest is None:
        return 0
    waiting = Q(checked_snapshot__isnull=True) | Q(checked_snapshot__lt=manifest.snapshot)
    due = Dossier.objects.filter(_WATCHED, waiting).order_by("id").values_list("id", flat=True)
    return sum(check_dossier(actor=actor, key=key) for key in list(due))


@transaction.atomic
def check_dossier(*, actor: Actor, key: int) -> bool:
    """Compare, keep what has changed, tell the owner; True where a notice went out.

    errors  NotPermitted for anybody but the platform
    """
    if not policies.may_check(actor):
        raise NotPermitted("query.platform_only")
    row = Dossier.objects.select_for_update().filter(_WATCHED, pk=key).first()
    if row is None:
        return False
    snapshot, found = _found(row)
    if row.checked_snapshot is not None and snapshot <= row.checked_snapshot:
        return False
    Dossier.objects.filter(pk=row.pk).update(checked_snapshot=snapshot)
    if not found:
        return False
    DossierChange.objects.bulk_create(
        DossierChange(
            dossier=row,
            snapshot=snapshot,
            kind=one.kind,
            patent_id=one.patent_id,
            before=one.before,
            after=one.after,
        )
        for one in found
    )
    remember_standings(row)
    return _tell(actor, row, snapshot, found)


def _found(row: Dossier) -> tuple[int, list[Difference]]:
    entries = row.entries.order_by("patent_id").values_list("patent_id", "status", "owner_digest")
    before = sorted(Standing(one, status, bytes(owner)) for one, status, owner in entries)
    snapshot, now = standings_now([one.patent_id for one in before])
    kinds = {kind for kind in (Change.STATUS, Change.OWNER) if getattr(row, f"watch_{kind}")}
    told = differences(before, [now[key] for key in sorted(now)], lambda _ids: {})
    return snapshot, [one for one in told if one.kind in kinds]


def _tell(actor: Actor, row: Dossier, snapshot: int, found: list[Difference]) -> bool:
    counts = {str(kind): sum(one.kind is kind for one in found) for kind in (Change.STATUS, Change.OWNER)}
    facts: dict[str, str | int | None] = {"name": row.name, "snapshot": snapshot}
    facts |= {kind: count for kind, count in counts.items() if count}
    return notices.send_notice(
        actor=actor,
        draft=notices.Draft(
            person_id=row.owner_id,
            kind=DOSSIER_ALERT.code,
            key=f"query.dossier_alert:{row.pk}:{snapshot}",
            subject=f"dossier:{row.pk}",
            facts=facts,
            link=reverse("query:dossier-changes", args=[row.pk, snapshot]),
        ),
    )
