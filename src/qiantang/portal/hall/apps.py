"""Django's handle on the hall."""

from __future__ import annotations

from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "qiantang.portal.hall"
    label = "hall"
    verbose_name = "service hall"
