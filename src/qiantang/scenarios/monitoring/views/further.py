"""Further pages of monitoring: movements, networks, clusters, what is ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from qiantang.scenarios.monitoring.forms import city_or_unknown
from qiantang.scenarios.monitoring.selectors import alerts, clusters, flows, network, outlook
from qiantang.scenarios.monitoring.views.public import shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def flows_page(request: HttpRequest) -> HttpResponse:
    """Rights that move between cities."""
    return shown(request, "flows", flows.flows_panel)


@require_GET
def transfer_list(request: HttpRequest) -> HttpResponse:
    """The transfers behind one band of the diagram."""
    origin, destination = (city_or_unknown(request.GET.get(name, "")) for name in ("origin", "destination"))
    return shown(request, "flows", lambda _actor, asked: flows.transfers_between(asked, origin, destination))


@require_GET
def network_page(request: HttpRequest) -> HttpResponse:
    """Who applies together."""
    return shown(request, "network", network.network_panel)


@require_GET
def clusters_page(request: HttpRequest) -> HttpResponse:
    """Clusters of inventive activity."""
    return shown(request, "clusters", clusters.clusters_panel)


@require_GET
def outlook_page(request: HttpRequest) -> HttpResponse:
    """What will expire or lapse."""
    return shown(request, "outlook", outlook.outlook_panel)


@require_GET
def alerts_page(request: HttpRequest) -> HttpResponse:
    """What the rules found."""
    return shown(request, "alerts", alerts.alerts_panel)
