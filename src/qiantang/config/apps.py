"""The house itself as a Django app: its system checks."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "qiantang.config"
    label = "house"

    def ready(self) -> None:
        import_module("qiantang.config.checks")
