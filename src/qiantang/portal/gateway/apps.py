"""Django's handle on the gateway."""

from __future__ import annotations

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "qiantang.portal.gateway"
    label = "gateway"
    verbose_name = "open API"
