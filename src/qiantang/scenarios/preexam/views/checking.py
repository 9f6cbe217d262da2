"""The pre-submission check: without an account, and nothing of the draft is stored, logged or put into an address.

The result is downloaded from the page itself (a data address), so that the draft need not come a second time.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.forms import OFFICES, TYPES, CheckForm, WrongForm
from qiantang.scenarios.preexam.methods.telling import as_csv, described
from qiantang.scenarios.preexam.selectors import checking
from qiantang.scenarios.preexam.services import disputes
from qiantang.scenarios.preexam.types import REFUSALS, Report

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PAGE = "preexam/check.html"


@never_cache
@sensitive_post_parameters("text")
@require_http_methods(["GET", "POST"])
def check_draft(request: HttpRequest) -> HttpResponse:
    """The form; with a draft, findings beside its text."""
    context: dict[str, Any] = {"types": TYPES, "offices": OFFICES, "most": CheckForm.MOST}
    if request.method == "GET":
        return render(request, _PAGE, context)
    form = CheckForm(request.POST, request.FILES)
    context["typed"] = form.as_typed()
    if not form.is_valid():
        context["errors"] = [{"text": text, "href": f"#{name}"} for name, told in form.errors.items() for text in told]
        return render(request, _PAGE, context, status=400)
    actor = actor_of(request)
    try:
        draft = checking.draft_of(actor, form.source())
        result = checking.checked(actor, draft, form.wanted())
    except Invalid as refused:
        if refused.code not in REFUSALS:
            raise
        sentence, step = REFUSALS[refused.code]
        text = f"{_(sentence) % refused.facts} {_(step) % refused.facts}"
        context["errors"] = [{"text": text, "href": "#text" if refused.code == "preexam.no_text" else "#file"}]
        return render(request, _PAGE, context, status=400)
    context |= {"result": result, "downloads": _downloads(result.report)}
    return render(request, _PAGE, context)


@never_cache
@sensitive_post_parameters("excerpt")
@require_POST
def report_wrong(request: HttpRequest) -> HttpResponse:
    """Note that a finding is wrong, and say thank you: in its place, or on a page of its own without scripts."""
    disputes.report_wrong_finding(actor=actor_of(request), told=WrongForm(request.POST).told())
    return render(request, "preexam/thanks.html", fragment="thanks")


def _downloads(report: Report) -> list[tuple[str, str, str]]:
    """(name of the file, what the link says, data address)."""
    told = json.dumps(described(report), ensure_ascii=False, indent=2).encode()
    table = as_csv(report).encode()
    return [
        ("findings.json", "JSON", f"data:application/json;base64,{base64.b64encode(told).decode()}"),
        ("findings.csv", "CSV", f"data:text/csv;charset=utf-8;base64,{base64.b64encode(table).decode()}"),
    ]
