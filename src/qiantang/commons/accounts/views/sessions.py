"""Signing in and out: password, then a code where the account asks for one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model, login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.selectors.people import actor_for, actor_of, address_of
from qiantang.commons.accounts.selectors.security import has_second_factor, passkeys_of
from qiantang.commons.accounts.services import people as services
from qiantang.commons.accounts.services import security
from qiantang.commons.accounts.services.providers import providers
from qiantang.commons.accounts.services.stepping_up import note_shown, safe_next
from qiantang.commons.accounts.types import REFUSALS
from qiantang.commons.ui.api import render
from qiantang.commons.ui.types import READING_MODE_COOKIE
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.forms import AuthenticationForm
    from django.http import HttpRequest, HttpResponse

_WAITING = "waits_for_code"  # key of the session: account, where it goes, until when the code is awaited
_WAIT_SECONDS = 5 * 60
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SessionStart(LoginView):
    """Sign in. Each attempt counts before its password is looked at; the brake answers 429 and says how long."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        services.begin_sign_in(username=request.POST.get("username", ""), address=address_of(request))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return known(self.request, form.get_user().pk, self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        form: AuthenticationForm = told["form"]
        errors = [(text, "#id_username") for text in form.non_field_errors()]
        errors += [(text, f"#id_{name}") for name in form.fields for text in form.errors.get(name, ())]
        shown = [{"text": text, "href": href} for text, href in errors]
        told["providers"] = providers()
        return {**told, "errors": [*shown, *fault_told(self.request)]}


class SessionEnd(LogoutView):
    """Sign out; by POST only, then back to the home page."""


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def session_code(request: HttpRequest) -> HttpResponse:
    """The code after the password: of the app, or a recovery code. It is awaited for five minutes; each try counts."""
    account_id, goes_to, until = request.session.get(_WAITING) or (0, "/", 0)
    user = get_user_model().objects.filter(pk=account_id, is_active=True).first() if time.time() <= until else None
    if user is None:
        request.session.pop(_WAITING, None)
        return HttpResponseRedirect(reverse("accounts:session-start"))
    if request.method == "GET":
        return render(request, "accounts/session_code.html", {"errors": []})
    services.begin_sign_in(username=user.get_username(), address=address_of(request))
    if not security.check_second_factor(account_id=user.pk, code=request.POST.get("code", "")):
        return render(request, "accounts/session_code.html", {"errors": _told("accounts.code_wrong")}, status=422)
    del request.session[_WAITING]
    login(request, user, backend=BACKEND)
    begun(request, user)
    return HttpResponseRedirect(safe_next(request, goes_to))


@never_cache
@sensitive_post_parameters("recovery_code", "new_password")
@require_http_methods(["GET", "POST"])
def account_recover(request: HttpRequest) -> HttpResponse:
    """A new password with a recovery code, at once, also while signing in is closed from elsewhere."""
    username = request.POST.get("username", "")
    context: dict[str, object] = {"username": username, "errors": []}
    if request.method == "GET":
        return render(request, "accounts/account_recover.html", context)
    # counted apart from signing in: whom others locked out is not locked out of this
    services.begin_sign_in(username=f"{username[:100]} recovery", address=address_of(request))
    try:
        security.recover_account(
            username=username,
            recovery_code=request.POST.get("recovery_code", ""),
            new_password=request.POST.get("new_password", ""),
        )
    except Invalid as error:
        context["errors"] = _told(error.code, **error.facts)
        return render(request, "accounts/account_recover.html", context, status=422)
    return HttpResponseRedirect(reverse("accounts:session-start"))


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def step_up(request: HttpRequest) -> HttpResponse:
    """Show anew who is there: password, and the code where the account has one."""
    user = request.user
    if not user.is_authenticated:
        return HttpResponseRedirect(reverse("accounts:session-start"))
    goes_to = safe_next(request, request.POST.get("next") or request.GET.get("next", "/"))
    with_code = has_second_factor(user.pk)
    context: dict[str, object] = {
        "next": goes_to,
        "with_code": with_code,
        "with_passkey": bool(passkeys_of(actor_of(request))),
        "errors": fault_told(request),
    }
    if request.method == "GET":
        return render(request, "accounts/step_up.html", context)
    services.begin_sign_in(username=user.get_username(), address=address_of(request))
    right = user.check_password(request.POST.get("password", ""))
    if right and with_code:
        right = security.check_second_factor(account_id=user.pk, code=request.POST.get("code", ""))
    if not right:
        context["errors"] = _told("accounts.step_up_wrong")
        return render(request, "accounts/step_up.html", context, status=422)
    stepped_up(request)
    return HttpResponseRedirect(goes_to)


def known(request: HttpRequest, account_id: int, goes_to: str) -> HttpResponseRedirect:
    """Password or provider have said who it is: on to the code where the account asks for one, else the session begins."""
    if has_second_factor(account_id):
        request.session[_WAITING] = [account_id, goes_to, int(time.time()) + _WAIT_SECONDS]
        return HttpResponseRedirect(reverse("accounts:session-code"))
    user = get_user_model().objects.get(pk=account_id)
    login(request, user, backend=BACKEND)
    begun(request, user)
    return HttpResponseRedirect(safe_next(request, goes_to))


def stepped_up(request: HttpRequest) -> None:
    """The person has shown anew who they are, in whatever way."""
    services.complete_step_up(
        actor=actor_of(request), username=request.user.get_username(), address=address_of(request)
    )
    note_shown(request)


def begun(request: HttpRequest, user: AbstractBaseUser) -> None:
    """A session has just begun, in whatever way: journal, list of sessions, and when the person was seen."""
    asked = actor_of(request)
    actor = actor_for(user, asked.channel, asked.correlation_id)
    address = address_of(request)
    services.complete_sign_in(actor=actor, username=user.get_username(), address=address)
    agent = request.headers.get("User-Agent", "")
    security.note_session(actor=actor, session_key=request.session.session_key or "", address=address, agent=agent)
    note_shown(request)
    if mode := services.reading_mode_of(user.pk):
        request.session[READING_MODE_COOKIE] = mode


def fault_told(request: HttpRequest) -> list[dict[str, str]]:
    """What another way of signing in has refused, as the address of the page says it."""
    code = request.GET.get("fault", "")
    return _told(code) if code in _FAULTS and request.method == "GET" else []


_FAULTS = frozenset(
    {
        "accounts.passkey_refused",
        "accounts.passkey_known",
        "accounts.passkey_name",
        "accounts.provider_refused",
        "accounts.provider_unavailable",
        "accounts.identity_unknown",
        "accounts.identity_taken",
    }
)


def _told(code: str, **facts: object) -> list[dict[str, str]]:
    return [{"text": " ".join(gettext(text) % facts for text in REFUSALS[code]), "href": "#id_code"}]
