"""Writes: tokens by which programs act for a person."""

from __future__ import annotations

import logging
import secrets
import string
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from qiantang.commons.accounts.models import ApiToken
from qiantang.commons.accounts.selectors.tokens import PREFIX, digest_of, holder, token_of
from qiantang.commons.accounts.services.patience import brief_write
from qiantang.commons.accounts.types import SCOPES, TOKEN_DAYS, TOKENS_AT_ONCE, MadeToken, TokenState
from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Collection

    from qiantang.kernel.actor import Actor

_log = logging.getLogger(__name__)
_LONGEST_NAME = 100
_SEEN_ANEW = timedelta(minutes=5)
_LETTERS = string.ascii_lowercase + string.digits


@transaction.atomic
def make_token(*, actor: Actor, name: str, scopes: Collection[str], days: int) -> MadeToken:
    """Make a token for oneself; its text is in the answer and nowhere else.

    name    what it is for, in the person's own words
    scopes  keys of declared scopes; none: what is public, with the quota of a token
    days    one of ``TOKEN_DAYS``
    errors  NotPermitted ``accounts.token_sign_in_first`` · Invalid ``accounts.token_name``,
            ``accounts.token_scope_unknown``, ``accounts.token_days`` · Conflict ``accounts.tokens_too_many``
    """
    account = holder(actor)
    called = " ".join(name.split())
    if not 1 <= len(called) <= _LONGEST_NAME or not called.isprintable():
        raise Invalid("accounts.token_name")
    for scope in scopes:
        if scope not in SCOPES:
            raise Invalid("accounts.token_scope_unknown", scope=scope[:80])
    if days not in TOKEN_DAYS:
        raise Invalid("accounts.token_days", known=", ".join(map(str, TOKEN_DAYS)))
    now = timezone.now()
    live = ApiToken.objects.filter(account_id=account, revoked_at=None, expires_at__gt=now)
    if live.count() >= TOKENS_AT_ONCE:
        raise Conflict("accounts.tokens_too_many", most=TOKENS_AT_ONCE)
    key, secret = "".join(secrets.choice(_LETTERS) for _ in range(12)), secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        account_id=account,
        name=called,
        key=key,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    facts = {"account": account, "scopes": row.scopes, "days": days}
    audit.record(actor=actor, verb="accounts.token.make", subject=f"token:{key}", facts=facts)
    return MadeToken(token_of(row), f"{PREFIX}_{key}_{secret}")


@transaction.atomic
def revoke_token(*, actor: Actor, key: str) -> None:
    """End one of one's own tokens at once; doing it again changes nothing.

    errors  NotPermitted ``accounts.token_sign_in_first`` · NotFound ``accounts.token_not_yours``
    """
    account = holder(actor)
    mine = ApiToken.objects.filter(account_id=account, key=key)
    if not mine.exists():
        raise NotFound("accounts.token_not_yours", token=key[:16])
    if mine.filter(revoked_at=None).update(revoked_at=timezone.now()):
        facts = {"account": account}
        audit.record(actor=actor, verb="accounts.token.revoke", subject=f"token:{key}", facts=facts)


@transaction.atomic
def forget_token(*, actor: Actor, key: str) -> None:
    """Take an ended token of one's own out of the list; the journal keeps that there was one.

    errors  NotPermitted ``accounts.token_sign_in_first`` · NotFound ``accounts.token_not_yours`` · Conflict
            ``accounts.token_live``
    """
    row = ApiToken.objects.filter(account_id=holder(actor), key=key).first()
    if row is None:
        raise NotFound("accounts.token_not_yours", token=key[:16])
    if token_of(row).state is TokenState.LIVE:
        raise Conflict("accounts.token_live")
    row.delete()


def note_token_use(*, key: str, now: datetime | None = None) -> None:
    """Remember that a token was used, to within five minutes. Where the database is busy it is not remembered."""
    moment = now or timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=moment - _SEEN_ANEW)
    if not ApiToken.objects.filter(stale, key=key).exists():
        return
    try:
        with brief_write():
            ApiToken.objects.filter(stale, key=key).update(last_used_at=moment)
    except DatabaseError as busy:
        _log.warning("the use of a token was not remembered: %s", type(busy).__name__)
