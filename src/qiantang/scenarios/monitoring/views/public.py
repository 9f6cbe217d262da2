"""Pages of figures: one view, one address each; the same address hands out each chart as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import chart_file, render
from qiantang.kernel.errors import NotPermitted, Unavailable
from qiantang.scenarios.monitoring import policies
from qiantang.scenarios.monitoring.forms import asked_of, question_of
from qiantang.scenarios.monitoring.selectors import asking, benchmark, city, districts, listing, ranked, structure
from qiantang.scenarios.monitoring.services.keeping import want_movements
from qiantang.scenarios.monitoring.views.sheets import sheet_file, shown_sheets

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.monitoring.types import Asked, Panel

TABS = (
    ("city", _("The city")),
    ("districts", _("Districts")),
    ("benchmark", _("Peers")),
    ("rankings", _("Rankings")),
    ("structure", _("Strengths")),
    ("world", _("World")),
    ("flows", _("Transfers")),
    ("moves", _("Inventors")),
    ("network", _("Networks")),
    ("clusters", _("Clusters")),
    ("outlook", _("Outlook")),
    ("other-rights", _("Other rights")),
    ("reconciliation", _("Reconciliation")),
    ("alerts", _("Alerts")),
)


def shown(
    request: HttpRequest, tab: str, build: Callable[[Actor, Asked], Panel], more: Mapping[str, object] | None = None
) -> HttpResponse:
    """The page of a panel, or one of its charts or tables as a file.

    more  what else the template is told
    """
    actor = actor_of(request)
    decision = policies.may_read(actor)
    if not decision:
        raise NotPermitted(decision.code or "monitoring.closed")
    asked = asked_of(request.GET, request.path, timezone.localdate())
    panel = build(actor, asked)
    if panel.waiting is not None:
        wanted = asking.snapshot_number(asked)
        if request.GET.get("as") and not panel.charts:
            raise Unavailable("monitoring.being_made")
        if wanted is not None:
            want_movements(wanted)
    elif request.headers.get("HX-Target") == "waiting":
        return HttpResponse(headers={"HX-Refresh": "true"})  # it is there: the whole page is drawn
    file = chart_file(request, panel.charts) or sheet_file(request, asked, panel)
    if file is not None:
        return file
    then = f"?snapshot={asked.snapshot}" if asked.snapshot else ""  # who reads an older snapshot stays with it
    tabs = [{"label": word, "url": reverse(f"monitoring:{key}") + then, "now": key == tab} for key, word in TABS]
    named = {control.name for control in panel.controls}
    kept = [(name, value) for name, value in asked.query if name not in named]
    sheets = shown_sheets(request, asked, panel)
    context = {"panel": panel, "sheets": sheets, "tabs": tabs, "kept": kept, "asked": asked, **(more or {})}
    return render(request, "monitoring/panel.html", context)


@require_GET
def city_page(request: HttpRequest) -> HttpResponse:
    """The city, or one of its districts, at a glance."""
    return shown(request, "city", city.city_panel)


@require_GET
def districts_page(request: HttpRequest) -> HttpResponse:
    """The districts as a map and a ranked table."""
    return shown(request, "districts", districts.district_panel)


@require_GET
def benchmark_page(request: HttpRequest) -> HttpResponse:
    """The city beside its peers."""
    return shown(request, "benchmark", benchmark.benchmark_panel)


@require_GET
def rankings_page(request: HttpRequest) -> HttpResponse:
    """Rankings with ties and their method."""
    return shown(request, "rankings", ranked.ranked_panel)


@require_GET
def structure_page(request: HttpRequest) -> HttpResponse:
    """Specialisation, concentration, inequality, variety."""
    return shown(request, "structure", structure.structure_panel)


@require_GET
def record_list(request: HttpRequest) -> HttpResponse:
    """The patents behind a number."""
    found = listing.records_page(actor_of(request), question_of(request.GET), request.GET.get("cursor") or None)
    given = request.GET.copy()
    given.pop("cursor", None)
    context = {
        "found": found,
        "title": listing.title_of(found),
        "parted": "；" if asking.language().startswith("zh") else "; ",
        "first_url": f"?{given.urlencode()}" if request.GET.get("cursor") else "",
        "next_url": f"?{given.urlencode()}&cursor={found.next}" if found.next else "",
    }
    return render(request, "monitoring/record_list.html", context)
