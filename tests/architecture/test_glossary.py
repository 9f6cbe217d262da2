"""The glossary can be read by a machine: four cells a row, each term once, and its identifiers are words of the code."""

from __future__ import annotations

import re
from collections import Counter

from tests.architecture.house import ROOT, python_files

HEADER = ["中文", "English", "identifier", "source"]


def rows() -> list[list[str]]:
    lines = [line for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]] for line in lines]
    return [row for row in cells if row != HEADER and not set("".join(row)) <= set("-: ")]


def test_there_are_rows_of_four_filled_cells() -> None:
    found = rows()
    assert len(found) > 40
    assert [row for row in found if len(row) != len(HEADER) or not all(row)] == []


def test_each_term_stands_once() -> None:
    for column in (0, 1):
        counted = Counter(row[column] for row in rows())
        assert [term for term, times in counted.items() if times > 1] == []


def test_each_identifier_stands_once() -> None:
    counted = Counter(name for row in rows() for name in re.findall(r"`([^`]+)`", row[2]))
    assert [name for name, times in counted.items() if times > 1] == []


def test_identifiers_in_use_are_in_the_code() -> None:
    """A term of a part that is not built yet stands in a table of its own and is not looked for."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").split("## Words of parts to come")[0]
    words = set(re.findall(r"\w+", " ".join(path.read_text(encoding="utf-8") for path in python_files())))
    named = {
        name
        for line in text.splitlines()
        if line.startswith("|")
        for name in re.findall(r"`(\w+)`", line.split("|")[3])
    }
    assert named - words == set()
