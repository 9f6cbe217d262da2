"""Numbers as they were published: frozen by operators, and beside each what comes out today, and why it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.metrics import api
from qiantang.commons.ui.api import render
from qiantang.corpus.measures import tables
from qiantang.corpus.measures.policies import may_freeze
from qiantang.kernel.errors import Invalid, NotPermitted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_LONGEST = 200  # characters of a title
_SHOWN = 200  # records that came or went, on the page


@require_POST
def indicator_freeze(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 the word of the address
    """Keep the number of the page as it is published.

    errors  NotPermitted · Invalid ``metrics.frozen_title`` · those of ``commons.metrics.api.freeze_value``
    """
    decision = may_freeze(actor_of(request))
    if not decision:
        raise NotPermitted(decision.code)
    title = request.POST.get("title", "").strip()[:_LONGEST]
    if not title:
        raise Invalid("metrics.frozen_title")
    question = api.question_from(request.POST.dict() | {"metric": id, "by": ""})
    kept = api.freeze_value(actor=actor_of(request), question=question, title=title)
    messages.success(request, _("Frozen as number %(number)s.") % {"number": kept.number})
    return redirect("measures:frozen-page", kept.number)


@require_GET
def frozen_list(request: HttpRequest) -> HttpResponse:
    """All numbers that were frozen, the newest first."""
    language = get_language() or "zh-hans"
    rows = [(one, tables.frozen_name(one, language), tables.frozen_value(one)) for one in api.frozen.frozen_values()]
    return render(request, "measures/frozen_list.html", {"rows": rows})


@require_GET
def frozen_page(request: HttpRequest, number: int) -> HttpResponse:
    """One frozen number beside what the same question gives today: what came, what went, and why."""
    told, language = api.frozen.compare_frozen(number), get_language() or "zh-hans"
    now = told.now
    context = {
        "told": told,
        "kept": told.frozen,
        "name": tables.frozen_name(told.frozen, language),
        "then_value": tables.frozen_value(told.frozen),
        "now_value": tables.shown(now.value, now.metric.decimals),
        "now_reason": tables.reason(now.reason, language),
        "unit": now.metric.unit.told(language),
        "facts": tables.facts(now, language),
        "why": [(tables.change_word(word), many) for word, many in sorted(told.why.items())],
        "changes": [(one, tables.change_word(one.why)) for one in told.changes[:_SHOWN]],
    }
    return render(request, "measures/frozen_page.html", context)
