"""AppConfig; nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class RefdataConfig(AppConfig):
    name = "qiantang.commons.refdata"
    label = "refdata"
    verbose_name = "Reference data"
