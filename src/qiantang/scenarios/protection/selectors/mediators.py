"""Mediators as the choice and the register see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from qiantang.commons.accounts.api import organisations
from qiantang.scenarios.protection.methods.mediators import Candidate, Fitness, ranked
from qiantang.scenarios.protection.models import Appointment, Mediator
from qiantang.scenarios.protection.selectors.disputes import intake_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.models import Dispute, Proceeding

_OPEN = Q(appointments__ended_at__isnull=True, appointments__proceeding__concluded_at__isnull=True)


def standing(row: Proceeding) -> Appointment | None:
    """The mediator asked or appointed now."""
    found = Appointment.objects.filter(proceeding=row, ended_at__isnull=True)
    return found.select_related("mediator__body").first()


def candidates_for(row: Proceeding) -> list[Fitness]:
    """Every active mediator for a dispute, those that may be asked first."""
    dispute, told = row.dispute, intake_of(row.dispute)
    spent = set(Appointment.objects.filter(proceeding=row).values_list("mediator_id", flat=True))
    parties = [*names_in(dispute), told.respondent]
    mediators = Mediator.objects.filter(active=True).select_related("body").prefetch_related("ties")
    counted = mediators.annotate(open_now=Count("appointments", filter=_OPEN))
    candidates = [
        Candidate(
            id=one.pk,
            name=one.name,
            body=one.body.name,
            fields=frozenset(one.fields),
            open_now=one.open_now,
            most_open=one.most_open,
            ties=tuple(tie.name for tie in one.ties.all()),
            interested=has_part_in(one.account_id, dispute),
            spent=one.pk in spent,
            reachable=one.account_id is not None,
        )
        for one in counted
    ]
    return ranked(candidates, [told.right_kind, told.matter], parties)


def names_in(dispute: Dispute) -> Sequence[str]:
    keys = {key for key in (dispute.organisation_id, dispute.respondent_organisation_id) if key is not None}
    names = [one.name for one in organisations.organisations_named(keys).values()]
    people = [one.display_name for one in (dispute.person, dispute.respondent_person) if one is not None]
    return [*names, *people, str(dispute.told.get("applicant") or "")]


def has_part_in(account_id: int | None, dispute: Dispute) -> bool:
    """Whether somebody has a part in a dispute: is a side, or acts for one or did."""
    if account_id is None:
        return False
    if account_id in (dispute.person_id, dispute.respondent_person_id):
        return True
    keys = [key for key in (dispute.organisation_id, dispute.respondent_organisation_id) if key is not None]
    return bool(keys) and organisations.acted_for(account_id, keys)


def register_of_mediators(actor: Actor) -> list[dict[str, object]]:
    """The register as everybody may read it: name, body, fields, languages; load for nobody."""
    del actor
    rows = Mediator.objects.filter(active=True).select_related("body").order_by("body__name", "name")
    return [
        {
            "name": one.name,
            "body": one.body.name,
            "kind": one.body.kind,
            "fee": one.body.fee_told,
            "fields": one.fields,
            "languages": one.languages,
            "source": one.source,
            "asked_here": one.account_id is not None,
        }
        for one in rows
    ]
