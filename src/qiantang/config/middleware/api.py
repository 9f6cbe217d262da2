"""At the door of the open API: whose token it is, how much was asked, and one form for every refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.cache import patch_vary_headers

from qiantang.commons.accounts.api import access, attach_actor
from qiantang.commons.accounts.types import Quota
from qiantang.config import problems, refusals
from qiantang.config.logs import CORRELATION
from qiantang.config.middleware.refusal import answer_to
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Limited, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from qiantang.commons.accounts.types import Bearer, Spent

_WINDOW_SECONDS = 60
_METHOD_REFUSED = 405


class ApiMiddleware:
    """Comes after ActorMiddleware: a session opens pages and never the API, so that no page elsewhere can use it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not problems.wanted(request):
            return self.get_response(request)
        attach_actor(request, Actor(None, "public", channel=Channel.API, correlation_id=CORRELATION.get()))
        bearer, refused = _bearer(request)
        spent = access.spend(
            quota=_quota(bearer), token=bearer.token if bearer else None, address=access.address_of(request)
        )
        if spent and spent.exceeded:
            response = answer_to(request, _exceeded(spent))
        elif refused:
            response = answer_to(request, refused)
        else:
            if bearer:
                access.attach_bearer(request, bearer)
                access.note_token_use(key=bearer.token)
            response = self.get_response(request)
        return _finished(request, response, spent)


def _bearer(request: HttpRequest) -> tuple[Bearer | None, NotPermitted | None]:
    """Whose token came along, or why it opens nothing; both None where there is none."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if not scheme:
        return None, None
    if scheme.lower() != "bearer":
        return None, NotPermitted("accounts.token_unknown")
    try:
        return access.token_bearer(text.strip(), CORRELATION.get()), None
    except NotPermitted as refused:
        return None, refused


def _quota(bearer: Bearer | None) -> Quota:
    if bearer:
        return Quota("token", settings.API_TOKEN_QUOTA, _WINDOW_SECONDS)
    return Quota("public", settings.API_PUBLIC_QUOTA, _WINDOW_SECONDS)


def _exceeded(spent: Spent) -> Limited:
    quota = spent.quota
    return Limited(
        "accounts.quota_exceeded",
        requests=quota.requests,
        seconds=quota.seconds,
        retry_after_seconds=spent.resets_in,
    )


def _finished(request: HttpRequest, response: HttpResponse, spent: Spent | None) -> HttpResponse:
    if response.status_code == _METHOD_REFUSED:
        allowed = response.headers.get("Allow", "")
        response = refusals.method_refused(request)
        response.headers["Allow"] = allowed
    if spent:
        quota = spent.quota
        response.headers["RateLimit-Policy"] = f'"{quota.name}";q={quota.requests};w={quota.seconds}'
        response.headers["RateLimit"] = f'"{quota.name}";r={spent.remaining};t={spent.resets_in}'
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Authorization", "Accept-Language"])
    return response
