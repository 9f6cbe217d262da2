"""From an IPC symbol to its field of technology."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qiantang.corpus.classes.methods.concordance import CONCORDANCE, LATER

_SUBCLASS = 4  # characters of a symbol down to its subclass


def _entries() -> Iterator[tuple[str, int]]:
    for number, symbols in chain(CONCORDANCE.items(), LATER.items()):
        for symbol in symbols.split():
            yield symbol, number


_FIELD = dict(_entries())


def field_of(symbol: str) -> int | None:
    """The number of the field of an IPC symbol in canonical spelling (``H04N5/33``, ``H04N5``, ``H04``).

    None for a symbol above the subclass, for one whose subclass is divided where the main group is not told, and for a
    place that the concordance does not know.
    """
    subclass = symbol[:_SUBCLASS]
    return _FIELD.get(subclass) or _FIELD.get(symbol.partition("/")[0])
