"""Unpacking with bounds: gzip by content, zip and tar with their entries counted, ratio and total watched while bytes flow.

A bound is checked on what really comes out, never only on what a header promises. Sources: RFC 1952 (gzip),
PKWARE APPNOTE 6.3 (zip), POSIX.1-2017 pax (tar).
"""

from __future__ import annotations

import io
import tarfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Self, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from qiantang.commons.files.types import ArchiveRefused, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
_TAR_MAGIC = slice(257, 262), b"ustar"
TAR_BLOCK = 512
_CHUNK = 1 << 18
_BUFFER = 1 << 20
_ENCRYPTED = 0x1
# Members of a tar which carry words about the next member; the library takes them into memory whole.
_TAR_WORDS = frozenset(
    {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
)
_TAR_WORDS_BYTES = 1 << 20


class Meter:
    """Counts bytes out against bytes in and refuses with ``archive_bomb`` where a bound breaks."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.packed = 0
        self.unpacked = 0

    def add(self, *, packed: int = 0, unpacked: int = 0) -> None:
        self.packed += packed
        self.unpacked += unpacked
        limits = self._limits
        if self.unpacked > limits.total_bytes:
            raise ArchiveRefused("archive_bomb", bound="total_bytes", limit=limits.total_bytes)
        if self.unpacked > limits.slack_bytes and self.unpacked > limits.ratio * max(self.packed, 1):
            raise ArchiveRefused("archive_bomb", bound="ratio", limit=limits.ratio)


class _Gunzip(io.RawIOBase):
    """The unpacked bytes of a gzip stream of one or more members."""

    def __init__(self, packed: BinaryIO, meter: Meter, *, owns: bool) -> None:
        self._packed = packed
        self._owns = owns
        self._meter = meter
        self._inflate = zlib.decompressobj(wbits=31)
        self._pending = b""
        self._between = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stubs want any buffer
        wanted = len(buffer)
        while True:
            if not self._pending:
                self._pending = self._packed.read(_CHUNK)
                self._meter.add(packed=len(self._pending))
            if not self._pending:
                if self._between:
                    return 0
                raise ArchiveRefused("archive_truncated", unpacked_bytes=self._meter.unpacked)
            out = self._turn(wanted)
            if out:
                buffer[: len(out)] = out
                self._meter.add(unpacked=len(out))
                return len(out)

    def close(self) -> None:
        if self._owns:
            self._packed.close()
        super().close()

    def _turn(self, wanted: int) -> bytes:
        """One step of the machine: some unpacked bytes, or none yet."""
        if self._between:
            self._pending = self._pending.lstrip(b"\0")  # padding between members and at the end
            if not self._pending:
                return b""
            self._inflate = zlib.decompressobj(wbits=31)
            self._between = False
        try:
            out = self._inflate.decompress(self._pending, wanted)
        except zlib.error as problem:
            raise ArchiveRefused("archive_damaged", unpacked_bytes=self._meter.unpacked) from problem
        self._pending = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self._between = self._inflate.eof
        return out


class _Metered(io.RawIOBase):
    """One zip entry, its bytes counted and its errors told in our words."""

    def __init__(self, entry: BinaryIO, packed: int, limits: Limits) -> None:
        self._entry = entry
        self._meter = Meter(limits)
        self._meter.add(packed=packed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stubs want any buffer
        try:
            out = self._entry.read(len(buffer))
        except (BadZipFile, zlib.error, EOFError, OSError) as problem:
            raise ArchiveRefused("archive_damaged", unpacked_bytes=self._meter.unpacked) from problem
        self._meter.add(unpacked=len(out))
        buffer[: len(out)] = out
        return len(out)

    def close(self) -> None:
        self._entry.close()
        super().close()


def gunzipped(packed: BinaryIO, limits: Limits, *, owns: bool) -> BinaryIO:
    """The unpacked bytes of a gzip stream, read once, forward. Closing it closes ``packed`` too where it ``owns`` it.

    errors  ``ArchiveRefused``: archive_bomb, archive_truncated, archive_damaged; raised while reading
    """
    return cast("BinaryIO", io.BufferedReader(_Gunzip(packed, Meter(limits), owns=owns), _BUFFER))


def opened_zip(stream: BinaryIO, limits: Limits) -> ZipFile:
    """A zip archive whose list of entries keeps the bounds. ``stream`` must be able to seek.

    errors  ``ArchiveRefused``: archive_truncated (no list of entries at its end), archive_bomb, archive_encrypted
    """
    try:
        archive = ZipFile(stream)
    except (BadZipFile, NotImplementedError, ValueError, OSError) as problem:
        raise ArchiveRefused("archive_truncated") from problem
    entries = archive.infolist()
    if len(entries) > limits.members:
        raise ArchiveRefused("archive_bomb", bound="members", limit=limits.members)
    meter = Meter(limits)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise ArchiveRefused("archive_encrypted", member=entry.filename)
        meter.add(packed=entry.compress_size, unpacked=entry.file_size)
    return archive


def members(archive: ZipFile) -> Iterator[ZipInfo]:
    """The entries which are files, by name; the resource forks some desktop systems add are left out."""
    for entry in sorted(archive.infolist(), key=lambda e: e.filename):
        if not entry.is_dir() and not entry.filename.startswith("__MACOSX/"):
            yield entry


def opened_member(archive: ZipFile, entry: ZipInfo, limits: Limits) -> BinaryIO:
    """The bytes of one entry. errors ``ArchiveRefused`` while reading."""
    try:
        raw = cast("BinaryIO", archive.open(entry))
    except (BadZipFile, NotImplementedError, RuntimeError) as problem:
        raise ArchiveRefused("archive_damaged", member=entry.filename) from problem
    return cast("BinaryIO", io.BufferedReader(_Metered(raw, entry.compress_size, limits), _BUFFER))


def is_office_package(archive: ZipFile) -> bool:
    """Whether a zip is an Office Open XML package (ECMA-376 part 2): a document, not a folder of files."""
    return "[Content_Types].xml" in archive.namelist()


class _Header(tarfile.TarInfo):
    """A header which promises no more words about a member than fit into memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _TAR_WORDS and header.size > _TAR_WORDS_BYTES:
            raise ArchiveRefused("archive_bomb", bound="header_bytes", limit=_TAR_WORDS_BYTES)
        return header


class _TarMember(io.RawIOBase):
    """One file of a tar, its errors told in our words."""

    def __init__(self, entry: BinaryIO) -> None:
        self._entry = entry

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stubs want any buffer
        try:
            out = self._entry.read(len(buffer))
        except (tarfile.TarError, EOFError, OSError) as problem:
            raise ArchiveRefused("archive_truncated") from problem
        buffer[: len(out)] = out
        return len(out)


class _Ending:
    """A stream which remembers how it ended: a whole tar ends in blocks of noughts."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.last = b""

    def read(self, size: int) -> bytes:
        chunk = self._stream.read(size)
        self.last = (self.last + chunk)[-TAR_BLOCK:]
        return chunk


def is_tar(head: bytes) -> bool:
    """Whether a file begins as a tar archive does; ``head`` needs its first 512 bytes."""
    place, magic = _TAR_MAGIC
    return head[place] == magic


def tar_members(stream: BinaryIO, limits: Limits) -> Iterator[tuple[str, BinaryIO]]:
    """Names and bytes of the files of a tar, in its own order, read once and forward; each before the next is asked for.

    Links, devices and folders are left out: nothing is ever written to disk under their names.
    errors  ``ArchiveRefused``: archive_bomb, archive_damaged, archive_truncated; raised while reading
    """
    ending, meter, seen = _Ending(stream), Meter(limits), 0
    try:
        with tarfile.open(fileobj=cast("BinaryIO", ending), mode="r|", tarinfo=_Header) as archive:
            for seen, member in enumerate(archive, 1):
                if seen > limits.members:
                    raise ArchiveRefused("archive_bomb", bound="members", limit=limits.members)
                if member.issparse():  # a hole of any size costs its maker nothing
                    raise ArchiveRefused("archive_bomb", bound="sparse", member=member.name)
                meter.add(packed=member.size, unpacked=member.size)
                content = archive.extractfile(member) if member.isreg() else None
                if content is not None:
                    yield (
                        member.name,
                        cast("BinaryIO", io.BufferedReader(_TarMember(cast("BinaryIO", content)), _BUFFER)),
                    )
    except (tarfile.TarError, EOFError, OSError) as problem:
        raise ArchiveRefused("archive_truncated" if seen else "archive_damaged") from problem
    if ending.last.strip(b"\0"):
        raise ArchiveRefused("archive_truncated", members=seen)
