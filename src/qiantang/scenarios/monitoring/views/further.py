"""Further pages of monitoring: movements, networks, clusters, what is ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.metrics.api import import_figures
from qiantang.corpus.measures.api import import_condition_list
from qiantang.kernel.errors import NotPermitted
from qiantang.scenarios.monitoring.forms import ahead_of, band_of, condition_of, sheet_of, tied_of, way_of
from qiantang.scenarios.monitoring.policies import may_import
from qiantang.scenarios.monitoring.selectors import (
    alerts,
    clusters,
    flows,
    moves,
    network,
    network_lists,
    other_rights,
    outlook,
    outlook_lists,
    reconciliation,
    world,
)
from qiantang.scenarios.monitoring.views.public import shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_ROWS_TOLD = 10


@require_GET
def flows_page(request: HttpRequest) -> HttpResponse:
    """Rights that move between cities."""
    return shown(request, "flows", flows.flows_panel)


@require_GET
def transfer_list(request: HttpRequest) -> HttpResponse:
    """The transfers behind one band of the diagram."""
    origin, destination = band_of(request.GET)
    return shown(request, "flows", lambda _actor, asked: flows.transfers_between(asked, origin, destination))


@require_GET
def moves_page(request: HttpRequest) -> HttpResponse:
    """Inventors who went from one applicant to another."""
    return shown(request, "moves", moves.moves_panel)


@require_GET
def move_list(request: HttpRequest) -> HttpResponse:
    """The applications behind a number of inventors who moved."""
    way, city, span = way_of(request.GET)
    return shown(request, "moves", lambda _actor, asked: moves.moves_behind(asked, way, city, span))


@require_GET
def network_page(request: HttpRequest) -> HttpResponse:
    """Who applies together."""
    return shown(request, "network", network.network_panel)


@require_GET
def network_list(request: HttpRequest) -> HttpResponse:
    """The applications, parties or links behind a number of the network."""
    what, ends = tied_of(request.GET)
    return shown(request, "network", lambda _actor, asked: network_lists.behind(asked, what, ends))


@require_GET
def clusters_page(request: HttpRequest) -> HttpResponse:
    """Clusters of inventive activity."""
    return shown(request, "clusters", clusters.clusters_panel)


@require_GET
def outlook_page(request: HttpRequest) -> HttpResponse:
    """What will expire or lapse."""
    return shown(request, "outlook", outlook.outlook_panel)


@require_GET
def outlook_list(request: HttpRequest) -> HttpResponse:
    """The rights behind a number of the outlook."""
    what, month, group = ahead_of(request.GET)
    return shown(request, "outlook", lambda _actor, asked: outlook_lists.rights_ahead(asked, what, month, group))


@require_GET
def world_page(request: HttpRequest) -> HttpResponse:
    """Key industries in the world."""
    return shown(request, "world", world.world_panel)


@require_GET
def other_rights_page(request: HttpRequest) -> HttpResponse:
    """Trade marks, indications, cases, demonstration firms on the same time axis."""
    return shown(
        request, "other-rights", other_rights.other_rights_panel, {"may_import": bool(may_import(actor_of(request)))}
    )


@require_POST
def figures_import(request: HttpRequest) -> HttpResponse:
    """Keep an input sheet; what was kept and what was refused is said on the page.

    errors  NotPermitted · Invalid ``monitoring.sheet`` and those of ``commons.metrics.api.import_figures`` and
            ``corpus.measures.api.import_condition_list``
    """
    actor = actor_of(request)
    decision = may_import(actor)
    if not decision:
        raise NotPermitted(decision.code)
    sheet, condition = sheet_of(request.POST, request.FILES), condition_of(request.POST)
    if condition is None:
        report = import_figures(actor=actor, **sheet._asdict())
    else:
        report = import_condition_list(actor=actor, condition=condition, **sheet._asdict())
    told = _("%(kept)s of %(read)s rows were kept, %(refused)s refused.") % {
        "kept": report.kept,
        "read": report.read,
        "refused": len(report.refused),
    }
    rows = "; ".join(f"{row.row}: {gettext(row.reason)}" for row in report.refused[:_ROWS_TOLD])
    messages.info(request, f"{told} {rows}".strip())
    return redirect("monitoring:other-rights")


@require_GET
def reconciliation_page(request: HttpRequest) -> HttpResponse:
    """Our numbers beside published ones."""
    return shown(request, "reconciliation", reconciliation.reconciliation_panel)


@require_GET
def alerts_page(request: HttpRequest) -> HttpResponse:
    """What the rules found."""
    return shown(request, "alerts", alerts.alerts_panel)
