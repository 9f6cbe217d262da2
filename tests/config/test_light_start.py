"""A start is light: a library that takes long to import comes with the first call that needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ALWAYS_LATER = {
    "docx",
    "duckdb",
    "faiss",
    "ibis",
    "networkx",
    "numba",
    "opensearchpy",
    "pandas",
    "pyhanko",
    "pypdf",
    "pypinyin",
    "rjieba",
    "scipy",
    "segno",
    "sklearn",
    "sqlglot",
    "tantivy",
    "xlsxwriter",
}
PAGES_ONLY = {"babel", "cryptography", "lxml", "ninja", "pydantic", "python_calamine", "rapidfuzz", "typst"}
ROOMS_ONLY = ("qiantang.corpus.register.api", "qiantang.corpus.parties.api", "qiantang.corpus.measures.api")


@pytest.mark.parametrize(
    ("what", "lines", "later"),
    [
        ("a command", "", ALWAYS_LATER | PAGES_ONLY | set(ROOMS_ONLY)),
        ("the pages", "import qiantang.config.wsgi, qiantang.config.urls", ALWAYS_LATER),
    ],
    ids=["command", "pages"],
)
def test_what_is_slow_to_import_is_not_there_after_a_start(what, lines, later, tmp_path):
    program = (
        f"import django, sys\ndjango.setup()\n{lines}\n"
        f"print(len(sys.modules) > 500, sorted({later!r} & set(sys.modules)))"
    )
    there = {
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
        "QIANTANG_ENV": "dev",
        "QIANTANG_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "qiantang.config.settings.dev",
    }
    told = subprocess.run([sys.executable, "-c", program], env=there, capture_output=True, check=True, text=True)
    assert told.stdout == "True []\n", f"too much for {what}"


def test_pandas_stays_out_when_arrow_comes():
    program = (
        "import sys\nfrom qiantang.config.arrow import leave_pandas_out\nleave_pandas_out(); leave_pandas_out()\n"
        "assert 'pyarrow' not in sys.modules\nimport pyarrow as pa\n"
        "print(pa.array(['one']).to_pylist(), 'pandas' in sys.modules, [one for one in sys.meta_path if 'arrow' in str(one)])"
    )
    there = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    told = subprocess.run([sys.executable, "-c", program], env=there, capture_output=True, check=True, text=True)
    assert told.stdout == "['one'] False []\n"
