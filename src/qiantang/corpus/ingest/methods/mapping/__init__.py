"""Mapping files: how an operator tells which column of a table is which canonical field, without code.

A mapping is TOML::

    [mapping]
    name = "office-export"
    version = 1
    rank = "vendor_export"
    office = "CN"

    [columns]
    "申请号" = "application_number"
    "公开（公告）号" = "publication_numbers"
    "标题" = "title"

    [separators]
    publication_numbers = "|"

Everything that may stand in one is declared in ``language``: the canonical fields (``FIELDS``), the settings of
``[mapping]`` (``SETTINGS``) and the further sections (``SECTIONS``), each with its meaning and the values it takes. The
reader of mappings, the form in the browser and the reference page are all made from that declaration.
"""

from __future__ import annotations

from qiantang.corpus.ingest.methods.mapping.language import (
    DATE_FIELDS,
    FIELDS,
    NUMBER_FIELDS,
    SECTIONS,
    SETTINGS,
    SEVERAL,
    Field,
    Form,
    Section,
    Setting,
)
from qiantang.corpus.ingest.methods.mapping.loading import Mapping, load_mapping

__all__ = [
    "DATE_FIELDS",
    "FIELDS",
    "NUMBER_FIELDS",
    "SECTIONS",
    "SETTINGS",
    "SEVERAL",
    "Field",
    "Form",
    "Mapping",
    "Section",
    "Setting",
    "load_mapping",
]
