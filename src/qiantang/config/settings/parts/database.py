"""Where rows live: SQLite in the home by default, PostgreSQL for a city."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from qiantang.config.env import Environment, SettingError

# DEFERRED transactions that read before they write fail under contention; IMMEDIATE ones wait their turn.
_SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 134217728; PRAGMA cache_size = -20000"
    ),
}


def sqlite_at(path: str) -> dict[str, Any]:
    """Django's description of an SQLite database in the file ``path``."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": dict(_SQLITE_OPTIONS),
        "CONN_MAX_AGE": None,
    }


def database_at(url: str) -> dict[str, Any]:
    """Django's description of the database at ``url``.

    url     ``sqlite:///relative``, ``sqlite:////absolute`` or ``postgresql://user:password@host:port/name?option=value``;
            a socket folder is given as ``?host=/folder``
    errors  SettingError
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise SettingError("QIANTANG_DATABASE_URL names no database")
    if parts.scheme == "sqlite":
        return sqlite_at(name)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def database_of(environment: Environment) -> dict[str, Any]:
    """The database which the environment asks for; without a word, SQLite in the home."""
    if environment.database_url is not None:
        return database_at(environment.database_url)
    return sqlite_at(str(environment.home / "qiantang.sqlite3"))


DATABASES = {"default": database_of(Environment.read())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
