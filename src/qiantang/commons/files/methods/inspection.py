"""Looking at a file before anyone trusts it: kind, digests, bounds, macros, malware."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from qiantang.commons.files.methods.archives import gunzipped, members, opened_member, opened_zip
from qiantang.commons.files.methods.sniffing import (
    ENDINGS,
    HEAD_BYTES,
    OLE_MAGIC,
    holds_workbook,
    kind_of_head,
    kind_of_package,
    macro_parts,
    media_type,
    ole_marks,
)
from qiantang.commons.files.types import ArchiveRefused, Finding, Kind, Limits, Scanner, Verdict
from qiantang.kernel.errors import Unavailable

if TYPE_CHECKING:
    from zipfile import ZipFile

_CHUNK = 1 << 20
_SPOOL = 8 * 2**20
_ARCHIVES = (Kind.GZ, Kind.ZIP)
_PACKAGES = (Kind.XLSX, Kind.XLSM, Kind.DOCX, Kind.DOCM)


class Digests:
    """SHA-256 and, where the library has it, SM3, fed chunk by chunk."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        try:
            self._sm3: hashlib._Hash | None = hashlib.new("sm3")
        except ValueError:
            self._sm3 = None
        self.size_bytes = 0

    def add(self, chunk: bytes) -> None:
        self._sha256.update(chunk)
        if self._sm3 is not None:
            self._sm3.update(chunk)
        self.size_bytes += len(chunk)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()

    @property
    def sm3(self) -> str | None:
        return None if self._sm3 is None else self._sm3.hexdigest()


@dataclass(slots=True)
class _Spent:
    """What all levels of one archive have cost together."""

    members: int = 0
    unpacked: int = 0

    def add(self, limits: Limits, *, members: int = 0, unpacked: int = 0) -> None:
        self.members += members
        self.unpacked += unpacked
        if self.members > limits.members:
            raise ArchiveRefused("archive_bomb", bound="members", limit=limits.members)
        if self.unpacked > limits.total_bytes:
            raise ArchiveRefused("archive_bomb", bound="total_bytes", limit=limits.total_bytes)


def inspect(
    path: Path, *, limits: Limits | None = None, name: str | None = None, scanner: Scanner | None = None
) -> Verdict:
    """Look at one file and say whether it may be used.

    name     the name it came under, where it is not the path's own; only its ending is looked at
    scanner  asked last, and only for files which passed the rest; one that does not answer keeps the file in quarantine
    """
    bounds, called = limits or Limits(), name or path.name
    size = path.stat().st_size
    if size > bounds.size_bytes:
        facts = {"size_bytes": size, "limit": bounds.size_bytes}
        return Verdict(
            Kind.UNKNOWN,
            media_type(Kind.UNKNOWN, called),
            None,
            None,
            size,
            (Finding("too_large", facts=facts),),
            usable=False,
        )
    digests = Digests()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digests.add(chunk)
        stream.seek(0)
        kind, findings = _looked_at(stream, called, bounds)
        if scanner is not None and not any(f.blocking for f in findings):
            stream.seek(0)
            findings += _scanned(scanner, stream)
    usable = not any(f.blocking for f in findings)
    return Verdict(kind, media_type(kind, called), digests.sha256, digests.sm3, size, tuple(findings), usable)


def _looked_at(stream: BinaryIO, name: str, limits: Limits) -> tuple[Kind, list[Finding]]:
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    if not head:
        return Kind.UNKNOWN, [Finding("empty")]
    kind, findings = _contents(stream, head, limits, _Spent(), depth=0)
    if head.startswith(OLE_MAGIC):
        stream.seek(0)
        whole = stream.read()
        macros, encrypted = ole_marks(whole)
        if kind is Kind.UNKNOWN and holds_workbook(whole):
            kind = Kind.XLS
        findings += [Finding(code) for code, found in (("macros", macros), ("document_encrypted", encrypted)) if found]
        if encrypted:
            return kind, findings
    if kind is Kind.UNKNOWN:
        findings.append(Finding("type_unknown", facts={"looked_for": [k.value for k in Kind if k is not Kind.UNKNOWN]}))
    elif not findings:
        findings += _ending(kind, name)
    return kind, findings


def _contents(
    stream: BinaryIO, head: bytes, limits: Limits, spent: _Spent, *, depth: int
) -> tuple[Kind, list[Finding]]:
    """The kind of what ``stream`` holds; archives are opened and looked through."""
    kind = kind_of_head(head)
    try:
        if kind is Kind.GZ:
            _within_depth(depth, limits)
            with tempfile.SpooledTemporaryFile(_SPOOL) as inner:
                _copied(gunzipped(stream, limits, owns=False), inner, limits, spent)
                return kind, _inside(inner, limits, spent, depth)
        if kind is Kind.ZIP:
            with opened_zip(stream, limits) as archive:
                kind = kind_of_package(archive)
                if kind is not Kind.ZIP:
                    return kind, _macros(archive)
                _within_depth(depth, limits)
                return kind, _members(archive, limits, spent, depth)
    except ArchiveRefused as refused:
        return kind, [Finding(refused.reason, facts=dict(refused.facts))]
    return kind, []


def _members(archive: ZipFile, limits: Limits, spent: _Spent, depth: int) -> list[Finding]:
    findings: list[Finding] = []
    for entry in members(archive):
        spent.add(limits, members=1)
        place = PurePosixPath(entry.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
            findings.append(Finding("archive_path_unsafe", facts={"member": entry.filename}))
        with opened_member(archive, entry, limits) as member, tempfile.SpooledTemporaryFile(_SPOOL) as inner:
            _copied(member, inner, limits, spent)
            findings += _inside(inner, limits, spent, depth, entry.filename)
    return findings


def _inside(
    inner: tempfile.SpooledTemporaryFile[bytes], limits: Limits, spent: _Spent, depth: int, name: str = ""
) -> list[Finding]:
    """Findings of a member: what is an archive or a document with macros is looked into in its turn."""
    inner.seek(0)
    head = inner.read(HEAD_BYTES)
    inner.seek(0)
    _kind, findings = _contents(cast("BinaryIO", inner), head, limits, spent, depth=depth + 1)
    return [Finding(f.code, f.blocking, {**f.facts, "member": name}) for f in findings] if name else findings


def _within_depth(depth: int, limits: Limits) -> None:
    if depth >= limits.depth:
        raise ArchiveRefused("archive_bomb", bound="depth", limit=limits.depth)


def _copied(source: BinaryIO, target: tempfile.SpooledTemporaryFile[bytes], limits: Limits, spent: _Spent) -> None:
    while chunk := source.read(_CHUNK):
        spent.add(limits, unpacked=len(chunk))
        target.write(chunk)


def _macros(archive: ZipFile) -> list[Finding]:
    parts = macro_parts(archive)
    return [Finding("macros", facts={"parts": list(parts)})] if parts else []


def _ending(kind: Kind, name: str) -> list[Finding]:
    ending = PurePath(name).suffix.lower()
    promised = ENDINGS.get(ending)
    # An ending we have no meaning for promises nothing; a text may well hold mark-up and the other way round is a lie.
    if promised is None or promised is kind or (promised is Kind.TEXT and kind is Kind.XML and ending == ".txt"):
        return []
    return [Finding("ending_disagrees", facts={"ending": ending, "kind": kind.value})]


def _scanned(scanner: Scanner, stream: BinaryIO) -> list[Finding]:
    try:
        found = scanner.scan(stream)
    except Unavailable as problem:
        return [Finding("scanner_unavailable", facts=dict(problem.facts))]
    return [Finding("virus", facts={"name": found})] if found else []
