"""Standards and court cases of patents, brought in as lists."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.navigation import policies
from qiantang.scenarios.navigation.forms import MarkForm
from qiantang.scenarios.navigation.selectors import marks as reads
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.selectors.projects import ensure
from qiantang.scenarios.navigation.selectors.telling import refusal_words
from qiantang.scenarios.navigation.services import marks as services


@require_http_methods(["GET", "POST"])
def mark_list(request: HttpRequest) -> HttpResponse:
    """All marks, to auditors too, and a form to bring in a list."""
    actor = actor_of(request)
    ensure(policies.may_keep_chains(actor) if request.method == "POST" else policies.may_read_marks(actor))
    form = MarkForm(request.POST) if request.method == "POST" else MarkForm()
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            number = services.bring_marks(actor=actor, kind=form.chosen(), text=told["lines"], source=told["source"])
        except Invalid as error:
            form.add_error("lines", refusal_words(error))
        else:
            messages.success(request, _("%(number)s lines are kept.") % {"number": number})
            return HttpResponseRedirect(reverse("navigation:mark-list"))
    context = {
        "marks": reads.marks_shown(actor),
        "kinds": words.MARKS.items(),
        "form": form,
        "may_keep": bool(policies.may_keep_chains(actor)),
        "errors": [{"text": str(told[0]), "href": f"#{name}"} for name, told in form.errors.items()],
    }
    return render(request, "navigation/marks.html", context, status=400 if form.errors else 200)


@require_POST
def mark_remove(request: HttpRequest, key: int) -> HttpResponse:
    services.remove_mark(actor=actor_of(request), key=key)
    messages.success(request, _("Taken out of the list."))
    return HttpResponseRedirect(reverse("navigation:mark-list"))
