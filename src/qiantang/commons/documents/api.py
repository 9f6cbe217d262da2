"""The front door of documents: declare a template, make, show, hand out, revoke; and the paper for who prints otherwise.

A template is declared in the ``rules.py`` of its room with the pieces of ``types``: ``Field``, ``paragraph``, ``fact_rows`` …
"""

from __future__ import annotations

from qiantang.commons.documents.selectors.documents import (
    document_told,
    documents,
    documents_of_case,
    public_by_digest,
    public_by_number,
    revoked_documents,
)
from qiantang.commons.documents.services import typesetting
from qiantang.commons.documents.services.disposing import dispose_documents
from qiantang.commons.documents.services.issuing import document_file, make_document, revoke_document
from qiantang.commons.documents.services.sealing import sealer
from qiantang.commons.documents.types import Recipient, Template, declare_template

__all__ = [
    "Recipient",
    "Template",
    "declare_template",
    "dispose_documents",
    "document_file",
    "document_told",
    "documents",
    "documents_of_case",
    "make_document",
    "public_by_digest",
    "public_by_number",
    "revoke_document",
    "revoked_documents",
    "sealer",
    "typesetting",
]
