"""What is counted and measured in the register."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "qiantang.corpus.measures"
    label = "measures"
    verbose_name = "Measures"
