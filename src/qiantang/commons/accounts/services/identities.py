"""Writes: who a person is for an identity provider. Linked by the person, known again by issuer and subject alone."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.accounts.models import Account, ExternalIdentity
from qiantang.commons.accounts.services.security import own_account
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from qiantang.commons.accounts.types import Claimed

_NAME = 150


@transaction.atomic
def link_identity(*, actor: Actor, claimed: Claimed) -> None:
    """Let the person sign in by this identity from now on; linking it again changes nothing.

    errors  NotPermitted · Conflict ``accounts.identity_taken``
    """
    account = own_account(actor)
    _link(account, claimed, actor)


@transaction.atomic
def account_of_identity(*, claimed: Claimed, opens: bool) -> int:
    """The key of the active account that is linked with the identity.

    opens   whether an unknown one gets an account; it has no password
    errors  Invalid ``accounts.identity_unknown``
    """
    row = (
        ExternalIdentity.objects.select_related("account")
        .filter(issuer=claimed.issuer, subject=claimed.subject)
        .first()
    )
    if row is None and opens:
        return _opened(claimed)
    if row is None or not row.account.is_active:
        raise Invalid("accounts.identity_unknown")
    row.last_used_at = timezone.now()
    row.save(update_fields=["last_used_at"])
    return row.account_id


@transaction.atomic
def unlink_identity(*, actor: Actor, key: int) -> None:
    """Take the link away.

    errors  NotPermitted · NotFound ``accounts.identity_gone`` · Conflict ``accounts.identity_last``
    """
    account = own_account(actor)
    row = account.identities.select_for_update().filter(pk=key).first()
    if row is None:
        raise NotFound("accounts.identity_gone")
    others = account.identities.exclude(pk=key).exists() or account.passkeys.exists()
    if not (others or account.has_usable_password()):
        raise Conflict("accounts.identity_last")
    issuer = row.issuer
    row.delete()
    audit.record(
        actor=actor, verb="accounts.identity.unlink", subject=f"account:{account.pk}", facts={"issuer": issuer}
    )


def _opened(claimed: Claimed) -> int:
    told = sha256(f"{claimed.issuer}\x00{claimed.subject}".encode()).hexdigest()
    account = Account(username=f"id-{told[:20]}", display_name=claimed.name.strip()[:_NAME] or f"id-{told[:6]}")
    account.set_unusable_password()
    account.save()
    actor = Actor.system("account of an identity provider")
    facts = {"username": account.username, "roles": [], "issuer": claimed.issuer}
    audit.record(actor=actor, verb="accounts.account.create", subject=f"account:{account.pk}", facts=facts)
    _link(account, claimed, actor)
    return account.pk


def _link(account: Account, claimed: Claimed, actor: Actor) -> None:
    try:
        with transaction.atomic():
            row, new = ExternalIdentity.objects.get_or_create(
                issuer=claimed.issuer,
                subject=claimed.subject,
                defaults={"account": account, "linked_at": timezone.now()},
            )
    except IntegrityError:
        raise Conflict("accounts.identity_taken") from None
    if row.account_id != account.pk:
        raise Conflict("accounts.identity_taken")
    if new:
        facts = {"issuer": claimed.issuer}
        audit.record(actor=actor, verb="accounts.identity.link", subject=f"account:{account.pk}", facts=facts)
