"""Files in, snapshot and index out. No request, no job: whoever calls waits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import orjson

from qiantang.corpus.ingest.methods.mapping import load_mapping
from qiantang.corpus.ingest.methods.quality.profile import Profile
from qiantang.corpus.ingest.methods.quality.report import patent_findings, quality_report
from qiantang.corpus.ingest.methods.readers import READERS, recognise
from qiantang.corpus.ingest.methods.readers.mapped_table import MappingReader
from qiantang.corpus.ingest.methods.streams import HEAD_BYTES, Source, sources
from qiantang.corpus.ingest.methods.tableheads import table_head
from qiantang.corpus.ingest.selectors.mappings import SavedReader, reader_saved_for
from qiantang.corpus.ingest.selectors.quality import QUALITY_FILE, formats_before
from qiantang.corpus.ingest.types import NO_TERMS, FileRefused, ImportReport, Reader, Refusal, SourceReport, Terms
from qiantang.corpus.register.api import intake, register
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def _reader_for(source: Source, chosen: Reader | None, saved: Sequence[SavedReader]) -> Reader:
    if chosen is not None:
        return chosen
    with source.open() as stream:
        head = stream.read(HEAD_BYTES)
    try:
        return recognise(head, source.name, source.open)
    except FileRefused as refused:
        known = reader_saved_for(table_head(head, source.open), saved) if saved else None
        if known is None or refused.refusal.code not in {"format_unknown", "table_unknown"}:
            raise
        return known


def reader_named(name: str) -> Reader:
    """A reader by its stable name.

    errors  Invalid ``ingest.format_unknown`` listing the known ones
    """
    if name not in READERS:
        raise Invalid("ingest.format_unknown", given=name, known=list(READERS.names()))
    return READERS[name]


def mapping_reader(text: str) -> Reader:
    """A reader for any table, from the text of a TOML mapping.

    errors  Invalid ``mapping.*`` with the place
    """
    return MappingReader(load_mapping(text))


def _refuse_whole(load: intake.Load, refusal: Refusal) -> None:
    load.staging.refuse_file(refusal.row, refusal.code, refusal.column, dict(refusal.facts), refusal.raw)


def _begin(load: intake.Load, source: Source, reader: Reader | None, terms: Terms) -> None:
    load.begin_source(
        name=source.name,
        digest=source.digest,
        size_bytes=source.size_bytes,
        reader=reader.name if reader else "",
        reader_version=reader.version if reader else 0,
        rank=int(reader.rank) if reader else 0,
        synthetic=reader.synthetic if reader else False,
        licence=terms.licence,
    )


def _stage(
    load: intake.Load,
    source: Source,
    chosen: Reader | None,
    saved: Sequence[SavedReader],
    terms: Terms,
    progress: Progress,
) -> None:
    """Read one file into the load, or refuse it whole; nothing it holds can stop the load."""
    try:
        reader = _reader_for(source, chosen, saved)
    except FileRefused as refused:
        _begin(load, source, None, terms)
        _refuse_whole(load, refused.refusal)
        return
    before = load.loaded_before(source.digest, reader.name, reader.version)
    _begin(load, source, reader, terms)
    if before is not None:
        load.repeat(before)
        return
    if reader.as_filed and not terms.published:
        _refuse_whole(load, Refusal(0, "publication_not_said", facts={"format": reader.name}))
        return
    mixing = load.mixes_synthetic_with_real(synthetic=reader.synthetic)
    if mixing:
        _refuse_whole(load, Refusal(0, mixing, facts={"format": reader.name}))
        return
    if load.resume():
        return
    try:
        _read(load, source, reader, progress)
    except FileRefused as refused:
        _refuse_whole(load, refused.refusal)
    except Invalid as error:  # the mapping does not fit this file; the others may
        _refuse_whole(load, Refusal(0, error.code, facts=error.facts))
    else:
        load.staging.finish()
        load.staging.seal()


def _read(load: intake.Load, source: Source, reader: Reader, progress: Progress) -> None:
    profile = Profile()
    with source.open() as stream:
        for batch in reader.read(stream, source.name):
            if batch.observations.num_rows:  # a batch may hold refusals alone
                profile.add(load.add(batch.observations), load.day)
            for refusal in batch.refused:
                load.refuse(refusal.row, refusal.code, refusal.column, dict(refusal.facts), refusal.raw)
            progress("reading", load.staging.rows, 0)
    load.staging.sources[-1].profile = profile.to_json()


def _keep_quality(load: intake.Load) -> dict[str, object]:
    """Write the quality report of a load that is over beside its refused rows."""
    read = [
        {"file": s.name, "format": s.format, "profile": s.profile, "refused": s.refused, "reasons": s.reasons}
        for s in load.staging.sources
        if s.profile is not None
    ]
    written = load.written_records(["patent_id", "status", "expiry_date", "status_as_of", "disputed"])
    told = quality_report(load.number, read, patent_findings(written), formats_before())
    (load.reports / QUALITY_FILE).write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    return told


def _report(
    load: intake.Load, snapshot: int | None, *, published: bool, quality: dict[str, object] | None = None
) -> ImportReport:
    told = [
        SourceReport(
            path=s.name,
            digest=s.digest,
            format=s.format or None,
            size_bytes=s.size_bytes,
            read=s.kept + s.merged + s.refused,
            kept=s.kept,
            merged=s.merged,
            refused=s.refused,
            reasons=dict(s.reasons),
            refusal=s.refusal,
            resumed=s.resumed,
            licence=s.licence,
        )
        for s in load.staging.sources
    ]
    return ImportReport(load=load.number, snapshot=snapshot, published=published, sources=tuple(told), quality=quality)


def stage_sources(
    load: intake.Load,
    paths: Sequence[Path],
    *,
    reader: Reader | None = None,
    saved: Sequence[SavedReader] = (),
    terms: Terms = NO_TERMS,
    progress: Progress | None = None,
) -> None:
    """Read every file at the paths into the load, or refuse it.

    errors      Invalid ``ingest.path_missing``
    """
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise Invalid("ingest.path_missing", paths=missing)
    for path in paths:
        for source in sources(path):
            _stage(load, source, reader, saved, terms, progress or _silent)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def _index_follows(progress: Progress | None) -> None:
    """Bring the index to the snapshot. It is a cache: where that fails the load stands, and searches say they are behind."""
    try:
        intake.advance_index(register(), progress)
    except Exception:  # noqa: BLE001 - whatever it was, it must not be told as a load that took nothing
        _log.exception("the snapshot is published, but the search index did not follow; reindex builds it again")


def load_paths(
    paths: Sequence[Path],
    *,
    reader: Reader | None = None,
    saved: Sequence[SavedReader] = (),
    day: date | None = None,
    terms: Terms = NO_TERMS,
    progress: Progress | None = None,
) -> ImportReport:
    """Load files and folders as one snapshot, all or nothing, and bring the search index along.

    An index that cannot follow undoes nothing: it is logged, and the next load or ``reindex`` brings it up.

    reader      read every file with this one; None recognises each by its content
    saved       mappings of operators, for tables that no reader knows
    terms       what whoever loads says of the files
    day         the day for which legal status is derived, today unless given
    progress    called with (stage, done, total); total 0 means not known
    errors      Conflict ``register.load_running`` · Invalid ``ingest.path_missing``
    """
    here = register()
    today = day or date.today()  # noqa: DTZ011 a legal day is the city's own
    with intake.begin_load(here.place, here.lake, day=today, progress=progress) as load:
        stage_sources(load, paths, reader=reader, saved=saved, terms=terms, progress=progress)
        manifest = load.publish()
        published = manifest is not None and (load.before is None or manifest.snapshot > load.before.snapshot)
        quality = _keep_quality(load)
        _index_follows(progress)
    return _report(load, manifest.snapshot if manifest else None, published=published, quality=quality)
