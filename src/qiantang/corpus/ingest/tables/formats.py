"""The formats an operator may load, each with what makes a file one of it, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from qiantang.corpus.ingest.methods.readers.no_records import NoRecordsReader
from qiantang.corpus.ingest.methods.readers.shipped import ShippedMapping

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from qiantang.corpus.ingest.types import Reader

_XML = _("XML with the element %(marks)s")
_JSON = _("JSON with the member %(marks)s")
_TABLE = _("a table with the headers %(marks)s")
_COLUMNS = _("a text table or workbook with the columns %(marks)s")
_PAGE = _("a web page that holds %(marks)s")
_LINES = _("text with lines such as %(marks)s")

# name of the reader -> the sentence, and the words of the file itself that stand in it
_MARKS: Final[Mapping[str, tuple[StrPromise, str]]] = {
    "cnipa-publication-xml": (_XML, "PatentDocumentAndRelated"),
    "cnipa-efiled-body": (_XML, "cn-application-body"),
    "epo-ops": (_XML, "world-patent-data"),
    "epo-docdb-xml": (_XML, "exchange-document"),
    "epo-full-text-xml": (_XML, "ep-patent-document, fulltext-document"),
    "dpma-xml": (_XML, "dpma-patent-document, DesignTransactionBody, PatentHitList, DesignHitList"),
    "tw-tipo-xml": (_XML, "tw-patent-grant"),
    "named-fields-xml": (_XML, 'doc, str name="Patent Number"'),
    "uspto-xml": (_XML, "us-patent-grant, us-patent-application, patent-application-publication, PATDOC"),
    "uspto-file-wrapper-xml": (_XML, "ClaimsDocument, SpecificationDocument"),
    "uspto-assignments": (_XML, "response, reelNo"),
    "uspto-open-data": (_JSON, "patentFileWrapperDataBag, documentBag"),
    "uspto-prosecution-lines": (_JSON, "application_number, prosecution_events"),
    "uspto-search-export": (_LINES, "*** BRS DOCUMENT BOUNDARY ***"),
    "global-dossier-json": (_JSON, "corrAppNum, docGroupCode"),
    "baiten-search-answer": (_JSON, "cubePatentSearchResponse"),
    "printed-document-json": (_JSON, "申请公布号, 授权公告号, bbox"),
    "google-bigquery-lines": (_JSON, '"publication_number": "CN-110083831-A", title_localized'),
    "cnipa-gazette-table": (_TABLE, "authorization_notice_id, patentee"),
    "cpc-sample-table": (_TABLE, "publication_number, text, labels"),
    "cn-design-events-table": (_TABLE, "公开公告号, LOC分类号, 法律状态信息"),
    "cnipa-gazette-page": (_PAGE, "申请公布号, 授权公告号"),
    "google-patents-page": (_PAGE, 'itemprop="publicationNumber"'),
    "google-citation-text": (_LINES, "citation_exist"),
    "google-abstract-lines": (_LINES, "id-CN1234567A    abstract-…"),
    "cnki-references": (_LINES, "[1]张三. 一种装置[P]. 浙江：CN1234567A,2004-01-02."),
    "tagged-text": (_LINES, "<#>0 PublicId=CN123456789A;Cat=G06F17/00;Time=20190712"),
}


def format_rows(readers: Iterable[Reader]) -> list[dict[str, str]]:
    """(name, looks_for) of every format that can hold patents; files known as holding none, and the demo's, are left out."""
    rows = []
    for reader in readers:
        if isinstance(reader, NoRecordsReader) or reader.synthetic:
            continue
        if isinstance(reader, ShippedMapping):
            sentence, marks = _COLUMNS, ", ".join(map(str, reader.mapping.columns))
        else:
            sentence, marks = _MARKS[reader.name]
        rows.append({"name": reader.name, "looks_for": sentence % {"marks": marks}})
    return rows
