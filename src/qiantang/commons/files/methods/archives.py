"""Unpacking with bounds: gzip by content, zip with its entries counted, ratio and total watched while bytes flow.

A bound is checked on what really comes out, never only on what a header promises. Sources: RFC 1952 (gzip),
PKWARE APPNOTE 6.3 (zip).
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from qiantang.commons.files.types import ArchiveRefused, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
_CHUNK = 1 << 18
_BUFFER = 1 << 20
_ENCRYPTED = 0x1


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

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
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

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
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
