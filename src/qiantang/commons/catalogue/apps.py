"""AppConfig: opens the manifest of every app."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "qiantang.commons.catalogue"
    label = "catalogue"
    verbose_name = "Service catalogue"

    def ready(self) -> None:
        from qiantang.commons.catalogue.services import register_manifests

        register_manifests()
