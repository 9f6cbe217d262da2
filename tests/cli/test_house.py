"""Whether a home has to be brought up to date is told by names alone where nothing is to be done."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations import executor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from qiantang.cli.house import _behind, _migrations

pytestmark = pytest.mark.django_db


def test_the_names_are_those_that_django_finds():
    assert _migrations() == set(MigrationLoader(None).disk_migrations)


def test_a_home_of_this_version_is_not_behind_and_no_migration_is_read(monkeypatch):
    monkeypatch.setattr(executor, "MigrationExecutor", None)
    assert not _behind()


@pytest.mark.parametrize("app", ["query", "sessions"])
def test_a_home_that_lacks_one_is_behind(app):
    last = MigrationRecorder(connection).migration_qs.filter(app=app).last()
    assert last is not None
    last.delete()
    assert _behind()


def test_what_a_later_version_applied_is_no_reason():
    MigrationRecorder(connection).record_applied("query", "9999_of_a_later_version")
    assert not _behind()
