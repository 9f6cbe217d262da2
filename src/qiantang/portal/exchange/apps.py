"""AppConfig."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "qiantang.portal.exchange"
    label = "exchange"
    verbose_name = "Exchange with other platforms"
