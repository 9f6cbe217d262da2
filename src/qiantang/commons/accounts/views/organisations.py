"""For whom a person acts: mandates asked for, granted, refused, revoked; the organisation of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.forms import MandateForm
from qiantang.commons.accounts.selectors.organisations import (
    mandates_of,
    mandates_to_settle,
    organisation_ids,
    organisations_named,
)
from qiantang.commons.accounts.selectors.people import actor_of, person_of_actor
from qiantang.commons.accounts.services.mandates import (
    register_organisation,
    request_mandate,
    revoke_mandate,
    settle_mandate,
)
from qiantang.commons.accounts.types import ACTING_FOR, MANDATE_SCOPES, REFUSALS, MandateState
from qiantang.commons.refdata.types import REFUSALS as OF_NUMBERS
from qiantang.commons.ui.api import Tone, render
from qiantang.kernel.errors import Conflict, Invalid

if TYPE_CHECKING:
    from qiantang.commons.accounts.types import Mandate
    from qiantang.kernel.actor import Actor

_TONES = {
    MandateState.REQUESTED: Tone.WAIT,
    MandateState.COMING: Tone.PLAIN,
    MandateState.IN_FORCE: Tone.GOOD,
    MandateState.ENDED: Tone.PLAIN,
    MandateState.REFUSED: Tone.HARM,
    MandateState.REVOKED: Tone.HARM,
}
_ENDS = frozenset({MandateState.REQUESTED, MandateState.COMING, MandateState.IN_FORCE})


@never_cache
@require_http_methods(["GET", "POST"])
def my_organisations(request: HttpRequest) -> HttpResponse:
    """Mandates of the signed-in person, requests that wait for them, and the form for a new one."""
    actor = actor_of(request)
    person_of_actor(actor)
    if request.method == "GET":
        return _page(request, actor, MandateForm(initial={"start_date": timezone.localdate()}), [])
    form = MandateForm(request.POST)
    errors = [{"text": str(text), "href": f"#id_{name}"} for name, texts in form.errors.items() for text in texts]
    if not errors:
        try:
            _asked(actor, form)
        except (Invalid, Conflict) as error:
            told = {**REFUSALS, **OF_NUMBERS}[error.code]
            field = "uscc" if error.code in OF_NUMBERS else _FIELDS.get(error.code, "uscc")
            errors = [{"text": " ".join(gettext(text) % error.facts for text in told), "href": f"#id_{field}"}]
    if errors:
        return _page(request, actor, form, errors)
    return HttpResponseRedirect(reverse("accounts:my-organisations"))


_FIELDS = {
    "accounts.organisation_name": "name",
    "accounts.mandate_dates": "end_date",
    "accounts.mandate_evidence": "evidence",
    "accounts.mandate_scope": "scopes",
}


def _asked(actor: Actor, form: MandateForm) -> None:
    told = form.cleaned_data
    organisation = register_organisation(actor=actor, uscc=told["uscc"], name=told["name"])
    request_mandate(
        actor=actor,
        organisation_id=organisation.id,
        scopes=told["scopes"],
        start_date=told["start_date"],
        end_date=told["end_date"],
        evidence=told["evidence"],
    )


@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Act for an organisation from now on in this session, or for oneself again."""
    actor = actor_of(request)
    person_of_actor(actor)
    wanted = request.POST.get("organisation", "")
    if wanted.isdecimal() and int(wanted) in organisation_ids(actor):
        request.session[ACTING_FOR] = int(wanted)
    else:
        request.session.pop(ACTING_FOR, None)
    return HttpResponseRedirect(reverse("accounts:my-organisations"))


@require_POST
def mandate_settle(request: HttpRequest, mandate: int) -> HttpResponse:
    """Grant or refuse a request."""
    grant, reason = request.POST.get("answer") == "grant", request.POST.get("reason", "")
    settle_mandate(actor=actor_of(request), mandate_id=mandate, grant=grant, reason=reason)
    return HttpResponseRedirect(reverse("accounts:my-organisations"))


@require_POST
def mandate_end(request: HttpRequest, mandate: int) -> HttpResponse:
    """End a mandate, or take a request back."""
    revoke_mandate(actor=actor_of(request), mandate_id=mandate)
    return HttpResponseRedirect(reverse("accounts:my-organisations"))


def _page(request: HttpRequest, actor: Actor, form: MandateForm, errors: list[dict[str, str]]) -> HttpResponse:
    keys = organisation_ids(actor)
    context = {
        "mandates": [_row(one) for one in mandates_of(actor)],
        "waiting": [_row(one) for one in mandates_to_settle(actor)],
        "choices": sorted(organisations_named(keys).values(), key=lambda one: one.name),
        "acting_for": actor.organisation_id,
        "scopes": [{"key": one.key, "title": gettext(one.title)} for one in MANDATE_SCOPES],
        "form": form,
        "chosen": form["scopes"].value() or [],
        "errors": errors,
    }
    return render(request, "accounts/my_organisations.html", context, status=422 if errors else 200)


def _row(mandate: Mandate) -> dict[str, object]:
    words = {
        MandateState.REQUESTED: gettext("asked for"),
        MandateState.COMING: gettext("not begun"),
        MandateState.IN_FORCE: gettext("in force"),
        MandateState.ENDED: gettext("ended"),
        MandateState.REFUSED: gettext("refused"),
        MandateState.REVOKED: gettext("revoked"),
    }
    titles = [gettext(MANDATE_SCOPES[key].title) if key in MANDATE_SCOPES else key for key in sorted(mandate.scopes)]
    return {
        "mandate": mandate,
        "state": words[mandate.state],
        "tone": _TONES[mandate.state],
        "titles": titles,
        "ends": mandate.state in _ENDS,
    }
