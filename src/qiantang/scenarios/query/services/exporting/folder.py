"""The folder in which one export is made, and which is all that is needed to go on with it after a process has died.

<folder>/hits          ids of all hits, a line each, in order: found once, in one snapshot, before any row is written
<folder>/part          rows as far as they are written
<folder>/state.json    what the file says of itself, and up to where ``part`` counts: replaced whole after each batch
<folder>/patents.<…>   the file, complete: it gets its name last

What stands in ``part`` beyond the place that ``state.json`` names was written by a process that died before it could
count it: it is cut off and written again. Rows and heads depend on nothing but what was asked and on the snapshot, so the
file is the same, byte for byte, whether it was made in one go or in many.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, TypeAlias

import orjson
from django.utils import translation
from django.utils.translation import gettext as _

from qiantang.corpus.register.api import results, snapshots
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Conflict, NotFound, Unavailable
from qiantang.scenarios.query.methods.exporting.about import About
from qiantang.scenarios.query.methods.exporting.asked import FileFormat, Stage
from qiantang.scenarios.query.selectors.export_words import COLUMN_WORDS, about_lines
from qiantang.scenarios.query.services.exporting.formats import chosen, shape_of
from qiantang.scenarios.query.services.exporting.workbook import Heads, write_workbook

if TYPE_CHECKING:
    from qiantang.scenarios.query.methods.exporting.asked import ExportAsked

Told: TypeAlias = Callable[[Stage, int, int], None]  # stage, rows done, rows in all; may raise to stop the work
_BATCH = 4_000  # rows looked up and written together
_HITS, _PART, _STATE = "hits", "part", "state.json"


def nobody(_stage: Stage, _done: int, _total: int) -> None:
    """Hears nothing."""


@dataclass(frozen=True, slots=True)
class Point:
    """Up to where a file is written: rows, bytes of ``part``, bytes of ``hits`` that were used.

    stand_ins   rows for which a number of another kind was written
    gone        hits that were removed from the register on lawful request since they were found
    """

    rows: int = 0
    size: int = 0
    hits_at: int = 0
    stand_ins: int = 0
    gone: int = 0


class ExportFolder:
    """One export on disk. Every step can be taken again; what is done already is not done twice.

    errors  of all steps: Unavailable ``query.export_disk_full`` · ``query.export_unwritable``
    """

    def __init__(self, folder: Path, asked: ExportAsked, place: str) -> None:
        self._folder = folder
        self._asked = asked
        self._place = place
        self.file = folder / f"patents.{asked.format.value}"

    # --- steps ---

    def make(self, told: Told = nobody, *, seconds: float | None = None) -> bool:
        """Go on until the file is there, or for so many seconds; whether it is there.

        errors  those of ``results.scan``; Conflict ``query.export_snapshot_gone``
        """
        until = None if seconds is None else monotonic() + seconds
        with disk_told(), translation.override(self._asked.language):
            if self.file.exists():
                return True
            about = self.about() or self._find(told)
            if not self._written(about, told, until):
                return False
            self._bind(about, told)
        return True

    def about(self) -> About | None:
        """What the file says of itself; None before its hits are found."""
        state = self._state()
        return None if state is None else _about_from(state["about"])

    def point(self) -> Point:
        state = self._state()
        return Point() if state is None else Point(**state["point"])

    def remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- finding ---

    def _find(self, told: Told) -> About:
        scan = results.scan(SearchRequest(self._asked.query, sort=self._asked.sort), size=_BATCH)
        self._folder.mkdir(parents=True, exist_ok=True)
        found, new = 0, self._folder / f"{_HITS}.new"
        with new.open("wb") as file:
            for batch in scan.batches:
                file.writelines(f"{one}\n".encode() for one in batch.patent_ids)
                found += len(batch.patent_ids)
                told(Stage.FINDING, found, scan.total)
            _settle(file)
        new.replace(self._folder / _HITS)
        about = About(
            query=scan.query,
            canonical=scan.canonical,
            sort=scan.sort,
            snapshot=scan.snapshot,
            day=self._asked.day,
            total=found,
            synthetic=any(one.synthetic for one in snapshots() if one.number == scan.snapshot),
            place=self._place,
        )
        self._save(about, Point())
        return about

    # --- writing ---

    def _written(self, about: About, told: Told, until: float | None) -> bool:
        point, shape = self.point(), shape_of(self._asked, about)
        with _snapshot(about.snapshot) as reader, self._part(point) as part, (self._folder / _HITS).open("rb") as hits:
            if point.size == 0:
                point = replace(point, size=_put(part, shape.head()))
            hits.seek(point.hits_at)
            while lines := list(islice(hits, _BATCH)):
                rows = reader.rows([line.decode().rstrip("\n") for line in lines], shape.needs)
                held = [row for row in rows if row is not None]
                text, stand_ins = shape.lines(held, point.rows)
                point = Point(
                    rows=point.rows + len(held),
                    size=point.size + _put(part, text),
                    hits_at=point.hits_at + sum(map(len, lines)),
                    stand_ins=point.stand_ins + stand_ins,
                    gone=point.gone + len(rows) - len(held),
                )
                _settle(part)
                self._save(about, point)
                told(Stage.WRITING, point.rows + point.gone, about.total)
                if until is not None and monotonic() >= until and point.rows + point.gone < about.total:
                    return False
            _put(part, shape.tail(point.stand_ins))
            _settle(part)
        return True

    @contextmanager
    def _part(self, point: Point) -> Iterator[IO[bytes]]:
        path = self._folder / _PART
        path.touch()
        with path.open("r+b") as file:
            file.truncate(point.size)
            file.seek(point.size)
            yield file

    # --- binding ---

    def _bind(self, about: About, told: Told) -> None:
        part = self._folder / _PART
        if self._asked.format is FileFormat.XLSX:
            new = self._folder / "workbook.new"
            with part.open("rb") as lines:
                write_workbook(
                    new,
                    self._heads(about),
                    map(orjson.loads, lines),
                    lambda done: told(Stage.BINDING, done, about.total),
                )
            with new.open("rb+") as file:
                _settle(file)
            new.replace(self.file)
            part.unlink()
        else:
            part.replace(self.file)
        (self._folder / _HITS).unlink(missing_ok=True)

    def _heads(self, about: About) -> Heads:
        columns = chosen(self._asked)
        invented = _("Invented patents") if about.synthetic else _("Patents")
        return Heads(
            columns=[(str(COLUMN_WORDS[one.key]), one.width) for one in columns],
            sheet=invented,
            about_sheet=_("About this file"),
            about=about_lines(about),
            cut=_(" … (cut: a cell holds no more)"),
            day=about.day,
        )

    # --- state ---

    def _state(self) -> dict[str, Any] | None:
        try:
            told: dict[str, Any] = orjson.loads((self._folder / _STATE).read_bytes())
        except FileNotFoundError:
            return None
        return told

    def _save(self, about: About, point: Point) -> None:
        new = self._folder / f"{_STATE}.new"
        with new.open("wb") as file:
            file.write(orjson.dumps({"about": about.plain(), "point": asdict(point)}))
            _settle(file)
        new.replace(self._folder / _STATE)


def _about_from(told: dict[str, Any]) -> About:
    return About(**(told | {"day": date.fromisoformat(told["day"])}))


def _put(file: IO[bytes], text: str) -> int:
    return file.write(text.encode("utf-8", "replace"))


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _snapshot(number: int) -> Iterator[results.SnapshotReader]:
    try:
        with results.snapshot_reader(number) as reader:
            yield reader
    except NotFound as error:
        raise Conflict("query.export_snapshot_gone", snapshot=number) from error


@contextmanager
def disk_told() -> Iterator[None]:
    """What the system says of a disk, as a refusal that people can act on."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise Unavailable("query.export_disk_full") from error
        raise Unavailable("query.export_unwritable", reason=error.strerror or type(error).__name__) from error
