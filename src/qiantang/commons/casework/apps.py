"""AppConfig: finds the kinds of cases which every app declares."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CaseworkConfig(AppConfig):
    name = "qiantang.commons.casework"
    label = "casework"
    verbose_name = "Cases"

    def ready(self) -> None:
        autodiscover_modules("workflow")
