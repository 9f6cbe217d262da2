"""The table of quirks is true: every row names tests that are there, and no folder of real files is without a row."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.architecture.house import ROOT
from tests.real.test_readers_real import DATA

PAGE = ROOT / "tests" / "real" / "README.md"
ROW = re.compile(r"^\| (?P<folder>[\w*-]+) \| (?P<quirk>.+) \| (?P<tests>.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
HEADS = {"folder"}
ROWS = [found for found in ROW.finditer(PAGE.read_text(encoding="utf-8")) if found["folder"] not in HEADS | {"---"}]


@cache
def written() -> dict[str, list[set[str]]]:
    """File name -> the tests of each file of that name."""
    found: dict[str, list[set[str]]] = {}
    for path in (*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "src").rglob("test_*.py")):
        functions = {one.name for one in ast.parse(path.read_text("utf-8")).body if isinstance(one, ast.FunctionDef)}
        found.setdefault(path.name, []).append(functions)
    return found


def test_every_test_that_the_table_names_is_there() -> None:
    assert len(ROWS) > 90
    for row in ROWS:
        named = TEST.findall(row["tests"])
        assert ", ".join(f"`{module}::{test}`" for module, test in named) == row["tests"], row["quirk"]
        for module, test in named:
            (functions,) = [one for one in written().get(module, []) if test in one] or [set()]
            assert test in functions, f"{module}::{test}"


def test_no_line_of_the_table_is_passed_over() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(lines) == len(ROWS) + 2 * 3  # three tables, of which each has two lines of its own


@pytest.mark.real
@pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here")
def test_every_folder_of_real_files_has_a_row_and_every_row_a_folder() -> None:
    assert {row["folder"] for row in ROWS} - {"*"} == {path.name for path in DATA.iterdir() if path.is_dir()}
