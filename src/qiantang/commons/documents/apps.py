"""AppConfig: finds the templates which every app declares."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "qiantang.commons.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        autodiscover_modules("rules")
