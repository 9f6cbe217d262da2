"""Regional innovation monitoring."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "qiantang.scenarios.monitoring"
    label = "monitoring"
    verbose_name = "regional innovation monitoring"

    def ready(self) -> None:
        from qiantang.commons.metrics.api import declare_metrics
        from qiantang.scenarios.monitoring.rules.movement import METRICS

        # by name: it reads the register, which not every command does
        declare_metrics(self.label, "qiantang.scenarios.monitoring.selectors.movement.MovementMeter", METRICS)
