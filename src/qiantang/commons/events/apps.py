"""AppConfig: finds the handlers of every app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "qiantang.commons.events"
    label = "events"
    verbose_name = "Events"

    def ready(self) -> None:
        autodiscover_modules("handlers")
