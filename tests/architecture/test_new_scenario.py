"""The empty form of a scenario is a room as the house wants it, and a bad name is refused before anything is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from tools.new_scenario import ADDRESSES, APPS, write

HEADINGS = ["Purpose", "Words", "Who may what", "States", "Doors", "Where to start", "Sources"]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for place in (APPS, ADDRESSES, "pyproject.toml"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / place, tmp_path / place)
    return tmp_path


def test_the_form_is_whole_and_entered_once_in_each_list(house: Path) -> None:
    written = write(house, "boats")
    readme = next(file for file in written if file.name == "README.md").read_text("utf-8")
    assert re.findall(r"^## (.+)$", readme, re.MULTILINE) == HEADINGS
    for place, line in (
        (APPS, '    "qiantang.scenarios.boats",'),
        (ADDRESSES, '    path("", include("qiantang.scenarios.boats.urls")),'),
    ):
        before, after = (ROOT / place).read_text("utf-8"), (house / place).read_text("utf-8")
        assert after.splitlines().count(line) == 1
        assert after.replace(line + "\n", "") == before
    ruff = Path(sys.executable).with_name("ruff")
    checked = subprocess.run(
        [
            str(ruff),
            "check",
            "--ignore",
            "I001",
            "src/qiantang/scenarios/boats",
        ],  # the order of imports needs the house around
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", ["", "Boats", "two words", "class", "x", "boats2", "register", "a" * 31])
def test_a_bad_name_is_refused_and_nothing_is_written(house: Path, name: str) -> None:
    (house / "src/qiantang/corpus/register").mkdir(parents=True)
    before = (house / APPS).read_text("utf-8")
    with pytest.raises(SystemExit):
        write(house, name)
    assert (house / APPS).read_text("utf-8") == before
    assert not (house / "src/qiantang/scenarios").exists()


def test_a_room_is_not_written_over(house: Path) -> None:
    write(house, "boats")
    with pytest.raises(SystemExit, match="already"):
        write(house, "boats")
