"""After a load: read all patents once, and keep what pages of rights and of inventors who moved are read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from qiantang.disk import alone
from qiantang.scenarios.monitoring.selectors import kept
from qiantang.scenarios.monitoring.selectors.moving import parties_now
from qiantang.scenarios.monitoring.services.keeping import people, records, ties

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_NEWEST, _WANTED = 3, 2  # snapshots that stay, and older ones that somebody asked for


def keep_movements(*, actor: Actor, snapshot: int | None = None, wait: bool = False) -> bool:
    """Make what is not there yet, or was made before a removal or of other names; whether anything was to be made.

    snapshot  None: the newest, and those that readers asked for
    wait      until another process that is at it has done; else nothing happens then
    errors    NotFound ``register.snapshot_unknown``
    """
    del actor  # nothing is decided here, and the files hold nothing but what the register tells
    made = False
    with alone(kept.folder() / "lock", wait=wait) as mine:
        if not mine:
            return False
        asked = [kept.snapshot_of(snapshot)] if snapshot is not None else [kept.snapshot_of(None), *_wanted()]
        for number in asked:
            if number is not None:
                made |= _kept(number)
        _let_go()
    return made


def want_movements(snapshot: int) -> None:
    """Note that somebody reads a snapshot of which nothing is kept: the next job makes it."""
    kept.folder().mkdir(parents=True, exist_ok=True)
    (kept.folder() / f"wanted-{snapshot:06d}").touch()


def _kept(snapshot: int) -> bool:
    told = kept.table_state(kept.kept_path("rights", snapshot))
    names = parties_now()
    moves, networks = (told is not None and _of_names(kind, snapshot, names) for kind in ("moves", "networks"))
    if moves and networks:
        return False
    state = kept.KeptState(snapshot, kept.VERSION, kept.removals(), parties=names)
    if not moves:
        read = records.read_records(snapshot, _progress)
        if told is None:
            records.write_rights(read, state)
        _progress("people", 0, 0)
        people.write_moves(read, state)
    _progress("networks", 0, 0)
    ties.write_networks(state)
    return True


def _of_names(kind: str, snapshot: int, names: str) -> bool:
    """Whether it is kept, and of names as they are harmonised now."""
    found = kept.json_state(kind, snapshot)
    return found is not None and found.parties == names


def _progress(step: str, done: int, total: int) -> None:
    path = kept.folder() / "making.json"
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(orjson.dumps((step, done, total)))
    temporary.rename(path)


def _wanted() -> list[int]:
    """Snapshots that somebody opened while they were not kept: those of the newest, and the last two older ones."""
    asked = sorted(kept.folder().glob("wanted-*"), key=lambda one: one.stat().st_mtime_ns)
    known = kept.known_snapshots()
    numbers = [number for one in asked if (number := int(one.name.rpartition("-")[2])) in known]
    newest = set(known[-_NEWEST:])
    return [*(one for one in numbers if one in newest), *[one for one in numbers if one not in newest][-_WANTED:]]


def _let_go() -> None:
    (kept.folder() / "making.json").unlink(missing_ok=True)
    stays = {*kept.known_snapshots()[-_NEWEST:], *_wanted()}
    for path in (
        *kept.folder().glob("*-*.parquet"),
        *kept.folder().glob("*-*.json"),
        *kept.folder().glob("wanted-*"),
    ):
        if int(path.stem.rpartition("-")[2]) not in stays:
            path.unlink()
