"""Calendar addresses: one a person and case, with a secret of which only a digest is kept."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework.methods.codes import keyed_digest
from qiantang.commons.casework.models import CalendarFeed
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.selectors.feeds import PURPOSE
from qiantang.kernel.errors import NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@transaction.atomic
def make_feed(*, actor: Actor, number: str) -> str:
    """A new secret for the calendar of a case; the one before opens nothing any more.

    errors  NotFound ``casework.unknown`` · NotPermitted ``audit.sign_in_first``
    """
    case = case_row(actor, number)
    if actor.person_id is None:
        raise NotPermitted("audit.sign_in_first")
    secret = secrets.token_urlsafe(24)
    told = {"digest": keyed_digest(settings.SECRET_KEY, PURPOSE, secret), "made_at": timezone.now()}
    CalendarFeed.objects.update_or_create(case=case, person_id=actor.person_id, defaults=told)
    audit.record(actor=actor, verb="casework.feed.make", subject=f"case:{case.number}", facts={})
    return secret
