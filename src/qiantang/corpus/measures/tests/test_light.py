"""The methods cost nothing at the start: heavy libraries come with the first call that needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from qiantang.corpus.measures import methods

HEAVY = {"numba", "sklearn", "networkx", "scipy"}


def test_no_method_is_heavy_to_import():
    folder = Path(methods.__file__).parent
    names = sorted(
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        for path in folder.rglob("*.py")
        if path.parent.name != "__pycache__" and path != folder / "__init__.py"
    )
    assert len(names) > 15
    program = (
        "import sys\nfrom importlib import import_module\n"
        f"for name in {names!r}: import_module('qiantang.corpus.measures.methods.' + name)\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert told.stdout == "[]\n"
