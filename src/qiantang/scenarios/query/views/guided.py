"""Guided search: six questions, each answered or left open, and the query they make."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.query.methods import guided as answers
from qiantang.scenarios.query.selectors import guided

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_GET
def guided_search(request: HttpRequest) -> HttpResponse:
    """One question at a time; all answers live in the address, so that each can be changed and the way back works."""
    told = answers.answers_from({name: request.GET.getlist(name) for name in request.GET})
    here = request.GET.get("step", "")
    step = here if here in answers.STEPS else answers.STEPS[0]
    place = answers.STEPS.index(step)
    made = guided.made_of(told)
    do = request.GET.get("do", "")
    if do == "run" and made.query:
        return HttpResponseRedirect("/search?" + urlencode({"q": made.query}))
    if do == "next" and not made.errors and place + 1 < len(answers.STEPS):
        return HttpResponseRedirect("/search/guided?" + answers.parameters(told, answers.STEPS[place + 1]))
    context = {
        "answers": told,
        "step": step,
        "steps": guided.steps(told, step),
        "question": guided.questions()[step],
        "number": place + 1,
        "last": place + 1 == len(answers.STEPS),
        "made": made,
        "builder_url": "/search/build?" + urlencode({"q": made.query}) if made.query else None,
        "back_url": "/search/guided?" + answers.parameters(told, answers.STEPS[place - 1]) if place else None,
        "options": guided.options(told),
        "classes": guided.offered_classes(actor_of(request), told) if step == "where" else [],
    }
    return render(request, "query/guided.html", context)
