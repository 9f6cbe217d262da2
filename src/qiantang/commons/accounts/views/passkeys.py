"""Passkeys: made and kept on My security, used to sign in and to show anew who is there."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qiantang.commons.accounts.selectors.people import actor_of
from qiantang.commons.accounts.services import passkeys
from qiantang.commons.accounts.services.stepping_up import needs_step_up, safe_next
from qiantang.commons.accounts.types import Site
from qiantang.commons.accounts.views.sessions import BACKEND, begun, stepped_up
from qiantang.kernel.errors import Conflict, Invalid

_ASKED = "passkey_asked"  # key of the session: what the browser was asked last


def site_of(request: HttpRequest) -> Site:
    """Where the browser says it is; the host is among ``ALLOWED_HOSTS``."""
    return Site(request.get_host().rpartition(":")[0] or request.get_host(), f"{request.scheme}://{request.get_host()}")


def knows_passkeys(request: HttpRequest) -> bool:
    """Whether passkeys can be bound to this address: to names they can, to numbers they cannot."""
    try:
        ip_address(site_of(request).host.strip("[]"))
    except ValueError:
        return True
    return False


@never_cache
@require_POST
@needs_step_up
def passkey_begin(request: HttpRequest) -> JsonResponse:
    """What the browser is asked to make a passkey."""
    return _asked(request, passkeys.begin_registration(actor=actor_of(request), site=site_of(request)))


@require_POST
@needs_step_up
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    fault = ""
    try:
        passkeys.complete_registration(
            actor=actor_of(request),
            site=site_of(request),
            state=_state(request),
            answer=request.POST.get("credential", ""),
            name=request.POST.get("name", ""),
        )
    except (Invalid, Conflict) as error:
        fault = f"?{urlencode({'fault': error.code})}"
    return HttpResponseRedirect(f"{reverse('accounts:my-security')}{fault}#passkeys")


@require_POST
def passkey_rename(request: HttpRequest, key: int) -> HttpResponse:
    """Another name for a passkey."""
    passkeys.rename_passkey(actor=actor_of(request), key=key, name=request.POST.get("name", ""))
    return HttpResponseRedirect(f"{reverse('accounts:my-security')}#passkeys")


@require_POST
@needs_step_up
def passkey_revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Take a passkey away."""
    passkeys.revoke_passkey(actor=actor_of(request), key=key)
    return HttpResponseRedirect(f"{reverse('accounts:my-security')}#passkeys")


@never_cache
@require_POST
def passkey_ask(request: HttpRequest) -> JsonResponse:
    """What the browser is asked to sign in or to step up; says nothing of anybody."""
    return _asked(request, passkeys.begin_assertion(site=site_of(request)))


@never_cache
@require_POST
def passkey_use(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey, or, where somebody is signed in, show anew who is there."""
    goes_to = safe_next(request, request.POST.get("next") or "/")
    signed_in = request.user if request.user.is_authenticated else None
    try:
        account_id = passkeys.complete_assertion(
            site=site_of(request), state=_state(request), answer=request.POST.get("credential", "")
        )
        if signed_in is not None and signed_in.pk != account_id:
            raise Invalid("accounts.passkey_refused")  # noqa: TRY301 - one way back for all of them
    except Invalid as error:
        back = "accounts:step-up" if signed_in else "accounts:session-start"
        return HttpResponseRedirect(f"{reverse(back)}?{urlencode({'next': goes_to, 'fault': error.code})}")
    if signed_in is not None:
        stepped_up(request)
        return HttpResponseRedirect(goes_to)
    user = get_user_model().objects.get(pk=account_id)
    login(request, user, backend=BACKEND)
    begun(request, user)
    return HttpResponseRedirect(goes_to)


def _asked(request: HttpRequest, made: tuple[dict[str, Any], dict[str, Any]]) -> JsonResponse:
    options, request.session[_ASKED] = made
    return JsonResponse(options)


def _state(request: HttpRequest) -> dict[str, Any]:
    """What was asked; it is answered once."""
    asked = request.session.pop(_ASKED, None)
    if not isinstance(asked, dict):
        raise Invalid("accounts.passkey_refused")
    return asked
