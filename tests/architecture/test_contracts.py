"""The import contracts of pyproject.toml are kept, and each of them catches what it is there to catch.

The plants go into a skeleton of the whole house, with every room of the plan in it, also those not built yet.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import PYPROJECT, ROOT, contracts, layers

FLOORS = "Floors: cli > config > portal > scenarios > corpus > commons > engines > kernel, disk"
SCENARIOS = "Scenario apps do not know each other"
COMMONS = "Order inside commons"
CORPUS = "Order inside corpus"
ENGINES = "Engines do not know each other"
ROOMS = "Rooms inside an app (vocabulary and order of modules)"
DOORS = "Other apps enter by the front door"
PORTS = "Engines are known by their port; settings choose the adapter"
KERNEL = "Kernel is pure Python, and so is what writes files"
LIBRARIES = "Engine libraries stay behind their port"
VIEWS = "Views reach rows through selectors, which know the actor"
METHODS = "Methods are pure: numbers in, numbers out"

SCENARIO_APPS = [
    "preexam",
    "monitoring",
    "query",
    "navigation",
    "trading",
    "valuation",
    "protection",
    "grants",
    "college",
    "finance",
]
PORTAL_APPS = ["hall", "desk", "cockpit", "whitepaper", "gateway"]

# What an app of the skeleton looks like: every import here is one the house allows.
APP = {
    "types": "from qiantang.kernel import money\n",
    "methods/__init__": "",
    "methods/sums": "from {app} import types\n",
    "workflow": "from {app} import types\n",
    "models": "from django.db import models\nfrom {app} import types, workflow\n",
    "policies": "from {app} import models\n",
    "selectors": "from qiantang.engines.search import port\nfrom {app} import models, policies\n",
    "services": "from {app} import models, selectors\nfrom {app}.methods import sums\n",
    "api": "from {app}.services import *\nfrom {app}.selectors import *\n",
    "forms": "from django import forms\nfrom {app} import types\n",
    "views/__init__": "",
    "views/public": "from {app} import api, forms\n",
    "urls": "from {app}.views import public\n",
    "tests/__init__": "",
    "tests/test_services": "from {app} import services\n",
}
KERNEL_MODULES = ("__init__", "money")
ENGINE_MODULES = {
    "engines/search/port": "from qiantang.kernel import money\n",
    "engines/search/tantivy": "import tantivy\nfrom qiantang.engines.search import port\n",
    "engines/lake/port": "",
    "engines/lake/arrow": "import duckdb\nfrom qiantang.engines.lake import port\n",
}
DOWNWARDS = {  # by the front door, from the floor above
    "scenarios/query/views/public": "from qiantang.corpus.register import api as register\n",
    "corpus/ingest/services": "from qiantang.corpus.register import api, types\nfrom qiantang.commons.audit import api as audit\n",
    "portal/hall/views/public": "from qiantang.scenarios.preexam import api as preexam\n",
    "config/urls": "from qiantang.scenarios.query import urls\n",
    "cli/demo": "from qiantang.corpus.ingest import api\n",
}

PLANTS = [
    ("scenarios/query/selectors", "from qiantang.scenarios.valuation import api", SCENARIOS),
    ("scenarios/query/selectors", "from qiantang.corpus.register import models", DOORS),
    ("commons/notices/services", "from qiantang.commons.casework import api", COMMONS),
    ("corpus/classes/services", "from qiantang.corpus.register import api", CORPUS),
    ("kernel/money", "from django.utils import timezone", KERNEL),
    ("kernel/money", "from qiantang import disk", FLOORS),
    ("disk", "import pyarrow", KERNEL),
    ("scenarios/query/selectors", "import tantivy", LIBRARIES),
    ("scenarios/query/selectors", "from qiantang.engines.search import tantivy", PORTS),
    ("engines/search/port", "from qiantang.engines.lake import port", ENGINES),
    ("scenarios/valuation/methods/sums", "from django.db import models", METHODS),
    ("scenarios/query/models", "from qiantang.scenarios.query import services", ROOMS),
    ("scenarios/query/views/public", "from qiantang.scenarios.query import models", VIEWS),
    ("scenarios/query/utils", "", ROOMS),
    ("helpers/__init__", "", FLOORS),
    # From the port no app of the skeleton uses, to a module that uses no engine: other ways about, chains break more.
    ("engines/lake/port", "from qiantang.corpus.register import types", FLOORS),
    ("corpus/register/services", "from qiantang.scenarios.query import api", FLOORS),
]


def write(folder: Path, name: str, text: str) -> None:
    """Append to a module, making it and the packages above it where they are missing."""
    path = folder / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    for package in (path.parent, *path.parent.parents):
        if package == folder.parent:
            break
        (package / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as stream:
        stream.write(text)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package ``qiantang`` with every room of the plan, and only imports that the plan allows."""
    package = tmp_path_factory.mktemp("house") / "qiantang"
    rooms = {"commons": layers(COMMONS), "corpus": layers(CORPUS), "scenarios": SCENARIO_APPS, "portal": PORTAL_APPS}
    for floor, names in rooms.items():
        for name in names:
            for module, text in APP.items():
                write(package, f"{floor}/{name}/{module}", text.format(app=f"qiantang.{floor}.{name}"))
    for module in KERNEL_MODULES:
        write(package, f"kernel/{module}", "")
    write(package, "disk", "import fcntl\n")
    for module, text in {**ENGINE_MODULES, **DOWNWARDS}.items():
        write(package, module, text)
    return package


def broken(source: Path) -> set[str]:
    """The names of the contracts that the tree in a folder breaks, by the linter's own command."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", PYPROJECT, "--no-cache", "--no-logo"],
        cwd=source,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(source), str(ROOT)]), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)$", done.stdout, re.MULTILINE))
    assert verdicts.keys() == contracts().keys(), done.stdout + done.stderr
    found = {name for name, verdict in verdicts.items() if verdict == "BROKEN"}
    assert (done.returncode != 0) == bool(found), done.stdout
    return found


def test_the_house_keeps_its_contracts() -> None:
    assert broken(ROOT / "src") == set()


def test_the_skeleton_keeps_them_too(skeleton: Path) -> None:
    """Without this, a plant might be caught for the wrong reason."""
    assert broken(skeleton.parent) == set()


@pytest.mark.parametrize(("where", "line", "contract"), PLANTS, ids=[f"{p[0]}: {p[1] or 'appears'}" for p in PLANTS])
def test_plant_is_caught_by_the_contract_meant_for_it(skeleton: Path, where: str, line: str, contract: str) -> None:
    path = skeleton / f"{where}.py"
    before = path.read_text(encoding="utf-8") if path.exists() else None
    try:
        write(skeleton, where, f"{line}\n")
        assert broken(skeleton.parent) == {contract}
    finally:
        if before is None:
            path.unlink()
            if path.name == "__init__.py":
                path.parent.rmdir()
        else:
            path.write_text(before, encoding="utf-8")


def test_every_contract_has_a_plant() -> None:
    assert {contract for _, _, contract in PLANTS} == contracts().keys()


def test_no_import_is_excused() -> None:
    assert "ignore_imports" not in PYPROJECT.read_text(encoding="utf-8")
