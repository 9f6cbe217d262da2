"""Opening the house for commands that need Django: settings, apps, and a database with all its tables."""

from __future__ import annotations

from qiantang.kernel.errors import Invalid


def open_house() -> None:
    """Settings and apps; no database yet.

    errors  Invalid ``command.setting`` where a variable of the environment holds what it cannot mean
    """
    import django
    from django.conf import settings

    if not settings.configured:
        from qiantang.config.env import SettingError, choose_settings

        try:
            choose_settings()
            django.setup()
        except SettingError as error:
            raise Invalid("command.setting", said=str(error)) from None


def open_office() -> None:
    """The same with the database brought up to date: the first command in a new home makes it."""
    open_house()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
