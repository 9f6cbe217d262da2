"""Addresses of monitoring."""

from __future__ import annotations

from django.urls import path

from qiantang.scenarios.monitoring.views import further, outlines, public

app_name = "monitoring"
urlpatterns = [
    path("monitoring", public.city_page, name="city"),
    path("monitoring/districts", public.districts_page, name="districts"),
    path("monitoring/benchmark", public.benchmark_page, name="benchmark"),
    path("monitoring/rankings", public.rankings_page, name="rankings"),
    path("monitoring/structure", public.structure_page, name="structure"),
    path("monitoring/flows", further.flows_page, name="flows"),
    path("monitoring/flows/list", further.transfer_list, name="transfer-list"),
    path("monitoring/moves", further.moves_page, name="moves"),
    path("monitoring/moves/list", further.move_list, name="move-list"),
    path("monitoring/network", further.network_page, name="network"),
    path("monitoring/network/list", further.network_list, name="network-list"),
    path("monitoring/clusters", further.clusters_page, name="clusters"),
    path("monitoring/outlook", further.outlook_page, name="outlook"),
    path("monitoring/outlook/list", further.outlook_list, name="outlook-list"),
    path("monitoring/world", further.world_page, name="world"),
    path("monitoring/alerts", further.alerts_page, name="alerts"),
    path("monitoring/other-rights", further.other_rights_page, name="other-rights"),
    path("monitoring/other-rights/sheets", further.figures_import, name="figures-import"),
    path("monitoring/reconciliation", further.reconciliation_page, name="reconciliation"),
    path("monitoring/records", public.record_list, name="record-list"),
    path("monitoring/outlines/<str:codes>.json", outlines.outlines, name="outlines"),
]
