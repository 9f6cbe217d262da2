"""The words of loading: sources, batches, refusals, reports, and what a reader is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import commonpath
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol

import pyarrow as pa

from qiantang.corpus.register.types import SourceRank
from qiantang.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one row, or a whole file (``row`` 0), was not taken.

    code    stable: ``date_impossible``, ``number_damaged``, ``line_too_long`` …; translated for people in ingest
    column  the header or element it stands in, or empty
    facts   values of the sentence, JSON-safe
    raw     the offending text, at most 4,096 characters, kept for inspection
    """

    row: int
    code: str
    column: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a source: observations (OBSERVATION_SCHEMA) and refusals. Rows read = both together."""

    observations: pa.RecordBatch
    refused: tuple[Refusal, ...] = ()


class FileRefused(Exception):
    """The whole file is refused: nothing of it is loaded. Carries one Refusal with row 0, or the place where it broke."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Reader(Protocol):
    """One file format. Pure: bytes in, batches out, streaming, bounded memory.

    name            stable, shown to people and kept in provenance: ``cnipa-gazette-table``
    version         raise it whenever the same bytes would give other observations
    rank            whom this format speaks for
    looks_for       one sentence: what makes a file this format (told when a file is unknown)
    cannot_know     canonical fields this format never carries
    synthetic       True only for the generator's own files
    as_filed        True where it reads texts as filed, which may be of applications nobody has published
    """

    name: str
    version: int
    rank: SourceRank
    looks_for: str
    cannot_know: tuple[str, ...]
    synthetic: bool
    as_filed: bool

    def recognises(self, head: bytes, name: str) -> bool:
        """Whether a file is ours, by its first 64 KiB (content first) and its name (second)."""

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:
        """Read it from the start.

        errors  FileRefused where the file as a whole cannot be trusted
        """


LICENCE_LENGTH = 200  # characters


@dataclass(frozen=True, slots=True)
class Terms:
    """What whoever loads files says of them.

    licence     licence or terms under which they came, in words; empty: not told
    published   that the applications whose texts as filed are among them have been published: without this word such
                texts are refused, because everybody reads the register
    errors      Invalid ``ingest.licence_too_long``: terms that were cut could say what their owner did not
    """

    licence: str = ""
    published: bool = False

    def __post_init__(self) -> None:
        if len(self.licence) > LICENCE_LENGTH:
            raise Invalid("ingest.licence_too_long", length=len(self.licence), most=LICENCE_LENGTH)


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one file. ``read`` = ``kept`` + ``merged`` + ``refused``.

    kept        rows that added a fact to the register
    merged      rows that added none: repeated, or disagreeing with a value the register believes more
    refusal     why the whole file was refused: row, code, column, facts; None where it was read
    resumed     whether a load that was stopped had read it to its end: its rows were taken over
    licence     as whoever loaded it told; empty: not told
    """

    path: str
    digest: str
    format: str | None
    size_bytes: int
    read: int
    kept: int
    merged: int
    refused: int
    reasons: Mapping[str, int]
    refusal: Mapping[str, object] | None = None
    resumed: bool = False
    licence: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one load did. ``snapshot`` is the newest snapshot after it, None where there is none at all.

    quality     its quality report as plain values: see ``methods/quality``
    """

    load: int
    snapshot: int | None
    published: bool
    sources: tuple[SourceReport, ...]
    quality: Mapping[str, object] | None = None

    @property
    def totals(self) -> dict[str, int]:
        return {name: sum(getattr(s, name) for s in self.sources) for name in ("read", "kept", "merged", "refused")}

    @property
    def has_refusals(self) -> bool:
        return any(source.refused or source.refusal for source in self.sources)

    def to_json(self) -> dict[str, Any]:
        """The shape of ``qiantang import --json``."""
        return {
            "snapshot": self.snapshot,
            "load": self.load,
            "published": self.published,
            "sources": [
                {
                    "path": s.path,
                    "digest": s.digest,
                    "licence": s.licence,
                    "format": s.format,
                    "size_bytes": s.size_bytes,
                    "read": s.read,
                    "kept": s.kept,
                    "merged": s.merged,
                    "refused": s.refused,
                    "reasons": dict(s.reasons),
                    "refusal": dict(s.refusal) if s.refusal else None,
                    "resumed": s.resumed,
                }
                for s in self.sources
            ],
            "totals": self.totals,
            "quality": dict(self.quality) if self.quality else None,
        }


_ARCHIVES = (
    ".zip",
    ".tar",
    ".tar.gz",
    ".tgz",
)  # as they are named; what each is, was told by its content when it was read


@dataclass(slots=True)
class FolderCounts:
    """What became of the files of one folder; ``files_refused`` counts those refused as a whole, ``refused`` rows."""

    files: int = 0
    read: int = 0
    kept: int = 0
    merged: int = 0
    refused: int = 0
    files_refused: int = 0


def by_folder(sources: Sequence[Mapping[str, Any]]) -> dict[str, FolderCounts]:
    """The sources of a report, as ``to_json`` gives them, summed by folder, in the order met.

    A folder is the first part of a path; in an archive it is a folder of the archive, which otherwise would be told as one.
    """
    paths = [PurePosixPath(source["path"]) for source in sources]
    inside: dict[str, list[PurePosixPath]] = {}
    for path in paths:
        if len(path.parts) > 1 and path.parts[0].lower().endswith(_ARCHIVES):
            inside.setdefault(path.parts[0], []).append(path.parent)
    # Folders around all that is in an archive tell nothing apart; those in them are told.
    depths = {archive: len(PurePosixPath(commonpath(folders)).parts) + 1 for archive, folders in inside.items()}
    found: dict[str, FolderCounts] = {}
    for source, path in zip(sources, paths, strict=True):
        name = "/".join(path.parent.parts[: depths.get(path.parts[0], 1)]) or path.name
        told = found.setdefault(name, FolderCounts())
        told.files += 1
        told.read += source["read"]
        told.kept += source["kept"]
        told.merged += source["merged"]
        told.refused += source["refused"]
        told.files_refused += source["refusal"] is not None
    return found


# code -> (sentence, next step)
REFUSALS = {
    "ingest.operators_only": (
        "Only an operator may load files and see what became of them.",
        "Sign in with an operator's account.",
    ),
    "ingest.open_data_under_way": (
        "An export of open data is already being written.",
        "Wait until it is finished; it stands on the page of open data.",
    ),
    "ingest.open_data_broke_off": (
        "Writing the open data broke off.",
        "Press the button again: what was finished is kept, and the rest is written.",
    ),
    "ingest.run_unknown": ("There is no import no. %(run)s.", "Go back to the list of imports."),
    "ingest.load_unknown": (
        "The refused rows of this import are not on record.",
        "An import that failed or has not finished has none.",
    ),
    "ingest.mapping_unknown": (
        "There is no mapping %(name)s, version %(version)s.",
        "Go back to the list of mappings.",
    ),
    "ingest.mapping_name": (
        "“%(given)s” cannot be the name of a mapping.",
        "Use small Latin letters, digits and hyphens, two at least: vendor-export.",
    ),
    "ingest.mapping_name_taken": ("A format of the platform has the name “%(given)s” already.", "Choose another name."),
    "ingest.file_unknown": (
        "The file %(file)s of this import is no longer kept.",
        "Upload it again; the mapping can then be made from the new import.",
    ),
    "ingest.no_table": (
        "%(file)s is not a table: no rows with columns can be seen in it.",
        "A mapping can be made for text tables (CSV, TSV) and workbooks (XLSX, XLS).",
    ),
    "ingest.quality_unknown": (
        "There is no quality report of this import.",
        "Imports have one since the platform makes them; an import that failed has none.",
    ),
    "ingest.erasure_request": (
        "A removal needs a reference of the request, at least one patent number, and no name in the reference.",
        "Name the request as the files of the office do, without the person.",
    ),
    "ingest.folder_missing": ("There is no folder %(folder)s to watch.", "Make it, or name another one."),
    "ingest.path_missing": ("There is nothing at: %(paths)s.", "Check the paths and load again."),
    "ingest.licence_too_long": (
        "The licence or terms have %(length)s characters; at most %(most)s are kept.",
        "Say them shorter, or name the page on which they stand in full.",
    ),
    "ingest.format_unknown": ("There is no format “%(given)s”.", "Choose one of: %(known)s."),
    "ingest.upload_refused": ("%(file)s was not accepted: %(findings)s.", "Check the file and upload it again."),
    "ingest.broke_off": (
        "The import broke off for a reason of our own.",
        "Nothing of it was taken. Try again; if it happens twice, tell the operator of the platform.",
    ),
    "ingest.synthetic_size": (
        "A demonstration city cannot have %(patents)s patents in %(parts)s files.",
        "Choose between %(smallest)s and %(largest)s patents, and no more files than patents.",
    ),
    "ingest.synthetic_too_large": (
        "A demonstration city of this size runs out of patent numbers.",
        "Choose fewer patents.",
    ),
    "mapping.encoding": ("The mapping file %(file)s is not UTF-8 text.", "Save it as UTF-8 and choose it again."),
    "mapping.not_toml": ("The mapping is not TOML: %(said)s.", "Correct the mapping file at the place that is named."),
    "mapping.section_unknown": ("A mapping has no section %(place)s.", "Its sections are: %(known)s."),
    "mapping.setting_missing": ("The mapping says nothing for %(place)s.", "Add the line to the mapping file."),
    "mapping.setting_unknown": ("A mapping has no setting %(place)s.", "The settings are: %(known)s."),
    "mapping.setting_wrong": (
        "%(place)s of the mapping cannot be “%(given)s”.",
        "Correct the value; the description of mapping files says what it may be.",
    ),
    "mapping.field_unknown": ("%(place)s names no field: “%(given)s”.", "The fields are: %(known)s."),
    "mapping.field_unfit": ("%(place)s cannot name the field “%(given)s”.", "It may name: %(known)s."),
    "mapping.between_missing": (
        "%(place)s gives one column to several fields, but nothing says where each stands: %(fields)s.",
        "Say under [between] between which texts each value stands.",
    ),
    "mapping.column_unplaced": (
        "%(place)s: a table without a header row has no column “%(given)s”.",
        "Name columns by their places, counted from 1.",
    ),
    "mapping.field_twice": (
        "Two columns of the mapping go into one field: %(fields)s.",
        "Give each field one column.",
    ),
    "mapping.number_missing": (
        "The mapping names no column with a patent number.",
        "Give a column to one of: %(one_of)s.",
    ),
    "mapping.type_unknown": ("%(place)s is no type of patent: “%(given)s”.", "The types are: %(known)s."),
    "mapping.column_missing": (
        "Columns of the mapping are not in the table: %(columns)s.",
        "The table has the columns: %(headers)s. Correct the mapping or the table.",
    ),
}
