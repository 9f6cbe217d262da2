"""Which applications a load claims as priorities: what is not among them may be written at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from qiantang.corpus.register.methods.links import priority_key


class ClaimedKeys:
    """The applications that any row of a load claims as priority, remembered by 64-bit hashes: 8 bytes each."""

    def __init__(self) -> None:
        self._hashes: list[Any] = []

    def note(self, rows: pa.RecordBatch) -> None:
        column: Any = rows.column("priorities")
        flat = column.flatten()
        if len(flat):
            told = zip(flat.field("number").to_pylist(), flat.field("country").to_pylist(), strict=True)
            hashes = {hash(key) for key in {priority_key(*one) for one in told} if key}
            self._hashes.append(np.fromiter(hashes, np.int64, len(hashes)))

    def all(self) -> Any:
        return np.unique(np.concatenate(self._hashes)) if self._hashes else np.empty(0, np.int64)
