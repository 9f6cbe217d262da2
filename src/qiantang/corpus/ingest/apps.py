"""Loading patent files into the register."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "qiantang.corpus.ingest"
    label = "ingest"
    default_auto_field = "django.db.models.BigAutoField"
