"""Applicants, holders and agencies under one name, beside the names as filed."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "qiantang.corpus.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"
