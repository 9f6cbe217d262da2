"""What is read of all patents at once, kept beside the register by snapshot: a job makes it after a load, pages read it.

<home>/monitoring/rights-000003.parquet      Chinese patents of snapshot 3, those of a city together
                  transfers-000003.parquet   their transfers and licences, with the cities of both sides
                  moves-000003.json          inventors who moved; no name of a person
                  networks-000003.json       who applies together
                  making.json                how far the job is
                  wanted-000002              somebody asked for what is not kept of an older snapshot
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.corpus.measures.api import quality
from qiantang.corpus.register import api as register
from qiantang.disk import is_held
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.monitoring.rules import CITY

if TYPE_CHECKING:
    from pathlib import Path

JSON = frozenset({"moves", "networks"})
VERSION = 2  # of what is made; another one makes all anew
MADE_OF = b"qiantang.monitoring"


@dataclass(frozen=True, slots=True)
class KeptState:
    """What a file was made of.

    removals  the city, and a digest of what had been removed on request by then
    reached   the last day of a publication or grant, as ISO; empty: none
    parties   of moves: which harmonised names were known
    """

    snapshot: int
    version: int
    removals: str
    reached: str = ""
    parties: str = ""


class Making(NamedTuple):
    """How far the job is; no ``step``: it waits for the worker. ``total`` 0: not known how much it is."""

    step: str
    done: int
    total: int


def folder() -> Path:
    return register.register().place.home / "monitoring"


def kept_path(kind: str, snapshot: int) -> Path:
    return folder() / f"{kind}-{snapshot:06d}.{'json' if kind in JSON else 'parquet'}"


def removals() -> str:
    """What had been removed on request, and of which city it is told: another city makes all anew."""
    return f"{CITY} {quality.removals_digest(register.register().place.home)}"


def snapshot_of(snapshot: int | None) -> int | None:
    """The number of the snapshot, of the newest unless one is named; None where nothing is loaded.

    errors  NotFound ``register.snapshot_unknown``
    """
    here = register.register()
    manifest = here.manifest() if snapshot is None else here.place.manifest(snapshot)
    return manifest.snapshot if manifest else None


def known_snapshots() -> list[int]:
    return sorted(register.register().place.snapshots())


def table_state(path: Path) -> KeptState | None:
    """What a table says of itself; None where there is none, or one that was made by other rules or before a removal."""
    try:
        metadata = pq.read_schema(path).metadata or {}
        state = KeptState(**orjson.loads(metadata[MADE_OF]))
    except (OSError, pa.ArrowInvalid, KeyError, TypeError, orjson.JSONDecodeError):
        return None
    return state if is_sound(state) else None


def is_sound(state: KeptState) -> bool:
    """Whether it was made by these rules, and nothing has been removed on request since."""
    return state.version == VERSION and state.removals == removals()


def read(kind: str, snapshot: int) -> tuple[KeptState, dict[str, Any]] | None:
    """What is kept in JSON; None where it is not."""
    try:
        told = orjson.loads(kept_path(kind, snapshot).read_bytes())
        state = KeptState(**told.pop("state"))
    except (OSError, KeyError, TypeError, orjson.JSONDecodeError):
        return None
    return (state, told) if is_sound(state) else None


def json_state(kind: str, snapshot: int) -> KeptState | None:
    """What a file in JSON was made of, without what it tells: the job asks each minute, and reads a file once."""
    path = kept_path(kind, snapshot)
    state = _state_in(path, _stamp(path))
    return state if state is not None and is_sound(state) else None


@lru_cache(maxsize=16)
def _state_in(path: Path, _written: int) -> KeptState | None:
    try:
        return KeptState(**orjson.loads(path.read_bytes())["state"])
    except (OSError, KeyError, TypeError, orjson.JSONDecodeError):
        return None


def edition(snapshot: int | None) -> tuple[int, ...]:
    """Another one whenever other files are there: what was told before they came is asked again."""
    try:
        number = snapshot_of(snapshot)
    except NotFound:
        number = None
    if number is None:
        return ()
    return tuple(_stamp(kept_path(kind, number)) for kind in ("rights", "transfers", "networks", "moves"))


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def making() -> Making:
    """How far the job is. A file that a dead one left behind tells nothing: its lock is gone."""
    try:
        if is_held(folder() / "lock"):
            return Making(*orjson.loads((folder() / "making.json").read_bytes()))
    except (OSError, TypeError, orjson.JSONDecodeError):
        pass
    return Making("", 0, 0)
