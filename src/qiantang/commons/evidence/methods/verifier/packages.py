"""The package: a zip whose every byte is accounted for, so that a change anywhere has a name.

Members are stored, not packed, in the order of the manifest, with one fixed time. What stands between them is written by
rule, so it can be written again from what is known and compared.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import IO, NamedTuple

from qiantang.commons.evidence.methods.verifier.proving import Proving, subject_of
from qiantang.commons.evidence.methods.verifier.reporting import (
    HASH_MISMATCH,
    PROOF_INVALID,
    STH_UNSIGNED,
    Broken,
    Record,
    Report,
)
from qiantang.commons.evidence.methods.verifier.signatures import signed_by
from qiantang.kernel.canonical import canonical_json

EVIDENCE, MANIFEST, SEAL = "evidence.json", "manifest.json", "manifest.sig"
_CHUNK = 1 << 20
_STAMP = (1980, 1, 1, 0, 0, 0)
_DOS_DATE, _UTF8, _VERSION = 33, 0x800, 20
_MOST_JSON = 64 * 2**20


class Member(NamedTuple):
    """One file of the package: its digests, the check sum of the zip, and its size."""

    sha256: str
    sm3: str | None
    crc: int
    size: int


def local_head(name: str, member: Member) -> bytes:
    """What stands before a stored file."""
    spelt = name.encode()
    told = struct.pack("<4sHHHHHIII", b"PK\3\4", _VERSION, _UTF8, 0, 0, _DOS_DATE, member.crc, member.size, member.size)
    return told + struct.pack("<HH", len(spelt), 0) + spelt


def directory_line(name: str, member: Member, at: int) -> bytes:
    """What the directory at the end says of a stored file which begins at ``at``."""
    spelt = name.encode()
    told = struct.pack("<4sHHHHHH", b"PK\1\2", _VERSION, _VERSION, _UTF8, 0, 0, _DOS_DATE)
    told += struct.pack("<IIIHHHHHII", member.crc, member.size, member.size, len(spelt), 0, 0, 0, 0, 0, at)
    return told + spelt


def directory_end(count: int, size: int, at: int) -> bytes:
    return struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, size, at, 0)


def measured(stream: IO[bytes]) -> Member:
    """Digests of a stream; SHA-256 and SM3 side by side, since each leaves the other a processor."""
    sha256, crc, size = hashlib.sha256(), 0, 0
    try:
        sm3 = hashlib.new("sm3")
    except ValueError:
        sm3 = None  # this library lacks it; SHA-256 stands alone, which the report says
    for piece in _chunks_of(stream):
        beside = Thread(target=sm3.update, args=(piece,)) if sm3 and len(piece) == _CHUNK else None
        if beside:
            beside.start()
        elif sm3:
            sm3.update(piece)
        sha256.update(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        if beside:
            beside.join()
    return Member(sha256.hexdigest(), sm3.hexdigest() if sm3 else None, crc, size)


def _chunks_of(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


class _Stretch:
    """Some bytes of an open file, read like a file of their own."""

    def __init__(self, whole: IO[bytes], at: int, size: int) -> None:
        self.whole, self.left = whole, size
        whole.seek(at)

    def read(self, most: int) -> bytes:
        piece = self.whole.read(min(most, self.left))
        self.left -= len(piece)
        return piece


class PackageCheck:
    """The checks of one package."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path, self.report = path, report
        self.members: dict[str, Member] = {}
        self.small: dict[str, bytes] = {}

    def run(
        self, *, root: bytes | None = None, log_key: str | None = None, headers: dict[int, bytes] | None = None
    ) -> None:
        report = self.report
        if not report.tried("package", self._structure):
            return
        evidence = self._json(EVIDENCE)
        manifest = self._json(MANIFEST)
        if evidence is None or manifest is None:
            return
        proving = Proving(evidence, report)
        report.tried("files", lambda: self._files(manifest))
        proving.run(root=root, log_key=log_key, headers=headers)
        report.tried("seal", lambda: self._seal(proving))
        report.tried("file", lambda: self._object(evidence))
        if evidence.get("contents"):
            report.tried("contents", lambda: self._contents(evidence))

    def _json(self, name: str) -> Record | None:
        try:
            found = json.loads(self.small[name])
            if canonical_json(found) == self.small[name]:
                return dict(found)
            self.report.fails(name, PROOF_INVALID, f"{name} is not in its one form")
        except (KeyError, ValueError, TypeError) as fault:
            self.report.fails(name, PROOF_INVALID, f"{name} is missing or cannot be read: {type(fault).__name__}")
        return None

    def _structure(self) -> str:
        """Every byte between the files is as the rule writes it; what is not is told with its place."""
        with self.path.open("rb") as whole:
            try:
                infos = zipfile.ZipFile(self.path).infolist()
            except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as fault:
                raise Broken(HASH_MISMATCH, f"the package itself is damaged: {fault}") from fault
            at, directory = 0, b""
            for info in infos:
                head_size = 30 + len(info.filename.encode())
                whole.seek(at)
                head = whole.read(head_size)
                member = measured(_Stretch(whole, at + head_size, info.file_size))  # type: ignore[arg-type] # reads alike
                self._ensure_head(info, member, head, at)
                self.members[info.filename] = member
                if info.filename in (EVIDENCE, MANIFEST, SEAL) and info.file_size <= _MOST_JSON:
                    self.small[info.filename] = _Stretch(whole, at + head_size, info.file_size).read(info.file_size)
                directory += directory_line(info.filename, member, at)
                at += head_size + info.file_size
            whole.seek(at)
            rest = whole.read(len(directory) + 22 + 1)
        if rest != directory + directory_end(len(infos), len(directory), at):
            raise Broken(HASH_MISMATCH, f"the directory at the end of the package (from byte {at}) was changed")
        return f"{len(infos)} files"

    def _ensure_head(self, info: zipfile.ZipInfo, member: Member, head: bytes, at: int) -> None:
        if head == local_head(info.filename, member):
            return
        if head == local_head(info.filename, member._replace(crc=info.CRC)):
            raise Broken(HASH_MISMATCH, f"{info.filename} was changed")
        raise Broken(HASH_MISMATCH, f"what stands before {info.filename} in the package (from byte {at}) was changed")

    def _files(self, manifest: Record) -> str:
        told = {one["path"]: one for one in manifest["files"]}
        there = set(self.members) - {MANIFEST, SEAL}
        for name in sorted(told.keys() | there):
            if name not in there:
                raise Broken(HASH_MISMATCH, f"{name} is missing")
            if name not in told:
                raise Broken(HASH_MISMATCH, f"{name} is not in the manifest")
            found, wanted = self.members[name], told[name]
            if (found.sha256, found.size) != (wanted["sha256"], wanted["size"]) or found.sm3 not in (
                None,
                wanted["sm3"],
            ):
                raise Broken(HASH_MISMATCH, f"{name} is not the file of the manifest")
        return f"{len(told)} files as in the manifest"

    def _seal(self, proving: Proving) -> str:
        seal = json.loads(self.small[SEAL])
        key = proving.keys.get(seal["key"])
        if key is None or not signed_by(key["public"], self.small[MANIFEST], seal["signature"]):
            raise Broken(STH_UNSIGNED, "the manifest is not signed by a key of this log")
        return "the manifest is signed"

    def _object(self, evidence: Record) -> str:
        inside = evidence["object"]
        if inside is None:
            return "the file is not in the package: give it with --file"
        found = self.members.get(inside)
        if found is None:
            raise Broken(HASH_MISMATCH, f"{inside} is missing")
        return ensure_object(subject_of(evidence), found, inside)

    def _contents(self, evidence: Record) -> str:
        """The files of a batch that the platform kept: each is the one of the deposited list."""
        inside = evidence["object"]
        if self.members[inside].size > _MOST_JSON:
            raise Broken(PROOF_INVALID, "the list of the batch is too long to be read")
        with zipfile.ZipFile(self.path) as archive:
            listed = json.loads(archive.read(inside))["files"]
        for one in evidence["contents"]:
            found = self.members.get(one["path"])
            if found is None:
                raise Broken(HASH_MISMATCH, f"{one['path']} is missing")
            ensure_object(listed[one["place"]], found, one["path"])
        return f"{len(evidence['contents'])} of {len(listed)} files as in the deposited list"


def ensure_object(wanted: Record, found: Member, name: str) -> str:
    """That a file is the one which was deposited.

    errors  Broken HASH_MISMATCH
    """
    if (found.sha256, found.size) != (wanted["sha256"], wanted["size"]) or found.sm3 not in (None, wanted["sm3"]):
        raise Broken(HASH_MISMATCH, f"{name} is not the file that was deposited")
    return (
        f"{name}: SHA-256 and SM3 as deposited"
        if found.sm3
        else f"{name}: SHA-256 as deposited; no SM3 on this machine"
    )


def verify(
    path: Path,
    *,
    file: Path | None = None,
    root: bytes | None = None,
    log_key: str | None = None,
    headers: dict[int, bytes] | None = None,
) -> Report:
    """Check a package, or its ``evidence.json`` alone with the file.

    root, log_key   what the reader trusts, got from elsewhere
    headers         of Bitcoin blocks by height, got from a node; without them an anchor proves no time
    errors          OSError where there is no such file
    """
    report = Report()
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    if packed:
        PackageCheck(path, report).run(root=root, log_key=log_key, headers=headers)
        evidence = _evidence_in(path) if report.valid and file else None
    else:
        evidence = _alone(path, report, {"root": root, "log_key": log_key, "headers": headers})
    if file is not None and evidence is not None:
        with file.open("rb") as stream:
            found = measured(stream)
        report.tried("file", lambda: ensure_object(subject_of(evidence), found, file.name))
    return report


def _evidence_in(path: Path) -> Record:
    with zipfile.ZipFile(path) as archive:
        return dict(json.loads(archive.read(EVIDENCE)))


def _alone(path: Path, report: Report, trusted: Record) -> Record | None:
    try:
        evidence = dict(json.loads(path.read_bytes()))
        Proving(evidence, report).run(**trusted)
    except (ValueError, TypeError, KeyError) as fault:
        report.fails(path.name, PROOF_INVALID, f"this is no evidence package: {type(fault).__name__}")
        return None
    return evidence
