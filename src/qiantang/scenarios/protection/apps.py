"""AppConfig."""

from __future__ import annotations

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "qiantang.scenarios.protection"
    label = "protection"
    verbose_name = "Protection"
