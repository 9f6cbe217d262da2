"""The generated pages tell what the code says: shown on a small project made for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import build_reference

TESTS = """
import pytest
pytestmark = [pytest.mark.feature("A-2")]

@pytest.mark.feature("A-1")
def test_by_function(): ...

@pytest.mark.feature("A-1")
class TestMany:
    def test_one(self): ...
"""
CODE = """
from qiantang.kernel.decision import Decision
from qiantang.kernel.errors import Invalid

REFUSALS = {"number.long": ("The number has %(digits)s digits.", "Check it.")}

def read(text):
    if not text:
        raise Invalid("number.empty", given=text)
    if len(text) > 20:
        code = "number.long"
        raise Invalid(code, digits=len(text))
    return Decision.refuse("number.closed")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "tests/test_some.py": TESTS,
        "src/qiantang/numbers.py": CODE,
        "docs/features.toml": '[A-1]\ntier = "M"\ntitle = "One"\n[A-2]\ntier = "S"\ntitle = "Two"\n[A-3]\ntier = "M"\ntitle = "Three"\n',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(build_reference, "ROOT", tmp_path)
    return tmp_path


def test_a_feature_lists_the_tests_that_prove_it(project: Path) -> None:
    text = build_reference.features()
    assert text.startswith(build_reference.FIRST_LINE)
    one, two, three = (text.split(f"## A-{number}\n")[1].split("## ")[0] for number in (1, 2, 3))
    assert "test_some.py::test_by_function" in one
    assert "test_some.py::TestMany" in one
    assert "- [tests/test_some.py](../../tests/test_some.py)" in two
    assert "**open**" in three
    assert "Open: A-3." in text


def test_a_mark_for_an_unknown_feature_is_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "tests" / "test_some.py").write_text(TESTS.replace("A-1", "A-9"), encoding="utf-8")
    with pytest.raises(SystemExit):
        build_reference.features()
    assert "feature 'A-9' is not in docs/features.toml" in capsys.readouterr().err


def test_error_codes_come_with_kind_facts_and_place(project: Path) -> None:
    text = build_reference.error_codes()
    assert "| `number.empty` | Invalid |  | `given` | [numbers.py](../../src/qiantang/numbers.py) |" in text
    assert "| `number.closed` | NotPermitted |  | none |" in text
    assert "| `number.long` | Invalid | The number has %(digits)s digits. Check it. | `digits` |" in text


def test_settings_name_no_folder_of_this_machine() -> None:
    text = build_reference.settings()
    assert "`QIANTANG_HOME`" in text
    assert "`var/home`" in text
    assert str(build_reference.PROJECT_ROOT) not in text


def test_bars_in_cells_do_not_make_cells() -> None:
    assert build_reference.table(("a",), [("x|y",)]).splitlines()[-1] == "| x\\|y |"
