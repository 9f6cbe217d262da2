"""Words and values of the measures."""

from __future__ import annotations

from qiantang.corpus.measures.types.recipes import Figures, NotKept, Patents, Recipe, Scaled, Time

__all__ = ["Figures", "NotKept", "Patents", "Recipe", "Scaled", "Time"]
