"""The commands that care for the register."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.cli.test_cli import asked, errors, gazette, several
from tests.starting import DATABASE, furnish, surroundings


@pytest.mark.feature("X-29")
def test_layers_are_merged_snapshots_pinned_and_pruned(tmp_path):
    home = tmp_path / "home"
    files = [str(gazette(tmp_path / f"{first}.csv", first)) for first in (1, 101, 201, 301)]
    calls = [("import", file) for file in files]
    done = several(
        *calls,
        ("compact",),
        ("pin", "2", "--reason", "white paper"),
        ("prune", "--keep", "1"),
        ("snapshots",),
        ("compact",),
        home=home,
    )
    assert [code for code, _ in done] == [0] * len(done)
    merged, pinned, pruned, listed, again = (document for _, document in done[4:])
    assert merged.keys() == {"snapshot", "layers_before", "layers_after", "records_written"}
    assert pinned == {"snapshot": 2, "pinned": True}
    assert pruned.keys() == {"pruned", "kept", "freed_bytes"}
    assert (merged["layers_before"], merged["layers_after"], merged["records_written"]) == (4, 1, 120)
    assert (pruned["pruned"], pruned["kept"]) == ([1, 3], [2, 4])
    told = [(s["number"], s["patents"], s["layers"], s["pinned"]) for s in listed["snapshots"]]
    assert told == [(2, 60, 2, "white paper"), (4, 120, 1, None)]
    assert again["records_written"] == 0
    assert asked("search", "阀门", "--count", home=home)["total"] == 120
    loose, gone = several(("pin", "2", "--remove"), ("prune", "--keep", "1"), home=home)
    assert loose == (0, {"snapshot": 2, "pinned": False})
    assert (gone[1]["pruned"], gone[1]["kept"]) == ([2], [4])


def test_what_cannot_be_pinned_or_pruned_is_told(tmp_path):
    told = errors(("pin", "7"), ("prune", "--keep", "0"), home=tmp_path / "home")
    assert told == ["register.snapshot_unknown", "command.keep"]


def together(home, *words):
    """The same command three times at once, each in an interpreter of its own: exit codes, and what was said."""
    calls, told = [[sys.executable, *words]] * 3, surroundings(home)
    started = [subprocess.Popen(one, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for one in calls]
    said = [[part.decode() for part in one.communicate(timeout=240)] for one in started]
    return [one.returncode for one in started], said


def test_processes_that_start_together_where_nothing_is_find_no_tables(tmp_path):
    """Each may be the one that makes the file of the database; none is in another's way."""
    codes, said = together(
        tmp_path / "home", "-c", "from qiantang.cli import house; house.open_house(); print(house._behind())"
    )
    assert (codes, [out for out, _ in said]) == ([0] * 3, ["True\n"] * 3), said


def test_processes_that_start_together_in_a_home_that_lacks_tables_make_them_once(tmp_path):
    """It lacks two and not all: to make all takes twenty CPU seconds, and whoever waits for them waits no otherwise."""
    home = tmp_path / "home"
    furnish(home)
    with closing(sqlite3.connect(home / DATABASE)) as line:
        asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'deadlines%' ORDER BY name"
        tables = [name for (name,) in line.execute(asked)]
        assert len(tables) == 2
        for name in tables:
            line.execute(f'DROP TABLE "{name}"')
        line.execute("DELETE FROM django_migrations WHERE app = 'deadlines'")
        line.commit()
    codes, said = together(home, "-m", "qiantang.cli", "audit", "verify", "--json")
    assert codes == [0] * 3, said
    with closing(sqlite3.connect(home / DATABASE)) as line:
        assert [name for (name,) in line.execute(asked)] == tables
        assert list(line.execute("SELECT name FROM django_migrations WHERE app = 'deadlines'")) == [("0001_initial",)]
