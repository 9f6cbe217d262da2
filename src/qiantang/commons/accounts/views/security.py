"""My security: second factor, recovery codes, sessions on all devices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.selectors.people import actor_of, person_of_actor
from qiantang.commons.accounts.selectors.security import (
    has_second_factor,
    identities_of,
    passkeys_of,
    recovery_left,
    sessions_of,
)
from qiantang.commons.accounts.services import security
from qiantang.commons.accounts.services.providers import providers
from qiantang.commons.accounts.services.stepping_up import needs_step_up
from qiantang.commons.accounts.types import REFUSALS, MadeFactor
from qiantang.commons.accounts.views.passkeys import knows_passkeys
from qiantang.commons.accounts.views.sessions import fault_told
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid


@never_cache
@require_GET
def my_security(request: HttpRequest) -> HttpResponse:
    """What keeps the account safe."""
    return _page(request)


@never_cache
@require_POST
@needs_step_up
def factor_begin(request: HttpRequest) -> HttpResponse:
    """A new secret for the app, as QR code and to type in."""
    return _page(request, made=security.begin_second_factor(actor=actor_of(request)))


@never_cache
@require_POST
@needs_step_up
def factor_confirm(request: HttpRequest) -> HttpResponse:
    """The first code of the app: from now on it is asked for."""
    try:
        codes = security.confirm_second_factor(actor=actor_of(request), code=request.POST.get("code", ""))
    except Invalid as error:
        texts = [gettext(text) % error.facts for text in REFUSALS[error.code]]
        return _page(request, errors=[{"text": " ".join(texts), "href": "#second-factor"}])
    return _page(request, codes=codes)


@require_POST
@needs_step_up
def factor_remove(request: HttpRequest) -> HttpResponse:
    """Do without the app."""
    security.remove_second_factor(actor=actor_of(request))
    return HttpResponseRedirect(reverse("accounts:my-security"))


@never_cache
@require_POST
@needs_step_up
def recovery_make(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown in this answer only."""
    return _page(request, codes=security.make_recovery_codes(actor=actor_of(request)))


@require_POST
def session_revoke(request: HttpRequest, session: int) -> HttpResponse:
    """End one session, wherever it is; 0 is all but this one."""
    actor = actor_of(request)
    if session:
        security.end_session(actor=actor, session=session)
    else:
        security.end_other_sessions(actor=actor, current=request.session.session_key or "")
    return HttpResponseRedirect(reverse("accounts:my-security"))


def _page(
    request: HttpRequest,
    *,
    made: MadeFactor | None = None,
    codes: tuple[str, ...] = (),
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    person_of_actor(actor)
    context = {
        "in_force": has_second_factor(actor.person_id),
        "made": made,
        "qr": _qr(made.address) if made else "",
        "codes": codes,
        "codes_left": recovery_left(actor.person_id),
        "sessions": sessions_of(actor, request.session.session_key),
        "errors": errors or fault_told(request),
        "passkeys": passkeys_of(actor),
        "identities": identities_of(actor),
        "providers": providers(),
        "knows_passkeys": knows_passkeys(request),
    }
    return render(request, "accounts/my_security.html", context, status=422 if errors else 200)


def _qr(address: str) -> str:
    import segno  # noqa: PLC0415 - a tenth of a second that every start would pay

    return segno.make(address, error="m").svg_data_uri(scale=4)
