"""Regional innovation monitoring."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "qiantang.scenarios.monitoring"
    label = "monitoring"
    verbose_name = "regional innovation monitoring"
