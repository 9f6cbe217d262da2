"""Bring in a form, publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, NotFound, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.methods.forms import read_form, written_form
from qiantang.portal.hall.models import FormEdition
from qiantang.portal.hall.selectors.forms import editions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.actor import Actor
    from qiantang.portal.hall.types.forms import Form


@transaction.atomic
def import_form(*, actor: Actor, told: Mapping[str, Any]) -> Form:
    """Bring in an edition of a form; it is looked at in the preview and published by its own step.

    errors  NotPermitted ``hall.keepers_only`` · Invalid ``hall.form_unsound`` · Conflict ``hall.form_version``
    """
    _ensure(actor)
    form = read_form(told)
    if any((one["key"], one["version"]) >= (form.key, form.version) for one in editions() if one["key"] == form.key):
        raise Conflict("hall.form_version", form=form.key, version=form.version)
    FormEdition.objects.create(
        key=form.key,
        version=form.version,
        told=written_form(form),
        brought_in_at=timezone.now(),
        brought_in_by_id=actor.person_id,
    )
    facts = {"version": form.version, "steps": len(form.steps)}
    audit.record(actor=actor, verb="hall.form.import", subject=f"form:{form.key}", facts=facts)
    return form


@transaction.atomic
def publish_form(*, actor: Actor, key: str, version: int) -> None:
    """From now on this edition is used. Matters that were begun keep theirs.

    errors  NotPermitted ``hall.keepers_only`` · NotFound ``hall.form_unknown``
    """
    _ensure(actor)
    row = FormEdition.objects.select_for_update().filter(key=key, version=version).first()
    if row is None:
        raise NotFound("hall.form_unknown", form=f"{key[:40]} {version}")
    if row.published_at is None:
        row.published_at = timezone.now()
        row.save(update_fields=["published_at"])
        audit.record(actor=actor, verb="hall.form.publish", subject=f"form:{key}", facts={"version": version})


def _ensure(actor: Actor) -> None:
    decision = policies.may_keep_catalogue(actor)
    if not decision:
        raise NotPermitted(decision.code)
