"""AppConfig: finds the purposes which every app declares."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "qiantang.commons.audit"
    label = "audit"
    verbose_name = "Audit journal"

    def ready(self) -> None:
        autodiscover_modules("rules")
