"""Notices by e-mail: the address, its confirmation, and for what it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.notices.forms import MailForm
from qiantang.commons.notices.selectors.inbox import ensure_inbox
from qiantang.commons.notices.selectors.mails import address_confirmed_by, mail_settings
from qiantang.commons.notices.services import addressing
from qiantang.commons.notices.types import KINDS, REFUSALS, MailState
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.commons.notices.types import MailSettings
    from qiantang.kernel.actor import Actor


@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """The form, and what stands now."""
    actor = actor_of(request)
    told, fault, typed = mail_settings(actor), "", None
    if request.method == "POST":
        form = MailForm(request.POST)
        form.is_valid()  # a kind nobody knows is not ticked; the address is judged by the service
        typed = form.cleaned_data.get("address", "")
        try:
            _save(request, actor, form, told)
        except Invalid as error:
            sentence, step = REFUSALS[error.code]
            fault = f"{_(sentence) % error.facts} {_(step) % error.facts}"
        else:
            return HttpResponseRedirect(reverse("notices:settings"))
    context = {
        "mail": told,
        "typed": told.address if typed is None else typed,
        "errors": [{"text": fault, "href": "#address"}] if fault else [],
        "kinds": [{"code": kind.code, "label": _(kind.label), "on": told.kinds[kind.code]} for kind in KINDS],
        "languages": settings.LANGUAGES,
    }
    return render(request, "notices/settings.html", context, status=422 if fault else 200)


def _save(request: HttpRequest, actor: Actor, form: MailForm, before: MailSettings) -> None:
    given = form.cleaned_data
    state = addressing.set_mail_address(
        actor=actor, address=given.get("address", ""), language=given.get("language") or before.language
    )
    if "kinds" in given:
        addressing.set_mail_wishes(actor=actor, wanted=form.wishes())
    if state is MailState.WAITING:
        messages.info(request, _("We have written to this address. Open the link in our mail to confirm it."))
    else:
        messages.success(request, _("Saved."))


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The link of our mail leads here; a click confirms, so that no machine that follows links does."""
    actor = actor_of(request)
    ensure_inbox(actor)
    token = request.POST.get("token", "") or request.GET.get("token", "")
    if request.method == "POST":
        addressing.confirm_mail_address(actor=actor, token=token)
        messages.success(request, _("Confirmed. Notices come to this address from now on."))
        return HttpResponseRedirect(reverse("notices:settings"))
    address = address_confirmed_by(token, actor.person_id or 0)
    return render(request, "notices/address_confirm.html", {"address": address, "token": token})
