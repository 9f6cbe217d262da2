"""A list of old files by the command: counts, reasons, exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qiantang.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.django_db
@pytest.mark.feature("X-09")
def test_a_list_is_brought_in_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.csv"
    path.write_text("原编号,标题\n杭知预〔2009〕15号,一种水泵的预审\n,no number\n", encoding="utf-8")
    assert main(["old-files", str(path), "--origin", "局", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["kept"], told["merged"], told["refused"]) == (2, 1, 0, 1)
    assert told["reasons"] == {"casework.old_number_missing": 1}
