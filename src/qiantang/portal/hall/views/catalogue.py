"""Services: the list and the search, the page of one, the guide, and the linter for those who keep the catalogue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.methods.guiding import FACTS, MOST_QUESTIONS, needed, next_question
from qiantang.portal.hall.selectors import catalogue as reads
from qiantang.portal.hall.selectors.forms import bundles
from qiantang.portal.hall.selectors.wording import ANSWERS, QUESTIONS, REASONS

_LONGEST = 200
_KNOWN = ("group", "service", *FACTS)


@require_GET
def service_list(request: HttpRequest) -> HttpResponse:
    """All services in four groups; ``?q=`` in everyday words."""
    typed = request.GET.get("q", "").strip()[:_LONGEST]
    context = {
        "typed": typed,
        "found": reads.found_services(typed) if typed else [],
        "groups": reads.cards_by_group(),
        "bundles": [(one.code, reads.said(one.name), reads.said(one.goal)) for one in bundles()],
        "total": len(reads.catalogue().services),
    }
    return render(request, "hall/service_list.html", context)


@require_GET
def service_show(request: HttpRequest, code: str) -> HttpResponse:
    """One service: for whom, what to bring, how long, what it costs, on what it rests, what follows."""
    return render(request, "hall/service_show.html", {"told": reads.service_shown(code), "guide": _guide_url(code)})


def _guide_url(code: str) -> str:
    group = reads.service_by_code(code).group
    return f"{reverse('hall:guide-show')}?{urlencode({'group': group, 'service': code})}"


@require_GET
def guide_show(request: HttpRequest) -> HttpResponse:
    """A question at a time, all in the address: nothing is kept, and the list can be sent to somebody."""
    answers = {key: request.GET[key] for key in _KNOWN if key in request.GET}
    whole = reads.catalogue()
    ask = next_question(whole, answers)
    kept = [(key, value) for key, value in answers.items() if ask is None or key != ask.about]
    context: dict[str, Any] = {"kept": kept, "answered": len(kept), "most": MOST_QUESTIONS}
    if ask is not None:
        options = [{"key": one, "word": _word(ask.about, one)} for one in ask.answers]
        context |= {"ask": ask, "question": QUESTIONS[ask.about], "why": REASONS[ask.about], "options": options}
        context["back"] = f"?{urlencode(kept[:-1])}" if kept else ""
        return render(request, "hall/guide_ask.html", context)
    service = reads.service_by_code(answers["service"])
    lists = needed(whole, service, answers)
    told = [(QUESTIONS[key], _word(key, value)) for key, value in kept if key not in {"group", "service"}]
    context |= {
        "told": reads.service_shown(service.code),
        "now": reads.shown_materials(lists.now),
        "later": reads.shown_materials(lists.later),
        "ours": reads.shown_materials(lists.ours),
        "spared": reads.shown_materials(lists.spared),
        "facts": told,
    }
    return render(request, "hall/guide_list.html", context)


def _word(about: str, answer: str) -> str:
    if about == "group":
        return reads.said(reads.catalogue().groups[answer])
    if about == "service":
        return reads.said(reads.service_by_code(answer).goal)
    return str(ANSWERS[answer])


@require_http_methods(["GET", "POST"])
def catalogue_check(request: HttpRequest) -> HttpResponse:
    """Try a draft of the catalogue against the linter; nothing is kept."""
    decision = policies.may_see_catalogue_desk(actor_of(request))
    if not decision:
        raise NotPermitted(decision.code)
    context: dict[str, Any] = {"draft": "", "rows": [], "checked": False, "errors": []}
    if request.method == "POST":
        draft = request.POST.get("draft", "")
        context |= {"draft": draft, "checked": True}
        try:
            context["rows"] = reads.lint_rows(draft)
        except Invalid as fault:
            context["errors"] = [{"text": str(fault.facts.get("said", "")), "href": "#draft"}]
    return render(request, "hall/catalogue_check.html", context, status=422 if context["errors"] else 200)
