"""What a program may ask about itself."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.commons.catalogue.bases import Answer
from qiantang.kernel.errors import NotPermitted
from qiantang.portal.gateway.rules import ACCOUNT_READ


class TokenTold(Answer):
    token: str = Field(description="The public part of the token.")
    name: str = Field(description="Of the person it stands for.")
    scopes: list[str]
    expires_at: datetime


def read_token(request: HttpRequest) -> TokenTold:
    bearer = access.bearer_of(request)
    if bearer is None:
        raise NotPermitted("accounts.token_missing")
    scopes = sorted(bearer.scopes)
    return TokenTold(token=bearer.token, name=actor_of(request).name, scopes=scopes, expires_at=bearer.expires_at)


SECTION = ApiSection(
    key="gateway",
    name=_("Tokens"),
    summary=_("What a token is good for."),
    order=90,
    endpoints=(
        Endpoint(
            call=read_token,
            path="token",
            answer=TokenTold,
            summary=_("The token that asks"),
            scope=ACCOUNT_READ.key,
            example="token",
        ),
    ),
)
