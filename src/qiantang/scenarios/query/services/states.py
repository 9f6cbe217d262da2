"""Writing states and reports: in groups, so that memory does not grow with them; complete under their names, or not there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from qiantang.scenarios.query.methods.differences import Change, Difference, Standing
from qiantang.scenarios.query.selectors.states import CHANGES, GROUP, STATE, changes_file, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class _Rows:
    """A Parquet file that grows by groups of rows."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self.count = path, 0
        self._schema, self._waiting = schema, list[tuple[Any, ...]]()
        self._file = pq.ParquetWriter(path, schema, compression="zstd")

    def add(self, row: tuple[Any, ...]) -> None:
        self._waiting.append(row)
        self.count += 1
        if len(self._waiting) == GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            columns = [
                pa.array(one, field.type)
                for one, field in zip(zip(*self._waiting, strict=True), self._schema, strict=True)
            ]
            self._file.write_table(pa.table(columns, schema=self._schema), row_group_size=GROUP)
            self._waiting.clear()

    def close(self) -> None:
        self._flush()
        self._file.close()


class StateDraft:
    """A state being written beside its place; it takes its name when it is kept, else it goes."""

    def __init__(self, saved: int) -> None:
        place = place_of(saved)
        place.mkdir(parents=True, exist_ok=True)
        self.name = f"{uuid4().hex}.state.parquet"
        self._rows = _Rows(place / f"{self.name}.part", STATE)

    @property
    def count(self) -> int:
        """How many patents it has so far."""
        return self._rows.count

    def passing(self, rows: Iterable[Standing]) -> Iterator[Standing]:
        """The rows as they come, each written on its way."""
        for row in rows:
            self._rows.add(row)
            yield row

    def keep(self) -> str:
        """Close it under its name, which is returned; without patents there is no file and the name is empty."""
        self._rows.close()
        if not self.count:
            self.drop()
            return ""
        self._rows.path.replace(self._rows.path.with_name(self.name))
        return self.name

    def drop(self) -> None:
        self._rows.close()
        self._rows.path.unlink(missing_ok=True)


@contextmanager
def state_draft(saved: int) -> Iterator[StateDraft]:
    """A draft that is gone at the end unless it was kept."""
    draft = StateDraft(saved)
    try:
        yield draft
    finally:
        draft.drop()


def write_changes(saved: int, snapshot: int, found: Iterable[Difference]) -> dict[Change, int]:
    """Write the patents of a report, a file a kind; returns how many of each kind. Writing again replaces."""
    place_of(saved).mkdir(parents=True, exist_ok=True)
    files: dict[Change, _Rows] = {}
    try:
        for one in found:
            if one.kind not in files:
                path = changes_file(saved, snapshot, one.kind)
                files[one.kind] = _Rows(path.with_name(f"{path.name}.{uuid4().hex}.part"), CHANGES)
            files[one.kind].add((one.patent_id, one.before, one.after))
    finally:
        for file in files.values():
            file.close()
    for kind, file in files.items():
        file.path.replace(changes_file(saved, snapshot, kind))
    return {kind: files[kind].count if kind in files else 0 for kind in Change}
