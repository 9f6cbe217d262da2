"""The builder: a query made of rows, shown as it grows, without writing the language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods import builder as rows
from qiantang.scenarios.query.selectors import builder, desk
from qiantang.scenarios.query.types import DeskRequest
from qiantang.scenarios.query.types.asking import Plan

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_GET
def build_query(request: HttpRequest) -> HttpResponse:
    """Rows in the address to the query they make; ``q`` opens a query as rows; ``do`` is the button that was pressed."""
    given = {name: request.GET.getlist(name) for name in request.GET}
    do = request.GET.get("do", "")
    context: dict[str, Any] = {"class_word": request.GET.get("class_word", "")[:200].strip()}
    plan = rows.changed(_plan(given, context), do)
    made, flaws = builder.made_of(plan)
    if do == "run" and not made.errors:
        return _on_to(request, "/search?" + urlencode({"q": made.query}))
    context |= {
        "plan": plan,
        "fields": builder.field_options(),
        "groups": builder.group_forms(plan, flaws),
        "made": made,
        "pressed": do,
        "written": builder.written_rows(plan),
        "classes": builder.classes_found(actor_of(request), context["class_word"]),
    }
    part = "made" if request.headers.get("HX-Target") == "made" else "builder"
    return render(request, "query/builder.html", context, fragment=part)


def _plan(given: dict[str, list[str]], context: dict[str, Any]) -> Plan:
    """The rows of the address, those of the query in ``q``, or the blank form."""
    if "gj" in given:
        return rows.plan_from(given)
    text = (given.get("q") or [""])[0]
    try:
        opened = rows.plan_of(register.parse(text[:2_000]))
    except Invalid as error:
        context |= {"error": desk.fault(DeskRequest(text), error), "refused_query": urlencode({"q": text})}
        return rows.BLANK
    return opened if opened.groups else rows.BLANK


def _on_to(request: HttpRequest, address: str) -> HttpResponse:
    """Off to another page, also where htmx asked for a part of this one."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
