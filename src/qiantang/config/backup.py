"""The whole home as a backup: database, files, keys, register and index; and back again, with every digest held against it.

The database is one consistent state (SQLite's own copy, or pg_dump under one snapshot) and is taken before the files: what a row
names is on disk before the row is there, so the files that are copied afterwards hold all that the rows name. While it runs no
load of the register begins. A backup holds the keys of the house: whoever has it can open what is confidential.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from qiantang.disk import alone
from qiantang.kernel.errors import Conflict, Invalid, Unavailable

FORM = "qiantang-backup/1"
MANIFEST = "manifest.json"
_SQLITE, _DUMP = "database.sqlite3", "database.dump"
_FILES = "home"
_AT_ONCE = 1 << 20
# Not part of the state: locks, what is being written, the database itself (copied by its own means).
_LEFT_OUT = (".migrating", "lock", "*.lock", "*.tmp", "*.sqlite3", "*.sqlite3-wal", "*.sqlite3-shm", "staging-*")
Ask = Callable[[str], list[tuple[Any, ...]]]
Database = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a backup holds, or a home after it was restored."""

    files: int
    size_bytes: int
    rows: int
    tables: dict[str, int]
    audit: tuple[int, str]
    evidence: tuple[int, str]


def back_up(home: Path, database: Database, target: Path) -> Found:
    """Write the home into an empty or new folder.

    database    as in Django's DATABASES
    errors      Invalid ``command.backup_target`` · Conflict ``register.load_running`` · Unavailable ``command.backup_tool``
    """
    if home.resolve() in (target.resolve(), *target.resolve().parents) or (target.exists() and any(target.iterdir())):
        raise Invalid("command.backup_target", given=str(target))
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _no_load(home):
        told = _sqlite_copied(database, target) if _is_sqlite(database) else _dumped(database, target)
        files = [_copied(home, one, target / _FILES) for one in _files_of(home)]
    state = told["state"]
    manifest = {
        "form": FORM,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": {"file": told["file"], "sha256": _digest(target / told["file"]), **state},
        "files": files,
    }
    draft = target / f"{MANIFEST}.draft"
    draft.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(target / MANIFEST)  # a backup without it was interrupted, and is none
    return _found(manifest)


def checked(source: Path) -> Found:
    """Hold every file of a backup against its digest.

    errors  Invalid ``command.backup_broken`` with what is missing, changed or too much
    """
    return _found(_verified(source))


def restore(source: Path, home: Path, database: Database) -> Found:
    """Bring a backup into a home that is new or empty; nothing is written before every digest was found right.

    errors  Invalid ``command.backup_broken``, ``command.restore_home`` · Unavailable ``command.backup_tool``
    """
    manifest = _verified(source)
    if home.exists() and any(home.iterdir()):
        raise Invalid("command.restore_home", given=str(home))
    sqlite = manifest["database"]["file"] == _SQLITE
    if sqlite != _is_sqlite(database):
        raise Invalid("command.restore_database", given=manifest["database"]["file"])
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in manifest["files"]:
        place = home / one["path"]
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / _FILES / one["path"], place)
        place.chmod(one["mode"])
    if sqlite:
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / _SQLITE, database["NAME"])
    else:
        _run(
            ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={database['NAME']}", str(source / _DUMP)],
            database,
        )
    return _found(manifest)


def state_of(ask: Ask, tables: list[str]) -> dict[str, Any]:
    """Rows of each table, the head of the journal and the newest checkpoint of the evidence log, as the database has them."""
    counts = {name: int(ask(f'SELECT COUNT(*) FROM "{name}"')[0][0]) for name in tables}  # noqa: S608 - names of tables that the database gave

    def last(sql: str, table: str) -> list[Any]:
        rows = ask(sql) if table in counts else []
        return list(rows[0]) if rows else [0, ""]

    return {
        "tables": counts,
        "audit": last("SELECT sequence, digest FROM audit_audithead ORDER BY id LIMIT 1", "audit_audithead"),
        "evidence": last(
            "SELECT size, root FROM evidence_checkpoint ORDER BY size DESC LIMIT 1", "evidence_checkpoint"
        ),
    }


def sqlite_state(path: Path) -> dict[str, Any]:
    """The state of an SQLite database in a file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as line:
        names = [name for (name,) in line.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return state_of(
            lambda sql: line.execute(sql).fetchall(), [one for one in names if not one.startswith("sqlite_")]
        )


# --- the database -----------------------------------------------------------------------------------------------------


def _is_sqlite(database: Database) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")


def _sqlite_copied(database: Database, target: Path) -> dict[str, Any]:
    place = target / _SQLITE
    with closing(sqlite3.connect(str(database["NAME"]))) as line:
        line.execute("VACUUM INTO ?", (str(place),))
    place.chmod(0o600)
    return {"file": _SQLITE, "state": sqlite_state(place)}


def _dumped(database: Database, target: Path) -> dict[str, Any]:
    """pg_dump under the snapshot in which the rows are counted: both are of the same moment."""
    import psycopg  # noqa: PLC0415 - where the database is PostgreSQL

    options = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    given = {name: str(database[key]) for name, key in options.items() if database.get(key)}
    with psycopg.connect(**given) as line:  # type: ignore[arg-type]  # names and texts of a connection
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = str(line.execute("SELECT pg_export_snapshot()").fetchall()[0][0])
        found = line.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        ).fetchall()
        state = state_of(lambda sql: line.execute(sql.encode()).fetchall(), [str(one[0]) for one in found])
        place = target / _DUMP
        _run(["pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={place}", database["NAME"]], database)
    place.chmod(0o600)
    return {"file": _DUMP, "state": state}


def _run(command: list[str], database: Database) -> None:
    known = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    told = {name: str(database[key]) for name, key in known.items() if database.get(key)}
    try:
        done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed program
    except OSError as fault:
        raise Unavailable("command.backup_tool", tool=command[0], said=str(fault)) from fault
    if done.returncode:
        raise Unavailable("command.backup_tool", tool=command[0], said=done.stderr[-300:])


# --- the files --------------------------------------------------------------------------------------------------------


@contextmanager
def _no_load(home: Path) -> Iterator[None]:
    place = home / "register" / "lock"
    if not place.parent.is_dir():
        yield
        return
    with alone(place) as mine:
        if not mine:
            raise Conflict("register.load_running")
        yield


def _files_of(home: Path) -> list[Path]:
    return sorted(one for one in home.rglob("*") if one.is_file() and not _is_left_out(one.relative_to(home)))


def _is_left_out(path: Path) -> bool:
    return any(Path(part).match(pattern) for part in path.parts for pattern in _LEFT_OUT)


def _copied(home: Path, one: Path, into: Path) -> dict[str, Any]:
    path = one.relative_to(home)
    place = into / path
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(one, place)
    place.chmod(0o600)
    mode = one.stat().st_mode & 0o777
    return {"path": path.as_posix(), "size": place.stat().st_size, "sha256": _digest(place), "mode": mode}


def _digest(place: Path) -> str:
    found = sha256()
    with place.open("rb") as content:
        while piece := content.read(_AT_ONCE):
            found.update(piece)
    return found.hexdigest()


def _verified(source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
        if manifest["form"] != FORM:
            raise Invalid("command.backup_broken", said=f"form {manifest['form']}")
        expected = {f"{_FILES}/{one['path']}": one["sha256"] for one in manifest["files"]}
        expected[manifest["database"]["file"]] = manifest["database"]["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Invalid("command.backup_broken", said=f"{MANIFEST}: {type(fault).__name__}") from fault
    there = {one.relative_to(source).as_posix() for one in source.rglob("*") if one.is_file()} - {MANIFEST}
    faults = [f"missing: {one}" for one in sorted(set(expected) - there)]
    faults += [f"not in the manifest: {one}" for one in sorted(there - set(expected))]
    faults += [f"changed: {one}" for one in sorted(there & set(expected)) if _digest(source / one) != expected[one]]
    if faults:
        raise Invalid("command.backup_broken", said="; ".join(faults[:5]), faults=len(faults))
    return manifest


def _found(manifest: Mapping[str, Any]) -> Found:
    told = manifest["database"]
    return Found(
        files=len(manifest["files"]),
        size_bytes=sum(one["size"] for one in manifest["files"]),
        rows=sum(told["tables"].values()),
        tables=dict(told["tables"]),
        audit=(told["audit"][0], told["audit"][1]),
        evidence=(told["evidence"][0], told["evidence"][1]),
    )
