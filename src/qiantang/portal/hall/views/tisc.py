"""The desk of the TISC: its year for everybody, and a form for those who keep its records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.portal.hall import policies
from qiantang.portal.hall.methods.tisc import Served
from qiantang.portal.hall.selectors import tisc as reads
from qiantang.portal.hall.selectors.telling import told_of
from qiantang.portal.hall.services.tisc import note_service


@require_http_methods(["GET", "POST"])
def tisc_show(request: HttpRequest) -> HttpResponse:
    """A year of the TISC; ``?year=``."""
    actor, fault = actor_of(request), ""
    if request.method == "POST":
        try:
            _noted(request)
            return HttpResponseRedirect(reverse("hall:tisc-show"))
        except Invalid as refused:
            fault = told_of(refused.code, refused.facts)
    given = request.GET.get("year", "")
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else timezone.localdate().year  # noqa: PLR2004 - a year
    told = reads.tisc_year(year)
    context: dict[str, Any] = {
        "year": year,
        "years": reads.years(),
        "told": told,
        "hours": f"{told.minutes / 60:.1f}",
        "rows": reads.rows_of(told),
        "users": [(reads.USER_NAMES[key], count) for key, count in sorted(told.by_user.items())],
        "outcomes": [(reads.OUTCOME_NAMES[key], count) for key, count in sorted(told.by_outcome.items())],
        "level": reads.LEVEL_NAMES[told.level] if told.level else "",
        "may_keep": bool(policies.may_keep_tisc(actor)),
        "choices": [
            ("kind", list(reads.KIND_NAMES.items())),
            ("user_type", list(reads.USER_NAMES.items())),
            ("outcome", list(reads.OUTCOME_NAMES.items())),
        ],
        "today": timezone.localdate().isoformat(),
        "errors": [{"text": fault, "href": "#kind"}] if fault else [],
    }
    return render(request, "hall/tisc_show.html", context, status=422 if fault else 200)


def _noted(request: HttpRequest) -> None:
    post = request.POST
    served = Served(
        post.get("kind", ""),
        post.get("user_type", ""),
        post.get("user", ""),
        _whole(post.get("people", "1")),
        _whole(post.get("minutes", "")),
        post.get("outcome", ""),
    )
    day = parse_date(post.get("day", "") or "-")
    if day is None:
        raise Invalid("hall.tisc_record")
    note_service(actor=actor_of(request), served=served, day=day, number=post.get("number", "").strip())


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1  # noqa: PLR2004 - digits
