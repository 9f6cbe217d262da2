"""The registry of metrics."""

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "qiantang.commons.metrics"
    label = "metrics"
    verbose_name = "Metrics"
