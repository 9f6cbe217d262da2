"""Notices by text message, and when one wants to be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.notices.forms import RhythmForm, TextForm
from qiantang.commons.notices.selectors.habits import rhythm_of
from qiantang.commons.notices.selectors.texts import text_settings
from qiantang.commons.notices.services import addressing, numbering
from qiantang.commons.notices.types import KINDS, REFUSALS, MailState, Way
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiantang.kernel.actor import Actor


@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest) -> HttpResponse:
    """Number and kinds."""
    actor = actor_of(request)
    before = text_settings(actor)
    if request.method != "POST":
        return _page(request, actor)
    form = TextForm(request.POST)
    form.is_valid()  # a kind nobody knows is not ticked; the number is judged by the service
    given = form.cleaned_data

    def save() -> None:
        state = numbering.set_text_number(
            actor=actor, number=given.get("number", ""), language=given.get("language") or before.language
        )
        if "kinds" in given:
            addressing.set_mail_wishes(actor=actor, wanted=form.wishes(), way=Way.TEXT)
        if state is MailState.WAITING:
            messages.info(request, _("We have sent a code to this number. Enter it here to confirm the number."))
        else:
            messages.success(request, _("Saved."))

    return _done(request, actor, save, "number", given.get("number", ""))


@require_POST
def confirm_number(request: HttpRequest) -> HttpResponse:
    """The code of our message."""
    actor = actor_of(request)

    def save() -> None:
        numbering.confirm_text_number(actor=actor, code=request.POST.get("code", ""))
        messages.success(request, _("Confirmed. Text messages come to this number from now on."))

    return _done(request, actor, save, "code")


@require_POST
def rhythm(request: HttpRequest) -> HttpResponse:
    """Quiet hours and digest."""
    actor = actor_of(request)
    form = RhythmForm(request.POST)

    def save() -> None:
        numbering.set_rhythm(actor=actor, rhythm=form.rhythm())
        messages.success(request, _("Saved."))

    return _done(request, actor, save, "quiet-from")


def _done(
    request: HttpRequest, actor: Actor, save: Callable[[], None], place: str, typed: str | None = None
) -> HttpResponse:
    try:
        save()
    except Invalid as error:
        sentence, step = REFUSALS[error.code]
        fault = f"{_(sentence) % error.facts} {_(step) % error.facts}"
        return _page(request, actor, errors=[{"text": fault, "href": f"#{place}"}], typed=typed)
    return HttpResponseRedirect(reverse("notices:texts"))


def _page(
    request: HttpRequest, actor: Actor, *, errors: list[dict[str, str]] | None = None, typed: str | None = None
) -> HttpResponse:
    told = text_settings(actor)
    context = {
        "texts": told,
        "typed": told.address if typed is None else typed,
        "errors": errors or [],
        "kinds": [
            {"code": kind.code, "label": _(kind.label), "on": told.kinds[kind.code], "legal": kind.legal}
            for kind in KINDS
        ],
        "languages": settings.LANGUAGES,
        "rhythm": rhythm_of(actor.person_id or 0),
        "digests": [
            ("none", _("One after the other")),
            ("daily", _("Once a day")),
            ("weekly", _("Once a week, on Monday")),
        ],
    }
    return render(request, "notices/texts.html", context, status=422 if errors else 200)
