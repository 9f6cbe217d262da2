"""AppConfig."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "qiantang.commons.evidence"
    label = "evidence"
    verbose_name = "Evidence"
