"""AppConfig; nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "qiantang.commons.accounts"
    label = "accounts"
    verbose_name = "Accounts"
