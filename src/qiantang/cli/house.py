"""Opening the house for commands that need Django: settings, apps, and a database with all its tables."""

from __future__ import annotations

from qiantang.disk import alone
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
    """The same with the database brought up to date: the first command in a new home makes it.

    Of processes that start together one makes it; the others wait for that and find it done.
    """
    open_house()
    if not _behind():
        return
    from django.conf import settings
    from django.core.management import call_command

    with alone(settings.QIANTANG_HOME / ".migrating", wait=True):
        if _behind():
            call_command("migrate", verbosity=0, interactive=False)


def _behind() -> bool:
    """Whether some table is not yet as this version wants it.

    Each command asks. Names tell most of them that nothing is to be done; to read what stands in a hundred migrations takes
    twenty times as long.
    """
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    if _migrations() <= set(MigrationRecorder(connection).applied_migrations()):
        return False
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations() -> set[tuple[str, str]]:
    """App and name of every migration of this version, as Django's own loader finds them."""
    from pathlib import Path
    from pkgutil import iter_modules

    from django.apps import apps

    return {
        (app.label, one.name)
        for app in apps.get_app_configs()
        for one in iter_modules([str(Path(app.path) / "migrations")])
        if not one.ispkg and one.name[0] not in "_~"
    }
