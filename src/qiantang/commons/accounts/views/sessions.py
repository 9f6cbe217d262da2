"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import LoginView, LogoutView

from qiantang.commons.accounts.selectors.people import actor_for, actor_of, address_of
from qiantang.commons.accounts.services import people as services

if TYPE_CHECKING:
    from django.contrib.auth.forms import AuthenticationForm
    from django.http import HttpRequest, HttpResponse


class SessionStart(LoginView):
    """Sign in. Each attempt counts before its password is looked at; the brake answers 429 and says how long."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        services.begin_sign_in(username=request.POST.get("username", ""), address=address_of(request))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        asked = actor_of(self.request)
        actor = actor_for(form.get_user(), asked.channel, asked.correlation_id)
        response = super().form_valid(form)
        services.complete_sign_in(
            actor=actor,
            username=form.cleaned_data["username"],
            address=address_of(self.request),
        )
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        form: AuthenticationForm = told["form"]
        errors = [(text, "#id_username") for text in form.non_field_errors()]
        errors += [(text, f"#id_{name}") for name in form.fields for text in form.errors.get(name, ())]
        return {**told, "errors": [{"text": text, "href": href} for text, href in errors]}


class SessionEnd(LogoutView):
    """Sign out; by POST only, then back to the home page."""
