"""Reads: a person's tokens, and who comes with one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from qiantang.commons.accounts import policies
from qiantang.commons.accounts.models import ApiToken
from qiantang.commons.accounts.selectors.people import actor_for
from qiantang.commons.accounts.types import Bearer, Token, TokenState
from qiantang.kernel.actor import Channel
from qiantang.kernel.errors import NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

PREFIX = "qiantang"
_TEXT = re.compile(rf"{PREFIX}_(?P<key>[a-z0-9]{{12}})_(?P<secret>[A-Za-z0-9_-]{{43}})")


def digest_of(secret: str) -> str:
    """The keyed digest by which a secret is known again: without the key of the installation it cannot be tried out."""
    return salted_hmac("qiantang.accounts.token", secret, algorithm="sha256").hexdigest()


def tokens_of(actor: Actor) -> tuple[Token, ...]:
    """The actor's own tokens, newest first, ended ones too.

    errors  NotPermitted ``accounts.token_sign_in_first``
    """
    rows = ApiToken.objects.filter(account_id=holder(actor)).order_by("-created_at", "-pk")
    return tuple(token_of(row) for row in rows)


def holder(actor: Actor) -> int:
    """The account whose tokens the actor may make, see and revoke.

    errors  NotPermitted ``accounts.token_sign_in_first``
    """
    decision = policies.may_hold_tokens(actor)
    if not decision or actor.person_id is None:
        raise NotPermitted(decision.code)
    return actor.person_id


def token_bearer(text: str, correlation_id: str, now: datetime | None = None) -> Bearer:
    """Who comes with a token: the person it stands for, with the roles held now. Two queries.

    text    as sent
    errors  NotPermitted ``accounts.token_unknown``, ``accounts.token_expired``, ``accounts.token_revoked``; that a token
            ended is told to those only who have the whole of it
    """
    given = _TEXT.fullmatch(text)
    row = given and ApiToken.objects.select_related("account").filter(key=given["key"]).first()
    if not given or not row or not constant_time_compare(row.digest, digest_of(given["secret"])):
        raise NotPermitted("accounts.token_unknown")
    if row.revoked_at is not None:
        raise NotPermitted("accounts.token_revoked", day=_day(row.revoked_at))
    if row.expires_at <= (now or timezone.now()):
        raise NotPermitted("accounts.token_expired", day=_day(row.expires_at))
    if not row.account.is_active:
        raise NotPermitted("accounts.token_unknown")
    return Bearer(actor_for(row.account, Channel.API, correlation_id), row.key, frozenset(row.scopes), row.expires_at)


def token_of(row: ApiToken, now: datetime | None = None) -> Token:
    """The value behind a row."""
    ended = row.expires_at <= (now or timezone.now())
    state = TokenState.REVOKED if row.revoked_at else TokenState.EXPIRED if ended else TokenState.LIVE
    return Token(
        key=row.key,
        name=row.name,
        scopes=frozenset(row.scopes),
        state=state,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


def _day(moment: datetime) -> str:
    return timezone.localdate(moment).isoformat()
