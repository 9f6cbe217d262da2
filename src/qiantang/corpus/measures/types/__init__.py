"""Words and values of the measures."""

from __future__ import annotations

from qiantang.corpus.measures.types.recipes import (
    Distinct,
    Figures,
    HighValue,
    Listed,
    Mean,
    NotKept,
    Patents,
    Recipe,
    Scaled,
    Time,
)

__all__ = ["Distinct", "Figures", "HighValue", "Listed", "Mean", "NotKept", "Patents", "Recipe", "Scaled", "Time"]
