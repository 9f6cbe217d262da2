"""The formats the platform reads, in the order in which they are tried. Tables with a mapping of an operator's own are not
among them: an operator names their mapping. Formats without patent records are known in order to be refused with advice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from qiantang.corpus.ingest.methods.readers.abstract_lines import AbstractLineReader
from qiantang.corpus.ingest.methods.readers.baiten_answer import BaitenAnswerReader
from qiantang.corpus.ingest.methods.readers.bigquery_lines import BigQueryReader
from qiantang.corpus.ingest.methods.readers.cnipa_xml import CnipaPublicationReader
from qiantang.corpus.ingest.methods.readers.cnki_references import CnkiReferenceReader
from qiantang.corpus.ingest.methods.readers.cpc_sample_table import CpcSampleTableReader
from qiantang.corpus.ingest.methods.readers.design_events_table import DesignEventsTableReader
from qiantang.corpus.ingest.methods.readers.dpma_xml import DpmaReader
from qiantang.corpus.ingest.methods.readers.efiled_body import EfiledBodyReader
from qiantang.corpus.ingest.methods.readers.epo_docdb import DocdbReader
from qiantang.corpus.ingest.methods.readers.epo_full_text import EuropeanFullTextReader
from qiantang.corpus.ingest.methods.readers.epo_ops import OpsReader
from qiantang.corpus.ingest.methods.readers.gazette_page import GazettePageReader
from qiantang.corpus.ingest.methods.readers.gazette_table import GazetteTableReader
from qiantang.corpus.ingest.methods.readers.global_dossier_json import GlobalDossierReader
from qiantang.corpus.ingest.methods.readers.google_citation_text import GoogleCitationReader
from qiantang.corpus.ingest.methods.readers.google_page import GooglePageReader
from qiantang.corpus.ingest.methods.readers.named_fields_xml import NamedFieldsReader
from qiantang.corpus.ingest.methods.readers.no_records import no_records
from qiantang.corpus.ingest.methods.readers.printed_document import PrintedDocumentReader
from qiantang.corpus.ingest.methods.readers.shipped import ShippedMapping, best, nearest, shipped
from qiantang.corpus.ingest.methods.readers.tagged_text import TaggedTextReader
from qiantang.corpus.ingest.methods.readers.tipo_xml import TipoReader
from qiantang.corpus.ingest.methods.readers.uspto import USPTO_READERS
from qiantang.corpus.ingest.methods.readers.without_patents import refuse_without_patents
from qiantang.corpus.ingest.methods.synthetic import SyntheticReader
from qiantang.corpus.ingest.methods.tableheads import TableHead, table_head
from qiantang.corpus.ingest.types import FileRefused, Reader, Refusal
from qiantang.kernel.registry import Registry

_WORKBOOKS = (".xlsx", ".xls", ".xlsm")

READERS: Registry[Reader] = Registry("reader")
_OWN: tuple[Reader, ...] = (
    CnipaPublicationReader(),
    EfiledBodyReader(),
    OpsReader(),
    DocdbReader(),
    EuropeanFullTextReader(),
    DpmaReader(),
    TipoReader(),
    GlobalDossierReader(),
    GazetteTableReader(),
    GazettePageReader(),
    BaitenAnswerReader(),
    CnkiReferenceReader(),
    PrintedDocumentReader(),
    TaggedTextReader(),
    AbstractLineReader(),
    GooglePageReader(),
    GoogleCitationReader(),
    BigQueryReader(),
    *USPTO_READERS,
    NamedFieldsReader(),
    CpcSampleTableReader(),
    DesignEventsTableReader(),
    SyntheticReader(),
    *no_records(),
)
for _reader in (*_OWN, *shipped()):
    READERS.register(_reader.name, _reader)


def recognise(head: bytes, name: str, opened: Callable[[], BinaryIO] | None = None) -> Reader:
    """The reader of a file, by its first 64 KiB and its name.

    opened  gives the whole file from its start: without it the headers of workbooks, which are packed away, are not seen
    errors  ``FileRefused`` table_unknown, telling which formats come nearest; format_unknown, telling what was looked for
    """
    for reader in READERS:
        if not isinstance(reader, ShippedMapping) and reader.recognises(head, name):
            return reader
    table = _head_of_table(head, name, opened)
    found = best(shipped(), table)
    if found is not None:
        return found
    refuse_without_patents(head, name, table)
    near = nearest(shipped(), table)
    if near:
        raise FileRefused(Refusal(0, "table_unknown", facts={"name": name, "nearest": near}))
    looked_for = [f"{reader.name}: {reader.looks_for}" for reader in READERS]
    raise FileRefused(Refusal(0, "format_unknown", facts={"name": name, "looked_for": looked_for}))


def _head_of_table(head: bytes, name: str, opened: Callable[[], BinaryIO] | None) -> TableHead:
    """The head of what may be a table; one without rows where the file is an archive of another kind."""
    try:
        return table_head(head, opened)
    except FileRefused as refused:
        if refused.refusal.code == "workbook_damaged" and not name.lower().endswith(_WORKBOOKS):
            return TableHead("")
        raise
