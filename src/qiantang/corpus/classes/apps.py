"""AppConfig; nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "qiantang.corpus.classes"
    label = "classes"
    verbose_name = "Classes"
