"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "qiantang.commons.ui"
    label = "ui"
    verbose_name = "components"
