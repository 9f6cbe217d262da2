"""Signing in by an identity provider, linking one, and showing anew who is there by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.selectors.people import actor_of
from qiantang.commons.accounts.services import identities, providers
from qiantang.commons.accounts.services.stepping_up import is_fresh, needs_step_up, safe_next
from qiantang.commons.accounts.views.sessions import known
from qiantang.kernel.errors import Conflict, Invalid, Unavailable

if TYPE_CHECKING:
    from qiantang.commons.accounts.types import Claimed, Provider

_ASKED = "provider_asked"  # key of the session: what the provider was asked last, and where it goes from there


@never_cache
@require_GET
def provider_begin(request: HttpRequest, name: str) -> HttpResponse:
    """On to the provider: to sign in, or, where somebody is signed in, to link it. A link and not a form, since forms of
    this platform lead nowhere else (Content-Security-Policy ``form-action``).
    """
    provider = providers.provider_named(name)
    goes_to = safe_next(request, request.GET.get("next", "/"))
    if request.user.is_authenticated and not is_fresh(request):
        return HttpResponseRedirect(f"{reverse('accounts:step-up')}?{urlencode({'next': request.get_full_path()})}")
    try:
        url, asked = providers.begin(provider, back=_back(request, provider))
    except (Invalid, Unavailable) as error:
        return _fault(request, error.code, goes_to)
    request.session[_ASKED] = {**asked, "next": goes_to}
    return HttpResponseRedirect(url)


@never_cache
@require_GET
def provider_answered(request: HttpRequest, name: str) -> HttpResponse:
    """The way back from the provider."""
    provider = providers.provider_named(name)
    asked = request.session.pop(_ASKED, None) or {}
    goes_to = safe_next(request, str(asked.get("next", "/")))
    try:
        claimed = providers.complete(
            provider,
            back=_back(request, provider),
            asked=asked,
            answer={name: str(value) for name, value in request.GET.items()},
        )
        if request.user.is_authenticated:
            return _linked(request, claimed)
        account_id = identities.account_of_identity(claimed=claimed, opens=provider.opens)
    except (Invalid, Unavailable, Conflict) as error:
        return _fault(request, error.code, goes_to)
    return known(request, account_id, goes_to)


@require_POST
@needs_step_up
def identity_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Take a link away."""
    identities.unlink_identity(actor=actor_of(request), key=key)
    return HttpResponseRedirect(f"{reverse('accounts:my-security')}#identities")


def _linked(request: HttpRequest, claimed: Claimed) -> HttpResponse:
    identities.link_identity(actor=actor_of(request), claimed=claimed)
    return HttpResponseRedirect(f"{reverse('accounts:my-security')}#identities")


def _back(request: HttpRequest, provider: Provider) -> str:
    return request.build_absolute_uri(reverse("accounts:provider-answered", args=[provider.name]))


def _fault(request: HttpRequest, code: str, goes_to: str) -> HttpResponse:
    page = "accounts:my-security" if request.user.is_authenticated else "accounts:session-start"
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': goes_to, 'fault': code})}")
