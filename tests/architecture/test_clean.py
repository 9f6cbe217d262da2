"""Nothing in the project names the machine it was written on, the registry it was fetched from, or the tools of its making."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, project_files, shown

# Put together here, so that this file does not find itself.
MACHINE_PATHS = ["/" + "work" + "/", "/" + "tmp/brief", "/" + "root/", ".pyenv" + "/versions"]
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "npmmirror", "com"),
        ("deb", "debian", "org"),
        ("repo1", "maven", "org"),
        ("repo", "maven", "apache", "org"),
    )
]
TOOLS = [" ".join(words) for words in (("helper", "agent"), ("coding", "agent"), ("AI", "assistant"))]
FORBIDDEN = re.compile("|".join(re.escape(text) for text in MACHINE_PATHS + REGISTRIES + TOOLS), re.IGNORECASE)


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content[:8192]:
            found.append((path, content.decode("utf-8")))
    return found


def test_the_pattern_finds_what_it_is_for() -> None:
    assert FORBIDDEN.search("see " + MACHINE_PATHS[0] + "main")
    assert FORBIDDEN.search("https://" + REGISTRIES[0].upper() + "/simple")
    assert not FORBIDDEN.search("a framework/house of patents")


def test_no_file_names_machine_registry_or_tools() -> None:
    found = []
    for path, text in texts():
        for number, line in enumerate(text.splitlines(), start=1):
            if FORBIDDEN.search(line):
                found.append(f"{shown(path)}:{number}: {line.strip()[:120]}")
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-cluster.lock"])
def test_lock_files_have_digests_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", text)
    pins = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==", text, re.MULTILINE)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(pins) == len(blocks) > 1
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_runtime_lock_is_part_of_the_development_lock() -> None:
    """``./run`` relies on it: an environment for development serves the runtime too."""
    pin = re.compile(r"^[a-z0-9][^ ;\\]*", re.MULTILINE)
    runtime, development = (
        set(pin.findall((ROOT / n).read_text(encoding="utf-8"))) for n in ("requirements.lock", "requirements-dev.lock")
    )
    assert runtime - development == set()


def test_package_lock_has_digests_and_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if not package.get("integrity", "").startswith("sha512-")] == []
