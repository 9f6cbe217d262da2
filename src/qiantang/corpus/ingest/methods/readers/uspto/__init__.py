"""The formats of the United States Patent and Trademark Office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.readers.no_records import NoRecordsReader
from qiantang.corpus.ingest.methods.readers.uspto.assignments import UsptoAssignmentReader
from qiantang.corpus.ingest.methods.readers.uspto.documents_xml import UsptoDocumentReader
from qiantang.corpus.ingest.methods.readers.uspto.file_wrapper_xml import UsptoFileWrapperReader
from qiantang.corpus.ingest.methods.readers.uspto.open_data import UsptoOpenDataReader
from qiantang.corpus.ingest.methods.readers.uspto.prosecution_lines import UsptoProsecutionReader
from qiantang.corpus.ingest.methods.readers.uspto.search_export import UsptoSearchExportReader
from qiantang.corpus.ingest.types import Refusal

if TYPE_CHECKING:
    from qiantang.corpus.ingest.types import Reader

_DECLARED = rb"\s*(?:<\?xml[^>]*>\s*)?"
_NO_RECORDS = (
    NoRecordsReader(
        "cpc-scheme",
        Refusal(0, "classification_no_records"),
        "an XML element class-scheme or CPCMasterClassificationFile",
        _DECLARED + rb"<(?:\w+:)?(?:class-scheme|CPCMasterClassificationFile)\s",
    ),
    NoRecordsReader(
        "uspto-status-codes",
        Refusal(0, "dictionary_no_records"),
        "a JSON object with statusCodeBag",
        rb"\s*\{[^\[{]*\"statusCodeBag\"\s*:",
    ),
    # PatentsView names inventors as one project has told them apart: a yardstick for that work, not what the office said.
    NoRecordsReader(
        "patentsview-mentions",
        Refusal(0, "mentions_no_records"),
        "a table that begins with mention_id",
        rb"mention_id[\t,](?:name_full|unique_id)\b",
    ),
    NoRecordsReader(
        "patentsview-dictionary",
        Refusal(0, "dictionary_no_records"),
        "a table that begins with data_type, file_name, zip_name",
        rb"data_type,file_name,zip_name,",
    ),
)

USPTO_READERS: tuple[Reader, ...] = (
    UsptoDocumentReader(),
    UsptoFileWrapperReader(),
    UsptoSearchExportReader(),
    UsptoAssignmentReader(),
    UsptoOpenDataReader(),
    UsptoProsecutionReader(),
    *_NO_RECORDS,
)
