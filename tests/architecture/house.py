"""The house as its tests see it: where things are, which floors and apps there are."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "qiantang"
PYPROJECT = ROOT / "pyproject.toml"
FLOORS_WITH_APPS = ("commons", "corpus", "scenarios", "portal")


def contracts() -> dict[str, dict[str, object]]:
    """The project's own import contracts by name."""
    settings = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    return {one["name"]: one for one in settings["tool"]["importlinter"]["contracts"]}


def layers(contract: str) -> list[str]:
    """The module names of a layers contract, top to bottom, without brackets."""
    lines = contracts()[contract]["layers"]
    return [name.strip(" ()") for line in lines for name in line.split("|")]


def apps() -> list[Path]:
    """The folder of every app that is built."""
    folders = (place for floor in FLOORS_WITH_APPS for place in sorted((SRC / floor).iterdir()))
    return [place for place in folders if (place / "__init__.py").is_file()]


def project_files() -> list[Path]:
    """Every file that is tracked, or would be on the next ``git add``."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return sorted({path for path in paths if path.is_file()})


def python_files() -> list[Path]:
    """The project's Python, migrations left out: they are written by a machine."""
    return [path for path in project_files() if path.suffix == ".py" and "migrations" not in path.parts]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Every class and function of a module, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node
