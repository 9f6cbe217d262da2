"""AppConfig; nothing else. Rules are found with those of notices: ``rules.py`` of every app."""

from __future__ import annotations

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "qiantang.commons.rulebook"
    label = "rulebook"
    verbose_name = "Rules"
