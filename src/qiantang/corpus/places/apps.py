"""AppConfig; nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "qiantang.corpus.places"
    label = "places"
    verbose_name = "Places"
