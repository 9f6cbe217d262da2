"""The formats of the United States Patent and Trademark Office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.readers.uspto.assignments import UsptoAssignmentReader
from qiantang.corpus.ingest.methods.readers.uspto.documents_xml import UsptoDocumentReader
from qiantang.corpus.ingest.methods.readers.uspto.file_wrapper_xml import UsptoFileWrapperReader
from qiantang.corpus.ingest.methods.readers.uspto.no_records import UsptoNoRecordsReader
from qiantang.corpus.ingest.methods.readers.uspto.open_data import UsptoOpenDataReader
from qiantang.corpus.ingest.methods.readers.uspto.prosecution_lines import UsptoProsecutionReader
from qiantang.corpus.ingest.methods.readers.uspto.search_export import UsptoSearchExportReader

if TYPE_CHECKING:
    from qiantang.corpus.ingest.types import Reader

USPTO_READERS: tuple[Reader, ...] = (
    UsptoDocumentReader(),
    UsptoFileWrapperReader(),
    UsptoSearchExportReader(),
    UsptoAssignmentReader(),
    UsptoNoRecordsReader(),
    UsptoOpenDataReader(),
    UsptoProsecutionReader(),
)
