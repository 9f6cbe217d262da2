"""The drill: back up a home in use, restore it into a new one, compare counts, journal and evidence; and an old release's data."""

from __future__ import annotations

import json
import shutil
import sqlite3

import pytest

from tests.cli.test_cli import asked, errors, gazette, several
from tests.starting import furnish, start, surroundings

pytestmark = pytest.mark.feature("X-33")


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A home with a register, a person, evidence and their journal; and its backup."""
    home, place = tmp_path_factory.mktemp("used") / "home", tmp_path_factory.mktemp("kept")
    file = place / "photo.txt"
    file.write_text("a photo")
    table = gazette(place / "1.csv", 1)
    furnish(home)
    made = start(["operator", "lin"], environment=surroundings(home), place=home, said="seven quiet rivers\n")
    assert made.returncode == 0, made.stderr
    done = several(
        ("import", str(table)),
        ("evidence", "deposit", str(file), "--keep", "--no-package"),
        ("backup", str(place / "backup")),
        home=home,
    )
    assert [code for code, _ in done] == [0, 0, 0], done
    return home, place / "backup", done[2][1]


def test_a_backup_restored_into_a_new_home_is_the_same_house(used, tmp_path):
    home, backup, told = used
    new = tmp_path / "new"
    ended = start(["restore", str(backup), "--json"], environment=surroundings(new), place=tmp_path)
    assert ended.returncode == 0, ended.stderr
    restored = json.loads(ended.stdout)
    assert restored["proofs"] == dict.fromkeys(restored["proofs"], True)
    assert len(restored["proofs"]) == 3
    assert restored["tables"] == told["tables"]
    assert told["tables"]["accounts_account"] == 1
    assert told["audit"][0] > 0
    assert told["evidence"][0] == 1
    whole, log, found, again = several(
        ("audit", "verify"),
        ("evidence", "log"),
        ("search", "阀门", "--count"),
        ("backup", str(tmp_path / "two")),
        home=new,
    )
    assert whole == (0, {"valid": True, "first_broken": None})
    assert (log[1]["size"], log[1]["root"]) == (1, told["evidence"][1])
    assert found[1]["total"] == asked("search", "阀门", "--count", home=home)["total"] > 0
    assert again[1]["tables"] == told["tables"]
    keys = sorted(path.relative_to(home) for path in (home / "evidence" / "keys").iterdir())
    assert keys
    for key in keys:
        assert (new / key).read_bytes() == (home / key).read_bytes()
        assert (new / key).stat().st_mode & 0o077 == 0


def test_a_changed_missing_or_added_file_is_found_and_nothing_is_restored(used, tmp_path):
    _home, backup, _told = used
    assert asked("backup", str(backup), "--check", home=tmp_path / "none")["files"] > 0
    broken = tmp_path / "broken"
    for spoil, said in (
        (lambda: (broken / "home" / "secret-key").write_text("x"), "changed: home/secret-key"),
        ((broken / "home" / "secret-key").unlink, "missing: home/secret-key"),
        (lambda: (broken / "home" / "more").write_text("x"), "not in the manifest: home/more"),
        ((broken / "manifest.json").unlink, "manifest.json"),
    ):
        shutil.rmtree(broken, ignore_errors=True)
        shutil.copytree(backup, broken)
        spoil()
        done = start(["restore", str(broken)], environment=surroundings(tmp_path / "new"), place=tmp_path)
        assert done.returncode == 2
        assert said in done.stderr
        assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten(used, tmp_path):
    home, backup, _told = used
    assert errors(("restore", str(backup)), ("backup", str(backup)), ("backup", str(home / "in")), home=home) == [
        "command.restore_home",
        "command.backup_target",
        "command.backup_target",
    ]
    assert tmp_path.exists()


OLD = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
executor = MigrationExecutor(connection)
first = {}
for app, name in sorted(executor.loader.graph.nodes):
    if name.startswith("0001"):
        first[app] = name
ours = {app: name for app, name in first.items() if executor.loader.get_migration(app, name).__module__.startswith("qiantang")}
executor.migrate(sorted(ours.items()))
old = MigrationExecutor(connection).loader.project_state(sorted(ours.items())).apps
account = old.get_model("accounts", "Account").objects.create(username="lin", display_name="林", password="!")
old.get_model("accounts", "RoleGrant").objects.create(account=account, role="operator")
old.get_model("notices", "Notice").objects.create(
    person=account, kind="test.old", key="k", subject="s", link="/", created_at=timezone.now()
)
print(len(ours))
"""


def test_data_of_the_first_release_are_brought_up_to_date(tmp_path):
    """Each room at its first migration, with rows; any command brings it up to date, and the rows are there."""
    home = tmp_path / "home"
    home.mkdir()
    told = surroundings(home, DJANGO_SETTINGS_MODULE="qiantang.config.settings.dev")
    made = start([], environment=told, place=home, code=OLD)
    assert made.returncode == 0, made.stderr
    assert asked("audit", "verify", home=home) == {"valid": True, "first_broken": None}
    pattern = tmp_path / "pattern"
    furnish(pattern)

    def read(place, sql):
        line = sqlite3.connect(place / "qiantang.sqlite3")
        try:
            return line.execute(sql).fetchall()
        finally:
            line.close()

    applied = "SELECT app, name FROM django_migrations ORDER BY app, name"
    assert read(home, applied) == read(pattern, applied)
    assert read(home, "SELECT username, display_name FROM accounts_account") == [("lin", "林")]
    assert read(home, "SELECT role FROM accounts_rolegrant") == [("operator",)]
    assert read(home, "SELECT key, read_at FROM notices_notice") == [("k", None)]
    columns = "SELECT name FROM pragma_table_info('notices_notice') ORDER BY name"
    assert read(home, columns) == read(pattern, columns)
