"""The cubes of a snapshot, for indicators over them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods.cubes import CUBES, given_tables
from qiantang.corpus.register import api as register

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from qiantang.engines.lake.port import Frames


@cache
def _given() -> Mapping[str, pa.Table]:
    return given_tables()


def cubes(snapshot: int | None = None, *, make: bool = False) -> Frames:
    """The cubes of ``methods/cubes.py`` as the tables of indicators: ``cubes().run(INDICATOR, {"city": "3301"})``.

    make    make what loads have changed since; jobs do. A reader gets the refusal, never old counts
    errors  NotFound ``register.empty`` · ``register.snapshot_unknown`` · Unavailable ``lake.cubes_behind``
    """
    return register.register().cubes(CUBES, _given(), snapshot=snapshot, make=make)
