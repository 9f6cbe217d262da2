"""The commands that care for the register."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.test_cli import asked, errors, gazette, several
from tests.starting import surroundings


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


def test_processes_that_start_together_in_a_new_home_make_its_tables_once(tmp_path):
    calls = [[sys.executable, "-m", "qiantang.cli", "audit", "verify", "--json"]] * 3
    told = surroundings(tmp_path / "home")
    started = [subprocess.Popen(one, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for one in calls]
    ended = [(one.communicate(timeout=240)[1].decode(), one.returncode) for one in started]
    assert [code for _, code in ended] == [0, 0, 0], ended
