"""The cockpit."""

from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "qiantang.portal.cockpit"
    label = "cockpit"
    verbose_name = "cockpit"
