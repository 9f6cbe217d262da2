"""Tutorials and how-tos are executed: their files are written, their commands run, and what they promise must be printed.

A fence ``csv patents.csv`` is a file to write. In a fence ``console`` a line with ``$`` is a command, which may end in
``< FILE``; the lines after it are lines of what it prints. Commands that serve until they are stopped are left to the
journeys.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, shown
from tests.starting import furnish, start, surroundings

HOW_TOS = [one for one in sorted((ROOT / "docs" / "howto").glob("*.md")) if "```console" in one.read_text("utf-8")]
TUTORIALS = [*sorted((ROOT / "docs" / "tutorials").glob("*.md")), *HOW_TOS]
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVES = {"./run demo", "./run serve"}
DONE_OR_FINDINGS = (0, 1)


def run(command: str, place: Path) -> str:
    """What ``./run qiantang …`` prints, run in a home of its own, without setting an environment up."""
    assert command.startswith("./run qiantang "), command
    words, _, given = command.partition(" < ")
    said = (place / given).read_text("utf-8") if given else ""
    around = surroundings(place / "home", QIANTANG_ENV="dev")
    furnish(place / "home")
    done = start(shlex.split(words)[2:], environment=around, place=place, said=said)
    told = f"{command}\n{done.stdout}{done.stderr}"
    assert done.returncode in DONE_OR_FINDINGS, told
    assert "Traceback" not in done.stderr, told  # Python, too, ends with 1
    return done.stdout + done.stderr


@pytest.mark.parametrize("tutorial", TUTORIALS, ids=shown)
def test_tutorial(tutorial: Path, tmp_path: Path) -> None:
    ran = []
    for language, name, text in FENCE.findall(tutorial.read_text(encoding="utf-8")):
        if name:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        elif language == "console":
            printed = ""
            for line in text.splitlines():
                if line.startswith("$ "):
                    command = line.removeprefix("$ ")
                    ran.append(command)
                    printed = "" if command in SERVES else run(command, tmp_path)
                else:
                    assert line in printed.splitlines()
    assert ran
