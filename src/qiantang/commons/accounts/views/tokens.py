"""A person's own tokens: made, shown once, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.forms import TokenForm
from qiantang.commons.accounts.selectors.people import actor_of
from qiantang.commons.accounts.selectors.tokens import tokens_of
from qiantang.commons.accounts.services.tokens import forget_token, make_token, revoke_token
from qiantang.commons.accounts.types import REFUSALS, SCOPES, TOKEN_DAYS, TokenState
from qiantang.commons.ui.api import Tone, render
from qiantang.kernel.errors import Conflict, Invalid

if TYPE_CHECKING:
    from qiantang.commons.accounts.types import MadeToken, Token
    from qiantang.kernel.actor import Actor

_DAYS_AT_FIRST = 90
_TONES = {TokenState.LIVE: Tone.GOOD, TokenState.EXPIRED: Tone.PLAIN, TokenState.REVOKED: Tone.HARM}


@never_cache
@require_http_methods(["GET", "POST"])
def my_tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the signed-in person, and the form for a new one, whose text is shown in this answer only."""
    actor = actor_of(request)
    shown = {**_shown(actor), "chosen": [], "days_chosen": _DAYS_AT_FIRST}
    if request.method == "GET":
        return render(request, "accounts/my_tokens.html", shown)
    form = TokenForm(request.POST)
    errors = [{"text": text, "href": f"#id_{field}"} for field, texts in form.errors.items() for text in texts]
    if not errors:
        try:
            made = make_token(actor=actor, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            errors = [{"text": gettext(REFUSALS[error.code][0]) % error.facts, "href": "#id_name"}]
        else:
            return render(request, "accounts/my_tokens.html", {**shown, **_shown(actor, made)})
    typed = {
        "errors": errors,
        "name": request.POST.get("name", ""),
        "chosen": request.POST.getlist("scopes"),
        "days_chosen": int(form.cleaned_data.get("days", _DAYS_AT_FIRST)),
    }
    return render(request, "accounts/my_tokens.html", {**shown, **typed}, status=422)


@require_POST
def token_revoke(request: HttpRequest, key: str) -> HttpResponse:
    """End a token at once."""
    revoke_token(actor=actor_of(request), key=key)
    return HttpResponseRedirect(reverse("accounts:my-tokens"))


@require_POST
def token_forget(request: HttpRequest, key: str) -> HttpResponse:
    """Take an ended token out of the list."""
    forget_token(actor=actor_of(request), key=key)
    return HttpResponseRedirect(reverse("accounts:my-tokens"))


def _shown(actor: Actor, made: MadeToken | None = None) -> dict[str, object]:
    return {
        "made": made,
        "rows": [_row(token) for token in tokens_of(actor)],
        "scopes": [{"key": scope.key, "title": gettext(scope.title)} for scope in SCOPES],
        "days": TOKEN_DAYS,
    }


def _row(token: Token) -> dict[str, object]:
    words = {
        TokenState.LIVE: gettext("in use"),
        TokenState.EXPIRED: gettext("expired"),
        TokenState.REVOKED: gettext("revoked"),
    }
    titles = [gettext(SCOPES[key].title) if key in SCOPES else key for key in sorted(token.scopes)]
    live = token.state is TokenState.LIVE
    return {"token": token, "state": words[token.state], "tone": _TONES[token.state], "titles": titles, "live": live}
