"""AppConfig; nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "qiantang.commons.files"
    label = "files"
    verbose_name = "Files"
