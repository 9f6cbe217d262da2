"""Machine code that is kept: used again, and made anew when any module of its package has changed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from qiantang.corpus.ingest.methods.trees import scanning
from qiantang.corpus.ingest.methods.trees.scanning import machine

pytestmark = pytest.mark.feature("X-29")

CALLED = "def added(one):\n    return one + {}\n"
CALLING = """
from {package} import called
from qiantang.corpus.ingest.methods.trees.scanning.machine import kept, stamp_of
from pathlib import Path

STAMP = stamp_of(Path(__file__).parent)
added = kept(called.added, STAMP)

def twice(one):
    return added(added(one))

twice = kept(twice, STAMP)
"""


def loaded(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as a new process would find it."""
    found = None
    for one in ("__init__", "called", name):
        full = folder.name if one == "__init__" else f"{folder.name}.{one}"
        places = [str(folder)] if one == "__init__" else None
        spec = importlib.util.spec_from_file_location(full, folder / f"{one}.py", submodule_search_locations=places)
        assert spec is not None
        assert spec.loader is not None
        found = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(__import__("sys").modules, full, found)
        spec.loader.exec_module(found)
        if one == "called":
            monkeypatch.setattr(__import__(folder.name), "called", found, raising=False)
    assert found is not None
    return found


def test_code_that_calls_what_has_changed_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "kept_for_a_test"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "calling.py").write_text(CALLING.format(package=folder.name))
    monkeypatch.setattr("sys.dont_write_bytecode", True)

    def of(amount: int) -> tuple[int, int]:
        (folder / "called.py").write_text(CALLED.format(amount))
        twice = loaded(folder, "calling", monkeypatch).twice
        return twice(0), sum(twice.stats.cache_hits.values())

    assert of(1) == (2, 0)
    assert of(1) == (2, 1)  # kept
    assert of(5) == (10, 0)  # the file of ``twice`` is the same, and so are its lines


def test_all_machine_code_of_the_scan_is_kept_under_the_digest_of_its_package():
    folder = Path(scanning.__file__).parent
    assert machine.stamp_of(folder) == machine.STAMP
    compiled = [one for name in scanning.__all__ if hasattr(one := getattr(scanning, name), "py_func")]
    assert len(compiled) > 5
    assert {one._cache._cache_file._source_stamp for one in compiled} == {machine.STAMP}


def test_a_digest_tells_names_and_contents_apart(tmp_path: Path):
    one = tmp_path / "one.py"
    one.write_text("x = 1\n")
    first = machine.stamp_of(tmp_path)
    one.write_text("x = 2\n")
    second = machine.stamp_of(tmp_path)
    one.rename(tmp_path / "two.py")
    assert len({first, second, machine.stamp_of(tmp_path)}) == 3
