"""AppConfig; nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "qiantang.commons.audit"
    label = "audit"
    verbose_name = "Audit journal"
