"""What is counted and measured in the register."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "qiantang.corpus.measures"
    label = "measures"
    verbose_name = "Measures"

    def ready(self) -> None:
        from qiantang.commons.metrics.api import declare_metrics
        from qiantang.corpus.measures.rules import METRICS, cards  # noqa: F401 - declares the cards of what figures are made of

        # by name: it reads the register, which not every command does
        declare_metrics(self.label, "qiantang.corpus.measures.api.RegisterMeter", METRICS)
