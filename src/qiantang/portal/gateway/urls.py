"""Addresses of the open API."""

from __future__ import annotations

from django.urls import path

from qiantang.portal.gateway.types import PREFIX
from qiantang.portal.gateway.views import operations, public

app_name = "gateway"
urlpatterns = [
    path("api", public.reference, name="reference-show"),
    path(f"{PREFIX[1:]}openapi.json", operations.openapi_json, name="openapi-json"),
    path(PREFIX[1:], operations.api().urls),
]
