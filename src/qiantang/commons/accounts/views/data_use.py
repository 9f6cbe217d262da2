"""What personal data are used for: for everybody in figures, for a person what concerns them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.selectors.people import actor_of, person_of_actor, public_contacts
from qiantang.commons.audit import api as audit
from qiantang.commons.audit.types import STORES, Basis
from qiantang.commons.ui.api import render

if TYPE_CHECKING:
    from qiantang.commons.accounts.types import Person
    from qiantang.commons.audit.types import Consent, Purpose, PurposeTold, Store
    from qiantang.kernel.actor import Actor

_BASES = {
    Basis.CONSENT: _("Consent of the person"),
    Basis.DUTY: _("Statutory duty"),
    Basis.PUBLISHED: _("Published already by an office"),
}
_USES_SHOWN = 20


@require_GET
def data_use(request: HttpRequest) -> HttpResponse:
    """Every purpose with basis, data, retention and how often data were used for it; who may be asked."""
    context = {"rows": [_row(told) for told in audit.purposes()], "contacts": public_contacts()}
    return render(request, "accounts/data_use.html", context)


@require_http_methods(["GET", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """What the signed-in person agreed to and can withdraw, and the uses of data they made."""
    actor = actor_of(request)
    person = person_of_actor(actor)
    if request.method == "POST":
        speak = audit.withdraw_consent if request.POST.get("action") == "withdraw" else audit.give_consent
        speak(actor=actor, purpose=request.POST.get("purpose", ""), person_id=person.id)
        return HttpResponseRedirect(reverse("accounts:my-data"))
    context = {
        "person": person,
        "rows": _asked(actor, person),
        "stores": [_store(one) for one in STORES],
        "uses": [_use(told) for told in _own(actor)],
    }
    return render(request, "accounts/my_data.html", context)


@require_GET
def receipt(request: HttpRequest, use: int) -> HttpResponse:
    """The receipt of one use as JSON, for whom made it and for operators."""
    told = audit.receipt(actor_of(request), use)
    response = HttpResponse(json.dumps(told, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{use}.json"'
    return response


def _store(told: Store) -> dict[str, object]:
    return {
        "code": told.code,
        "title": gettext(told.title),
        "retention": gettext(told.retention),
        "url": reverse(told.url_name),
    }


def _row(told: PurposeTold) -> dict[str, object]:
    purpose = told.purpose
    return {
        "code": purpose.code,
        "title": gettext(purpose.title),
        "basis": gettext(_BASES[purpose.basis]),
        "source": gettext(purpose.source),
        "personal": gettext(purpose.personal),
        "retention": gettext(purpose.retention),
        "by_consent": purpose.basis is Basis.CONSENT,
        "uses": told.uses,
        "agreeing": told.agreeing,
    }


def _asked(actor: Actor, person: Person) -> list[dict[str, object]]:
    """The purposes which the person is asked to agree to, or did agree to, with the consent that holds now."""
    now = timezone.now()
    valid: dict[str, Consent] = {}
    for one in audit.consents_of(actor, person.id):  # newest first
        if one.withdrawn_at is None and one.until > now:
            valid.setdefault(one.purpose, one)
    return [
        {**_row(told), "consent": valid.get(told.purpose.code)}
        for told in audit.purposes()
        if told.purpose.basis is Basis.CONSENT and (told.purpose.code in valid or _is_asked_here(told.purpose, person))
    ]


def _is_asked_here(purpose: Purpose, person: Person) -> bool:
    return not purpose.asked_at and (not purpose.audience or bool(purpose.audience & person.roles))


def _own(actor: Actor) -> list[audit.Entry]:
    return [one for one in audit.uses(actor) if one.actor_id == actor.person_id][:_USES_SHOWN]


def _use(told: audit.Entry) -> dict[str, object]:
    return {
        "number": told.sequence,
        "at": told.at,
        "purpose": told.facts["purpose"],
        "scope": told.facts["scope"],
        "receipt_url": reverse("accounts:data-use-receipt", args=[told.sequence]),
    }
