"""The text model port: what a short text means, as numbers, whatever its language.

A model is asked for single words when the register's words are learnt, so it need not be fast; it must give the same
numbers for the same text on every machine of a kind, and work without a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Meanings = NDArray[np.float32]  # one row a text


class TextModel(Protocol):
    """What an adapter does. May be called from several threads."""

    @property
    def name(self) -> str:
        """Model and version: numbers of models of different names say nothing of each other."""

    @property
    def dimensions(self) -> int: ...

    def meanings(self, texts: Sequence[str], *, question: bool = False) -> Meanings:
        """A row of numbers a text, at length one.

        question    the texts ask, and are to be held against others that answer

        errors  Unavailable ``textmodel.failed``
        """


def load(dotted_path: str) -> TextModel:
    """The adapter named in settings, e.g. ``qiantang.engines.textmodel.packaged.PackagedModel``.

    errors  Unavailable ``textmodel.failed`` where it cannot be had on this machine
    """
    module, _, name = dotted_path.rpartition(".")
    model: TextModel = getattr(import_module(module), name)()
    return model
