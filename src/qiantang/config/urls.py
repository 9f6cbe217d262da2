"""Every address of the platform: one line an app."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from qiantang.config import health, metrics, refusals

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("api/problems", refusals.explained, name="refusals-explained"),
    path("language/", set_language, name="set_language"),
    path("ui/", include("qiantang.commons.ui.urls")),
    path("", include("qiantang.commons.accounts.urls")),
    path("", include("qiantang.commons.notices.urls")),
    path("", include("qiantang.commons.rulebook.urls")),
    path("", include("qiantang.commons.documents.urls")),
    path("", include("qiantang.commons.casework.urls")),
    path("", include("qiantang.corpus.parties.urls")),
    path("", include("qiantang.corpus.register.urls")),
    path("", include("qiantang.corpus.measures.urls")),
    path("", include("qiantang.corpus.ingest.urls")),
    path("", include("qiantang.scenarios.query.urls")),
    path("", include("qiantang.scenarios.protection.urls")),
    path("", include("qiantang.scenarios.preexam.urls")),
    path("", include("qiantang.scenarios.monitoring.urls")),
    path("", include("qiantang.scenarios.navigation.urls")),
    path("", include("qiantang.portal.cockpit.urls")),
    path("", include("qiantang.portal.gateway.urls")),
    path("", include("qiantang.portal.deadlines.urls")),
    path("", include("qiantang.portal.exchange.urls")),
    path("", include("qiantang.portal.hall.urls")),
]

handler400 = "qiantang.config.refusals.bad_request"
handler403 = "qiantang.config.refusals.forbidden"
handler404 = "qiantang.config.refusals.address_unknown"
handler500 = "qiantang.config.refusals.failed"
