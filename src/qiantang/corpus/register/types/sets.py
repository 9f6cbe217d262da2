"""Sets of patents which rooms above keep for people: a query names one, its room tells the patents.

A name is hard to guess, and whoever has it may search in the set: so a search can be shared, exported and counted as any
other, and nobody finds what was not shown to them.
"""

from __future__ import annotations

from collections.abc import Callable

from qiantang.kernel.registry import Registry

# the name of a set -> the ids of its patents; None: not one of this room's
SetReader = Callable[[str], "tuple[str, ...] | None"]
SET_READERS: Registry[SetReader] = Registry("reader of sets")
