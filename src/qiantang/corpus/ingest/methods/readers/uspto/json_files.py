"""Answers in JSON, which come whole: none larger than a document may be, and none that is not JSON."""

from __future__ import annotations

from typing import Any, BinaryIO

import orjson

from qiantang.corpus.ingest.methods.documents import DOCUMENT_BYTES
from qiantang.corpus.ingest.types import FileRefused, Refusal


def loaded(stream: BinaryIO) -> dict[str, Any]:
    """The object of a file.

    errors  ``FileRefused`` document_too_long · json_not_well_formed
    """
    content = stream.read(DOCUMENT_BYTES + 1)
    if len(content) > DOCUMENT_BYTES:
        raise FileRefused(Refusal(0, "document_too_long", facts={"line": 1, "limit": DOCUMENT_BYTES}))
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as problem:
        facts = {"line": problem.lineno, "column": problem.colno, "said": problem.msg}
        raise FileRefused(Refusal(0, "json_not_well_formed", facts=facts)) from None
    if not isinstance(found, dict):
        raise FileRefused(Refusal(0, "json_not_well_formed", facts={"line": 1, "column": 1, "said": "no object"}))
    return found
