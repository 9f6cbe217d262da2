"""AppConfig: finds the kinds of notices which every app declares."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "qiantang.commons.notices"
    label = "notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        autodiscover_modules("rules")
