"""The front door of ingest: load files at once, or queue them for the worker and watch."""

from qiantang.corpus.ingest.policies import may_import
from qiantang.corpus.ingest.selectors.mappings import saved_readers
from qiantang.corpus.ingest.selectors.quality import quality_of
from qiantang.corpus.ingest.selectors.runs import demo_build, import_run, import_runs, refused_rows
from qiantang.corpus.ingest.services.erasing import erase_personal_data
from qiantang.corpus.ingest.services.loading import load_paths, mapping_reader, reader_named
from qiantang.corpus.ingest.services.runs import announce, perform_import, request_import
from qiantang.corpus.ingest.services.watching import watch_folder

__all__ = [
    "announce",
    "demo_build",
    "erase_personal_data",
    "import_run",
    "import_runs",
    "load_paths",
    "mapping_reader",
    "may_import",
    "perform_import",
    "quality_of",
    "reader_named",
    "refused_rows",
    "request_import",
    "saved_readers",
    "watch_folder",
]
