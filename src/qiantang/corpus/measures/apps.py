"""What is counted and measured in the register."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "qiantang.corpus.measures"
    label = "measures"
    verbose_name = "Measures"

    def ready(self) -> None:
        from qiantang.commons.metrics.api import declare_metrics
        from qiantang.corpus.measures.api import METRICS, RegisterMeter

        declare_metrics(self.label, RegisterMeter(), METRICS)
