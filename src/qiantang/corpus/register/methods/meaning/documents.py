"""What of a patent is placed in the space of meaning: title, abstract and the beginning of its claims, in all languages."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from qiantang.corpus.register.types import Part

MEANING_COLUMNS = ["patent_id", "texts"]
_CLAIMS_TAKEN = 1_500  # characters: the first independent claim
_ORDER = (Part.TITLE.value, Part.ABSTRACT.value, Part.CLAIMS.value)


def meaning_texts(batch: pa.RecordBatch) -> tuple[list[str], list[str]]:
    """Ids and texts of a batch with MEANING_COLUMNS; a text is empty where nothing is known."""
    ids = [str(one) for one in batch.column("patent_id").to_pylist()]
    return ids, [joined(texts or ()) for texts in batch.column("texts").to_pylist()]


def joined(texts: Any) -> str:
    """The texts of one record as one."""
    said = sorted(
        (text for text in texts if text["part"] in _ORDER and text["text"]), key=lambda text: _ORDER.index(text["part"])
    )
    return "\n".join(text["text"][:_CLAIMS_TAKEN] if text["part"] == Part.CLAIMS else text["text"] for text in said)
