"""The register of authorities, kept by the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.commons.audit import api as audit
from qiantang.commons.refdata.api import regions
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Authority
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types.marks import AuthorityKind

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor as _Actor


@transaction.atomic
def add_authority(*, actor: _Actor, uscc: str, name: str, kind: str, source: str, district: str = "") -> int:
    """Enter an authority, by its credit code; its officers ask for a mandate to enforce. Returns its key.

    errors  NotPermitted ``protection.office_only`` · Invalid ``identifiers.uscc_*``, ``protection.authority_district``,
            ``protection.step_unknown`` · Conflict ``protection.authority_known``
    """
    ensure(policies.may_keep(actor))
    if kind not in set(map(str, AuthorityKind)):
        raise Invalid("protection.step_unknown", given=kind[:40])
    ensure_region(district)
    found = mandates.register_organisation(actor=Actor.system("register of authorities"), uscc=uscc, name=name)
    if Authority.objects.filter(organisation_id=found.id).exists():
        raise Conflict("protection.authority_known")
    row = Authority.objects.create(
        organisation_id=found.id,
        kind=kind,
        district=district,
        source=source.strip()[:200],
        added_at=timezone.now(),
    )
    facts = {"organisation": found.id, "kind": kind}
    audit.record(actor=actor, verb="protection.authority.add", subject=f"authority:{row.pk}", facts=facts)
    return row.pk


def ensure_region(code: str) -> None:
    """errors: Invalid ``protection.authority_district`` for a code that is no region; empty is not known"""
    if code and code not in regions():
        raise Invalid("protection.authority_district", given=code[:10])
