"""Settings: databases, template loaders, the policy sent to the browser."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from qiantang.config import checks
from qiantang.config.env import PROJECT_ROOT, SettingError
from qiantang.config.settings.parts.database import database_at, sqlite_at


def _start(settings_module, **variables):
    there = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT_ROOT / "src"), **variables}
    command = [sys.executable, "-W", "error", "-c", f"import {settings_module}"]
    return subprocess.run(command, env=there, check=False, capture_output=True, text=True)


def test_a_postgresql_address_in_full():
    described = database_at("postgresql://me:p%40ss@db.example.org:5433/city?sslmode=require")
    assert described["ENGINE"] == "django.db.backends.postgresql"
    assert (described["NAME"], described["USER"], described["PASSWORD"]) == ("city", "me", "p@ss")
    assert (described["HOST"], described["PORT"]) == ("db.example.org", "5433")
    assert described["OPTIONS"] == {"sslmode": "require"}


def test_a_postgresql_address_by_socket():
    described = database_at("postgresql:///city?host=/run/postgresql")
    assert (described["NAME"], described["HOST"], described["PORT"]) == ("city", "/run/postgresql", "")


def test_an_sqlite_address():
    assert database_at("sqlite:////srv/city.sqlite3")["NAME"] == "/srv/city.sqlite3"


def test_an_address_without_a_database():
    with pytest.raises(SettingError, match="QIANTANG_DATABASE_URL"):
        database_at("postgresql://host")


def test_sqlite_transactions_begin_as_writers():
    assert sqlite_at("x")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert sqlite_at("x")["OPTIONS"]["timeout"] == 20


@pytest.mark.django_db
@pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="pragmas are SQLite's")
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 1),
        ("foreign_keys", 1),
        ("cache_size", -20000),
        ("mmap_size", 134217728),
    ],
)
def test_an_open_connection_has_the_pragmas(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def test_the_template_loaders_are_in_order_and_a_change_is_reported(settings):
    assert checks.template_loaders_are_in_order(None) == []
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {"loaders": ["django_cotton.cotton_loader.Loader"]}}]
    assert [fault.id for fault in checks.template_loaders_are_in_order(None)] == ["qiantang.E001"]


def test_scripts_run_by_nonce_only():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    allowed = {str(one) for sources in directives.values() for one in sources}
    assert not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"}


def test_dev_starts_with_nothing_set_and_writes_only_its_secret(tmp_path):
    done = _start("qiantang.config.settings.dev", QIANTANG_HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    assert [one.name for one in (tmp_path / "home").iterdir()] == ["secret-key"]


def test_production_starts_with_a_secret_only():
    refused = _start("qiantang.config.settings.prod", QIANTANG_ENV="prod")
    assert refused.returncode == 1
    assert "QIANTANG_SECRET_KEY" in refused.stderr
    started = _start("qiantang.config.settings.prod", QIANTANG_ENV="prod", QIANTANG_SECRET_KEY="k" * 40)
    assert started.returncode == 0, started.stderr


def test_a_cluster_that_is_not_there_is_refused_rather_than_ignored():
    refused = _start("qiantang.config.settings.test", QIANTANG_LAKE_URL="sc://lake:15002")
    assert refused.returncode == 1
    assert "QIANTANG_LAKE_URL" in refused.stderr


def test_the_address_of_a_search_cluster_chooses_its_engine():
    """Nothing else does, and nobody connects before there is something to ask."""
    url = "https://me:secret@search1:9200,search2/city"
    shown = "as told; print(told.SEARCH_ADAPTER, sorted(told.SEARCH_OPTIONS.items()))"
    started = _start(f"qiantang.config.settings.test {shown}", QIANTANG_SEARCH_URL=url, QIANTANG_SEARCH_REPLICAS="2")
    chosen = "qiantang.engines.search.opensearch.OpenSearchEngine"
    assert started.stdout.strip() == f"{chosen} {[('replicas', 2), ('shards', 3), ('url', url)]}", started.stderr
