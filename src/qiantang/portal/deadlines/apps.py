"""AppConfig; nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "qiantang.portal.deadlines"
    label = "deadlines"
    verbose_name = "Deadlines of patents"
