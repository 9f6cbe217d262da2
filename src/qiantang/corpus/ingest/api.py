"""The front door of ingest: load files at once, or queue them for the worker and watch."""

from qiantang.corpus.ingest.policies import may_import
from qiantang.corpus.ingest.selectors.quality import quality_of
from qiantang.corpus.ingest.selectors.runs import demo_build, import_run, import_runs, refused_rows
from qiantang.corpus.ingest.services.erasing import erase_personal_data
from qiantang.corpus.ingest.services.loading import load_paths
from qiantang.corpus.ingest.services.runs import announce, import_at_once, perform_import, request_import
from qiantang.corpus.ingest.services.watching import watch_folder
from qiantang.corpus.ingest.tables.reasons import refusal_words

__all__ = [
    "announce",
    "demo_build",
    "erase_personal_data",
    "import_at_once",
    "import_run",
    "import_runs",
    "load_paths",
    "may_import",
    "perform_import",
    "quality_of",
    "refusal_words",
    "refused_rows",
    "request_import",
    "watch_folder",
]
