"""When rights were in force follows the snapshots: read once after a load, kept a while."""

from __future__ import annotations

import os

import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.corpus.measures.selectors.facts import facts_of
from qiantang.corpus.measures.selectors.lives import MADE_OF, kept_lives, lives_path, made_of, read_lives
from qiantang.corpus.register import api as register
from qiantang.kernel.legalstatus import Basis

_KEPT = 3  # snapshots whose spans stay


def keep_lives() -> bool:
    """Keep the spans of the newest snapshot, with losses dated by their effect, as nearly everybody asks; whether there was
    anything to do. Who asks for the other basis reads the events.
    """
    facts = facts_of()
    if facts is None or kept_lives(facts, Basis.EFFECT) is not None:
        return False
    told = read_lives(facts, Basis.EFFECT)
    place = register.register().place
    path = lives_path(place.home, facts.snapshot, Basis.EFFECT)
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table({"rows": told.rows, "begins": told.begins, "ends": told.ends})
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    pq.write_table(table.replace_schema_metadata({MADE_OF: made_of(place.home, facts)}), temporary, compression="zstd")
    temporary.rename(path)
    stays = sorted(place.snapshots())[-_KEPT:]
    for old in path.parent.glob("lives-*.parquet"):
        if int(old.stem.split("-")[1]) not in stays:
            old.unlink()
    return True
