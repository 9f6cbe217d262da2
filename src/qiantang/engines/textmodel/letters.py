"""A model that knows letters only: texts that share stretches of letters are near. Fast and the same everywhere, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from qiantang.engines.textmodel.port import Meanings

_LONGEST = 3


class LettersModel:
    name = "letters 1"
    dimensions = 64

    def meanings(self, texts: Sequence[str], *, question: bool = False) -> Meanings:  # noqa: ARG002 - both alike
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(found, texts, strict=True):
            for length in range(1, _LONGEST + 1):
                for start in range(len(text) - length + 1):
                    place = crc32(text[start : start + length].encode())
                    row[place % self.dimensions] += 1 if place & 0x10000 else -1
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.where(lengths, lengths, 1), np.float32)
